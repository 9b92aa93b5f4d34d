"""Boilerplate: what a page says to its reader is never part of a brief, and news about the same things is."""

import pytest

from korotko_service.text.briefs.ranking import RankingHints, rank
from korotko_service.text.briefs.selection import BriefLimits, pick
from korotko_service.text.document import SegmentKind
from korotko_service.text.news.boilerplate import is_boilerplate
from korotko_service.text.news.headlines import headline
from korotko_service.text.sentences.segmentation import segment


@pytest.mark.parametrize(
    "line",
    [
        "We use cookies to improve your experience. Accept all cookies to continue reading.",
        "Sign up for our newsletter to get the day's top stories.",
        "Get the day's news in your inbox.",
        "Our Standards: The Thomson Reuters Trust Principles.",
        "If you have found an error, let us know.",
        "Якщо ви помітили помилку, виділіть її та натисніть Ctrl+Enter.",
        "Если вы нашли опечатку, сообщите нам.",
        "Нашли ошибку?",
        "Див. с. 5.",
        "См. рис. 5.",
        "See also page 12.",
        "Тел. 044-123-45-67.",
        "Передрук матеріалів дозволено лише за наявності гіперпосилання.",
        "Матеріал оновлюється.",
        "Материал обновлен.",
        "Новость дополнена",
        "Підписуйтесь на наш Telegram-канал, щоб першими дізнаватися новини.",
        "Подписывайтесь на канал редакции.",
        "Home / World / Europe",
        "Головна » Новини » Економіка",
        "Новости > Мир",
        "FOR IMMEDIATE RELEASE",
        "Correction: An earlier version of this article said the bridge cost 50 million euros.",
        "Clarification (3 March): the sum is in dollars.",
        "Editor’s note: This story has been updated.",
        "This article was amended on 25 November 2026. An earlier version misstated the cost.",
        "The views expressed in this article are those of the author.",
        "Уточнення: у попередній версії новини йшлося про 50 млн євро.",
        "Уточнение: сумма названа в долларах.",
        "В предыдущей версии новости говорилось о 50 млн евро.",
        "Стежте за нашими оновленнями у Telegram.",
        "Розповідаємо про головне.",
        "Коротко о главном.",
        "CNN's Jane Doe contributed to this report.",
        "Follow the AP's coverage of Congress at https://apnews.com/hub/congress.",
        "This story is breaking and will be updated.",
        "Виправлено: у першому абзаці йшлося про доллари.",
        "This is a breaking news story, please check back for updates.",
        "Privacy Notice: Newsletters may contain information about charities.",
        "Click here to subscribe.",
        "Good afternoon.",
        "GOVERNOR HOLT: Thank you all for coming.",
        "Доброго дня, колеги!",
        "Thank you for following our coverage.",
        "Мнение автора может не совпадать с позицией редакции.",
        "Точка зору автора може не збігатися з позицією редакції.",
        "Точка зрения редакции может не совпадать с мнением колумниста.",
        "Мнение редакции могут не разделять",
        "This post may contain affiliate links.",
        "Please read our disclosure policy.",
        "If you buy something using links in our stories, we may earn a commission.",
        "Learn more.",
        "The BBC is not responsible for the content of external sites.",
        "The Times is committed to publishing a diversity of letters to the editor.",
        "Listen to highlights from Yorkshire on BBC Sounds, catch up with the latest episode of Look North.",
        "To order a copy, go to heraldshop.example.",
        "Ключевые слова: демография, миграция.",
        "Keywords: tax, trams.",
        "Подробнее",
        "НАСТОЯЩИЙ МАТЕРИАЛ (ИНФОРМАЦИЯ) ПРОИЗВЕДЕН И РАСПРОСТРАНЕН ИНОСТРАННЫМ АГЕНТОМ",
        "Для негайного поширення",
        "Для немедленной публикации",
        "Підпишіться на наш Телеграм.",
        "Понравилось интервью? Подпишитесь на рассылку — присылаем письма по четвергам",
        "Сподобалась стаття? Поділіться з друзями!",
        "Ставьте лайк и подписывайтесь на канал :)",
        "Думка авторів колонки може не збігатися з позицією редакції.",
    ],
)
def test_what_a_page_says_to_its_reader_is_boilerplate(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "The EU fined Google over its use of cookies.",
        "The newsletter has 5,000 readers, Macron said.",
        "The firm contributed to this year's growth.",
        "Police follow the coverage of the trial.",
        "Міністр розповів про головне завдання уряду.",
        "Scientists found an error in the figures.",
        "Facebook said on Monday it had changed its privacy policy and terms of service.",
        "“By noon your inbox is a jungle,” said its author, Ann Lee.",
        "Поліція знайшла помилку в документах прокурора.",
        "Учёные нашли ошибку в расчётах.",
        "Канал оновлено до нової версії законопроєкту.",
        "Мэр подписывает договор о новом канале.",
        "New York / London trade fell 3 % / 4 % on Monday.",
        "Profit rose 12 % / 14 %",
        "Macron arrives in Kyiv → talks begin on Monday after a short visit to the wounded",
        "An earlier version of the bill was rejected in May, the minister said.",
        "The correction of house prices will last a year: they fell by 4 % in May.",
        "У попередній версії статті 5 закону йшлося про штраф.",
        "Уточнение бюджета займёт месяц.",
        "The press release said the goods were for immediate delivery.",
        "Our privacy policy is a mess, the minister told MPs.",
        "This is a developing country's right, the minister said.",
        "Click here to kill: how a book on bombs was found.",
        "See page 5 of the report, the court said.",
        "Тел. 102 не відповідав, кажуть мешканці Дніпра.",
        "Hello world",
        "Привет из Киева.",
        "Мнение автора книги удивило критиков.",
        "Думка президента не збігається з позицією уряду.",
        "Редакция газеты не разделила гонорар между авторами.",
        "Listen to the sea and it will tell you, the poet said.",
        "Brokers may earn a commission on each sale.",
        "The agency sent out the text for immediate publication.",
        "Щоб дізнатися більше, комісія запросила документи.",
        "Матеріал для негайного поширення серед військових роздали в частинах.",
        "Понравилась ли речь депутатам, спикер не сказал.",
        "",
    ],
)
def test_news_about_the_same_things_is_none(line: str) -> None:
    assert not is_boilerplate(line)


