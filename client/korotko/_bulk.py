"""What is in flight on a bulk stream: how many requests may be unanswered, and which outcomes may be handed on."""

from collections.abc import Callable
from typing import Generic, Literal, Protocol, TypeVar

from google.protobuf.message import Message
from google.rpc.status_pb2 import Status

from korotko._calls import of_article
from korotko._errors import FieldInvalid, KorotkoError, MessageTooLarge, ServerError
from korotko._feed import Answered, Event, SourceOver, Taken
from korotko._given import item, text
from korotko._outbox import AsyncOutbox, Outbox
from korotko._patience import Patience
from korotko._replies import error_of_result, summary, translation
from korotko._results import Outcome, Translation
from korotko._status import message_too_large
from korotko._summaries import Article, Summary
from korotko.v1 import summarize_pb2, translate_pb2

DEFAULT_IN_FLIGHT = 16


class _Answer(Protocol):
    """What the answers of both streams have in common."""

    @property
    def index(self) -> int: ...
    @property
    def error(self) -> Status: ...
    def WhichOneof(self, oneof_group: Literal["outcome"], /) -> str | None: ...


T = TypeVar("T")
Item = TypeVar("Item")
Sent = TypeVar("Sent", bound=Message)
Answer = TypeVar("Answer", bound=_Answer)


class Window(Generic[Item, Sent, Answer, T]):
    """Allows at most `size` items between the source and the caller: sent, or answered and held back for their turn."""

    def __init__(
        self, *, size: int, ordered: bool, patience: Patience, pack: Callable[[int, Item], Sent], read: Callable[[Answer, Sent], T]
    ) -> None:
        if not isinstance(size, int) or isinstance(size, bool):
            raise TypeError(f"in_flight must be an int, not {type(size).__name__}")
        if size < 1:
            raise ValueError(f"in_flight is at least 1, not {size!r}")
        self._size = size
        self._ordered = ordered
        self.patience = patience
        self._pack = pack
        self._read = read
        self._out: dict[int, Sent] = {}
        self._held: dict[int, Outcome[T]] = {}
        self._next_to_send = 0
        self._next_to_hand_on = 0
        self._source_has_more = True

    @property
    def has_room(self) -> bool:
        """Whether one more item may be taken from the source."""
        return self._source_has_more and len(self._out) + len(self._held) < self._size

    @property
    def is_finished(self) -> bool:
        """Whether everything is answered and nothing more will come."""
        return not self._out and not self._source_has_more

    @property
    def unfinished(self) -> tuple[int, ...]:
        """Indexes of the items that were sent and not answered."""
        return tuple(self._out)

    @property
    def unanswered(self) -> tuple[Sent, ...]:
        """The messages of the same items."""
        return tuple(self._out.values())

    def send(self, item: Item) -> Sent | None:
        """Number an item; the message to send, or None if it can never be sent: then its outcome is ready and says why."""
        index = self._next_to_send
        self._next_to_send += 1
        try:
            self._out[index] = self._pack(index, item)
        except (FieldInvalid, MessageTooLarge) as error:
            self._held[index] = _failed(index, error)
            return None
        return self._out[index]

    def heed(self, event: Event[Item, Answer], outbox: Outbox[Sent] | AsyncOutbox[Sent]) -> list[Outcome[T]]:
        """Handle an event; the outcomes that may now be handed on. The source's own error is raised as it is."""
        match event:
            case Answered(answer):
                self._answered(answer, outbox)
            case Taken(item):
                if (message := self.send(item)) is not None:
                    outbox.put(message)
            case SourceOver(None):
                self._source_has_more = False
            case SourceOver(BaseException() as error):
                raise error
        if self.is_finished:
            outbox.close()
        return self.ready()

    def _answered(self, answer: Answer, outbox: Outbox[Sent] | AsyncOutbox[Sent]) -> None:
        """Record one answer. An item that was refused for the moment stays unanswered and is sent again, as long as patience lasts."""
        if answer.index not in self._out:
            raise ServerError(f"the server answered {answer.index}, which is not in flight", code="INTERNAL")
        outcome = self._outcome(answer, self._out[answer.index])
        if outcome.error is None:
            self.patience.answered()
        elif (pause := self.patience.pause(outcome.error)) is not None:
            outbox.put_later(pause, self._out[answer.index])
            return
        del self._out[answer.index]
        self._held[answer.index] = outcome

    def ready(self) -> list[Outcome[T]]:
        """The outcomes that may be handed on now."""
        return self._in_turn() if self._ordered else self.held_back()

    def held_back(self) -> list[Outcome[T]]:
        """All outcomes not yet handed on, by index: a stream that breaks must not lose them."""
        held = [self._held[index] for index in sorted(self._held)]
        self._held.clear()
        return held

    def check_finished(self) -> None:
        """A stream that ends well has answered everything."""
        if not self.is_finished:
            raise ServerError("the server ended the stream before it had answered everything", code="INTERNAL")

    def _outcome(self, answer: Answer, sent: Sent) -> Outcome[T]:
        if error := error_of_result(answer):
            return _failed(answer.index, error)
        try:
            return Outcome(answer.index, self._read(answer, sent))
        except KorotkoError as error_inside:
            return _failed(answer.index, error_inside)

    def _in_turn(self) -> list[Outcome[T]]:
        ready = []
        while self._next_to_hand_on in self._held:
            ready.append(self._held.pop(self._next_to_hand_on))
            self._next_to_hand_on += 1
        return ready


