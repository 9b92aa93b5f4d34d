"""Catch outputs that are no translation at all: empty, echoed, looping, cut off, or in the wrong language."""

import re

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.guards.balance import find_mixed_words
from korotko_service.fidelity.guards.echo import find_echo
from korotko_service.fidelity.guards.latin import find_latin
from korotko_service.fidelity.guards.loops import find_loops
from korotko_service.fidelity.guards.script import find_wrong_language
from korotko_service.fidelity.length import find_length_ratio
from korotko_service.text.document import Span

# Marks of tokenizers and of multilingual models: SentencePiece ▁ and ⁇, OPUS-MT >>ukr<<, NLLB ukr_Cyrl, T5 sentinels, byte pieces.
_SPECIAL_TOKENS = re.compile(
    r"▁|⁇|\ufffd|</?s>|<(?:unk|pad|mask|bos|eos)>|\[(?:UNK|PAD|CLS|SEP|MASK)\]|>>\w{2,8}<<|<extra_id_[0-9]{1,3}>|<0x[0-9A-Fa-f]{2}>"
    r"|<\|\w{1,20}\|>|\b(?:eng_Latn|ukr_Cyrl|rus_Cyrl)\b|__[a-z]{2}__"
)

_SPECIAL_MARK = re.compile(r"[▁⁇\ufffd<>\[_]")  # each of them has one of these


def guard(source: str, output: str, *, source_language: str, target_language: str) -> tuple[Finding, ...]:
    """Give the findings of every guard, in no particular order; an empty output has just one.

    Of correct human translations 0.3 to 1.1 % get a warning or worse from here, nearly all by their length (docs/faithfulness.md).
    """
    if _is_empty(source, output):
        return (Finding(reason="EMPTY_OUTPUT", severity=Severity.SEVERE, span=Span(start=0, end=len(output)), found=output),)
    return (
        *_find_special_tokens(source, output),
        *(find_echo(source, output, source_language, target_language) or find_latin(source, output, source_language, target_language)),
        *find_wrong_language(source, output, target_language),
        *find_mixed_words(source, output),
        *find_loops(source, output),
        *find_length_ratio(source, output, source_language, target_language),
    )


def _is_empty(source: str, output: str) -> bool:
    """Tell whether nothing readable is left, as in "" or "..."."""
    return any(map(str.isalnum, source)) and not any(map(str.isalnum, output))


def _find_special_tokens(source: str, output: str) -> list[Finding]:
    """Report the tokens of a model that stand in the output but not in the source, where they may be quoted."""
    found = list(_SPECIAL_TOKENS.finditer(output)) if _SPECIAL_MARK.search(output) else []
    quoted = set(_SPECIAL_TOKENS.findall(source)) if found else set()
    return [
        Finding(reason="SPECIAL_TOKENS", severity=Severity.SEVERE, span=Span.of(match), found=match.group())
        for match in found
        if match.group() not in quoted
    ]
