"""CTranslate2 adapter: runs a converted Marian model, int8 on CPU cores or any compute type on a GPU."""

from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass

import ctranslate2

from korotko_service.engines.engine import DecodingOptions, FinishReason, Generation, Sequence
from korotko_service.engines.manifest import Manifest
from korotko_service.engines.marian import MarianTokenizer
from korotko_service.errors import ModelInvalid

# What every direction translates before the first caller does.
_TRIAL = {"en": "The talks will go on.", "uk": "Переговори триватимуть.", "ru": "Переговоры продолжатся."}
_BEYOND_ANY_LIMIT = 0  # CTranslate2's word for "do not cut the input": lengths are our business, and said.


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where and how wide to run: `replicas` batches at a time, each on `threads_per_replica` cores."""

    device: str = "cpu"
    compute_type: str = "default"
    replicas: int = 1
    threads_per_replica: int = 1


class CTranslate2Engine:
    """One Marian model in CTranslate2. Replicas share the weights; each runs one batch at a time."""

    def __init__(self, manifest: Manifest, placement: Placement) -> None:
        self._manifest = manifest
        self._placement = placement
        self._tokenizer = MarianTokenizer(manifest.folder, manifest.target_tokens)
        self._translator = _translator(manifest, placement)

    @property
    def replicas(self) -> int:
        return self._placement.replicas

    def count(self, text: str) -> int:
        return self._tokenizer.count(text)

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        decoding = self._manifest.decoding
        limit = self._decoding_limit(sequences)
        results = self._translator.translate_batch(
            [self._tokenizer.encode(sequence.text, sequence.target_language) for sequence in sequences],
            max_batch_size=0,
            beam_size=options.beam_size or decoding.beam_size,
            length_penalty=decoding.length_penalty,
            repetition_penalty=decoding.repetition_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram_size,
            max_input_length=_BEYOND_ANY_LIMIT,
            max_decoding_length=limit,
            return_scores=True,
        )
        return [self._generation(result.hypotheses[0], result.scores[0], limit) for result in results]

    def warm_up(self) -> None:
        for source, target in self._manifest.pairs:
            text = _TRIAL.get(source, _TRIAL["en"])
            sequence = Sequence(text=text, source_language=source, target_language=target, length=self.count(text))
            try:
                self.generate([sequence] * self._placement.replicas, DecodingOptions())
            except (RuntimeError, ValueError) as error:
                raise ModelInvalid(f"{self._manifest.folder}: it loads but cannot translate {source}-{target}: {error}") from error

    def close(self) -> None:
        self._translator.unload_model()

    def _decoding_limit(self, sequences: SequenceOf[Sequence]) -> int:
        """Output tokens allowed: a runaway loop stops at three times the longest source, not at the model's limit.

        Translations between our languages stay below twice the source's tokens (FLORES dev), short ones have a floor.
        """
        longest = max(sequence.length for sequence in sequences)
        return min(self._manifest.max_output_tokens, 3 * longest + 16)

    def _generation(self, tokens: list[str], score: float, limit: int) -> Generation:
        ended = len(tokens) < limit
        return Generation(
            text=self._tokenizer.decode(tokens),
            score=score,
            length=len(tokens),
            finish_reason=FinishReason.END if ended else FinishReason.LENGTH,
        )


def _translator(manifest: Manifest, placement: Placement) -> ctranslate2.Translator:
    try:
        return ctranslate2.Translator(
            str(manifest.folder),
            device=placement.device,
            compute_type=placement.compute_type,
            inter_threads=placement.replicas,
            intra_threads=placement.threads_per_replica,
        )
    except (RuntimeError, ValueError, OSError) as error:
        raise ModelInvalid(f"{manifest.folder}: CTranslate2 cannot load it: {error}") from error
