"""Each runtime is imported only by the model that wants it, and a missing one names its extra."""

import subprocess
import sys

import pytest

from korotko_service.engines import loading
from korotko_service.engines.placement import Placement
from korotko_service.errors import ModelInvalid
from tests import zoo
from tests.house import ROOT


def test_a_server_of_ctranslate2_models_has_no_torch_in_its_process() -> None:
    script = (
        "import sys; from pathlib import Path; from korotko_service.engines import loading; "
        f"(model,) = loading.find([Path({str(ROOT / 'seeds/models/starter')!r})]); "
        "loading.load(model).warm_up(); "
        "print(sorted({'torch', 'transformers', 'tokenizers'} & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_a_missing_runtime_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "korotko_service.engines.transformers", raising=False)
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ModelInvalid, match=r"pip install 'korotko-service\[transformers\]'"):
        loading.load(zoo.manifest(engine="transformers", family="bart"))


def test_an_unknown_engine_lists_the_known_ones() -> None:
    with pytest.raises(ModelInvalid, match="no engine is named 'onnx'; known: ctranslate2, transformers"):
        loading.load(zoo.manifest(engine="onnx"))


@pytest.mark.parametrize("indices", [(), (-1,)])
def test_devices_are_numbered_from_zero(indices: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="expected at least one number from 0"):
        Placement(device_indices=indices)
