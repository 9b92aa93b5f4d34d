"""Numbers are read and compared alike in English, Ukrainian and Russian."""

from decimal import Decimal

import pytest
from hypothesis import example, given, strategies as st

from korotko_service.fidelity.amounts.numbers import compare_numbers, numbers
from korotko_service.fidelity.finding import Severity

NBSP, NARROW = "\u00a0", "\u202f"
ORDERS = (0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)
LANGUAGES = ("en", "uk", "ru")

VALUES = [
    ("en", "12,400 people", "12400"),
    ("en", "12 400 people", "12400"),
    ("uk", "12 400 людей", "12400"),
    ("uk", f"12{NBSP}400 людей", "12400"),
    ("uk", f"244{NARROW}890 гривень", "244890"),
    ("uk", "244.890 гривень", "244890"),
    ("ru", "1.244.890 рублей", "1244890"),
    ("en", "3.5 billion", "3500000000"),
    ("uk", "3,5 млрд", "3500000000"),
    ("ru", "3,5 миллиарда", "3500000000"),
    ("en", "$5bn", "5000000000"),
    ("uk", "48 тис. машин", "48000"),
    ("ru", "48 тыс. машин", "48000"),
    ("uk", "1 млн 200 тис. грн", "1200000"),
    ("en", "two hundred and five miles", "205"),
    ("en", "twenty-five years", "25"),
    ("en", "two and a half million", "2500000"),
    ("en", "half a million", "500000"),
    ("uk", "двадцять п’ять тисяч", "25000"),
    ("uk", "два з половиною мільйони", "2500000"),
    ("uk", "півтора мільярда", "1500000000"),
    ("uk", "Одинадцятеро гравців", "11"),
    ("uk", "двома двохсотками", "2"),
    ("ru", "двести пятьдесят тысяч человек", "250000"),
    ("ru", "двадцать первый раз", "21"),
    ("ru", "полтора миллиарда", "1500000000"),
    ("uk", "2-х мільйонів дітей", "2000000"),
    ("en", "10:30 p.m.", "22.30"),
    ("uk", "о 22:30", "22.30"),
    ("en", "the 1990s", "1990"),
    ("ru", "в 1990-х", "1990"),
    ("en", "an F-16 jet", "16"),
    ("uk", "літак Су-34", "34"),
]


@pytest.mark.parametrize(("language", "text", "value"), VALUES)
def test_a_number_has_its_value_however_it_is_written(language: str, text: str, value: str) -> None:
    assert [mention.value for mention in numbers(text, language)][:1] == [Decimal(value)]


KINDS = [
    ("en", "12 per cent", "percent"),
    ("uk", "12 відсотків", "percent"),
    ("ru", "12%", "percent"),
    ("en", "€500 million", "money"),
    ("uk", "500 млн доларів", "money"),
    ("en", "in 2027", "year"),
    ("uk", "24 лютого", "date"),
    ("en", "the 18th century", "ordinal"),
    ("uk", "у XVIII столітті", "century"),
    ("ru", "1-й день", "ordinal"),
    ("en", "at 10:30", "time"),
    ("en", "Covid-19", "code"),
    ("uk", "ракети С-300", "code"),
    ("en", "nine traders", "cardinal"),
]


@pytest.mark.parametrize(("language", "text", "kind"), KINDS)
def test_a_number_has_a_kind(language: str, text: str, kind: str) -> None:
    assert numbers(text, language)[0].kind == kind


def test_a_mention_points_at_its_text() -> None:
    text = "За 12 400 грн, 3,5 млрд і дев’ять"
    assert [text[mention.span.start : mention.span.end] for mention in numbers(text, "uk")] == ["12 400", "3,5 млрд", "дев’ять"]


@pytest.mark.parametrize("text", ["one of them", "both of them may march", "I, for one", "millions of people", "no numbers here", ""])
def test_words_that_only_resemble_numbers_are_none(text: str) -> None:
    assert numbers(text, "en") == ()


