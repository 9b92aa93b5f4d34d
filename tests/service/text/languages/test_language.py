"""Language detection: sure of its three languages, and honest where it is not."""

import time

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.text.languages.language import SUPPORTED, Candidate, Detection, detect, may_be_a_name

EN = "The council met on Monday and voted for the new budget of the city."
UK = "Міська рада зібралася в понеділок і проголосувала за новий бюджет міста."
RU = "Городской совет собрался в понедельник и проголосовал за новый бюджет города."
DE = "Der Stadtrat trat am Montag zusammen und stimmte für den neuen Haushalt der Stadt."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (EN, "en"), (UK, "uk"), (RU, "ru"),
        ("Inspectors return to the reactor after a long absence", "en"),
        ("Інспектори повернулися на реактор", "uk"),
        ("Инспекторы вернулись на реактор после перерыва", "ru"),
        ("THE PRESIDENT SIGNED THE LAW ON MONDAY", "en"),
        ("Спасибо, мы скоро вам ответим", "ru"),
        ("Дякуємо, ми скоро вам відповімо", "uk"),
        ("Влади́мир Пу́тин прие́хал в Москву́.", "ru"),
        ("Подробиці за адресою https://example.com/very/long/english/path/of/words", "uk"),
        ("Mayor quits", "en"), ("Storm hits Wales", "en"), ("Stocks fall", "en"), ("Hello", "en"), ("Hello world", "en"),
        ("Рада ухвалила закон", "uk"), ("Суд виправдав міністра", "uk"), ("Мер пішов", "uk"), ("Привіт", "uk"), ("Добрий день", "uk"),
        ("Суд оправдал министра", "ru"), ("Мэр ушёл", "ru"), ("Биржа падает", "ru"), ("Спасибо", "ru"), ("Новости спорта", "ru"),
    ],
)  # fmt: skip
def test_supported_languages_are_told(text: str, language: str) -> None:
    assert detect(text).language == language


@pytest.mark.parametrize(
    "text",
    [
        DE,
        "Prezydent spotkał się z premierem w Warszawie.",
        "Le président a rencontré le premier ministre à Paris.",
        "El presidente se reunió con el primer ministro en Madrid.",
        "Президентът се срещна с министър-председателя в София.",
        "Председник се састао са премијером у Београду.",
        "Претседателот се сретна со премиерот во Скопје.",
        "Прэзідэнт сустрэўся з прэм'ерам у Мінску.",
        "Президент Астанада премьер-министрмен кездесті.",
        "Ο πρόεδρος συναντήθηκε με τον πρωθυπουργό.",
        "総理大臣は大統領と会談した。",
        "Volodymyr Zelenskyy", "Владимир Путин", "Володимир Зеленський", "Kyiv", "Київ",
        "", " \n", "OK", "12 345,67 €", "🙂🙂🙂", "https://example.com/the/news/of/today", "desk@example.com", "@korotko #news",
        "!?…", "\u200b\u0301",
    ],
)  # fmt: skip
def test_anything_else_is_never_taken_for_a_supported_language(text: str) -> None:
    assert detect(text).language not in SUPPORTED


def test_strangers_are_named() -> None:
    assert [detect(DE).language, detect("Прэзідэнт сустрэўся з прэм'ерам у Мінску.").language] == ["de", "be"]


def test_undetermined_text_still_lists_candidates() -> None:
    found = detect("Володимир Зеленський")
    assert found.language is None
    assert found.candidates[0].language == "uk"


def test_long_text_is_read_at_three_places_only(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    module = detect.__globals__
    words = module["_words"]
    monkeypatch.setitem(module, "_words", lambda text: read.append(len(text)) or words(text))
    assert detect(UK * 60_000).language == "uk"
    assert read[0] <= 7_000


@pytest.mark.parametrize("text", ["Погода на завтра", "Президент США", "Москва", "Мама", "Так"])
def test_words_that_two_languages_share_are_not_guessed_at_and_name_both(text: str) -> None:
    found = detect(text)
    assert found.language is None
    assert {"uk", "ru"} <= {each.language for each in found.candidates}


@pytest.mark.parametrize("text", ["Real Madrid", "Hotel Bristol", "Radio Berlin", "Taxi nach Bonn"])
def test_latin_letters_alone_are_not_english(text: str) -> None:
    assert detect(text).language != "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Урад прыняў закон", "be"), ("Суд вынес прысуд", "be"), ("Съдът осъди министъра", "bg"), ("Цените растат", "bg"),
        ("Хвала лепо, није проблем", "sr"), ("Rząd przyjął ustawę", "pl"), ("Regierung beschließt Gesetz", "de"),
        ("Le ministre démissionne", "fr"), ("Үкімет заң қабылдады", "kk"),
    ],
)  # fmt: skip
def test_headlines_in_other_languages_are_told_as_those(text: str, language: str) -> None:
    assert detect(text).language == language


@pytest.mark.parametrize("confidence", [-0.1, 1.1])
def test_confidence_is_a_probability(confidence: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Candidate(language="en", confidence=confidence)
    with pytest.raises(ValueError, match="between 0 and 1"):
        Detection(language=None, confidence=confidence, candidates=())


def test_candidates_stand_best_first() -> None:
    worse, better = Candidate(language="uk", confidence=0.2), Candidate(language="ru", confidence=0.7)
    with pytest.raises(ValueError, match="best first"):
        Detection(language=None, confidence=0.7, candidates=(worse, better))


@pytest.mark.parametrize("unit", ["Аб", "#a", "@a", "a-", "a@", "."])
def test_one_endless_word_is_no_name_and_found_out_in_linear_time(unit: str) -> None:
    started = time.process_time()
    may_be_a_name(unit * (50_000 // len(unit)))
    assert time.process_time() - started < 3  # a hundredth is usual; a quadratic step takes 10 s and more


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=200))
def test_detection_never_raises_and_is_a_probability(text: str) -> None:
    found = detect(text)
    assert 0.0 <= found.confidence <= 1.0
    assert found.language is None or found.language == found.candidates[0].language
