"""KorotkoService: each method decodes, calls its use case, encodes; what all calls share is at the call desk."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from korotko.v1 import language_pb2, options_pb2, server_pb2, service_pb2_grpc, summarize_pb2, translate_pb2
from korotko_service.access import Role
from korotko_service.editions.edition import Editions
from korotko_service.pipeline.detect import Detect
from korotko_service.pipeline.jobs import SummarizeJob, TranslateJob
from korotko_service.pipeline.summarize import Summarize
from korotko_service.pipeline.translate import Translate
from korotko_service.rpc import decode, encode
from korotko_service.rpc.allowances import GiveBack, fruitless, unworked
from korotko_service.rpc.calls import Call, CallDesk, Context
from korotko_service.rpc.decode import Arrival
from korotko_service.rpc.directory import Directory
from korotko_service.rpc.streams import answer_all
from korotko_service.scheduling.waiting import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCases:
    """What the service can do, with the models of one edition."""

    summarize: Summarize
    translate: Translate
    detect: Detect


class Servicer(service_pb2_grpc.KorotkoServiceServicer):
    """The API of korotko.v1 over the use cases. A call, or an item of a stream, keeps the edition that it began with."""

    def __init__(
        self,
        *,
        editions: Editions[UseCases],
        directory: Directory,
        desk: CallDesk,
        max_stream_in_flight: int,
        check_door: Callable[[], None],
        draining: asyncio.Event,
    ) -> None:
        """`check_door` raises the error that any call would get now, while models load or the server drains."""
        self._editions = editions
        self._directory = directory
        self._desk = desk
        self._max_stream_in_flight = max_stream_in_flight
        self._check_door = check_door
        self._draining = draining

    async def Summarize(self, request: summarize_pb2.SummarizeRequest, context: Context) -> summarize_pb2.SummarizeResponse:
        async with self._desk.call(context, "Summarize", request_id=request.options.request_id) as call:
            return await self._summarized(request, self._desk.arrival(context, priority=Priority.INTERACTIVE, caller=call.caller), call)

    async def Translate(self, request: translate_pb2.TranslateRequest, context: Context) -> translate_pb2.TranslateResponse:
        async with self._desk.call(context, "Translate", request_id=request.options.request_id) as call:
            return await self._translated(request, self._desk.arrival(context, priority=Priority.INTERACTIVE, caller=call.caller), call)

    async def StreamSummaries(  # type: ignore[override]  # It writes as answers finish; the stubs know generators only.
        self, request_iterator: AsyncIterator[summarize_pb2.StreamSummariesRequest], context: Context
    ) -> None:
        await self._stream(request_iterator, context, "StreamSummaries", self._summarized, summarize_pb2.StreamSummariesResponse)

    async def StreamTranslations(  # type: ignore[override]  # See StreamSummaries.
        self, request_iterator: AsyncIterator[translate_pb2.StreamTranslationsRequest], context: Context
    ) -> None:
        await self._stream(request_iterator, context, "StreamTranslations", self._translated, translate_pb2.StreamTranslationsResponse)

    async def DetectLanguage(self, request: language_pb2.DetectLanguageRequest, context: Context) -> language_pb2.DetectLanguageResponse:
        async with self._desk.call(context, "DetectLanguage", request_id=request.request_id, field="request_id") as call:
            arrival = self._desk.arrival(context, priority=Priority.INTERACTIVE, caller=call.caller)
            job = decode.detect_job(request, arrival, max_texts=self._directory.limits["max_texts"])
            with self._desk.allowed(arrival, Role.DETECT, characters=job.characters) as give_back, self._editions.lease() as use_cases:
                items = await use_cases.detect(job)
            give_back(unworked(job.texts, items))
            self._desk.count_items(items, call)
            return encode.detect_response(items, request_id=call.request_id)

    async def ListModels(self, request: server_pb2.ListModelsRequest, context: Context) -> server_pb2.ListModelsResponse:
        async with self._desk.call(context, "ListModels"):
            return self._directory.models(request)

    async def GetServerInfo(self, request: server_pb2.GetServerInfoRequest, context: Context) -> server_pb2.GetServerInfoResponse:
        async with self._desk.call(context, "GetServerInfo"):
            return self._directory.info()

    async def _summarized(self, request: summarize_pb2.SummarizeRequest, arrival: Arrival, call: Call) -> summarize_pb2.SummarizeResponse:
        _note_labels(request.options, call)
        job = decode.summarize_job(request, arrival, max_targets=self._directory.limits["max_targets"])
        with self._allowed(arrival, Role.SUMMARIZE, job) as give_back, self._editions.lease() as use_cases:
            summary = await use_cases.summarize(job)
        # A translation too long for the caller's limit is refused as well, but a model wrote it.
        if fruitless(summary.briefs) and not summary.ledger.output_tokens:
            give_back(job.characters)
        self._desk.count_items(summary.briefs, call)
        call.facts |= {"source": summary.source.language, "targets": job.targets, "characters": summary.ledger.characters}
        return encode.summarize_response(summary, article_id=job.article.id, request_id=call.request_id, total_seconds=call.seconds)

    async def _translated(self, request: translate_pb2.TranslateRequest, arrival: Arrival, call: Call) -> translate_pb2.TranslateResponse:
        _note_labels(request.options, call)
        job = decode.translate_job(request, arrival, max_texts=self._directory.limits["max_texts"])
        with self._allowed(arrival, Role.TRANSLATE, job) as give_back, self._editions.lease() as use_cases:
            translations = await use_cases.translate(job)
        give_back(unworked(job.texts, translations.items))
        self._desk.count_items(translations.items, call)
        call.facts |= {"target": job.target, "texts": len(job.texts), "characters": translations.ledger.characters}
        return encode.translate_response(translations, request_id=call.request_id, total_seconds=call.seconds)

    def _allowed(self, arrival: Arrival, role: Role, job: SummarizeJob | TranslateJob) -> AbstractContextManager[GiveBack]:
        """What a job requires of its caller; asking what a call would cost is free."""
        characters = 0 if job.choices.validate_only else job.characters
        return self._desk.allowed(arrival, role, characters=characters, priority=job.choices.priority)

    async def _stream(
        self,
        entries: AsyncIterator[Any],
        context: Context,
        method: str,
        work: Callable[[Any, Arrival, Call], Awaitable[Any]],
        response: Callable[..., Any],
    ) -> None:
        """Both streams: every entry is a call of its own, with its own request id and its own error.

        While nobody is let in, the stream is refused as a whole, so that the caller's entries are not spent on refusals.
        """
        async with self._desk.call(context, method) as call:
            self._check_door()

            async def answer(entry: Any) -> Any:
                item = Call(method=method, request_id=call.request_id, facts={"stream": call.request_id, "index": entry.index})
                arrival = self._desk.arrival(context, priority=Priority.BULK)
                with self._desk.item(item) as errors:
                    item.request_id = decode.request_id(entry.request.options.request_id)
                    return response(index=entry.index, response=await work(entry.request, arrival, item))
                return response(index=entry.index, error=errors[0])

            call.facts["items"] = await answer_all(
                entries, answer, context.write, in_flight=self._max_stream_in_flight, draining=self._draining
            )


def _note_labels(options: options_pb2.RequestOptions, call: Call) -> None:
    """Put the caller's labels into the log, as the contract says, also for what is refused; no other words of a caller go there."""
    if labels := decode.labels(options):
        call.facts["labels"] = labels
