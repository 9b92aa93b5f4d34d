"""From response messages to results: pure functions."""

from typing import Literal, Protocol

from google.protobuf.duration_pb2 import Duration
from google.rpc.status_pb2 import Status

from korotko._errors import KorotkoError, ServerError
from korotko._results import (
    AppliedTerm,
    DetectedLanguage,
    Detection,
    ModelUse,
    Outcome,
    Outcomes,
    QualityWarning,
    Repair,
    SentenceLanguage,
    SentencePair,
    Span,
    Timings,
    Translation,
    Usage,
)
from korotko._status import error_of_status
from korotko._summaries import Brief, BriefSentence, Evidence, Summary
from korotko._words import word
from korotko.v1 import language_pb2, report_pb2, summarize_pb2, translate_pb2


class _Result(Protocol):
    """What every `oneof outcome` of the contract has: an error as the alternative to the value."""

    @property
    def error(self) -> Status: ...
    def WhichOneof(self, oneof_group: Literal["outcome"], /) -> str | None: ...


class _Sized(Protocol):
    def __len__(self) -> int: ...


def summary(response: summarize_pb2.SummarizeResponse, request: summarize_pb2.SummarizeRequest) -> Summary:
    """The briefs of an article; the text of their evidence comes from the request."""
    briefs: dict[str, Brief] = {}
    errors: dict[str, KorotkoError] = {}
    for result in response.results:
        if error := error_of_result(result):
            errors[result.language_code] = error
        else:
            briefs[result.language_code] = _brief(result.brief, result.language_code, request.article)
    return Summary(
        languages=tuple(result.language_code for result in response.results),
        briefs=briefs,
        errors=errors,
        source_language=_language(response.source_language),
        usage=_usage(response.usage),
        timings=_timings(response.timings),
        request_id=response.request_id,
        article_id=response.article_id,
    )


def translations(response: translate_pb2.TranslateResponse, request: translate_pb2.TranslateRequest) -> Outcomes[Translation]:
    """The translations of a call, each sentence beside its source."""
    texts = () if request.options.validate_only else request.texts
    _check_count(response.results, texts)
    return Outcomes(
        items=tuple(
            _translated(index, result, text, response.target_language_code)
            for index, (result, text) in enumerate(zip(response.results, texts, strict=True))
        ),
        request_id=response.request_id,
        usage=_usage(response.usage),
        timings=_timings(response.timings),
    )


def translation(response: translate_pb2.TranslateResponse, request: translate_pb2.TranslateRequest) -> Translation:
    """The translation of a call with one text; raises its error."""
    return translations(response, request)[0].unwrap()


def detections(response: language_pb2.DetectLanguageResponse, request: language_pb2.DetectLanguageRequest) -> Outcomes[Detection]:
    """The languages of a call's texts."""
    _check_count(response.results, request.texts)
    return Outcomes(
        items=tuple(
            _detected(index, result, text) for index, (result, text) in enumerate(zip(response.results, request.texts, strict=True))
        ),
        request_id=response.request_id,
    )


def error_of_result(result: _Result) -> KorotkoError | None:
    """Why a result has no value; None if it has one."""
    match result.WhichOneof("outcome"):
        case "error":
            return error_of_status(result.error)
        case None:
            return ServerError("the server sent neither a result nor an error", code="INTERNAL")
        case _:
            return None


def _check_count(results: _Sized, texts: _Sized) -> None:
    if len(results) != len(texts):
        raise ServerError(f"the server sent {len(results)} results for {len(texts)} texts", code="INTERNAL")


def _translated(index: int, result: translate_pb2.TranslationResult, text: str, language: str) -> Outcome[Translation]:
    error = error_of_result(result)
    return Outcome(index, error=error) if error else Outcome(index, _translation(result.translation, text, language))


def _detected(index: int, result: language_pb2.DetectLanguageResult, text: str) -> Outcome[Detection]:
    error = error_of_result(result)
    return Outcome(index, error=error) if error else Outcome(index, _detection(result.detection, text))


def _brief(brief: summarize_pb2.Brief, language: str, article: summarize_pb2.Article) -> Brief:
    return Brief(
        text=brief.text,
        language=language,
        sentences=tuple(_brief_sentence(sentence, brief.text, article) for sentence in brief.sentences),
        score=_score(brief.quality),
        warnings=_warnings(brief.quality),
        models=tuple(_model_use(model) for model in brief.models),
        method=word(summarize_pb2.BriefMethod, brief.method),
        degraded=brief.degraded,
        source_truncated=brief.source_truncated,
        applied_terms=tuple(_applied(term, article.body, brief.text) for term in brief.applied_terms),
        repairs=_repairs(brief.quality),
    )


