"""The operator's command: what it prints, and the exit status a supervisor sees."""

import json
import shutil
import signal
import subprocess
import sys
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, strategies as st

from korotko_service import __main__, __version__, config
from korotko_service.cli import main, settings_file
from korotko_service.config import Settings
from tests.house import ROOT
from tests.integration.process import happens
from tests.integration.wire import PATIENCE_SECONDS

STARTER = ROOT / "seeds/models/starter"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model folder of one's own, which the settings name."""
    folder = Path(shutil.copytree(STARTER, tmp_path / "models/starter"))
    monkeypatch.setenv("KOROTKO_MODELS", str(folder.parent))
    return folder


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"{__version__}\n")


def test_the_installed_command_is_the_one_that_python_runs() -> None:
    """Both, and so the image, hold signals back while they import the rest."""
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert EntryPoint("korotko-service", scripts["korotko-service"], "console_scripts").load() is __main__.main


@pytest.mark.parametrize("arguments", [[], ["models"], ["sing"], ["serve", "--port", "http"]])
def test_a_wrong_command_is_explained(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: korotko-service" in capsys.readouterr().err


def test_settings_are_checked_and_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "k.toml").write_text("port = 7", encoding="utf-8")
    assert main(["--config", str(tmp_path / "k.toml"), "check-config"]) == 0
    out = capsys.readouterr().out
    assert "port = 7\n" in out
    assert 'device = "cpu"\n' in out
    assert "# metrics_port is not set\n" in out


@pytest.mark.parametrize("command", [["check-config"], ["models", "list"], ["models", "verify"], ["serve"]])
def test_the_settings_file_may_be_named_before_and_behind_the_command(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / "k.toml").write_text("prot = 7", encoding="utf-8")
    named = ["--config", str(tmp_path / "k.toml")]
    for arguments in ([*named, *command], [*command[:1], *named, *command[1:]], [*command, *named]):
        assert main(arguments) == 78
        assert "unknown key 'prot'" in capsys.readouterr().err


@given(
    text=st.text(st.characters(exclude_categories=("Cs",))),
    models=st.lists(st.text(st.characters(exclude_categories=("Cs",))), max_size=3),
    seconds=st.floats(0, 3600),
    port=st.none() | st.integers(0, 65535),
)
def test_printed_settings_are_a_settings_file(text: str, models: list[str], seconds: float, port: int | None) -> None:
    # Calls come in at 0, any port, or metrics could not have the one that was drawn if it is the usual one of calls.
    settings = Settings(port=0, models=tuple(models), tokens_file=text, drain_seconds=seconds, metrics_port=port, repair=False)
    with TemporaryDirectory() as folder:
        file = Path(folder, "k.toml")
        file.write_text(settings_file.toml(settings), encoding="utf-8", newline="")
        assert config.load({}, file=file) == settings


def test_the_tokens_file_is_checked_and_printed_without_tokens(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "callers.toml"
    monkeypatch.setenv("KOROTKO_TOKENS_FILE", str(path))
    path.write_text('[callers.newsroom]\ntoken = "s3cret"\nroles = ["bulk"]\ncharacters_per_minute = 600\n', encoding="utf-8")
    assert main(["check-config"]) == 0
    out = capsys.readouterr().out
    assert "# callers:\n#   newsroom: bulk; 600 characters a minute\n" in out
    assert "s3cret" not in out
    path.write_text('[callers.newsroom]\ntoken = "s3cret"\nroles = ["boss"]\n', encoding="utf-8")
    assert main(["check-config"]) == 78
    assert f"tokens_file = {str(path)!r}: [callers.newsroom] roles = ['boss']: expected a list of summarize" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("variable", "text"), [("COMPUTE_TYPE", "int3"), ("MAX_MESSAGE_BYTES", "10"), ("TOKENS_FILE", "/no/such/file"), ("DEVICE_INDEX", "3")]
)
def test_what_would_stop_the_start_fails_the_check_and_prints_no_settings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, variable: str, text: str
) -> None:
    monkeypatch.setenv(f"KOROTKO_{variable}", text)
    assert main(["check-config"]) == 78
    out, error = capsys.readouterr()
    assert (out, variable.lower() in error) == ("", True)


