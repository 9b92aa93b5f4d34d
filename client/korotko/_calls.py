"""From keyword arguments to request messages: pure functions, and the only writers of the contract's fields."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import NoneType
from typing import Unpack

from google.protobuf.timestamp_pb2 import Timestamp

from korotko import _given
from korotko._given import count, flag, string, strings, text
from korotko._options import (
    DEFAULT_TARGETS,
    BriefOptions,
    CacheMode,
    CallOptions,
    Format,
    Glossary,
    Length,
    Method,
    Priority,
    SummarizeOptions,
    Term,
    TextOptions,
)
from korotko._summaries import Article
from korotko._words import number
from korotko.v1 import language_pb2, options_pb2, server_pb2, summarize_pb2, translate_pb2


def summarize_request(
    article: str | Article,
    *,
    title: str | None = None,
    lede: str | None = None,
    article_id: str = "",
    published: datetime | None = None,
    mime_type: str = "",
    source: str | None = None,
    targets: Sequence[str] = DEFAULT_TARGETS,
    length: Length | None = None,
    sentences: int | None = None,
    max_characters: int | None = None,
    format: Format = "paragraph",
    method: Method | None = None,
    focus: str | None = None,
    allow_degraded: bool = False,
    validate_only: bool = False,
    truncate: bool = False,
    beam_size: int | None = None,
    glossary: Glossary = (),
    preserved_terms: Sequence[str] = (),
    **options: Unpack[CallOptions],
) -> summarize_pb2.SummarizeRequest:
    """The request for one article; the keywords are explained in _options."""
    _given.check_keywords(options, SummarizeOptions.__annotations__)
    brief_options = _brief_options(length, sentences, max_characters)
    brief_options.format = number(summarize_pb2.BriefFormat, "format", format)
    brief_options.method = number(summarize_pb2.BriefMethod, "method", method)
    brief_options.focus = string("focus", focus)
    brief_options.allow_degraded = flag("allow_degraded", allow_degraded)
    return summarize_pb2.SummarizeRequest(
        article=_article(_whole(article, title, lede, article_id, published), string("source", source), string("mime_type", mime_type)),
        target_language_codes=strings("targets", targets),
        brief_options=brief_options,
        translate_options=_translate_options(truncate, beam_size, glossary, preserved_terms),
        options=_request_options(validate_only=validate_only, **options),
    )


def articles_request(**options: Unpack[BriefOptions]) -> summarize_pb2.SummarizeRequest:
    """The request for every article of a stream; of_article puts one in. So options are read once, and a wrong one is reported at once."""
    _given.check_keywords(options, BriefOptions.__annotations__)
    return summarize_request("", **options)


def of_article(article: str | Article, like: summarize_pb2.SummarizeRequest) -> summarize_pb2.SummarizeRequest:
    """The same request for another article; if that gives no language or type of its own, the request's remain."""
    request = summarize_pb2.SummarizeRequest()
    request.CopyFrom(like)
    whole = _whole(article, None, None, "", None)
    request.article.CopyFrom(_article(whole, like.article.language_code, like.article.mime_type))
    return request


def text_request(text: str, *, target: str, **options: Unpack[TextOptions]) -> translate_pb2.TranslateRequest:
    """The request for one text. It has no validate_only: for one text only a translation can be returned."""
    _given.check_keywords(options, TextOptions.__annotations__)
    return translate_request(_given.alone("text", text, "translate_many"), target=target, **options)


def translate_request(
    texts: Iterable[str],
    *,
    target: str,
    source: str | None = None,
    mime_type: str = "",
    truncate: bool = False,
    beam_size: int | None = None,
    glossary: Glossary = (),
    preserved_terms: Sequence[str] = (),
    validate_only: bool = False,
    **options: Unpack[CallOptions],
) -> translate_pb2.TranslateRequest:
    """The request for several texts in one language; the keywords are explained in _options."""
    _given.check_keywords(options, TextOptions.__annotations__)
    return translate_pb2.TranslateRequest(
        texts=_given.texts(texts),
        target_language_code=string("target", target),
        source_language_code=string("source", source),
        mime_type=string("mime_type", mime_type),
        translate_options=_translate_options(truncate, beam_size, glossary, preserved_terms),
        options=_request_options(validate_only=validate_only, **options),
    )


def detect_request(texts: Iterable[str], *, sentences: bool, request_id: str | None) -> language_pb2.DetectLanguageRequest:
    """The request for the languages of texts."""
    return language_pb2.DetectLanguageRequest(
        texts=_given.texts(texts), include_sentences=flag("sentences", sentences), request_id=string("request_id", request_id)
    )


