"""Tell what the m of "300m" is by what stands beside it: millions in "300m people", metres in "a 300m sprint"."""

import re

_BEHIND, _AHEAD = 16, 40  # characters looked at before the number and after it
_SIGN = re.compile(r"(?:[$€£¥₴₽]|\b(?:USD|EUR|GBP|UAH|RUB|JPY|CNY|PLN))\s?(?:[0-9][0-9.,]{0,6}\s?[-–—]\s?)?\Z")
_CURRENCY = re.compile(
    r"m[\s-](?:(?:US|Canadian|Australian)[\s-])?(?:euros?|dollars?|pounds?|hryvni?as?|r(?:o?u)bles?|yen|yuan|zlot\w{1,3}"
    r"|USD|EUR|GBP|UAH|RUB|JPY|CNY|PLN)\b",
    re.IGNORECASE,
)
_METRES_ON = re.compile(
    r"m[\s-](?:(?:long|high|tall|deep|wide|thick)(?!-| school)|away|apart|underground|offshore|inland|north|south|east|west"
    r"|sprint(?:er)?s?|hurdles|hurdlers?|dash|freestyle|butterfly|backstroke|breaststroke|medley|relays?|steeplechase|races?|finals?"
    r"|heats?|runners?|swimmers?)\b"
)
_ARTICLE = re.compile(r"\b(?:an?|the|this|that|his|her|its|their)\s\Z", re.IGNORECASE)
_NO_PLURALS = (
    "across|less|plus|perhaps|towards|upwards|downwards|afterwards|always|sometimes|besides|versus|this|thus"
    "|does|goes|lies|stands|takes|leads|remains|separates"
)
_COUNTED = re.compile(rf"m\s(?:people|men|women|children|(?!(?:{_NO_PLURALS})\b)[a-z]{{3,24}}(?<!s)s)\b")
_ONE_THING = re.compile(r"m(?:[\s-]|\sof\s(?:an?\s)?)(?!of\b)(?P<thing>[a-z]{3,24})(?<!s)\b")
# Single things that are measured in metres. Of others there may be millions: "a 5m population", "the 5m who fled", "a 5m loan".
_LONG = frozenset(
    "road track runway cable wire rope pipe fence wall barrier trench ditch canal tunnel bridge pier dam tower mast chimney crane statue "
    "antenna pole tree wave cliff crater shaft ladder radius perimeter stretch strip distance depth height width length".split()
)


def are_millions(text: str, start: int, end: int) -> bool | None:
    """Tell millions (True) from metres (False) where an m touches the number at these places; None where it may be either, or is none."""
    if not text.startswith("m", end) or text[end + 1 : end + 2].isalnum():
        return None
    before, behind = text[max(start - _BEHIND, 0) : start], text[end : end + _AHEAD]
    if _SIGN.search(before) or _CURRENCY.match(behind):
        return True
    if _METRES_ON.match(behind):
        return False
    is_one = _ARTICLE.search(before) is not None
    if not is_one and _COUNTED.match(behind):
        return True
    thing = _ONE_THING.match(behind)
    is_length = thing is not None and thing["thing"] in _LONG and (is_one or behind.startswith("m of "))
    return False if is_length else None
