"""The engine without the server: CTranslate2 called directly on the same folder, offline, all cores busy. The mark to reach."""

import itertools
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.material import Work
from korotko_service.engines import manifest as manifests
from korotko_service.engines.cores import available_cores
from korotko_service.engines.ctranslate2 import CTranslate2Engine, Placement
from korotko_service.engines.engine import DecodingOptions, Sequence as Tokens


class RawEngine:
    """One replica a core, each run by a thread of its own with batches sorted by length: nothing waits, nothing is padded in vain."""

    def __init__(self, folder: Path) -> None:
        self._replicas = available_cores()
        self._engine = CTranslate2Engine(manifests.read(folder), Placement(replicas=self._replicas))
        self._engine.warm_up()

    def window(self, work: Sequence[Work], batch: int, seconds: float) -> float:
        """Sentences per second over about `seconds` with `batch` sentences at a time on each replica."""
        batches = itertools.cycle(self._batches(work, batch))
        until = time.perf_counter() + seconds
        started = time.perf_counter()
        with ThreadPoolExecutor(self._replicas) as threads:
            counts = threads.map(lambda _: self._run(batches, until), range(self._replicas))
            done = sum(counts)
        return done / (time.perf_counter() - started)

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
        sequences = [
            Tokens(text=each.text, source_language=each.source, target_language=each.target, length=self._engine.count(each.text))
            for each in repeated
        ]
        sequences.sort(key=lambda sequence: sequence.length)
        return [sequences[start : start + size] for start in range(0, len(sequences), size)]
