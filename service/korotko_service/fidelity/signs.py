"""Tell whether a number is below zero: a minus before it, or the words for frost after it."""

import re
from decimal import Decimal

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.mention import NumberMention

_BEHIND, _AHEAD = 20, 40
_MINUS = re.compile(
    r"(?:(?:^|[\s(:…])[−–-]|\b(?:minus|мінус|минус)\s|\b(?:frosts?\sof|мороз\w{0,3})\s(?:up\sto\s|до\s|[ву]\s)?)$", re.IGNORECASE
)
_HINT = re.compile("[−–-]|minus|frost|below|freez|м[іи]нус|мороз|нуля", re.IGNORECASE)  # without it no number is below zero
_RANGE = re.compile(r"\d\s?[−–-]$")
_FROST = re.compile(
    r"[^.;,]{0,24}(?:below\s(?:zero|freezing)|of\sfrost|(?:нижче|ниже)\sнуля|мороз|зі\sзнаком\sмінус|со\sзнаком\sминус)", re.IGNORECASE
)
_DEGREES = re.compile(r"\s?(?:°|degree|градус)", re.IGNORECASE)


def is_negative(text: str, mention: NumberMention) -> bool:
    before = text[max(mention.span.start - _BEHIND, 0) : mention.span.start]
    after = text[mention.span.end : mention.span.end + _AHEAD]
    return (_MINUS.search(before) is not None and not _RANGE.search(before)) or _FROST.match(after) is not None


def find_changed_signs(source: str, read: list[NumberMention], output: str, written: list[NumberMention]) -> list[Finding]:
    """Report SIGN_CHANGED for digits that one text has below zero and the other never has.

    A warning for degrees only: "down 5 %" is rightly "−5 %".
    """
    if not (_HINT.search(source) or _HINT.search(output)):
        return []
    signs: dict[tuple[bool, Decimal], set[bool]] = {}
    for mention in read:
        if mention.certain:
            for key in mention.keys:
                signs.setdefault(key, set()).add(is_negative(source, mention))
    return [
        _finding(output, mention)
        for mention in written
        if mention.in_digits and mention.key in signs and is_negative(output, mention) not in signs[mention.key]
    ]


def _finding(output: str, mention: NumberMention) -> Finding:
    degrees = _DEGREES.match(output, mention.span.end)
    severity = Severity.WARNING if degrees else Severity.INFO
    sign = "−" if is_negative(output, mention) else ""
    expected = mention.text if sign else f"−{mention.text}"
    return Finding(reason="SIGN_CHANGED", severity=severity, span=mention.span, found=sign + mention.text, expected=expected)
