"""Condense sentences with a summarizer model: chunk by chunk if they are too many for it, each round strictly shorter."""

from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, field, replace

from korotko_service.catalog import Hop
from korotko_service.engines.engine import DecodingOptions, Sequence
from korotko_service.pipeline import drafting
from korotko_service.pipeline.jobs import BriefShape, Choices
from korotko_service.pipeline.results import Ledger
from korotko_service.scheduling.order import Order
from korotko_service.scheduling.scheduler import Scheduler
from korotko_service.scheduling.workers import WorkerPool

# Each round halves at least; four budgets of text are one chunk after two or three.
_MAX_ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Condensed:
    """The sentences that came out of the last round, or the reason why there are none."""

    sentences: tuple[str, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """What one round generates from: chunks within the model's budget, and how much to write for each."""

    sequences: tuple[Sequence, ...]
    order: Order

    @property
    def tokens(self) -> int:
        return sum(sequence.length for sequence in self.sequences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condenser:
    """Runs the rounds, given the summarizer's scheduler, and options that override the model's own; the length follows from the brief."""

    scheduler: Scheduler
    readers: WorkerPool
    options: DecodingOptions = field(default_factory=DecodingOptions)

    async def condense(self, texts: SequenceOf[str], hop: Hop, shape: BriefShape, choices: Choices, ledger: Ledger) -> Condensed:
        """Until one chunk has become the brief; ends without one after a round that does not shrink what is too long, or the last round."""
        for _ in range(_MAX_ROUNDS):
            if not texts:
                return Condensed(trouble="EMPTY_OUTPUT")
            now = await self._prepared(texts, hop, shape, choices)
            if any(sequence.length > hop.model.max_input_tokens for sequence in now.sequences):
                return Condensed(trouble="TEXT_TOO_LONG")
            written = await self._generated(now, ledger)
            if written and drafting.fits(written, shape):
                return Condensed(sentences=written)
            if written and self.scheduler.count(" ".join(written)) >= now.tokens:
                break
            if written and len(now.sequences) == 1:
                return _cut(written, shape)
            texts, choices = written, replace(choices, begun=True)
        return Condensed(trouble="NOT_SHORTER")

    async def _prepared(self, texts: SequenceOf[str], hop: Hop, shape: BriefShape, choices: Choices) -> _Round:
        return await self.readers.run_text(lambda: self._round(texts, hop, shape, choices), characters=sum(map(len, texts)))

    def _round(self, texts: SequenceOf[str], hop: Hop, shape: BriefShape, choices: Choices) -> _Round:
        model, count = hop.model, self.scheduler.count
        sequences = tuple(
            Sequence(text=text, source_language=hop.source, target_language=hop.target, length=count(text))
            for text in drafting.chunks(texts, count, model.max_input_tokens)
        )
        lengths = [count(text) for text in texts]
        least, most = drafting.bounds(texts, lengths, [sequence.length for sequence in sequences], shape, model.max_output_tokens)
        # The beam that a caller asks for is the translators'; a summarizer decodes as it was measured.
        bounds = {"min_output_tokens": least, "max_output_tokens": most}
        options = replace(self.options, reproducible=choices.options.reproducible, **bounds)
        return _Round(sequences=sequences, order=replace(choices.order, options=options))

    async def _generated(self, now: _Round, ledger: Ledger) -> tuple[str, ...]:
        """The whole sentences that the round wrote."""
        outcomes = await self.scheduler.run(now.sequences, now.order)
        for sequence, outcome in zip(now.sequences, outcomes, strict=True):
            ledger.add(outcome, input_tokens=sequence.length)
        return drafting.whole_sentences(outcome.generation for outcome in outcomes)


def _cut(sentences: SequenceOf[str], shape: BriefShape) -> Condensed:
    """As many whole sentences as the caller wants; the limit of characters is applied in each language when the brief is assembled."""
    short = [sentence for sentence in sentences if shape.max_characters is None or len(sentence) <= shape.max_characters]
    kept = tuple(short[: shape.sentences])
    return Condensed(sentences=kept, trouble="" if kept else "TEXT_TOO_LONG")
