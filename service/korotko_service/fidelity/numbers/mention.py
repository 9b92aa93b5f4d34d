"""One number as it stands in a text."""

import re
from dataclasses import dataclass
from decimal import Decimal

from korotko_service.text.document import Span

Key = tuple[bool, Decimal]
"""What a number is compared by: whether it is a month, and its value."""

_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberMention:
    """A number, where it stands (code points) and what it is worth.

    `kind` is "cardinal", "percent", "money", "year", "date" (a day), "month" (1 to 12), "time" (worth hours.minutes), "ordinal",
    "century" (in words or Roman numerals), "scale" ("millions") or "code" (part of a name, such as F-16). `readings` holds every value
    that it may have, `value` among them. `certain` is false for what may be no number at all: "both", Louis XIV, "доба", a month that
    may be a verb. Signs are not read: in running text "-5" is a range as often as a frost.
    """

    value: Decimal
    kind: str
    span: Span
    text: str
    readings: tuple[Decimal, ...] = ()
    certain: bool = True

    def __post_init__(self) -> None:
        if not self.text:
            raise ValueError("text: a mention is never empty")

    @property
    def in_digits(self) -> bool:
        return _DIGIT.search(self.text) is not None

    @property
    def key(self) -> Key:
        """The likeliest value; months meet only months."""
        return (self.kind == "month", self.value)

    @property
    def keys(self) -> frozenset[Key]:
        """Every value that it may have."""
        return frozenset((self.kind == "month", value) for value in (self.readings or (self.value,)))