def _failed(index: int, error: KorotkoError) -> Outcome[T]:
    """The outcome of an item that failed; its error gives a text's index in the source, not that in its own request (always 0)."""
    if error.field == "texts[0]":
        error.field = f"texts[{index}]"
    return Outcome(index, error=error)


SummariesWindow = Window[str | Article, summarize_pb2.StreamSummariesRequest, summarize_pb2.StreamSummariesResponse, Summary]
TranslationsWindow = Window[
    str,
    translate_pb2.StreamTranslationsRequest,
    translate_pb2.StreamTranslationsResponse,
    Translation,
]


def summaries_window(
    like: summarize_pb2.SummarizeRequest, *, size: int, ordered: bool, patience: Patience, max_message_bytes: int
) -> SummariesWindow:
    """The window of StreamSummaries; `like` is the request, without an article."""

    def pack(index: int, article: str | Article) -> summarize_pb2.StreamSummariesRequest:
        request = of_article(item("article", article, str, Article), like)
        return _fitting(summarize_pb2.StreamSummariesRequest(index=index, request=request), max_message_bytes)

    return Window(
        size=size,
        ordered=ordered,
        patience=patience,
        pack=pack,
        read=lambda answer, sent: summary(answer.response, sent.request),
    )


def translations_window(
    like: translate_pb2.TranslateRequest, *, size: int, ordered: bool, patience: Patience, max_message_bytes: int
) -> TranslationsWindow:
    """The window of StreamTranslations, one text a request: the server makes its batches from everything in flight."""

    def pack(index: int, one: str) -> translate_pb2.StreamTranslationsRequest:
        message = translate_pb2.StreamTranslationsRequest(index=index, request=like)
        message.request.texts[0] = text("texts[0]", item("texts[0]", one, str))
        return _fitting(message, max_message_bytes)

    return Window(
        size=size,
        ordered=ordered,
        patience=patience,
        pack=pack,
        read=lambda answer, sent: translation(answer.response, sent.request),
    )


def _fitting(message: Sent, max_message_bytes: int) -> Sent:
    """A message that gRPC will send: one that is too large would end the whole stream, with all other items in it."""
    if message.ByteSize() > max_message_bytes:
        raise message_too_large(message.ByteSize(), max_message_bytes)
    return message
