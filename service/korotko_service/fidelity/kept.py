"""Check a translation whose protected pieces were put back: the pieces against the source, and the rest without them."""

from collections.abc import Sequence
from dataclasses import replace

from korotko_service.fidelity.check import check
from korotko_service.fidelity.finding import Finding
from korotko_service.fidelity.pieces.changed import find_missing
from korotko_service.fidelity.pieces.shield import Restored
from korotko_service.text.document import Span
from korotko_service.text.languages.alphabets import as_spelt
from korotko_service.text.plain.signs import folded
from korotko_service.text.plain.spelled_out import spelled_out

_VEIL = "•"  # no letter, no digit, no joint between two numbers
_SHOWN = 80


def check_restored(source: str, restored: Restored, *, source_language: str, target_language: str) -> tuple[Finding, ...]:
    """Run every check on a translation; protected pieces are compared with the source and hidden from the checks of what a model wrote."""
    output, pieces = restored.text, restored.pieces
    if not pieces:
        return check(_read(source, source_language), output, source_language=source_language, target_language=target_language)
    # A piece counts with the length that it has in the translation, or a glossary would make the lengths look wrong.
    read = _read(_veiled(source, [(piece.span, len(piece.text)) for piece in pieces]), source_language)
    written = _veiled(output, [(placed.span, len(placed.span)) for placed in restored.placed])
    found: tuple[Finding, ...] = ()
    if any(map(str.isalpha, read)):
        found = check(read, written, source_language=source_language, target_language=target_language)
    unveiled = [replace(each, found=output[each.span.start : each.span.end][:_SHOWN]) if _VEIL in each.found else each for each in found]
    return tuple(sorted([*unveiled, *find_missing(pieces, output)], key=lambda each: each.span))


def _read(source: str, language: str) -> str:
    """The source as a model reads it, with plain letters and words in full: «18 ноя» is a date."""
    return spelled_out(as_spelt(folded(source)), language)


def _veiled(text: str, spans: Sequence[tuple[Span, int]]) -> str:
    """The text with each span replaced by its number of veils."""
    parts, position = list[str](), 0
    for span, length in spans:
        parts += [text[position : span.start], _VEIL * length]
        position = span.end
    return "".join([*parts, text[position:]])
