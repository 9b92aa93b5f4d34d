"""A fork of an ablation draws what its changes say, and nothing that the recipe reserves for its final phase."""

from pathlib import Path

import pytest

from training.ablate import fork
from training.recipe import read_recipe


@pytest.mark.parametrize("name", ["starter.toml", "further.toml", "finish.toml"])
def test_a_fork_that_decays_from_its_beginning_draws_its_own_shares(name: str, tmp_path: Path) -> None:
    recipe = read_recipe(Path(__file__).parents[1] / name)
    (tmp_path / "checkpoints" / "00000001").mkdir(parents=True)
    (tmp_path / "checkpoints" / "00000001" / "progress.json").write_text('{"tokens": 3000000}', encoding="utf-8")
    made = fork(recipe, {"kind_weights": {"sampled": 1.0}, "source_weights": {"tatoeba": 0.3}}, tmp_path, 2.0)
    assert made.schedule.million_tokens * (1 - made.schedule.decay_share) == pytest.approx(3.0)
    assert {**made.data.kind_weights, **made.data.decay_kind_weights} == {"plain": 1.0, "sampled": 1.0}
    assert {**made.data.source_weights, **made.data.decay_source_weights} == {**recipe.data.source_weights, "tatoeba": 0.3}
