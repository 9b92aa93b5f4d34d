"""Correct the unit of a number, the time that it is per, and the half of the day of a time, where a translation has another one."""

import re

from korotko_service.fidelity.amounts.halves_of_day import HOUR, Changed as Turned, changed_halves
from korotko_service.fidelity.amounts.measures import Changed, changed_measures
from korotko_service.fidelity.numbers.scan import scan
from korotko_service.fidelity.pieces.shield import Restored
from korotko_service.fidelity.units.forms import is_sign, written
from korotko_service.fidelity.units.names import RATES
from korotko_service.fidelity.units.rates import rate_behind, written_per
from korotko_service.fidelity.units.units import Unit
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
    """The output with the source's units and halves of the day beside its numbers; None where there is nothing to correct.

    «450 миллиметров» for 450 millilitres becomes «450 мл», «60 миль» for 60 miles an hour «60 миль в час», «7:30» for 7:30 p.m.
    «19:30». What was protected stays as it is.
    """
    languages = (source_language, target_language)
    read, said = scan(source, source_language), scan(output.text, target_language)
    mends = [_measure(each, output.text, target_language) for each in changed_measures(source, read, output.text, said, languages)]
    turned = changed_halves(source, read, output.text, said, languages)
    mends += [_half(each, output.text, target_language) for each in turned if each.sole]  # of "from 9 to 9" nobody knows which is which
    mended = output
    for span, text in sorted((mend for mend in mends if mend is not None), reverse=True):
        mended = mended.replaced(span, text) if mended.is_free(span) else mended
    return mended if mended is not output else None


def _measure(changed: Changed, output: str, language: str) -> Mend | None:
    """The right unit or rate of a number in place of the wrong one; None where no wording fits every sentence."""
    unit = changed.said.unit
    if unit is None:
        return _broken(changed, output, language)
    if output[unit.span.start - 1] == "-" or output[unit.span.start : unit.span.end] in RATES:  # an adjective; a sign that is a rate
        return None
    return _rate(changed, unit, language) if changed.is_rate else _unit(changed, unit, output, language)


def _broken(changed: Changed, output: str, language: str) -> Mend | None:
    """The sign of a unit, in place of a word that begins with it: «500 мгів»."""
    name, value = _sole_name(changed), changed.said.mention.value
    sign = written(name, value, language) if name and is_sign(name) else None
    broken = _NEXT.match(output, changed.said.mention.span.end)
    is_sure = sign and broken and len(sign) >= _LEAST_SIGN and broken.group(1).lower().startswith(sign.lower())
    return (Span(start=broken.start(1), end=broken.end()), sign) if sign and broken and is_sure else None


def _unit(changed: Changed, unit: Unit, output: str, language: str) -> Mend | None:
    """The right unit, with its rate where the output has none."""
    name, word = _sole_name(changed), output[unit.span.start : unit.span.end]
    before = word if word.islower() and len(word) > len("км") else ""
    right = written(name, changed.said.mention.value, language, before=before) if name else None
    is_told = changed.said.time or rate_behind(output, unit.span.end, language)
    per = written_per(changed.meant.time, language) if changed.meant.time and not is_told else ""
    return (unit.span, right + per) if right else None


def _rate(changed: Changed, unit: Unit, language: str) -> Mend:
    """The right "per hour" for a wrong one, or where there is none, or nothing where the source has none."""
    span = changed.said.rate.span if changed.said.rate else Span(start=unit.span.end, end=unit.span.end)
    return span, written_per(changed.meant.time, language) if changed.meant.time else ""


def _sole_name(changed: Changed) -> str | None:
    """The unit of the source; None where it may be either of two."""
    names = changed.meant.unit.names if changed.meant.unit else frozenset[str]()
    return next(iter(names)) if len(names) == 1 else None


def _half(turned: Turned, output: str, language: str) -> Mend:
    """A time in digits by 24 hours, any other with the part of the day; in English with "a.m." or "p.m."."""
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
