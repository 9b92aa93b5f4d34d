"""Values of the engine protocol are valid from birth."""

import pytest

from korotko_service.engines.engine import MAX_BEAM_SIZE, DecodingOptions, Sequence


@pytest.mark.parametrize("size", [-1, MAX_BEAM_SIZE + 1])
def test_a_beam_out_of_range_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match=f"beam_size = {size}: expected 0 to 8"):
        DecodingOptions(beam_size=size)


@pytest.mark.parametrize("size", [0, 1, MAX_BEAM_SIZE])
def test_a_beam_in_range_is_taken(size: int) -> None:
    assert DecodingOptions(beam_size=size).beam_size == size


@pytest.mark.parametrize("length", [0, -5])
def test_a_sequence_without_tokens_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="at least one token"):
        Sequence(text="", source_language="en", target_language="uk", length=length)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"min_output_tokens": -1}, "expected at least 0"),
        ({"max_output_tokens": -1}, "expected at least 0"),
        ({"min_output_tokens": 9, "max_output_tokens": 8}, "min_output_tokens = 9: expected at most 8"),
        ({"repetition_penalty": -0.5}, "expected at least 0"),
        ({"no_repeat_ngram_size": -1}, "expected at least 0"),
    ],
)
def test_impossible_lengths_and_penalties_are_refused(options: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        DecodingOptions(**options)
