"""From requests to jobs: an invalid field is refused by its path, and nothing is silently ignored."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from google.protobuf.timestamp_pb2 import Timestamp

from korotko.v1 import language_pb2, options_pb2, summarize_pb2, translate_pb2
from korotko_service.access import Holder
from korotko_service.admission import Bound
from korotko_service.cache import CacheMode
from korotko_service.deadline import Deadline
from korotko_service.engines.engine import MAX_BEAM_SIZE, DecodingOptions
from korotko_service.errors import FieldInvalid
from korotko_service.pipeline.jobs import MAX_SENTENCES, Article, BriefShape, Choices, DetectJob, Method, SummarizeJob, TranslateJob
from korotko_service.rpc.fields import check_known, check_short
from korotko_service.rpc.terms import glossary_of
from korotko_service.rpc.tongues import language
from korotko_service.scheduling.waiting import Priority
from korotko_service.text.assembly import BriefFormat

V = TypeVar("V")
_HTML = "text/html"
_TYPES = ("", "text/plain", _HTML)
_MAX_REQUEST_ID = 128
_MAX_NAME = 128
_MAX_LABELS, _MAX_LABEL = 16, 63
_MAX_HINT_CHARACTERS = 2000

_SENTENCES: Mapping[int, int] = {
    summarize_pb2.BRIEF_LENGTH_UNSPECIFIED: 3,
    summarize_pb2.BRIEF_LENGTH_HEADLINE: 1,
    summarize_pb2.BRIEF_LENGTH_SHORT: 3,
    summarize_pb2.BRIEF_LENGTH_MEDIUM: 5,
    summarize_pb2.BRIEF_LENGTH_LONG: 8,
}
_METHODS: Mapping[int, Method] = {
    summarize_pb2.BRIEF_METHOD_UNSPECIFIED: Method.AUTO,
    summarize_pb2.BRIEF_METHOD_EXTRACTIVE: Method.EXTRACTIVE,
    summarize_pb2.BRIEF_METHOD_ABSTRACTIVE: Method.ABSTRACTIVE,
}
_FORMATS: Mapping[int, BriefFormat] = {
    summarize_pb2.BRIEF_FORMAT_UNSPECIFIED: BriefFormat.PARAGRAPH,
    summarize_pb2.BRIEF_FORMAT_PARAGRAPH: BriefFormat.PARAGRAPH,
    summarize_pb2.BRIEF_FORMAT_BULLETS: BriefFormat.BULLETS,
}
_CACHE_MODES: Mapping[int, CacheMode] = {
    options_pb2.CACHE_MODE_UNSPECIFIED: CacheMode.DEFAULT,
    options_pb2.CACHE_MODE_DEFAULT: CacheMode.DEFAULT,
    options_pb2.CACHE_MODE_BYPASS: CacheMode.BYPASS,
    options_pb2.CACHE_MODE_REFRESH: CacheMode.REFRESH,
}
_FAIL_ON_SEVERE: Mapping[int, bool] = {
    options_pb2.FAIL_ON_UNSPECIFIED: False,
    options_pb2.FAIL_ON_NOTHING: False,
    options_pb2.FAIL_ON_SEVERE: True,
}
_TRUNCATES: Mapping[int, bool] = {
    options_pb2.TRUNCATION_POLICY_UNSPECIFIED: False,
    options_pb2.TRUNCATION_POLICY_REJECT: False,
    options_pb2.TRUNCATION_POLICY_TRUNCATE: True,
}
_PRIORITIES: Mapping[int, Priority] = {options_pb2.PRIORITY_INTERACTIVE: Priority.INTERACTIVE, options_pb2.PRIORITY_BULK: Priority.BULK}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What a call brings apart from its message: its deadline, the default priority of its kind (bulk for streams), and its caller: a
    name that reveals nothing, and what the operator knows about it."""

    deadline: Deadline
    priority: Priority
    caller: str = ""
    holder: Holder = field(default_factory=Holder)


def summarize_job(request: summarize_pb2.SummarizeRequest, arrival: Arrival, *, max_targets: int) -> SummarizeJob:
    article = request.article
    html = _is_html(article.mime_type, "article.mime_type")
    check_short(article.id, "article.id", most=_MAX_NAME)
    for name, text in (("title", article.title), ("lede", article.lede)):
        check_short(text, f"article.{name}", most=_MAX_HINT_CHARACTERS)
    return SummarizeJob(
        article=Article(
            id=article.id,
            title=article.title,
            body=article.body,
            lede=article.lede,
            language=language(article.language_code, "article.language_code") if article.language_code else None,
            published=_day(article.publish_time, "article.publish_time") if article.HasField("publish_time") else None,
            html=html,
        ),
        targets=_targets(request.target_language_codes, most=max_targets),
        shape=_shape(request.brief_options),
        choices=_choices(request.options, request.translate_options, arrival),
    )


def translate_job(request: translate_pb2.TranslateRequest, arrival: Arrival, *, max_texts: int) -> TranslateJob:
    html = _is_html(request.mime_type, "mime_type")
    if not request.target_language_code:
        raise FieldInvalid("no target language; give one such as 'uk'", field="target_language_code")
    return TranslateJob(
        texts=_texts(request.texts, most=max_texts),
        target=language(request.target_language_code, "target_language_code"),
        source=language(request.source_language_code, "source_language_code") if request.source_language_code else None,
        choices=_choices(request.options, request.translate_options, arrival),
        html=html,
    )


