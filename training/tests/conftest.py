"""A vocabulary of a few sentences, and the smoke recipe's data."""

from dataclasses import replace
from pathlib import Path

import pytest

from training.recipe import DataRecipe, VocabularyRecipe, read_recipe
from training.vocabulary import Vocabulary, read_vocabulary, train_vocabulary

_SENTENCES = ["The cats sleep.", "The dog runs.", "Коти сплять.", "Пес біжить.", "Коты спят.", "Пёс бежит."]


@pytest.fixture(scope="session")
def vocabulary_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("vocabulary") / "vocabulary.spm"
    train_vocabulary(_SENTENCES * 20, VocabularyRecipe(size=295, sentences=100, character_coverage=1.0), path)
    return path


@pytest.fixture(scope="session")
def vocabulary(vocabulary_file: Path) -> Vocabulary:
    return read_vocabulary(vocabulary_file)


@pytest.fixture
def data_recipe() -> DataRecipe:
    smoke = read_recipe(Path(__file__).parents[1] / "smoke.toml").data
    return replace(smoke, kind_weights={"plain": 1.0, "sampled": 1.0, "pivot": 1.0})
