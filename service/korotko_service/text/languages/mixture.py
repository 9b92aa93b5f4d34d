"""Which language each sentence of a text is in, and which of them is the text's."""

from collections.abc import Iterable, Mapping, Sequence

from korotko_service.text.document import Document
from korotko_service.text.languages.alphabets import SCRIPTS, letters_in, script_of
from korotko_service.text.languages.language import SUPPORTED, Candidate, Detection, detect

__all__ = ["detect_document", "is_mixed"]

# Between languages of one alphabet: a name or a quoted word must not assign its sentence to another language.
_SURELY_ANOTHER = 0.97
_MIN_LETTERS_OF_ANOTHER = 10
# A sentence takes a third of a millisecond, and a text of 100,000 characters has some 800. Beyond this number only letters decide.
MAX_SEGMENTS = 1_000
_UNREAD = Detection(language=None, confidence=0.0, candidates=())


def detect_document(document: Document, *, most: int = MAX_SEGMENTS) -> tuple[Detection, tuple[Detection, ...]]:
    """The language of the text, and of each segment in view of it; if the text's cannot be detected, each segment's own.

    A text in several languages has that of most of its sentences by characters, the first of them if they are even. Its confidence is
    then that language's share of the sentences whose language was detected. Only the first `most` are read one by one;
    the others are in the text's language, or in that of their alphabet, with a confidence of 0.
    """
    whole = detect(document.text)
    texts = [document.segment_text(index) for index in range(len(document.segments))]
    alone = [whole] if len(texts) == 1 else [detect(text) if place < most else _UNREAD for place, text in enumerate(texts)]
    leading = _leading(whole, texts, alone)
    return leading, _beside(texts, alone, leading.language)


def is_mixed(detections: Iterable[Detection]) -> bool:
    """Whether more than one language was detected; what is undetermined does not count."""
    return len({detection.language for detection in detections} - {None}) > 1


def _leading(whole: Detection, texts: Sequence[str], alone: Sequence[Detection]) -> Detection:
    """The text's language: by its sentences if most of it is in sentences with a known language, otherwise as a whole."""
    sizes = _sizes(texts, alone)
    first = max(sizes, key=lambda language: sizes[language], default=None)
    if first not in SUPPORTED or first == whole.language:
        return whole
    # Some words in a language of the service must not decide for a text that is in another or an unknown language.
    if 2 * sum(sizes.get(language, 0) for language in {*SUPPORTED, whole.language or ""}) <= sum(map(len, texts)):
        return whole
    total = sum(sizes.values())
    shares = sorted(sizes.items(), key=lambda pair: -pair[1])
    candidates = tuple(Candidate(language=language, confidence=size / total) for language, size in shares)
    return Detection(language=first, confidence=candidates[0].confidence, candidates=candidates)


def _sizes(texts: Sequence[str], alone: Sequence[Detection]) -> dict[str, int]:
    """The characters of the segments in each language that was detected, in order of appearance."""
    sizes: dict[str, int] = {}
    for text, detection in zip(texts, alone, strict=True):
        if detection.language is not None:
            sizes[detection.language] = sizes.get(detection.language, 0) + len(text)
    return sizes


def _beside(texts: Sequence[str], alone: Sequence[Detection], default: str | None) -> tuple[Detection, ...]:
    if default is None:
        return tuple(alone)
    sizes = _sizes(texts, alone)
    of_script = {SCRIPTS[language]: language for language in sorted(sizes, key=lambda each: sizes[each]) if language in SCRIPTS}
    return tuple(_settled(text, detection, default, of_script) for text, detection in zip(texts, alone, strict=True))


def _settled(text: str, alone: Detection, default: str, of_script: Mapping[str, str]) -> Detection:
    """The segment's language in a text in `default`: that, unless the segment is surely in another.

    In an alphabet that `default` does not use, a segment has its own language if it was detected, and otherwise the most frequent
    language of that alphabet in the text (`of_script`). An inherited language has the confidence that the segment itself gives it.
    """
    script = script_of(text)
    if script is not None and script != SCRIPTS.get(default, script):
        return alone if alone.language is not None else _inherited(of_script.get(script, default), alone)
    is_long = letters_in(text) >= _MIN_LETTERS_OF_ANOTHER
    if is_long and alone.language not in (None, default) and alone.confidence >= _SURELY_ANOTHER:
        return alone
    return _inherited(default, alone)


def _inherited(language: str, alone: Detection) -> Detection:
    own = next((one.confidence for one in alone.candidates if one.language == language), 0.0)
    return Detection(language=language, confidence=own, candidates=alone.candidates)