def models_request(task: str | None, page_token: str) -> server_pb2.ListModelsRequest:
    """The request for one page of models."""
    return server_pb2.ListModelsRequest(task=number(server_pb2.Task, "task", task), page_token=page_token)


def _whole(article: str | Article, title: str | None, lede: str | None, article_id: str, published: datetime | None) -> Article:
    if not isinstance(article, Article):
        return Article(article, title=title, lede=lede, id=article_id, published=published)
    if title or lede or article_id or published:
        raise ValueError("title, lede, article_id and published are fields of the Article: put them there")
    return article


def _article(article: Article, source: str, mime_type: str) -> summarize_pb2.Article:
    return summarize_pb2.Article(
        id=text("article.id", article.id),
        title=text("article.title", article.title or ""),
        body=text("article.body", article.body),
        mime_type=text("article.mime_type", article.mime_type or mime_type),
        language_code=text("article.language_code", article.source or source),
        publish_time=_timestamp(article.published),
        lede=text("article.lede", article.lede or ""),
    )


def _brief_options(length: Length | None, sentences: int | None, max_characters: int | None) -> summarize_pb2.BriefOptions:
    if sum(limit is not None for limit in (length, sentences, max_characters)) > 1:
        raise ValueError("length, sentences and max_characters exclude each other: give one of them")
    if sentences is not None:
        return summarize_pb2.BriefOptions(max_sentences=count("sentences", sentences))
    if max_characters is not None:
        return summarize_pb2.BriefOptions(max_characters=count("max_characters", max_characters))
    return summarize_pb2.BriefOptions(preset=number(summarize_pb2.BriefLength, "length", length or "short"))


def _translate_options(
    truncate: bool, beam_size: int | None, glossary: Glossary, preserved_terms: Sequence[str]
) -> options_pb2.TranslateOptions:
    return options_pb2.TranslateOptions(
        glossary=[_glossary_entry(f"glossary[{index}]", term) for index, term in enumerate(_terms(glossary))],
        preserved_terms=strings("preserved_terms", preserved_terms),
        truncation_policy=options_pb2.TRUNCATION_POLICY_TRUNCATE if flag("truncate", truncate) else options_pb2.TRUNCATION_POLICY_REJECT,
        beam_size=count("beam_size", beam_size),
    )


def _request_options(
    *,
    request_id: str | None = None,
    priority: Priority | None = None,
    cache: CacheMode = "default",
    reproducible: bool = False,
    validate_only: bool = False,
    labels: Mapping[str, str] | None = None,
    model: str | None = None,
    fail_on_severe: bool = False,
) -> options_pb2.RequestOptions:
    return options_pb2.RequestOptions(
        request_id=string("request_id", request_id),
        priority=number(options_pb2.Priority, "priority", priority),
        cache_mode=number(options_pb2.CacheMode, "cache", cache),
        reproducible=flag("reproducible", reproducible),
        validate_only=flag("validate_only", validate_only),
        labels=_labels(labels),
        model=string("model", model),
        fail_on=options_pb2.FAIL_ON_SEVERE if flag("fail_on_severe", fail_on_severe) else options_pb2.FAIL_ON_NOTHING,
    )


def _labels(labels: Mapping[str, str] | None) -> dict[str, str]:
    _given.check_kinds({"labels": labels}, Mapping, NoneType)
    return {string("a key of labels", key): string(f"labels[{key!r}]", value) for key, value in (labels or {}).items()}


def _terms(glossary: Glossary) -> list[Term]:
    if isinstance(glossary, Mapping):
        return [Term(string("a key of glossary", key), string(f"glossary[{key!r}]", value)) for key, value in glossary.items()]
    terms = list(glossary) if isinstance(glossary, Iterable) else None
    if terms is None or not all(isinstance(term, Term) for term in terms):
        raise TypeError('glossary is a mapping such as {"Kyiv": "Київ"}, or a list of Term')
    return terms


def _glossary_entry(name: str, term: Term) -> options_pb2.GlossaryEntry:
    return options_pb2.GlossaryEntry(
        source_term=string(f"{name}.source", term.source),
        target_term=string(f"{name}.target", term.target),
        target_language_code=string(f"{name}.language", term.language),
        case_sensitive=flag(f"{name}.case_sensitive", term.case_sensitive),
    )


def _timestamp(moment: datetime | None) -> Timestamp | None:
    if moment is None:
        return None
    stamp = Timestamp()
    stamp.FromDatetime(moment)
    return stamp
