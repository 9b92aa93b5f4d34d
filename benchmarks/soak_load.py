"""All kinds of callers over a long time: patient ones, bulk streams, and those that break off, vanish or send rubbish.

Each caller is a loop with a seed of its own. The outcome of every call and every stream item is counted as `CODE` or `CODE/REASON` under
the caller's name; ALLOWED lists the allowed ones. A call that gets no outcome within its patience counts as TIMED_OUT, which is allowed
only to callers that asked for it with a tiny deadline: so an accepted request that is lost is a wrong outcome.
"""

import asyncio
import itertools
import random
import socket
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import grpc
from google.rpc import code_pb2, error_details_pb2, status_pb2

from benchmarks.material import LANGUAGES, varied_articles, varied_sentences
from korotko.v1 import language_pb2, options_pb2, server_pb2, service_pb2_grpc, summarize_pb2, translate_pb2

PATIENCE_SECONDS = 110.0  # Below the longest that the server lets a call take.
TIMED_OUT = "TIMED_OUT"
OK, FULL, TOO_SHORT = "OK", "UNAVAILABLE/QUEUE_FULL", "DEADLINE_EXCEEDED/DEADLINE_TOO_SHORT"
EXPIRED = "DEADLINE_EXCEEDED/EXPIRED_IN_QUEUE"
_UNTOLD = "{} without RetryInfo"
_GOOD = {OK, FULL, TOO_SHORT}  # Answered, or refused before any work and told when to come back.
_BAD = {"INVALID_ARGUMENT/FIELD_INVALID", "INVALID_ARGUMENT/LANGUAGE_PAIR_UNSUPPORTED", "NOT_FOUND/MODEL_NOT_FOUND"}
ALLOWED = {
    "translate": _GOOD,
    "summarize": _GOOD,
    "burst": _GOOD,
    "stream": {*_GOOD, "INVALID_ARGUMENT/FIELD_INVALID"},
    "slow reader": _GOOD,
    "cancel": {*_GOOD, "CANCELLED"},
    # Told when to come back only where the same deadline would do then.
    "tiny deadline": {*_GOOD, TIMED_OUT, *map(_UNTOLD.format, (TOO_SHORT, EXPIRED)), EXPIRED},
    "bad input": {FULL, *_BAD},
    "vanished": {"gone"},
    "ask": {OK},
}
_BATCH_OF_STREAM = 12
_BURST = 150
_PAUSE_SECONDS = 0.2  # After a refusal.
_EXPECTED_BAD = 2  # Of each stream.


