"""A brief that a model wrote, on the wire: its evidence, its models' roles, its method, and where the server announces them."""

import pytest

from korotko.v1 import report_pb2, server_pb2, summarize_pb2
from korotko_service.catalog import Catalog, Hop
from korotko_service.engines.manifest import Manifest, Quality
from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.pipeline.jobs import Method
from korotko_service.pipeline.results import ArticleField, Brief, BriefSentence, Evidence, Item, SourceLanguage, Summary
from korotko_service.rpc import encode
from korotko_service.rpc.directory import Directory
from korotko_service.text.document import Span
from tests import summarizers, zoo


def directory(*manifests: Manifest) -> Directory:
    catalog = Catalog(manifests, accept_noncommercial=False)
    return Directory(catalog=lambda: catalog, limits={}, max_call_seconds=1.5, ready=lambda _: True)


def test_every_piece_of_evidence_and_every_model_with_its_role_is_sent() -> None:
    pieces = tuple(Evidence(field=ArticleField.BODY, span=Span(start=place, end=place + 5), score=0.5) for place in (0, 10))
    brief = Brief(
        text="Brief.",
        sentences=(BriefSentence(span=Span(start=0, end=6), evidence=pieces),),
        findings=(Finding(reason="FALLBACK_EXTRACTIVE", severity=Severity.INFO, span=Span(start=0, end=6), found="REPETITION"),),
        hops=(Hop(model=zoo.manifest(), source="uk", target="en"), Hop(model=summarizers.manifest("bart"), source="en", target="en")),
        method=Method.ABSTRACTIVE,
        truncated=False,
    )
    summary = Summary(briefs=(Item(name="uk", value=brief),), source=SourceLanguage(language="uk", confidence=1.0, given=True))
    sent = encode.summarize_response(summary, article_id="", request_id="r", total_seconds=1).results[0].brief
    assert [(piece.span.start, piece.span.end) for piece in sent.sentences[0].evidence] == [(0, 5), (10, 15)]
    assert [(model.name, model.role) for model in sent.models] == [
        ("zoo", report_pb2.MODEL_ROLE_TRANSLATE),
        ("bart", report_pb2.MODEL_ROLE_SUMMARIZE),
    ]
    assert sent.method == summarize_pb2.BRIEF_METHOD_ABSTRACTIVE
    assert not sent.degraded
    (warning,) = sent.quality.warnings
    assert (warning.reason, warning.severity, warning.found) == ("FALLBACK_EXTRACTIVE", report_pb2.SEVERITY_INFO, "REPETITION")


@pytest.mark.parametrize(("manifests", "says"), [([zoo.manifest()], False), ([zoo.manifest(), summarizers.manifest()], True)])
def test_the_server_says_whether_it_can_write(manifests: list[Manifest], says: bool) -> None:
    features = list(directory(*manifests).info().features)
    assert ("brief.abstractive" in features) is says
    assert features == sorted(features)


def test_a_summarizers_published_quality_has_its_usual_name() -> None:
    quality = (Quality(test_set="xlsum", source="uk", target="uk", metric="rougeL", value=21.5),)
    request = server_pb2.ListModelsRequest(task=server_pb2.TASK_SUMMARIZE)
    (model,) = directory(zoo.manifest(), summarizers.manifest("s", "uk", quality=quality)).models(request).models
    assert [(figure.metric, figure.value) for figure in model.quality] == [("ROUGE-L", 21.5)]
