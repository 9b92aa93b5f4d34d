"""A batch whose worker dies: which texts are blamed, which are tried again, and what is learned from the time."""

import asyncio
from collections.abc import AsyncIterator, Sequence as SequenceOf
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from korotko_service.engines.engine import DecodingOptions, EngineFailed, Generation, Sequence, WorkerLost
from korotko_service.errors import KorotkoError, TextTooLong, WorkerCrashed
from korotko_service.scheduling.order import Entry
from korotko_service.scheduling.running import BatchRunner
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.telemetry import Metrics
from tests import zoo
from tests.service.scheduling.desk import NOW, Clock, sequence
from tests.service.shelf import happened


class Mortal(zoo.Upper):
    """Dies on the word "death", and is killed `killings` times on the word "unlucky"; gone until it is restarted."""

    def __init__(self, *, replicas: int = 1, killings: int = 0) -> None:
        super().__init__(replicas=replicas)
        self.killings = killings
        self.worker = 1
        self.restarts = 0
        self.dead = False
        self.abandoned = False

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        if self.dead:
            raise WorkerLost("SIGKILL", worker=self.worker, begun=False)
        generations = super().generate(sequences, options)
        if any("death" in each.text for each in sequences):
            self.dead = True
            raise WorkerLost("SIGSEGV", worker=self.worker)
        if self.killings and any("unlucky" in each.text for each in sequences):
            self.killings -= 1
            self.dead = True
            raise WorkerLost("SIGKILL", worker=self.worker, killed=True)
        return generations

    def restart(self) -> None:
        self.worker += 1
        self.restarts += 1
        self.dead = False

    def abandon(self) -> None:
        self.abandoned = True


class Place:
    """A runner and what it delivered, by text."""

    def __init__(self, engine: zoo.Echo, pool: WorkerPool) -> None:
        self.metrics = Metrics()
        self.clock = Clock()
        self.runner = BatchRunner(name="zoo", engine=engine, pool=pool, metrics=self.metrics, clock=self.clock)
        self.delivered: dict[str, str | type[Exception]] = {}

    async def run(self, *texts: str) -> bool:
        loop = asyncio.get_running_loop()
        batch = [Entry(sequence=sequence(text), order=NOW, arrived=0.0, future=loop.create_future()) for text in texts]
        return await self.runner.run(batch, self._deliver)

    def count(self, name: str) -> float:
        return self.metrics.registry.get_sample_value(f"korotko_{name}_total", {"model": "zoo"}) or 0.0

    def _deliver(self, entry: Entry, answer: Generation | Exception) -> None:
        assert entry.sequence.text not in self.delivered
        self.delivered[entry.sequence.text] = answer.text if isinstance(answer, Generation) else type(answer)


@asynccontextmanager
async def place(engine: zoo.Echo) -> AsyncIterator[Place]:
    async with WorkerPool(size=engine.replicas, name="x") as pool:
        here = Place(engine, pool)
        async with here.runner.ending():
            yield here


async def test_a_batch_that_goes_well_is_smooth() -> None:
    async with place(Mortal()) as here:
        assert await here.run("a", "b")
        assert here.delivered == {"a": "A", "b": "B"}


async def test_after_a_death_each_is_tried_alone_and_the_guilty_is_refused() -> None:
    engine = Mortal()
    async with place(engine) as here:
        assert not await here.run("a", "death", "b")
        assert here.delivered == {"a": "A", "death": WorkerCrashed, "b": "B"}
        assert [len(batch) for batch in engine.batches] == [3, 1, 1, 1]
        assert (here.count("worker_restarts"), here.count("quarantined_texts")) == (2, 1)


async def test_the_guilty_is_refused_unseen_the_next_time() -> None:
    engine = Mortal()
    async with place(engine) as here:
        await here.run("death")
        before = len(engine.batches)
        with pytest.raises(WorkerCrashed):
            here.runner.refuse_convicts([sequence("good"), sequence("death")])
        here.runner.refuse_convicts([sequence("good")])
        here.delivered.clear()
        await here.run("death", "good")
        assert here.delivered == {"death": WorkerCrashed, "good": "GOOD"}
        assert engine.texts[before:] == ["good"]


