"""How long inputs may be and outputs may become, the same for every engine."""

from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass

from korotko_service.engines.engine import DecodingOptions
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import TextTooLong


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodingPlan:
    """The numbers for one batch. Steps count the decoder's tokens after its start token, with a forced prefix and the end token."""

    beam_size: int
    repetition_penalty: float
    no_repeat_ngram_size: int
    min_steps: int
    max_steps: int


def plan(manifest: Manifest, options: DecodingOptions, *, longest: int, forced: int) -> DecodingPlan:
    """The caller's options, else the model's own, within the model's limits; `longest` is the longest source of the batch."""
    own = manifest.decoding
    limit = min(manifest.max_output_tokens, options.max_output_tokens or manifest.max_output_tokens)
    if manifest.task == "translate":
        # A runaway loop stops at three times the longest source, not at the model's limit: translations between our languages stay
        # below twice the source's tokens (FLORES dev), short ones have a floor.
        limit = min(limit, 3 * longest + 16)
    if manifest.position_limit:
        limit = min(limit, manifest.position_limit - forced)
    # At least one token, as is CTranslate2's default: an empty answer is never right.
    floor = min(options.min_output_tokens or own.min_output_tokens, limit)
    return DecodingPlan(
        beam_size=options.beam_size or own.beam_size,
        repetition_penalty=options.repetition_penalty or own.repetition_penalty,
        no_repeat_ngram_size=options.no_repeat_ngram_size or own.no_repeat_ngram_size,
        min_steps=forced + max(1, floor),
        max_steps=forced + limit,
    )


def check_positions(manifest: Manifest, sources: SequenceOf[SequenceOf[str]]) -> None:
    """Refuse a source longer than the model has positions for: cutting it would silently lose the end of a text."""
    longest = max(map(len, sources))
    if manifest.position_limit and longest > manifest.position_limit:
        raise TextTooLong(
            f"a text of {longest} tokens is more than {manifest.name} can read at once, {manifest.position_limit}; split it",
            limit=manifest.position_limit,
            actual=longest,
            model=manifest.name,
        )
