"""Each house rule catches what it forbids, in modules invented for the test."""

import pytest

from tests import house, test_house as rules


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (rules.upward, "korotko_service.text.x", "from korotko_service.catalog import Catalog"),
        (rules.upward, "korotko_service.scheduling.x", "import korotko_service.fidelity.check"),
        (rules.upward, "korotko_service.catalog", "def f():\n    from korotko_service.pipeline import jobs"),
        (rules.out_of_order, "korotko_service.text.html.x", "from korotko_service.text.markdown.marks import marks"),
        (rules.out_of_order, "korotko_service.fidelity.words", "from korotko_service.fidelity.unheard_of import x"),
        (rules.forbidden, "korotko_service.text.x", "from korotko_service.deadline import Deadline"),
        (rules.forbidden, "korotko_service.pipeline.x", "from ..config import Settings"),
        (rules.adapters, "korotko_service.pipeline.x", "from korotko_service.engines.ctranslate2 import CTranslate2Engine"),
        (rules.strangers, "korotko_service.pipeline.x", "import grpc.aio"),
        (rules.strangers, "korotko_service.scheduling.scheduler", "from threading import Lock"),
        (rules.strangers, "korotko_service.app", "import ctranslate2"),
        (rules.strangers, "korotko_service.provision.pull", "import huggingface_hub"),
        (rules.forbidden, "korotko_service.provision.x", "from korotko_service.catalog import Catalog"),
        (lambda modules: rules.environment(modules, readers=set()), "korotko_service.app", "from os import environ"),
        (lambda modules: rules.environment(modules, readers=set()), "korotko_service.app", "import os\nx = os.getenv('A')"),
        (lambda modules: rules.wall_clocks(modules, readers=set()), "korotko_service.scheduling.x", "import time\nlater = time.time() + 5"),
        (
            lambda modules: rules.wall_clocks(modules, readers=set()),
            "korotko_service.scheduling.x",
            "import datetime\nx = datetime.datetime.now()",
        ),
        (rules.strangers, "korotko_service.scheduling.x", "import subprocess"),
        (rules.long_files, "korotko_service.app", "\n" * 301),
        (rules.long_functions, "korotko_service.app", "def f():\n" + "    x = 1\n" * 40),
        (rules.nameless, "korotko_service.app", "import os"),
        (rules.banned_names, "korotko_service.text.utils", ""),
        (rules.banned_names, "korotko_service.text.x", "class ModelManager: ..."),
        (rules.loose_values, "korotko_service.text.x", "@dataclass(frozen=True)\nclass A: ..."),
        (rules.loose_values, "korotko_service.text.x", "@dataclass(slots=True)\nclass A: ..."),
        (rules.silent_skips, "tests.x", "@pytest.mark.skip\ndef test(): ..."),
        (rules.silent_skips, "tests.x", "@pytest.mark.xfail(strict=True)\ndef test(): ..."),
    ],
)
def test_each_rule_catches_what_it_forbids(rule, name: str, text: str) -> None:
    assert rule([house.module(name, text)])


def test_a_circle_of_imports_is_found() -> None:
    modules = (house.module("korotko_service.a", "import korotko_service.b"), house.module("korotko_service.b", "import korotko_service.a"))
    assert house.cycle(modules) == ["korotko_service.a", "korotko_service.b", "korotko_service.a"]
