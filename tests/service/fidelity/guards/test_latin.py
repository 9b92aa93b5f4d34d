"""English words in a Ukrainian or Russian sentence: left over, made up, and names misspelt."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.check import check
from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.guards.latin import correct_names, find_latin
from korotko_service.fidelity.pieces.protection import protect
from korotko_service.fidelity.pieces.shield import Placed, Restored
from korotko_service.fidelity.pieces.terms import Term, Terms
from korotko_service.text.document import Span

LEFT = [
    ("They met to consider the ceasefire, and left.", "Вони зустрілися, щоб розглянути ceasefire, і пішли.", "uk", "ceasefire"),
    ("Trump's special envoy arrived.", "Прибула спеціальна envoy Трампа.", "uk", "envoy"),
    ("A diplomatic shift began.", "Начался дипломатический shift.", "ru", "shift"),
    # behind a quote, behind a hyphen, beside a name
    (
        'A warning that "extremists from Somalia" plan attacks.',
        "Попередження, що «extremists із Сомалії» планують атаки.",
        "uk",
        "extremists",
    ),
    ("Since moving to the Catalan-capital he has played.", "С переезда в Каталан-capital он играл.", "ru", "capital"),
    ("It helps low-income families.", "Це допомагає low-income родинам.", "uk", "income"),
    ("His co-driver fell ill.", "Його ко-driver захворів.", "uk", "driver"),
    ("The game publisher Konami stated it.", "Это заявил издатель игр publisher Konami.", "ru", "publisher"),
    # nowhere in the source
    ("U.S.-Russia tensions escalate as Putin declines.", "U.S.-Russia tensscalate як Putin відхилиє.", "uk", "tensscalate"),
    ("They fought on horseback.", "Вони билися на horse.", "uk", "horse"),
    ("It was called a photon.", "Его назвали «poton».", "ru", "poton"),
]
RIGHT = [
    ("The iPhone mini costs 40 euros.", "iPhone mini коштує 40 євро."),
    ("Open the file config.yaml or write to info@example.com.", "Відкрийте config.yaml або напишіть на info@example.com."),
    ("It comes from the Latin word cella.", "Це походить від латинського слова cella."),
    ("It comes from the Latin word cella.", "Это происходит от латинского cella."),
    ("The word comes from “cella”, a small room.", "Слово походить від cella, маленької кімнати."),
    ("An online meeting was held.", "Відбулася online-зустріч."),
    ("They call it a “smart” bomb.", "Її називають «smart» бомбою."),
    ("He ran 10 km in 40 min.", "Він пробіг 10 km за 40 min."),
    ("Write an e-mail.", "Напишіть e-mail."),
    ("He is with T-Mobile.", "Він користується T-mobile."),
    ("They route all traffic, not only HTTP.", "Вони спрямовують увесь трафік, а не лише http."),
    ("Hello {user}, run max_queue.", "Вітаємо, {user}, запустіть max_queue і user/name."),
    ("In the 18th century.", "У XVIII столітті."),
    ("Jardín was Google's U-Boats.", "Jardin, Google, U-Boat."),
    ("The Defense Advanced Research Projects Agency met.", "Агентство передових проєктів (DARPA) зібралося."),
    ("The newspaper wrote it.", "Про це написала газета Washington Examiner."),
]
MISSPELT = [
    ("The special envoy Witkoff left Moscow.", "Спеціальний посланець Witkff залишив Москву.", "uk", "Witkff", "Witkoff"),
    ("An apartment on Macbeth Street exploded.", "Квартира на Macbet Street взорвалась.", "ru", "Macbet", "Macbeth"),
    ("Rapper Kanye West changed his name.", "Репер Kany West змінив ім'я.", "uk", "Kany", "Kanye"),
    ("It was Fox News Channel's report.", "Це повідомив Fox News Chanel.", "uk", "Chanel", "Channel"),
]


@pytest.mark.parametrize(("source", "output", "language", "word"), LEFT)
def test_a_small_english_word_is_warned_of_where_it_stands(source: str, output: str, language: str, word: str) -> None:
    (found,) = find_latin(source, output, "en", language)
    assert (found.reason, found.severity, found.found) == ("UNTRANSLATED", Severity.WARNING, word)
    assert output[found.span.start : found.span.end] == word


@pytest.mark.parametrize(("source", "output"), RIGHT)
def test_names_addresses_compounds_and_quoted_words_may_stay(source: str, output: str) -> None:
    assert find_latin(source, output, "en", "uk") == []


@pytest.mark.parametrize(("source", "output", "language", "word", "name"), MISSPELT)
def test_a_misspelt_name_is_warned_of_once_with_the_right_one(source: str, output: str, language: str, word: str, name: str) -> None:
    found = [each for each in check(source, output, source_language="en", target_language=language) if each.found == word]
    assert [(each.reason, each.severity, each.expected) for each in found] == [("NAME_NOT_IN_SOURCE", Severity.WARNING, name)]


@pytest.mark.parametrize(("source", "output", "language", "word", "name"), MISSPELT)
def test_it_is_put_right_and_then_nothing_is_left_to_say(source: str, output: str, language: str, word: str, name: str) -> None:
    mended = correct_names(source, Restored(text=output), "en", language)
    assert mended is not None
    assert mended.text == output.replace(word, name)
    assert find_latin(source, mended.text, "en", language) == []
    assert correct_names(source, mended, "en", language) is None


def test_what_is_protected_keeps_its_spelling_and_its_place() -> None:
    source = "Witkoff met Macbeth of Chanel."
    pieces = protect(source, Terms(terms=(Term(source="Chanel", target="Chanell"),)))
    text = "Witkff зустрів Macbet із Chanell."
    placed = (Placed(piece=pieces[0], span=Span(start=text.index("Chanell"), end=len(text) - 1)),)
    mended = correct_names(source, Restored(text=text, placed=placed, pieces=pieces), "en", "uk")
    assert mended is not None
    assert mended.text == "Witkoff зустрів Macbeth із Chanell."
    assert [mended.text[each.span.start : each.span.end] for each in mended.placed] == ["Chanell"]


def test_no_name_comes_more_often_than_in_the_source() -> None:
    assert correct_names("Brands such as Essie and Tweezerman.", Restored(text="Бренди Esyerman і Tweezerman."), "en", "uk") is None


@given(st.text(alphabet="abcАБв '’-.«»\"", max_size=40))
def test_what_the_source_says_in_capitals_is_never_misspelt(text: str) -> None:
    assert [each for each in find_latin(text, text, "en", "uk") if each.reason == "NAME_NOT_IN_SOURCE"] == []


def test_between_other_languages_nothing_is_said() -> None:
    assert find_latin("The envoy left.", "The envoy left.", "uk", "en") == []
    assert find_latin("Це слово envoy тут.", "Это envoy тут.", "uk", "ru") == []
