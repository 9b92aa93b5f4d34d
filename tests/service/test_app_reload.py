"""New models take over from old ones under way: nothing is lost, nothing mixed, and what is bad never gets in."""

import asyncio
from pathlib import Path
from typing import Any

import grpc
import pytest

from korotko.v1 import server_pb2, service_pb2_grpc, translate_pb2
from korotko_service.engines.manifest import file_digest
from tests import zoo
from tests.integration.wire import PATIENCE_SECONDS, until
from tests.service.caller import SERVING, channel, health, listed, said
from tests.service.shelf import GatedMark, Marked, Shelf, broken, happened, reloaded, version

_SENTENCES = "The first one. The second one. The third one."


def marks(text: str) -> set[str]:
    return {word for word in text.split() if word.startswith("v")}


async def test_a_reload_under_load_loses_nothing_and_mixes_nothing() -> None:
    old, new = Marked("v1", replicas=2), Marked("v2", replicas=2)
    shelf = Shelf((version("1"), old))
    gate, done = shelf.hold(version("2")), asyncio.Event()
    seen: list[set[str]] = []

    async def caller(wire: grpc.aio.Channel) -> list[set[str]]:
        answers: list[set[str]] = []
        while not done.is_set():
            reply = await said(wire, _SENTENCES)
            answers.append(marks(reply.text))
            assert answers[-1] == {f"v{use.version}" for use in reply.models}
            seen.append(answers[-1])
        return answers

    async with shelf.app() as app, channel(app) as wire:
        callers = [asyncio.ensure_future(caller(wire)) for _ in range(24)]
        await until(lambda: len(seen) > 40)
        shelf.replace(version("2"), new)
        app.request_reload()
        await until(lambda: "zoo@2" in shelf.loads)
        before = len(seen)
        await until(lambda: len(seen) > before + 40)
        assert all(answer <= {"v1"} for answer in seen)
        gate.set()
        await happened(old.gone)
        assert marks((await said(wire, _SENTENCES)).text) == {"v2"}
        count = len(seen)
        await until(lambda: len(seen) > count + 40)
        done.set()
        histories = await asyncio.gather(*callers)
    assert {len(answer) for history in histories for answer in history} == {1}
    for history in histories:
        assert history == sorted(history, key=min)
        assert history[-1] == {"v2"}
    assert (old.closed, new.closed, old.warmed, new.warmed) == (1, 1, 1, 1)


async def test_a_call_inside_is_finished_by_the_models_that_it_began_with() -> None:
    old, new = GatedMark("v1"), Marked("v2")
    shelf = Shelf((version("1"), old))
    async with shelf.app() as app, channel(app) as wire:
        inside = asyncio.ensure_future(said(wire, _SENTENCES))
        await happened(old.entered)
        shelf.replace(version("2"), new)
        await reloaded(app)
        assert marks((await said(wire)).text) == {"v2"}
        assert old.closed == 0
        old.go.set()
        assert marks((await inside).text) == {"v1"}
        await happened(old.gone)


async def test_a_call_inside_keeps_models_that_it_has_not_used_yet() -> None:
    first, second = GatedMark("v1"), Marked("v1")
    shelf = Shelf((version("1", "b", pairs=(("en", "ru"),)), first), (version("1", "a", pairs=(("ru", "uk"),)), second))
    async with shelf.app() as app, channel(app) as wire:
        inside = asyncio.ensure_future(said(wire))
        await happened(first.entered)
        shelf.replace(version("2"), Marked("v2"))
        await reloaded(app)
        assert (await said(wire)).text == "v2 Hello there."
        assert second.closed == 0
        first.go.set()
        assert (await inside).text == "v1 v1 Hello there."
        await happened(second.gone)
        assert shelf.loads == ["a@1", "b@1", "zoo@2"]


async def test_a_stream_goes_on_with_the_new_models() -> None:
    old, new = Marked("v1"), Marked("v2")
    shelf = Shelf((version("1"), old))
    request = translate_pb2.TranslateRequest(texts=["Hello there."], source_language_code="en", target_language_code="uk")
    async with shelf.app() as app, channel(app) as wire:
        stream = service_pb2_grpc.KorotkoServiceStub(wire).StreamTranslations(timeout=PATIENCE_SECONDS)
        answers = []
        for index in (1, 2):
            await stream.write(translate_pb2.StreamTranslationsRequest(index=index, request=request))
            answers.append((await stream.read()).response.results[0].translation.text)
            if index == 1:
                shelf.replace(version("2"), new)
                await reloaded(app)
                await happened(old.gone)
        await stream.done_writing()
    assert answers == ["v1 Hello there.", "v2 Hello there."]


