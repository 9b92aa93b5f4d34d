"""From results to responses."""

from collections.abc import Iterable, Mapping

from google.protobuf.duration_pb2 import Duration
from google.rpc import status_pb2

from korotko.v1 import language_pb2, report_pb2, summarize_pb2, translate_pb2
from korotko_service.catalog import SUMMARIZE, TRANSLATE, Hop
from korotko_service.errors import KorotkoError
from korotko_service.fidelity.finding import Severity
from korotko_service.pipeline.candidate import Rung
from korotko_service.pipeline.jobs import Method
from korotko_service.pipeline.results import (
    AppliedTerm,
    ArticleField,
    Brief,
    Evidence,
    Item,
    LanguageDetection,
    Ledger,
    SourceLanguage,
    Summary,
    Translation,
    Translations,
)
from korotko_service.rpc import status
from korotko_service.text.document import Span
from korotko_service.text.language import Detection

_METHODS = {Method.EXTRACTIVE: summarize_pb2.BRIEF_METHOD_EXTRACTIVE, Method.ABSTRACTIVE: summarize_pb2.BRIEF_METHOD_ABSTRACTIVE}
_FIELDS = {ArticleField.TITLE: summarize_pb2.ARTICLE_FIELD_TITLE, ArticleField.BODY: summarize_pb2.ARTICLE_FIELD_BODY}
_ROLES = {TRANSLATE: report_pb2.MODEL_ROLE_TRANSLATE, SUMMARIZE: report_pb2.MODEL_ROLE_SUMMARIZE}
_RUNGS: Mapping[Rung, report_pb2.RepairRung.ValueType] = {
    Rung.DECODED_AGAIN: report_pb2.REPAIR_RUNG_DECODED_AGAIN,
    Rung.SPLIT: report_pb2.REPAIR_RUNG_SPLIT,
    Rung.PROTECTED: report_pb2.REPAIR_RUNG_PROTECTED,
    Rung.REROUTED: report_pb2.REPAIR_RUNG_REROUTED,
    Rung.REPLACED: report_pb2.REPAIR_RUNG_REPLACED,
    Rung.LEFT_OUT: report_pb2.REPAIR_RUNG_LEFT_OUT,
    Rung.MENDED: report_pb2.REPAIR_RUNG_MENDED,
}
_SEVERITIES: Mapping[Severity, report_pb2.Severity.ValueType] = {
    Severity.INFO: report_pb2.SEVERITY_INFO,
    Severity.WARNING: report_pb2.SEVERITY_WARNING,
    Severity.SEVERE: report_pb2.SEVERITY_SEVERE,
}


def summarize_response(summary: Summary, *, article_id: str, request_id: str, total_seconds: float) -> summarize_pb2.SummarizeResponse:
    return summarize_pb2.SummarizeResponse(
        results=[_brief_result(item, request_id) for item in summary.briefs],
        source_language=_source(summary.source),
        usage=_usage(summary.ledger),
        timings=_timings(summary.ledger, total_seconds),
        request_id=request_id,
        article_id=article_id,
    )


def translate_response(translations: Translations, *, request_id: str, total_seconds: float) -> translate_pb2.TranslateResponse:
    return translate_pb2.TranslateResponse(
        results=[_translation_result(item, request_id) for item in translations.items],
        target_language_code=translations.target,
        usage=_usage(translations.ledger),
        timings=_timings(translations.ledger, total_seconds),
        request_id=request_id,
    )


def detect_response(items: Iterable[Item[LanguageDetection]], *, request_id: str) -> language_pb2.DetectLanguageResponse:
    return language_pb2.DetectLanguageResponse(results=[_detect_result(item, request_id) for item in items], request_id=request_id)


def _brief_result(item: Item[Brief], request_id: str) -> summarize_pb2.BriefResult:
    if item.value is None:
        return summarize_pb2.BriefResult(language_code=item.name, error=_error(item.error, request_id))
    return summarize_pb2.BriefResult(language_code=item.name, brief=_brief(item.value))


def _brief(brief: Brief) -> summarize_pb2.Brief:
    return summarize_pb2.Brief(
        text=brief.text,
        sentences=[
            summarize_pb2.BriefSentence(span=_span(sentence.span), evidence=[_evidence(piece) for piece in sentence.evidence])
            for sentence in brief.sentences
        ],
        quality=_quality(brief),
        models=[_model_use(hop) for hop in brief.hops],
        method=_METHODS[brief.method],
        degraded=brief.degraded,
        source_truncated=brief.truncated,
        applied_terms=[_applied(term) for term in brief.applied_terms],
    )


