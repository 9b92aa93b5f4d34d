"""Every Python example of the first pages that people read runs without a warning, and is strictly typed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.client.fake_server import FakeServer

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/quickstart.md", "client/README.md")
EXAMPLES = [example for page in PAGES for example in re.findall(r"```python\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)]
LEAVING_EARLY = """
from contextlib import aclosing, closing
from korotko import AsyncClient, Client

def first(client: Client) -> str:
    with closing(client.translate_stream(["a", "b"], target="uk")) as stream:
        return next(stream).unwrap().text

async def async_first(client: AsyncClient) -> str:
    async with aclosing(client.translate_stream(["a", "b"], target="uk")) as stream:
        return (await anext(stream)).unwrap().text
"""


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_example_runs(server: FakeServer, number: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    example = EXAMPLES[number].replace("localhost:50051", server.address)
    exec(compile(example, f"example {number}", "exec"), {"__name__": "example"})
    assert server.calls
    assert capsys.readouterr().out


def test_the_examples_are_strictly_typed(tmp_path: Path) -> None:
    programs = [*EXAMPLES, LEAVING_EARLY]
    for number, example in enumerate(programs):
        (tmp_path / f"example_{number}.py").write_text(example, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "--config-file=", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert f"no issues found in {len(programs)} source files" in done.stdout


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 7