async def test_a_text_over_which_somebody_kills_a_few_workers_is_answered() -> None:
    async with place(Mortal(killings=2)) as here:
        await here.run("unlucky", "a")
        assert here.delivered == {"unlucky": "UNLUCKY", "a": "A"}
        assert (here.count("worker_restarts"), here.count("quarantined_texts")) == (2, 0)
        here.runner.refuse_convicts([sequence("unlucky")])


async def test_a_text_over_which_worker_after_worker_is_killed_is_refused_for_ten_minutes() -> None:
    async with place(Mortal(killings=99)) as here:
        await here.run("unlucky")
        assert here.delivered == {"unlucky": WorkerCrashed}
        assert here.count("quarantined_texts") == 1
        with pytest.raises(WorkerCrashed):
            here.runner.refuse_convicts([sequence("unlucky")])
        here.clock.now += 600
        here.runner.refuse_convicts([sequence("unlucky")])


async def test_an_hour_later_it_gets_another_chance() -> None:
    async with place(Mortal()) as here:
        await here.run("death")
        here.clock.now += 3599
        with pytest.raises(WorkerCrashed):
            here.runner.refuse_convicts([sequence("death")])
        here.clock.now += 1
        here.runner.refuse_convicts([sequence("death")])


async def test_who_was_inside_with_it_is_not_blamed_on_either_worker() -> None:
    engine = Mortal(replicas=2)
    async with place(engine) as here:
        await asyncio.gather(here.run("death", "a"), here.run("b", "c"))
        assert here.delivered == {"death": WorkerCrashed, "a": "A", "b": "B", "c": "C"}


async def test_the_same_deadly_text_twice_in_a_batch_costs_two_workers_only() -> None:
    engine = Mortal()
    async with place(engine) as here:
        loop = asyncio.get_running_loop()
        twins = [Entry(sequence=sequence("death"), order=NOW, arrived=0.0, future=loop.create_future()) for _ in range(2)]
        answers: list[Generation | Exception] = []
        await here.runner.run(twins, lambda _, answer: answers.append(answer))
        assert [type(answer) for answer in answers] == [WorkerCrashed, WorkerCrashed]
        assert [len(batch) for batch in engine.batches] == [2, 1]


async def test_answers_are_delivered_before_the_whole_batch_is_through() -> None:
    engine = Mortal()
    async with place(engine) as here:
        seen: list[set[str]] = []
        engine.say = lambda each: (seen.append(set(here.delivered)), each.text.upper())[1]  # type: ignore[method-assign]
        await here.run("a", "death", "b")
        assert seen[-1] == {"a", "death"}


async def test_a_refusal_of_the_engine_is_the_callers_and_nobody_elses() -> None:
    class Picky(zoo.Upper):
        def say(self, sequence: Sequence) -> str:
            if "long" in sequence.text:
                raise TextTooLong("too long", limit=1)
            return super().say(sequence)

    with capture_logs() as logs:
        async with place(Picky()) as here:
            await here.run("a", "long")
    assert here.delivered == {"a": "A", "long": TextTooLong}
    assert issubclass(TextTooLong, KorotkoError)
    assert logs == []


async def test_an_error_in_another_process_is_in_the_log_with_its_place() -> None:
    class Far(zoo.Upper):
        def say(self, sequence: Sequence) -> str:
            raise EngineFailed("RuntimeError in far.py:7 say")

    with capture_logs() as logs:
        async with place(Far()) as here:
            await here.run("a")
    assert logs[0]["error"] == "RuntimeError in far.py:7 say"
    assert here.delivered == {"a": WorkerCrashed}


async def test_a_batch_that_nobody_waits_for_is_ended_with_its_worker() -> None:
    class Endless(Mortal):
        """Ends when it is abandoned, as a process does."""

        def __init__(self) -> None:
            super().__init__()
            self.gate = zoo.Gated()

        def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
            self.gate.generate(sequences, options)
            raise WorkerLost("SIGKILL", worker=self.worker)

        def abandon(self) -> None:
            super().abandon()
            self.gate.release()

    engine = Endless()
    async with place(engine) as here:
        loop = asyncio.get_running_loop()
        entry = Entry(sequence=sequence("hang"), order=NOW, arrived=0.0, future=loop.create_future())
        running = asyncio.create_task(here.runner.run([entry], lambda *_: None))
        await happened(engine.gate.entered)
        assert not engine.abandoned
        entry.future.cancel()
        await running
        assert engine.abandoned
        assert engine.restarts == 0