def _evidence(evidence: Evidence) -> summarize_pb2.Evidence:
    return summarize_pb2.Evidence(field=_FIELDS[evidence.field], span=_span(evidence.span), score=evidence.score)


def _translation_result(item: Item[Translation], request_id: str) -> translate_pb2.TranslationResult:
    if item.value is None:
        return translate_pb2.TranslationResult(error=_error(item.error, request_id))
    return translate_pb2.TranslationResult(translation=_translation(item.value))


def _translation(translation: Translation) -> translate_pb2.Translation:
    return translate_pb2.Translation(
        text=translation.text,
        source_language=_source(translation.source),
        sentences=[
            translate_pb2.SentencePair(source_span=_span(pair.source), target_span=_span(pair.target)) for pair in translation.sentences
        ],
        quality=_quality(translation),
        models=[_model_use(hop) for hop in translation.hops],
        source_truncated=translation.truncated,
        applied_terms=[_applied(term) for term in translation.applied_terms],
    )


def _detect_result(item: Item[LanguageDetection], request_id: str) -> language_pb2.DetectLanguageResult:
    if item.value is None:
        return language_pb2.DetectLanguageResult(error=_error(item.error, request_id))
    found = item.value
    detection = language_pb2.LanguageDetection(
        language=_detected(found.detection),
        alternatives=[
            report_pb2.DetectedLanguage(language_code=other.language, confidence=other.confidence)
            for other in found.detection.candidates
            if other.language != found.detection.language
        ],
        mixed=found.mixed,
        sentences=[
            language_pb2.SentenceLanguage(span=_span(sentence.span), language=_detected(sentence.detection)) for sentence in found.sentences
        ],
    )
    return language_pb2.DetectLanguageResult(detection=detection)


def _detected(detection: Detection) -> report_pb2.DetectedLanguage:
    return report_pb2.DetectedLanguage(language_code=detection.language or "", confidence=detection.confidence)


def _source(source: SourceLanguage) -> report_pb2.DetectedLanguage:
    return report_pb2.DetectedLanguage(language_code=source.language, confidence=source.confidence, given=source.given)


def _quality(result: Brief | Translation) -> report_pb2.QualityReport:
    return report_pb2.QualityReport(
        score=result.score,
        repairs=[report_pb2.Repair(span=_span(repair.span), reason=repair.reason, rung=_RUNGS[repair.rung]) for repair in result.repairs],
        warnings=[
            report_pb2.QualityWarning(
                reason=finding.reason,
                severity=_SEVERITIES[finding.severity],
                span=_span(finding.span),
                found=finding.found,
                expected=finding.expected,
            )
            for finding in result.findings
        ],
    )


def _model_use(hop: Hop) -> report_pb2.ModelUse:
    return report_pb2.ModelUse(
        role=_ROLES[hop.model.task],
        name=hop.model.name,
        digest=hop.model.digest,
        licence_id=hop.model.licence,
        source_language_code=hop.source,
        target_language_code=hop.target,
        version=hop.model.version,
        attribution=hop.model.attribution,
    )


def _applied(term: AppliedTerm) -> report_pb2.AppliedTerm:
    return report_pb2.AppliedTerm(
        term=term.term, source_span=None if term.source is None else _span(term.source), target_span=_span(term.target)
    )


def _span(span: Span) -> report_pb2.TextSpan:
    return report_pb2.TextSpan(start=span.start, end=span.end)


def _usage(ledger: Ledger) -> report_pb2.Usage:
    return report_pb2.Usage(
        source_characters=ledger.characters,
        source_sentences=ledger.sentences,
        input_tokens=ledger.input_tokens,
        output_tokens=ledger.output_tokens,
        cached_sentences=ledger.cached_sentences,
    )


def _timings(ledger: Ledger, total_seconds: float) -> report_pb2.Timings:
    return report_pb2.Timings(
        prepare=_duration(ledger.prepare_seconds),
        queue=_duration(ledger.queue_seconds),
        infer=_duration(ledger.infer_seconds),
        check=_duration(ledger.check_seconds),
        total=_duration(total_seconds),
        repair=_duration(ledger.repair_seconds),
    )


def _duration(seconds: float) -> Duration:
    whole, nanos = divmod(round(seconds * 1e9), 1_000_000_000)
    return Duration(seconds=whole, nanos=nanos)


def _error(error: KorotkoError | None, request_id: str) -> status_pb2.Status:
    return status.to_status(error or KorotkoError("no result"), request_id=request_id)
