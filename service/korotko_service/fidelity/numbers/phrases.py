"""Find English phrases that stand for numbers without a number word: "New Year's Day", "half an hour", "to come of age"."""

import re
from decimal import Decimal

from korotko_service.fidelity.numbers.mention import NumberMention
from korotko_service.text.document import Span

# What other languages may say with a number, each worth (kind, value); only possibilities, so no translation needs them.
_WORTH = {
    "eve": (("date", 31), ("month", 12)),
    "day": (("date", 1), ("month", 1)),
    "women": (("date", 8), ("month", 3)),
    "labour": (("date", 1), ("month", 5)),
    "age": (("cardinal", 18),),
    "half": (("cardinal", 30),),
    "hour": (("cardinal", 90), ("cardinal", Decimal("1.5"))),
    "year": (("cardinal", 18), ("cardinal", Decimal("1.5"))),
    "other": (("cardinal", Decimal("1.5")),),
}
_PHRASE = re.compile(
    r"\b(?:(?P<eve>New Year['’]s Eve)|(?P<day>New Year['’]s(?: Day)?)|(?P<women>Women['’]s Day)|(?P<labour>May Day)"
    r"|(?P<age>(?:come|comes|came|coming)[ -]of[ -]age|underage|minors)"
    r"|(?P<half>half[ -](?:an[ -])?hour)|an? (?:(?P<hour>hour)|(?P<year>year)|(?P<other>[a-z]{3,12})) and a half)\b"
)


def phrases(text: str, language: str) -> list[NumberMention]:
    """Give what the phrases of an English text may be worth, each an uncertain mention; other languages have none."""
    if language != "en":
        return []
    return [
        NumberMention(value=Decimal(value), kind=kind, span=Span.of(match), text=match.group(), certain=False)
        for match in _PHRASE.finditer(text)
        for kind, value in _WORTH[match.lastgroup or ""]
    ]
