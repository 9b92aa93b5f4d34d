"""The models commands as an operator meets them: what they print, their exit status, and the environment of the hub's client."""

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from korotko_service.cli import main
from korotko_service.engines import manifest as manifests
from tests.integration.wire import PATIENCE_SECONDS
from tests.service.provision.fake_hub import FakeHub, Repository
from tests.service.provision.samples import STARTER, WEIGHTS, hub_files, write

SHORT, NAME = "opus-mt-tc-big-en-zle", "Helsinki-NLP/opus-mt-tc-big-en-zle"


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A models folder of one's own with one model, which the settings name."""
    shutil.copytree(STARTER, tmp_path / "models/mine")
    monkeypatch.setenv("KOROTKO_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as server:
        server.repositories[NAME] = Repository(files=hub_files())
        yield server


def command(*arguments: str, cache: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, because the hub's client reads its environment once."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "KOROTKO_")) and "proxy" not in name.lower()}
    environment = {**keep, "HF_HOME": str(cache), **environment}
    run = [sys.executable, "-m", "korotko_service", "models", *arguments]
    return subprocess.run(run, capture_output=True, text=True, env=environment, timeout=PATIENCE_SECONDS, check=False)


def test_installed_models_are_listed_with_their_size(capsys: pytest.CaptureFixture[str], models: Path) -> None:
    assert main(["models", "list"]) == 0
    manifest = manifests.read(models / "mine")
    size = round(sum(path.stat().st_size for path in manifest.folder.iterdir()) / 1e6)
    assert capsys.readouterr().out.splitlines()[0].endswith(f"{manifest.digest[:19]}  {size} MB")


def test_a_reader_that_leaves_early_is_no_error(models: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    run = [sys.executable, "-m", "korotko_service", "models", "list"]
    done = subprocess.run(run, stdout=write_end, stderr=subprocess.PIPE, timeout=PATIENCE_SECONDS, check=False)
    os.close(write_end)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_half_copied_model_is_told_of_by_list_and_fails_verify(capsys: pytest.CaptureFixture[str], models: Path) -> None:
    half = shutil.copytree(STARTER, models / "half", ignore=shutil.ignore_patterns("model.toml"))
    (models / "lost+found").mkdir()
    for action, status in (("list", 0), ("verify", 1)):
        assert main(["models", action]) == status
        out, err = capsys.readouterr()
        assert len(out.splitlines()) == 1
        assert err == (
            f"korotko-service: {half} is not served: weights without a model.toml; copy it again if it was a model, or install the "
            f"checkpoint with `korotko-service models import {half}`\n"
        )
    assert main(["models", "verify", manifests.read(models / "mine").name]) == 0


def test_verify_says_where_it_found_no_model(capsys: pytest.CaptureFixture[str], models: Path) -> None:
    shutil.rmtree(models / "mine")
    assert main(["models", "verify"]) == 1
    assert f"no model in {models}; " in capsys.readouterr().err


def test_installed_models_are_listed_for_programs(capsys: pytest.CaptureFixture[str], models: Path) -> None:
    assert main(["models", "list", "--json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert (entry["name"], entry["folder"]) == ("korotko-starter", str(models / "mine"))
    assert entry["digest"] == manifests.read(models / "mine").digest
    assert entry["bytes"] > 1_000_000


def test_known_models_are_listed_with_licence_and_published_quality(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list", "--known"]) == 0
    out = capsys.readouterr().out
    assert "opus-mt-tc-big-en-zle  translate  en-uk en-ru  CC-BY-4.0\n" in out
    assert "  FLORES-200 devtest en-uk: chrf 60.1, bleu 32.1\n" in out
    assert "nllb-200-distilled-600M  translate  en-uk en-ru uk-en ru-en uk-ru ru-uk  CC-BY-NC-4.0, not for commercial use\n" in out
    assert "--set small: opus-mt-tc-big-en-zle, opus-mt-tc-big-zle-en\n" in out
    assert main(["models", "list", "--known", "--json"]) == 0
    assert {"name", "repository", "licence", "quality"} <= set(json.loads(capsys.readouterr().out)[0])


def test_a_converted_folder_is_imported_listed_verified_and_removed(
    capsys: pytest.CaptureFixture[str], models: Path, tmp_path: Path
) -> None:
    folder = write(tmp_path / "ready", {name: (STARTER / name).read_bytes() for name in WEIGHTS})
    about = ["--name", "second", "--task", "translate", "--pairs", "en-uk,uk-en", "--licence", "CC0-1.0", "--family", "marian"]
    assert main(["models", "import", str(folder), *about]) == 0
    out = capsys.readouterr().out
    assert f"installed second in {models / 'second'}" in out
    assert main(["models", "verify", "second"]) == 0
    assert capsys.readouterr().out == "second: ok\n"
    assert main(["models", "remove", "second", "--yes"]) == 0
    assert capsys.readouterr().out == f"removed second ({models / 'second'})\n"
    assert sorted(path.name for path in models.glob("[!.]*")) == ["mine"]


def test_the_folder_to_serve_from_is_told_whole(capsys: pytest.CaptureFixture[str], models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(models.parent)
    assert main(["models", "import", str(STARTER), "--models-dir", "other"]) == 0
    assert f"to serve it, put {models.parent / 'other'} into KOROTKO_MODELS\n" in capsys.readouterr().out


def test_a_model_that_does_not_know_its_languages_tokens_fails_verify(capsys: pytest.CaptureFixture[str], models: Path) -> None:
    """It loads and runs, and writes what it likes."""
    path = models / "mine/model.toml"
    text = path.read_text(encoding="utf-8").replace(">>ukr<<", ">>ukrainian<<").replace("use_vmap = true", "")
    path.write_text(text, encoding="utf-8")
    assert main(["models", "verify"]) == 1
    assert capsys.readouterr().err.startswith("korotko-starter: the model has no token '>>ukrainian<<', by which it would be told 'uk'")


def damaged(folder: Path, kind: str) -> None:
    contents = (folder / "model.bin").read_bytes()
    match kind:
        case "corrupted":
            (folder / "model.bin").write_bytes(contents[:-1] + bytes([contents[-1] ^ 1]))
        case "truncated":
            (folder / "model.bin").write_bytes(contents[: len(contents) // 2])
        case "swapped":
            (folder / "model.bin").write_bytes((folder / "source.spm").read_bytes())
        case "missing":
            (folder / "model.bin").unlink()


@pytest.mark.parametrize("kind", ["corrupted", "truncated", "swapped", "missing"])
def test_a_damaged_file_is_named(capsys: pytest.CaptureFixture[str], models: Path, kind: str) -> None:
    damaged(models / "mine", kind)
    assert main(["models", "verify", "korotko-starter"]) == 1
    assert "korotko-starter: " in (message := capsys.readouterr().err)
    assert "'model.bin' is " in message


@pytest.mark.parametrize("action", [["verify"], ["remove", "--yes"]])
def test_a_model_that_is_not_installed_is_named(capsys: pytest.CaptureFixture[str], models: Path, action: list[str]) -> None:
    for name in ("other", "../models/mine", str(models / "mine")):
        assert main(["models", *action, name]) == 1
        assert f"no installed model is named {name!r}; installed: korotko-starter" in capsys.readouterr().err
    assert (models / "mine").is_dir()


def test_the_embedded_starter_is_not_removed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KOROTKO_MODELS", raising=False)
    assert main(["models", "remove", "korotko-starter", "--yes"]) == 1
    assert "embedded starter" in capsys.readouterr().err
    assert (STARTER / "model.toml").is_file()


def test_nothing_is_removed_without_a_yes(capsys: pytest.CaptureFixture[str], models: Path) -> None:
    assert main(["models", "remove", "korotko-starter"]) == 1
    assert "nothing was removed; --yes" in capsys.readouterr().err
    assert (models / "mine").is_dir()


def test_nothing_is_removed_by_whoever_leaves_the_question_unanswered(models: Path) -> None:
    terminal, stdin = pty.openpty()
    os.write(terminal, b"\x04")  # Ctrl-D
    run = [sys.executable, "-m", "korotko_service", "models", "remove", "korotko-starter"]
    done = subprocess.run(run, stdin=stdin, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    for end in (terminal, stdin):
        os.close(end)
    assert (done.returncode, done.stderr) == (1, "korotko-service: nothing was removed; --yes says so without a question\n")
    assert (models / "mine").is_dir()


@pytest.mark.parametrize(
    "arguments",
    [
        ["pull", "x", "--set", "huge"],
        ["import", "x", "--pairs", "enuk"],
        ["import", "x", "--code", "uk"],
        ["import", "x", "--quantization", "int3"],
        ["convert", "x"],
    ],
)
def test_a_wrong_option_is_explained(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["models", *arguments])
    assert ended.value.code == 2
    assert "usage: korotko-service models" in capsys.readouterr().err


def test_a_pull_of_nothing_tells_the_sets(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "pull"]) == 1
    assert "--set with one of default, small, quality, noncommercial" in capsys.readouterr().err


def test_without_a_models_folder_a_pull_says_what_to_set(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KOROTKO_MODELS", raising=False)
    assert main(["models", "pull", SHORT]) == 1
    assert "set KOROTKO_MODELS to one or give --models-dir FOLDER" in capsys.readouterr().err


def test_a_hub_out_of_reach_ends_a_pull_and_the_offline_way_is_told(tmp_path: Path) -> None:
    ended = command("pull", SHORT, "--models-dir", str(tmp_path / "m"), cache=tmp_path / "hf", HF_ENDPOINT="http://127.0.0.1:9")
    assert ended.returncode == 1
    assert "Connection refused" in ended.stderr
    assert "models import FOLDER" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "m").exists()


def test_the_hubs_own_variables_are_honoured(hub: FakeHub, tmp_path: Path) -> None:
    """HF_ENDPOINT, HF_TOKEN and HF_HOME lead to a download; HF_HUB_OFFLINE then finds it in the cache, and nothing else."""
    hub.repositories[NAME].files = {"config.json": b"{}", "model.safetensors": b"short"}
    environment = {"HF_ENDPOINT": hub.endpoint, "HF_TOKEN": "hf_secret", "NO_PROXY": "127.0.0.1"}
    # The transformers engine takes a checkpoint as it is, so this needs no converter.
    place = ["--models-dir", str(tmp_path / "m"), "--engine", "transformers"]
    ended = command("pull", SHORT, *place, cache=tmp_path / "hf", **environment)
    assert (ended.returncode, "model.safetensors: truncated" in ended.stderr) == (1, True)
    assert "Bearer hf_secret" in hub.tokens
    assert list((tmp_path / "hf/hub").glob("models--Helsinki-NLP--*/snapshots/*/config.json"))
    asked = len(hub.asked)
    again = command("pull", SHORT, *place, cache=tmp_path / "hf", HF_HUB_OFFLINE="1", **environment)
    assert (again.returncode, "model.safetensors: truncated" in again.stderr) == (1, True)
    other = command("pull", "opus-mt-tc-big-zle-en", *place, cache=tmp_path / "hf", HF_HUB_OFFLINE="1", **environment)
    assert (other.returncode, "not in the cache, and HF_HUB_OFFLINE forbids" in other.stderr) == (1, True)
    assert len(hub.asked) == asked


def test_the_command_brings_no_hub_client_and_no_torch_into_the_server() -> None:
    code = "import sys, korotko_service.cli; print(*{'huggingface_hub', 'requests', 'torch', 'transformers'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=True).stdout == "\n"


def test_of_two_versions_one_is_named_to_be_removed(capsys: pytest.CaptureFixture[str], models: Path) -> None:
    text = (STARTER / "model.toml").read_text(encoding="utf-8")
    version = manifests.read(STARTER).version
    shutil.copytree(STARTER, models / "newer")
    (models / "newer/model.toml").write_text(text.replace(f'"{version}"', '"9"', 1), encoding="utf-8")
    assert main(["models", "remove", "korotko-starter", "--yes"]) == 1
    assert f"say which version: korotko-starter@{version}, korotko-starter@9" in capsys.readouterr().err
    assert main(["models", "remove", "korotko-starter@9", "--yes"]) == 0
    assert sorted(path.name for path in models.glob("[!.]*")) == ["mine"]


def test_an_interrupted_set_goes_on_with_what_is_missing(hub: FakeHub, tmp_path: Path) -> None:
    shutil.copytree(STARTER, tmp_path / "m" / SHORT)
    ended = command("pull", "--set", "small", "--models-dir", str(tmp_path / "m"), cache=tmp_path / "hf", HF_ENDPOINT=hub.endpoint)
    assert f"{SHORT} is already installed" in ended.stdout
    assert "opus-mt-tc-big-zle-en: no such repository on this hub" in ended.stderr
