"""Words to tokens and back, without torch: SentencePiece, and byte-level BPE for BART. Control tokens are added elsewhere."""

from pathlib import Path
from typing import Protocol

import sentencepiece

from korotko_service.engines.families import UNKNOWN, Family, Spelling
from korotko_service.errors import ModelInvalid


class Speller(Protocol):
    """Spells a text in a model's tokens. Thread-safe: it is read-only after loading."""

    def encode(self, text: str) -> list[str]:
        """Tokens of `text`; control tokens that stand in it are only text."""
        ...

    def decode(self, tokens: list[str]) -> str:
        """The text that generated tokens spell; control tokens are no part of it."""
        ...


class PieceSpeller:
    """SentencePiece, one model or one for each side.

    CTranslate2 works on token strings, so fairseq's shifted numbering (mBART, NLLB) and M2M-100's own vocabulary file do not matter here.
    """

    def __init__(self, source: Path, target: Path) -> None:
        self._source = _processor(source)
        self._target = _processor(target) if target != source else self._source

    def encode(self, text: str) -> list[str]:
        return list(self._source.encode(text, out_type=str))

    def decode(self, tokens: list[str]) -> str:
        spelled = str(self._target.decode([token for token in tokens if self._spells(token)]))
        return spelled.replace("▁", " ").strip()  # Marian's sides share a vocabulary: a piece of the source's alone is still a word.

    def _spells(self, token: str) -> bool:
        """Whether a token is a piece of either side: language tokens are not, and SentencePiece takes them for words."""
        return token == UNKNOWN or any(each.piece_to_id(token) != each.unk_id() for each in (self._target, self._source))


class ByteSpeller:
    """GPT-2's byte-level BPE through the `tokenizers` library, imported only when a BART model is loaded."""

    _CONTROL = frozenset({"<s>", "</s>", "<pad>", "<unk>", "<mask>"})

    def __init__(self, vocabulary: Path, merges: Path) -> None:
        try:
            from tokenizers import ByteLevelBPETokenizer  # noqa: PLC0415  # An extra: only BART needs it.
        except ImportError:
            raise ModelInvalid(f"{vocabulary.parent}: family 'bart' needs the extra: pip install 'korotko-service[bart]'") from None
        try:
            self._tokenizer = ByteLevelBPETokenizer.from_file(str(vocabulary), str(merges))
        except Exception as error:  # The library raises bare Exception for a file that it cannot read.
            raise ModelInvalid(f"{vocabulary}: not a byte-level BPE vocabulary: {error}") from error

    def encode(self, text: str) -> list[str]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).tokens)

    def decode(self, tokens: list[str]) -> str:
        return str(self._tokenizer._tokenizer.decoder.decode([token for token in tokens if token not in self._CONTROL])).strip()


def speller(folder: Path, family: Family) -> Speller:
    """The speller of a model folder; ModelInvalid names the file that is missing or no such file."""
    for name in family.files:
        if not (folder / name).is_file():
            raise ModelInvalid(f"{folder}: file {name!r} is missing; family {family.name!r} needs {', '.join(family.files)}")
    first, last = folder / family.files[0], folder / family.files[-1]
    return ByteSpeller(first, last) if family.spelling is Spelling.BYTES else PieceSpeller(first, last)


def _processor(path: Path) -> sentencepiece.SentencePieceProcessor:
    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:
        raise ModelInvalid(f"{path}: not a SentencePiece model: {error}") from error
