"""A Korotko server for tests of the SDK: answers at once without a model, and fails as it is told to."""

import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Self

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.message import Message
from google.protobuf.wrappers_pb2 import Int32Value, StringValue
from google.rpc import code_pb2, error_details_pb2
from google.rpc.status_pb2 import Status

from korotko.v1 import language_pb2, options_pb2, report_pb2, server_pb2, service_pb2_grpc, summarize_pb2, translate_pb2

CODE_OF_REASON = {
    "FIELD_INVALID": "INVALID_ARGUMENT",
    "TEXT_TOO_LONG": "INVALID_ARGUMENT",
    "TOO_MANY_ITEMS": "INVALID_ARGUMENT",
    "LANGUAGE_PAIR_UNSUPPORTED": "INVALID_ARGUMENT",
    "LANGUAGE_UNDETERMINED": "INVALID_ARGUMENT",
    "MODEL_NOT_FOUND": "NOT_FOUND",
    "LICENCE_NOT_ACCEPTED": "FAILED_PRECONDITION",
    "QUALITY_REJECTED": "FAILED_PRECONDITION",
    "MODEL_LOADING": "UNAVAILABLE",
    "DRAINING": "UNAVAILABLE",
    "QUEUE_FULL": "UNAVAILABLE",
    "QUOTA_EXCEEDED": "RESOURCE_EXHAUSTED",
    "DEADLINE_TOO_SHORT": "DEADLINE_EXCEEDED",
    "EXPIRED_IN_QUEUE": "DEADLINE_EXCEEDED",
    "WORKER_CRASHED": "INTERNAL",
    "TOKEN_MISSING": "UNAUTHENTICATED",
    "TOKEN_INVALID": "UNAUTHENTICATED",
    "ROLE_MISSING": "PERMISSION_DENIED",
}


def status(reason: str, *details: Message, message: str = "", code: str = "", domain: str = "korotko", **metadata: str) -> Status:
    """What the server says of a refusal, as a call's details or inside a reply."""
    code = code or CODE_OF_REASON[reason]
    made = Status(code=code_pb2.Code.Value(code), message=message or f"refused: {reason}")
    info = error_details_pb2.ErrorInfo(reason=reason, domain=domain, metadata=metadata)
    for detail in (info, *details) if reason else details:
        packed = AnyMessage()
        packed.Pack(detail)
        made.details.append(packed)
    return made


@dataclass(frozen=True)
class Refuse:
    """Refuse a call; a stream only once it has answered `after` requests, or with -1 behind the last."""

    status: Status
    pushback: str | None = None
    wire: bytes | None = None
    after: int = 0

    def __call__(self, context: grpc.ServicerContext) -> None:
        trailers: list[tuple[str, Any]] = [("grpc-status-details-bin", self.wire or self.status.SerializeToString())]
        if self.pushback is not None:
            trailers.append(("grpc-retry-pushback-ms", self.pushback))
        context.set_trailing_metadata(tuple(trailers))
        code = next(code for code in grpc.StatusCode if code.value[0] == self.status.code)
        context.abort(code, self.status.message)


class Silence:
    """Never answer; the caller's deadline or its leaving ends the call."""

    after = 0

    def __call__(self, context: grpc.ServicerContext) -> None:
        over = threading.Event()
        if context.add_callback(over.set):
            over.wait(timeout=60)
        context.abort(grpc.StatusCode.CANCELLED, "the caller is gone")


@dataclass(frozen=True)
class Call:
    """What arrived."""

    method: str
    request: Any
    metadata: dict[str, Any]
    seconds_left: float
    arrived: float