@pytest.mark.parametrize("limit", [1000, 40_000_000])
def test_a_worker_that_gets_too_little_memory_stops_the_start_and_names_the_setting(limit: int) -> None:
    """A process of its own, because a server sets up the log of its whole process."""
    command = [sys.executable, "-m", "korotko_service", "serve", "--port", "0"]
    environment = {"PATH": "", "KOROTKO_WORKER_MEMORY_BYTES": str(limit)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    assert done.returncode == 78
    assert f"of which worker_memory_bytes allows {limit}" in done.stderr.splitlines()[-1]


def test_an_error_of_the_system_that_nobody_foresaw_is_one_line_for_operators_and_its_place_in_the_log() -> None:
    script = (
        "import sys\nfrom korotko_service.cli import main, serving\n"
        "def broken(settings):\n raise OSError(5, 'Input/output error')\n"
        "serving.App = broken\nsys.exit(main(['serve', '--port', '0']))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    logged, line = done.stderr.splitlines()
    assert (done.returncode, line) == (1, "korotko-service: [Errno 5] Input/output error")
    (stack,) = json.loads(logged)["exception"]
    assert (json.loads(logged)["event"], stack["exc_type"], stack["frames"][-1]["name"]) == ("serve_failed", "OSError", "broken")


@pytest.mark.parametrize("command", [["check-config"], ["serve"], ["models", "list"], ["models", "verify"]])
def test_a_typing_error_in_the_settings_refuses_every_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("KOROTKO_PROT", "7")
    assert main(command) == 78
    assert capsys.readouterr().err.startswith("korotko-service: unknown variable KOROTKO_PROT")


def test_a_port_out_of_range_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", "70000"]) == 78
    assert "port = 70000: expected 0 to 65535" in capsys.readouterr().err


def test_models_are_listed_with_their_licence(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    assert main(["models", "list"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("korotko-starter ")
    assert "en-uk" in out
    assert "CC-BY-SA-4.0" in out


def test_an_empty_folder_of_models_is_said_to_be_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["models", "list", "--models-dir", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith(f"no model in {tmp_path}; ")
    assert main(["models", "list", "--json", "--models-dir", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "[]\n"


def test_a_noncommercial_model_is_listed_as_one(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    text = (copy / "model.toml").read_text(encoding="utf-8")
    (copy / "model.toml").write_text(text.replace("commercial_use = true", "commercial_use = false"), encoding="utf-8")
    assert main(["models", "list"]) == 0
    assert "not for commercial use" in capsys.readouterr().out


def test_a_folder_of_models_that_is_not_there_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KOROTKO_MODELS", str(tmp_path / "gone"))
    assert main(["models", "list"]) == 78
    assert "no such folder" in capsys.readouterr().err


def test_a_good_model_is_verified(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    assert main(["models", "verify"]) == 0
    assert capsys.readouterr().out == "korotko-starter: ok\n"


def test_a_changed_model_fails_the_check(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    with (copy / "config.json").open("a", encoding="utf-8") as stream:
        stream.write(" ")
    assert main(["models", "verify"]) == 1
    assert "korotko-starter: " in (message := capsys.readouterr().err)
    assert "'config.json' is corrupted" in message


def test_a_server_says_its_port_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    port_file = tmp_path / "port"
    command = [sys.executable, "-m", "korotko_service", "serve", "--port", "0", "--port-file", str(port_file)]
    environment = {"PATH": "", "KOROTKO_REPLICAS": "1", "KOROTKO_METRICS_PORT": "0"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stderr
        lines = [next(line for line in server.stderr if '"serving"' in line)]
        assert happens(port_file.exists)
        server.send_signal(signal.SIGTERM)
        lines += list(server.stderr)
        assert server.wait(PATIENCE_SECONDS) == 0
    assert int(port_file.read_text(encoding="ascii")) > 0
    assert json.loads(lines[0])["metrics_port"] > 0
    assert '"stopped"' in lines[-1]
