"""Servers that are newer or older than the SDK: what it does not know it says so, and what is not there it does not miss."""

from korotko import Summary
from korotko._replies import summary
from korotko._server_replies import models
from korotko.v1 import report_pb2, server_pb2, summarize_pb2

OF_TOMORROW = 99
REQUEST = summarize_pb2.SummarizeRequest(
    article=summarize_pb2.Article(title="A bridge", body="Kyiv opened a bridge."), target_language_codes=["en"]
)
# Field 1000 as each kind of value on the wire: a number, 64 bits, bytes, 32 bits.
NEW_FIELDS = b"".join([b"\xc0\x3e\x05", b"\xc1\x3e" + bytes(8), b"\xc2\x3e\x02hi", b"\xc5\x3e" + bytes(4)])


def read(brief: summarize_pb2.Brief) -> Summary:
    """A reply with this brief, each of its messages with fields that the SDK does not have."""
    brief.MergeFromString(NEW_FIELDS)
    for sentence in brief.sentences:
        sentence.MergeFromString(NEW_FIELDS)
    response = summarize_pb2.SummarizeResponse(results=[summarize_pb2.BriefResult(language_code="en", brief=brief)])
    return summary(summarize_pb2.SummarizeResponse.FromString(response.SerializeToString() + NEW_FIELDS), REQUEST)


def evidence(number: int) -> summarize_pb2.Brief:
    piece = summarize_pb2.Evidence(span=report_pb2.TextSpan(start=0, end=4))
    piece.MergeFromString(b"\x08" + bytes([number]))
    return summarize_pb2.Brief(text="A bridge.", sentences=[summarize_pb2.BriefSentence(evidence=[piece])])


def test_fields_that_are_not_known_are_skipped() -> None:
    (sentence,) = read(evidence(summarize_pb2.ARTICLE_FIELD_TITLE))["en"].sentences
    assert [(piece.field, piece.text) for piece in sentence.evidence] == [("title", "A br")]


def test_a_part_of_the_article_that_is_not_known_is_not_quoted_from_another_one() -> None:
    (sentence,) = read(evidence(OF_TOMORROW))["en"].sentences
    assert [(piece.field, piece.text, piece.span.end) for piece in sentence.evidence] == [("unknown", "", 4)]


def test_values_that_are_not_known_are_read_as_the_contract_says() -> None:
    brief = summarize_pb2.Brief.FromString(b"\x28\x63")
    assert brief.method == OF_TOMORROW
    brief.quality.MergeFromString(b"\x12\x02\x10\x63\x1a\x02\x18\x63")  # warnings { severity: 99 } repairs { rung: 99 }
    brief.models.add().MergeFromString(b"\x08\x63")
    got = read(brief)["en"]
    assert ([warning.severity for warning in got.warnings], [repair.rung for repair in got.repairs]) == (["warning"], ["decoded_again"])
    assert (got.method, [model.role for model in got.models]) == ("unknown", ["unknown"])


def test_a_model_in_a_state_or_of_a_task_that_is_not_known_is_listed_all_the_same() -> None:
    page = server_pb2.ListModelsResponse.FromString(b"\x0a\x04\x18\x63\x58\x63")  # models { task: 99, state: 99 }
    assert [(model.task, model.state) for model in models(page)] == [("unknown", "unknown")]


def test_a_reply_with_nothing_but_its_text_is_read() -> None:
    got = read(summarize_pb2.Brief(text="A bridge."))
    brief = got["en"]
    assert (brief.text, brief.score) == ("A bridge.", None)
    assert [brief.warnings, brief.repairs, brief.applied_terms, brief.models] == [()] * 4
    assert (got.timings.total, got.usage.cached_sentences) == (0, 0)
