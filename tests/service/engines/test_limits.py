"""How long outputs may become: the caller's wish, the model's own numbers, its positions; and what is too long to read."""

from typing import Any

import pytest

from korotko_service.engines.engine import DecodingOptions
from korotko_service.engines.limits import check_positions, plan
from korotko_service.engines.manifest import Decoding
from korotko_service.errors import TextTooLong
from tests import zoo


def steps(options: DecodingOptions, *, longest: int = 100, forced: int = 0, **changes: Any) -> tuple[int, int]:
    given = plan(zoo.manifest(**{"task": "summarize", **changes}), options, longest=longest, forced=forced)
    return given.min_steps, given.max_steps


def test_the_models_own_numbers_hold_where_the_caller_says_nothing() -> None:
    assert steps(DecodingOptions(), max_output_tokens=142, decoding=Decoding(min_output_tokens=55)) == (55, 142)


def test_the_callers_numbers_go_before_the_models() -> None:
    options = DecodingOptions(min_output_tokens=5, max_output_tokens=30)
    assert steps(options, max_output_tokens=142, decoding=Decoding(min_output_tokens=55)) == (5, 30)


def test_nobody_gets_more_than_the_model_can_do() -> None:
    assert steps(DecodingOptions(max_output_tokens=999), max_output_tokens=142)[1] == 142


def test_a_least_length_never_passes_the_greatest() -> None:
    assert steps(DecodingOptions(max_output_tokens=30), max_output_tokens=142, decoding=Decoding(min_output_tokens=55)) == (30, 30)


def test_an_output_fits_the_positions_with_its_forced_tokens() -> None:
    assert steps(DecodingOptions(), max_output_tokens=256, position_limit=256, forced=2) == (3, 256)


def test_an_answer_is_never_empty() -> None:
    assert steps(DecodingOptions(), forced=1)[0] == 2


def test_a_translation_is_stopped_at_three_times_its_source() -> None:
    assert steps(DecodingOptions(), longest=10, task="translate")[1] == 46


def test_other_options_are_taken_from_whoever_says_them() -> None:
    own = Decoding(beam_size=4, repetition_penalty=1.2, no_repeat_ngram_size=3)
    quiet = plan(zoo.manifest(decoding=own), DecodingOptions(), longest=9, forced=0)
    loud = plan(
        zoo.manifest(decoding=own), DecodingOptions(beam_size=1, repetition_penalty=2.0, no_repeat_ngram_size=2), longest=9, forced=0
    )
    assert (quiet.beam_size, quiet.repetition_penalty, quiet.no_repeat_ngram_size) == (4, 1.2, 3)
    assert (loud.beam_size, loud.repetition_penalty, loud.no_repeat_ngram_size) == (1, 2.0, 2)


def test_what_a_model_has_no_positions_for_is_refused() -> None:
    model = zoo.manifest("tiny", position_limit=8, max_input_tokens=8)
    check_positions(model, [["a"] * 8])
    with pytest.raises(TextTooLong, match="a text of 9 tokens is more than tiny can read at once, 8; split it") as caught:
        check_positions(model, [["a"], ["a"] * 9])
    assert caught.value.metadata == {"limit": "8", "actual": "9", "model": "tiny"}


def test_relative_positions_have_no_limit() -> None:
    check_positions(zoo.manifest(), [["a"] * 5000])
