"""Write the unit of a number as a language writes it: a sign, which has no endings, or the word in the form that the number requires."""

from decimal import Decimal

from korotko_service.fidelity.units.names import FORMED, FORMS, LANGUAGES, SIGNS, rows

_POWERS = "²³"
_ONE, _FEW, _MANY, _PART = range(4)
_FORMS = {language: dict(zip(FORMED, (told.split() for told in FORMS[language].split("|")), strict=True)) for language in LANGUAGES}
_WRITTEN = {language: {row.unit: row.told[language].split()[0] for row in reversed(rows(SIGNS))} for language in LANGUAGES}


def is_sign(name: str) -> bool:
    """Tell whether every language writes the unit as a sign."""
    return name.rstrip(_POWERS) in _WRITTEN["en"] and name not in FORMED


def written(name: str, value: Decimal, language: str, *, before: str = "") -> str | None:
    """Give the unit for `value` of it, in the case of the word `before` that stood there; None where that is not known."""
    if name in FORMED:
        return _form(name, value, language, before)
    bare = name.rstrip(_POWERS)
    sign = _WRITTEN[language].get(bare)
    return sign + name[len(bare) :] if sign and bare not in FORMED else None


def _form(name: str, value: Decimal, language: str, before: str) -> str | None:
    forms = _FORMS[language][name]
    if language == "en":
        return forms[0 if value == 1 else 1]
    whole = [*forms, forms[1]][:4]
    slots = _slots(before, language)
    wanted = _slot(value)
    if before and not slots:
        return None  # a word in a case that no number alone requires: «тижнями»
    return whole[wanted if wanted in slots or not slots else min(slots)]


def _slots(word: str, language: str) -> set[int]:
    """Which of the forms a word may be, of any unit."""
    told = ([*forms, forms[1]][:4] for forms in _FORMS[language].values())
    return {slot for forms in told for slot, form in enumerate(forms) if form == word.lower()}


def _slot(value: Decimal) -> int:
    if value != int(value):
        return _PART
    last, teens = int(value) % 10, int(value) % 100 // 10 == 1
    if last == 1 and not teens:
        return _ONE
    return _FEW if 2 <= last <= 4 and not teens else _MANY
