"""The shared vocabulary: a sentencepiece model, and the Marian order of its pieces and special tokens."""

import io
from collections.abc import Iterable
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2

from training.recipe import TARGET_TOKENS, VocabularyRecipe

END, UNKNOWN, PAD = "</s>", "<unk>", "<pad>"

# The rules become part of the sentencepiece model, so training and serving normalize alike:
# one apostrophe and one straight quote, composed й ї ё, no stress marks, soft hyphens or odd spaces.
_RULES = {
    "\u2019": "'", "\u02bc": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
    "\u2026": "...", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\n": " ", "\r": " ",
    "и\u0306": "й", "И\u0306": "Й", "і\u0308": "ї", "І\u0308": "Ї", "е\u0308": "ё", "Е\u0308": "Ё",
    "\u0301": "", "\u00ad": "", "\u200b": "", "\ufeff": "",
}  # fmt: skip


class Vocabulary:
    """Text to ids and back, with the ids that Marian expects: </s> 0, <unk> 1, <pad> last."""

    def __init__(self, processor: sentencepiece.SentencePieceProcessor, *, sampling_alpha: float = 0.3) -> None:
        self._processor, self._alpha = processor, sampling_alpha
        pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
        inner = [piece for piece in pieces if piece not in (END, UNKNOWN, PAD, "<s>")]
        self.tokens = [END, UNKNOWN, *inner, *TARGET_TOKENS.values(), PAD]
        self.ids = {token: number for number, token in enumerate(self.tokens)}

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def pad(self) -> int:
        return len(self.tokens) - 1

    def pieces(self, text: str) -> list[str]:
        """The pieces of a text, as strings."""
        return list(self._processor.encode(text, out_type=str))

    def encode(self, text: str) -> list[int]:
        """The ids of a text, without target token and without end."""
        return [self.ids.get(piece, 1) for piece in self.pieces(text)]

    def sample(self, text: str) -> list[int]:
        """The ids of a text cut at random into pieces, likelier ones more often (Kudo 2018, subword regularization)."""
        pieces = self._processor.encode(text, out_type=str, enable_sampling=True, alpha=self._alpha, nbest_size=-1)
        return [self.ids.get(piece, 1) for piece in pieces]

    def decode(self, pieces: list[str]) -> str:
        """The text of pieces."""
        return str(self._processor.decode(pieces))

    def source_tokens(self, text: str, target: str) -> list[str]:
        """What the encoder reads: target token, pieces, end."""
        return [TARGET_TOKENS[target], *self.pieces(text), END]


def train_vocabulary(sentences: Iterable[str], recipe: VocabularyRecipe, path: Path) -> None:
    """Train a unigram model with byte fallback and write it to `path`."""
    rules = path.with_suffix(".rules.tsv")
    rules.write_text("".join(f"{_code(a)}\t{_code(b)}\n" for a, b in _RULES.items()))
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_writer=model,
        model_type="unigram",
        vocab_size=recipe.size,
        character_coverage=recipe.character_coverage,
        byte_fallback=True,
        # Single digits let a small model copy numbers that it has never seen.
        split_digits=True,
        normalization_rule_tsv=str(rules),
        num_threads=2,
        minloglevel=1,
    )
    path.write_bytes(_without_paths(model.getvalue()))


def _without_paths(model: bytes) -> bytes:
    """The same model without the path of its rules, which are compiled in: it need not say where it was trained."""
    proto = sentencepiece_model_pb2.ModelProto.FromString(model)  # type: ignore[attr-defined]
    proto.normalizer_spec.ClearField("normalization_rule_tsv")
    return bytes(proto.SerializeToString())


def read_vocabulary(path: Path, *, sampling_alpha: float = 0.3) -> Vocabulary:
    """Load a sentencepiece model."""
    return Vocabulary(sentencepiece.SentencePieceProcessor(model_file=str(path)), sampling_alpha=sampling_alpha)


def _code(text: str) -> str:
    return " ".join(f"{ord(character):X}" for character in text)
