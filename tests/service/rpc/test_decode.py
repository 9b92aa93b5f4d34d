"""From requests to jobs: what they mean, and which field is wrong."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from korotko.v1 import language_pb2, options_pb2, summarize_pb2, translate_pb2
from korotko_service.cache import CacheMode
from korotko_service.deadline import Deadline
from korotko_service.engines.engine import DecodingOptions
from korotko_service.errors import FieldInvalid, KorotkoError, TooManyItems
from korotko_service.pipeline.jobs import Article, BriefShape, Choices, Method, SummarizeJob, TranslateJob
from korotko_service.rpc import decode
from korotko_service.rpc.decode import Arrival
from korotko_service.scheduling.waiting import Priority
from korotko_service.text.assembly import BriefFormat

ARRIVAL = Arrival(deadline=Deadline(7.0), priority=Priority.INTERACTIVE)
Options, Brief, Translate = options_pb2.RequestOptions, summarize_pb2.BriefOptions, options_pb2.TranslateOptions


def summarize(*, arrival: Arrival = ARRIVAL, article: dict[str, Any] | None = None, **fields: Any) -> SummarizeJob:
    given = {"target_language_codes": ["uk"], **fields}
    request = summarize_pb2.SummarizeRequest(article=summarize_pb2.Article(**{"body": "Text.", **(article or {})}), **given)
    return decode.summarize_job(request, arrival, max_targets=4)


def translate(*, arrival: Arrival = ARRIVAL, **fields: Any) -> TranslateJob:
    request = translate_pb2.TranslateRequest(**{"texts": ["Text."], "target_language_code": "uk", **fields})
    return decode.translate_job(request, arrival, max_texts=8)


def test_a_plain_summary_has_the_defaults() -> None:
    assert summarize() == SummarizeJob(
        article=Article(body="Text."),
        targets=("uk",),
        shape=BriefShape(),
        choices=Choices(deadline=Deadline(7.0)),
    )


def test_a_plain_translation_has_the_defaults() -> None:
    assert translate() == TranslateJob(texts=("Text.",), target="uk", source=None, choices=Choices(deadline=Deadline(7.0)))


@pytest.mark.parametrize(("mime_type", "html"), [("", False), ("text/plain", False), ("text/html", True)])
def test_a_text_is_html_where_the_caller_says_so(mime_type: str, html: bool) -> None:
    assert translate(mime_type=mime_type).html is html
    assert summarize(article={"mime_type": mime_type}).article.html is html


def test_the_article_is_taken_as_it_is() -> None:
    given = {"id": "a-1", "title": " Title ", "body": " Body\n", "lede": "Lede", "language_code": "uk-UA"}
    assert summarize(article=given).article == Article(id="a-1", title=" Title ", body=" Body\n", lede="Lede", language="uk")


def test_the_day_of_publication_is_taken_in_utc() -> None:
    given = datetime(2027, 2, 25, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    time = Timestamp()
    time.FromDatetime(given)
    assert summarize(article={"publish_time": time}).article.published == date(2027, 2, 24)


@pytest.mark.parametrize("seconds", [-(2**62), 2**62, 10**12])
def test_a_time_beyond_the_calendar_is_refused(seconds: int) -> None:
    with pytest.raises(FieldInvalid) as caught:
        summarize(article={"publish_time": Timestamp(seconds=seconds)})
    assert caught.value.field == "article.publish_time"


@pytest.mark.parametrize(("tag", "language"), [("UK", "uk"), ("ukr", "uk"), ("ru_RU", "ru"), ("en-GB", "en")])
def test_languages_are_brought_to_one_spelling(tag: str, language: str) -> None:
    job = translate(target_language_code=tag, source_language_code=tag)
    assert (job.target, job.source, summarize(target_language_codes=[tag]).targets) == (language, language, (language,))


def test_targets_keep_their_order() -> None:
    assert summarize(target_language_codes=["ru", "en", "uk"]).targets == ("ru", "en", "uk")


@pytest.mark.parametrize(
    ("options", "shape"),
    [
        ({}, BriefShape(max_sentences=3)),
        ({"preset": summarize_pb2.BRIEF_LENGTH_UNSPECIFIED}, BriefShape(max_sentences=3)),
        ({"preset": summarize_pb2.BRIEF_LENGTH_HEADLINE}, BriefShape(headline=True, max_sentences=1)),
        ({"preset": summarize_pb2.BRIEF_LENGTH_SHORT}, BriefShape(max_sentences=3)),
        ({"preset": summarize_pb2.BRIEF_LENGTH_MEDIUM}, BriefShape(max_sentences=5)),
        ({"preset": summarize_pb2.BRIEF_LENGTH_LONG}, BriefShape(max_sentences=8)),
        ({"max_sentences": 1}, BriefShape(max_sentences=1)),
        ({"max_sentences": 50}, BriefShape(max_sentences=50)),
        ({"max_characters": 20}, BriefShape(max_sentences=50, max_characters=20)),
        ({"format": summarize_pb2.BRIEF_FORMAT_PARAGRAPH}, BriefShape()),
        ({"format": summarize_pb2.BRIEF_FORMAT_BULLETS}, BriefShape(format=BriefFormat.BULLETS)),
        ({"method": summarize_pb2.BRIEF_METHOD_EXTRACTIVE}, BriefShape(method=Method.EXTRACTIVE)),
        ({"method": summarize_pb2.BRIEF_METHOD_ABSTRACTIVE}, BriefShape(method=Method.ABSTRACTIVE)),
        ({"focus": "the economy"}, BriefShape(focus="the economy")),
    ],
)
def test_a_brief_has_the_shape_asked_for(options: dict[str, Any], shape: BriefShape) -> None:
    assert summarize(brief_options=Brief(**options)).shape == shape


@pytest.mark.parametrize(
    ("options", "translation", "choices"),
    [
        ({"model": "opus"}, {}, Choices(model="opus")),
        ({"reproducible": True}, {}, Choices(options=DecodingOptions(reproducible=True))),
        ({"validate_only": True}, {}, Choices(validate_only=True)),
        ({"priority": options_pb2.PRIORITY_BULK}, {}, Choices(priority=Priority.BULK)),
        ({"priority": options_pb2.PRIORITY_INTERACTIVE}, {}, Choices()),
        ({"fail_on": options_pb2.FAIL_ON_NOTHING}, {}, Choices()),
        ({"fail_on": options_pb2.FAIL_ON_SEVERE}, {}, Choices(fail_on_severe=True)),
        ({"cache_mode": options_pb2.CACHE_MODE_DEFAULT}, {}, Choices()),
        ({"cache_mode": options_pb2.CACHE_MODE_BYPASS}, {}, Choices(cache=CacheMode.BYPASS)),
        ({"cache_mode": options_pb2.CACHE_MODE_REFRESH}, {}, Choices(cache=CacheMode.REFRESH)),
        ({}, {"beam_size": 8}, Choices(options=DecodingOptions(beam_size=8))),
        ({}, {"truncation_policy": options_pb2.TRUNCATION_POLICY_REJECT}, Choices()),
        ({}, {"truncation_policy": options_pb2.TRUNCATION_POLICY_TRUNCATE}, Choices(truncates=True)),
    ],
)
@pytest.mark.parametrize("job", [summarize, translate])
def test_both_kinds_of_call_have_the_same_choices(
    job: Callable[..., Any], options: dict[str, Any], translation: dict[str, Any], choices: Choices
) -> None:
    arrival = Arrival(deadline=Deadline(), priority=Priority.INTERACTIVE)
    assert job(arrival=arrival, options=Options(**options), translate_options=Translate(**translation)).choices == choices


@pytest.mark.parametrize(
    ("asked", "priority"),
    [
        (options_pb2.PRIORITY_UNSPECIFIED, Priority.BULK),
        (options_pb2.PRIORITY_INTERACTIVE, Priority.INTERACTIVE),
        (options_pb2.PRIORITY_BULK, Priority.BULK),
    ],
)
def test_a_streams_items_are_bulk_unless_they_say_otherwise(asked: int, priority: Priority) -> None:
    arrival = Arrival(deadline=Deadline(), priority=Priority.BULK)
    assert translate(arrival=arrival, options=Options(priority=asked)).choices.priority is priority


UNKNOWN = 99
LONG = "x" * 2001

SUMMARIES: list[tuple[str, dict[str, Any]]] = [
    ("article.mime_type", {"article": {"mime_type": "text/markdown"}}),
    ("article.language_code", {"article": {"language_code": "українська"}}),
    ("article.language_code", {"article": {"language_code": " "}}),
    ("article.mime_type", {"article": {"mime_type": "text/html;" + "x" * 119}}),
    ("article.id", {"article": {"id": "x" * 129}}),
    ("article.title", {"article": {"title": LONG}}),
    ("article.lede", {"article": {"lede": LONG}}),
    ("target_language_codes[0]", {"target_language_codes": [""]}),
    ("target_language_codes[2]", {"target_language_codes": ["en", "uk", "english please"]}),
    ("target_language_codes", {"target_language_codes": []}),
    ("target_language_codes[2]", {"target_language_codes": ["en", "uk", "en"]}),
    ("target_language_codes[1]", {"target_language_codes": ["uk", "uk-UA"]}),
    ("brief_options.preset", {"brief_options": Brief(preset=UNKNOWN)}),
    ("brief_options.max_sentences", {"brief_options": Brief(max_sentences=0)}),
    ("brief_options.max_sentences", {"brief_options": Brief(max_sentences=-1)}),
    ("brief_options.max_sentences", {"brief_options": Brief(max_sentences=51)}),
    ("brief_options.max_characters", {"brief_options": Brief(max_characters=0)}),
    ("brief_options.max_characters", {"brief_options": Brief(max_characters=19)}),
    ("brief_options.format", {"brief_options": Brief(format=UNKNOWN)}),
    ("brief_options.method", {"brief_options": Brief(method=UNKNOWN)}),
    ("brief_options.focus", {"brief_options": Brief(focus=LONG)}),
]
TRANSLATIONS: list[tuple[str, dict[str, Any]]] = [
    ("mime_type", {"mime_type": "text/markdown"}),
    ("mime_type", {"mime_type": "text/plain;" + "x" * 118}),
    ("texts", {"texts": []}),
    (
        "translate_options.truncation_policy",
        {"mime_type": "text/html", "translate_options": Translate(truncation_policy=options_pb2.TRUNCATION_POLICY_TRUNCATE)},
    ),
    ("target_language_code", {"target_language_code": ""}),
    ("target_language_code", {"target_language_code": "u"}),
    ("source_language_code", {"source_language_code": "12"}),
]
BOTH: list[tuple[str, dict[str, Any]]] = [
    ("options.priority", {"options": Options(priority=UNKNOWN)}),
    ("options.cache_mode", {"options": Options(cache_mode=UNKNOWN)}),
    ("options.fail_on", {"options": Options(fail_on=UNKNOWN)}),
    ("options.labels", {"options": Options(labels={str(number): "" for number in range(17)})}),
    ("options.labels", {"options": Options(labels={"k" * 64: ""})}),
    ("options.labels", {"options": Options(labels={"": "v" * 64})}),
    *(("options.labels", {"options": Options(labels={"feed": sign})}) for sign in ("a\nb", "\x1b[31m", "\u202e", "\u2028", "\0")),
    ("options.model", {"options": Options(model="m" * 129)}),
    ("translate_options.beam_size", {"translate_options": Translate(beam_size=9)}),
    ("translate_options.beam_size", {"translate_options": Translate(beam_size=-1)}),
    ("translate_options.truncation_policy", {"translate_options": Translate(truncation_policy=UNKNOWN)}),
]


@pytest.mark.parametrize(
    ("job", "field", "given"),
    [
        *((summarize, field, given) for field, given in SUMMARIES + BOTH),
        *((translate, field, given) for field, given in TRANSLATIONS + BOTH),
    ],
)
def test_a_bad_field_is_refused_by_its_path(job: Callable[..., Any], field: str, given: dict[str, Any]) -> None:
    with pytest.raises(FieldInvalid) as caught:
        job(**given)
    assert caught.value.field == field
    assert not caught.value.message.startswith(field), "the status puts it in front"


def test_who_sends_an_unknown_value_is_told_the_known_ones() -> None:
    with pytest.raises(FieldInvalid, match=r"^unknown value 99; this server knows 0 to 2$"):
        summarize(brief_options=Brief(method=UNKNOWN))
    with pytest.raises(FieldInvalid, match=r"^unknown value 99; this server knows 0 to 3$"):
        translate(options=Options(cache_mode=UNKNOWN))


def test_fields_at_their_limits_are_taken() -> None:
    labels = {str(number): "v" * 63 for number in range(16)}
    job = summarize(
        article={"id": "ї" * 128, "title": "x" * 2000, "lede": "x" * 2000, "mime_type": "text/plain;" + "x" * 117},
        brief_options=Brief(focus="x" * 2000),
        options=Options(labels=labels, model="m" * 128),
    )
    assert job.shape.focus == "x" * 2000
    assert summarize(target_language_codes=["en", "uk", "ru", "de"]).targets == ("en", "uk", "ru", "de")
    assert len(translate(texts=["Text."] * 8).texts) == 8


@pytest.mark.parametrize(
    ("job", "field", "given"),
    [
        (summarize, "target_language_codes", {"target_language_codes": ["en", "uk", "ru", "de", "no language"]}),
        (translate, "texts", {"texts": [""] * 9}),
        (summarize, "translate_options.glossary", {"translate_options": Translate(glossary=[options_pb2.GlossaryEntry()] * 257)}),
        (translate, "translate_options.preserved_terms", {"translate_options": Translate(preserved_terms=[""] * 257)}),
    ],
)
def test_too_many_are_refused_before_they_are_read(job: Callable[..., Any], field: str, given: dict[str, Any]) -> None:
    with pytest.raises(TooManyItems) as caught:
        job(**given)
    assert caught.value.field == field


def test_a_detection_takes_texts_and_whether_sentences_are_wanted() -> None:
    job = decode.detect_job(language_pb2.DetectLanguageRequest(texts=["a", ""], include_sentences=True), ARRIVAL, max_texts=8)
    assert (job.texts, job.sentences) == (("a", ""), True)


@pytest.mark.parametrize(("count", "kind"), [(0, FieldInvalid), (9, TooManyItems)])
def test_a_detection_of_a_bad_number_of_texts_is_refused(count: int, kind: type[KorotkoError]) -> None:
    with pytest.raises(kind):
        decode.detect_job(language_pb2.DetectLanguageRequest(texts=["Text."] * count), ARRIVAL, max_texts=8)


@pytest.mark.parametrize("given", ["r", "a b/c:1", "x" * 128])
def test_a_callers_name_for_a_call_is_kept(given: str) -> None:
    assert decode.request_id(given) == given


@pytest.mark.parametrize("given", ["x" * 129, "запит", "line\nbreak", "\x00"])
def test_a_name_that_no_log_line_holds_is_refused(given: str) -> None:
    with pytest.raises(FieldInvalid) as caught:
        decode.request_id(given)
    assert caught.value.field == "options.request_id"


def test_a_call_without_a_name_gets_one_of_its_own() -> None:
    assert len({decode.request_id("") for _ in range(10)}) == 10


@pytest.mark.parametrize("allowed", [True, False])
def test_a_cheaper_brief_is_accepted_only_where_the_caller_says_so(allowed: bool) -> None:
    options = summarize_pb2.BriefOptions(allow_degraded=allowed)
    assert summarize(arrival=ARRIVAL, brief_options=options).shape.allows_degraded is allowed


def test_a_job_says_whose_it_is() -> None:
    arrival = Arrival(deadline=Deadline(), priority=Priority.INTERACTIVE, caller="a caller")
    assert summarize(arrival=arrival).choices.order.caller == "a caller"
    assert translate(arrival=arrival).choices.order.caller == "a caller"


@pytest.mark.parametrize("tag", ["uk-Cyrl-UA", "uk_UA", "ukr-cyrl", "uk"])
def test_a_tag_with_the_script_of_its_language_is_taken(tag: str) -> None:
    assert translate(target_language_code=tag).target == "uk"


@pytest.mark.parametrize("tag", ["uk-Latn", "ukr_latn_UA", "ru-Latn-RU", "en-Cyrl"])
def test_a_tag_with_a_script_that_is_not_served_is_refused_and_not_ignored(tag: str) -> None:
    with pytest.raises(FieldInvalid, match="is served in the script") as caught:
        translate(target_language_code=tag)
    assert caught.value.field == "target_language_code"
    glossary = [options_pb2.GlossaryEntry(source_term="Kyiv", target_language_code=tag)]
    with pytest.raises(FieldInvalid, match="is served in the script"):
        translate(translate_options=options_pb2.TranslateOptions(glossary=glossary))
