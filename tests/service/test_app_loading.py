"""When models come into memory: all at the start, or each at the first call that needs it, within a budget."""

import asyncio
from pathlib import Path
from typing import Any

import grpc
import pytest

from korotko.v1 import server_pb2, service_pb2_grpc, summarize_pb2, translate_pb2
from korotko_service.app import App
from korotko_service.engines.manifest import Manifest, file_digest
from korotko_service.errors import ModelInvalid
from tests import summarizers, zoo
from tests.integration.wire import PATIENCE_SECONDS, refused_call
from tests.service.caller import SERVING, channel, health
from tests.service.shelf import Marked, Shelf, broken, happened, reloaded, version


class Folders:
    """Model folders with weights of any size."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def model(self, name: str, *pairs: str, size: int, number: str = "1", **changes: Any) -> Manifest:
        folder = self._root / f"{name}-{number}"
        folder.mkdir()
        (folder / "model.bin").write_bytes(b"w" * size)
        files = {"model.bin": file_digest(folder / "model.bin")}
        return version(number, name, folder=folder, pairs=tuple(tuple(pair.split("-")) for pair in pairs), files=files, **changes)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path)


async def said(wire: grpc.aio.Channel, target: str = "uk", source: str = "en", patience: float = PATIENCE_SECONDS, **fields: Any) -> str:
    request = translate_pb2.TranslateRequest(texts=["Hello."], source_language_code=source, target_language_code=target, **fields)
    reply = await service_pb2_grpc.KorotkoServiceStub(wire).Translate(request, timeout=patience)
    return str(reply.results[0].translation.text)


async def in_memory(app: App) -> list[str]:
    async with channel(app) as wire:
        reply = await service_pb2_grpc.KorotkoServiceStub(wire).ListModels(server_pb2.ListModelsRequest(), timeout=PATIENCE_SECONDS)
        return [model.name for model in reply.models if model.state == server_pb2.MODEL_STATE_READY]


async def test_a_lazy_server_serves_at_once_and_loads_what_is_called_for() -> None:
    shelf = Shelf((version("1", "a", pairs=(("en", "uk"),)), Marked("a")), (version("1", "b", pairs=(("en", "ru"),)), Marked("b")))
    async with shelf.app(loading="lazy") as app, channel(app) as wire:
        assert await health(app) == SERVING
        assert (shelf.loads, await in_memory(app)) == ([], [])
        assert await said(wire) == "A Hello."
        assert (shelf.loads, await in_memory(app)) == (["a@1"], ["a"])
        assert await said(wire, "ru") == "B Hello."
        assert await said(wire) == "A Hello."
        assert shelf.loads == ["a@1", "b@1"]


async def test_a_lazy_server_looks_at_every_file_before_it_serves(folders: Folders) -> None:
    model = folders.model("a", "en-uk", size=9)
    (model.folder / "model.bin").write_bytes(b"half")
    shelf = Shelf((model, Marked("a")))
    with pytest.raises(ModelInvalid, match=r"'model\.bin' is corrupted"):
        async with shelf.app(loading="lazy"):
            pass
    assert shelf.loads == []


async def test_who_cannot_wait_for_a_load_is_sent_away_and_the_next_one_is_served() -> None:
    model = version("1")
    shelf = Shelf((model, Marked("v1")))
    gate = shelf.hold(model)
    async with shelf.app(loading="lazy") as app, channel(app) as wire:
        patient = asyncio.ensure_future(said(wire))
        await happened(shelf.entered)
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await said(wire, patience=0.2)
        assert caught.value.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)
        gate.set()
        assert await patient == "v1 Hello."
        assert shelf.loads == ["zoo@1"]


async def test_the_servers_own_deadline_ends_the_wait_with_model_loading() -> None:
    model = version("1")
    shelf = Shelf((model, Marked("v1")))
    gate = shelf.hold(model)
    async with shelf.app(loading="lazy", max_call_seconds=0.05) as app, channel(app) as wire:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await said(wire)
        gate.set()
    refusal = refused_call(caught.value)
    assert (refusal.code, refusal.reason, refusal.metadata["model"]) == ("UNAVAILABLE", "MODEL_LOADING", "zoo")
    assert refusal.retry_seconds


async def test_a_model_that_fails_at_its_first_call_is_a_refusal_and_the_rest_serves() -> None:
    shelf = Shelf((version("1", "a", pairs=(("en", "uk"),)), broken()), (version("1", "b", pairs=(("en", "ru"),)), Marked("b")))
    async with shelf.app(loading="lazy") as app, channel(app) as wire:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await said(wire)
        assert refused_call(caught.value).reason == "MODEL_LOADING"
        assert await said(wire, "ru") == "B Hello."


async def test_counting_alone_loads_the_model_too() -> None:
    shelf = Shelf((version("1"), Marked("v1")))
    async with shelf.app(loading="lazy") as app, channel(app) as wire:
        request = translate_pb2.TranslateRequest(
            texts=["Hello there."], source_language_code="en", target_language_code="uk", options={"validate_only": True}
        )
        reply = await service_pb2_grpc.KorotkoServiceStub(wire).Translate(request, timeout=PATIENCE_SECONDS)
        assert (reply.usage.input_tokens, shelf.loads) == (3, ["zoo@1"])


async def test_within_the_budget_the_model_used_longest_ago_makes_room(folders: Folders) -> None:
    engines = {name: Marked(name) for name in "abc"}
    pairs = {"a": "en-uk", "b": "en-ru", "c": "uk-ru"}
    shelf = Shelf(*((folders.model(name, pairs[name], size=400), engine) for name, engine in engines.items()))
    async with shelf.app(loading="lazy", memory_budget_bytes=1000) as app, channel(app) as wire:
        for source, target in (("en", "uk"), ("en", "ru"), ("en", "uk"), ("uk", "ru")):
            await said(wire, target, source)
        assert await in_memory(app) == ["a", "c"]
        assert [engine.closed for engine in engines.values()] == [0, 1, 0]
        assert await said(wire, "ru") == "B Hello."
    assert [engine.closed for engine in engines.values()] == [1, 2, 1]


async def test_a_route_through_a_pivot_needs_room_for_one_model_at_a_time(folders: Folders) -> None:
    shelf = Shelf((folders.model("a", "uk-en", size=9), Marked("a")), (folders.model("b", "en-ru", size=9), Marked("b")))
    async with shelf.app(loading="lazy", memory_budget_bytes=9) as app, channel(app) as wire:
        answers = await asyncio.gather(*(said(wire, "ru", "uk") for _ in range(10)))
    assert answers == ["B a Hello."] * 10


async def test_after_a_reload_that_failed_models_make_room_as_before(folders: Folders) -> None:
    old, other = Marked("v1"), Marked("other")
    kept = (folders.model("a", "en-uk", size=6), old), (folders.model("b", "en-ru", size=6), other)
    shelf = Shelf(*kept)
    async with shelf.app(loading="lazy", memory_budget_bytes=7) as app, channel(app) as wire:
        await said(wire)
        shelf.replace(folders.model("a", "en-uk", size=6, number="2"), zoo.Cold())
        await reloaded(app, "failed")
        await said(wire, "ru")
        assert (await in_memory(app), old.closed) == (["b"], 1)


async def test_a_model_whose_files_were_spoiled_stays_in_memory_whatever_the_budget(folders: Folders) -> None:
    old, other = Marked("v1"), Marked("other")
    model = folders.model("a", "en-uk", size=6)
    shelf = Shelf((model, old), (folders.model("b", "en-ru", size=6), other))
    async with shelf.app(loading="lazy", memory_budget_bytes=7) as app, channel(app) as wire:
        await said(wire)
        (model.folder / "model.bin").write_bytes(b"other")
        shelf.manifests.remove(model)
        shelf.put(version("2", "a", folder=model.folder, files=model.files), broken())
        await reloaded(app, "failed")
        assert (await said(wire, "ru"), await said(wire)) == ("Other Hello.", "v1 Hello.")
        assert (await in_memory(app), old.closed) == (["a", "b"], 0)


async def test_a_written_brief_through_english_needs_room_for_one_model_at_a_time(folders: Folders) -> None:
    writer = folders.model("writer", "en-en", size=9, task="summarize")
    shelf = Shelf((folders.model("a", "uk-en", "en-uk", size=9), zoo.Echo()), (writer, summarizers.FirstSentences()))
    body = "Рада міста схвалила бюджет у середу. Мер подякував усім за терпіння. Школи відкриють у вересні."
    request = summarize_pb2.SummarizeRequest(
        article={"body": body, "language_code": "uk"},
        target_language_codes=["uk", "en"],
        brief_options={"method": summarize_pb2.BRIEF_METHOD_ABSTRACTIVE},
    )
    async with shelf.app(loading="lazy", memory_budget_bytes=9) as app, channel(app) as wire:
        stub = service_pb2_grpc.KorotkoServiceStub(wire)
        replies = await asyncio.gather(*(stub.Summarize(request, timeout=PATIENCE_SECONDS) for _ in range(5)))
    assert [result.WhichOneof("outcome") for reply in replies for result in reply.results] == ["brief"] * 10
    assert set(shelf.loads) == {"a@1", "writer@1"}


@pytest.mark.parametrize("loading", ["eager", "lazy"])
def test_a_model_that_alone_exceeds_the_budget_stops_the_start(folders: Folders, loading: str) -> None:
    shelf = Shelf((folders.model("big", "en-uk", size=11), Marked("big")))
    with pytest.raises(ModelInvalid, match="'big' alone takes 11 bytes, more than memory_budget_bytes = 10"):
        shelf.app(loading=loading, memory_budget_bytes=10)


async def test_eager_models_must_fit_together(folders: Folders) -> None:
    shelf = Shelf((folders.model("a", "en-uk", size=6), Marked("a")), (folders.model("b", "en-ru", size=6), Marked("b")))
    with pytest.raises(ModelInvalid, match=r'take 12 bytes together, more than memory_budget_bytes = 11; .* loading = "lazy"'):
        shelf.app(memory_budget_bytes=11)
    async with shelf.app(memory_budget_bytes=12) as app:
        assert await in_memory(app) == ["a", "b"]


async def test_a_reload_beyond_the_budget_keeps_the_old(folders: Folders) -> None:
    shelf = Shelf((folders.model("a", "en-uk", size=6), Marked("v1")))
    async with shelf.app(memory_budget_bytes=6) as app, channel(app) as wire:
        shelf.replace(folders.model("a", "en-uk", size=7, number="2"), Marked("v2"))
        await reloaded(app, "failed")
        assert await said(wire) == "v1 Hello."


async def test_a_lazy_reload_tries_new_models_before_they_serve(folders: Folders) -> None:
    old, new = Marked("v1"), Marked("v2")
    shelf = Shelf((folders.model("a", "en-uk", size=6), old))
    async with shelf.app(loading="lazy", memory_budget_bytes=7) as app, channel(app) as wire:
        await said(wire)
        shelf.replace(folders.model("a", "en-uk", size=6, number="2"), zoo.Cold())
        await reloaded(app, "failed")
        assert (await said(wire), old.closed) == ("v1 Hello.", 0)
        shelf.replace(folders.model("a", "en-uk", size=6, number="3"), new)
        await reloaded(app)
        await happened(old.gone)
        assert (await said(wire), new.warmed) == ("v2 Hello.", 1)
