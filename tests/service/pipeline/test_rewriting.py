"""A written brief that cannot stay as a whole is written once more, and the better of the two is taken."""

from collections.abc import Sequence as SequenceOf
from dataclasses import replace

import pytest

from korotko_service.deadline import Deadline
from korotko_service.engines.engine import DecodingOptions, Generation, Sequence
from korotko_service.pipeline.candidate import Rung
from korotko_service.pipeline.jobs import Choices, Method
from korotko_service.pipeline.summarize import Summarize
from tests.service.pipeline.press import DREAM, SENTENCES, brief, desk, job, sentences, warnings
from tests.summarizers import FirstSentences, FirstWords, Saying

RIGHT, OTHER = SENTENCES["en"][:2]


class SecondThoughts(FirstWords):
    """Says one thing, and another if the decoding options forbid repetition."""

    def __init__(self, first: str, then: str) -> None:
        super().__init__()
        self._said = {False: first, True: then}

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        super().generate(sequences, options)
        return [self._within(self._said[options.no_repeat_ngram_size > 0], options.max_output_tokens) for _ in sequences]


def outcomes(summarize: Summarize) -> dict[str, float]:
    counts = summarize.writer.repairer.metrics.repairs
    return {name: counts.labels(Rung.DECODED_AGAIN, name)._value.get() for name in ("clean", "better", "no_better")}


@pytest.mark.parametrize(
    ("first", "then", "expected", "outcome"),
    [
        (DREAM, f"{RIGHT} {OTHER}", [RIGHT, OTHER], "clean"),
        (f"{RIGHT} {DREAM}", f"{OTHER} {RIGHT}", [OTHER, RIGHT], "clean"),
        (DREAM, f"{RIGHT} {DREAM}", [RIGHT], "better"),
        (f"{RIGHT} {DREAM}", DREAM, [RIGHT], "no_better"),
        (f"{RIGHT} {DREAM}", f"{OTHER} {DREAM}", [RIGHT], "no_better"),
    ],
)
async def test_the_brief_of_which_more_can_stay_is_taken(first: str, then: str, expected: list[str], outcome: str) -> None:
    async with desk({"writer": SecondThoughts(first, then)}, repair=True) as summarize:
        made = brief(await summarize(job()))
        assert {name for name, count in outcomes(summarize).items() if count} == {outcome}
    assert made.method is Method.ABSTRACTIVE
    assert sentences(made)[: len(expected)] == expected
    assert DREAM not in made.text
    assert bool(warnings(made)) is (outcome != "clean")
    anew = expected if outcome != "no_better" else []
    assert [made.text[each.span.start : each.span.end] for each in made.repairs] == anew
    assert {(each.reason, each.rung) for each in made.repairs} <= {("UNSUPPORTED_SENTENCE", Rung.DECODED_AGAIN)}


async def test_a_brief_that_can_stay_is_written_once() -> None:
    engine = FirstSentences(2)
    async with desk({"writer": engine}, repair=True) as summarize:
        assert (await summarize(job())).ledger.repair_seconds == 0
    assert len(engine.batches) == 1


async def test_a_brief_that_cannot_stay_is_written_once_more_and_no_more_often() -> None:
    engine = Saying(DREAM)
    async with desk({"writer": engine}, repair=True) as summarize:
        summary = await summarize(job())
    assert brief(summary).method is Method.EXTRACTIVE
    assert len(engine.batches) == 2
    assert engine.options[0] != engine.options[1]
    assert engine.options[0].max_output_tokens == engine.options[1].max_output_tokens
    assert summary.ledger.repair_seconds > 0
    assert summary.ledger.input_tokens == sum(each.length for batch in engine.batches for each in batch)


async def test_an_operator_may_turn_it_off() -> None:
    engine = Saying(DREAM)
    async with desk({"writer": engine}, repair=False) as summarize:
        await summarize(job())
    assert len(engine.batches) == 1


async def test_where_no_time_is_left_the_first_one_goes_out() -> None:
    engine = SecondThoughts(f"{RIGHT} {DREAM}", OTHER)
    async with desk({"writer": engine}, repair=True) as summarize:
        repairer = summarize.writer.repairer
        late = replace(repairer, clock=lambda: repairer.clock() + 100)
        hurrying = replace(summarize, writer=replace(summarize.writer, repairer=late))
        made = brief(await hurrying(job(choices=Choices(deadline=Deadline(repairer.clock() + 50)))))
    assert sentences(made)[0] == RIGHT


async def test_a_model_that_fails_the_second_time_fails_no_call() -> None:
    class Brittle(SecondThoughts):
        def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
            if options.no_repeat_ngram_size:
                raise RuntimeError("once is enough")
            return super().generate(sequences, options)

    async with desk({"writer": Brittle(f"{RIGHT} {DREAM}", OTHER)}, repair=True) as summarize:
        made = brief(await summarize(job()))
    assert sentences(made)[0] == RIGHT
    assert DREAM not in made.text
