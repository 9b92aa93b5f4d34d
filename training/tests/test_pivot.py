"""A missing language is added by a model, as source text only."""

from pathlib import Path

import numpy as np

from training.data import Pair
from training.pivot import completed, wanting
from training.recipe import KINDS, DataRecipe
from training.shards import BACKWARD, FORWARD, read_shards, write_shards
from training.vocabulary import Vocabulary


def _pair(pair: str, first: str, second: str, source: str = "tico") -> Pair:
    return Pair(source=source, pair=pair, first=first, second=second)


def test_only_sentences_without_the_third_language_are_wanted() -> None:
    pairs = [
        _pair("en-ru", "Wash your hands.", "Мойте руки."),
        _pair("en-ru", "Stay at home.", "Оставайтесь дома."),
        _pair("en-ru", "Open the file.", "Откройте файл.", source="pydocs"),
        _pair("en-uk", "stay at home", "Залишайтеся вдома."),
    ]
    assert wanting(pairs, "en-ru", ["tico"]) == pairs[:1]


def test_the_side_that_the_model_wrote_is_named() -> None:
    found = list(completed([_pair("en-ru", "The 2 cats sleep.", "Спят 2 кота.")], ["Сплять 2 коти."], "uk", 2.2))
    assert [(p.pair, p.first, p.second, p.synthetic) for p in found] == [
        ("en-uk", "The 2 cats sleep.", "Сплять 2 коти.", "second"),
        ("uk-ru", "Сплять 2 коти.", "Спят 2 кота.", "first"),
    ]
    back = list(completed([_pair("en-uk", "The 2 cats sleep.", "Сплять 2 коти.")], ["Спят 2 кота."], "ru", 2.2))
    assert [(p.pair, p.synthetic) for p in back] == [("en-ru", "second"), ("uk-ru", "second")]


def test_a_translation_that_lost_a_number_is_dropped() -> None:
    assert list(completed([_pair("en-ru", "The 2 cats sleep.", "Спят 2 кота.")], ["Коти сплять."], "uk", 2.2)) == []


def test_shards_let_a_models_words_be_read_and_not_written(tmp_path: Path, vocabulary: Vocabulary, data_recipe: DataRecipe) -> None:
    person = _pair("en-uk", "The cats sleep.", "Коти сплять.")
    model = Pair(source="tico", pair="en-uk", first="The dog runs.", second="Пес біжить.", kind="pivot", synthetic="second")
    rows = [_pair("en-ru", "The cats sleep.", "Коты спят."), _pair("uk-ru", "Коти сплять.", "Коты спят.")]
    write_shards([person, model, *rows], vocabulary, data_recipe, tmp_path)
    shard = read_shards(tmp_path)[0]["en-uk"]
    ways = {KINDS[kind]: way for kind, way in zip(shard.kind.tolist(), shard.ways.tolist(), strict=True)}
    assert ways == {"plain": FORWARD | BACKWARD, "sampled": FORWARD | BACKWARD, "pivot": BACKWARD}
    assert np.array_equal(shard.second.sentence(0), np.array(vocabulary.encode("Коти сплять."), dtype=np.uint16))
