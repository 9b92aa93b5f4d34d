"""Pulling from a hub: the real client over HTTP, a licence gate before it, and nothing half installed after it."""

import hashlib
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from korotko_service.engines import manifest as manifests
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import ModelInvalid, ProvisionRefused
from korotko_service.provision.describe import Said
from korotko_service.provision.home import Home
from korotko_service.provision.hub import Hub
from korotko_service.provision.pull import Wish, pull
from tests.integration.wire import PATIENCE_SECONDS
from tests.service.provision.conftest import NAME, Desk, leftovers
from tests.service.provision.fake_hub import COMMIT, OLD_COMMIT, FakeHub, Repository
from tests.service.provision.samples import hub_files, safetensors

SHORT = "opus-mt-tc-big-en-zle"
NLLB = "facebook/nllb-200-distilled-600M"
WANTED = {
    "config.json",
    "generation_config.json",
    "model.safetensors",
    "source.spm",
    "target.spm",
    "tokenizer_config.json",
    "vocab.json",
}


def source(hub: FakeHub, folder: Path) -> Hub:
    return Hub(endpoint=hub.endpoint, cache=folder / "cache", patience_seconds=PATIENCE_SECONDS)


def test_a_known_model_is_fetched_converted_described_tried_and_installed(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    manifest = pull(Wish(text=SHORT), source(hub, tmp_path), home, desk.tools)
    assert manifest.folder == home.folder / SHORT
    assert (manifest.source, manifest.revision, manifest.version) == (NAME, COMMIT, COMMIT[:12])
    assert (manifest.licence, manifest.commercial_use, manifest.family) == ("CC-BY-4.0", True, "marian")
    assert manifest.target_tokens == {"uk": ">>ukr<<", "ru": ">>rus<<"}
    assert (manifest.compute_type, manifest.parameters, manifest.decoding.beam_size) == ("int8", 7, 4)
    assert ("FLORES-200 devtest", 60.1) in {(each.test_set, each.value) for each in manifest.quality}
    assert "Helsinki" in manifest.attribution
    assert desk.tried == [SHORT]
    assert leftovers(home) == [SHORT]
    manifests.verify(manifests.read(manifest.folder))


def test_only_safe_and_needed_files_are_fetched_and_shown_to_the_converter(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    pull(Wish(text=SHORT), source(hub, tmp_path), home, desk.tools)
    assert set(hub.fetched()) == WANTED
    assert set(desk.convert.saw) == WANTED


def test_a_second_pull_fetches_nothing_again(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    pull(Wish(text=SHORT), source(hub, tmp_path), home, desk.tools)
    fetched = hub.fetched()
    pull(Wish(text=SHORT, name="again"), source(hub, tmp_path), home, desk.tools)
    assert hub.fetched() == fetched
    assert leftovers(home) == ["again", SHORT]


def test_a_revision_is_resolved_to_its_commit_and_written_down(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    hub.repositories[NAME].revisions["refs/pr/7"] = OLD_COMMIT
    for number, revision in enumerate(("v1", "refs/pr/7", OLD_COMMIT)):
        manifest = pull(Wish(text=f"{SHORT}@{revision}", name=f"m{number}"), source(hub, tmp_path), home, desk.tools)
        assert manifest.revision == OLD_COMMIT


def test_a_broken_transfer_is_named_and_goes_on_where_it_stopped(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    # The client keeps whole chunks of 10 MiB: two of them arrive before the break.
    files = hub_files() | {"model.safetensors": safetensors(6_000_000)}
    hub.repositories[NAME] = Repository(files=files, breaks={"model.safetensors": 22_000_000})
    with pytest.raises(ProvisionRefused, match="the transfer broke off; run the command again, it goes on where it stopped"):
        pull(Wish(text=SHORT), source(hub, tmp_path), home, desk.tools)
    assert leftovers(home) == []
    hub.asked.clear()
    pull(Wish(text=SHORT), source(hub, tmp_path), home, desk.tools)
    ranges = [spec for method, path, spec in hub.asked if method == "GET" and path.endswith("model.safetensors")]
    assert ranges == [f"bytes={2 * 10 * 1024 * 1024}-"]


def test_wrong_contents_are_refused_deleted_and_fetched_anew(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    for name in ("model.safetensors", "tokenizer_config.json"):
        hub.repositories[NAME].lies = {name}
        with pytest.raises(ProvisionRefused, match=rf"{name}: wrong contents"):
            pull(Wish(text=SHORT), source(hub, tmp_path), home, desk.tools)
        assert leftovers(home) == []
    hub.repositories[NAME].lies = set()
    pull(Wish(text=SHORT), source(hub, tmp_path), home, desk.tools)
    assert hub.fetched().count("model.safetensors") == 2


@pytest.mark.parametrize(
    "refusal",
    [
        (401, "RepoNotFound", "no such repository on this hub, or a private one"),
        (401, "", r"the hub refuses access \(HTTP 401\); check HF_TOKEN"),
        (403, "GatedRepo", "let in only those who accepted their terms"),
        (403, "", r"the hub refuses access \(HTTP 403\); check HF_TOKEN"),
        (500, "", r"the hub answers HTTP 500; try again later"),
    ],
)
def test_a_hub_that_refuses_is_quoted(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path, refusal: tuple[int, str, str]) -> None:
    hub.repositories[NAME].status, hub.repositories[NAME].error_code, message = refusal
    with pytest.raises(ProvisionRefused, match=message):
        pull(Wish(text=SHORT), source(hub, tmp_path), home, desk.tools)
    assert leftovers(home) == []


@pytest.mark.parametrize(
    "missing",
    [
        ("opus-mt-en-zle", "no model is known as 'opus-mt-en-zle'; known: opus-mt-tc-big-en-zle"),
        ("someone/else", "someone/else is not among the known models; say --task, --pairs, --licence too"),
        (f"{SHORT}@nowhere", "the repository has no such revision"),
    ],
)
def test_what_is_not_there_is_named(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path, missing: tuple[str, str]) -> None:
    text, message = missing
    with pytest.raises(ProvisionRefused, match=message):
        pull(Wish(text=text), source(hub, tmp_path), home, desk.tools)


def test_a_repository_of_ones_own_is_pulled_with_a_description(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    hub.repositories["me/news"] = Repository(files=hub_files(), licence="mit")
    said = Said(task="translate", pairs=("en-uk",), licence="MIT")
    manifest = pull(Wish(text="me/news", said=said), source(hub, tmp_path), home, desk.tools)
    assert (manifest.name, manifest.source, manifest.pairs) == ("news", "me/news", (("en", "uk"),))
    assert manifest.target_tokens == {"uk": ">>ukr<<"}


def test_a_repository_with_nothing_but_pickles_is_refused_before_a_download(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    del hub.repositories[NAME].files["model.safetensors"]
    with pytest.raises(ModelInvalid, match=r"pickled \(pytorch_model\.bin\).*NAME@refs/pr/N") as caught:
        pull(Wish(text=SHORT), source(hub, tmp_path), home, desk.tools)
    assert NAME in str(caught.value)
    assert hub.fetched() == []


def test_a_noncommercial_licence_is_refused_before_the_hub_is_asked(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ProvisionRefused, match=r"CC-BY-NC-4\.0, which forbids commercial use; --accept-noncommercial"):
        pull(Wish(text="nllb-200-distilled-600M"), source(hub, tmp_path), home, desk.tools)
    assert hub.asked == []


def test_a_noncommercial_licence_that_is_accepted_is_written_down(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    hub.repositories[NLLB] = Repository(files=hub_files(), licence="cc-by-nc-4.0")
    desk.convert.tokens = ("eng_Latn", "ukr_Cyrl", "rus_Cyrl")
    tools = replace(desk.tools, attempt=lambda _: None)
    manifest = pull(Wish(text=NLLB, accept_noncommercial=True), source(hub, tmp_path), home, tools)
    assert not manifest.commercial_use
    assert manifest.source_tokens["uk"] == manifest.target_tokens["uk"] == "ukr_Cyrl"


def test_a_licence_that_changed_on_the_hub_is_told_or_refused(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    hub.repositories[NAME].licence = "cc-by-nc-4.0"
    with pytest.raises(ProvisionRefused, match=r"cc-by-nc-4\.0, which forbids commercial use"):
        pull(Wish(text=SHORT), source(hub, tmp_path), home, desk.tools)
    hub.repositories[NAME].licence = "apache-2.0"
    pull(Wish(text=SHORT), source(hub, tmp_path), home, desk.tools)
    assert any("the hub says 'apache-2.0' today" in line for line in desk.told)


def test_an_address_that_nobody_listens_on_is_named(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    deaf = Hub(endpoint="http://127.0.0.1:9", cache=tmp_path / "cache")
    with pytest.raises(ProvisionRefused, match=r"the hub cannot be reached \(.*Connection refused.*models import FOLDER"):
        pull(Wish(text=SHORT), deaf, home, desk.tools)
    assert leftovers(home) == []


def test_a_hub_that_never_answers_is_given_up(home: Home, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mute = Hub(endpoint=f"http://127.0.0.1:{silent.getsockname()[1]}", cache=tmp_path / "cache", patience_seconds=0.2)
        with pytest.raises(ProvisionRefused, match=r"the hub cannot be reached \(.*timed out"):
            pull(Wish(text=SHORT), mute, home, desk.tools)


def test_a_name_that_does_not_resolve_is_named(home: Home, desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ProvisionRefused, match="the hub cannot be reached"):
        pull(Wish(text=SHORT), Hub(endpoint="http://hub.invalid", cache=tmp_path / "cache"), home, desk.tools)


def test_a_model_that_cannot_generate_is_not_installed(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    def refuse(manifest: Manifest) -> None:
        raise ModelInvalid(f"{manifest.name}: it loads but cannot translate")

    tools = replace(desk.tools, attempt=refuse)
    with pytest.raises(ModelInvalid, match="cannot translate"):
        pull(Wish(text=SHORT), source(hub, tmp_path), home, tools)
    assert leftovers(home) == []


def test_an_installed_name_is_kept_unless_it_is_to_be_replaced(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    first = pull(Wish(text=f"{SHORT}@v1"), source(hub, tmp_path), home, desk.tools)
    asked = len(hub.asked)
    with pytest.raises(ProvisionRefused, match="already installed; --replace"):
        pull(Wish(text=SHORT), source(hub, tmp_path), home, desk.tools)
    assert len(hub.asked) == asked
    second = pull(Wish(text=SHORT, replace=True), source(hub, tmp_path), home, desk.tools)
    assert (first.folder, second.revision) == (second.folder, COMMIT)
    assert leftovers(home) == [SHORT]


def test_a_version_that_is_installed_already_is_refused_before_a_download(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    pull(Wish(text=SHORT), source(hub, tmp_path), home, desk.tools)
    hub.asked.clear()
    with pytest.raises(ProvisionRefused, match=rf"{SHORT} holds version '{COMMIT[:12]}' of {SHORT} already"):
        pull(Wish(text=SHORT, beside=True), source(hub, tmp_path / "elsewhere"), home, desk.tools)
    assert hub.fetched() == []


def test_digests_of_the_installed_files_are_those_of_their_bytes(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    manifest = pull(Wish(text=SHORT), source(hub, tmp_path), home, desk.tools)
    for name, digest in manifest.files.items():
        assert digest == "sha256:" + hashlib.sha256((manifest.folder / name).read_bytes()).hexdigest()


def test_without_a_converter_nothing_is_downloaded(hub: FakeHub, home: Home, desk: Desk, tmp_path: Path) -> None:
    def refuse() -> None:
        raise ProvisionRefused("converting needs torch")

    with pytest.raises(ProvisionRefused, match="converting needs torch"):
        pull(Wish(text=SHORT), source(hub, tmp_path), home, replace(desk.tools, check_converter=refuse))
    assert hub.fetched() == []
