"""A worker process that is killed, crashes in native code, hangs or does not come back: nobody else's answer is lost or mixed up."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest

from korotko.v1 import server_pb2, translate_pb2
from korotko_service.app import App
from korotko_service.engines.isolated import IsolatedEngine
from tests import zoo
from tests.integration import faulty
from tests.integration.faulty import Folder
from tests.integration.process import ROOT, STARTER, ServerProcess, children, happens, lives
from tests.integration.wire import (
    PATIENCE_SECONDS,
    Refusal,
    channel_to,
    refused,
    refused_call,
    sample,
    stub_of,
    translate,
    until,
)
from tests.service.caller import NOT_SERVING, SERVING, health, listed

MODEL = "korotko-starter"
_CLIENT = """
import sys
import grpc
from tests.integration.wire import stub_of, translate
with grpc.insecure_channel(sys.argv[1]) as channel:
    texts = [f"Please WAIT for number {number}." for number in range(50)]
    stub_of(channel).Translate(translate(*texts))
"""
GOOD = [f"Good text number {number}." for number in range(12)]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(STARTER, tmp_path / "model")


@asynccontextmanager
async def running(folder: Folder, *, replicas: int = 1, max_batch_seconds: float = PATIENCE_SECONDS) -> AsyncIterator[tuple[App, Any, Any]]:
    """A server in this process with a worker of its own; yields the server, a stub and the engine."""
    engines: list[IsolatedEngine] = []

    def load(manifest: Any) -> IsolatedEngine:
        engines.append(faulty.isolated(manifest, replicas=replicas, max_batch_seconds=max_batch_seconds))
        return engines[-1]

    async with App(zoo.settings(), manifests=[folder.manifest], loader=load) as app, channel_to(app) as channel:
        yield app, stub_of(channel), engines[0]


def ask(stub: Any, *texts: str) -> Any:
    return stub.Translate(translate(*texts), timeout=PATIENCE_SECONDS)


def said(reply: Any) -> list[str | Refusal]:
    """The translations of a reply, or the refusals in their place."""
    return [result.translation.text if result.WhichOneof("outcome") == "translation" else refused(result.error) for result in reply.results]


def crashed(answer: str | Refusal) -> bool:
    """Whether it is the refusal of a text that kills workers."""
    return isinstance(answer, Refusal) and (answer.code, answer.reason) == ("INTERNAL", "WORKER_CRASHED")


def restarts(app: App) -> float:
    return sample(app, "worker_restarts_total", model=MODEL)


async def test_a_worker_killed_in_mid_batch_costs_nobody_an_answer(folder: Folder) -> None:
    async with running(folder, replicas=2) as (app, stub, engine):
        calls = [ask(stub, "Please WAIT here.", text) for text in GOOD]
        await until(lambda: folder.entered)
        os.kill(engine.pid, signal.SIGKILL)
        folder.go()
        assert [said(await call) for call in calls] == [["PLEASE WAIT HERE.", text.upper()] for text in GOOD]
        assert restarts(app) == 1
        assert sample(app, "quarantined_texts_total", model=MODEL) == 0


async def test_an_innocent_text_survives_the_kills_of_two_workers(folder: Folder) -> None:
    async with running(folder) as (app, stub, engine):
        call = ask(stub, "Please WAIT here.")
        for _ in range(2):
            await until(lambda: folder.entered)
            (folder.path / "entered").unlink()
            os.kill(engine.pid, signal.SIGKILL)
        folder.go()
        assert said(await call) == ["PLEASE WAIT HERE."]
        assert restarts(app) == 2
        assert sample(app, "quarantined_texts_total", model=MODEL) == 0


async def test_a_text_that_crashes_native_code_is_refused_alone(folder: Folder) -> None:
    async with running(folder, replicas=2) as (app, stub, _):
        waiting = [ask(stub, "Please WAIT here."), ask(stub, "Please WAIT here too.")]
        await until(lambda: folder.entered)
        calls = [ask(stub, text) for text in (*GOOD, "A SEGFAULT text.")]
        await until(lambda: sample(app, "queued_sequences", model=MODEL) >= len(GOOD))
        folder.go()
        await asyncio.gather(*waiting)
        answers = [said(await call)[0] for call in calls]
        assert answers[:-1] == [text.upper() for text in GOOD]
        assert crashed(answers[-1])
        await until(lambda: restarts(app) == 2)
        assert sample(app, "quarantined_texts_total", model=MODEL) == 1


async def test_a_text_that_crashed_a_worker_twice_is_refused_at_once(folder: Folder) -> None:
    async with running(folder) as (app, stub, engine):
        assert crashed(said(await ask(stub, "A SEGFAULT text."))[0])
        await until(lambda: restarts(app) == 2)
        process = engine.pid
        answers = said(await ask(stub, "A SEGFAULT text.", "A good one."))
        assert crashed(answers[0])
        assert answers[1] == "A GOOD ONE."
        assert (engine.pid, restarts(app)) == (process, 2)


async def test_two_texts_that_crash_together_do_not_take_a_third_with_them(folder: Folder) -> None:
    async with running(folder, replicas=3) as (_, stub, _engine):
        answers = said(await ask(stub, "SEGFAULT one.", "Nothing wrong.", "SEGFAULT two.", "Nor here.", "SEGFAULT three."))
        assert [crashed(answer) for answer in answers] == [True, False, True, False, True]
        assert [answers[1], answers[3]] == ["NOTHING WRONG.", "NOR HERE."]


async def test_a_worker_that_hangs_with_the_interpreters_lock_is_replaced(folder: Folder) -> None:
    async with running(folder, replicas=2, max_batch_seconds=2.0) as (app, stub, _):
        answers = said(await ask(stub, GOOD[0], "Never HANG up.", GOOD[1]))
        assert [answers[0], answers[2]] == [GOOD[0].upper(), GOOD[1].upper()]
        assert crashed(answers[1])
        assert said(await ask(stub, "It lives on.")) == ["IT LIVES ON."]
        assert restarts(app) == 2


async def test_a_worker_lost_between_two_calls_is_not_noticed(folder: Folder) -> None:
    async with running(folder) as (app, stub, engine):
        os.kill(engine.pid, signal.SIGKILL)
        assert said(await ask(stub, "It lives on.")) == ["IT LIVES ON."]
        assert restarts(app) == 1


async def test_an_error_inside_the_worker_needs_no_new_one(folder: Folder) -> None:
    async with running(folder) as (app, stub, _):
        answers = said(await ask(stub, "Good.", "An ERROR here.", "Fine."))
        assert [answers[0], answers[2]] == ["GOOD.", "FINE."]
        assert crashed(answers[1])
        assert restarts(app) == 0


async def test_a_model_that_does_not_come_back_is_loading_and_then_there_again(folder: Folder) -> None:
    async with running(folder) as (app, stub, engine):
        folder.spoil()
        os.kill(engine.pid, signal.SIGKILL)
        for _ in range(3):
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                await ask(stub, "Is anybody there?")
            refusal = refused_call(caught.value)
            assert (refusal.code, refusal.reason) == ("UNAVAILABLE", "MODEL_LOADING")
            assert refusal.retry_seconds
            assert refusal.pushback_milliseconds
        await until_health(app, NOT_SERVING)
        assert [state for _, _, state in await listed(app)] == [server_pb2.MODEL_STATE_LOADING]
        folder.mend()
        await until(lambda: restarts(app) == 1)
        await until_health(app, SERVING)
        assert said(await ask(stub, "Is anybody there?")) == ["IS ANYBODY THERE?"]


async def test_a_caller_whose_time_is_over_hears_so_while_a_worker_hangs(folder: Folder) -> None:
    async with running(folder, max_batch_seconds=2.0) as (_, stub, _engine):
        hanging = asyncio.ensure_future(ask(stub, "Never HANG up."))
        await until(lambda: folder.entered)
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await stub.Translate(translate("No time to lose."), timeout=0.3)
        assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
        assert crashed(said(await hanging)[0])


async def test_a_stream_whose_reader_is_slow_and_whose_worker_dies_loses_nothing(folder: Folder) -> None:
    async with running(folder, replicas=2) as (app, stub, engine):
        stream = stub.StreamTranslations(timeout=PATIENCE_SECONDS)
        await stream.write(translate_pb2.StreamTranslationsRequest(index=0, request=translate("Please WAIT here.")))
        await until(lambda: folder.entered)
        for number, text in enumerate(GOOD, start=1):
            await stream.write(translate_pb2.StreamTranslationsRequest(index=number, request=translate(text)))
        await stream.done_writing()
        os.kill(engine.pid, signal.SIGKILL)
        folder.go()
        await until(lambda: restarts(app) == 1)
        found = {reply.index: reply.response.results[0].translation.text async for reply in stream}
        assert found == {number: text.upper() for number, text in enumerate(("Please WAIT here.", *GOOD))}


async def test_a_client_that_is_killed_leaves_nothing_behind(folder: Folder) -> None:
    async with running(folder, replicas=2) as (app, stub, _):
        client = await asyncio.create_subprocess_exec(sys.executable, "-c", _CLIENT, f"127.0.0.1:{app.port}", cwd=ROOT)
        await until(lambda: folder.entered and sample(app, "calls_inside") == 1)
        client.kill()
        await client.wait()
        await until(lambda: sample(app, "calls_inside") == 0)
        folder.go()
        assert said(await ask(stub, "It lives on.")) == ["IT LIVES ON."]


def test_the_worker_dies_with_a_server_that_is_killed(folder: Folder) -> None:
    with ServerProcess((*faulty.SERVER, str(folder.path), "5")) as process:
        assert process.address
        workers = children(process.pid)
        assert len(workers) == 1
        os.kill(process.pid, signal.SIGKILL)
        process.finished()
        assert happens(lambda: not any(map(lives, workers)))


def test_a_hanging_worker_dies_with_a_server_that_is_killed(folder: Folder) -> None:
    with ServerProcess((*faulty.SERVER, str(folder.path), "5")) as process, grpc.insecure_channel(process.address) as channel:
        hanging = stub_of(channel).Translate.future(translate("Please WAIT for a while and then HANG."), timeout=PATIENCE_SECONDS)
        assert happens(lambda: folder.entered)
        workers = children(process.pid)
        folder.go()
        assert not hanging.done()
        os.kill(process.pid, signal.SIGKILL)
        process.finished()
        assert happens(lambda: not any(map(lives, workers)))


def test_sigterm_under_load_loses_no_accepted_request_though_the_worker_dies_too(folder: Folder) -> None:
    with (
        ServerProcess((*faulty.SERVER, str(folder.path), str(PATIENCE_SECONDS))) as process,
        grpc.insecure_channel(process.address) as channel,
    ):
        texts = [f"Please WAIT for number {number}." for number in range(40)]
        calls = [stub_of(channel).Translate.future(translate(text), timeout=PATIENCE_SECONDS) for text in texts]
        assert happens(lambda: folder.entered)
        stub_of(channel).ListModels(server_pb2.ListModelsRequest(), timeout=PATIENCE_SECONDS)  # comes behind all of them
        (worker,) = children(process.pid)
        process.terminate()
        process.event("draining")
        os.kill(worker, signal.SIGKILL)
        folder.go()
        answers = []
        for call in calls:
            try:
                answers.append(said(call.result())[0])
            except grpc.RpcError as error:
                answers.append(refused_call(error))
        answered = [text for text, answer in zip(texts, answers, strict=True) if answer == text.upper()]
        assert answered
        assert {answer.reason for answer in answers if isinstance(answer, Refusal)} <= {"DRAINING"}
        assert len(answered) + sum(isinstance(answer, Refusal) for answer in answers) == len(texts)
        assert process.finished() == 0


def test_sigterm_during_a_hang_ends_soon_after_the_drain(folder: Folder) -> None:
    with ServerProcess((*faulty.SERVER, str(folder.path), "0.2")) as process, grpc.insecure_channel(process.address) as channel:
        hanging = stub_of(channel).Translate.future(translate("Please WAIT for a while and then HANG."), timeout=PATIENCE_SECONDS)
        assert happens(lambda: folder.entered)
        folder.go()
        process.terminate()
        process.event("worker_abandoned")
        assert process.finished() == 0
        with pytest.raises(grpc.RpcError):
            hanging.result()


def test_the_starter_survives_its_worker() -> None:
    with ServerProcess() as process, grpc.insecure_channel(process.address) as channel:
        assert said(stub_of(channel).Translate(translate("Good morning."), timeout=PATIENCE_SECONDS))[0]
        (worker,) = children(process.pid)
        os.kill(worker, signal.SIGKILL)
        (answer,) = said(stub_of(channel).Translate(translate("The talks will go on."), timeout=PATIENCE_SECONDS))
        assert isinstance(answer, str)
        assert process.event("worker_lost")["cause"] == "SIGKILL"
        assert process.event("worker_restarted")["model"] == MODEL
        (successor,) = children(process.pid)
        assert successor != worker
        process.terminate()
        assert process.finished() == 0
        assert not lives(successor)


async def until_health(app: App, status: int) -> None:
    """Return when health says so."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await health(app) != status:  # noqa: ASYNC110  Health has no event but its own stream.
            await asyncio.sleep(0.01)
