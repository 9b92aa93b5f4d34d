"""Join clauses that were translated separately into one sentence again."""

import re
from collections.abc import Sequence as SequenceOf
from dataclasses import replace

from korotko_service.fidelity.names.exonyms import concepts
from korotko_service.fidelity.names.likeness import alike, sounds
from korotko_service.fidelity.numbers.months import month
from korotko_service.fidelity.numbers.weekdays import weekday
from korotko_service.fidelity.pieces.protection import Protected
from korotko_service.fidelity.pieces.shield import Placed, Restored, Shield
from korotko_service.pipeline.candidate import Candidate, mean_score
from korotko_service.text.document import Span

_CLOSES = ".!?…"
_QUOTES = "\"'»”’)]"
_PAUSES = ",;:—–"
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
# «США.», "dollars." and «о 18:30.», not «млн.», "U.S." or "Inc."
_SPELLED_OUT = re.compile(r"(?:\w{5}|[0-9]|(?<![\w.])[^\W\d_a-zа-яіїєґё]{2,4})\.\Z")
_LEAST_NAME = 3  # letters
_I = re.compile(r"I(?![^\W\d_])")
_PLAIN = frozenset("great black kingdom states nations ivory".split())  # English words that are names only beside others
# Ukrainian and Russian put a comma before these, even where the other language has none.
_COMMA_BEFORE = re.compile(
    r"(?:що|щоб|але|однак|проте|як(?:ий|а|у|е|і|ого|ої|ому|ій|им|ою|их|ими)|что|чтобы|но|котор(?:ый|ая|ое|ые|ого|ой|ому|ым|ую|ых|ыми))\s"
)


def one_sentence(whole: Shield, spans: SequenceOf[Span], parts: SequenceOf[Candidate], languages: tuple[str, str]) -> Candidate:
    """The clauses of `whole`, which are at `spans` there, as one sentence; `languages` are those of the source and the target.

    What a model does to a clause that it takes for a sentence is undone: a full stop, a capital, the loss of the comma between two.
    """
    texts, placed, position = list[str](), list[Placed](), 0
    sources = [whole.text[span.start : span.end] for span in spans]
    for number, (span, part) in enumerate(zip(spans, parts, strict=True)):
        text = as_clause(part, sources[number], "".join(sources[number + 1 : number + 2]), languages, first=not number)
        if texts and languages[1] in ("uk", "ru") and _COMMA_BEFORE.match(text) and texts[-1][-1:].isalnum():
            texts[-1] += ","
            position += 1
        texts.append(text)
        placed += [Placed(piece=moved(each.piece, span.start), span=each.span.moved(position)) for each in part.output.placed]
        position += len(text) + 1
    output = Restored(text=" ".join(texts), placed=tuple(placed), pieces=whole.pieces)
    return Candidate(output=output, score=mean_score((part.text, part.score) for part in parts))


def moved(piece: Protected, by: int) -> Protected:
    return replace(piece, span=piece.span.moved(by))


def as_clause(part: Candidate, source: str, following: str, languages: tuple[str, str], *, first: bool) -> str:
    """What a model made of a part of a sentence, without the full stop and the capital that make it a sentence."""
    return _lowered(_clause(part, source, following), part, source, languages, first=first)


def _clause(part: Candidate, source: str, following: str) -> str:
    """The clause without a full stop that its source does not have, or has only for an abbreviation (“the eastern U.S. is”)."""
    text, last = part.text, max((each.span.end for each in part.output.placed), default=0)
    if text[-1:] not in _CLOSES or last >= len(text):
        return text
    if source.rstrip(_QUOTES)[-1:] not in _CLOSES:
        text = text[:last] + text[last:].rstrip(_CLOSES)
        return text + (source[-1] if source[-1] in _PAUSES and text[-1:] != source[-1] else "")
    is_abbreviation = source[-1:] == "." and following[:1].islower()
    return text[:-1] if is_abbreviation and _SPELLED_OUT.search(text) else text


def _lowered(text: str, part: Candidate, source: str, languages: tuple[str, str], *, first: bool) -> str:
    """The clause without an opening capital, unless it opens the sentence or begins with a name of its source."""
    opening = min((each.span.start for each in part.output.placed), default=1)
    if first or not source[:1].islower() or opening == 0 or opens_with_name(text, source, languages):
        return text
    return text[:1].lower() + text[1:]


def opens_with_name(text: str, source: str, languages: tuple[str, str]) -> bool:
    """Whether the first word keeps its capital anywhere: a name of the source, letters such as "UN", English "I" and "Monday"."""
    match = _WORD.match(text)
    if match is None:
        return False
    word = match.group()
    if (len(word) > 1 and word.isupper()) or (languages[1] == "en" and (_I.match(text) or _is_told_small(word, source, languages[0]))):
        return True
    if len(word) < _LEAST_NAME:
        return False
    heard = sounds(word, languages[1])
    names = [each.group() for each in _WORD.finditer(source) if each.group()[0].isupper() and len(each.group()) >= _LEAST_NAME]
    return any(alike(heard, sounds(name, languages[0])) for name in names)


def _is_told_small(word: str, source: str, language: str) -> bool:
    """Whether the source has in small letters a people, a month or a day of the week, which only English writes with a capital."""
    told, day, place = month(word, "en"), weekday(word.lower(), "en"), concepts(word, "en")
    if word.lower() in _PLAIN or not (told or day or place):
        return False
    row = _WORD.findall(source.lower())
    if (told and told in [month(each, language) for each in row]) or (day and day in [weekday(each, language) for each in row]):
        return True
    return any(place & concepts(each, language) for each in row)
