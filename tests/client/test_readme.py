"""Every Python example of the manual runs."""

import re
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


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 5
