"""Read a number that words, or digits and words, spell together: "two hundred and five", "3,5 млрд", "двадцять п'ять тисяч"."""

from dataclasses import dataclass
from decimal import Decimal

from korotko_service.fidelity.numbers.notation import add, multiply
from korotko_service.fidelity.numbers.number_words import NumberWord, Part

_NOTHING, _THOUSAND = Decimal(0), Decimal(1000)


@dataclass(slots=True, kw_only=True)
class Numeral:
    """A number under construction; each method answers whether the next word still belongs to it."""

    total: Decimal = _NOTHING
    current: Decimal | None = None
    room: Decimal = Decimal(1000)  # what may still be added to `current` must be smaller: 20 has room for 5, 12 for nothing
    last_scale: Decimal = Decimal("Infinity")
    ordinal: bool = False
    counted: bool = False  # false for a scale alone: "millions of people" states no number

    @property
    def after_hundred(self) -> bool:
        """Whether English may go on with "and": "two hundred and five", "a thousand and one"."""
        return self.room == 100 or (self.current is None and bool(self.total))

    @property
    def value(self) -> Decimal:
        return add(self.total, self.current or _NOTHING)

    def take_digits(self, value: Decimal, next_scale: Decimal | None) -> bool:
        """Take digits at the start, or after a scale: where a smaller one follows them ("1 млн 200 тис."), or the rest of a thousand."""
        if self.ordinal or self.current is not None:
            return False
        is_rest = next_scale is None and value < self.last_scale == _THOUSAND
        if self.total and not is_rest and (next_scale is None or next_scale >= self.last_scale):
            return False
        self.current, self.room, self.counted = value, _NOTHING, True
        return True

    def take(self, word: NumberWord) -> bool:
        if self.ordinal:
            return False
        taken = {Part.SCALE: self._scale, Part.HUNDRED: self._hundred}.get(word.part, self._add)(word.value)
        if taken:
            self.ordinal = word.part is Part.ORDINAL
            self.counted = self.counted or word.part in (Part.CARDINAL, Part.ORDINAL)
        return taken

    def take_half(self) -> None:
        """Add a half, of the scale where one was named last: "a million and a half" is 1 500 000."""
        if self.current is None and self.total:
            self.total, self.counted = add(self.total, self.last_scale / 2), True
        else:
            self.current = add(self.current or _NOTHING, Decimal("0.5"))
        self.room = _NOTHING

    def _add(self, value: Decimal) -> bool:
        if value >= self.room or value >= self.last_scale:
            return False
        self.current = add(self.current or _NOTHING, value)
        self.room = _room_after(value)
        return True

    def _hundred(self, value: Decimal) -> bool:
        if self.current is not None and self.current >= value:
            return False
        self.current, self.room = multiply(self.current or Decimal(1), value), value
        return True

    def _scale(self, value: Decimal) -> bool:
        if value >= self.last_scale or (self.current is None and self.total):
            return False
        self.total = add(self.total, multiply(self.current if self.current is not None else Decimal(1), value))
        self.current, self.room, self.last_scale = None, Decimal(1000), value
        return True


def _room_after(value: Decimal) -> Decimal:
    if value >= 100:
        return Decimal(100)
    return Decimal(10) if value >= 20 and value % 10 == 0 else _NOTHING
