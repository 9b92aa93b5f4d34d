"""Several callers at one server: none crowds out the others, and beyond capacity everybody gets a clear answer in time."""

import asyncio
import threading
from collections import Counter
from collections.abc import Sequence as SequenceOf
from pathlib import Path
from typing import Any

import grpc
import pytest

from korotko.v1 import options_pb2
from korotko_service.engines.engine import DecodingOptions, Generation, Sequence
from tests import zoo
from tests.integration.wire import PATIENCE_SECONDS, channel_to, refused_call, sample, stub_of, translate, until


class Turnstile(zoo.Upper):
    """Lets one batch pass for each turn that a test gives it."""

    def __init__(self) -> None:
        super().__init__()
        self._turns = threading.Semaphore(0)

    def give(self, turns: int) -> None:
        self._turns.release(turns)

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        assert self._turns.acquire(timeout=PATIENCE_SECONDS)
        return super().generate(sequences, options)


def as_caller(name: str) -> tuple[tuple[str, str], ...]:
    return (("authorization", f"Bearer {name}"),)


@pytest.fixture
def tokens_file(tmp_path: Path) -> str:
    path = tmp_path / "tokens"
    path.write_text("flood\nlight\n", encoding="utf-8")
    return str(path)


async def test_a_caller_who_fills_the_queue_keeps_nobody_else_out(tokens_file: str) -> None:
    engine = zoo.Gated()
    limits = {"max_queued_sequences": 8, "max_batch_sequences": 1, "max_concurrent_calls": 16}
    async with zoo.running(engine, tokens_file=tokens_file, **limits) as app, channel_to(app) as channel:
        stub = stub_of(channel)

        def call(caller: str, text: str) -> Any:
            return stub.Translate(translate(text), timeout=PATIENCE_SECONDS, metadata=as_caller(caller))

        first = call("flood", "Number 0.")
        await until(engine.entered.is_set)
        flood = [call("flood", f"Number {number}.") for number in range(1, 9)]
        await until(lambda: sample(app, "queued_sequences", model="zoo") == 8)
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await call("flood", "Number 9.")
        assert refused_call(caught.value).reason == "QUEUE_FULL"
        light = call("light", "Let me in.")
        await until(lambda: sample(app, "queued_sequences", model="zoo") == 9)
        engine.release()
        assert (await light).results[0].translation.text == "LET ME IN."
        await asyncio.gather(first, *flood)
        assert engine.texts.index("Let me in.") <= 3


async def test_a_caller_who_holds_all_calls_keeps_nobody_else_out(tokens_file: str) -> None:
    engine = zoo.Gated()
    async with zoo.running(engine, tokens_file=tokens_file, max_concurrent_calls=4) as app, channel_to(app) as channel:
        stub = stub_of(channel)
        flood = [stub.Translate(translate(f"{n}th."), timeout=PATIENCE_SECONDS, metadata=as_caller("flood")) for n in range(4)]
        await until(lambda: sample(app, "calls_inside") == 4)
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await stub.Translate(translate("More."), timeout=PATIENCE_SECONDS, metadata=as_caller("flood"))
        assert refused_call(caught.value).reason == "QUEUE_FULL"
        light = stub.Translate(translate("Let me in."), timeout=PATIENCE_SECONDS, metadata=as_caller("light"))
        await until(lambda: sample(app, "calls_inside") == 5)
        engine.release()
        assert (await light).results[0].translation.text == "LET ME IN."
        await asyncio.gather(*flood)


async def test_beyond_capacity_a_call_is_answered_in_time_or_refused_at_once_with_the_time_to_come_back() -> None:
    """Twelve callers arrive for every four that are answered, however fast the machine is."""
    limits = {"max_queued_sequences": 40, "max_batch_sequences": 4, "max_concurrent_calls": 1000}
    engine, outcomes = Turnstile(), Counter[str]()
    async with zoo.running(engine, **limits) as app, channel_to(app) as channel:

        async def call(number: int) -> None:
            request = translate(f"This is the call of number {number}.")
            request.options.cache_mode = options_pb2.CACHE_MODE_BYPASS
            try:
                await stub_of(channel).Translate(request, timeout=4 * PATIENCE_SECONDS)
                outcomes["answered"] += 1
            except grpc.aio.AioRpcError as error:
                refusal = refused_call(error)
                outcomes[refusal.reason] += 1
                assert refusal.retry_seconds

        engine.give(5)
        for number in range(5):
            await call(number)
        calls = list[asyncio.Task[None]]()

        def all_are_there() -> bool:
            return outcomes.total() + sample(app, "calls_inside") == 5 + len(calls)

        for count in (60, *[12] * 25):
            calls += [asyncio.create_task(call(len(calls) + number)) for number in range(count)]
            await until(all_are_there)
            engine.give(1)
        engine.give(1000)
        await asyncio.gather(*calls)
        await call(1000)
    assert set(outcomes) <= {"answered", "QUEUE_FULL", "DEADLINE_TOO_SHORT"}
    assert outcomes["answered"] > 100
    assert outcomes.total() - outcomes["answered"] > 200
