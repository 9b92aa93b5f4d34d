"""Lists of pieces: what a language writes is on its list, what spells any text is on all of them."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st

from training.data import Pair, text_rows
from training.lists import FILE_NAME, allowed, counts, spells_anything, write_lists
from training.recipe import DataRecipe, VocabularyRecipe
from training.shards import read_shards, write_shards
from training.vocabulary import Vocabulary, read_vocabulary, train_vocabulary

_PAIRS = [
    Pair(source="news", pair="en-uk", first="The cats sleep.", second="Коти сплять."),
    Pair(source="news", pair="en-ru", first="The dog runs.", second="Пёс бежит."),
    Pair(source="news", pair="uk-ru", first="Пес біжить.", second="Коты спят."),
]


@pytest.fixture
def run(vocabulary_file: Path, vocabulary: Vocabulary, data_recipe: DataRecipe, tmp_path: Path) -> Path:
    (tmp_path / "vocabulary.spm").write_bytes(vocabulary_file.read_bytes())
    write_shards(_PAIRS, vocabulary, data_recipe, tmp_path)
    return tmp_path


def _written(pairs: list[Pair], vocabulary: Vocabulary, recipe: DataRecipe, folder: Path) -> dict[str, set[str]]:
    """The pieces that each language is counted to have written."""
    write_shards(pairs, vocabulary, recipe, folder)
    found = counts(read_shards(folder)[0], len(vocabulary))
    return {language: {vocabulary.tokens[number] for number in np.flatnonzero(numbers)} for language, numbers in found.items()}


def test_a_language_is_counted_by_its_own_side_of_every_pair(vocabulary: Vocabulary, data_recipe: DataRecipe, tmp_path: Path) -> None:
    written = _written(_PAIRS, vocabulary, data_recipe, tmp_path)
    said = {"en": ["The cats sleep.", "The dog runs."], "uk": ["Коти сплять.", "Пес біжить."], "ru": ["Пёс бежит.", "Коты спят."]}
    assert written == {language: {piece for text in texts for piece in vocabulary.pieces(text)} for language, texts in said.items()}


@pytest.mark.parametrize("side", ["first", "second"])
def test_what_a_model_wrote_is_read_and_not_counted(vocabulary: Vocabulary, data_recipe: DataRecipe, tmp_path: Path, side: str) -> None:
    made = Pair(source="news", pair="en-uk", first="Mice.", second="Миші.", kind="pivot", synthetic=side)
    before, after = (_written(pairs, vocabulary, data_recipe, tmp_path) for pairs in (_PAIRS, [*_PAIRS, made]))
    read, written = ("en", "uk") if side == "first" else ("uk", "en")
    assert after[read] == before[read]
    assert after[written] > before[written]


def test_sentences_cut_at_random_are_not_counted(vocabulary: Vocabulary, data_recipe: DataRecipe, tmp_path: Path) -> None:
    whole = replace(data_recipe, kind_weights={"plain": 1.0})
    cut = replace(data_recipe, kind_weights={"plain": 1.0, "sampled": 1.0})
    assert _written(_PAIRS * 20, vocabulary, cut, tmp_path) == _written(_PAIRS * 20, vocabulary, whole, tmp_path)


def test_a_piece_that_a_language_hardly_writes_is_not_on_its_list(tmp_path: Path) -> None:
    sentences = [row["en"] for row in islice(text_rows(), 200)]
    train_vocabulary(sentences, VocabularyRecipe(size=400, sentences=200, character_coverage=1.0), tmp_path / "vocabulary.spm")
    vocabulary = read_vocabulary(tmp_path / "vocabulary.spm")
    piece = next(piece for piece in vocabulary.tokens if piece.startswith("▁") and not spells_anything(piece))
    found = {language: np.zeros(len(vocabulary), dtype=np.int64) for language in ("en", "uk", "ru")}
    found["en"][vocabulary.ids[piece]], found["uk"][vocabulary.ids[piece]] = 3, 2
    listed = allowed(found, vocabulary, least=3)
    assert [piece in listed[language] for language in ("en", "uk", "ru")] == [True, False, False]


def test_control_tokens_are_on_no_list(vocabulary: Vocabulary, run: Path) -> None:
    found = counts(read_shards(run)[0], len(vocabulary))
    listed = {piece for pieces in allowed(found, vocabulary, least=0).values() for piece in pieces}
    assert set(vocabulary.tokens) - listed == {"</s>", "<unk>", "<pad>", ">>eng<<", ">>ukr<<", ">>rus<<"}


@given(st.text(min_size=1, max_size=20))
def test_any_text_can_be_spelt_in_any_language(vocabulary: Vocabulary, text: str) -> None:
    """Letter by letter, or in bytes if the vocabulary does not know a letter: nothing becomes impossible to write."""
    for letter in "".join(vocabulary.pieces(text)):
        as_bytes = [f"<0x{byte:02X}>" for byte in letter.encode()]
        assert all(spells_anything(piece) and piece in vocabulary.ids for piece in ([letter] if letter in vocabulary.ids else as_bytes))


@pytest.mark.parametrize("piece", ["<0xD0>", "▁", "▁a", "ї", "7", "▁—", '."'])
def test_letters_digits_signs_and_bytes_belong_to_every_language(piece: str) -> None:
    assert spells_anything(piece)


@pytest.mark.parametrize("piece", ["▁the", "ття", "▁Mr"])
def test_words_and_their_parts_belong_to_those_who_write_them(piece: str) -> None:
    assert not spells_anything(piece)


def test_there_is_one_line_for_each_target_language(vocabulary: Vocabulary, run: Path) -> None:
    write_lists(run, run)
    lines = (run / FILE_NAME).read_text(encoding="utf-8").split("\n")
    assert [line.partition("\t")[0] for line in lines] == [">>eng<<", ">>ukr<<", ">>rus<<", ""]
    for line in lines[:-1]:
        pieces = line.partition("\t")[2].split(" ")
        assert set(pieces) <= set(vocabulary.ids)
        assert len(pieces) == len(set(pieces)) > 256
