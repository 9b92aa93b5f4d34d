"""Real conversion: tiny checkpoints of every family imported and pulled as an operator would, and then really generating."""

from dataclasses import replace
from pathlib import Path

import pytest

from korotko_service.engines import manifest as manifests
from korotko_service.engines.conversion import convert
from korotko_service.provision.describe import Said
from korotko_service.provision.home import Home
from korotko_service.provision.hub import Hub
from korotko_service.provision.importing import Import, import_model
from korotko_service.provision.pull import Wish, pull
from tests.service.provision.conftest import NAME, Desk
from tests.service.provision.fake_hub import FakeHub, Repository

pytestmark = [
    pytest.mark.parity,
    # transformers talks while a checkpoint is made; what it says is not about us.
    pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses:UserWarning"),
    pytest.mark.filterwarnings("ignore:Moving the following attributes:UserWarning"),
]
FAMILIES = ("marian", "m2m100", "nllb", "mbart50", "mbart", "t5", "madlad", "mt5", "bart", "pegasus")


@pytest.fixture
def real(desk: Desk) -> Desk:
    """Tools that really convert."""
    pytest.importorskip("torch", reason="conversion needs the convert extra")
    return replace(desk, tools=replace(desk.tools, convert=convert))


@pytest.mark.parametrize("name", FAMILIES)
def test_a_checkpoint_of_every_family_is_imported_with_its_family_and_languages_detected(
    tmp_path: Path, home: Home, real: Desk, name: str
) -> None:
    from tests import checkpoints

    recipe = checkpoints.build(name, tmp_path / name)
    said = Said(task=recipe.task, pairs=recipe.pairs, licence="CC0-1.0", input_prefix=recipe.input_prefix)
    manifest = import_model(Import(path=tmp_path / name, said=said), home, real.tools)
    expected = checkpoints.family_of(recipe.family).language_tokens(recipe.codes)
    assert (manifest.family, manifest.compute_type) == (recipe.family, "int8")
    assert (manifest.source_tokens, manifest.target_tokens) == expected
    assert real.tried == [name]
    manifests.verify(manifest)


def test_a_checkpoint_on_a_hub_is_pulled_converted_and_generates(hub: FakeHub, tmp_path: Path, home: Home, real: Desk) -> None:
    from tests import checkpoints

    checkpoints.build("marian", tmp_path / "checkpoint")
    hub.repositories[NAME] = Repository(files={path.name: path.read_bytes() for path in (tmp_path / "checkpoint").iterdir()})
    manifest = pull(Wish(text=NAME), Hub(endpoint=hub.endpoint, cache=tmp_path / "cache"), home, real.tools)
    assert (manifest.conversion.startswith("ctranslate2 "), manifest.licence) == (True, "CC-BY-4.0")
    assert real.tried == [manifest.name]
    assert (manifest.folder / "model.bin").is_file()
