"""From results to responses: everything that is known is said."""

from typing import Any

from korotko.v1 import report_pb2, summarize_pb2
from korotko_service.catalog import Hop
from korotko_service.errors import FieldInvalid, LanguageUndetermined
from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.pipeline.candidate import Rung
from korotko_service.pipeline.jobs import Method
from korotko_service.pipeline.results import (
    ArticleField,
    Brief,
    BriefSentence,
    Evidence,
    Item,
    LanguageDetection,
    Ledger,
    Repair,
    SentenceLanguage,
    SentencePair,
    SourceLanguage,
    Summary,
    Translation,
    Translations,
)
from korotko_service.rpc import encode
from korotko_service.text.document import Span
from korotko_service.text.languages.language import Candidate, Detection
from tests import zoo

UKRAINIAN = SourceLanguage(language="uk", confidence=0.75, given=False)
HOP = Hop(model=zoo.manifest("opus"), source="uk", target="en")
FINDING = Finding(reason="NUMBER_MISSING", severity=Severity.SEVERE, span=Span(start=2, end=5), found="a", expected="12")


def brief(**changes: Any) -> Brief:
    evidence = Evidence(field=ArticleField.BODY, span=Span(start=10, end=20), score=0.5)
    values: dict[str, Any] = {
        "text": "Brief.",
        "sentences": (BriefSentence(span=Span(start=0, end=6), evidence=(evidence,)),),
        "findings": (FINDING,),
        "hops": (HOP,),
        "method": Method.EXTRACTIVE,
        "truncated": True,
    }
    return Brief(**{**values, **changes})


def summarized(*items: Item[Brief], **ledger: Any) -> summarize_pb2.SummarizeResponse:
    summary = Summary(briefs=items, source=UKRAINIAN, ledger=Ledger(**ledger))
    return encode.summarize_response(summary, article_id="a-1", request_id="r-1", total_seconds=1.5)


def span(start: int, end: int) -> report_pb2.TextSpan:
    return report_pb2.TextSpan(start=start, end=end)


def test_a_reply_names_its_call_its_article_and_its_language() -> None:
    reply = summarized()
    assert (reply.request_id, reply.article_id) == ("r-1", "a-1")
    assert reply.source_language == report_pb2.DetectedLanguage(language_code="uk", confidence=0.75)


def test_a_brief_says_all_that_is_known_of_it() -> None:
    (result,) = summarized(Item(name="en", value=brief())).results
    assert (result.language_code, result.brief.text, result.brief.source_truncated) == ("en", "Brief.", True)
    assert result.brief.method == summarize_pb2.BRIEF_METHOD_EXTRACTIVE
    (sentence,) = result.brief.sentences
    assert (sentence.span, sentence.evidence[0].span, sentence.evidence[0].score) == (span(0, 6), span(10, 20), 0.5)
    assert sentence.evidence[0].field == summarize_pb2.ARTICLE_FIELD_BODY


def test_a_rank_that_was_not_computed_is_absent_and_not_nought() -> None:
    sentences = tuple(
        BriefSentence(span=Span(start=0, end=6), evidence=(Evidence(field=ArticleField.TITLE, span=Span(start=0, end=6), score=score),))
        for score in (None, 0.0)
    )
    (result,) = summarized(Item(name="en", value=brief(sentences=sentences))).results
    unranked, worst = (sentence.evidence[0] for sentence in result.brief.sentences)
    assert (unranked.HasField("score"), worst.HasField("score")) == (False, True)
    assert unranked.field == summarize_pb2.ARTICLE_FIELD_TITLE


def test_a_warning_says_where_and_what() -> None:
    (result,) = summarized(Item(name="en", value=brief())).results
    assert list(result.brief.quality.warnings) == [
        report_pb2.QualityWarning(reason="NUMBER_MISSING", severity=report_pb2.SEVERITY_SEVERE, span=span(2, 5), found="a", expected="12")
    ]
    assert not result.brief.quality.HasField("score")


def test_every_severity_has_its_number() -> None:
    findings = tuple(Finding(reason="X", severity=severity, span=Span(start=0, end=1)) for severity in Severity)
    (result,) = summarized(Item(name="en", value=brief(findings=findings))).results
    assert [warning.severity for warning in result.brief.quality.warnings] == [1, 2, 3]


