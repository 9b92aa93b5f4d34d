"""Compare the names of a sentence with those of its translation."""

import re
from collections.abc import Sequence

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.names.capitals import MOST_WORDS, Name, capitals, common, names
from korotko_service.fidelity.names.initials import compare_initials
from korotko_service.fidelity.names.links import is_dropped_with_link
from korotko_service.fidelity.names.meeting import unmet
from korotko_service.fidelity.names.parts import tells_by_part
from korotko_service.fidelity.names.rivals import Gone, gone
from korotko_service.fidelity.names.seams import apart
from korotko_service.fidelity.words import words
from korotko_service.text.document import Span

__all__ = ["Name", "compare_names", "names"]

# What one language says of a town, a region or an army, and readers of the other know.
_EXPLAINED = frozenset({"Ukrainian", "Ukraine's", "Ukraine’s", "AFU", "ЗСУ", "ВСУ"})
_MOST_NAMES = 40  # per side; a text with more is a list, and comparing each with each would cost quadratic time
_EPITHET = re.compile(
    r"[А-ЯІЇЄҐ][а-яіїєґё'’]*(?<!к)(?:ий|ій|ого|ому|их|им|ими|ої|ою|ый|ой|ая|ую|ое|ее|ые|ие|ых|ым|ыми|его|ему|яя|юю|ей)"
    r"\s(?!\w+(?:в|ла|ло|ли|л|є|[аеоуюя]ет|ит|ить|ся|сь|ть)\b)[а-яіїєґё]{3,}"
)


def compare_names(source: str, output: str, *, source_language: str, target_language: str) -> tuple[Finding, ...]:
    """Report names that the source does not have (NAME_NOT_IN_SOURCE) and those of the source that are gone (NAME_MISSING).

    A strange name is a warning where one of the source's is gone too, severe where both are places that the table knows; alone it may be a
    translator's addition, and is an info. A missing one is an info, since pronouns rightly stand for names, and a warning where it is a
    known place and no other name came instead.
    """
    if max(len(words(source)), len(words(output))) > MOST_WORDS:
        return ()
    read, written = capitals(source, source_language), capitals(output, target_language)
    missing = _strangers(read, written, output, target_language)
    invented = _strangers(written, read, source, source_language)
    texts, languages = (source, output), (source_language, target_language)
    missing, invented = apart(missing, written, texts, languages), apart(invented, read, texts[::-1], languages[::-1])
    whole = Span(start=0, end=len(output))
    left = gone(missing, texts, languages) if invented else Gone()
    is_kin = "en" not in (source_language, target_language)
    found = [_invented(name, _rivals(name, left, alone=len(invented) == 1, is_kin=is_kin), source, output) for name in invented]
    fewer = not invented and sum(name.certain for name in written) < sum(name.certain for name in read)
    lost = [_lost(name, whole, texts, languages, fewer=fewer) for name in missing]
    short = compare_initials(source, output, source_language=source_language, target_language=target_language)
    return (*found, *lost, *short)


def _rivals(name: Name, left: Gone, *, alone: bool, is_kin: bool) -> list[Name]:
    """Between Ukrainian and Russian a name in Latin letters says little of one in Cyrillic: translators may restore the original."""
    rivals = left.rivals(name, alone=alone)
    return [other for other in rivals if not is_kin or left.even or (other.language == "en") == (name.language == "en")]


def _lost(name: Name, whole: Span, texts: tuple[str, str], languages: tuple[str, str], *, fewer: bool) -> Finding:
    """A lost place is a warning where no other name came instead; a person may rightly have become a pronoun, unless the "and" went too.

    A country may go where the output names a part of it: translators add "of Spain" to Catalonia.
    """
    joined = fewer and is_dropped_with_link(name, texts, languages)
    is_place = bool(name.concepts) and fewer and name.text not in _EXPLAINED and not tells_by_part(texts[1], languages[1], name.concepts)
    severity = Severity.WARNING if is_place or joined else Severity.INFO
    return Finding(reason="NAME_MISSING", severity=severity, span=whole, expected=name.text)


def _invented(name: Name, rivals: list[Name], source: str, output: str) -> Finding:
    expected = ", ".join(other.text for other in rivals[:3])
    weak = _is_epithet(name, output) or all(_is_epithet(other, source) for other in rivals)
    kin = any(bool(other.concepts) == bool(name.concepts) for other in rivals)
    severity = Severity.INFO if weak or not rivals else Severity.SEVERE if name.concepts and kin else Severity.WARNING
    return Finding(reason="NAME_NOT_IN_SOURCE", severity=severity, span=name.span, found=name.text, expected=expected)


def _is_epithet(name: Name, text: str) -> bool:
    """Recognise a translated word of a longer name, «Скелястих гір»: an adjective before a common noun, unlike «Навальный заявил»."""
    return name.language != "en" and not name.concepts and _EPITHET.match(text, name.span.start) is not None


def _strangers(row: Sequence[Name], others: Sequence[Name], text: str, language: str) -> list[Name]:
    """The certain names that match no word of the other text: its names are tried first, its other words only for what is left."""
    certain = [name for name in row if name.certain]
    if len(certain) > _MOST_NAMES:
        return []
    left = unmet(certain, others)
    return unmet(left, common(text, language)) if left else []
