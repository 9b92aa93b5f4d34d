"""Tell whether a title says in short what a sentence says, so that it can stand in the sentence's place."""

from korotko_service.text.briefs.company import disputes
from korotko_service.text.briefs.leading import tells_nothing
from korotko_service.text.briefs.sense import sense

# A title has its own words for half of what it tells: "Amber warning as Storm Petra nears" stands over "… issued an amber warning".
_LEAST_SHARE = 0.5


def tells_in_short(title: str, sentence: str) -> bool:
    """Whether half of the title's terms and every number of it are the sentence's, and neither takes back what the other says.

    "Mayor resigns over permits" stands over the sentence that she denies it, too.
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