class FakeServer(service_pb2_grpc.KorotkoServiceServicer):
    """Translates "word" into Ukrainian as "uk:word"; a text such as "!TEXT_TOO_LONG" and a target "xx" fail inside the reply."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.items: list[Any] = []  # the requests of streams
        self.arrival = threading.Event()  # set by the first call
        self.serving = True
        self.held_back: set[int] = set()  # indexes that a stream answers only behind index held_until
        self.held_until = -1
        self.refused: Counter[int] = Counter()  # indexes that a stream refuses so many times
        self.refusal = status("QUEUE_FULL", error_details_pb2.RetryInfo())
        self.stray_index: int | None = None
        self._faults: dict[str, deque[Any]] = defaultdict(deque)
        self._pool = ThreadPoolExecutor(8)
        self._server = grpc.server(self._pool)
        service_pb2_grpc.add_KorotkoServiceServicer_to_server(self, self._server)
        check = grpc.unary_unary_rpc_method_handler(self._check, StringValue.FromString, Int32Value.SerializeToString)
        self._server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("grpc.health.v1.Health", {"Check": check}),))
        self.address = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._pool.shutdown()

    def stop(self) -> None:
        self._server.stop(None).wait()

    def will(self, method: str, *faults: Any) -> None:
        """The next calls of a method fail like this, one after another."""
        self._faults[method].extend(faults)

    def Summarize(self, request: summarize_pb2.SummarizeRequest, context: grpc.ServicerContext) -> summarize_pb2.SummarizeResponse:
        self._arrived("Summarize", request, context)
        return self._summary(request)

    def Translate(self, request: translate_pb2.TranslateRequest, context: grpc.ServicerContext) -> translate_pb2.TranslateResponse:
        self._arrived("Translate", request, context)
        return self._translations(request)

    def StreamSummaries(self, requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        for index, request in self._stream("StreamSummaries", requests, context):
            if self._refuses(index):
                yield summarize_pb2.StreamSummariesResponse(index=index, error=self.refusal)
            elif request.article.body.startswith("!"):
                yield summarize_pb2.StreamSummariesResponse(index=index, error=status(request.article.body[1:]))
            else:
                yield summarize_pb2.StreamSummariesResponse(index=index, response=self._summary(request))

    def StreamTranslations(self, requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        for index, request in self._stream("StreamTranslations", requests, context):
            if self._refuses(index):
                yield translate_pb2.StreamTranslationsResponse(index=index, error=self.refusal)
            else:
                yield translate_pb2.StreamTranslationsResponse(index=index, response=self._translations(request))

    def DetectLanguage(self, request: language_pb2.DetectLanguageRequest, context: grpc.ServicerContext) -> Any:
        self._arrived("DetectLanguage", request, context)
        return language_pb2.DetectLanguageResponse(results=map(_detection, request.texts), request_id=request.request_id)

    def ListModels(self, request: server_pb2.ListModelsRequest, context: grpc.ServicerContext) -> server_pb2.ListModelsResponse:
        self._arrived("ListModels", request, context)
        pair = server_pb2.LanguagePair(source_language_code="en", target_language_code="uk")
        model = server_pb2.Model(
            name=f"model-{request.page_token or 'a'}", version="1", task="TASK_TRANSLATE", state="MODEL_STATE_READY", pairs=[pair]
        )
        model.quality.add(pair=pair, test_set="flores-dev", metric="chrF2", value=34.4)
        return server_pb2.ListModelsResponse(models=[model], next_page_token="" if request.page_token else "b")

    def GetServerInfo(self, request: server_pb2.GetServerInfoRequest, context: grpc.ServicerContext) -> server_pb2.GetServerInfoResponse:
        self._arrived("GetServerInfo", request, context)
        info = server_pb2.GetServerInfoResponse(version="9.9", target_language_codes=["en", "uk", "ru"], features=["glossary"])
        info.limits.max_texts = 64
        info.start_time.FromSeconds(1_700_000_000)
        info.max_call_duration.FromMilliseconds(1500)
        return info

    def _check(self, request: StringValue, context: grpc.ServicerContext) -> Int32Value:
        self._arrived("Check", request, context)
        return Int32Value(value=1 if self.serving else 2)

    def _arrived(self, method: str, request: Any, context: grpc.ServicerContext) -> None:
        metadata = {pair.key: pair.value for pair in context.invocation_metadata()}
        self.calls.append(Call(method, request, metadata, context.time_remaining(), time.monotonic()))
        self.arrival.set()
        if self._faults[method] and not self._faults[method][0].after:
            self._faults[method].popleft()(context)

    def _stream(self, method: str, requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[tuple[int, Any]]:
        self._arrived(method, None, context)
        late = []
        for answered, message in enumerate(requests):
            self.items.append(message.request)
            if self._faults[method] and self._faults[method][0].after == answered:
                self._faults[method].popleft()(context)
            if message.index in self.held_back:
                late.append((message.index, message.request))
            else:
                yield (message.index if self.stray_index is None else self.stray_index), message.request
            if message.index == self.held_until:
                yield from late
        if self._faults[method] and self._faults[method][0].after < 0:
            self._faults[method].popleft()(context)

    def _refuses(self, index: int) -> bool:
        self.refused[index] -= 1
        return self.refused[index] >= 0

    def _summary(self, request: summarize_pb2.SummarizeRequest) -> summarize_pb2.SummarizeResponse:
        wanted = () if request.options.validate_only else request.target_language_codes
        response = summarize_pb2.SummarizeResponse(
            results=[_brief(request, language) for language in wanted],
            request_id=request.options.request_id or "made-by-server",
            article_id=request.article.id,
            source_language=report_pb2.DetectedLanguage(language_code="en", confidence=0.5),
            usage=report_pb2.Usage(source_characters=len(request.article.body)),
        )
        response.timings.total.FromMilliseconds(1250)
        return response

    def _translations(self, request: translate_pb2.TranslateRequest) -> translate_pb2.TranslateResponse:
        texts = () if request.options.validate_only else request.texts
        return translate_pb2.TranslateResponse(
            results=[_translation(text, request) for text in texts],
            target_language_code=request.target_language_code,
            request_id=request.options.request_id,
            usage=report_pb2.Usage(input_tokens=7),
        )


def _brief(request: summarize_pb2.SummarizeRequest, language: str) -> summarize_pb2.BriefResult:
    """The first sentence of the body, each in its language and with the place it comes from."""
    if language == "xx":
        return summarize_pb2.BriefResult(language_code=language, error=status("LANGUAGE_PAIR_UNSUPPORTED", supported="en,uk,ru"))
    article = request.article
    end = article.body.find(".") + 1 or len(article.body)
    text = f"{language}:{article.body[:end]}"
    evidence = summarize_pb2.Evidence(field="ARTICLE_FIELD_BODY", span=report_pb2.TextSpan(start=0, end=end), score=0.75)
    sentence = summarize_pb2.BriefSentence(span=report_pb2.TextSpan(start=0, end=len(text)), evidence=[evidence])
    return summarize_pb2.BriefResult(
        language_code=language,
        brief=summarize_pb2.Brief(
            text=text,
            sentences=[sentence],
            method="BRIEF_METHOD_EXTRACTIVE",
            applied_terms=_applied(request.translate_options, text),
        ),
    )


def _applied(options: options_pb2.TranslateOptions, target: str, source: str = "") -> list[report_pb2.AppliedTerm]:
    """The first place of each term that the glossary gives a translation; without a source there is none in it."""
    return [
        report_pb2.AppliedTerm(term=entry.source_term, source_span=_found(source, entry), target_span=_found(target, entry))
        for entry in options.glossary
        if entry.target_term in target
    ]


def _found(text: str, entry: options_pb2.GlossaryEntry) -> report_pb2.TextSpan | None:
    start = text.find(entry.target_term)
    return None if start < 0 else report_pb2.TextSpan(start=start, end=start + len(entry.target_term))


def _translation(text: str, request: translate_pb2.TranslateRequest) -> translate_pb2.TranslationResult:
    if text.startswith("!"):
        return translate_pb2.TranslationResult(error=status(text[1:]))
    target = f"{request.target_language_code}:{text}"
    pair = translate_pb2.SentencePair(
        source_span=report_pb2.TextSpan(start=0, end=len(text)), target_span=report_pb2.TextSpan(start=3, end=len(target))
    )
    warning = report_pb2.QualityWarning(reason="NUMBER_MISSING", severity="SEVERITY_SEVERE", expected="40")
    repair = report_pb2.Repair(span=pair.target_span, reason="REPETITION", rung="REPAIR_RUNG_DECODED_AGAIN")
    translation = translate_pb2.Translation(
        text=target,
        source_language=report_pb2.DetectedLanguage(language_code="en", confidence=1, given=True),
        sentences=[pair],
        quality=report_pb2.QualityReport(score=0.5, warnings=[warning] if "40" in text else [], repairs=[repair] if "40" in text else []),
        applied_terms=_applied(request.translate_options, target, text),
        models=[
            report_pb2.ModelUse(
                role="MODEL_ROLE_TRANSLATE", name="model-a", version="1.1", licence_id="CC-BY-4.0", attribution="Model A by us"
            )
        ],
    )
    return translate_pb2.TranslationResult(translation=translation)


def _detection(text: str) -> language_pb2.DetectLanguageResult:
    if text.startswith("!"):
        return language_pb2.DetectLanguageResult(error=status(text[1:]))
    code = "uk" if "і" in text else "ru" if "и" in text else "en"
    found = report_pb2.DetectedLanguage(language_code=code, confidence=0.75)
    return language_pb2.DetectLanguageResult(detection=language_pb2.LanguageDetection(language=found))
