"""Every Python example of the manual runs, and is strictly typed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.client.fake_server import FakeServer

README = Path(__file__).parents[2] / "client" / "README.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_example_runs(server: FakeServer, number: int, capsys: pytest.CaptureFixture[str]) -> None:
    example = EXAMPLES[number].replace("localhost:50051", server.address)
    exec(compile(example, f"example {number}", "exec"), {"__name__": "example"})
    assert server.calls
    assert capsys.readouterr().out


def test_the_examples_are_strictly_typed(tmp_path: Path) -> None:
    for number, example in enumerate(EXAMPLES):
        (tmp_path / f"example_{number}.py").write_text(example, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "--config-file=", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert f"no issues found in {len(EXAMPLES)} source files" in done.stdout


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 5
