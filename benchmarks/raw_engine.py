"""The engine without the server: CTranslate2 called directly on the same folder, offline. The target to reach, alone and under load."""

import itertools
import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.material import Work
from korotko_service.engines import manifest as manifests
from korotko_service.engines.cores import available_cores
from korotko_service.engines.ctranslate2 import CTranslate2Engine
from korotko_service.engines.engine import DecodingOptions, Sequence as Tokens
from korotko_service.engines.placement import Placement


@dataclass(frozen=True, slots=True, kw_only=True)
class Offline:
    """The results of a window."""

    sentences_per_second: float
    cpu_ms_per_sentence: float


class RawEngine:
    """One replica a core, each run by a thread of its own with batches sorted by length: nothing waits, and padding is minimal.

    Sentences are grouped by target language, because a model with a vocabulary map decodes each language separately.
    """

    def __init__(self, folder: Path) -> None:
        self._replicas = available_cores()
        self._engine = CTranslate2Engine(manifests.read(folder), Placement(replicas=self._replicas))
        self._engine.warm_up()

    def window(self, work: Sequence[Work], batch: int, seconds: float) -> Offline:
        """About `seconds` with `batch` sentences at a time on each replica."""
        batches = itertools.cycle(self._batches(work, batch))
        started, spent = time.perf_counter(), time.process_time()
        until = started + seconds
        with ThreadPoolExecutor(self._replicas) as threads:
            done = sum(threads.map(lambda _: self._run(batches, until), range(self._replicas)))
        elapsed, cpu = time.perf_counter() - started, time.process_time() - spent
        return Offline(sentences_per_second=done / elapsed, cpu_ms_per_sentence=1000 * cpu / done)

    def lone(self, groups: Sequence[Sequence[Work]], seconds: float) -> list[float]:
        """Seconds for each group by itself, the best that a lone caller could get: its sentences spread over the replicas."""
        times: list[float] = []
        until = time.perf_counter() + seconds
        with ThreadPoolExecutor(self._replicas) as threads:
            for group in itertools.cycle(groups):
                if (begun := time.perf_counter()) >= until:
                    return times
                parts = _shared(self._sequences(group), self._replicas)
                list(threads.map(lambda part: self._engine.generate(part, DecodingOptions()), parts))
                times.append(time.perf_counter() - begun)
        return times

    def _run(self, batches: "itertools.cycle[list[Tokens]]", until: float) -> int:
        done = 0
        while time.perf_counter() < until:
            batch = next(batches)
            self._engine.generate(batch, DecodingOptions())
            done += len(batch)
        return done

    def _batches(self, work: Sequence[Work], size: int) -> list[list[Tokens]]:
        """The sentences, repeated until the largest batch is full, sorted by length and cut into batches of `size`."""
        repeated = list(itertools.islice(itertools.cycle(work), max(len(work), 4 * size) // size * size))
        sequences = sorted(self._sequences(repeated), key=lambda sequence: (sequence.target_language, sequence.length))
        batches = [sequences[start : start + size] for start in range(0, len(sequences), size)]
        random.Random(size).shuffle(batches)  # noqa: S311  # A short window must see long sentences too.
        return batches

    def _sequences(self, work: Sequence[Work]) -> list[Tokens]:
        return [
            Tokens(text=each.text, source_language=each.source, target_language=each.target, length=self._engine.count(each.text))
            for each in work
        ]


def _shared(sequences: Sequence[Tokens], parts: int) -> list[Sequence[Tokens]]:
    """About as many to each part, target languages together."""
    together = sorted(sequences, key=lambda sequence: sequence.target_language)
    size = -(-len(together) // parts)
    return [together[start : start + size] for start in range(0, len(together), size)]
