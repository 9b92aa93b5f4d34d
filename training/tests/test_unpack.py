"""A shipped model becomes a run again: the weights come back to within half a step of int8, each in its place."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from training.card import begun
from training.checkpoints import Progress, average, checkpoints, save
from training.convert import convert
from training.network import build_network
from training.recipe import Recipe, read_recipe
from training.unpack import network_weights, read_arrays, unpack
from training.vocabulary import read_vocabulary

_RECIPE = read_recipe(Path(__file__).parents[1] / "smoke.toml")
_STARTER = Path(__file__).parents[2] / "seeds" / "models" / "starter"
_STARTER_RECIPE = Path(__file__).parents[1] / "starter.toml"

pytestmark = pytest.mark.filterwarnings("ignore:Recommended")


@pytest.fixture
def recipe() -> Recipe:
    return replace(_RECIPE, network=replace(_RECIPE.network, encoder_layers=2, decoder_layers=2))


def _trained(recipe: Recipe, vocabulary_file: Path, run: Path, *, unlike: bool) -> dict[str, torch.Tensor]:
    """A run whose only checkpoint has weights by chance; fresh biases are all alike, which CTranslate2 stores once."""
    torch.manual_seed(7)
    run.mkdir()
    (run / "vocabulary.spm").write_bytes(vocabulary_file.read_bytes())
    network = build_network(recipe.network, len(read_vocabulary(vocabulary_file)))
    with torch.no_grad():
        for weight in network.parameters():
            if unlike and weight.requires_grad:
                weight.add_(torch.randn_like(weight), alpha=0.1)
        network.model.shared.weight[-1].zero_()
    save(run, network, [], Progress(), 1)
    return average(checkpoints(run))


@pytest.mark.parametrize("unlike", [True, False])
def test_a_model_comes_back_and_converts_into_the_same_file(recipe: Recipe, vocabulary_file: Path, tmp_path: Path, unlike: bool) -> None:
    run, again, model, copy = (tmp_path / name for name in ("run", "again", "model", "copy"))
    before = _trained(recipe, vocabulary_file, run, unlike=unlike)
    convert(recipe, run=run, output=model, averaged=1)
    unpack(recipe, model=model, run=again)
    after = average(checkpoints(again))
    assert set(after) == set(before)
    assert (begun(run), begun(again)) == ("trained from nothing", "tuned from the weights of korotko-smoke 0.1.0")
    for name, weight in before.items():
        step = weight.abs().amax(dim=-1, keepdim=True) / 127 if weight.ndim == 2 else torch.tensor(0.0)
        assert bool(((after[name] - weight).abs() <= 0.501 * step).all()), name
    convert(recipe, run=again, output=copy, averaged=1)
    assert (copy / "model.bin").read_bytes() == (model / "model.bin").read_bytes()


@pytest.mark.parametrize("change", [{"d_model": 32}, {"encoder_layers": 1}, {"decoder_layers": 3}, {"heads": 4}, {"ffn": 64}])
def test_a_model_of_another_shape_than_the_recipe_is_refused(
    recipe: Recipe, vocabulary_file: Path, tmp_path: Path, change: dict[str, Any]
) -> None:
    _trained(recipe, vocabulary_file, tmp_path / "run", unlike=True)
    convert(recipe, run=tmp_path / "run", output=tmp_path / "model", averaged=1)
    other = replace(recipe, network=replace(recipe.network, **change))
    with pytest.raises(ValueError, match="recipe"):
        unpack(other, model=tmp_path / "model", run=tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_run_that_has_checkpoints_is_not_begun_anew(recipe: Recipe, vocabulary_file: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    _trained(recipe, vocabulary_file, run, unlike=True)
    convert(recipe, run=run, output=tmp_path / "model", averaged=1)
    with pytest.raises(FileExistsError):
        unpack(recipe, model=tmp_path / "model", run=run)


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(b"\x05\x00\x00\x00")
    with pytest.raises(ValueError, match="version 5"):
        read_arrays(path)


def test_the_shipped_starter_fits_its_recipe() -> None:
    found = network_weights(read_recipe(_STARTER_RECIPE), _STARTER)
    assert sum(weight.numel() for weight in found.values()) == 33_467_904
    assert not found["model.shared.weight"][-1].any()
