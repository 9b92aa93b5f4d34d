"""A tiny network learns briefs, and is compared with the article's own sentences."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from training.checkpoints import Progress, checkpoints, load_parts, save
from training.network import build_network
from training.recipe import LANGUAGES, Recipe, read_recipe
from training.summarizer import read_choices, summarize
from training.vocabulary import read_vocabulary

_FOLDER = Path(__file__).parents[1]


def _article(number: int) -> dict[str, Any]:
    rows = [f"Fire {number} burned 12 houses on Monday.", "The mayor thanked 40 volunteers.", "Rain is expected."]
    return {
        "id": f"{number:02d}",
        "title": dict.fromkeys(LANGUAGES, "Fire burns houses"),
        "paragraphs": [0],
        "sentences": [dict.fromkeys(LANGUAGES, row) for row in rows],
        "brief": dict.fromkeys(LANGUAGES, "Fire burned 12 houses."),
        "headline_brief": dict.fromkeys(LANGUAGES, "Fire burned 12 houses on Monday."),
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "articles.jsonl").write_text("\n".join(json.dumps(_article(n)) for n in range(5)))
    (tmp_path / "news" / "sentences.jsonl").write_text(json.dumps({"en": "The bridge will open again in May, the mayor said."}))
    return tmp_path


@pytest.fixture
def recipe() -> Recipe:
    return read_recipe(_FOLDER / "smoke.toml")


@pytest.fixture
def run(tmp_path: Path, recipe: Recipe, vocabulary_file: Path) -> Path:
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "vocabulary.spm").write_bytes(vocabulary_file.read_bytes())
    save(folder, build_network(recipe.network, len(read_vocabulary(vocabulary_file))), [], Progress(), 1)
    return folder


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    text = (_FOLDER / "summarizer.toml").read_text(encoding="utf-8")
    shorter = "\n".join("million_tokens = 0.002" if line.startswith("million_tokens") else line for line in text.splitlines())
    (tmp_path / "plan.toml").write_text(shorter, encoding="utf-8")
    return tmp_path / "plan.toml"


@pytest.mark.filterwarnings("ignore:Recommended")
def test_a_tiny_run_ends_in_figures_for_every_way_of_writing(recipe: Recipe, data: Path, run: Path, plan: Path) -> None:
    summarize(replace(recipe, decoding=replace(recipe.decoding, max_output_tokens=16)), plan, data=data, run=run)
    figures = json.loads((run / "summarizer" / "briefs.json").read_text())
    assert [name for name in figures if name.startswith("written")]
    assert all(list(languages) == list(LANGUAGES) for languages in figures.values())
    checked = [figures[name] for name in figures if name.endswith("checked")]
    assert all(found["invented_numbers"] == found["invented_names"] == 0 for languages in checked for found in languages.values())
    before, after = (load_parts(checkpoints(folder)[-1], "weights") for folder in (run, run / "summarizer"))
    frozen = read_choices(plan).frozen
    assert {name for name in before if torch.equal(before[name], after[name])} == {name for name in before if name.startswith(frozen)}