async def test_models_that_did_not_change_are_not_loaded_again() -> None:
    same, old, new = Marked("same"), Marked("v1"), Marked("v2")
    kept = version("1", "kept", pairs=(("en", "uk"),))
    shelf = Shelf((kept, same), (version("1", pairs=(("en", "ru"),)), old))
    async with shelf.app() as app:
        shelf.replace(version("1", "kept", pairs=(("en", "uk"),), attribution="by somebody else", licence="CC-BY-4.0"), same)
        shelf.put(version("2", pairs=(("en", "ru"),)), new)
        await reloaded(app)
        await happened(old.gone)
        async with channel(app) as wire:
            reply = await said(wire)
        assert (reply.text, reply.models[0].attribution, reply.models[0].licence_id) == (
            "Same Hello there.",
            "by somebody else",
            "CC-BY-4.0",
        )
        assert shelf.loads == ["kept@1", "zoo@1", "zoo@2"]
        assert (same.warmed, same.closed) == (1, 0)
    assert same.closed == 1


@pytest.mark.parametrize(
    "changes",
    [{"digest": "sha256:other"}, {"max_input_tokens": 99}, {"folder": Path("elsewhere")}, {"pairs": (("en", "uk"),)}],
    ids=lambda changes: next(iter(changes)),
)
async def test_the_same_version_with_other_bytes_or_settings_is_loaded_again(changes: dict[str, Any]) -> None:
    old, new = Marked("old"), Marked("new")
    shelf = Shelf((zoo.manifest(), old))
    async with shelf.app() as app, channel(app) as wire:
        shelf.replace(zoo.manifest(**changes), new)
        await reloaded(app)
        await happened(old.gone)
        assert (await said(wire)).text == "New Hello there."


@pytest.mark.parametrize(
    ("engine", "reason"),
    [(broken(), "the file is corrupted"), (RuntimeError("out of memory"), "out of memory"), (zoo.Cold(), "the weights are broken")],
    ids=["digest", "engine", "warm-up"],
)
async def test_a_model_that_fails_keeps_the_old_one_serving(engine: Any, reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    old, good = Marked("v1"), Marked("good")
    shelf = Shelf((version("1"), old))
    async with shelf.app() as app, channel(app) as wire:
        shelf.replace(version("1", "good"), good)
        shelf.put(version("2"), engine)
        await reloaded(app, "failed")
        assert (await said(wire)).text == "v1 Hello there."
        assert await listed(app) == [("zoo", "1", server_pb2.MODEL_STATE_READY)]
        assert (await health(app), old.closed) == (SERVING, 0)
        await happened(good.gone)
        assert getattr(engine, "closed", 1) == 1
        shelf.replace(version("3"), Marked("v3"))
        await reloaded(app)
        assert (await said(wire)).text == "v3 Hello there."
    written = capsys.readouterr().out
    assert "reload_failed" in written
    assert reason in written


async def test_a_kept_model_whose_files_went_bad_fails_the_reload(tmp_path: Path) -> None:
    weights = tmp_path / "model.bin"
    weights.write_bytes(b"whole")
    model = zoo.manifest(folder=tmp_path, files={"model.bin": file_digest(weights)})
    shelf = Shelf((model, Marked("v1")))
    async with shelf.app() as app, channel(app) as wire:
        await reloaded(app)
        weights.write_bytes(b"half")
        await reloaded(app, "failed")
        assert (await said(wire)).text == "v1 Hello there."
        assert shelf.loads == ["zoo@1.0"]


@pytest.mark.parametrize("left", ["nothing", "a noncommercial one"])
async def test_folders_without_a_usable_model_change_nothing(left: str) -> None:
    shelf = Shelf((version("1"), Marked("v1")))
    async with shelf.app() as app, channel(app) as wire:
        shelf.manifests.clear()
        if left != "nothing":
            shelf.put(version("2", commercial_use=False), Marked("v2"))
        await reloaded(app, "failed")
        assert (await said(wire)).text == "v1 Hello there."
        assert shelf.loads == ["zoo@1"]


async def test_a_noncommercial_model_does_not_get_in_by_a_reload() -> None:
    shelf = Shelf((version("1"), Marked("v1")))
    async with shelf.app() as app, channel(app) as wire:
        shelf.put(version("2", commercial_use=False), Marked("v2"))
        await reloaded(app)
        assert shelf.loads == ["zoo@1"]
        assert (await said(wire)).text == "v1 Hello there."
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await said(wire, options={"model": "zoo@2"})
        assert caught.value.code() is grpc.StatusCode.FAILED_PRECONDITION
