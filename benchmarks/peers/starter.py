"""What every peer serves: the starter's own files through CTranslate2, as its documentation says, with the starter's decoding."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import ctranslate2
import sentencepiece

FOLDER = Path(__file__).resolve().parents[2] / "seeds/models/starter"


class Starter:
    """The same int8 weights, language tokens and decoding that the server uses, without any of its checks.

    A batch of several target languages may be written in the pieces of all of them; the server has one language in a batch.
    """

    def __init__(self, *, replicas: int) -> None:
        manifest = tomllib.loads((FOLDER / "model.toml").read_text(encoding="utf-8"))
        self._tokens: Mapping[str, str] = manifest["target_tokens"]
        self._decoding = manifest["decoding"]
        self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(FOLDER / "source.spm"))
        self._translator = ctranslate2.Translator(str(FOLDER), device="cpu", inter_threads=replicas, intra_threads=1)

    def translate(self, requests: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
        """One batch: `{"text", "source", "target"}` in, `{"translation"}` out, in order."""
        sources = [[self._tokens[each["target"]], *self._pieces.encode(each["text"], out_type=str), "</s>"] for each in requests]
        results = self._translator.translate_batch(sources, **self._decoding)
        return [{"translation": self._pieces.decode(result.hypotheses[0])} for result in results]
