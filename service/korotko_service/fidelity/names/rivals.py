"""Find the name that a strange name replaced: one that is gone from about the same part of the sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from korotko_service.fidelity.names.capitals import Name, capitals, common, may_open
from korotko_service.fidelity.names.meeting import meets, unmet
from korotko_service.text.wordlists import DANGLING_OPENINGS, STARTERS, STOP_WORDS

_NEAR = 0.35  # of the sentence: a name that replaced another stands about where that one stood
_FAR = 0.4  # where there is no other, and both are places or neither is
_ANYWHERE = 1.0  # the same, and both texts have equally many names
_PLACE = 0.5  # a lost place and one strange name that is none: nobody writes a person or a firm for a country
_NEARER = 0.15  # a place for a name that is none; further away it is a translator's help
_HINTED = 0.3  # for what is only likely to be gone
_AT_ONCE = 0.2  # for what opens the sentence, and may be no name at all
_AMONG = 0.1  # for what is only likely to be gone where the output has more strangers
_LEAST_SHORT, _LEAST_OPENING = 3, 4  # letters
_OPENING_MARKS, _CLOSING_MARKS = frozenset('«“„"'), frozenset('»”"')
_QUOTED = re.compile(r'[«“„”"](?:The )?\w+[»“”"]')
_PARTICLES = frozenset("нью сан сен лос лас дер дель фон ван van von der del los las san saint new".split())
_PLAIN = DANGLING_OPENINGS | STARTERS | STOP_WORDS
_NO_NAME = re.compile(r"(?:ing|ly|ions?|ed|ness|ments?|ers|ity|ies|ive|ous|ful|ists|als|[ae]nts)$")
_PEOPLE = re.compile(
    r"(?:[зц]?ьк|ск)(?:ий|ій|а|е|і|я|ого|ому|им|ої|ій|ою|у|их|ими|ая|ое|ие|ой|ом|ую)$|(?:ц[іївяеюь]|цев|цам|цы|ян|янин\w*|чан\w*)\w{0,2}$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The names of the source that are surely gone, those that probably are, and those for which there is only a hint.

    A word that opened an English sentence and is gone is mostly no name. `even` where both texts have equally many names.
    """

    sure: Sequence[Name] = ()
    likely: Sequence[Name] = ()
    hinted: Sequence[Name] = ()
    opening: Sequence[Name] = ()
    even: bool = False

    def rivals(self, name: Name, *, alone: bool) -> list[Name]:
        """Give those that the strange name may have replaced; `alone` where the output has no other strange name."""
        alone_for_one = alone and len(self.sure) == 1
        reach = _ANYWHERE if self.even else _FAR
        near = [other for other in (*self.sure, *self.likely) if _is_rival(name, other, alone=alone_for_one, far=reach)]
        if near:
            return near
        hinted = [other for other in self.hinted if _apart(name, other) <= (_HINTED if alone else _AMONG)]
        if hinted or not alone:
            return hinted
        return [other for other in self.opening if abs(name.place - other.place) <= _AT_ONCE]


def gone(missing: list[Name], texts: tuple[str, str], languages: tuple[str, str]) -> Gone:
    """Look beyond the names that are surely `missing`: at openings of sentences, peoples in lower case, and names that became rarer."""
    (source, output), plain = texts, common(texts[1], languages[1])
    read, written = capitals(source, languages[0]), capitals(output, languages[1])
    opening = [name for name in read if not name.certain and name.concepts and not name.title]
    likely = unmet(unmet(opening, written), plain)
    peoples = [] if languages[0] == "en" else [name for name in common(source, languages[0]) if name.concepts and _PEOPLE.search(name.text)]
    told = frozenset[int]().union(*(name.concepts for name in plain))
    hinted = [name for name in unmet(peoples, written) if not name.concepts & told]
    short, first = (unmet(unmet(row, written), plain) for row in _doubtful(texts, languages[0], read))
    rarer = _rarer(read, [*written, *plain], missing)
    even = sum(name.certain for name in read) == sum(name.certain for name in written)
    return Gone(sure=missing, likely=likely, hinted=[*hinted, *rarer, *short], opening=first, even=even)


def _doubtful(texts: tuple[str, str], language: str, read: Sequence[Name]) -> tuple[list[Name], list[Name]]:
    """Names too short to be sure of, such as Kim, or alone in quotes; and words that open an English sentence and may be names."""
    row = [name for name in read if not (name.certain or name.title or name.concepts or name.text.isupper())]
    source, output = texts
    quotes = not _QUOTED.search(output)  # if the output has a quoted title of a work too, it was probably translated
    short, first = list[Name](), list[Name]()
    for name in row:
        if len(name.text) < _LEAST_SHORT or name.text.lower() in _PLAIN or name.text.lower() in _PARTICLES:
            continue
        if not may_open(source, name.span.start) or (quotes and len(name.text) >= _LEAST_OPENING and _is_quoted(source, name)):
            short.append(name)
        elif language == "en" and len(name.text) >= _LEAST_OPENING and not _NO_NAME.search(name.text):
            first.append(name)
    return short, first


def _is_quoted(text: str, name: Name) -> bool:
    before, behind = text[name.span.start - 1 : name.span.start], text[name.span.end : name.span.end + 1]
    return name.language != "en" and before in _OPENING_MARKS and behind in _CLOSING_MARKS


def _rarer(read: Sequence[Name], written: Sequence[Name], missing: list[Name]) -> list[Name]:
    """The names that the output has, but less often than the source, adjectives included."""
    certain = [name for name in read if name.certain and name not in missing]
    return [name for name in certain if _times(name, certain if name.text.isupper() else read) > _times(name, written)]


def _times(name: Name, row: Sequence[Name]) -> int:
    return sum(1 for other in row if meets(name, other))


def _is_rival(name: Name, other: Name, *, alone: bool, far: float) -> bool:
    """Tell whether one may have replaced the other, as it stands about as far into the sentence."""
    if bool(name.concepts) == bool(other.concepts):
        reach = far if alone else _NEAR
    elif alone and other.concepts:
        reach = max(far, _PLACE)
    else:
        reach = _NEAR if other.concepts else _NEARER if alone else -1.0
    return _apart(name, other) <= reach


def _apart(name: Name, other: Name) -> float:
    """The distance of their starts or of their ends, whichever is less: last words end together, however long they are."""
    return min(abs(name.place - other.place), abs(name.end - other.end))
