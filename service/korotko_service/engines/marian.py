"""Marian's conventions: SentencePiece pieces between a target-language token and the end token, as OPUS-MT models want them."""

from collections.abc import Mapping
from pathlib import Path

import sentencepiece

from korotko_service.errors import ModelInvalid

_END = "</s>"


class MarianTokenizer:
    """Text to tokens and back for one model folder. Thread-safe: SentencePiece processors are read-only after loading."""

    def __init__(self, folder: Path, target_tokens: Mapping[str, str]) -> None:
        self._source = _processor(folder / "source.spm")
        self._target = _processor(folder / "target.spm")
        self._target_tokens = target_tokens

    def encode(self, text: str, target_language: str) -> list[str]:
        """Tokens of `text`, led by the token of the target language where the model has several targets."""
        pieces = self._source.encode(text, out_type=str)
        lead = self._target_tokens.get(target_language)
        return [lead, *pieces, _END] if lead else [*pieces, _END]

    def decode(self, tokens: list[str]) -> str:
        """The text that generated tokens spell; control tokens are no part of it."""
        return str(self._target.decode([token for token in tokens if token != _END])).strip()

    def count(self, text: str) -> int:
        """Tokens that `encode` would give."""
        return len(self._source.encode(text)) + 1 + bool(self._target_tokens)


def _processor(path: Path) -> sentencepiece.SentencePieceProcessor:
    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:
        raise ModelInvalid(f"{path}: not a SentencePiece model: {error}") from error
