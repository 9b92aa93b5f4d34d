"""Names that languages write in their own ways, words that only look like places, and names exchanged far apart."""

import pytest

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.names.exonyms import concepts
from korotko_service.fidelity.names.given_names import bearer
from korotko_service.fidelity.names.names import compare_names

RIGHT = [
    ("en", "uk", "They met John Paul and Louis there.", "Вони зустріли там Івана Павла та Людовика."),
    ("en", "ru", "In 1701 King William crossed the river.", "В 1701 году король Вильгельм переправился через реку."),
    ("en", "uk", "The guest was Andrzej Duda.", "Гостем був Анджей Дуда."),
    ("en", "ru", "His brother Michael saw George there.", "Там его брат Майкл увидел Джорджа."),
    ("en", "ru", "The bank is in Zürich now.", "Банк теперь в Цюрихе."),
    ("en", "uk", "He came from the Donetsk region.", "Він приїхав з Донеччини."),
    ("en", "uk", "His friend Chris left.", "Його друг Кріс пішов, з Крісом і його брат."),
    ("en", "ru", "A young Welsh baroness spoke.", "Выступила молодая валлийская баронесса."),
    ("en", "uk", "In the talks Maria Popescu spoke.", "На переговорах говорила Марія Попеску."),
    ("en", "uk", "He lives in Nowy Brzeg.", "Він живе в Новому Бжегу."),
    ("en", "ru", "They met Xosé Lamas there.", "Там они встретили Шосе Ламаса."),
    ("en", "uk", "They saw the Transvaal.", "Вони бачили Трансвааль."),
    ("uk", "ru", "Він народився в Дацці.", "Он родился в Дакке."),
    ("en", "uk", "The river is the Nam Khan.", "Річка зветься Нам-Кхан."),
    ("en", "uk", "The village of Cosăuți is old.", "Село Косеуць старе."),
    ("uk", "ru", "Пілота звуть Маттео Россі.", "Пилота зовут Маттео Росси."),
    ("en", "uk", "The coastguards came.", "Берегова охорона прийшла."),
    ("en", "ru", "On Monday tourists were evacuated.", "Туристов эвакуировали в понедельник."),
    ("en", "uk", "It sailed the Java Sea.", "Він плавав Яванським морем."),
    ("uk", "ru", "Дощ пройшов в Алейську і Рубцовську.", "Дождь прошел в Алейске и Рубцовске."),
    ("uk", "ru", "Принц Вельський прибув.", "Принц Уэльский прибыл."),
    ("en", "ru", "Today Venezuelans go home.", "Сегодня венесуэльцы возвращаются домой."),
    ("en", "ru", "He is a member of the Royal Society of Chemistry.", "Он член Королевского химического общества."),
]


@pytest.mark.parametrize(("read", "written", "source", "output"), RIGHT)
def test_a_name_in_its_traditional_form_is_the_same(read: str, written: str, source: str, output: str) -> None:
    for texts, languages in (((source, output), (read, written)), ((output, source), (written, read))):
        found = compare_names(*texts, source_language=languages[0], target_language=languages[1])
        assert [each for each in found if each.severity > Severity.INFO] == []


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("Scott", "en"), ("Industrial", "en"), ("Romance", "en"), ("Anderson", "en"), ("Parish", "en"), ("Андрія", "uk"),
        ("Кубка", "uk"), ("Фінікс", "uk"), ("Руслана", "uk"), ("Ростова", "ru"), ("Венесуэлы", "ru"), ("Тайлера", "ru"), ("Черновцы", "ru"),
    ],
)  # fmt: skip
def test_a_word_that_opens_like_a_place_is_none(word: str, language: str) -> None:
    assert concepts(word, language) == frozenset()


@pytest.mark.parametrize(
    "words",
    [
        ("Scotland", "Шотландії", "Шотландией"), ("Scottish", "шотландського", "шотландский"), ("Rome", "Римі", "Риме"),
        ("Denmark", "Данією", "Данию"), ("Danish", "данського", "датских"), ("Finland", "Фінляндію", "Финляндией"),
        ("Turkey", "Туреччині", "Турции"), ("Poland", "Польщі", "Польше"), ("Russian", "російських", "российским"),
        ("Cuba", "Кубі", "Кубой"), ("Vienna", "Відня", "Вены"), ("Thai", "тайський", "тайских"), ("Iran", "Іраном", "Иране"),
    ],
)  # fmt: skip
def test_a_place_is_known_in_every_case_and_language(words: tuple[str, str, str]) -> None:
    english, ukrainian, russian = (concepts(word, language) for word, language in zip(words, ("en", "uk", "ru"), strict=True))
    assert english & ukrainian & russian


@pytest.mark.parametrize(
    ("word", "language", "is_one"),
    [("John", "en", True), ("John's", "en", True), ("Johnson", "en", False), ("Іваном", "uk", True), ("Иваненковыми", "ru", False)],
)
def test_a_given_name_is_told_from_what_is_made_of_it(word: str, language: str, *, is_one: bool) -> None:
    assert (bearer(word, language) is not None) == is_one


EXCHANGED = [
    # nobody else is strange or gone, however the words turn
    ("en", "uk", "Last week we saw that Halyna was back at work.", "Торік Берхан повернулася, і ми це бачили на роботі."),
    # too short to be sure of, and what opens an English sentence
    ("en", "ru", "He spoke about his relations with Kim again.", "Он снова рассказал об отношениях с Джобсом."),
    ("en", "ru", "Livingston climb to third place in the table of the season.", "И Фатих поднимается на третье место в таблице сезона."),
    (
        "en",
        "uk",
        "Gerrard made eight changes to the side that lost then.",
        "А Корковаду зробив вісім змін у команді, що програла раніше.",
    ),
]


