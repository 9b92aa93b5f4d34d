"""Split a sentence that must not be read as one: at a quotation in the other alphabet, or in speech without any punctuation."""

import re
from collections.abc import Iterator, Sequence

from korotko_service.text.document import TOLD_KINDS, Document, SegmentKind, Span
from korotko_service.text.languages.alphabets import main_script, running_script
from korotko_service.text.lines import is_final

# A title or a name in the other alphabet belongs to its sentence. Between two marks of the same kind there is one quotation.
_QUOTATION = re.compile(r"[«“„\"][^«»“”„\"]{12,400}[»”“\"]")
_LEAST_QUOTED_WORDS = 4
_LEAST_SMALL_SHARE = 0.5
# Speech is set off by punctuation: «…», said the minister. The minister said: «…».
_BEFORE = re.compile(r"(?:\A|[:,—–-])\s*\Z")
_BEHIND = re.compile(r"[,.!?…]*+(?:\s?[—–-](?=\s)|(?=\s*\Z)|(?=\s)(?<=[,.!?…]))")
_AROUND = 8
# What nobody says or writes is the title of a film or the name of a rule: «Killers of the flower moon» — новий фільм.
_SAYING = """
    said say told tell wrote writ added adds asked asks reads repl answer warn insist explain tweet posted posts stated announc claim
    declar quot recall noted notes comment admit argue urge promis confirm chant shout banner slogan caption
    каже кажу каза сказ говор заяв повідом пише пишу писа напис дода відпов запит спита поясн зазнач підкресл наголо заклик вважа перекон
    упевн цит розпов комент стверд зауваж нагад поперед обіця визна згад підтверд оголо йдеться слова опублік гасло
    сообщ пишет пишут добав ответ отвеч спрос объясн отмет отмеч подчерк призв призыв счита убежд увер рассказ коммент утвержд замет замеч
    напомн предупре обеща призна вспом подтверд объяв опублик лозунг
    """
_SAYS = re.compile(rf"\b(?:{'|'.join(_SAYING.split())})", re.IGNORECASE)
# A transcript without a full stop is not a sentence of a thousand words. No sentence in the news is so long without punctuation inside.
_MARK = re.compile(r"[.,;:!?…—–](?=\s)|[«»“”„\"()]|\s-\s")
_MOST_WORDS_A_MARK = 60
_WORDS_OF_A_CLAUSE = range(10, 30)
# Openings of a clause of speech, from the surest sign of a new thought to the least sure.
_OPENINGS = (
    frozenset("so but now then але а тож отже тепер но теперь поэтому итак напомню нагадаю".split()),
    frozenset("and or because і й та або бо и или".split()),
    frozenset(
        "that which who when where if while що який яка яке які де коли якщо что который которая которое которые где когда если".split()
    ),
)
_WORD = re.compile(r"\S+")


def parts_of(text: str, start: int, end: int) -> Iterator[int]:
    """The ends of the parts of the sentence from `start` to `end`, in order; the last is `end` itself. Linear in its length."""
    seen = start
    for place in (*_around_quotations(text, start, end), end):
        if place > seen:
            yield from _clauses(text, seen, place)
            seen = place


def goes_on_in_other_letters(document: Document, index: int) -> bool:
    """Whether the segment and the one before it are a quotation in the other alphabet and its speaker, in either order."""
    before, after = document.segments[index - 1], document.segments[index]
    if before.paragraph != after.paragraph or not {before.kind, after.kind} <= TOLD_KINDS:
        return False
    text = document.segment_text(index)
    is_open = not is_final(document.text, before.span.start, before.span.end) or text[0] in "—–-" or text[0].islower()
    return is_open and {running_script(document.segment_text(index - 1)), running_script(text)} == {"Latn", "Cyrl"}


def quotations_with_speakers(document: Document) -> Iterator[Span]:
    """The stretches that must stay whole if all of the text is read as one language."""
    for index in range(1, len(document.segments)):
        if goes_on_in_other_letters(document, index):
            yield document.span(range(index - 1, index + 1))


def is_cut_from_speech(document: Document, index: int) -> bool:
    """Whether the segment is a clause of speech without punctuation, so that its thought may begin before it or go on after it."""
    return any(_is_seam(document, place) for place in (index - 1, index) if 0 <= place < len(document.segments) - 1)


def _is_seam(document: Document, index: int) -> bool:
    """Whether the paragraph goes on after the segment although nothing ends it and no speaker's words begin."""
    one, other = document.segments[index], document.segments[index + 1]
    if one.paragraph != other.paragraph or {one.kind, other.kind} != {SegmentKind.SENTENCE}:
        return False
    is_open = document.text[one.span.end - 1].isalnum() and document.text[one.span.end : other.span.start].isspace()
    return is_open and main_script(document.segment_text(index)) == main_script(document.segment_text(index + 1))


def _around_quotations(text: str, start: int, end: int) -> Iterator[int]:
    """Where a quotation in another alphabet than the words around it begins and ends."""
    found = list(_QUOTATION.finditer(text, start, end))
    words = _QUOTATION.sub(" ", text[start:end]) if found else ""
    around = running_script(words) if _SAYS.search(words) else None
    for match in found if around else ():
        behind = _BEHIND.match(text, match.end(), end)
        script = running_script(match.group())
        is_set_off = behind is not None and _BEFORE.search(text[max(start, match.start() - _AROUND) : match.start()])
        if behind and is_set_off and script and script != around and _is_speech(match.group()):
            yield match.start()
            yield behind.end()


def _is_speech(quotation: str) -> bool:
    """Whether it has several words, most of them in lower case: "The Lord of the Rings" does not."""
    words = quotation.split()
    small = sum(word[:1].islower() for word in words)
    return len(words) >= _LEAST_QUOTED_WORDS and small >= _LEAST_SMALL_SHARE * len(words)


def _clauses(text: str, start: int, end: int) -> Iterator[int]:
    """The ends of the clauses in speech without punctuation; of any other sentence only its end."""
    words = list(_WORD.finditer(text, start, end))
    if len(words) > _MOST_WORDS_A_MARK and len(words) > _MOST_WORDS_A_MARK * (1 + len(_MARK.findall(text, start, end - 1))):
        row = [word.group().casefold() for word in words]
        first = _next_clause(row, 0)
        while first < len(words):
            yield words[first - 1].end()
            first = _next_clause(row, first)
    yield end


def _next_clause(words: Sequence[str], first: int) -> int:
    """Where the next clause begins: at the last of the surest signs within reach, else at the first sign there is."""
    least, most = first + _WORDS_OF_A_CLAUSE.start, first + _WORDS_OF_A_CLAUSE.stop
    if len(words) <= most:
        return len(words)
    for signs in _OPENINGS:
        places = [place for place in range(least, most) if words[place] in signs]
        if places:
            return places[-1]
    return next((place for place in range(most, len(words)) if any(words[place] in signs for signs in _OPENINGS)), len(words))
