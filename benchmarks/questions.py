"""The two shapes of request that are measured, serialized beforehand, and what an answer to each must contain to count.

A *sentence* is one Translate call with one sentence: the hardest shape, because one sentence pays for everything around the engine. An
*article* is one Summarize call: three sentences of an article in its own language, translated into the two others. That is the product.
All calls bypass the server's result cache, so that every sentence is computed.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from google.rpc import error_details_pb2, status_pb2

from benchmarks.material import LANGUAGES, Work, articles, sentences
from korotko.v1 import options_pb2, summarize_pb2, translate_pb2

SERVICE = "/korotko.v1.KorotkoService/"
OK = "OK"
_INFO, _RETRY = error_details_pb2.ErrorInfo.DESCRIPTOR.full_name, error_details_pb2.RetryInfo.DESCRIPTOR.full_name
_BYPASS = options_pb2.RequestOptions(cache_mode=options_pb2.CACHE_MODE_BYPASS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a reply amounts to: "OK" or why not, the translated sentences in it, and whether a refusal said when to come back."""

    outcome: str
    sentences: int = 0
    retry_told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One shape of request over gRPC: its method, serialized requests, and the judge of its replies."""

    method: str
    bodies: Sequence[bytes]
    judge: Callable[[bytes], Answer]


def sentence_shape() -> Shape:
    bodies = [_translate(work).SerializeToString() for work in sentences()]
    return Shape(method=f"{SERVICE}Translate", bodies=bodies, judge=judge_translation)


def article_shape() -> Shape:
    bodies = [_summarize(language, body).SerializeToString() for language, body in articles()]
    return Shape(method=f"{SERVICE}Summarize", bodies=bodies, judge=judge_summary)


SHAPES: dict[str, Callable[[], Shape]] = {"sentence": sentence_shape, "article": article_shape}


def http_bodies() -> list[bytes]:
    """The same sentences for peers, as JSON."""
    works = sentences()
    return [json.dumps({"text": work.text, "q": work.text, "source": work.source, "target": work.target}).encode() for work in works]


def _translate(work: Work) -> translate_pb2.TranslateRequest:
    return translate_pb2.TranslateRequest(
        texts=[work.text], source_language_code=work.source, target_language_code=work.target, options=_BYPASS
    )


def _summarize(language: str, body: str) -> summarize_pb2.SummarizeRequest:
    article = summarize_pb2.Article(body=body, language_code=language)
    return summarize_pb2.SummarizeRequest(article=article, target_language_codes=LANGUAGES, options=_BYPASS)


def judge_translation(wire: bytes) -> Answer:
    results = translate_pb2.TranslateResponse.FromString(wire).results
    if len(results) == 1 and results[0].translation.text:
        return Answer(outcome=OK, sentences=1)
    return _refusal([result.error for result in results if result.HasField("error")])


def judge_summary(wire: bytes) -> Answer:
    """Good only if every language has its brief; the sentences counted are those that had to be translated."""
    reply = summarize_pb2.SummarizeResponse.FromString(wire)
    if len(reply.results) == len(LANGUAGES) and all(result.brief.text for result in reply.results):
        own = reply.source_language.language_code
        translated = [result.brief for result in reply.results if result.language_code != own]
        return Answer(outcome=OK, sentences=sum(len(brief.sentences) for brief in translated))
    return _refusal([result.error for result in reply.results if result.HasField("error")])


def judge_json(wire: bytes) -> Answer:
    """A peer's reply: an object whose "translation" (LibreTranslate: "translatedText") is not empty."""
    reply = json.loads(wire)
    return Answer(outcome=OK, sentences=1) if reply.get("translation") or reply.get("translatedText") else Answer(outcome="EMPTY")


def judge_status(wire: bytes) -> Answer:
    """The verdict on a failed call, from its google.rpc.Status."""
    return _refusal([status_pb2.Status.FromString(wire)])


def _refusal(errors: Sequence[status_pb2.Status]) -> Answer:
    """The first reason; it counts as saying when to come back only if every error says so."""
    kinds = [{detail.TypeName(): detail for detail in error.details} for error in errors]
    if not kinds or _INFO not in kinds[0]:
        return Answer(outcome="EMPTY")
    info = error_details_pb2.ErrorInfo.FromString(kinds[0][_INFO].value)
    return Answer(outcome=info.reason, retry_told=all(_RETRY in each for each in kinds))
