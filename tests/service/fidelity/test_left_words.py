"""English words that a model left standing in a Ukrainian or Russian sentence."""

import pytest

from korotko_service.fidelity.echo import find_left_words
from korotko_service.fidelity.finding import Severity

LEFT = [
    ("They met to consider the ceasefire, and left.", "Вони зустрілися, щоб розглянути ceasefire, і пішли.", "uk", "ceasefire"),
    ("Trump's special envoy arrived.", "Прибула спеціальна envoy Трампа.", "uk", "envoy"),
    ("A diplomatic shift began.", "Начался дипломатический shift.", "ru", "shift"),
]
RIGHT = [
    ("The iPhone mini costs 40 euros.", "iPhone mini коштує 40 євро."),
    ("Open the file config.yaml or write to info@example.com.", "Відкрийте config.yaml або напишіть на info@example.com."),
    ("It comes from the Latin word cella.", "Це походить від латинського слова cella."),
    ("An online meeting was held.", "Відбулася online-зустріч."),
    ("They call it a “smart” bomb.", "Її називають «smart» бомбою."),
    ("He ran 10 km in 40 min.", "Він пробіг 10 km за 40 min."),
    ("The word is new.", "Це нове vpn-слово і gadget."),
]


@pytest.mark.parametrize(("source", "output", "language", "word"), LEFT)
def test_a_small_word_of_the_source_is_warned_of_where_it_stands(source: str, output: str, language: str, word: str) -> None:
    (found,) = find_left_words(source, output, "en", language)
    assert (found.reason, found.severity, found.found) == ("UNTRANSLATED", Severity.WARNING, word)
    assert output[found.span.start : found.span.end] == word


@pytest.mark.parametrize(("source", "output"), RIGHT)
def test_names_addresses_compounds_and_quoted_words_may_stay(source: str, output: str) -> None:
    assert find_left_words(source, output, "en", "uk") == []


def test_between_other_languages_nothing_is_said() -> None:
    assert find_left_words("The envoy left.", "The envoy left.", "uk", "en") == []
    assert find_left_words("Це слово envoy тут.", "Это envoy тут.", "uk", "ru") == []