def detect_job(request: language_pb2.DetectLanguageRequest, arrival: Arrival, *, max_texts: int) -> DetectJob:
    texts = _texts(request.texts, most=max_texts)
    return DetectJob(texts=texts, sentences=request.include_sentences, caller=arrival.caller, deadline=arrival.deadline)


def labels(options: options_pb2.RequestOptions) -> dict[str, str]:
    """The caller's own labels; FieldInvalid if they are too many or too long for a log line, or would break it."""
    given = options.labels
    parts = [part for pair in given.items() for part in pair]
    if len(given) > _MAX_LABELS or not all(len(part) <= _MAX_LABEL and part.isprintable() for part in parts):
        raise FieldInvalid(f"expected at most {_MAX_LABELS} labels of at most {_MAX_LABEL} printable characters", field="options.labels")
    return dict(given)


def request_id(given: str, *, field: str = "options.request_id") -> str:
    """The id of a call: the caller's own, which was given in `field`, or a new one."""
    if len(given) > _MAX_REQUEST_ID or not given.isascii() or not (given.isprintable()):
        raise FieldInvalid(f"expected at most {_MAX_REQUEST_ID} printable ASCII characters", field=field)
    return given or uuid.uuid4().hex


def _shape(options: summarize_pb2.BriefOptions) -> BriefShape:
    kind = options.WhichOneof("length")
    sentences = _chosen(_SENTENCES, options.preset, "brief_options.preset")
    if kind == "max_sentences":
        sentences = options.max_sentences
    elif kind == "max_characters":
        sentences = MAX_SENTENCES
    check_short(options.focus, "brief_options.focus", most=_MAX_HINT_CHARACTERS)
    return BriefShape(
        headline=options.preset == summarize_pb2.BRIEF_LENGTH_HEADLINE,
        max_sentences=sentences,
        max_characters=options.max_characters if kind == "max_characters" else None,
        format=_chosen(_FORMATS, options.format, "brief_options.format"),
        method=_chosen(_METHODS, options.method, "brief_options.method"),
        focus=options.focus,
        allows_degraded=options.allow_degraded,
    )


def _choices(options: options_pb2.RequestOptions, translate: options_pb2.TranslateOptions, arrival: Arrival) -> Choices:
    labels(options)
    check_short(options.model, "options.model", most=_MAX_NAME)
    if not 0 <= translate.beam_size <= MAX_BEAM_SIZE:
        raise FieldInvalid(f"{translate.beam_size}: expected 1 to {MAX_BEAM_SIZE}, or 0", field="translate_options.beam_size")
    return Choices(
        model=options.model,
        glossary=glossary_of(translate),
        options=DecodingOptions(beam_size=translate.beam_size, reproducible=options.reproducible),
        priority=_chosen({**_PRIORITIES, options_pb2.PRIORITY_UNSPECIFIED: arrival.priority}, options.priority, "options.priority"),
        deadline=arrival.deadline,
        caller=arrival.caller,
        cache=_chosen(_CACHE_MODES, options.cache_mode, "options.cache_mode"),
        fail_on_severe=_chosen(_FAIL_ON_SEVERE, options.fail_on, "options.fail_on"),
        truncates=_chosen(_TRUNCATES, translate.truncation_policy, "translate_options.truncation_policy"),
        validate_only=options.validate_only,
    )


def _chosen(table: Mapping[int, V], value: int, field: str) -> V:
    """The meaning of an enum's value."""
    check_known(value, table, field)
    return table[value]


def _is_html(mime_type: str, field: str) -> bool:
    """Whether the type is HTML's; one that is not served is refused. "Text/HTML; charset=utf-8" is HTML too."""
    check_short(mime_type, field, most=_MAX_NAME)
    media_type = mime_type.partition(";")[0].strip().lower()
    if media_type not in _TYPES:
        raise FieldInvalid(f"{mime_type[:40]!r} is not served; send {' or '.join(filter(None, _TYPES))}", field=field)
    return media_type == _HTML


def _day(time: Timestamp, field: str) -> date:
    """The day in UTC."""
    try:
        return time.ToDatetime().date()
    except (ValueError, OverflowError):
        raise FieldInvalid("expected a time between the years 1 and 9999", field=field) from None


def _texts(texts: Sequence[str], *, most: int) -> tuple[str, ...]:
    Bound(most=most, noun="texts", required=True).check(len(texts), field="texts")
    return tuple(texts)


def _targets(tags: Sequence[str], *, most: int) -> tuple[str, ...]:
    """The languages of the briefs; counted before they are read, because a message can hold hundreds of thousands of them."""
    field = "target_language_codes"
    Bound(most=most, noun="target languages", required=True).check(len(tags), field=field)
    targets = tuple(language(tag, f"{field}[{index}]") for index, tag in enumerate(tags))
    for index, target in enumerate(targets):
        if target in targets[:index]:
            raise FieldInvalid(f"{target!r} is listed twice; list each target language once", field=f"{field}[{index}]")
    return targets
