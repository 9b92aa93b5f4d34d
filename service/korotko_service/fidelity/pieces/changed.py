"""Check that a translation keeps what no translation may change: addresses, account names, placeholders, markup, fixed terms."""

import re
from collections import Counter
from collections.abc import Sequence

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.pieces.protection import Kind, Protected, protect
from korotko_service.fidelity.pieces.terms import Terms
from korotko_service.text.document import Span

_SHOWN = 80
_NO_BREAK = "\u00a0"
_NO_TERMS = Terms()
_HOST = re.compile(r"[\w.@-]+")  # in such addresses and accounts case does not matter
# Without one of these there is nothing to look for but lone telephone numbers, which the check of numbers reads.
_MARK = re.compile(r"[@#{%<&]|://|\.(?<=[A-Za-zА-Яа-яІіЇїЄєҐґ0-9]\.)[A-Za-zА-Яа-я]{2}")


def find_changed_pieces(source: str, output: str) -> list[Finding]:
    """Report pieces for programs and browsers, recognised by form alone, that were lost from the source or added to the output."""
    if not (_MARK.search(source) or _MARK.search(output)):
        return []
    return find_missing(protect(source, _NO_TERMS), output, whole=True)


def find_missing(pieces: Sequence[Protected], output: str, *, whole: bool = False) -> list[Finding]:
    """Report each piece that stands in `output` less often than in the source, and each placeholder or tag that stands there more often.

    More of a term or an address is no fault: a model may name again what the source calls "it". With `whole` an address followed by
    further letters is a different one; a piece that the shield put back may be glued to a word.
    """
    wanted = Counter(piece.text for piece in pieces)
    first = {piece.text: piece for piece in reversed(pieces)}
    everything = Span(start=0, end=len(output))
    lost = [first[text] for text, times in wanted.items() if _times(first[text], output, whole=whole) < times]
    return [_missing(piece, everything) for piece in lost] + _added(pieces, output)


def _times(piece: Protected, output: str, *, whole: bool) -> int:
    if not whole or piece.kind is not Kind.ADDRESS:
        return output.count(piece.text)
    text, output = piece.text.replace(_NO_BREAK, " "), output.replace(_NO_BREAK, " ")  # within a telephone number either is right
    return len(re.findall(rf"(?<![\w@]){re.escape(text)}(?!\w)", output, re.IGNORECASE if _HOST.fullmatch(text) else 0))


def _missing(piece: Protected, whole: Span) -> Finding:
    fixed = piece.term is not None and piece.term.target is not None
    reason = "GLOSSARY_TERM_MISSING" if fixed else "PROTECTED_TEXT_MISSING"
    return Finding(reason=reason, severity=Severity.SEVERE, span=whole, expected=piece.text[:_SHOWN])


def _added(pieces: Sequence[Protected], output: str) -> list[Finding]:
    """The placeholders and tags that the pieces do not account for; a fixed translation may itself hold some."""
    left = Counter(each.text for piece in pieces for each in protect(piece.text, _NO_TERMS))
    found = []
    for each in protect(output, _NO_TERMS):
        left[each.text] -= 1
        if each.kind in (Kind.PLACEHOLDER, Kind.MARKUP) and left[each.text] < 0:
            found.append(Finding(reason="PROTECTED_TEXT_ADDED", severity=Severity.SEVERE, span=each.span, found=each.text[:_SHOWN]))
    return found
