"""Decide whether a title says in short what a sentence says, so that it can take the sentence's place."""

from korotko_service.text.briefs.company import disputes
from korotko_service.text.briefs.leading import tells_nothing
from korotko_service.text.briefs.sense import sense

# Half of a title may be in words of its own: "Amber warning as Storm Petra nears" stands above "… issued an amber warning".
_LEAST_SHARE = 0.5


def tells_in_short(title: str, sentence: str) -> bool:
    """Whether the sentence has half of the title's terms and all of its numbers, and neither denies what the other says.

    "Mayor resigns over permits" may well stand above a sentence that says she denies it.
    """
    short, full = sense(title), sense(sentence)
    numbers = {term for term in short.terms if term[0].isdigit()}
    return (
        not tells_nothing(title)
        and len(short.terms & full.terms) >= _LEAST_SHARE * len(short.terms)
        and numbers <= full.terms
        and short.denies == full.denies
        and disputes(title) == disputes(sentence)
    )