@pytest.mark.parametrize(("read", "written", "source", "output"), EXCHANGED)
def test_a_name_for_another_is_warned_of_where_it_is_the_only_one(read: str, written: str, source: str, output: str) -> None:
    found = compare_names(source, output, source_language=read, target_language=written)
    assert [each.reason for each in found if each.severity is Severity.WARNING] == ["NAME_NOT_IN_SOURCE"]


def test_a_plain_word_that_opens_a_sentence_is_no_name_that_was_exchanged() -> None:
    found = compare_names("Meanwhile he left.", "Тим часом Трамп пішов.", source_language="en", target_language="uk")
    assert [each.severity for each in found] == [Severity.INFO]


@pytest.mark.parametrize(
    ("read", "written", "source", "output"),
    [
        ("uk", "en", "Він народився в Осаці.", "He was born in Osaka."),
        ("uk", "en", "Вона вчилася в Пізі.", "She studied in Pisa."),
        ("en", "uk", "He met Kenji there.", "Він зустрів там Кендзі."),
        ("en", "uk", "We saw Potts again.", "Ми знову бачили Поттс."),
        ("en", "ru", "He met Gates there.", "Там он встретил Гейтса."),
        ("en", "uk", "They asked Rejewski again.", "Вони знову спитали Реєвського."),
        ("en", "ru", "In Greek myths he is old.", "В греческих мифах он стар."),
        ("en", "uk", "An archive in Prague has it.", "Він є в празькому архіві."),
        ("uk", "en", "Там жили індіанці.", "The Indians lived there."),
        ("en", "uk", "Guests from South Africa came.", "Приїхали гості з ПАР."),
        ("en", "uk", "They met on the Transfiguration day.", "Вони зустрілися на Преображення."),
    ],
)
def test_a_name_that_sounds_otherwise_or_is_called_otherwise_is_no_stranger(read: str, written: str, source: str, output: str) -> None:
    found = compare_names(source, output, source_language=read, target_language=written)
    assert [each for each in found if each.severity > Severity.INFO] == []


@pytest.mark.parametrize(
    ("read", "written", "source", "output"),
    [
        ("uk", "en", "Він народився в Осаці.", "He was born in Madrid."),
        ("en", "uk", "We saw Potts again.", "Ми знову бачили Марченка."),
        ("en", "ru", "In Greek myths he is old.", "В немецких мифах он стар."),
        ("en", "uk", "They asked Rejewski again.", "Вони знову спитали Бондаренка."),
    ],
)
def test_another_name_is_still_found_in_those_places(read: str, written: str, source: str, output: str) -> None:
    found = compare_names(source, output, source_language=read, target_language=written)
    assert [each for each in found if each.severity > Severity.INFO] != []


EXCHANGED = [
    ("uk", "en", "Торік «Аталанта» програла двічі.", "Last year Finch lost twice.", "Finch"),
    (
        "ru",
        "uk",
        "Эквадор требует от граждан письмо для въезда в Эквадор.",
        "Еквадор вимагає від громадян лист для в'їзду в Вардар.",
        "Вардар",
    ),
    ("en", "ru", "They waited for Ivanov.", "Сидоров заявил об этом.", "Сидоров"),
]


@pytest.mark.parametrize(("read", "written", "source", "output", "other"), EXCHANGED)
def test_a_name_in_another_ones_place_is_told_in_quotes_said_twice_and_at_an_opening(
    read: str, written: str, source: str, output: str, other: str
) -> None:
    found = compare_names(source, output, source_language=read, target_language=written)
    assert other in [each.found for each in found if each.reason == "NAME_NOT_IN_SOURCE"]


@pytest.mark.parametrize(
    ("read", "written", "source", "output", "strange"),
    [
        # as many names in both, however far apart
        (
            "en",
            "ru",
            "In London yesterday a cyclist died when he was hit by a car.",
            "Вчера сбитый машиной велосипедист умер в Бхопале.",
            "Бхопале",
        ),
        # «ООН» is no "in", although both have one sound
        ("ru", "en", "Вчера Помпео выступал в ООН.", "Yesterday Pompeo spoke in Lübeck.", "Lübeck"),
        # a name that stayed in Latin letters before
        ("uk", "ru", "Минулого року Google найняв багато людей.", "В прошлом году Кабула нанял много людей.", "Кабула"),
    ],
)
def test_the_one_name_that_came_for_the_one_that_went_is_a_warning(read: str, written: str, source: str, output: str, strange: str) -> None:
    found = compare_names(source, output, source_language=read, target_language=written)
    assert [each.found for each in found if each.severity > Severity.INFO] == [strange]


@pytest.mark.parametrize(
    ("read", "written", "source", "output"),
    [
        ("en", "uk", "There the Armed Forces of Ukraine held on.", "Там трималися ЗСУ."),
        ("uk", "en", "Там трималися ЗСУ.", "There the military held on."),
        ("en", "uk", "Here are Howe Sound and Snake Island.", "Тут протока Гау та острів Зміїний."),
        ("uk", "ru", "Там тримали Міжамериканську комісію.", "Там держали Межамериканскую комиссию."),
        ("en", "uk", "The deputies are a Turk and a Greek.", "Заступники — турок і грек."),
    ],
)
def test_armies_sounds_and_peoples_go_by_other_names(read: str, written: str, source: str, output: str) -> None:
    found = compare_names(source, output, source_language=read, target_language=written)
    assert [each for each in found if each.severity > Severity.INFO] == []
