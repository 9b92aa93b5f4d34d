"""The client for ordinary code: one method for each thing that the server does."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import NoReturn, Self, Unpack

import grpc
from google.protobuf.wrappers_pb2 import StringValue

from korotko import _channel, _replies, _server_replies
from korotko._bulk import DEFAULT_IN_FLIGHT, Answer, Item, Sent, T, Window, summaries_window, translations_window
from korotko._calls import articles_request, detect_request, models_request, summarize_request, text_request, translate_request
from korotko._errors import KorotkoError
from korotko._feed import AnswersOver, Event, Feed
from korotko._given import alone
from korotko._options import BriefOptions, SummarizeOptions, TaskName, TextOptions
from korotko._patience import DEFAULT_PATIENCE_SECONDS, Patience
from korotko._results import Detection, Outcome, Outcomes, Translation
from korotko._server import Model, ServerInfo
from korotko._source import Source, each
from korotko._status import received, rpc_errors
from korotko._summaries import Article, Summary
from korotko.v1.server_pb2 import GetServerInfoRequest


class Client:
    """A connection to a Korotko server; one serves a whole program. Use it in `with`, or close() it.

    The keywords of each method are listed in SummarizeOptions, BriefOptions and TextOptions. Every method raises KorotkoError and
    no other network error. gRPC tries single calls that are refused as UNAVAILABLE up to four times within their timeout; if no server
    answers, it gives up after one to two seconds. Health checks are not retried, and streams go on after a break for as long as their
    `patience` lasts.
    """

    def __init__(
        self,
        target: str = _channel.DEFAULT_TARGET,
        *,
        tls: bool | bytes = False,
        token: str | None = None,
        timeout: float = _channel.DEFAULT_TIMEOUT_SECONDS,
        max_message_bytes: int = _channel.DEFAULT_MAX_MESSAGE_BYTES,
    ) -> None:
        """Nothing is sent before the first call.

        target: "host:port", or a gRPC target such as "unix:/run/korotko.sock".
        tls: True for TLS with the system's root certificates, or the root certificates to trust, in PEM.
        token: sent with every call as "authorization: Bearer …"; give it only with TLS or inside a trusted network.
        timeout: seconds that a call may take, retries included; each method's own `timeout` overrides it.
        max_message_bytes: the largest request sent; MessageTooLarge above. Give the server's own limit where it is not the default
            of 4 MiB (`info().limits.max_message_bytes`).
        """
        self._target = target
        self._timeout = _channel.seconds(timeout)
        self._metadata = _channel.metadata(token)
        self._max_message_bytes = max_message_bytes
        self._channel = _channel.connect(target, tls, max_message_bytes)
        self._stub = _channel.stub(self._channel)
        self._health_check = _channel.health_check(self._channel)
        self._closed = False

    def __repr__(self) -> str:
        return f"<korotko.Client {self._target}{' closed' if self._closed else ''}>"

    def __reduce__(self) -> NoReturn:
        """A connection cannot move to another process, and a copy would be closed with the original."""
        raise TypeError(f"{type(self).__name__} cannot be copied or pickled: make one in each process")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; calls under way are cancelled. May be called twice."""
        self._closed = True
        self._channel.close()

    def summarize(self, article: str | Article, *, timeout: float | None = None, **options: Unpack[SummarizeOptions]) -> Summary:
        """Briefs of one article, by default in English, Ukrainian and Russian: `summarize(article)["uk"].text`.

        The brief: targets, length or sentences or max_characters, format, method, focus, allow_degraded, validate_only. The article, where
        it is a str: title, lede, article_id, published, mime_type. Its translation: source, truncate, beam_size, glossary, preserved_terms.
        The call: request_id, priority, cache, reproducible, labels, model, fail_on_severe. SummarizeOptions says what each means.
        """
        request = summarize_request(article, **options)
        response = self._call(self._stub.Summarize, request, timeout)
        return _replies.summary(response, request)

    def translate(self, text: str, *, target: str, timeout: float | None = None, **options: Unpack[TextOptions]) -> Translation:
        """One text in another language; line breaks and white space between sentences are kept.

        The text: source, mime_type, truncate. Its translation: beam_size, glossary, preserved_terms. The call: request_id, priority,
        cache, reproducible, labels, model, fail_on_severe. TextOptions says what each means.
        """
        request = text_request(text, target=target, **options)
        response = self._call(self._stub.Translate, request, timeout)
        return _replies.translation(response, request)

    def translate_many(
        self,
        texts: Iterable[str],
        *,
        target: str,
        validate_only: bool = False,
        timeout: float | None = None,
        **options: Unpack[TextOptions],
    ) -> Outcomes[Translation]:
        """Several texts in one call, an outcome for each in their order; for thousands of texts use translate_stream.

        validate_only: check the request and count its cost without running a model; there are no outcomes then.
        """
        request = translate_request(texts, target=target, validate_only=validate_only, **options)
        response = self._call(self._stub.Translate, request, timeout)
        return _replies.translations(response, request)

    def summarize_stream(
        self,
        articles: Source[str | Article],
        *,
        in_flight: int = DEFAULT_IN_FLIGHT,
        ordered: bool = False,
        timeout: float = _channel.DEFAULT_STREAM_TIMEOUT_SECONDS,
        patience: float = DEFAULT_PATIENCE_SECONDS,
        **options: Unpack[BriefOptions],
    ) -> Generator[Outcome[Summary], None, None]:
        """Briefs of any number of articles: outcomes come as they finish, each with the index of its article.

        in_flight: how many articles are taken from the source ahead of the outcomes that you have taken.
        ordered: give outcomes in the order of the articles instead.
        timeout: seconds that the whole stream may take.
        patience: seconds that the stream waits for a server that is restarting, loading or full, and for your quota: what was refused or
            on its way is sent again, over a new connection if the old one broke. 0: never.

        The source is read concurrently with the answers, one article at a time: by Client in a thread of its own, by AsyncClient in a
        task. So outcomes come while it waits for its next article. A generator is closed there when the stream ends. A bad article is an
        outcome with an error; if the stream itself ends early, the error's `unfinished` holds the indexes of the articles that were sent
        and not answered.
        """
        window = summaries_window(
            articles_request(**options),
            size=in_flight,
            ordered=ordered,
            patience=Patience(patience, self._seconds(timeout)),
            max_message_bytes=self._max_message_bytes,
        )
        return self._stream(self._stub.StreamSummaries, window, each(articles))

    def translate_stream(
        self,
        texts: Source[str],
        *,
        target: str,
        in_flight: int = DEFAULT_IN_FLIGHT,
        ordered: bool = False,
        timeout: float = _channel.DEFAULT_STREAM_TIMEOUT_SECONDS,
        patience: float = DEFAULT_PATIENCE_SECONDS,
        **options: Unpack[TextOptions],
    ) -> Generator[Outcome[Translation], None, None]:
        """Translations of any number of texts; works like summarize_stream."""
        window = translations_window(
            text_request("", target=target, **options),
            size=in_flight,
            ordered=ordered,
            patience=Patience(patience, self._seconds(timeout)),
            max_message_bytes=self._max_message_bytes,
        )
        return self._stream(self._stub.StreamTranslations, window, each(texts))

    def detect(self, text: str, *, sentences: bool = False, request_id: str | None = None, timeout: float | None = None) -> Detection:
        """The language of one text; UnsupportedLanguage if it cannot be determined. sentences: also detect each sentence's language."""
        found = self.detect_many(alone("text", text, "detect_many"), sentences=sentences, request_id=request_id, timeout=timeout)
        return found[0].unwrap()

    def detect_many(
        self,
        texts: Iterable[str],
        *,
        sentences: bool = False,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Outcomes[Detection]:
        """The language of each text, in their order."""
        request = detect_request(texts, sentences=sentences, request_id=request_id)
        response = self._call(self._stub.DetectLanguage, request, timeout)
        return _replies.detections(response, request)

    def models(self, *, task: TaskName | None = None, timeout: float | None = None) -> list[Model]:
        """The models that the server offers, sorted by name; `timeout` is for each page of 100."""
        models: list[Model] = []
        request = models_request(task, page_token="")
        while True:
            response = self._call(self._stub.ListModels, request, timeout)
            models += _server_replies.models(response)
            if not response.next_page_token:
                return models
            request = models_request(task, page_token=response.next_page_token)

    def info(self, *, timeout: float | None = None) -> ServerInfo:
        """The server's version, languages, limits and features."""
        response = self._call(self._stub.GetServerInfo, GetServerInfoRequest(), timeout)
        return _server_replies.server_info(response)

    def healthy(self, service: str = "", *, timeout: float | None = None) -> bool:
        """Whether the server, or one service of it, takes calls now; never retried.

        False is the server's own answer; if no server answers, ServerUnreachable is raised.
        """
        not_found = f"the server's health check knows no service {service!r}"
        response = self._call(self._health_check, StringValue(value=service), timeout, not_found)
        return response.value == _channel.SERVING

    def _call(self, method: "grpc.UnaryUnaryMultiCallable[Sent, T]", request: Sent, timeout: float | None, not_found: str = "") -> T:
        """A single call's answer; its error becomes the SDK's own."""
        with self._rpc_errors(not_found):
            return received(method(request, timeout=self._seconds(timeout), metadata=self._metadata))

    def _rpc_errors(self, not_found: str = "") -> AbstractContextManager[None]:
        return rpc_errors(target=self._target, is_closed=lambda: self._closed, not_found=not_found)

    def _seconds(self, timeout: float | None) -> float:
        """The time that a call gets; a closed client makes no calls."""
        if self._closed:
            raise RuntimeError("this client is closed")
        return self._timeout if timeout is None else _channel.seconds(timeout)

    def _stream(
        self,
        method: "grpc.StreamStreamMultiCallable[Sent, Answer]",
        window: Window[Item, Sent, Answer, T],
        source: Iterator[Item],
    ) -> Generator[Outcome[T], None, None]:
        """Send while the window has room and hand on what comes back, reconnecting where needed; nothing is left running."""
        feed: Feed[Item, Sent, Answer] = Feed(
            source=source, call=lambda requests: method(requests, timeout=window.patience.seconds_left(), metadata=self._metadata)
        )
        window.patience.begin()
        try:
            feed.connect(())
            while True:
                try:
                    event = self._next(feed, more=window.has_room)
                except KorotkoError as error:
                    if window.is_finished:
                        return
                    if (pause := window.patience.pause(error)) is None:
                        raise
                    feed.rest(pause)
                    if self._closed:
                        raise
                    feed.connect(window.unanswered)
                    continue
                if isinstance(event, AnswersOver):
                    window.check_finished()
                    return
                for outcome in window.heed(event, feed.outbox):
                    yield outcome
        except KorotkoError as error:
            for outcome in window.held_back():
                yield outcome
            for item in feed.left():
                window.send(item)
            error.unfinished = window.unfinished
            raise
        finally:
            feed.end()

    def _next(self, feed: Feed[Item, Sent, Answer], *, more: bool) -> Event[Item, Answer]:
        """What comes next from either end of a stream; the error of a broken call becomes the SDK's own."""
        with self._rpc_errors():
            event = feed.next(more=more)
            if isinstance(event, AnswersOver) and event.error:
                raise event.error
        return event