def test_the_way_to_a_page_is_not_its_headline() -> None:
    document = segment("Home / World / Europe\n\nCity buys twenty trams\n\nThe council met on Monday.")
    assert [document.segment_text(place) for place in headline(document)] == ["City buys twenty trams"]


def test_boilerplate_is_still_translated_sentence_by_sentence() -> None:
    document = segment("We use cookies here. Accept all cookies to go on.\n\nThe council met.")
    assert [document.segment_text(index) for index in range(2)] == ["We use cookies here.", "Accept all cookies to go on."]
    assert document.segments[0].kind is document.segments[1].kind is SegmentKind.BYLINE


def test_a_brief_is_short_rather_than_filled_with_boilerplate_and_labels() -> None:
    document = segment(
        "City buys trams\n\nThe council bought twenty trams.\n\nKey points:\n\n- Rents fell by half.\n\nIf you see a typo, tell us."
    )
    picked = pick(document, rank(document, hints=RankingHints()), limits=BriefLimits(max_sentences=5))
    assert [document.segment_text(index) for index in picked] == ["The council bought twenty trams.", "Rents fell by half."]


def test_a_greeting_said_over_and_over_before_other_words_is_read_at_once() -> None:
    assert not is_boilerplate("дякую всім" * 23 + " за звіт")
    assert is_boilerplate("Дякую всім! Дякую всім, друзі.")
