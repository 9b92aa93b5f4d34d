"""Detect: the language of each text and, where asked for, of each sentence; never a silent guess."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, repeat

from korotko_service.admission import Admission
from korotko_service.errors import ExpiredInQueue, FieldInvalid, KorotkoError
from korotko_service.pipeline.jobs import DetectJob
from korotko_service.pipeline.reading import SENTENCES, undetermined
from korotko_service.pipeline.results import Item, LanguageDetection, SentenceLanguage
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.text.document import Document
from korotko_service.text.languages.language import Detection
from korotko_service.text.languages.mixture import detect_document, is_mixed
from korotko_service.text.sentences.segmentation import segment

# How many sentences decide whether a text is mixed, if the caller does not want each one's language. Each takes a third of a millisecond.
WITNESSES = 32
# How many characters of one call are read sentence by sentence; that takes half a second of a thread that reads for all callers.
MAX_CHARACTERS_BY_SENTENCE = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Detect:
    """The use case, given its parts."""

    admission: Admission
    readers: WorkerPool
    clock: Callable[[], float] = time.monotonic
    max_characters_by_sentence: int = MAX_CHARACTERS_BY_SENTENCE

    async def __call__(self, job: DetectJob) -> tuple[Item[LanguageDetection], ...]:
        """One detection, or the reason why there is none, for each text."""
        with self.admission.permit(job.caller):
            items: list[Item[LanguageDetection]] = []
            # One after the other: a call of many texts takes turns with other callers' reading, and stops when its caller leaves.
            for index in range(len(job.texts)):
                items.append(await self._item(job, index, listed=sum(len(item.value.sentences) for item in items if item.value)))
            return tuple(items)

    async def _item(self, job: DetectJob, index: int, *, listed: int) -> Item[LanguageDetection]:
        text, field = job.texts[index], f"texts[{index}]"
        left = self.max_characters_by_sentence - sum(map(len, job.texts[:index]))
        if job.deadline.passed(self.clock()):
            raise ExpiredInQueue(f"the time of the call is over after {index} of {len(job.texts)} texts; send fewer, or allow more time")
        try:
            self.admission.check_text(text, field=field)
            # On a reader's thread, however short: many short texts together would hold up the event loop.
            return Item(value=await self.readers.run(lambda: _detection(text, field, sentences=job.sentences, most=left, known=listed)))
        except KorotkoError as error:
            return Item(error=error)


def _detection(text: str, field: str, *, sentences: bool, most: int, known: int) -> LanguageDetection:
    """The text's language; with `sentences` also that of each one that begins before `most`, and for the rest the text's, unsure.

    `known` is how many sentences of the call's other texts are in its answer already.
    """
    document = segment(text)
    if sentences:
        SENTENCES.check(known + len(document.segments), field=field)
    near, far = _cut(document, most if sentences else 0)
    witnesses = Document(text=text, segments=near.segments + _witnesses(far).segments)
    whole, read = detect_document(witnesses, most=len(witnesses.segments))
    if whole.language is None:
        raise undetermined(whole, field, remedy="send more of it")
    if not document.segments:
        raise FieldInvalid("the text holds no words; send at least one sentence", field=field)
    mixed = is_mixed(read)
    if not sentences:
        return LanguageDetection(detection=whole, mixed=mixed, sentences=())
    unread = repeat(Detection(language=whole.language, confidence=0.0, candidates=()))
    listed = tuple(
        SentenceLanguage(span=each.span, detection=detection)
        for each, detection in zip(document.segments, chain(read[: len(near.segments)], unread), strict=False)
    )
    return LanguageDetection(detection=whole, mixed=mixed, sentences=listed)


def _cut(document: Document, most: int) -> tuple[Document, Document]:
    """The same text with the sentences that begin before `most`, and with the others."""
    near = tuple(each for each in document.segments if each.span.start < most)
    return Document(text=document.text, segments=near), Document(text=document.text, segments=document.segments[len(near) :])


def _witnesses(document: Document) -> Document:
    """The same text with at most WITNESSES of its sentences, spread evenly from the first to the last."""
    count = len(document.segments)
    if count <= WITNESSES:
        return document
    chosen = tuple(document.segments[index * (count - 1) // (WITNESSES - 1)] for index in range(WITNESSES))
    return Document(text=document.text, segments=chosen)