def test_the_models_used_are_named_with_digest_and_licence() -> None:
    (result,) = summarized(Item(name="en", value=brief())).results
    (use,) = result.brief.models
    assert (use.name, use.digest, use.licence_id) == ("opus", HOP.model.digest, "CC0-1.0")
    assert (use.role, use.source_language_code, use.target_language_code) == (report_pb2.MODEL_ROLE_TRANSLATE, "uk", "en")


def test_a_failed_language_stands_beside_the_others_in_order() -> None:
    error = FieldInvalid("no", field="brief_options.max_characters")
    one, two, three = summarized(Item(name="en", value=brief()), Item(name="uk", error=error), Item(name="ru", value=brief())).results
    assert [each.WhichOneof("outcome") for each in (one, two, three)] == ["brief", "error", "brief"]
    assert [each.language_code for each in (one, two, three)] == ["en", "uk", "ru"]
    assert two.error.message == "brief_options.max_characters: no"


def test_cost_and_time_are_said() -> None:
    reply = summarized(
        characters=9,
        sentences=8,
        input_tokens=7,
        output_tokens=6,
        prepare_seconds=0.001,
        queue_seconds=0.002,
        infer_seconds=3,
        check_seconds=4,
    )
    usage, times = reply.usage, reply.timings
    assert (usage.source_characters, usage.source_sentences, usage.input_tokens, usage.output_tokens) == (9, 8, 7, 6)
    assert [each.ToMilliseconds() for each in (times.prepare, times.queue, times.infer, times.check, times.total)] == [
        1,
        2,
        3000,
        4000,
        1500,
    ]


def test_a_translation_says_all_that_is_known_of_it() -> None:
    translation = Translation(
        text="Text.",
        source=SourceLanguage(language="uk", confidence=1.0, given=True),
        sentences=(SentencePair(source=Span(start=0, end=3), target=Span(start=0, end=5)),),
        findings=(FINDING,),
        hops=(HOP,),
        truncated=True,
        repairs=tuple(Repair(span=Span(start=0, end=5), reason="REPETITION", rung=rung) for rung in Rung),
        score=0.25,
    )
    translations = Translations(items=(Item(value=translation), Item(error=LanguageUndetermined("no"))), target="en")
    reply = encode.translate_response(translations, request_id="r", total_seconds=0)
    good, bad = reply.results
    assert (reply.target_language_code, reply.request_id) == ("en", "r")
    assert (good.translation.text, good.translation.source_language.given, good.translation.source_truncated) == ("Text.", True, True)
    assert (good.translation.sentences[0].source_span, good.translation.sentences[0].target_span) == (span(0, 3), span(0, 5))
    assert (len(good.translation.models), len(good.translation.quality.warnings)) == (1, 1)
    assert bad.WhichOneof("outcome") == "error"
    quality = good.translation.quality
    assert (quality.score, quality.repairs[0].span, quality.repairs[0].reason) == (0.25, span(0, 5), "REPETITION")
    names = [report_pb2.RepairRung.Name(repair.rung).removeprefix("REPAIR_RUNG_").lower() for repair in quality.repairs]
    assert names == list(Rung)


def test_a_score_that_was_not_computed_is_absent_and_not_nought() -> None:
    items = [Item(name="uk", value=brief(score=score)) for score in (None, 0.0)]
    assert [result.brief.quality.HasField("score") for result in summarized(*items).results] == [False, True]


def test_a_detection_says_the_language_the_others_and_each_sentence() -> None:
    told = Detection(
        language="uk", confidence=0.75, candidates=(Candidate(language="uk", confidence=0.75), Candidate(language="ru", confidence=0.25))
    )
    untold = Detection(language=None, confidence=0.5, candidates=(Candidate(language="be", confidence=0.5),))
    found = LanguageDetection(detection=told, mixed=True, sentences=(SentenceLanguage(span=Span(start=1, end=4), detection=untold),))
    reply = encode.detect_response([Item(value=found), Item(error=LanguageUndetermined("no"))], request_id="r")
    good, bad = reply.results
    assert good.detection.language == report_pb2.DetectedLanguage(language_code="uk", confidence=0.75)
    assert list(good.detection.alternatives) == [report_pb2.DetectedLanguage(language_code="ru", confidence=0.25)]
    assert good.detection.mixed
    assert (good.detection.sentences[0].span, good.detection.sentences[0].language.language_code) == (span(1, 4), "")
    assert bad.error.message == "no"
