"""What results say about themselves, in the messages of report.proto: quality, models, places, cost and time."""

from collections.abc import Mapping

from google.protobuf.duration_pb2 import Duration

from korotko.v1 import report_pb2
from korotko_service.catalog import SUMMARIZE, TRANSLATE, Hop
from korotko_service.fidelity.finding import Severity
from korotko_service.pipeline.candidate import Rung
from korotko_service.pipeline.results import AppliedTerm, Brief, Ledger, SourceLanguage, Translation
from korotko_service.text.document import Span
from korotko_service.text.languages.language import Detection

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


def detected_language(detection: Detection) -> report_pb2.DetectedLanguage:
    return report_pb2.DetectedLanguage(language_code=detection.language or "", confidence=detection.confidence)


def source_language(source: SourceLanguage) -> report_pb2.DetectedLanguage:
    return report_pb2.DetectedLanguage(language_code=source.language, confidence=source.confidence, given=source.given)


def quality_report(result: Brief | Translation) -> report_pb2.QualityReport:
    return report_pb2.QualityReport(
        score=result.score,
        repairs=[
            report_pb2.Repair(span=text_span(repair.span), reason=repair.reason, rung=_RUNGS[repair.rung]) for repair in result.repairs
        ],
        warnings=[
            report_pb2.QualityWarning(
                reason=finding.reason,
                severity=_SEVERITIES[finding.severity],
                span=text_span(finding.span),
                found=finding.found,
                expected=finding.expected,
            )
            for finding in result.findings
        ],
    )


def model_use(hop: Hop) -> report_pb2.ModelUse:
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


def applied_term(term: AppliedTerm) -> report_pb2.AppliedTerm:
    return report_pb2.AppliedTerm(
        term=term.term, source_span=None if term.source is None else text_span(term.source), target_span=text_span(term.target)
    )


def text_span(span: Span) -> report_pb2.TextSpan:
    return report_pb2.TextSpan(start=span.start, end=span.end)


def usage(ledger: Ledger) -> report_pb2.Usage:
    return report_pb2.Usage(
        source_characters=ledger.characters,
        source_sentences=ledger.sentences,
        input_tokens=ledger.input_tokens,
        output_tokens=ledger.output_tokens,
        cached_sentences=ledger.cached_sentences,
    )


def timings(ledger: Ledger, total_seconds: float) -> report_pb2.Timings:
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
