"""Reproducible decoding with the real starter: the same words whatever else the server has to do."""

import asyncio
from typing import Any

import grpc

from korotko.v1 import options_pb2, translate_pb2
from korotko_service.text.sentences.segmentation import segment
from tests.integration.process import ServerProcess
from tests.integration.wire import PATIENCE_SECONDS, stub_of

_COMPANY = 12
# A slow machine takes long over such a crowd, and would refuse a call that allows little time.
_CROWD_SECONDS = 8 * PATIENCE_SECONDS


def request(text: str, *, reproducible: bool) -> translate_pb2.TranslateRequest:
    options = options_pb2.RequestOptions(reproducible=reproducible, cache_mode=options_pb2.CACHE_MODE_BYPASS)
    return translate_pb2.TranslateRequest(texts=[text], source_language_code="en", target_language_code="uk", options=options)


async def test_the_output_does_not_depend_on_what_others_send(starter: ServerProcess, articles: dict[str, str]) -> None:
    document = segment(articles["en"])
    texts = [document.segment_text(index) for index in range(len(document.segments))]
    async with grpc.aio.insecure_channel(starter.address) as channel:
        stub = stub_of(channel)

        async def said(text: str, *, reproducible: bool = True) -> Any:
            reply = await stub.Translate(request(text, reproducible=reproducible), timeout=_CROWD_SECONDS)
            result = reply.results[0].translation
            return result.text, result.quality.score

        alone = [await said(text) for text in texts]
        company = [asyncio.ensure_future(said(text[number:], reproducible=False)) for number in range(_COMPANY) for text in texts]
        crowded = await asyncio.gather(*(said(text) for text in texts))
        await asyncio.gather(*company)
    assert crowded == alone
