"""Put right the unit of a number, and the half of the day of a time, where a translation has another one."""

import re

from korotko_service.fidelity.halves_of_day import HOUR, Changed as Turned, changed_halves
from korotko_service.fidelity.measures import Changed, changed_measures
from korotko_service.fidelity.scan import scan
from korotko_service.fidelity.shield import Restored
from korotko_service.fidelity.unit_forms import is_sign, written
from korotko_service.fidelity.unit_names import RATES
from korotko_service.text.document import Span

_DIGITAL = re.compile(r"[0-9]{1,2}[:.][0-5][0-9]")
_OCLOCK = re.compile(r"\s?o['’]clock\b")
_HOUR = {language: re.compile(HOUR[language]) for language in ("uk", "ru")}
_PARTS = {"uk": ("ночі", "ранку", "дня", "вечора"), "ru": ("ночи", "утра", "дня", "вечера")}
_PART_BEGINS = (0, 4, 12, 17)  # hours
_NEXT = re.compile(r"\s(\w+)")
_LEAST_SIGN = 2  # letters by which a broken unit is known: «500 мгів»
Mend = tuple[Span, str]


def right_measures(source: str, output: Restored, source_language: str, target_language: str) -> Restored | None:
    """The output with the source's units and halves of the day beside its numbers; None where there is nothing to put right.

    «450 миллиметров» for 450 millilitres becomes «450 мл», «7:30» for 7:30 p.m. «19:30». What was protected stays as it is.
    """
    languages = (source_language, target_language)
    read, said = list(scan(source, source_language)), list(scan(output.text, target_language))
    mends = [_unit(each, output.text, target_language) for each in changed_measures(source, read, output.text, said, languages)]
    turned = changed_halves(source, read, output.text, said, languages)
    mends += [_half(each, output.text, target_language) for each in turned if each.sole]  # of "from 9 to 9" nobody knows which is which
    mended = output
    for span, text in sorted((mend for mend in mends if mend is not None), reverse=True):
        mended = mended.replaced(span, text) if mended.is_free(span) else mended
    return mended if mended is not output else None


def _unit(changed: Changed, output: str, language: str) -> Mend | None:
    """The right unit in the other one's place; where none is left, in that of a word which opens with its sign."""
    if len(changed.meant.names) > 1:
        return None
    (name,), value = changed.meant.names, changed.mention.value
    if changed.unit is None:
        sign = written(name, value, language) if is_sign(name) else None
        broken = _NEXT.match(output, changed.mention.span.end)
        is_sure = sign and broken and len(sign) >= _LEAST_SIGN and broken.group(1).lower().startswith(sign.lower())
        return (Span(start=broken.start(1), end=broken.end()), sign) if sign and broken and is_sure else None
    span = changed.unit.span
    word = output[span.start : span.end]
    right = written(name, value, language, before=word if word.islower() and len(word) > len("км") else "")
    is_alone = word not in RATES and output[span.start - 1] != "-"
    return (span, right) if right and is_alone else None


def _half(turned: Turned, output: str, language: str) -> Mend:
    """A time of the day in digits by 24 hours, any other with the part of the day; in English with "a.m." or "p.m."."""
    said, hour = turned.said, int(turned.time.face[0]) + (12 if turned.time.half == "p" else 0)
    number = said.mention.span
    if language == "en":
        clock = said.mark or _OCLOCK.match(output, number.end)
        end = clock.end() if clock else number.end
        half = f" {turned.time.half}.m" + ("" if output.startswith(".", end) else ".")
        return Span(start=number.end, end=end), half
    if _DIGITAL.fullmatch(said.mention.text):
        return said.span, f"{hour}:{said.mention.text[-2:]}"
    part = max(zip(_PART_BEGINS, _PARTS[language], strict=True), key=lambda each: each[0] if each[0] <= hour else -1)[1]
    if said.mark and said.mark.lastgroup:
        return Span(start=said.mark.start(said.mark.lastgroup), end=said.mark.end()), part
    behind = _HOUR[language].match(output, number.end)
    end = behind.end() if behind else number.end
    return Span(start=end, end=end), f" {part}"