class Load:
    """All callers over one channel, except those that vanish with their own."""

    def __init__(self, address: str, channel: grpc.aio.Channel, *, seed: int = 0) -> None:
        self.outcomes: Counter[tuple[str, str]] = Counter()
        self.lost_items = 0
        self._address, self._stub = address, service_pb2_grpc.KorotkoServiceStub(channel)
        self._draw = random.Random(seed)  # noqa: S311
        works, texts = varied_sentences(), varied_articles()
        self._draw.shuffle(works)
        self._works = {source: itertools.cycle([work for work in works if work.source == source]) for source in LANGUAGES}
        self._articles = itertools.cycle(texts)

    async def run(self, seconds: float) -> None:
        """All of them at once until the time is up; then each finishes what is under way."""
        until = asyncio.get_running_loop().time() + seconds
        callers = [self.translate] * 3 + [self.summarize] * 2
        callers += [self.stream, self.slow_reader, self.cancel, self.tiny_deadline, self.bad_input, self.vanished, self.burst, self.ask]
        async with asyncio.TaskGroup() as tasks:
            for caller in callers:
                tasks.create_task(self._loop(caller, until))

    async def _loop(self, caller: Callable[[], Awaitable[None]], until: float) -> None:
        while asyncio.get_running_loop().time() < until:
            await caller()

    async def translate(self) -> None:
        await self._note("translate", self._stub.Translate(self._translation(), timeout=PATIENCE_SECONDS))

    async def summarize(self) -> None:
        await self._note("summarize", self._stub.Summarize(self._summary(), timeout=PATIENCE_SECONDS))

    async def burst(self) -> None:
        """More calls at once than the server admits, and then a pause."""
        calls = (self._stub.Translate(self._translation(), timeout=PATIENCE_SECONDS) for _ in range(_BURST))
        await asyncio.gather(*(self._note("burst", call) for call in calls))
        await asyncio.sleep(self._draw.uniform(1, 3))

    async def stream(self) -> None:
        """A bulk stream with bad items among good ones: each index must be answered exactly once."""
        requests = [
            translate_pb2.StreamTranslationsRequest(index=number, request=self._translation() if number >= _EXPECTED_BAD else None)
            for number in range(_BATCH_OF_STREAM)
        ]
        await self._drained("stream", self._stub.StreamTranslations(iter(requests), timeout=PATIENCE_SECONDS), pause_seconds=0)

    async def slow_reader(self) -> None:
        requests = [summarize_pb2.StreamSummariesRequest(index=number, request=self._summary()) for number in range(_BATCH_OF_STREAM)]
        await self._drained("slow reader", self._stub.StreamSummaries(iter(requests), timeout=PATIENCE_SECONDS), pause_seconds=0.2)

    async def cancel(self) -> None:
        call = self._stub.Summarize(self._summary(), timeout=PATIENCE_SECONDS)
        asyncio.get_running_loop().call_later(self._draw.uniform(0, 0.2), call.cancel)
        await self._note("cancel", call)

    async def tiny_deadline(self) -> None:
        await self._note("tiny deadline", self._stub.Translate(self._translation(), timeout=self._draw.uniform(0.001, 0.1)))
        await asyncio.sleep(0.02)

    async def bad_input(self) -> None:
        method, request = self._draw.choice(list(_bad_requests()))
        await self._note("bad input", getattr(self._stub, method)(request, timeout=PATIENCE_SECONDS))
        await asyncio.sleep(0.05)

    async def vanished(self) -> None:
        """A client that leaves before its answer: it closes its channel in the middle of a stream, or a bare socket after a few bytes."""
        async with grpc.aio.insecure_channel(self._address) as channel:
            requests = iter([summarize_pb2.StreamSummariesRequest(index=number, request=self._summary()) for number in range(3)])
            call = service_pb2_grpc.KorotkoServiceStub(channel).StreamSummaries(requests)
            await asyncio.wait([asyncio.ensure_future(call.read())], timeout=self._draw.uniform(0.01, 0.3))
            call.cancel()
        host, _, port = self._address.partition(":")
        with socket.create_connection((host, int(port))) as bare:
            bare.send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        self.outcomes["vanished", "gone"] += 1
        await asyncio.sleep(0.2)

    async def ask(self) -> None:
        """The calls of monitoring and of starting clients."""
        await self._note("ask", self._stub.GetServerInfo(server_pb2.GetServerInfoRequest(), timeout=PATIENCE_SECONDS))
        await self._note("ask", self._stub.ListModels(server_pb2.ListModelsRequest(), timeout=PATIENCE_SECONDS))
        await asyncio.sleep(0.5)

    async def _note(self, caller: str, call: Awaitable[Any]) -> None:
        try:
            reply = await call
        except asyncio.CancelledError:
            self.outcomes[caller, "CANCELLED"] += 1
        except grpc.aio.AioRpcError as error:
            outcome = _outcome_of_call(error)
            self.outcomes[caller, outcome] += 1
            await asyncio.sleep(_PAUSE_SECONDS if outcome in (FULL, TOO_SHORT) else 0)
        else:
            self.outcomes[caller, _outcome_of_reply(reply)] += 1

    async def _drained(self, caller: str, replies: AsyncIterator[Any], *, pause_seconds: float) -> None:
        seen: list[int] = []
        try:
            async for reply in replies:
                seen.append(reply.index)
                refused = reply.WhichOneof("outcome") == "error"
                self.outcomes[caller, _outcome(reply.error) if refused else _outcome_of_reply(reply.response)] += 1
                await asyncio.sleep(pause_seconds)
        except grpc.aio.AioRpcError as error:
            self.outcomes[caller, _outcome_of_call(error)] += 1
            if _outcome_of_call(error) == FULL and not seen:
                return
        self.lost_items += sorted(seen) != list(range(_BATCH_OF_STREAM))

    def _translation(self) -> translate_pb2.TranslateRequest:
        source = self._draw.choice(LANGUAGES)
        works = [next(self._works[source]) for _ in range(self._draw.choice((1, 1, 1, 2, 5)))]
        return translate_pb2.TranslateRequest(
            texts=[work.text for work in works], source_language_code=source, target_language_code=works[0].target
        )

    def _summary(self) -> summarize_pb2.SummarizeRequest:
        _, body = next(self._articles)
        return summarize_pb2.SummarizeRequest(article=summarize_pb2.Article(body=body), target_language_codes=LANGUAGES)


def _bad_requests() -> Iterator[tuple[str, Any]]:
    good = summarize_pb2.Article(body="The ministers agreed on the list on Monday.")
    yield "Summarize", summarize_pb2.SummarizeRequest(target_language_codes=["en"])
    yield "Summarize", summarize_pb2.SummarizeRequest(article=good)
    yield "Summarize", summarize_pb2.SummarizeRequest(article=good, target_language_codes=["en", "en"])
    yield "Translate", translate_pb2.TranslateRequest(texts=["Gut."], source_language_code="de", target_language_code="uk")
    yield "Translate", translate_pb2.TranslateRequest(texts=[" "], target_language_code="!")
    yield (
        "Translate",
        translate_pb2.TranslateRequest(texts=["Good."], source_language_code="en", target_language_code="uk", options=_UNKNOWN),
    )
    yield "DetectLanguage", language_pb2.DetectLanguageRequest()


_UNKNOWN = options_pb2.RequestOptions(model="nobody")


def _outcome_of_reply(reply: Any) -> str:
    """OK, or the first error in place of a result."""
    failed = [result.error for result in getattr(reply, "results", ()) if result.HasField("error")]
    return _outcome(failed[0]) if failed else OK


def _outcome_of_call(error: grpc.aio.AioRpcError) -> str:
    wire = dict(iter(error.trailing_metadata() or ())).get("grpc-status-details-bin")
    if isinstance(wire, bytes):
        return _outcome(status_pb2.Status.FromString(wire))
    return TIMED_OUT if error.code() is grpc.StatusCode.DEADLINE_EXCEEDED else str(error.code().name)


def _outcome(status: status_pb2.Status) -> str:
    """A refusal that does not say when to come back is marked, so that the table can tell."""
    info, retry, code = error_details_pb2.ErrorInfo(), error_details_pb2.RetryInfo(), code_pb2.Code.Name(status.code)
    if not any(detail.Unpack(info) for detail in status.details):
        return code
    outcome = f"{code}/{info.reason}"
    untold = outcome in (FULL, TOO_SHORT, EXPIRED) and not any(detail.Unpack(retry) for detail in status.details)
    return _UNTOLD.format(outcome) if untold else outcome
