"""KorotkoService: each method decodes, calls its use case, encodes; what all calls share is at the call desk."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from korotko.v1 import language_pb2, server_pb2, service_pb2_grpc, summarize_pb2, translate_pb2
from korotko_service.pipeline.detect import Detect
from korotko_service.pipeline.summarize import Summarize
from korotko_service.pipeline.translate import Translate
from korotko_service.rpc import decode, encode
from korotko_service.rpc.calls import Call, CallDesk, Context
from korotko_service.rpc.decode import Arrival
from korotko_service.rpc.directory import Directory
from korotko_service.rpc.streams import answer_all
from korotko_service.scheduling.batching import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCases:
    """What the service can do."""

    summarize: Summarize
    translate: Translate
    detect: Detect


class Servicer(service_pb2_grpc.KorotkoServiceServicer):
    """The API of korotko.v1 over the use cases."""

    def __init__(
        self, *, use_cases: UseCases, directory: Directory, desk: CallDesk, max_stream_in_flight: int, draining: asyncio.Event
    ) -> None:
        self._use_cases = use_cases
        self._directory = directory
        self._desk = desk
        self._max_stream_in_flight = max_stream_in_flight
        self._draining = draining

    async def Summarize(self, request: summarize_pb2.SummarizeRequest, context: Context) -> summarize_pb2.SummarizeResponse:
        async with self._desk.call(context, "Summarize", request_id=request.options.request_id) as call:
            return await self._summarized(request, self._desk.arrival(context, priority=Priority.INTERACTIVE), call)

    async def Translate(self, request: translate_pb2.TranslateRequest, context: Context) -> translate_pb2.TranslateResponse:
        async with self._desk.call(context, "Translate", request_id=request.options.request_id) as call:
            return await self._translated(request, self._desk.arrival(context, priority=Priority.INTERACTIVE), call)

    async def StreamSummaries(self, request_iterator: AsyncIterator[summarize_pb2.StreamSummariesRequest], context: Context) -> None:
        async with self._desk.call(context, "StreamSummaries") as call:
            arrival = self._desk.arrival(context, priority=Priority.BULK)

            async def answer(item: summarize_pb2.StreamSummariesRequest) -> summarize_pb2.StreamSummariesResponse:
                with self._desk.item(call) as errors:
                    response = await self._summarized(item.request, arrival, self._item_call(call, item.request.options.request_id))
                    return summarize_pb2.StreamSummariesResponse(index=item.index, response=response)
                return summarize_pb2.StreamSummariesResponse(index=item.index, error=errors[0])

            call.facts["items"] = await answer_all(
                request_iterator, answer, context.write, in_flight=self._max_stream_in_flight, draining=self._draining
            )

    async def StreamTranslations(self, request_iterator: AsyncIterator[translate_pb2.StreamTranslationsRequest], context: Context) -> None:
        async with self._desk.call(context, "StreamTranslations") as call:
            arrival = self._desk.arrival(context, priority=Priority.BULK)

            async def answer(item: translate_pb2.StreamTranslationsRequest) -> translate_pb2.StreamTranslationsResponse:
                with self._desk.item(call) as errors:
                    response = await self._translated(item.request, arrival, self._item_call(call, item.request.options.request_id))
                    return translate_pb2.StreamTranslationsResponse(index=item.index, response=response)
                return translate_pb2.StreamTranslationsResponse(index=item.index, error=errors[0])

            call.facts["items"] = await answer_all(
                request_iterator, answer, context.write, in_flight=self._max_stream_in_flight, draining=self._draining
            )

    async def DetectLanguage(self, request: language_pb2.DetectLanguageRequest, context: Context) -> language_pb2.DetectLanguageResponse:
        async with self._desk.call(context, "DetectLanguage", request_id=request.request_id) as call:
            items = await self._use_cases.detect(decode.detect_job(request))
            self._desk.count_items(items)
            return encode.detect_response(items, request_id=call.request_id)

    async def ListModels(self, request: server_pb2.ListModelsRequest, context: Context) -> server_pb2.ListModelsResponse:
        async with self._desk.call(context, "ListModels"):
            return self._directory.models(request)

    async def GetServerInfo(self, request: server_pb2.GetServerInfoRequest, context: Context) -> server_pb2.GetServerInfoResponse:
        async with self._desk.call(context, "GetServerInfo"):
            return self._directory.info()

    async def _summarized(self, request: summarize_pb2.SummarizeRequest, arrival: Arrival, call: Call) -> summarize_pb2.SummarizeResponse:
        job = decode.summarize_job(request, arrival)
        summary = await self._use_cases.summarize(job)
        self._desk.count_items(summary.briefs)
        call.facts |= {"source": summary.source.language, "targets": job.targets, "characters": summary.ledger.characters}
        return encode.summarize_response(summary, article_id=job.article.id, request_id=call.request_id, total_seconds=call.seconds)

    async def _translated(self, request: translate_pb2.TranslateRequest, arrival: Arrival, call: Call) -> translate_pb2.TranslateResponse:
        job = decode.translate_job(request, arrival)
        translations = await self._use_cases.translate(job)
        self._desk.count_items(translations.items)
        call.facts |= {"target": job.target, "texts": len(job.texts), "characters": translations.ledger.characters}
        return encode.translate_response(translations, request_id=call.request_id, total_seconds=call.seconds)

    def _item_call(self, stream: Call, request_id: str) -> Call:
        """A call of its own name within a stream, timed from now."""
        return Call(method=stream.method, request_id=decode.request_id(request_id))
