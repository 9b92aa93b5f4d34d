"""Detect two numbers that changed places: each stands beside the month or name that was the other's."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from korotko_service.fidelity.amounts.currencies import unit_of
from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.names.capitals import Name, capitals
from korotko_service.fidelity.names.meeting import meets
from korotko_service.fidelity.numbers.mention import NumberMention

_FOUR = 4  # two numbers and what they belong to
_MOST = 20  # numbers in digits; a text with more is a table


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One text with its numbers in digits that occur once; names and months may stand beside one."""

    text: str
    numbers: tuple[NumberMention, ...]
    months: tuple[NumberMention, ...]
    language: str

    def partners(self, pair: tuple[NumberMention, NumberMention]) -> list[Name | NumberMention | None]:
        """What each of two numbers belongs to: in "A 4, B 6" what precedes it, in "4 in A, 6 in B" what follows, else the nearest."""
        row: list[Name | NumberMention] = [*self.months, *(name for name in capitals(self.text, self.language) if name.certain)]
        both: list[Name | NumberMention] = sorted([*row, *pair], key=lambda each: each.span.start)
        if len(both) == _FOUR and [both.index(number) % 2 for number in pair] in ([1, 1], [0, 0]):
            return [both[both.index(number) ^ 1] for number in pair]
        return [min(row, key=lambda each: _gap(each, number), default=None) for number in pair]


def find_swapped(
    source: str, read: list[NumberMention], output: str, written: list[NumberMention], languages: tuple[str, str]
) -> list[Finding]:
    """Report NUMBER_NOT_IN_SOURCE, a warning, for two amounts of one kind that stand in the other order, each beside the other's name."""
    if min(len(read), len(written)) < 2:
        return []
    left, right = _side(source, read, languages[0]), _side(output, written, languages[1])
    if min(len(left.numbers), len(right.numbers)) < 2 or max(len(left.numbers), len(right.numbers)) > _MOST:
        return []
    here = {number.key: number for number in right.numbers}
    common = [number for number in left.numbers if number.key in here]
    found = []
    for one, two in pairwise(common):
        mine, yours = here[one.key], here[two.key]
        if yours.span.start < mine.span.start and _is_swapped(left, (one, two), right, (mine, yours)):
            found += [_finding(yours, one), _finding(mine, two)]
    return found


def _side(text: str, mentions: list[NumberMention], language: str) -> _Side:
    digits = [mention for mention in mentions if mention.certain and mention.in_digits and mention.kind in ("cardinal", "percent", "money")]
    times = Counter(mention.key for mention in digits)
    once = tuple(mention for mention in digits if times[mention.key] == 1)
    months = tuple(mention for mention in mentions if mention.kind == "month")
    return _Side(text=text, numbers=once, months=months, language=language)


def _is_swapped(left: _Side, pair: tuple[NumberMention, NumberMention], right: _Side, other: tuple[NumberMention, NumberMention]) -> bool:
    if len({unit_of(left.text, number) for number in pair}) != 1 or pair[0].kind != pair[1].kind:
        return False
    first, second = left.partners(pair)
    third, fourth = right.partners(other)
    return _same(first, fourth) and _same(second, third) and not _same(first, third) and not _same(second, fourth)


def _same(one: Name | NumberMention | None, two: Name | NumberMention | None) -> bool:
    if isinstance(one, Name) and isinstance(two, Name):
        return meets(one, two)
    return isinstance(one, NumberMention) and isinstance(two, NumberMention) and one.key == two.key


def _gap(one: Name | NumberMention, two: NumberMention) -> int:
    return max(one.span.start - two.span.end, two.span.start - one.span.end)


def _finding(number: NumberMention, expected: NumberMention) -> Finding:
    return Finding(reason="NUMBER_NOT_IN_SOURCE", severity=Severity.WARNING, span=number.span, found=number.text, expected=expected.text)
