"""What the server has and how much it takes."""

import pytest

from korotko.v1 import server_pb2
from korotko_service.catalog import Catalog
from korotko_service.engines.manifest import Quality
from korotko_service.errors import FieldInvalid
from korotko_service.rpc.directory import Directory
from tests.zoo import manifest


def directory(*manifests: object, ready: bool = True, limits: dict[str, int] | None = None) -> Directory:
    catalog = Catalog(manifests or [manifest()], accept_noncommercial=False)  # type: ignore[arg-type]
    return Directory(
        catalog=lambda: catalog,
        limits=limits or {},
        max_call_seconds=1.5,
        ready=lambda _: ready,
    )


def names(reply: server_pb2.ListModelsResponse) -> list[str]:
    return [model.name for model in reply.models]


def test_a_model_says_all_that_is_known_of_it() -> None:
    quality = (Quality(test_set="flores", source="en", target="uk", metric="chrf", value=60.5),)
    given = manifest("opus", pairs=(("en", "uk"),), quality=quality, attribution="by us", parameters=7, family="marian", engine="ct2")
    (model,) = directory(given).models(server_pb2.ListModelsRequest()).models
    pair = server_pb2.LanguagePair(source_language_code="en", target_language_code="uk")
    assert model == server_pb2.Model(
        name="opus",
        version="1.0",
        task=server_pb2.TASK_TRANSLATE,
        pairs=[pair],
        digest=given.digest,
        licence_id="CC0-1.0",
        commercial_use=True,
        attribution="by us",
        parameter_count=7,
        max_input_tokens=256,
        state=server_pb2.MODEL_STATE_READY,
        quality=[server_pb2.PublishedQuality(pair=pair, test_set="flores", metric="chrF2", value=60.5)],
        family="marian",
        engine="ct2",
    )


def test_a_model_that_is_not_warm_is_loading() -> None:
    (model,) = directory(ready=False).models(server_pb2.ListModelsRequest()).models
    assert model.state == server_pb2.MODEL_STATE_LOADING


def test_models_are_listed_by_task() -> None:
    both = directory(manifest("t"), manifest("s", task="summarize"))
    assert names(both.models(server_pb2.ListModelsRequest(task=server_pb2.TASK_SUMMARIZE))) == ["s"]
    assert names(both.models(server_pb2.ListModelsRequest(task=server_pb2.TASK_TRANSLATE))) == ["t"]
    assert names(both.models(server_pb2.ListModelsRequest())) == ["s", "t"]


def test_a_token_that_no_page_came_with_is_refused() -> None:
    with pytest.raises(FieldInvalid) as caught:
        directory(manifest("a")).models(server_pb2.ListModelsRequest(page_token="zzz"))
    assert caught.value.field == "page_token"
    assert "send the next_page_token of the page before, or none" in caught.value.message


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 100])
def test_pages_give_every_model_once(size: int) -> None:
    five = directory(*(manifest(name) for name in "edcba"))
    seen: list[str] = []
    token, pages = "", 0
    while True:
        reply = five.models(server_pb2.ListModelsRequest(page_size=size, page_token=token))
        seen += names(reply)
        token, pages = reply.next_page_token, pages + 1
        if not token:
            break
    assert seen == list("abcde")
    assert pages == -(-5 // size)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_give_every_version_once(size: int) -> None:
    several = directory(*(manifest(name, version=number) for name in "ba" for number in ("2", "10", "1")))
    seen: list[str] = []
    token = ""
    while not seen or token:
        reply = several.models(server_pb2.ListModelsRequest(page_size=size, page_token=token))
        seen += [f"{model.name}@{model.version}" for model in reply.models]
        token = reply.next_page_token
    assert seen == ["a@1", "a@10", "a@2", "b@1", "b@10", "b@2"]


@pytest.mark.parametrize("size", [-1, 101])
def test_a_bad_size_of_page_is_refused_by_its_field(size: int) -> None:
    with pytest.raises(FieldInvalid) as caught:
        directory().models(server_pb2.ListModelsRequest(page_size=size))
    assert caught.value.field == "page_size"


def test_a_server_says_what_it_is() -> None:
    given = directory(manifest("a", pairs=(("uk", "en"), ("en", "ru"))), limits={"max_texts": 3, "max_message_bytes": 2**40})
    info = given.info()
    assert list(info.source_language_codes) == ["en", "uk"]
    assert list(info.target_language_codes) == ["en", "ru"]
    assert [(r.pair.source_language_code, r.pair.target_language_code, list(r.model_names)) for r in info.routes] == [
        ("en", "ru", ["a"]),
        ("uk", "en", ["a"]),
        ("uk", "ru", ["a", "a"]),
    ]
    assert (info.limits.max_texts, info.limits.max_message_bytes) == (3, 2**40)
    assert info.max_call_duration.ToMilliseconds() == 1500
    assert list(info.features) == sorted(info.features)