def _brief_sentence(sentence: summarize_pb2.BriefSentence, brief_text: str, article: summarize_pb2.Article) -> BriefSentence:
    span = _span(sentence.span)
    return BriefSentence(text=span.of(brief_text), span=span, evidence=tuple(_evidence(piece, article) for piece in sentence.evidence))


def _evidence(piece: summarize_pb2.Evidence, article: summarize_pb2.Article) -> Evidence:
    field, span = word(summarize_pb2.ArticleField, piece.field), _span(piece.span)
    return Evidence(
        text=span.of({"title": article.title, "body": article.body}.get(field, "")),
        field=field,
        span=span,
        score=figure(piece.score) if piece.HasField("score") else None,
    )


def _translation(result: translate_pb2.Translation, source: str, language: str) -> Translation:
    return Translation(
        text=result.text,
        source_language=_language(result.source_language),
        target_language=language,
        sentences=tuple(_sentence_pair(pair, source, result.text) for pair in result.sentences),
        score=_score(result.quality),
        warnings=_warnings(result.quality),
        models=tuple(_model_use(model) for model in result.models),
        source_truncated=result.source_truncated,
        applied_terms=tuple(_applied(term, source, result.text) for term in result.applied_terms),
        repairs=_repairs(result.quality),
    )


def _sentence_pair(pair: translate_pb2.SentencePair, source: str, target: str) -> SentencePair:
    source_span, target_span = _span(pair.source_span), _span(pair.target_span)
    return SentencePair(source=source_span.of(source), target=target_span.of(target), source_span=source_span, target_span=target_span)


def _detection(detection: language_pb2.LanguageDetection, text: str) -> Detection:
    return Detection(
        language=_language(detection.language),
        alternatives=tuple(_language(other) for other in detection.alternatives),
        mixed=detection.mixed,
        sentences=tuple(_sentence_language(sentence, text) for sentence in detection.sentences),
    )


def _sentence_language(sentence: language_pb2.SentenceLanguage, text: str) -> SentenceLanguage:
    span = _span(sentence.span)
    return SentenceLanguage(text=span.of(text), span=span, language=_language(sentence.language))


def _language(language: report_pb2.DetectedLanguage) -> DetectedLanguage:
    return DetectedLanguage(code=language.language_code, confidence=figure(language.confidence), given=language.given)


def _repairs(quality: report_pb2.QualityReport) -> tuple[Repair, ...]:
    return tuple(
        Repair(span=_span(repair.span), reason=repair.reason, rung=word(report_pb2.RepairRung, repair.rung, otherwise="decoded_again"))
        for repair in quality.repairs
    )


def _score(quality: report_pb2.QualityReport) -> float | None:
    return figure(quality.score) if quality.HasField("score") else None


def figure(value: float) -> float:
    """A 32-bit float of the wire as it was meant: as a Python float, 34.4 would be 34.400001525878906."""
    return float(f"{value:.7g}")


def _warnings(quality: report_pb2.QualityReport) -> tuple[QualityWarning, ...]:
    return tuple(
        QualityWarning(
            reason=warning.reason,
            severity=word(report_pb2.Severity, warning.severity, otherwise="warning"),
            span=_span(warning.span),
            found=warning.found,
            expected=warning.expected,
        )
        for warning in quality.warnings
    )


def _applied(term: report_pb2.AppliedTerm, source: str, target: str) -> AppliedTerm:
    source_span = _span(term.source_span) if term.HasField("source_span") else None
    target_span = _span(term.target_span)
    return AppliedTerm(
        term=term.term,
        source=source_span.of(source) if source_span else "",
        target=target_span.of(target),
        source_span=source_span,
        target_span=target_span,
    )


def _model_use(model: report_pb2.ModelUse) -> ModelUse:
    return ModelUse(
        role=word(report_pb2.ModelRole, model.role),
        name=model.name,
        digest=model.digest,
        licence=model.licence_id,
        source_language=model.source_language_code,
        target_language=model.target_language_code,
        version=model.version,
        attribution=model.attribution,
    )


def _usage(usage: report_pb2.Usage) -> Usage:
    return Usage(
        source_characters=usage.source_characters,
        source_sentences=usage.source_sentences,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cached_sentences=usage.cached_sentences,
    )


def _timings(timings: report_pb2.Timings) -> Timings:
    return Timings(
        prepare=seconds(timings.prepare),
        queue=seconds(timings.queue),
        infer=seconds(timings.infer),
        check=seconds(timings.check),
        total=seconds(timings.total),
        repair=seconds(timings.repair),
    )


def seconds(duration: Duration) -> float:
    """A duration in seconds."""
    return duration.ToNanoseconds() / 1e9


def _span(span: report_pb2.TextSpan) -> Span:
    return Span(span.start, span.end)
