"""Where candidates are checked: on the event loop if both sides are short, on a reader's thread if either is long."""

from collections.abc import Callable
from typing import TypeVar

import pytest

from korotko_service.fidelity.pieces.shield import Restored
from korotko_service.pipeline.candidate import Candidate
from korotko_service.pipeline.judging import Judge
from korotko_service.pipeline.rendering import Sentence
from korotko_service.pipeline.results import Ledger
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.telemetry import Metrics

T = TypeVar("T")
SHORT, LONG = "Seven ships came.", "Seven ships came, " * 200


class CountingPool(WorkerPool):
    """Counts what its threads did."""

    ran = 0

    async def run(self, work: Callable[[], T]) -> T:
        self.ran += 1
        return await super().run(work)


@pytest.mark.parametrize(("source", "output", "ran"), [(SHORT, SHORT, 0), (LONG, SHORT, 1), (SHORT, LONG, 1)])
async def test_a_long_text_on_either_side_is_read_by_a_thread(source: str, output: str, ran: int) -> None:
    async with CountingPool(size=1, name="reader") as readers:
        judge = Judge(metrics=Metrics(), readers=readers)
        sources, candidates = [Sentence(text=source, language="en")], [Candidate(output=Restored(text=output))]
        (checked,) = await judge.checked(sources, candidates, target="uk", ledger=Ledger())
        assert checked.findings
        assert readers.ran == ran
