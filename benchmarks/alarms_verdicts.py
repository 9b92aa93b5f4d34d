"""The alarms that were read, and whether they were right: alarms_verdicts.tsv, by sentence, direction and reason, without any text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import permutations
from pathlib import Path

from benchmarks.material import LANGUAGES

DIRECTIONS = frozenset(f"{source}-{target}" for source, target in permutations(LANGUAGES, 2))
RIGHT = "T"
_VERDICTS = (RIGHT, "F", "U")
FILE = Path(__file__).with_name("alarms_verdicts.tsv")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Alarm:
    """One reason to warn of one translation of one sentence."""

    sentence: str  # as `digest` has it
    direction: str  # "en-uk"
    reason: str


def digest(row: Mapping[str, str]) -> str:
    """What identifies a sentence; if a word of it changes in any language, so does this, and its verdicts no longer count."""
    return sha256("\n".join(row[language] for language in LANGUAGES).encode()).hexdigest()[:8]


def read_verdicts(path: Path = FILE) -> dict[Alarm, str]:
    """The verdict on each alarm that was read."""
    verdicts: dict[Alarm, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            _, sentence, reason, verdict, directions = line.split("\t")
            for direction in directions.split():
                alarm = Alarm(sentence=sentence, direction=direction, reason=reason)
                if verdict not in _VERDICTS or direction not in DIRECTIONS or alarm in verdicts:
                    raise ValueError(f"{path.name}: no verdict on a direction, or a second one: {line}")
                verdicts[alarm] = verdict
    return verdicts


def any_right(alarms: Iterable[Alarm], verdicts: Mapping[Alarm, str]) -> bool:
    """Whether one of the alarms was found right; one without a verdict was not."""
    return any(verdicts.get(alarm) == RIGHT for alarm in alarms)
