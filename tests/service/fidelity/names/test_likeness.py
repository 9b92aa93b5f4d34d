"""Two spellings of one name are told from two names."""

import itertools

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.names.likeness import alike, sounds

ONE = """
Zelenskyy Зеленського Зеленскому
Zelensky Зеленський Зеленский
Trump Трампа Трампом
Witkoff Віткоффа Уиткофф
Macron Макрона Макрону
Starmer Стармером Стармера
Shmyhal Шмигаля Шмыгалю
Rutte Рютте Рютте
Kallas Каллас Каллас
Schroeder Шредера Шрёдером
Shakespeare Шекспіра Шекспира
Johnson Джонсона Джонсоном
Kellogg Келлога Келлогом
Rubio Рубіо Рубио
Vance Венса Вэнсу
Scholz Шольца Шольцем
Churchill Черчилля Черчиллем
Whitehall Вайтголл Уайтхоллу
Harvard Гарвардському Гарвардском
Khmelnytskyi Хмельницькому Хмельницком
Zaporizhzhia Запоріжжі Запорожье
Mariupol Маріуполя Мариуполе
Pokrovsk Покровську Покровском
Aleysk Алейську Алейске
Chicago Чикаго Чикаго
Manchester Манчестері Манчестере
Odesa Одесі Одессе
Sumy Сум Сумы
Wrocław Вроцлавом Вроцлаве
Xherdan Джердана Джердану
Bough Бафом Бафом
Vaughan Воном Воном
Onega Онезьке Онежское
Ladoga Ладозі Ладоге
Hexham Гексемі Хексеме
Chiara К'яра Кьяра
Marzena Мажена Мажена
Grzegorz Гжегожа Гжегожу
Ionescu Йонеску Ионеску
""".strip().splitlines()
TWO = "Trump Macron Scholz Starmer Shmyhal Rubio Johnson Chicago Mariupol Harvard".split()


def rows() -> list[tuple[str, str, str]]:
    return [(words[0], words[1], words[2]) for words in map(str.split, ONE)]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
@pytest.mark.parametrize("pair", list(itertools.combinations(range(3), 2)), ids=["en-uk", "en-ru", "uk-ru"])
def test_one_name_is_known_across_alphabets_and_cases(row: tuple[str, str, str], pair: tuple[int, int]) -> None:
    left, right = (sounds(row[at], ("en", "uk", "ru")[at]) for at in pair)
    assert alike(left, right)
    assert alike(right, left)


def test_a_name_with_a_sound_left_out_is_known_from_english() -> None:
    assert alike(sounds("Вітоффа", "uk"), sounds("Witkoff", "en"))


@pytest.mark.parametrize("name", TWO)
@pytest.mark.parametrize("language", ["uk", "ru"])
def test_two_names_are_kept_apart(name: str, language: str) -> None:
    place = 1 if language == "uk" else 2
    others = [row[place] for row in rows() if row[0] != name]
    assert [other for other in others if alike(sounds(name, "en"), sounds(other, language))] == []


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(["en", "uk", "ru"]))
def test_any_word_is_like_itself_and_may_be_compared_with_any_other(left: str, right: str, language: str) -> None:
    mine, yours = sounds(left, language), sounds(right, language)
    assert alike(mine, yours) in (True, False)
    assert not mine.strip("a") or alike(mine, mine)
