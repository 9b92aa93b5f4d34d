"""Workers that want more memory than they may have: the kernel refuses it to them alone, and no other caller notices."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest

from korotko_service.app import App
from korotko_service.engines import loading, manifest as manifests
from korotko_service.errors import ModelInvalid
from tests import zoo
from tests.integration import faulty
from tests.integration.faulty import Folder
from tests.integration.process import STARTER, ServerProcess, children
from tests.integration.wire import PATIENCE_SECONDS, channel_to, refused, sample, stub_of, translate, until

MODEL = "korotko-starter"
# The worker takes some 20 MB before its first text.
LIMIT_BYTES = 150_000_000
# A long sentence takes some 7 MB on top of the starter, and sixteen together some 80 MB.
ROOM_BYTES = 35_000_000
LONG = "The talks went on for a week in Geneva and nobody knew why " * 8


@asynccontextmanager
async def running(tmp_path: Path, *, loader: str = faulty.LOADER) -> AsyncIterator[tuple[App, Any]]:
    folder = Folder(STARTER, tmp_path / "model")
    load = lambda manifest: faulty.isolated(manifest, replicas=2, memory_bytes=LIMIT_BYTES, loader=loader)  # noqa: E731
    async with App(zoo.settings(), manifests=[folder.manifest], loader=load) as app, channel_to(app) as channel:
        yield app, stub_of(channel)


async def test_a_text_that_wants_more_than_there_is_is_refused_alone(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, stub):
        reply = await stub.Translate(translate("Good.", "Please DEVOUR this.", "Fine."), timeout=PATIENCE_SECONDS)
        outcomes = [result.WhichOneof("outcome") for result in reply.results]
        assert outcomes == ["translation", "error", "translation"]
        refusal = refused(reply.results[1].error)
        assert (refusal.code, refusal.reason) == ("INTERNAL", "WORKER_CRASHED")
        await until(lambda: sample(app, "worker_restarts_total", model=MODEL) == 2)
        assert (await stub.Translate(translate("It lives on."), timeout=PATIENCE_SECONDS)).results[0].translation.text == "IT LIVES ON."


async def test_what_loading_reserves_and_never_touches_costs_nothing_and_hides_no_leak(tmp_path: Path) -> None:
    async with running(tmp_path, loader="tests.integration.faulty:reserving") as (app, stub):
        assert (await stub.Translate(translate("Good."), timeout=PATIENCE_SECONDS)).results[0].translation.text == "GOOD."
        assert sample(app, "worker_restarts_total", model=MODEL) == 0
        for number in range(8):
            await stub.Translate(translate(f"A LEAK of number {number}."), timeout=PATIENCE_SECONDS)
        assert sample(app, "worker_restarts_total", model=MODEL) >= 1


async def test_a_worker_that_leaks_is_replaced_before_it_refuses_anybody(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, stub):
        for number in range(16):
            reply = await stub.Translate(translate(f"A LEAK of number {number}."), timeout=PATIENCE_SECONDS)
            assert reply.results[0].translation.text == f"A LEAK OF NUMBER {number}."
        assert sample(app, "worker_restarts_total", model=MODEL) >= 2
        assert sample(app, "quarantined_texts_total", model=MODEL) == 0


@pytest.fixture(scope="module")
def starter_bytes() -> int:
    """How much memory the starter has touched before its first text."""
    engine = loading.load(manifests.read(STARTER), isolated=True)
    try:
        engine.warm_up()
        status = Path(f"/proc/{engine.pid}/status").read_text(encoding="ascii")
        return int(status.partition("RssAnon:")[2].split()[0]) * 1024
    finally:
        engine.close()


def test_texts_that_are_too_much_together_for_the_real_engine_are_answered_one_by_one(starter_bytes: int) -> None:
    variables = {
        "KOROTKO_WORKER_MEMORY_BYTES": str(starter_bytes + ROOM_BYTES),
        "KOROTKO_MAX_BATCH_TOKENS": "100000",
        "KOROTKO_REPLICAS": "1",
        "KOROTKO_REPAIR": "false",
    }
    request = translate(*[f"{LONG} {number}" for number in range(16)])
    request.translate_options.beam_size = 4
    with ServerProcess(variables=variables) as process, grpc.insecure_channel(process.address) as channel:
        (worker,) = children(process.pid)
        reply = stub_of(channel).Translate(request, timeout=4 * PATIENCE_SECONDS)
        assert {result.WhichOneof("outcome") for result in reply.results} == {"translation"}
        assert process.event("worker_lost")["cause"] == "out of memory"
        assert process.event("worker_restarted")["model"] == MODEL
        assert children(process.pid) != [worker]
        process.terminate()
        assert process.finished() == 0


@pytest.mark.parametrize("limit", [25_000_000, 45_000_000], ids=["its files", "what they become"])
def test_a_model_that_does_not_fit_says_so_at_the_start(limit: int) -> None:
    with pytest.raises(ModelInvalid, match=f"while it loaded: out of memory, of which worker_memory_bytes allows {limit}"):
        loading.load(manifests.read(STARTER), isolated=True, worker_memory_bytes=limit)