SAME = [
    ("12,400 people left", "Виїхали 12 400 людей", "Уехали 12 400 человек"),
    ("Losses reached 244,890", "Втрати сягнули 244 890", "Потери достигли 244.890"),
    ("A loan of €500 million", "Кредит на €500 млн", "Кредит в 500 миллионов евро"),
    ("It costs 3.5 billion", "Це коштує 3,5 млрд", "Это стоит 3,5 миллиарда"),
    ("About 48,000 cars", "Близько 48 тис. авто", "Около 48 тысяч авто"),
    ("Prices rose by 5.7%", "Ціни зросли на 5,7 відсотка", "Цены выросли на 5,7 процента"),
    ("Nine traders came", "Прийшли дев’ять трейдерів", "Пришли 9 трейдеров"),
    ("Two brothers", "Двоє братів", "Два брата"),
    ("With two hands", "Двома руками", "Двумя руками"),
    ("Eleven players", "Одинадцятеро гравців", "11 игроков"),
    ("A dozen eggs", "Дюжина яєць", "12 яиц"),
    ("A hundred days", "Сто днів", "100 дней"),
    ("Three hundred soldiers", "300 солдатів", "Триста солдат"),
    ("A million people", "Мільйон людей", "1 млн человек"),
    ("A quarter of a million", "Чверть мільйона", "250 000"),
    ("In 2027", "2027 року", "В 2027 году"),
    ("In the 1990s", "У 1990-х", "В 90-е годы"),
    ("On February 24", "24 лютого", "24 февраля"),
    ("On Feb. 24, 2022", "24.02.2022", "24 февраля 2022 года"),
    ("In May", "У травні", "В мае"),
    ("The July floods", "Липневі повені", "Июльские наводнения"),
    ("At 10:30 p.m.", "О 22:30", "В 22.30"),
    ("At 9 a.m.", "О 9:00", "В 9 утра"),
    ("At 8 p.m.", "О восьмій вечора", "В 20:00"),
    ("For 10–15 days", "Від 10 до 15 днів", "10-15 дней"),
    ("For 10 million to 15 million", "10–15 млн", "От 10 до 15 миллионов"),
    ("In 1941–45", "У 1941–1945", "В 1941–1945 годах"),
    ("An F-16 fighter", "Винищувач F-16", "Истребитель Ф-16"),
    ("Covid-19 cases", "Випадки Covid-19", "Случаи COVID-19"),
    ("S-300 missiles", "Ракети С-300", "Ракеты С-300"),
    ("A 5G network", "Мережа 5G", "Сеть 5G"),
    ("They swapped 103 for 103", "Обміняли 103 на 103", "Обменяли 103 на 103"),
    ("Call +380 44 123 45 67", "Телефон +380 (44) 123-45-67", "Телефон +380 44 123 45 67"),
    ("Open 24/7", "Працює 24/7", "Работает 24/7"),
    ("The first day", "1-й день", "Первый день"),
    ("Her 40th birthday", "Її 40-річчя", "Ее сорокалетие"),
    ("A 17-year-old", "17-річний", "Семнадцатилетний"),
    ("A nine-storey block", "Дев’ятиповерхівка", "Девятиэтажка"),
    ("The 18th century", "XVIII століття", "18 век"),
    ("It won 24–31", "Виграла 24:31", "Выиграла 24:31"),
    ("Two and a half years", "2,5 року", "Два с половиной года"),
    ("Both sides", "Обидві сторони", "Две стороны"),
    ("The G7", "«Велика сімка»", "«Большая семерка»"),
]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("texts", SAME)
def test_the_same_number_raises_no_warning(texts: tuple[str, str, str], order: tuple[int, int]) -> None:
    assert _warnings(texts, order) == []


