"""Detect: the language of each text and, where asked for, of each sentence; never a silent guess."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from korotko_service.admission import Admission
from korotko_service.errors import ExpiredInQueue, FieldInvalid, KorotkoError
from korotko_service.pipeline.jobs import DetectJob
from korotko_service.pipeline.reading import undetermined
from korotko_service.pipeline.results import Item, LanguageDetection, SentenceLanguage
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.text.document import Document
from korotko_service.text.language import detect, detect_segments, is_mixed
from korotko_service.text.segmentation import segment

# A sentence takes a third of a millisecond. Whether a text is mixed is told by so many of them where the caller wants none of its own.
WITNESSES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Detect:
    """The use case, given its parts."""

    admission: Admission
    readers: WorkerPool
    clock: Callable[[], float] = time.monotonic

    async def __call__(self, job: DetectJob) -> tuple[Item[LanguageDetection], ...]:
        """One detection, or the reason why there is none, for each text."""
        with self.admission.permit(job.caller):
            self.admission.check_texts(len(job.texts), field="texts")
            # One after the other: a call of many texts takes turns with other callers' reading, and ends with its caller.
            return tuple([await self._item(job, index) for index in range(len(job.texts))])

    async def _item(self, job: DetectJob, index: int) -> Item[LanguageDetection]:
        text, field = job.texts[index], f"texts[{index}]"
        if job.deadline.passed(self.clock()):
            raise ExpiredInQueue(f"the time of the call is over after {index} of {len(job.texts)} texts; send fewer, or allow more time")
        try:
            self.admission.check_text(text, field=field)
            # On a reader's thread, short as it may be: of many short texts the sum would hold up the event loop.
            return Item(value=await self.readers.run(lambda: _detection(text, field, sentences=job.sentences)))
        except KorotkoError as error:
            return Item(error=error)


def _detection(text: str, field: str, *, sentences: bool) -> LanguageDetection:
    whole = detect(text)
    if whole.language is None:
        raise undetermined(whole, field, remedy="send more of it")
    document = segment(text)
    if not document.segments:
        raise FieldInvalid("the text holds no words; send at least one sentence", field=field)
    found = detect_segments(document if sentences else _witnesses(document), default=whole.language)
    if not sentences:
        return LanguageDetection(detection=whole, mixed=is_mixed(found), sentences=())
    listed = tuple(SentenceLanguage(span=each.span, detection=detection) for each, detection in zip(document.segments, found, strict=True))
    return LanguageDetection(detection=whole, mixed=is_mixed(found), sentences=listed)


def _witnesses(document: Document) -> Document:
    """The same text with at most WITNESSES of its sentences, spread evenly from the first to the last."""
    count = len(document.segments)
    if count <= WITNESSES:
        return document
    chosen = tuple(document.segments[index * (count - 1) // (WITNESSES - 1)] for index in range(WITNESSES))
    return Document(text=document.text, segments=chosen)
