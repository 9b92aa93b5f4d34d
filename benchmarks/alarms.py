"""How often the checks of `fidelity` are right: python -m benchmarks.alarms [--eval DIR] (docs/faithfulness.md).

`training/texts` and DIR, with flores-dev.{en,uk,ru} and ntrex-articles.jsonl, hold correct translations, of which every warning is a false
alarm, and into which faults are planted. Half of each set was worked on (every second sentence, of NTREX every second article); half was
counted.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

from benchmarks.material import LANGUAGES
from korotko_service.fidelity.check import check
from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.names import names
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
    sets = _sets(parser.parse_args().eval)
    faults = {"digit": _digit, "name": _name_fault([row for rows in sets.values() for row in rows]), "cut": _cut}
    print("set | sentences | " + " | ".join(f"{source}-{target}" for source, target in _PAIRS) + " | all | reasons")
    for name, rows in sets.items():
        print(_false_alarms(name, rows), flush=True)
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


def _false_alarms(name: str, rows: list[Row]) -> str:
    reasons, shares = Counter[str](), []
    for source, target in _PAIRS:
        alarms = [{finding.reason for finding in _warned(row, row[target], source, target)} for row in rows]
        reasons.update(reason for each in alarms for reason in each)
        shares.append(100 * sum(map(bool, alarms)) / len(rows))
    told = ", ".join(f"{reason} {100 * times / len(rows) / len(_PAIRS):.2f}" for reason, times in reasons.most_common())
    cells = [f"{share:.1f}" for share in (*shares, sum(shares) / len(shares))]
    return f"{name} | {len(rows)} | {' | '.join(cells)} | {told}"


def _caught(rows: list[Row], fault: Fault) -> str:
    """The share of planted faults that are warned of, in sentences without a warning before."""
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
    """Put a name of the data, in the language's own letters, for one of the sentence's."""
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
