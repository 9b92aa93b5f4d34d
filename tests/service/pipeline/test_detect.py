"""Detect: the language of each text, or why it cannot be told."""

import pytest

from korotko_service.errors import FieldInvalid, LanguageUndetermined, TextTooLong, TooManyItems
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


async def test_a_bad_text_harms_no_neighbour(house) -> None:
    async with house(zoo.Echo()) as rooms:
        items = await rooms.detect(DetectJob(texts=("", "12 34", "x" * 2001, ENGLISH)))
    assert [type(item.error) for item in items[:3]] == [FieldInvalid, LanguageUndetermined, TextTooLong]
    assert [item.error.field for item in items[:3]] == ["texts[0]", "texts[1]", "texts[2]"]
    assert items[3].value.detection.language == "en"


@pytest.mark.parametrize(("count", "kind"), [(0, FieldInvalid), (9, TooManyItems)])
async def test_a_bad_number_of_texts_is_refused(house, count: int, kind: type[Exception]) -> None:
    async with house(zoo.Echo()) as rooms:
        with pytest.raises(kind):
            await rooms.detect(DetectJob(texts=(ENGLISH,) * count))
