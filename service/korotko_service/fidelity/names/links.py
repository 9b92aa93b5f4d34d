"""Detect a name that was dropped together with the "and" that joined it to another: no pronoun can stand for both."""

import re

from korotko_service.fidelity.length import oddness
from korotko_service.fidelity.names.capitals import Name

_SHORT = -0.9  # deviations of the length; with it one of 48,000 triples of good sentences has such a loss
_LINK = {"en": "(?:and|with)", "uk": "(?:і|й|та|з|із|зі)", "ru": "(?:и|с|со)"}
_LINKS = {language: re.compile(rf"\b{link}\b|,", re.IGNORECASE) for language, link in _LINK.items()}
_AFTER = {language: re.compile(rf"\s{link}\s") for language, link in _LINK.items()}
_BEFORE = {language: re.compile(rf"\s{link}\s\Z") for language, link in _LINK.items()}
# "Bondarenko and his brother": a pronoun for the name would leave the "and" where it is. No loss among 2,900 such places of good sentences.
_OWN = {"en": r"(?:his|her|their)\b", "uk": r"(?:його|її|їх|сво[їєю])", "ru": r"(?:его|е[её]|их|сво[иеёю])"}
_WITH_OWN = {language: re.compile(rf"\s{link}\s{_OWN[language]}") for language, link in _LINK.items()}
_REACH = 5  # characters before a name


def is_dropped_with_link(name: Name, texts: tuple[str, str], languages: tuple[str, str]) -> bool:
    """Tell whether a name that the second text lacks is joined to something in the first, which has more joints and is markedly longer.

    Where "and his" or the like follows it, the length does not matter.
    """
    (source, output), (read, written) = texts, languages
    start, end = name.span.start, name.span.end
    if not (_AFTER[read].match(source, end) or _BEFORE[read].search(source, max(start - _REACH, 0), start)):
        return False
    if len(_LINKS[written].findall(output)) >= len(_LINKS[read].findall(source)):
        return False
    return _WITH_OWN[read].match(source, end) is not None or oddness(source, output, read, written) < _SHORT
