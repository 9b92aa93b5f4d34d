"""Detect by counting a sentence that was dropped within a segment, or made up."""

import re

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.length import oddness
from korotko_service.text.document import Span
from korotko_service.text.sentences.ends import sentence_ends

_SHORT, _LONG = 2.3, 3.0  # deviations of the length, see `length`; one of two sentences lost makes 5 on average
_SHORT_OF_MANY = 0.95  # for three sentences or more; one of three lost makes 2.9, one of five 1.6
_PAIR = 2
_INNER_END = re.compile(r"[.!?…。！？]\S{0,3}\s+\S|\n")


def find_sentence_count(source: str, output: str, source_language: str, target_language: str) -> list[Finding]:
    """Report SENTENCE_COUNT: an info, as translators rightly join and split sentences, and a warning where the length changed with it."""
    if not (_INNER_END.search(source) or _INNER_END.search(output)):
        return []
    read, written = count(source), count(output)
    if read == written or not read or not written:
        return []
    odd = oddness(source, output, source_language, target_language)
    changed = odd < -(_SHORT if read == _PAIR else _SHORT_OF_MANY) if written < read else odd > _LONG
    severity = Severity.WARNING if changed else Severity.INFO
    whole = Span(start=0, end=len(output))
    return [Finding(reason="SENTENCE_COUNT", severity=severity, span=whole, found=str(written), expected=str(read))]


def count(text: str) -> int:
    """The sentences of a text, each line by itself; lines without a letter or digit do not count."""
    total, start = 0, 0
    for line in text.splitlines(keepends=True):
        end = start + len(line.rstrip())
        if any(map(str.isalnum, line)):
            total += sum(1 for _ in sentence_ends(text, start, end))
        start += len(line)
    return total
