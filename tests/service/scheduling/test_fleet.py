"""Models come into memory when they are needed, once for all who need them, and leave it for others within the budget."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from korotko_service.deadline import Deadline
from korotko_service.engines.engine import Engine
from korotko_service.errors import ModelLoading
from korotko_service.scheduling.batching import BatchPolicy
from korotko_service.scheduling.fleet import Fleet, Models
from korotko_service.scheduling.loadable import Loadable
from korotko_service.scheduling.order import Order
from korotko_service.scheduling.scheduler import Scheduler
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.telemetry import Metrics
from tests import zoo
from tests.integration.wire import PATIENCE_SECONDS, until
from tests.service.scheduling.desk import Clock, sequence
from tests.service.shelf import happened

EVER = Deadline()


@dataclass
class Harbour:
    """A fleet and what is around it."""

    fleet: Fleet
    loaders: WorkerPool
    clock: Clock
    loads: list[str] = field(default_factory=list)

    def model(self, name: str, engine: Engine | None = None, *, size: int = 1, load: Callable[[], Engine] | None = None) -> Loadable:
        engine = engine or zoo.Upper()

        def noted() -> Engine:
            self.loads.append(name)
            return load() if load else engine

        return Loadable(name=name, weight_bytes=size, load=noted, schedule=self._scheduler, loaders=self.loaders)

    async def use(self, model: Loadable, deadline: Deadline = EVER) -> None:
        self.clock.now += 1
        async with self.fleet.lent(model, deadline) as scheduler:
            assert scheduler.count("one word") == 3

    def _scheduler(self, engine: Engine) -> Scheduler:
        return Scheduler(name="zoo", engine=engine, policy=BatchPolicy(), max_queued_sequences=9, metrics=Metrics())


@asynccontextmanager
async def harbour(budget: int = 0) -> AsyncIterator[Harbour]:
    clock = Clock()
    async with WorkerPool(size=1, name="test") as loaders, Fleet(budget_bytes=budget, clock=clock) as fleet:
        yield Harbour(fleet=fleet, loaders=loaders, clock=clock)


def there(*models: Loadable) -> list[str]:
    return [model.name for model in models if model.scheduler is not None]


async def test_a_model_is_loaded_and_warmed_when_it_is_first_used() -> None:
    async with harbour() as h:
        engine = zoo.Upper()
        model = h.model("a", engine)
        assert engine.warmed == 0
        await h.use(model)
        await h.use(model)
        assert (h.loads, engine.warmed) == (["a"], 1)
    assert engine.closed == 1


async def test_all_who_need_it_wait_for_one_load() -> None:
    async with harbour() as h:
        model = h.model("a")
        await asyncio.gather(*(h.use(model) for _ in range(20)))
        assert h.loads == ["a"]


async def test_who_cannot_wait_that_long_is_told_and_the_load_goes_on() -> None:
    gate = threading.Event()
    async with harbour() as h:
        model = h.model("a", load=lambda: gate.wait(PATIENCE_SECONDS) and zoo.Upper())  # type: ignore[arg-type,return-value]
        with pytest.raises(ModelLoading, match="'a' was not loaded before the deadline") as caught:
            await h.use(model, Deadline.after(0.01, now=h.clock.now + 1))
        assert caught.value.retry_after_seconds > 0
        gate.set()
        await h.use(model)
        assert h.loads == ["a"]


async def test_a_caller_who_leaves_does_not_end_the_load_of_others() -> None:
    gate, engine = threading.Event(), zoo.Upper()
    async with harbour() as h:
        model = h.model("a", load=lambda: gate.wait(PATIENCE_SECONDS) and engine)  # type: ignore[arg-type,return-value]
        leaving, staying = asyncio.ensure_future(h.use(model)), asyncio.ensure_future(h.use(model))
        await asyncio.sleep(0)
        leaving.cancel()
        gate.set()
        await staying
        assert h.loads == ["a"]
    assert engine.closed == 1


@pytest.mark.parametrize("cold", [False, True], ids=["does not load", "cannot be warmed up"])
async def test_a_model_that_fails_is_refused_and_tried_again_the_next_time(cold: bool) -> None:
    engine, failures = zoo.Cold() if cold else zoo.Upper(), [1]

    def load() -> Engine:
        if failures and failures.pop():
            if cold:
                return engine
            raise RuntimeError("no such file")
        return zoo.Upper()

    async with harbour() as h:
        model = h.model("a", load=load)
        with pytest.raises(ModelLoading, match="the server's log says why"):
            await h.use(model)
        await h.use(model)
    assert engine.closed == int(cold)


async def test_without_a_budget_all_stay() -> None:
    async with harbour() as h:
        models = [h.model(name, size=10**12) for name in "abc"]
        for model in models:
            await h.use(model)
        assert there(*models) == ["a", "b", "c"]


async def test_what_was_used_longest_ago_makes_room() -> None:
    async with harbour(budget=2) as h:
        engines = {name: zoo.Upper() for name in "abc"}
        a, b, c = (h.model(name, engine) for name, engine in engines.items())
        for model in (a, b, a, c):
            await h.use(model)
        assert there(a, b, c) == ["a", "c"]
        assert [engine.closed for engine in engines.values()] == [0, 1, 0]


async def test_as_many_make_room_as_it_takes() -> None:
    async with harbour(budget=10) as h:
        models = [h.model("a", size=4), h.model("b", size=4), h.model("c", size=9)]
        for model in models:
            await h.use(model)
        assert there(*models) == ["c"]


async def test_an_idle_model_makes_room_before_a_busy_one() -> None:
    async with harbour(budget=2) as h:
        busy, idle, new = h.model("busy"), h.model("idle"), h.model("new")
        async with asyncio.timeout(PATIENCE_SECONDS), h.fleet.lent(busy, EVER):
            await h.use(idle)
            await h.use(new)
            assert there(busy, idle, new) == ["busy", "new"]


async def test_models_that_are_needed_at_once_keep_to_the_budget_too() -> None:
    async with harbour(budget=1) as h:
        models = [h.model(name) for name in "abcd"]
        await asyncio.gather(*map(h.use, models))
        assert len(there(*models)) == 1


async def test_what_made_room_comes_back_when_it_is_needed() -> None:
    async with harbour(budget=1) as h:
        a, b = h.model("a"), h.model("b")
        for model in (a, b, a):
            await h.use(model)
        assert h.loads == ["a", "b", "a"]


async def test_a_model_in_use_is_never_taken_away() -> None:
    async with harbour(budget=1) as h:
        a, b = h.model("a"), h.model("b")
        async with h.fleet.lent(a, EVER) as scheduler:
            waiting = asyncio.ensure_future(h.use(b))
            await until(lambda: a.making_room)
            assert there(a) == ["a"]
            assert scheduler.count("it works") == 3
        await waiting
        assert there(a, b) == ["b"]


async def test_a_model_that_is_always_in_use_does_not_starve_the_others() -> None:
    async with harbour(budget=1) as h:
        a, b = h.model("a"), h.model("b")
        done = asyncio.Event()

        async def keep_using() -> None:
            while not done.is_set():
                async with h.fleet.lent(a, EVER):
                    await asyncio.sleep(0.001)  # A moment of work; without one the loader's thread might never have its turn.

        using = [asyncio.ensure_future(keep_using()) for _ in range(3)]
        await asyncio.gather(*(h.use(b) for _ in range(5)))
        done.set()
        await asyncio.gather(*using)


async def test_who_comes_while_it_makes_room_waits_for_its_return() -> None:
    async with harbour(budget=1) as h:
        a, b = h.model("a"), h.model("b")
        async with h.fleet.lent(a, EVER):
            first = asyncio.ensure_future(h.use(b))
            await until(lambda: a.making_room)
            second = asyncio.ensure_future(h.use(a))
            with pytest.raises(ModelLoading):
                await h.use(a, Deadline.after(0.01, now=h.clock.now + 1))
        await asyncio.gather(first, second)
        assert h.loads == ["a", "b", "a"]


async def test_a_model_that_could_not_come_back_makes_no_room() -> None:
    async with harbour(budget=1) as h:
        a, b = h.model("a"), h.model("b")
        await h.use(a)
        a.irreplaceable = True
        await h.use(b)
        assert there(a, b) == ["a", "b"]


async def test_a_retired_model_is_closed_after_its_last_user() -> None:
    async with harbour() as h:
        engine = zoo.Upper()
        model = h.model("a", engine)
        async with h.fleet.lent(model, EVER):
            retiring = asyncio.ensure_future(h.fleet.retire(model))
            await asyncio.sleep(0)
            assert not retiring.done()
        await retiring
        assert engine.closed == 1
    assert engine.closed == 1


async def test_closing_once_begun_waits_for_the_engine_even_where_nobody_waits_for_it() -> None:
    async with harbour() as h:
        engine = zoo.Gated()
        model = h.model("a", engine)
        async with h.fleet.lent(model, EVER) as scheduler:
            asking = asyncio.ensure_future(scheduler.run([sequence("one word")], Order()))
            await happened(engine.entered)
            asking.cancel()
        retiring = asyncio.ensure_future(h.fleet.retire(model))
        await until(lambda: model.scheduler is None)
        retiring.cancel()
        await asyncio.sleep(0)
        assert engine.closed == 0
        engine.release()
    assert engine.closed == 1
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("korotko")] == []


async def test_loading_by_itself_raises_what_the_engine_raised() -> None:
    async with harbour() as h:
        with pytest.raises(RuntimeError, match="the weights are broken"):
            await h.fleet.load(h.model("a", zoo.Cold()))


async def test_leaving_while_a_model_loads_closes_it_too() -> None:
    loading, gate, engine = threading.Event(), threading.Event(), zoo.Upper()

    def load() -> Engine:
        loading.set()
        gate.wait(PATIENCE_SECONDS)
        return engine

    async with harbour() as h:
        waiting = asyncio.ensure_future(h.fleet.load(h.model("a", load=load)))
        await happened(loading)
        gate.set()
        waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert engine.closed == 1


async def test_an_engine_that_fails_to_close_does_not_keep_the_others_open() -> None:
    class Sticky(zoo.Upper):
        def close(self) -> None:
            super().close()
            raise RuntimeError("it does not let go")

    first, last = zoo.Upper(), Sticky()
    async with harbour() as h:
        for model in (h.model("a", first), h.model("b", last)):
            await h.use(model)
    assert (first.closed, last.closed) == (1, 1)


async def test_models_are_lent_by_the_names_of_their_catalog() -> None:
    async with harbour() as h, Models(fleet=h.fleet, members={"a@1": h.model("a")}).lent("a@1", EVER) as scheduler:
        assert scheduler.count("word") == 2
