"""Datelines: where a story was filed is told from what it says."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.text.news.datelines import dateline_end, entry_time

NEWS = "Ukraine will keep its gas reserves."


@pytest.mark.parametrize(
    "dateline",
    [
        "KYIV (Reuters) - ",
        "KYIV, Ukraine (AP) — ",
        "KYIV, March 5 (Reuters) - ",
        "NEW YORK/LONDON (Reuters) - ",
        "WASHINGTON — ",
        "BERLIN, Germany – November 12, 2026 – ",
        "GDAŃSK, Poland – November 24, 2026 – ",
        "GDAŃSK, Poland & LONDON – November 24, 2026 – ",
        "LONDON and OSLO – November 24, 2026 – ",
        "NEW YORK, Nov. 12, 2026 /PRNewswire/ -- ",
        "UPDATE 2-",
        "18:40 | ",
        "КИЇВ (Reuters) — ",
        "Київ (Укрінформ) – ",
        "МОСКВА, 5 мар — РИА Новости. ",
        "КИЕВ, 5 марта – ",
        "ТБИЛИСИ, 5 мар. — Sputnik. ",
        "GENEVA, 3 May 2024 (WHO) – ",
        "MOSCOW (TASS) - ",
        "Москва. 5 марта. INTERFAX.RU - ",
        "Київ. 24 серпня. Інтерфакс-Україна – ",
        "м. Варшава, 3 березня 2026 р. — ",
        "г. Астана, 3 марта 2026 г. ",
        "Москва, 3 марта. ",
        "London, 3 March 2026 — ",
        "(CNN) — ",
        "Деталі: ",
        "Що передувало: ",
        "Дослівно: ",
        "14:05 ",
        "9:30 a.m. — ",
        "18:20 GMT ",
        "14:05. ",
        "14:05: ",
        "[14:05] ",
        "(2.05pm) ",
        "14:05 (updated) ",
        "UPD 14:05: ",
        "Оновлено 14:05 — ",
        "МОСКВА, 18 ноября. /ТАСС/. ",
        "МОСКВА, 18 ноября. /Корр. ТАСС Иван Петров/. ",
        "MOSCOW, November 18. /TASS/. ",
        "Київ. УНН. ",
        "Киев. 18 ноября. УНИАН. ",
        "Минск, 18 ноября. Корр. БЕЛТА. ",
        "Москва, 18 ноября - АиФ-Москва. ",
        "KYIV. Nov 18 (Interfax-Ukraine) - ",
        "Nov 19 - ",
        "Nov 19 (Reuters) - ",
    ],
)
def test_dateline_ends_where_the_news_begins(dateline: str) -> None:
    assert dateline_end(dateline + NEWS) == len(dateline)


def test_the_entry_of_a_live_blog_may_name_its_source() -> None:
    assert dateline_end("09:10 Мер Віталій Кличко: у Дарницькому районі горить склад.") == len("09:10 ")


@pytest.mark.parametrize(
    "sentence", ["МОСКВА, 5 мар — РИА Новости.", "ПАРИЖ, 12 мая.", "Photo: Reuters.", "Фото: УНІАН.", "17:20, Kyiv.", "3 березня, 14:05."]
)
def test_dateline_that_is_a_sentence_by_itself_is_nothing_else(sentence: str) -> None:
    assert dateline_end(sentence) == len(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "NATO — the alliance of 32 states — met on Monday.",
        "ЮНЕСКО — це організація ООН.",
        "УКРАЇНА — ЄС: саміт пройде в Києві.",
        "США — Китай: торговая война продолжается.",
        "The UN (Reuters) report was late.",
        "Kyiv (population 2.9 million) is the capital.",
        "President Macron (France) - a guest of the talks - left.",
        "5 марта — праздник.",
        "UPDATE the app now.",
        "APPLE (AAPL) - The company rose.",
        "Москва. 5 марта. Снег идет.",
        "Марія Іваненко, 45 років. Живе в Києві.",
        "14:05 was the time of the last call.",
        "2:1 победил хозяев гость.",
        "28:25 Motor won at home.",
        "14.05 Euro is the price.",
        "(14:05 was late) Trains ran.",
        "Photo: the mayor opens a new bridge over the Dnipro.",
        "Photos of the bridge were published on Monday.",
        "Москва. 5 человек - Это мало.",
        "Nov 19 - that is the day.",
        "May 5 - no vote.",
        "Київ. Дощ. Трамваї стоять.",
        "",
    ],
)
def test_other_openings_are_no_datelines(sentence: str) -> None:
    assert dateline_end(sentence) == 0


def test_a_short_sentence_behind_a_dateline_is_news() -> None:
    assert dateline_end("КИЕВ, 5 марта – Погиб мэр города. Он ехал домой.") == len("КИЕВ, 5 марта – ")


@pytest.mark.parametrize(
    ("line", "minute"),
    [
        ("14:05 Rescuers have reached the village.", 845),
        ("9:30 a.m. — Rescuers have left.", 570),
        ("(2.05pm) Rescuers have left.", 845),
        ("12:10 am: Rescuers have left.", 10),
        ("09:35", 575),
        ("3 березня, 14:05.", 845),
        ("14:05 was the time of the call.", None),
        ("Rescuers left at 14:05.", None),
        ("", None),
    ],
)
def test_the_time_of_an_entry_is_known(line: str, minute: int | None) -> None:
    assert entry_time(line) == minute


@given(st.text(max_size=200))
def test_dateline_ends_inside_any_text(text: str) -> None:
    assert 0 <= dateline_end(text) <= len(text)
