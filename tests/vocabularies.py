"""Real tokenizers, small and trained on the seed articles in a moment; nothing here needs torch."""

from io import BytesIO
from pathlib import Path
from typing import Any

import sentencepiece

from tests.house import ROOT


def texts() -> list[str]:
    """Paragraphs of the seed articles in three languages."""
    articles = [(ROOT / f"seeds/articles/{language}.txt").read_text(encoding="utf-8") for language in ("en", "uk", "ru")]
    return [line for article in articles for line in article.splitlines() if line.strip()]


def pieces(path: Path, size: int, **options: Any) -> int:
    """Train a SentencePiece model; returns the number of its pieces."""
    model = BytesIO()
    defaults = {"vocab_size": size, "hard_vocab_limit": False, "character_coverage": 0.9995, "minloglevel": 2, "num_threads": 1}
    sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(texts()), model_writer=model, **{**defaults, **options})
    path.write_bytes(model.getvalue())
    return len(sentencepiece.SentencePieceProcessor(model_proto=model.getvalue()))
