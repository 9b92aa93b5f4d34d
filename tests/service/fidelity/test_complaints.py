"""What users of other translators complain about most, told to the checks: every case has an alarm, and its right answer has none."""

import pytest

from korotko_service.fidelity.amounts.numbers import compare_numbers
from korotko_service.fidelity.check import check
from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.kept import check_restored
from korotko_service.fidelity.pieces.protection import protect
from korotko_service.fidelity.pieces.shield import Restored
from korotko_service.fidelity.pieces.terms import Term, Terms
from korotko_service.text.languages.language import detect


def alarms(source: str, output: str, read: str, written: str) -> set[str]:
    found = check(source, output, source_language=read, target_language=written)
    return {each.reason for each in found if each.severity > Severity.INFO}


def test_firefox_534_a_grouped_number_loses_a_digit() -> None:
    source = "В этом году в списке 244890 человек из разных областей."
    assert "NUMBER_NOT_IN_SOURCE" in alarms(source, "This year the list has 24,490 people from various regions.", "ru", "en")
    assert alarms(source, "This year the list has 244,890 people from various regions.", "ru", "en") == set()


def test_ctranslate2_693_a_price_becomes_a_time_of_day() -> None:
    source = "The ticket to the museum costs €18.10 for everyone."
    assert "NUMBER_NOT_IN_SOURCE" in alarms(source, "Квиток до музею коштує 18 год 10 хв для всіх.", "en", "uk")
    assert "WRONG_LANGUAGE" in alarms("€18.10", "Le billet pour le musée coûte 18h10 pour tous", "en", "uk")
    assert alarms(source, "Квиток до музею коштує 18,10 євро для всіх.", "en", "uk") == set()


@pytest.mark.parametrize(("written", "wrong", "right"), [("uk", "Іспанії", "Естонії"), ("ru", "Испании", "Эстонии")])
def test_argos_420_estonia_becomes_spain(written: str, wrong: str, right: str) -> None:
    source = "The new law of Estonia helps small firms."
    frame = {"uk": "Новий закон {} допомагає малим фірмам.", "ru": "Новый закон {} помогает малым фирмам."}[written]
    assert "NAME_NOT_IN_SOURCE" in alarms(source, frame.format(wrong), "en", written)
    assert alarms(source, frame.format(right), "en", written) == set()


@pytest.mark.parametrize("written", ["uk", "ru"])
def test_libretranslate_567_the_source_comes_back(written: str) -> None:
    source = "The council approved the budget of the city yesterday evening."
    assert "UNTRANSLATED" in alarms(source, source, "en", written)


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_libretranslate_984_the_source_comes_back_between_kin(language: str) -> None:
    source = {
        "uk": "Міська рада вчора ввечері ухвалила новий бюджет міста.",
        "ru": "Городской совет вчера вечером утвердил новый бюджет города.",
    }
    other = {"uk": "ru", "ru": "uk"}[language]
    assert {"UNTRANSLATED", "WRONG_LANGUAGE"} & alarms(source[language], source[language], language, other)


def test_argos_428_one_caption_fifty_times() -> None:
    source = "Дякуємо за перегляд нашої програми."
    assert "REPETITION" in alarms(source, "Thank you for watching. " * 50, "uk", "en")
    assert alarms(source, "Thank you for watching our programme.", "uk", "en") == set()


def test_libretranslate_46_a_salad_of_one_word() -> None:
    assert "REPETITION" in alarms("Свіжі овочі корисні.", "salad salad salad salad salad salad salad salad salad", "uk", "en")


def test_fairseq_5108_a_sentence_vanishes() -> None:
    source = (
        "The council approved the budget of the city yesterday evening. Schools in the north will get new buses before winter. "
        "The mayor thanked the teachers for their patience during the long repairs."
    )
    assert "LENGTH_RATIO" in alarms(source, "Міська рада вчора ввечері ухвалила бюджет.", "en", "uk")


def test_nllb_api_79_one_sentence_of_four_vanishes() -> None:
    source = (
        "The storm reached the coast at dawn. Two ferries stayed in port. "
        "Fishermen pulled their boats onto the beach before the wind rose. "
        "Schools will open again on Monday."
    )
    right = (
        "Буря дісталася узбережжя на світанку. Два пороми залишилися в порту. Рибалки витягли човни на берег, перш ніж здійнявся вітер. "
        "Школи відкриються знову в понеділок."
    )
    wrong = right.replace(" Рибалки витягли човни на берег, перш ніж здійнявся вітер.", "")
    assert {"SENTENCE_COUNT", "LENGTH_RATIO"} & alarms(source, wrong, "en", "uk")
    assert alarms(source, right, "en", "uk") == set()


@pytest.mark.parametrize("written", ["en", "uk"])
def test_argos_299_notes_and_boilerplate_for_a_sentence(written: str) -> None:
    source = "Совет вчера вечером утвердил новый бюджет города на три года."
    assert "EMPTY_OUTPUT" in alarms(source, "♪", "ru", written)


def test_transliterate_73_ukrainian_is_answered_in_russian() -> None:
    output = "Городской совет вчера вечером утвердил новый бюджет, сообщили чиновники."
    assert "WRONG_LANGUAGE" in alarms("The council approved a new budget last night, officials said.", output, "en", "uk")


def test_libretranslate_676_another_alphabet_comes_back() -> None:
    assert "WRONG_LANGUAGE" in alarms("The council approved a new budget.", "Le conseil a approuvé un nouveau budget.", "en", "ru")


def test_libretranslate_395_a_text_without_words_is_in_no_language() -> None:
    assert detect("12:30 — 45 %").language is None
    assert detect("OK").language is None


def test_worldmonitor_87_a_summary_invents_a_number() -> None:
    article = "The company closed two plants. Some 340 people lost their work. The union calls for talks."
    invented = compare_numbers(article, "The company dismissed 430 people.", source_language="en", target_language="en")
    assert [each.found for each in invented if each.reason == "NUMBER_NOT_IN_SOURCE"] == ["430"]


def test_libretranslate_775_a_glossary_term_is_lost() -> None:
    terms = Terms(terms=(Term(source="heat pump", target="тепловий насос"),))
    source = "Each heat pump saves gas."
    lost = Restored(text="Кожен насос заощаджує газ.", pieces=protect(source, terms))
    found = check_restored(source, lost, source_language="en", target_language="uk")
    assert "GLOSSARY_TERM_MISSING" in {each.reason for each in found if each.severity is Severity.SEVERE}


def test_deepl_python_111_a_placeholder_is_translated() -> None:
    source = "Hello {user}, you have %d messages."
    assert "PROTECTED_TEXT_MISSING" in alarms(source, "Вітаємо, {користувач}, у вас %d повідомлень.", "en", "uk")
    assert alarms(source, "Вітаємо, {user}, у вас %d повідомлень.", "en", "uk") == set()


def test_libretranslate_806_a_tag_is_broken() -> None:
    source = 'Read the <a href="/rules">rules</a> first.'
    assert "PROTECTED_TEXT_MISSING" in alarms(source, 'Спершу прочитайте <a href="/правила">правила</a>.', "en", "uk")
    assert alarms(source, 'Спершу прочитайте <a href="/rules">правила</a>.', "en", "uk") == set()


def test_deepl_python_93_a_quotation_is_left_open() -> None:
    source = "The judge called the plan “a mistake” and left."
    assert "UNBALANCED_QUOTES" in alarms(source, "Суддя назвав план «помилкою і пішов.", "en", "uk")
    assert alarms(source, "Суддя назвав план «помилкою» і пішов.", "en", "uk") == set()
