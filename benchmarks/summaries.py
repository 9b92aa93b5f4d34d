"""The sentences that Summarize translates for the measured articles, so that the engine can translate exactly the same ones."""

import grpc

from benchmarks.material import LANGUAGES, Work
from benchmarks.questions import article_shape
from korotko.v1 import service_pb2_grpc, summarize_pb2

_PATIENCE_SECONDS = 60.0


def groups_of_article_sentences(address: str) -> list[list[Work]]:
    """For each article the work of its call: the sentences of its brief, each into the two other languages."""
    with grpc.insecure_channel(address) as channel:
        stub = service_pb2_grpc.KorotkoServiceStub(channel)
        requests = [summarize_pb2.SummarizeRequest.FromString(body) for body in article_shape().bodies]
        return [_works(stub.Summarize(request, timeout=_PATIENCE_SECONDS)) for request in requests]


def _works(reply: summarize_pb2.SummarizeResponse) -> list[Work]:
    own = reply.source_language.language_code
    brief = next(result.brief for result in reply.results if result.language_code == own)
    texts = [brief.text[sentence.span.start : sentence.span.end] for sentence in brief.sentences]
    return [Work(text=text, source=own, target=target) for target in LANGUAGES if target != own for text in texts]
