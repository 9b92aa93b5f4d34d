"""One version: both distributions, their packages and the pin between them say the same."""

import tomllib

import korotko
import korotko_service
from tests.house import ROOT


def test_server_and_sdk_are_released_under_one_number() -> None:
    server = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert server["version"] == korotko_service.__version__ == korotko.__version__
    assert f"korotko=={korotko.__version__}" in server["dependencies"]
    assert f"\n## [{korotko.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
