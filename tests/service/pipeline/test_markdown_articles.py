"""Briefs of articles in Markdown: plain words, each sentence pointing into the Markdown that was sent."""

import re
from typing import Any

from korotko_service.fidelity.pieces.glossary import Entry, Glossary, Term
from korotko_service.pipeline.jobs import Article, BriefShape, Choices, SummarizeJob
from korotko_service.pipeline.results import Brief
from tests import zoo
from tests.service.pipeline.press import cut_where_allowed, quoted

ARTICLE = """# Dockers return **to work**

![The port of Mombasa](https://example.com/port.jpg)
*Ships wait in the port of Mombasa for the dockers.*

**Dockers in Mombasa went back to work on Wednesday** after the port agreed to a [pay rise of 11%](https://example.com/pay).

> The dockers of Mombasa should have told the port of the pay.

The first ships of the port were _unloaded_ in the night, the dockers' union said, and the others of Mombasa will follow.

```python
print("The dockers of Mombasa went back to the port.")
```

| Port | Dockers |
|------|---------|
| Mombasa | 900 |
"""
SENTENCES = [
    "Dockers in Mombasa went back to work on Wednesday after the port agreed to a pay rise of 11%.",
    "The first ships of the port were unloaded in the night, the dockers' union said, and the others of Mombasa will follow.",
]


def job(body: str = ARTICLE, *targets: str, choices: Choices | None = None, **shape: Any) -> SummarizeJob:
    return SummarizeJob(
        article=Article(body=body, language="en"), targets=targets or ("en",), shape=BriefShape(**shape), choices=choices or Choices()
    )


async def brief(house: Any, engine: zoo.Echo, wanted: SummarizeJob) -> Brief:
    async with house(engine) as rooms:
        (item,) = (await rooms.summarize(wanted)).briefs
    assert item.value is not None, item.error
    return item.value


async def test_a_brief_has_the_words_without_the_marks_and_points_to_both(house) -> None:
    made = await brief(house, zoo.Echo(), job(max_sentences=20))
    assert [made.text[each.span.start : each.span.end] for each in made.sentences] == SENTENCES
    assert [re.sub(r"\*\*|_|\[|\]\([^)]*\)", "", piece) for piece in quoted(made, ARTICLE)] == SENTENCES
    assert quoted(made, ARTICLE)[0].endswith("[pay rise of 11%](https://example.com/pay).")


async def test_a_translation_of_it_points_to_the_same_markdown(house) -> None:
    made = await brief(house, zoo.Upper(), job(ARTICLE, "uk"))
    assert made.text == " ".join(SENTENCES).upper()
    assert quoted(made, ARTICLE) == quoted(await brief(house, zoo.Echo(), job()), ARTICLE)


async def test_the_heading_is_the_headline_without_its_marks(house) -> None:
    made = await brief(house, zoo.Echo(), job(headline=True))
    assert (made.text, quoted(made, ARTICLE)) == ("Dockers return to work", ["Dockers return **to work"])


async def test_applied_terms_point_into_the_markdown(house) -> None:
    terms = Glossary(entries=(Entry(term=Term(source="pay rise", target="надбавка"), language=None),))
    made = await brief(house, zoo.Upper(), job(ARTICLE, "uk", choices=Choices(glossary=terms)))
    (term,) = made.applied_terms
    assert term.source is not None
    assert ARTICLE[term.source.start : term.source.end] == "pay rise"


async def test_a_plain_text_keeps_its_asterisks_and_hashes(house) -> None:
    text = "The song* is # 1 in 2 * 3 charts of the country, f**k it said. The singer [sic](he meant May) was glad of _so_ much."
    made = await brief(house, zoo.Echo(), job(text))
    assert (made.text, quoted(made, text)) == (text, text.replace("said. ", "said.\n").split("\n"))


async def test_markdown_of_nothing_but_code_is_read_as_it_is(house) -> None:
    text = "```\nThe bridge is open.\n```"
    made = await brief(house, zoo.Echo(), job(text))
    assert made.text == "The bridge is open."


async def test_markdown_over_the_limit_is_refused_or_cut_before_its_last_sentence(house) -> None:
    long = ARTICLE + "\nOne more **ship** of the port was [unloaded](https://example.com) on that day." * 60
    made = await cut_where_allowed(house, job, long)
    assert all(piece.endswith(".") for piece in quoted(made, long))