DIFFERENT = [
    ("12,400 people left", "Виїхали 12 500 людей", "Уехали 14 200 человек"),
    ("Losses reached 244,890", "Втрати сягнули 24 490", "Потери достигли 244"),
    ("A loan of €500 million", "Кредит на €500 млрд", "Кредит в 500 тысяч евро"),
    ("It costs 3.5 billion", "Це коштує 35 млрд", "Это стоит 3,5 миллиона"),
    ("About 48,000 cars", "Близько 48 авто", "Около 48 миллионов авто"),
    ("Prices rose by 5.7%", "Ціни зросли на 57%", "Цены выросли на 7,5%"),
    ("12 traders came", "Прийшли 13 трейдерів", "Пришли 15 трейдеров"),
    ("Eleven players", "Дванадцятеро гравців", "13 игроков"),
    ("Forty thieves", "П’ятдесят злодіїв", "Шестьдесят воров"),
    ("Three hundred soldiers", "400 солдатів", "Пятьсот солдат"),
    ("In 2027", "2026 року", "В 2025 году"),
    ("In the 1990s", "У 1890-х", "В 1980-х"),
    ("On February 24", "25 лютого", "23 февраля"),
    ("On 1 March", "2 квітня", "3 мая"),
    ("In June", "У липні", "В августе"),
    ("At 10:30 p.m.", "О 21:30", "В 20:30"),
    ("For 10–15 days", "Від 20 до 35 днів", "11–16 дней"),
    ("An F-16 fighter", "Винищувач F-18", "Истребитель Ф-35"),
    ("They swapped 103 for 103", "Обміняли 105 на 105", "Обменяли 13 на 13"),
    ("Her 40th birthday", "Її 50-річчя", "Ее 60-летие"),
    ("Thousands of people", "Мільйони людей", "Миллиарды людей"),
    ("With 80 people there", "Там були люди", "Всего 90 человек"),
    ("It weighed 1.25 kg", "Важив 125 кг", "Весил 12,5 кг"),
    ("It won 24–31", "Виграла 25:31", "Выиграла 24:32"),
]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("texts", DIFFERENT)
def test_a_different_number_raises_a_warning(texts: tuple[str, str, str], order: tuple[int, int]) -> None:
    assert _warnings(texts, order)


def test_a_changed_number_is_severe_and_says_where() -> None:
    output = "Загинули 14 людей"
    finding, missing = compare_numbers("12 people died", output, source_language="en", target_language="uk")
    assert (finding.reason, finding.severity, finding.found) == ("NUMBER_NOT_IN_SOURCE", Severity.SEVERE, "14")
    assert output[finding.span.start : finding.span.end] == "14"
    assert (missing.reason, missing.severity, missing.expected) == ("NUMBER_MISSING", Severity.WARNING, "12")


def test_a_small_written_number_missing_is_information_at_most() -> None:
    findings = compare_numbers("Five men came", "Прийшли чоловіки", source_language="en", target_language="uk")
    assert [finding.severity for finding in findings] == [Severity.INFO]


def test_the_word_one_is_ignored() -> None:
    assert compare_numbers("One man came", "Прийшов чоловік", source_language="en", target_language="uk") == ()


GROUP = {"en": ",", "uk": " ", "ru": NBSP}
POINT = {"en": ".", "uk": ",", "ru": ","}


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=st.integers(min_value=0, max_value=10**15))
def test_any_grouped_integer_is_read_back(language: str, value: int) -> None:
    assert numbers(f"– {value:,} –".replace(",", GROUP[language]), language)[0].value == value


@pytest.mark.parametrize("invented", ["000", "0,5", "2"])
def test_a_number_that_comes_from_nowhere_is_told_however_small_it_is(invented: str) -> None:
    found = compare_numbers("At 5 a.m. it rained.", f"В 5 утра шёл дождь, {invented}.", source_language="en", target_language="ru")
    assert [(finding.found, finding.severity) for finding in found] == [(invented, Severity.SEVERE)]


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=st.decimals(min_value=0, max_value=10**12, places=3))
def test_any_decimal_is_read_back(language: str, value: Decimal) -> None:
    whole, fraction = f"{value:,.3f}".split(".")
    text = whole.replace(",", GROUP[language]) + POINT[language] + fraction
    assert numbers(f"– {text} –", language)[0].value == value


@given(st.text(alphabet="0123456789 ,.:-/–+%$мmи двадцять тис.and half", max_size=60), st.sampled_from(LANGUAGES))
@example(" .0.0", "en")
def test_no_text_breaks_the_reading_and_mentions_stand_in_order(text: str, language: str) -> None:
    spans = [mention.span for mention in numbers(text, language)]
    assert spans == sorted(spans, key=lambda span: span.start)
    assert compare_numbers(text, text, source_language=language, target_language=language) == ()


def _warnings(texts: tuple[str, str, str], order: tuple[int, int]) -> list[str]:
    source, target = order
    findings = compare_numbers(
        texts[source], texts[target], source_language=LANGUAGES[source], target_language=LANGUAGES[target]
    )  # fmt: skip
    return [f"{finding.reason} {finding.found}{finding.expected}" for finding in findings if finding.severity >= Severity.WARNING]
