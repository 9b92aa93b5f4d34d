"""Translates with a finished model folder the way the server does: target token, pieces, end."""

import os
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ctranslate2

from training.vocabulary import read_vocabulary


class FolderTranslator:
    """A model folder opened for translation."""

    def __init__(self, folder: Path) -> None:
        description = tomllib.loads((folder / "model.toml").read_text(encoding="utf-8"))
        self._decoding: dict[str, Any] = description["decoding"]
        self._longest = int(description["max_output_tokens"])
        self._vocabulary = read_vocabulary(folder / "source.spm")
        self._engine = ctranslate2.Translator(
            str(folder),
            compute_type=description["compute_type"],
            # One replica for each core, one thread each: the fastest way to use them.
            inter_threads=os.cpu_count() or 1,
            intra_threads=1,
        )

    def translate(self, sentences: Sequence[str], target: str, *, beam_size: int = 0) -> list[str]:
        """Translate; a beam size of 0 means the folder's own."""
        results = self._engine.translate_batch(
            [self._vocabulary.source_tokens(sentence, target) for sentence in sentences],
            max_batch_size=32,
            max_decoding_length=self._longest,
            **{**self._decoding, **({"beam_size": beam_size} if beam_size else {})},
        )
        return [self._vocabulary.decode(result.hypotheses[0]) for result in results]

    def translate_surely(self, sentences: Sequence[str], target: str) -> list[tuple[str, float]]:
        """Translations, each with the mean log-probability of its tokens, its end included: the server's `Generation.score`."""
        results = self._engine.translate_batch(
            [self._vocabulary.source_tokens(sentence, target) for sentence in sentences],
            max_batch_size=32,
            max_decoding_length=self._longest,
            return_scores=True,
            return_end_token=True,
            **self._decoding,
        )
        # CTranslate2 divides a hypothesis' log-probability by its length to this power.
        power = float(self._decoding["length_penalty"])
        return [self._sure(result.hypotheses[0], result.scores[0], power) for result in results]

    def _sure(self, tokens: list[str], score: float, power: float) -> tuple[str, float]:
        words = tokens[:-1] if tokens[-1:] == ["</s>"] else tokens
        return self._vocabulary.decode(words), score * len(tokens) ** power / max(1, len(tokens))
