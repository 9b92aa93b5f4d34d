"""Several callers at one server: none crowds out the others, and beyond capacity everybody gets a clear answer in time."""

import asyncio
import random
import threading
import time
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


class Paced(zoo.Upper):
    """Takes two hundredths of a second for every batch of at most four."""

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        threading.Event().wait(0.02)
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
    limits = {"max_queued_sequences": 40, "max_batch_sequences": 4, "max_concurrent_calls": 1000, "repair": False}
    chance = random.Random(1)
    outcomes: Counter[str] = Counter()
    async with zoo.running(Paced(), **limits) as app, channel_to(app) as channel:
        stub = stub_of(channel)

        async def call(number: int, seconds: float) -> None:
            request = translate(f"This is the call of number {number}.")
            request.options.cache_mode = options_pb2.CACHE_MODE_BYPASS
            started = time.monotonic()
            try:
                await stub.Translate(request, timeout=seconds)
                outcomes["answered"] += 1
            except grpc.aio.AioRpcError as error:
                refusal = refused_call(error)
                outcomes[refusal.reason] += 1
                if refusal.reason in ("QUEUE_FULL", "DEADLINE_TOO_SHORT"):
                    assert refusal.retry_seconds
                    assert time.monotonic() - started < seconds

        for _ in range(5):
            await call(0, PATIENCE_SECONDS)
        calls = []
        for number in range(400):
            calls.append(asyncio.create_task(call(number, chance.choice([1.0, 3.0]))))
            if number % 4 == 3:
                await asyncio.sleep(0.01)
        await asyncio.gather(*calls)
        outcomes["after"] = 0
        await call(1000, PATIENCE_SECONDS)
    assert set(outcomes) <= {"answered", "QUEUE_FULL", "DEADLINE_TOO_SHORT", "after"}
    assert outcomes["answered"] > 50
    assert outcomes["QUEUE_FULL"] + outcomes["DEADLINE_TOO_SHORT"] > 50
