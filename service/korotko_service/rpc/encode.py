"""From results to responses: briefs, translations and detections. What they report about themselves is in rpc/report.py."""

from collections.abc import Iterable
from typing import Any

from google.rpc import status_pb2

from korotko.v1 import language_pb2, report_pb2, summarize_pb2, translate_pb2
from korotko_service.pipeline.jobs import Method
from korotko_service.pipeline.results import (
    ArticleField,
    Brief,
    Evidence,
    Item,
    LanguageDetection,
    Summary,
    Translation,
    Translations,
)
from korotko_service.rpc import report, status

_METHODS = {Method.EXTRACTIVE: summarize_pb2.BRIEF_METHOD_EXTRACTIVE, Method.ABSTRACTIVE: summarize_pb2.BRIEF_METHOD_ABSTRACTIVE}
_FIELDS = {ArticleField.TITLE: summarize_pb2.ARTICLE_FIELD_TITLE, ArticleField.BODY: summarize_pb2.ARTICLE_FIELD_BODY}


def summarize_response(summary: Summary, *, article_id: str, request_id: str, total_seconds: float) -> summarize_pb2.SummarizeResponse:
    return summarize_pb2.SummarizeResponse(
        results=[_brief_result(item, request_id) for item in summary.briefs],
        source_language=report.source_language(summary.source),
        usage=report.usage(summary.ledger),
        timings=report.timings(summary.ledger, total_seconds),
        request_id=request_id,
        article_id=article_id,
    )


def translate_response(translations: Translations, *, request_id: str, total_seconds: float) -> translate_pb2.TranslateResponse:
    return translate_pb2.TranslateResponse(
        results=[_translation_result(item, request_id) for item in translations.items],
        target_language_code=translations.target,
        usage=report.usage(translations.ledger),
        timings=report.timings(translations.ledger, total_seconds),
        request_id=request_id,
    )


def detect_response(items: Iterable[Item[LanguageDetection]], *, request_id: str) -> language_pb2.DetectLanguageResponse:
    return language_pb2.DetectLanguageResponse(results=[_detect_result(item, request_id) for item in items], request_id=request_id)


def _brief_result(item: Item[Brief], request_id: str) -> summarize_pb2.BriefResult:
    brief = None if item.value is None else _brief(item.value)
    return summarize_pb2.BriefResult(language_code=item.name, brief=brief, error=_error(item, request_id))


def _brief(brief: Brief) -> summarize_pb2.Brief:
    return summarize_pb2.Brief(
        text=brief.text,
        sentences=[
            summarize_pb2.BriefSentence(span=report.text_span(sentence.span), evidence=[_evidence(piece) for piece in sentence.evidence])
            for sentence in brief.sentences
        ],
        quality=report.quality_report(brief),
        models=[report.model_use(hop) for hop in brief.hops],
        method=_METHODS[brief.method],
        degraded=brief.degraded,
        source_truncated=brief.truncated,
        applied_terms=[report.applied_term(term) for term in brief.applied_terms],
    )


def _evidence(evidence: Evidence) -> summarize_pb2.Evidence:
    return summarize_pb2.Evidence(field=_FIELDS[evidence.field], span=report.text_span(evidence.span), score=evidence.score)


def _translation_result(item: Item[Translation], request_id: str) -> translate_pb2.TranslationResult:
    translation = None if item.value is None else _translation(item.value)
    return translate_pb2.TranslationResult(translation=translation, error=_error(item, request_id))


def _translation(translation: Translation) -> translate_pb2.Translation:
    return translate_pb2.Translation(
        text=translation.text,
        source_language=report.source_language(translation.source),
        sentences=[
            translate_pb2.SentencePair(source_span=report.text_span(pair.source), target_span=report.text_span(pair.target))
            for pair in translation.sentences
        ],
        quality=report.quality_report(translation),
        models=[report.model_use(hop) for hop in translation.hops],
        source_truncated=translation.truncated,
        applied_terms=[report.applied_term(term) for term in translation.applied_terms],
    )


def _detect_result(item: Item[LanguageDetection], request_id: str) -> language_pb2.DetectLanguageResult:
    detection = None if item.value is None else _detection(item.value)
    return language_pb2.DetectLanguageResult(detection=detection, error=_error(item, request_id))


def _detection(found: LanguageDetection) -> language_pb2.LanguageDetection:
    return language_pb2.LanguageDetection(
        language=report.detected_language(found.detection),
        alternatives=[
            report_pb2.DetectedLanguage(language_code=other.language, confidence=other.confidence)
            for other in found.detection.candidates
            if other.language != found.detection.language
        ],
        mixed=found.mixed,
        sentences=[
            language_pb2.SentenceLanguage(span=report.text_span(sentence.span), language=report.detected_language(sentence.detection))
            for sentence in found.sentences
        ],
    )


def _error(item: Item[Any], request_id: str) -> status_pb2.Status | None:
    return None if item.error is None else status.to_status(item.error, request_id=request_id)
