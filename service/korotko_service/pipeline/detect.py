"""Detect: the language of each text and, where asked for, of each sentence; never a silent guess."""

import asyncio
from dataclasses import dataclass

from korotko_service.admission import Admission
from korotko_service.errors import FieldInvalid, KorotkoError
from korotko_service.pipeline.jobs import DetectJob
from korotko_service.pipeline.reading import detected
from korotko_service.pipeline.results import Item, LanguageDetection, SentenceLanguage
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.text.language import detect, detect_segments, is_mixed
from korotko_service.text.segmentation import segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Detect:
    """The use case, given its parts."""

    admission: Admission
    readers: WorkerPool

    async def __call__(self, job: DetectJob) -> tuple[Item[LanguageDetection], ...]:
        """One detection, or the reason why there is none, for each text."""
        with self.admission.permit(job.caller):
            self.admission.check_texts(len(job.texts), field="texts")
            return tuple(await asyncio.gather(*(self._item(job, index) for index in range(len(job.texts)))))

    async def _item(self, job: DetectJob, index: int) -> Item[LanguageDetection]:
        text, field = job.texts[index], f"texts[{index}]"
        try:
            self.admission.check_text(text, field=field)
            return Item(value=await self.readers.run_text(lambda: _detection(text, field, sentences=job.sentences), characters=len(text)))
        except KorotkoError as error:
            return Item(error=error)


def _detection(text: str, field: str, *, sentences: bool) -> LanguageDetection:
    source = detected(text, field)
    document = segment(text)
    if not document.segments:
        raise FieldInvalid("the text holds no words; send at least one sentence", field=field)
    found = detect_segments(document, default=source.language)
    listed = tuple(SentenceLanguage(span=each.span, detection=detection) for each, detection in zip(document.segments, found, strict=True))
    return LanguageDetection(detection=detect(text), mixed=is_mixed(found), sentences=listed if sentences else ())
