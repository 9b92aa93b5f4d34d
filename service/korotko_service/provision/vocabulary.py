"""Does a tokenizer belong to a model? Compares the number of its tokens with the rows of the model's embedding."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from korotko_service.engines.checkpoint import read_json
from korotko_service.errors import ProvisionRefused

# Real checkpoints differ a little: DistilBART's tokenizer has one token more than its embedding has rows, mT5's and NLLB's embeddings are
# padded to round numbers, M2M-100 keeps its 108 languages and spare words out of vocab.json.
_MORE, _FEWER, _FEWER_SHARE = 8, 256, 0.01


def check_vocabulary(folder: Path, config: Mapping[str, Any]) -> None:
    """Refuse a tokenizer that has far more or far fewer tokens than the model knows, naming its file."""
    rows = config.get("vocab_size")
    if not isinstance(rows, int):
        return
    for name, tokens in _counts(folder).items():
        if tokens > rows + _MORE or tokens < rows - max(_FEWER, _FEWER_SHARE * rows):
            raise ProvisionRefused(f"{folder / name}: a wrong tokenizer: {tokens} tokens, while the model in config.json knows {rows}")


def _counts(folder: Path) -> dict[str, int]:
    """Highest token number plus one, for each file that tells it without loading a tokenizer."""
    counts = {}
    if (folder / "vocab.json").is_file():
        counts["vocab.json"] = _highest(folder / "vocab.json", read_json(folder / "vocab.json").values())
    if (folder / "tokenizer.json").is_file():
        counts["tokenizer.json"] = _count_fast(folder / "tokenizer.json")
    return counts


def _count_fast(path: Path) -> int:
    """Tokens of the `tokenizers` library's file: a table (BPE) or a list (Unigram), and added ones."""
    table = read_json(path)
    words = table.get("model", {}).get("vocab", {})
    added = [entry.get("id", 0) for entry in table.get("added_tokens", [])]
    return max(_highest(path, words.values()) if isinstance(words, dict) else len(words), _highest(path, added))


def _highest(path: Path, numbers: Any) -> int:
    try:
        return 1 + max((int(number) for number in numbers), default=-1)
    except (TypeError, ValueError) as error:
        raise ProvisionRefused(f"{path}: a token's number is none: {error}") from error
