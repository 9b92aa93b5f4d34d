"""Zoo engines that write briefs, each with one habit. They keep to the options' bounds unless that is the habit."""

from collections.abc import Sequence as SequenceOf
from typing import Any

from korotko_service.engines.engine import DecodingOptions, FinishReason, Generation, Sequence
from korotko_service.engines.manifest import Manifest
from korotko_service.text.sentences.segmentation import segment
from tests import zoo


def manifest(name: str = "writer", *languages: str, budget: int = 200, most: int = 100, **changes: Any) -> Manifest:
    """A manifest for a summarizer of the languages, English if none is given."""
    pairs = tuple((language, language) for language in languages or ("en",))
    return zoo.manifest(name, task="summarize", pairs=pairs, max_input_tokens=budget, max_output_tokens=most, **changes)


class FirstWords(zoo.Echo):
    """Keeps as many of the first words as the options allow, and is cut off there."""

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        self.batches.append(list(sequences))
        self.options.append(options)
        return [self._within(self.say(sequence), options.max_output_tokens) for sequence in sequences]

    def _within(self, text: str, most: int) -> Generation:
        words = text.split()
        kept = " ".join(words[:most]) if most else text
        reason = FinishReason.LENGTH if most and len(words) > most else FinishReason.END
        return Generation(text=kept, score=-0.5, length=self.count(kept), finish_reason=reason)


class FirstSentences(FirstWords):
    """Keeps the first sentences of what it reads."""

    def __init__(self, count: int = 1) -> None:
        super().__init__()
        self._count = count

    def say(self, sequence: Sequence) -> str:
        document = segment(sequence.text)
        return " ".join(document.segment_text(index) for index in range(min(self._count, len(document.segments))))


class Adding(FirstSentences):
    """Keeps the first sentences and adds one of its own."""

    def __init__(self, sentence: str, *, count: int = 1) -> None:
        super().__init__(count)
        self._sentence = sentence

    def say(self, sequence: Sequence) -> str:
        return f"{super().say(sequence)} {self._sentence}".strip()


class Saying(FirstWords):
    """Always says the same; `text` may be changed."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.text = text

    def say(self, sequence: Sequence) -> str:
        return self.text


class Growing(zoo.Echo):
    """Writes more than it read, whatever the options say: every sentence again, slightly changed."""

    def say(self, sequence: Sequence) -> str:
        document = segment(sequence.text)
        sentences = [document.segment_text(index) for index in range(len(document.segments))]
        return " ".join(sentences + [f"Also {sentence}" for sentence in sentences])
