"""Detect: the language of each text, or why it cannot be told."""

import re
from dataclasses import replace

import pytest

from korotko_service.deadline import Deadline
from korotko_service.errors import ExpiredInQueue, FieldInvalid, LanguageUndetermined, TextTooLong
from korotko_service.pipeline.detect import WITNESSES
from korotko_service.pipeline.jobs import DetectJob
from tests import zoo

ENGLISH = "The talks in Geneva will go on until the end of the week."
UKRAINIAN = "Переговори триватимуть у Женеві до кінця тижня."
RUSSIAN = "Никто из участников переговоров не ушёл раньше времени."


async def test_each_text_has_its_own_language(house) -> None:
    async with house(zoo.Echo()) as rooms:
        items = await rooms.detect(DetectJob(texts=(ENGLISH, UKRAINIAN, RUSSIAN)))
    assert [item.value.detection.language for item in items] == ["en", "uk", "ru"]
    assert [item.value.mixed for item in items] == [False] * 3


async def test_no_model_is_asked(house) -> None:
    engine = zoo.Echo()
    async with house(engine) as rooms:
        await rooms.detect(DetectJob(texts=(ENGLISH,)))
    assert engine.batches == []


async def test_sentences_are_told_where_asked_for(house) -> None:
    text = f"{UKRAINIAN} {RUSSIAN}"
    async with house(zoo.Echo()) as rooms:
        (item,) = await rooms.detect(DetectJob(texts=(text,), sentences=True))
    assert [text[each.span.start : each.span.end] for each in item.value.sentences] == [UKRAINIAN, RUSSIAN]
    assert [each.detection.language for each in item.value.sentences] == ["uk", "ru"]
    assert item.value.mixed


async def test_sentences_are_not_told_unasked(house) -> None:
    async with house(zoo.Echo()) as rooms:
        (item,) = await rooms.detect(DetectJob(texts=(ENGLISH,)))
    assert item.value.sentences == ()


async def test_a_long_text_is_judged_by_a_few_of_its_sentences_unless_all_are_asked_for() -> None:
    count = 2 * WITNESSES
    hidden, seen = [ENGLISH] * count, [ENGLISH] * count
    hidden[1], seen[-1] = RUSSIAN, RUSSIAN
    async with zoo.running() as app:
        jobs = [DetectJob(texts=(" ".join(text),), sentences=asked) for text in (hidden, seen) for asked in (False, True)]
        found = [(await app.use_cases.detect(job))[0].value for job in jobs]
    assert [each.mixed for each in found] == [False, True, True, True]
    assert [len(each.sentences) for each in found] == [0, count, 0, count]


async def test_every_sentence_of_a_short_text_is_judged(house) -> None:
    text = " ".join([*[ENGLISH] * (WITNESSES - 2), RUSSIAN, ENGLISH])
    assert len(text) <= 2000
    async with house(zoo.Echo()) as rooms:
        (item,) = await rooms.detect(DetectJob(texts=(text,)))
    assert item.value.mixed


async def test_what_is_over_the_bound_of_a_call_is_not_read_sentence_by_sentence(house) -> None:
    text = f"{UKRAINIAN} {RUSSIAN}"
    async with house(zoo.Echo()) as rooms:
        detect = replace(rooms.detect, max_characters_by_sentence=len(UKRAINIAN))
        items = await detect(DetectJob(texts=(text, text), sentences=True))
    read, unread = ([(each.detection.language, each.detection.confidence > 0) for each in item.value.sentences] for item in items)
    assert read == [("uk", True), ("ru", False)]
    assert unread == [("ru", False), ("ru", False)]
    assert [text[each.span.start : each.span.end] for each in items[1].value.sentences] == [UKRAINIAN, RUSSIAN]
    assert [item.value.mixed for item in items] == [True, True]


async def test_a_bad_text_harms_no_neighbour(house) -> None:
    async with house(zoo.Echo()) as rooms:
        items = await rooms.detect(DetectJob(texts=("", "12 34", "x" * 2001, ENGLISH)))
    assert [type(item.error) for item in items[:3]] == [FieldInvalid, LanguageUndetermined, TextTooLong]
    assert [item.error.field for item in items[:3]] == ["texts[0]", "texts[1]", "texts[2]"]
    assert items[3].value.detection.language == "en"


@pytest.mark.parametrize(
    ("text", "said"),
    [("Київ", "so few words may be only a name; candidates: uk (1.00); send more of it"), ("12 345", "cannot be told; send more of it")],
)
async def test_a_refusal_says_why_the_language_cannot_be_told(house, text: str, said: str) -> None:
    async with house(zoo.Echo()) as rooms:
        (item,) = await rooms.detect(DetectJob(texts=(text,)))
    assert said in item.error.message


async def test_what_is_merely_unsure_is_not_called_a_name(house) -> None:
    async with house(zoo.Echo()) as rooms:
        (item,) = await rooms.detect(DetectJob(texts=("погода на завтра",)))
    assert isinstance(item.error, LanguageUndetermined)
    assert "cannot be told; candidates: uk (" in item.error.message


async def test_a_refusal_names_the_languages_of_the_server_before_all_others(house) -> None:
    async with house(zoo.Echo()) as rooms:
        (item,) = await rooms.detect(DetectJob(texts=("Курс доллара",)))
    named = re.findall(r"(\w+) \(0\.\d\d\)", item.error.message)
    assert set(named[:2]) == {"uk", "ru"}
    assert len(named) > 2


async def test_a_mixed_text_has_the_language_of_most_of_it_and_is_said_to_be_mixed(house) -> None:
    text = "Президент прибув до Варшави. Он сказал это по-русски вчера вечером. Потім поїхав."
    async with house(zoo.Echo()) as rooms:
        items = [(await rooms.detect(DetectJob(texts=(text,), sentences=asked)))[0].value for asked in (False, True)]
    assert [(item.detection.language, item.mixed) for item in items] == [("uk", True), ("uk", True)]
    assert [each.detection.language for each in items[1].sentences] == ["uk", "ru", "uk"]


async def test_a_call_whose_time_is_over_reads_no_further() -> None:
    async with zoo.running() as app:
        times = iter((0.0, 0.5, 1.0))
        detect = replace(app.use_cases.detect, clock=lambda: next(times))
        with pytest.raises(ExpiredInQueue, match="after 2 of 3 texts"):
            await detect(DetectJob(texts=(ENGLISH,) * 3, deadline=Deadline(1.0)))
