"""A vocabulary map (CTranslate2's name): the pieces that each target language is written in, so that decoding weighs no others.

A line of it applies to every source that has the line's words in it, and a batch may write what any of its sources may. So that no text
depends on its neighbours, a line here is for the token of a target language and no other word, and a batch has one target language.
"""

from collections.abc import Callable, Sequence as SequenceOf
from typing import TypeVar

from korotko_service.engines.engine import Sequence
from korotko_service.engines.manifest import VOCABULARY_MAP, Manifest
from korotko_service.engines.tokenizer import Tokenizer
from korotko_service.errors import ModelInvalid

Answer = TypeVar("Answer")


def check(manifest: Manifest, tokenizer: Tokenizer) -> None:
    """ModelInvalid where a line is for other words, or a language has no line and nothing could be written in it."""
    path = manifest.folder / VOCABULARY_MAP
    try:
        keys = {line.partition("\t")[0] for line in path.read_text(encoding="utf-8").split("\n") if line}
    except (OSError, ValueError) as error:
        raise ModelInvalid(f"{path}: {error}") from error
    tokens = set(manifest.target_tokens.values())
    if keys - tokens:
        raise ModelInvalid(f"{path}: a line for {min(keys - tokens)!r}: expected only target_tokens, {', '.join(sorted(tokens))}")
    for source, target in manifest.pairs:
        if not keys & set(tokenizer.encode("", source, target)):
            raise ModelInvalid(f"{path}: no line for the token that leads a text into {target!r}")


def by_target_language(sequences: SequenceOf[Sequence], generate: Callable[[list[Sequence]], list[Answer]]) -> list[Answer]:
    """The answers of `generate`, which is given one target language at a time, in the order of `sequences`."""
    places: dict[str, list[int]] = {}
    for place, sequence in enumerate(sequences):
        places.setdefault(sequence.target_language, []).append(place)
    answers: dict[int, Answer] = {}
    for group in places.values():
        answers |= zip(group, generate([sequences[place] for place in group]), strict=True)
    return [answers[place] for place in range(len(sequences))]
