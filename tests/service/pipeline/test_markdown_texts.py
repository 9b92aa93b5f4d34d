"""Markdown through Translate: structure as it was whatever the model does, and any other text as before."""

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.errors import LanguageUndetermined, TextTooLong
from korotko_service.fidelity.pieces.glossary import Entry, Glossary
from korotko_service.fidelity.pieces.terms import Term
from korotko_service.pipeline.jobs import Choices, TranslateJob
from korotko_service.pipeline.reading import read
from korotko_service.pipeline.results import Translation
from tests import zoo

README = """# The **bridge**

The new bridge is *open*, see [the map](https://kyiv.example/map_of_it).

```sh
tram --all  # runs all trams
```

| City | Price |
|------|------:|
| Kyiv | **5&nbsp;euros** |

- [x] Run `tram --all` then.
- [ ] Read it[^1].

[^1]: It is in **Ukrainian**.
[map]: https://kyiv.example/map
"""
CAPITALS = (
    README.replace("The **bridge**", "THE **BRIDGE**")
    .replace("The new bridge is *open*, see [the map]", "THE NEW BRIDGE IS *OPEN*, SEE [THE MAP]")
    .replace("City | Price", "CITY | PRICE")
    .replace("Kyiv | **5&nbsp;euros**", "KYIV | **5&nbsp;EUROS**")
    .replace("Run `tram --all` then", "RUN `tram --all` THEN")
    .replace("Read it", "READ IT")
    .replace("It is in **Ukrainian**", "IT IS IN **UKRAINIAN**")
)


def job(*texts: str, target: str = "uk", source: str | None = "en", **choices: Any) -> TranslateJob:
    return TranslateJob(texts=texts, target=target, source=source, choices=Choices(**choices))


async def translated(house: Any, engine: zoo.Echo, text: str, **choices: Any) -> Translation:
    async with house(engine) as rooms:
        (item,) = (await rooms.translate(job(text, **choices))).items
    assert item.value is not None, item.error
    return item.value


async def test_words_are_translated_and_nothing_else(house) -> None:
    engine = zoo.Upper()
    translation = await translated(house, engine, README)
    assert translation.text == CAPITALS
    assert set(engine.texts) >= {
        "The new bridge is XQ1 open XQ2, see XQ3 the map.",
        "Run XQ1 then.",
        "Read it.",
        "Kyiv",
        "It is in XQ1 Ukrainian.",
    }


@pytest.mark.parametrize("engine", [zoo.Mute, zoo.Eating, zoo.Doubling, zoo.Gluing, zoo.Backwards], ids=lambda engine: engine.__name__)
async def test_code_targets_and_bars_come_through_whatever_the_model_does(house, engine: type[zoo.Echo]) -> None:
    text = (await translated(house, engine(), README)).text
    kept = ["# ", "(https://kyiv.example/map_of_it)", "\n\n```sh\ntram --all  # runs all trams\n```\n\n", "\n|------|------:|\n",
            "\n- [x] ", "`tram --all`", "\n- [ ] ", "[^1]", "\n\n[^1]: ", "\n[map]: https://kyiv.example/map\n"]  # fmt: skip
    places = [text.find(each) for each in kept]
    assert -1 not in places
    assert places == sorted(places)
    assert text.count("*") == README.count("*")


async def test_sentences_and_terms_point_into_both_texts(house) -> None:
    terms = Glossary(entries=(Entry(term=Term(source="the map", target="карту"), language=None),))
    translation = await translated(house, zoo.Upper(), README, glossary=terms)
    pairs = [
        (README[each.source.start : each.source.end], translation.text[each.target.start : each.target.end])
        for each in translation.sentences
    ]
    assert pairs[0] == ("The **bridge", "THE **BRIDGE")
    assert pairs[1][1] == "THE NEW BRIDGE IS *OPEN*, SEE [карту](https://kyiv.example/map_of_it)."
    (term,) = translation.applied_terms
    assert translation.text[term.target.start : term.target.end] == "карту"


async def test_the_language_is_that_of_the_words(house) -> None:
    text = "```\nthe words of a program that is written in english\n```\n\nПереговори **триватимуть** у Женеві."
    async with house(zoo.Upper()) as rooms:
        (item,) = (await rooms.translate(job(text, source=None, target="en"))).items
    assert item.value.source.language == "uk"


async def test_markdown_in_the_target_language_stays_as_it_is(house) -> None:
    text = "> The **bridge** is\n> open: 5\\*, **Kyiv**ites &mdash; all.\n"
    async with house(zoo.Upper()) as rooms:
        (item,) = (await rooms.translate(job(text, target="en"))).items
    assert item.value.text == text


async def test_a_text_of_nothing_but_code_comes_back_or_has_no_language(house) -> None:
    text = "```\nThe words of a program.\n```\n"
    engine = zoo.Upper()
    assert (await translated(house, engine, text)).text == text
    assert engine.texts == []
    async with house(zoo.Upper()) as rooms:
        (item,) = (await rooms.translate(job(text, source=None))).items
    assert isinstance(item.error, LanguageUndetermined)


async def test_markdown_over_the_limit_is_refused_or_cut_before_its_last_sentence(house) -> None:
    long = "The **bridge** is open. " * 100
    async with house(zoo.Upper()) as rooms:
        (refused,) = (await rooms.translate(job(long))).items
        (cut,) = (await rooms.translate(job(long, truncates=True))).items
    assert isinstance(refused.error, TextTooLong)
    assert cut.value.truncated
    assert cut.value.text == "THE **BRIDGE** IS OPEN. " * 82 + "THE **BRIDGE** IS OPEN."


_words = ["Prices", "5*", "rose", "snake_case", "2 * 3 * 4", "#news", "5-7", "C#", "f**k", "[1]", "п`ять", "Так", "R&D"]
_lines = st.tuples(st.sampled_from(["", "- ", "— ", "• ", "* ", "«— ", "1. "]), st.lists(st.sampled_from(_words), min_size=1, max_size=6))


@given(st.lists(_lines, min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_a_text_without_marks_is_read_as_plain_text(lines: list) -> None:
    text = "\n".join(opening + " ".join(words) + "." for opening, words in lines)
    reading = read(text, language="en", limit=10_000, field="texts[0]")
    assert reading.page is None
    assert reading.document.text == text
