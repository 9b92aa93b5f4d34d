"""How often the checks of `fidelity` are right: python -m benchmarks.alarms [--eval DIR] (docs/faithfulness.md).

`training/texts` and DIR, with flores-dev.{en,uk,ru} and ntrex-articles.jsonl, hold human translations; faults are also planted into them.
It counts the sentences that get a warning, and in brackets those for which no alarm was read and found right (`alarms_verdicts.tsv`;
--unjudged lists the alarms of DIR that nobody has read). Half of each set (every second sentence, in NTREX every second article) was used
for development, the other half was counted.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import permutations, product
from pathlib import Path

from benchmarks.alarms_verdicts import Alarm, any_right, digest, read_verdicts
from benchmarks.material import LANGUAGES
from korotko_service.fidelity.check import check
from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.names.names import names
from korotko_service.fidelity.words import is_latin
from training.data import text_rows
from training.held_out import flores, ntrex

Row = dict[str, str]  # one sentence in every language
Fault = Callable[[str, str, random.Random], str | None]
_PAIRS = tuple(permutations(LANGUAGES, 2))
_LEAST_WORDS = 8
_MOST_PLANTED = 1_000  # sentences of a set, taken evenly


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, metavar="DIR", help="folder with flores-dev.* and ntrex-articles.jsonl")
    parser.add_argument("--unjudged", action="store_true", help="only list the alarms of DIR that have no verdict")
    options = parser.parse_args()
    sets, verdicts = _sets(options.eval), read_verdicts()
    if options.unjudged:
        for line in unjudged({name: rows for name, rows in sets.items() if not name.startswith("written")}, verdicts):
            print(line)
    else:
        _print_counts(sets, verdicts)


def _print_counts(sets: dict[str, list[Row]], verdicts: Mapping[Alarm, str]) -> None:
    faults = {"digit": _digit, "name": _name_fault([row for rows in sets.values() for row in rows]), "cut": _cut}
    print("set | sentences | " + " | ".join(f"{source}-{target}" for source, target in _PAIRS) + " | all | reasons")
    for name, rows in sets.items():
        print(false_alarms(name, rows, verdicts), flush=True)
    for name, rows in sets.items():
        for kind, fault in faults.items():
            print(f"{name}, {kind}: {_caught(rows, fault)}", flush=True)


def _sets(folder: Path | None) -> dict[str, list[Row]]:
    texts = {"written": [[row] for row in text_rows()]}
    if folder:
        texts = {"FLORES": [[row] for row in _rows(flores(folder))], "NTREX": [_rows(article) for article in ntrex(folder)]} | texts
    return {half: rows for name, told in texts.items() for half, rows in _halves(name, told).items()}


def _halves(name: str, texts: list[list[Row]]) -> dict[str, list[Row]]:
    """The sentences of every second text, and those of the others."""
    halves = {"worked on": texts[::2], "held": texts[1::2]}
    return {f"{name} {half}": [row for rows in told for row in rows] for half, told in halves.items()}


def _rows(texts: dict[str, list[str]]) -> list[Row]:
    return [dict(zip(LANGUAGES, row, strict=True)) for row in zip(*(texts[language] for language in LANGUAGES), strict=True)]


def _warned(row: Row, output: str, source: str, target: str) -> list[Finding]:
    found = check(row[source], output, source_language=source, target_language=target)
    return [finding for finding in found if finding.severity >= Severity.WARNING]


def _alarms(row: Row, source: str, target: str) -> set[Alarm]:
    reasons = {finding.reason for finding in _warned(row, row[target], source, target)}
    return {Alarm(sentence=digest(row), direction=f"{source}-{target}", reason=reason) for reason in reasons}


def false_alarms(name: str, rows: list[Row], verdicts: Mapping[Alarm, str]) -> str:
    """The percentage of sentences with a warning in each direction, and in brackets those without any right alarm."""
    alarms = {(source, target): [_alarms(row, source, target) for row in rows] for source, target in _PAIRS}
    cells = [_share(told, len(rows), verdicts) for told in alarms.values()]
    every = [each for told in alarms.values() for each in told]
    reasons = [f"{reason} {_share(told, len(every), verdicts, 2)}" for reason, told in _by_reason(every)]
    return f"{name} | {len(rows)} | {' | '.join((*cells, _share(every, len(every), verdicts)))} | {', '.join(reasons)}"


def _by_reason(alarms: list[set[Alarm]]) -> list[tuple[str, list[set[Alarm]]]]:
    """The most frequent reason first, and all of its alarms."""
    counted = Counter(alarm.reason for each in alarms for alarm in each)
    return [(reason, [{alarm} for each in alarms for alarm in each if alarm.reason == reason]) for reason, _ in counted.most_common()]


def _share(alarms: list[set[Alarm]], of: int, verdicts: Mapping[Alarm, str], digits: int = 1) -> str:
    warned = [each for each in alarms if each]
    wrong = [each for each in warned if not any_right(each, verdicts)]
    return f"{100 * len(warned) / of:.{digits}f} ({100 * len(wrong) / of:.{digits}f})"


def unjudged(sets: Mapping[str, list[Row]], verdicts: Mapping[Alarm, str]) -> Iterator[str]:
    """Every alarm that waits for a verdict, as a line of alarms_verdicts.tsv, and the two texts."""
    for name, rows in sets.items():
        for row, (source, target) in product(rows, _PAIRS):
            for alarm in sorted(_alarms(row, source, target) - set(verdicts)):
                yield "\t".join((name, alarm.sentence, alarm.reason, "?", alarm.direction, row[source], row[target]))


def _caught(rows: list[Row], fault: Fault) -> str:
    """The share of planted faults that are detected, in sentences that had no warning before."""
    caught = [bool(_warned(row, output, source, target)) for row, output, source, target in _planted(rows, fault)]
    return f"{100 * sum(caught) / max(len(caught), 1):.1f} % of {len(caught)} warned of"


def _planted(rows: list[Row], fault: Fault) -> Iterator[tuple[Row, str, str, str]]:
    taken = rows[:: -(-len(rows) // _MOST_PLANTED)]
    for source, target in _PAIRS:
        for place, row in enumerate(taken):
            output = fault(row[target], target, random.Random(f"{source}{target}{place}"))  # noqa: S311
            if output is not None and not _warned(row, row[target], source, target):
                yield row, output, source, target


def _digit(text: str, language: str, chance: random.Random) -> str | None:
    digits = list(re.finditer(r"\d", text))
    if not digits:
        return None
    digit = chance.choice(digits)
    return text[: digit.start()] + chance.choice([each for each in "123456789" if each != digit.group()]) + text[digit.end() :]


def _cut(text: str, language: str, chance: random.Random) -> str | None:
    """The first half of the words, with a full stop put back."""
    words = text.split()
    return " ".join(words[: len(words) // 2]).rstrip(",;:—-") + "." if len(words) >= _LEAST_WORDS else None


def _name_fault(rows: list[Row]) -> Fault:
    """Replace a name of the sentence with one of the data, in the language's own letters."""
    found = {language: sorted({name.text for row in rows for name in names(row[language], language)}) for language in LANGUAGES}
    pools = {language: [text for text in texts if is_latin(text) == (language == "en")] for language, texts in found.items()}

    def exchange(text: str, language: str, chance: random.Random) -> str | None:
        own = names(text, language)
        if not own:
            return None
        old, new = chance.choice(own), chance.choice(pools[language])
        return None if old.text[:3].lower() == new[:3].lower() else text[: old.span.start] + new + text[old.span.end :]

    return exchange


if __name__ == "__main__":
    main()
