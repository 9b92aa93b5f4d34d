"""Hand-made cases for the checks: each sentence in three languages, and what goes wrong in each, read from cases/*.toml."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from korotko_service.fidelity.check import check
from korotko_service.fidelity.finding import Severity

LANGUAGES = ("en", "uk", "ru")
FOLDER = Path(__file__).parent / "cases"
NOTHING = "-"
_ARROW, _GAP = " => ", "gap: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A source and an output; `expected` holds the reasons of which one at least must be warned of, none where the output is right.

    `first` is the likeliest of them.
    """

    source_language: str
    target_language: str
    source: str
    output: str
    expected: frozenset[str]
    note: str
    first: str = ""

    @property
    def name(self) -> str:
        kind = "wrong" if self.expected else "right"
        return f"{self.source_language}-{self.target_language} {kind}: {self.note}"

    @property
    def pair(self) -> str:
        """The two languages, in one order for both directions."""
        return "-".join(sorted((self.source_language, self.target_language), key=LANGUAGES.index))


def cases() -> tuple[Case, ...]:
    return tuple(
        case for path in sorted(FOLDER.glob("*.toml")) for row in tomllib.loads(path.read_text("utf-8"))["case"] for case in _of(row)
    )


def is_gap(case: Case) -> bool:
    """Whether the checks are known to miss the fault of this case: "gap: …" in every direction, "gap ru-en: …" in one."""
    one = f"gap {case.source_language}-{case.target_language}: "
    return bool(case.expected) and case.note.startswith((_GAP, one))


def _of(row: Mapping[str, str]) -> Iterator[Case]:
    reasons = row["reason"].split("|")
    for source in LANGUAGES:
        for target in LANGUAGES:
            if source == target:
                continue
            shared = {"source_language": source, "target_language": target, "source": row[source], "note": row["note"]}
            yield Case(output=row[target], expected=frozenset(), **shared)
            if row["reason"] != NOTHING:
                yield Case(output=_wrong(row, source, target), expected=frozenset(reasons), first=reasons[0], **shared)


def _wrong(row: Mapping[str, str], source: str, target: str) -> str:
    change, right = row[f"{target}_wrong"], row[target]
    third = next(language for language in LANGUAGES if language not in (source, target))
    whole = {"@source": row[source], "@third": row[third], "@empty": ""}
    if change in whole:
        return whole[change]
    if _ARROW not in change:
        return change
    old, new = change.split(_ARROW)
    if right.count(old) != 1:
        raise ValueError(f"{row['note']}: {old!r} stands {right.count(old)} times in {right!r}")
    return right.replace(old, new)


def table() -> str:
    """How often each reason is right on the cases, by pair, in Markdown: "caught of expected, false on so many right sentences"."""
    caught, wanted, false, right = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[str]()
    for case in cases():
        warned = _warned(case)
        if not case.expected:
            right[case.pair] += 1
            false.update((reason, case.pair) for reason in warned)
            continue
        wanted[case.first, case.pair] += 1
        caught[case.first, case.pair] += bool(warned & case.expected)
    pairs = list(right)
    reasons = sorted({reason for reason, _ in (*wanted, *false)})
    lines = [f"| reason | {' | '.join(pairs)} | precision | recall |", "|---" * (len(pairs) + 3) + "|"]
    for reason in reasons:
        cells = [f"{caught[reason, pair]} of {wanted[reason, pair]}, {false[reason, pair]} false" for pair in pairs]
        good, all_, bad = (sum(counts[reason, pair] for pair in pairs) for counts in (caught, wanted, false))
        lines.append(f"| {reason} | {' | '.join(cells)} | {_percent(good, good + bad)} | {_percent(good, all_)} |")
    lines.append(f"| right sentences | {' | '.join(str(right[pair]) for pair in pairs)} | | |")
    return "\n".join(lines)


def _warned(case: Case) -> frozenset[str]:
    found = check(case.source, case.output, source_language=case.source_language, target_language=case.target_language)
    return frozenset(finding.reason for finding in found if finding.severity >= Severity.WARNING)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


if __name__ == "__main__":
    print(table())
