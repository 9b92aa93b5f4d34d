"""Find quotes and brackets that open and never close, and words of two alphabets."""

import re

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.words import WORD
from korotko_service.text.document import Span

# „ and “ open, “ and ” close, depending on the language: only their number is judged. An opening one after a digit is an inch sign.
_MARKS = re.compile(r"[\"„“”]|[«»]|[()\[\]]")
_CLOSING = {"»": "«", ")": "(", "]": "["}
_LIST_MARK = re.compile(r"(?:^|[\s(])\w{1,2}$")  # "а) перше; б) друге" closes what was never opened
_MOST = 20  # words of two alphabets that are reported; a text with more is in neither
_EDGE = " \t\n.,;:!?…—–-'’"
_QUOTES = frozenset('"„“”')
_BRACKETS = frozenset("()[]")
_LATIN, _CYRILLIC = "A-Za-z\u00c0-\u024f", "\u0400-\u052f"
_LATIN_LETTER, _CYRILLIC_LETTER = re.compile(f"[{_LATIN}]"), re.compile(f"[{_CYRILLIC}]")
_MEETING = re.compile(f"[{_LATIN}][{_CYRILLIC}]|[{_CYRILLIC}][{_LATIN}]")
_DOTTED = re.compile(r"(?:[A-ZА-ЯІЇЄ]\.){2,6}")
_HALVES = re.compile("[A-Z].*[А-ЯІЇЄ]|[А-ЯІЇЄ].*[A-Z]")  # «U.С.», which looks like one alphabet


def find_unbalanced(source: str, output: str) -> list[Finding]:
    """Report UNBALANCED_QUOTES: a quotation or bracket is left open, or closed unopened, where the source's are paired.

    A warning where the source has such marks, an info where it has none, or where the unpaired one opens or ends the output: a segment of a
    longer quotation may open it and not close it, which one language marks and the other leaves to the neighbouring segments. So may direct
    speech that runs on to the end of the output (she said, “We will stay.), or from its beginning (We will stay,” she said).
    """
    alone = _alone(output)
    if not alone or _alone(source):
        return []
    families = {mark.group() in _BRACKETS for mark in _MARKS.finditer(source)}
    inner = [mark for mark in alone if output[: mark.start()].strip(_EDGE) and output[mark.end() :].strip(_EDGE)]
    amiss = [mark for mark in inner if (mark.group() in _BRACKETS) in families and not (len(alone) == 1 and _runs_on(output, mark))]
    severity = Severity.WARNING if amiss else Severity.INFO
    mark = (inner or alone)[0]
    return [Finding(reason="UNBALANCED_QUOTES", severity=severity, span=Span.of(mark), found=mark.group())]


def _runs_on(text: str, mark: re.Match[str]) -> bool:
    """Tell whether an unpaired quotation mark opens direct speech after a comma or colon, or closes it where nothing was quoted before."""
    if mark.group() in _BRACKETS:
        return False
    before, behind = text[: mark.start()], text[mark.end() :]
    opens = mark.group() != "»" and before.rstrip()[-1:] in (",", ":") and behind[:1].isalpha() and before[-1:].isspace()
    closes = mark.group() not in "«„" and before[-1:] in (",", "!", "?") and behind[:1].isspace()
    return opens or (closes and not any(other.group() not in _BRACKETS for other in _MARKS.finditer(before)))


def _alone(text: str) -> list[re.Match[str]]:
    """The marks without their partners."""
    waiting: dict[str, list[re.Match[str]]] = {}
    alone: list[re.Match[str]] = []
    spare = 0  # marks that repeat an opening one, and may be closed each by itself or together
    for mark in _MARKS.finditer(text):
        kind = mark.group()
        opening = _CLOSING.get(kind, '"' if kind in _QUOTES else "")
        row = waiting.setdefault(opening or kind, [])
        if not opening or (kind in _QUOTES and not row):
            if _doubles(text, mark, "«"):
                spare += 1
            elif not _is_inch(text, mark):
                row.append(mark)
        elif row:
            row.pop()
        elif kind == "»" and spare:
            spare -= 1
        elif not _doubles(text, mark, "»") and (kind != ")" or not _LIST_MARK.search(text[max(mark.start() - 4, 0) : mark.start()])):
            alone.append(mark)
    return sorted([*alone, *(mark for row in waiting.values() for mark in row)], key=lambda mark: mark.start())


def _is_inch(text: str, mark: re.Match[str]) -> bool:
    return mark.group() in _QUOTES and text[max(mark.start() - 1, 0) : mark.start()].isdecimal()


def _doubles(text: str, mark: re.Match[str], kind: str) -> bool:
    """Tell whether a mark repeats the one before it: where two quotations open or close at once, one mark may do for both."""
    return text[max(mark.start() - 1, 0) : mark.end()] == kind * 2


def find_mixed_words(source: str, output: str) -> list[Finding]:
    """Report MIXED_ALPHABET, a warning: a word of Latin and Cyrillic letters that the source does not have, such as "Кyiv" or "U.С."."""
    if output.isascii() or not (_LATIN_LETTER.search(output) and _CYRILLIC_LETTER.search(output)):
        return []
    mixed = [match for match in _DOTTED.finditer(output) if _HALVES.search(match.group())]
    if _MEETING.search(output):
        mixed += [match for match in WORD.finditer(output) if _MEETING.search(match.group())]
    mixed = [match for match in mixed if match.group() not in source]
    return [
        Finding(reason="MIXED_ALPHABET", severity=Severity.WARNING, span=Span.of(match), found=match.group()[:80])
        for match in mixed[:_MOST]
    ]
