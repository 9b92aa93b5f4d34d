"""Mistakes of the caller: each is told by the name of what was wrong, before anything is sent."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from korotko import Article, FieldInvalid, Term
from korotko._calls import translate_request
from tests.client.conftest import Caller
from tests.client.fake_server import FakeServer

HALF = "a\ud83d"


@pytest.mark.parametrize("text", [None, b"abc", 7, ["a"]])
async def test_a_text_is_a_string(client: Caller, server: FakeServer, text: Any) -> None:
    for call in (client.translate(text, target="uk"), client.translate_many([text], target="uk"), client.detect(text)):
        with pytest.raises(TypeError, match=r"text(s\[0\])? must be a str, not "):
            await call
    with pytest.raises(TypeError, match="an article's body must be a str, not "):
        await client.summarize(text)
    assert not server.calls


async def test_a_list_where_one_text_goes_is_told_the_method_for_many(client: Caller) -> None:
    with pytest.raises(TypeError, match="text must be a str, not a list; for several texts use translate_many"):
        await client.translate(["a", "b"], target="uk")
    with pytest.raises(TypeError, match="text must be a str, not a tuple; for several texts use detect_many"):
        await client.detect(("a", "b"))


async def test_one_string_is_no_list(client: Caller) -> None:
    for texts in ("abc", b"abc"):
        with pytest.raises(TypeError, match="texts must be a list of strings, not one string"):
            await client.translate_many(texts, target="uk")
        with pytest.raises(TypeError, match="many texts, not one string"):
            await client.translate_stream(texts, target="uk")
    with pytest.raises(TypeError, match="targets must be a list, not an int"):
        await client.summarize("a", targets=3)
    with pytest.raises(TypeError, match=r"texts\[1\] must be a str, not a bytes; decode them first"):
        await client.translate_many(["a", b"b"], target="uk")


async def test_half_a_surrogate_pair_is_refused_with_its_place(client: Caller, server: FakeServer) -> None:
    with pytest.raises(FieldInvalid, match=r"U\+D83D at 1 is half of a surrogate pair") as caught:
        await client.translate_many(["good", HALF], target="uk")
    assert (caught.value.field, caught.value.code, caught.value.reason) == ("texts[1]", "INVALID_ARGUMENT", "")
    for article, field in (
        (Article(HALF), "article.body"),
        (Article("a", title=HALF), "article.title"),
        (Article("a", lede=HALF), "article.lede"),
        (Article("a", id=HALF), "article.id"),
    ):
        with pytest.raises(FieldInvalid) as caught:
            await client.summarize(article)
        assert caught.value.field == field
    assert not server.calls


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"sentences": 10**12}, "sentences = 1000000000000 is out of range"),
        ({"sentences": "3"}, "sentences must be an int, not a str"),
        ({"sentences": True}, "sentences must be an int, not a bool"),
        ({"max_characters": 2**31}, "max_characters = "),
        ({"beam_size": 1.5}, "beam_size must be an int, not a float"),
        ({"beam_size": np.float64(2)}, "beam_size must be an int, not a float64"),
        ({"sentences": np.bool_(True)}, "sentences must be an int, not a bool"),
        ({"sentences": np.array([1, 2])}, "sentences must be an int, not a ndarray"),
        ({"sentences": np.int64(2**31)}, "sentences = 2147483648 is out of range"),
        ({"source": 1}, "source must be a str, not an int"),
        ({"focus": b"bridge"}, "focus must be a str, not a bytes"),
        ({"model": HALF}, "model: the code point"),
        ({"preserved_terms": ["EU", 7]}, r"preserved_terms\[1\] must be a str, not an int"),
        ({"preserved_terms": ["EU", HALF]}, r"preserved_terms\[1\]: the code point"),
        ({"targets": [HALF]}, r"targets\[0\]: the code point"),
        ({"glossary": {"Kyiv": 1}}, r"glossary\['Kyiv'\] must be a str, not an int"),
        ({"glossary": {7: "Київ"}}, "a key of glossary must be a str, not an int"),
        ({"glossary": [Term("Kyiv", HALF)]}, r"glossary\[0\]\.target: the code point"),
        ({"glossary": [("Kyiv", "Київ")]}, "glossary is a mapping such as"),
        ({"glossary": 3}, "glossary is a mapping such as"),
        ({"labels": {"team": 1}}, r"labels\['team'\] must be a str, not an int"),
        ({"labels": ["team"]}, "labels must be a Mapping or None, not a list"),
        ({"truncate": "no"}, "truncate must be a bool or None, not a str"),
        ({"allow_degraded": "no"}, "allow_degraded must be a bool or None, not a str"),
        ({"reproducible": 2}, "reproducible must be a bool or None, not an int"),
        ({"validate_only": "no"}, "validate_only must be a bool or None, not a str"),
        ({"fail_on_severe": "no"}, "fail_on_severe must be a bool or None, not a str"),
        ({"request_id": 5}, "request_id must be a str, not an int"),
        ({"lenght": "short"}, "there is no keyword 'lenght'; did you mean 'length'?"),
        ({"sentence": 3}, "there is no keyword 'sentence'; did you mean 'sentences'?"),
        ({"zzz": 3}, "there is no keyword 'zzz'$"),
    ],
)
async def test_a_wrong_option_is_named(client: Caller, server: FakeServer, options: dict[str, Any], named: str) -> None:
    with pytest.raises((TypeError, ValueError), match=named):
        await client.summarize("a", **options)
    with pytest.raises((TypeError, ValueError), match=named):
        await client.summarize_stream(["a"], **options)
    assert not [call for call in server.calls if call.request is not None]


async def test_a_whole_number_of_any_kind_is_one(client: Caller, server: FakeServer) -> None:
    await client.summarize("a", sentences=np.int64(2), beam_size=np.uint8(3))
    (request,) = [call.request for call in server.calls]
    assert (request.brief_options.max_sentences, request.translate_options.beam_size) == (2, 3)


async def test_a_keyword_of_briefs_is_none_of_translations(client: Caller) -> None:
    with pytest.raises(TypeError, match="there is no keyword 'sentences'"):
        await client.translate("a", target="uk", sentences=3)
    with pytest.raises(TypeError, match="target must be a str, not a list"):
        await client.translate("a", target=["uk"])


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"id": 7}, "an article's id must be a str, not an int"),
        ({"title": 7}, "title must be a str or None, not an int"),
        ({"published": date(2024, 2, 29)}, "published must be a datetime or None, not a date"),
        ({"mime_type": None}, "mime_type must be a str, not None"),
    ],
)
def test_an_article_is_valid_from_birth(fields: dict[str, Any], named: str) -> None:
    with pytest.raises(TypeError, match=named):
        Article("a", **fields)


@pytest.mark.parametrize(
    ("published", "named"),
    [
        (datetime(2024, 2, 29, tzinfo=UTC).replace(tzinfo=None), "published needs a time zone"),
        (datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12))), "published lies outside of the years 1 to 9999 in UTC"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=12))), "published lies outside of the years 1 to 9999 in UTC"),
    ],
)
def test_a_moment_that_the_wire_cannot_say_is_named(published: datetime, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        Article("a", published=published)


@given(st.lists(st.text(st.characters()), max_size=4))
def test_every_list_of_texts_is_sent_as_it_is_or_refused_by_its_place(texts: list[str]) -> None:
    bad = [index for index, text in enumerate(texts) if any("\ud800" <= letter <= "\udfff" for letter in text)]
    if not bad:
        assert list(translate_request(texts, target="uk").texts) == texts
        return
    with pytest.raises(FieldInvalid) as caught:
        translate_request(texts, target="uk")
    assert caught.value.field == f"texts[{bad[0]}]"
