"""Tell whether a number is below zero, by a minus before it or the words for frost after it, and correct a wrong sign."""

import re
from decimal import Decimal

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.numbers.mention import NumberMention
from korotko_service.fidelity.numbers.scan import scan
from korotko_service.fidelity.pieces.shield import Restored
from korotko_service.text.document import Span

_BEHIND, _AHEAD = 20, 40
_MINUS = re.compile(
    r"(?:(?:^|[\s(:…])[−–-]|\b(?:minus|мінус|минус)\s|\b(?:frosts?\sof|мороз\w{0,3})\s(?:up\sto\s|до\s|[ву]\s)?)$", re.IGNORECASE
)
_HINT = re.compile("[−–-]|minus|frost|below|freez|м[іи]нус|мороз|нуля", re.IGNORECASE)  # without it no number is below zero
_MINUSES = frozenset("−–-")
_RANGE = re.compile(r"\d\s?[−–-]$")
_FROST = re.compile(
    r"[^.;,]{0,24}(?:below\s(?:zero|freezing)|of\sfrost|(?:нижче|ниже)\sнуля|мороз|зі\sзнаком\sмінус|со\sзнаком\sминус)", re.IGNORECASE
)
# "(-1.8%)" of a market report may be said in words.
_PERCENT = re.compile(r"\s?(?:%|per\s?cent|відсот|процент)", re.IGNORECASE)
_FALL = re.compile(
    r"f[ae]ll|drop|down|declin|decreas|los[est]|slump|shr[iau]nk|cheaper|впа|пад|зниз|зниж|зменш|втра|скоро|дешев|упа|сни[жз]|умень|потер|сокра",
    re.IGNORECASE,
)
_NEAR = 60
_DEGREES = re.compile(r"\s?(?:°|degree|градус)", re.IGNORECASE)


def is_negative(text: str, mention: NumberMention) -> bool:
    before = text[max(mention.span.start - _BEHIND, 0) : mention.span.start]
    after = text[mention.span.end : mention.span.end + _AHEAD]
    return (_MINUS.search(before) is not None and not _RANGE.search(before)) or _FROST.match(after) is not None


def find_changed_signs(source: str, read: list[NumberMention], output: str, written: list[NumberMention]) -> list[Finding]:
    """Report SIGN_CHANGED for digits that one text has below zero and the other never has.

    A warning for degrees, and for a percentage whose minus is gone where nothing is said to fall: "−5 %" may become "down 5 %".
    """
    wanted = {mention.key for mention in written} if read else None
    if not wanted or not (_HINT.search(source) or _HINT.search(output)):
        return []
    signs: dict[tuple[bool, Decimal], set[bool]] = {}
    for mention in read:
        if mention.certain:
            for key in mention.keys & wanted:
                signs.setdefault(key, set()).add(is_negative(source, mention))
    return [
        _finding(output, mention)
        for mention in written
        if mention.in_digits and mention.key in signs and is_negative(output, mention) not in signs[mention.key]
    ]


def right_signs(source: str, output: Restored, source_language: str, target_language: str) -> Restored | None:
    """The output with the source's sign before its degrees and percentages; None where there is nothing to correct."""
    read, written = scan(source, source_language), scan(output.text, target_language)
    mended = output
    for finding in reversed(find_changed_signs(source, read, output.text, written)):
        start = finding.span.start
        has_sign = start > 0 and mended.text[start - 1] in _MINUSES
        place = Span(start=start - has_sign, end=start)
        # No sign corrects "minus 12" or "12 degrees of frost".
        is_clear = has_sign == finding.found.startswith("−") and finding.severity is Severity.WARNING
        if is_clear and mended.is_free(Span(start=place.start, end=finding.span.end)):
            mended = mended.replaced(place, "" if has_sign else "-")
    return mended if mended is not output else None


def _finding(output: str, mention: NumberMention) -> Finding:
    sign = "−" if is_negative(output, mention) else ""
    plain = _DEGREES.match(output, mention.span.end) or (not sign and _is_said_to_rise(output, mention))
    severity = Severity.WARNING if plain else Severity.INFO
    expected = mention.text if sign else f"−{mention.text}"
    return Finding(reason="SIGN_CHANGED", severity=severity, span=mention.span, found=sign + mention.text, expected=expected)


def _is_said_to_rise(output: str, mention: NumberMention) -> bool:
    """A percentage without a minus, and no word for a fall nearby."""
    near = output[max(0, mention.span.start - _NEAR) : mention.span.end + _AHEAD]
    return _PERCENT.match(output, mention.span.end) is not None and _FALL.search(near) is None
