"""Small honest engines behind the engine protocol, each with one habit, and a whole server that runs them.

Every engine records what it was asked (`batches`) and whether it was warmed and closed. Lengths count words and one end token.
"""

import re
import threading
from collections.abc import AsyncIterator, Mapping, Sequence as SequenceOf
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from korotko_service.app import App
from korotko_service.config import Settings
from korotko_service.engines.engine import DecodingOptions, Engine, FinishReason, Generation, Sequence
from korotko_service.engines.manifest import Manifest

ALL_PAIRS = tuple((source, target) for source in ("en", "uk", "ru") for target in ("en", "uk", "ru") if source != target)
# If a test forgets to open a gate, it fails instead of hanging.
_PATIENCE_SECONDS = 60.0


class Echo:
    """Returns every text unchanged."""

    def __init__(self, *, replicas: int = 1) -> None:
        self.replicas = replicas
        self.batches: list[list[Sequence]] = []
        self.options: list[DecodingOptions] = []
        self.warmed = 0
        self.closed = 0

    @property
    def texts(self) -> list[str]:
        """Every text that reached the engine, in order."""
        return [sequence.text for batch in self.batches for sequence in batch]

    def say(self, sequence: Sequence) -> str:
        """What this engine makes of one sequence."""
        return sequence.text

    def count(self, text: str) -> int:
        return len(text.split()) + 1

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        self.batches.append(list(sequences))
        self.options.append(options)
        return [self._generation(self.say(sequence)) for sequence in sequences]

    def warm_up(self) -> None:
        self.warmed += 1

    def close(self) -> None:
        self.closed += 1

    def _generation(self, text: str) -> Generation:
        return Generation(text=text, score=-0.5, length=self.count(text), finish_reason=FinishReason.END)


class Upper(Echo):
    """Answers in capitals."""

    def say(self, sequence: Sequence) -> str:
        return sequence.text.upper()


class Tagged(Echo):
    """Says what it was asked: `[en>uk] text`."""

    def say(self, sequence: Sequence) -> str:
        return f"[{sequence.source_language}>{sequence.target_language}] {sequence.text}"


class Scripted(Echo):
    """Answers from a phrase book; what is not in it comes back unchanged."""

    def __init__(self, phrases: Mapping[str, str], *, replicas: int = 1) -> None:
        super().__init__(replicas=replicas)
        self._phrases = phrases

    def say(self, sequence: Sequence) -> str:
        return self._phrases.get(sequence.text, sequence.text)


class Mute(Echo):
    """Drops every text: the answer is empty."""

    def say(self, sequence: Sequence) -> str:
        return ""


class Eating(Upper):
    """Drops every word with a digit, and so every mask."""

    def say(self, sequence: Sequence) -> str:
        return " ".join(word for word in super().say(sequence).split() if not any(map(str.isdigit, word)))


class Doubling(Echo):
    """Writes every word with a digit twice, and so every mask."""

    def say(self, sequence: Sequence) -> str:
        return re.sub(r"\w*\d\w*", r"\g<0> \g<0>", sequence.text)


class Gluing(Upper):
    """Leaves out the spaces."""

    def say(self, sequence: Sequence) -> str:
        return super().say(sequence).replace(" ", "")


class Lower(Echo):
    """Answers in lower case."""

    def say(self, sequence: Sequence) -> str:
        return sequence.text.lower()


class Backwards(Echo):
    """Reverses the order of the words."""

    def say(self, sequence: Sequence) -> str:
        return " ".join(reversed(sequence.text.split()))


class Poisoned(Upper):
    """Fails on every batch that contains the poison word."""

    def __init__(self, word: str = "poison", *, replicas: int = 1) -> None:
        super().__init__(replicas=replicas)
        self._word = word

    def say(self, sequence: Sequence) -> str:
        if self._word in sequence.text:
            raise RuntimeError(f"choked on: {sequence.text}")
        return super().say(sequence)


class Flaky(Upper):
    """Fails the first `failures` runs, whatever they contain."""

    def __init__(self, failures: int = 1, *, replicas: int = 1) -> None:
        super().__init__(replicas=replicas)
        self._left = failures

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        generations = super().generate(sequences, options)
        if self._left:
            self._left -= 1
            raise RuntimeError("not today")
        return generations


class Short(Upper):
    """Loses the last sequence of every batch of at least `least`."""

    def __init__(self, least: int = 1, *, replicas: int = 1) -> None:
        super().__init__(replicas=replicas)
        self._least = least

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        generations = super().generate(sequences, options)
        return generations[:-1] if len(generations) >= self._least else generations


class Gated(Upper):
    """Holds every batch until `release()`; `entered` is set while one is inside. Closing it opens the gate."""

    def __init__(self, *, replicas: int = 1) -> None:
        super().__init__(replicas=replicas)
        self.entered = threading.Event()
        self._gate = threading.Event()

    def release(self) -> None:
        """Let the batches inside and all that follow pass."""
        self._gate.set()

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        self.entered.set()
        if not self._gate.wait(_PATIENCE_SECONDS):
            raise RuntimeError("the test never opened the gate")
        return super().generate(sequences, options)

    def close(self) -> None:
        super().close()
        self.release()


class Cold(Echo):
    """Cannot be warmed up."""

    def warm_up(self) -> None:
        super().warm_up()
        raise RuntimeError("the weights are broken")


def manifest(name: str = "zoo", **changes: Any) -> Manifest:
    """A manifest for a translation model of all six directions, with the changes given."""
    values: dict[str, Any] = {
        "folder": Path("nowhere"),
        "version": "1.0",
        "task": "translate",
        "family": "zoo",
        "engine": "zoo",
        "licence": "CC0-1.0",
        "commercial_use": True,
        "pairs": ALL_PAIRS,
        "files": {},
        "digest": "sha256:" + "0" * 64,
    }
    return Manifest(name=name, **{**values, **changes})


def settings(**changes: Any) -> Settings:
    """Settings of a server that takes a free port, stops at once, and hardly waits for a batch to fill up.

    It repairs nothing: what zoo engines write is no translation, and each text would be tried again and again.
    """
    return Settings(
        **{"host": "127.0.0.1", "port": 0, "max_wait_seconds": 0.001, "drain_seconds": _PATIENCE_SECONDS, "repair": False, **changes}
    )


def app(engines: Engine | Mapping[str, Engine] | None = None, *, manifests: SequenceOf[Manifest] = (), **changes: Any) -> App:
    """The real server over zoo engines, not yet started: one engine for the model "zoo", or an engine for each model's name."""
    given = engines if isinstance(engines, Mapping) else {"zoo": engines or Upper()}
    models = manifests or [manifest(name) for name in given]
    return App(settings(**changes), manifests=models, loader=lambda model: given[model.name])


@asynccontextmanager
async def running(
    engines: Engine | Mapping[str, Engine] | None = None, *, manifests: SequenceOf[Manifest] = (), **changes: Any
) -> AsyncIterator[App]:
    """The same, serving on 127.0.0.1 for the length of the block; `app.port` is where."""
    async with app(engines, manifests=manifests, **changes) as server:
        yield server
