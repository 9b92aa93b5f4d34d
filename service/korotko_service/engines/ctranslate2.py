"""CTranslate2 adapter: runs a converted model of any family, int8 on CPU cores or any compute type on GPUs."""

from collections.abc import Sequence as SequenceOf

import ctranslate2

from korotko_service.engines import trials, vocabulary_map
from korotko_service.engines.engine import DecodingOptions, FinishReason, Generation, Sequence
from korotko_service.engines.families import END
from korotko_service.engines.limits import check_positions, plan
from korotko_service.engines.manifest import Manifest
from korotko_service.engines.placement import Placement
from korotko_service.engines.tokenizer import Tokenizer
from korotko_service.errors import ModelInvalid

_UNCUT = 0  # CTranslate2 then leaves inputs whole; those that are too long were refused.


class CTranslate2Engine:
    """One model in CTranslate2. Replicas on a device share the weights; each runs one batch at a time."""

    def __init__(self, manifest: Manifest, placement: Placement) -> None:
        self._manifest = manifest
        self._tokenizer = Tokenizer(manifest)
        if manifest.decoding.use_vmap:
            vocabulary_map.check(manifest, self._tokenizer)
        self._translator = _translator(manifest, placement)
        self._replicas = int(self._translator.num_translators)

    @property
    def replicas(self) -> int:
        return self._replicas

    def count(self, text: str) -> int:
        return self._tokenizer.count(text)

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        if not self._manifest.decoding.use_vmap:
            return self._together(sequences, options)
        return vocabulary_map.by_target_language(sequences, lambda group: self._together(group, options))

    def warm_up(self) -> None:
        trials.run(self._manifest, self)

    def close(self) -> None:
        self._translator.unload_model()

    def _together(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        sources = [self._tokenizer.encode(each.text, each.source_language, each.target_language) for each in sequences]
        check_positions(self._manifest, sources)
        prefixes = [self._tokenizer.prefix(each.source_language, each.target_language) for each in sequences]
        forced = max(map(self._tokenizer.forced, prefixes))
        chosen = plan(self._manifest, options, longest=max(map(len, sources)), forced=forced)
        results = self._translator.translate_batch(
            sources,
            target_prefix=prefixes if any(prefixes) else None,
            max_batch_size=0,
            beam_size=chosen.beam_size,
            length_penalty=self._manifest.decoding.length_penalty,
            repetition_penalty=chosen.repetition_penalty,
            no_repeat_ngram_size=chosen.no_repeat_ngram_size,
            suppress_sequences=[[token] for token in self._manifest.decoding.suppress] or None,
            max_input_length=_UNCUT,
            min_decoding_length=chosen.min_steps,
            max_decoding_length=chosen.max_steps,
            use_vmap=self._manifest.decoding.use_vmap,
            return_scores=True,
            return_end_token=True,
        )
        return [self._generation(result.hypotheses[0], result.scores[0], forced) for result in results]

    def _generation(self, tokens: list[str], score: float, forced: int) -> Generation:
        """CTranslate2 divides a hypothesis' log-probability by a power of its length, forced tokens included; we undo that."""
        total = score * len(tokens) ** self._manifest.decoding.length_penalty
        written = tokens[forced:]
        ended = written[-1:] == [END]
        words = written[:-1] if ended else written
        return Generation(
            text=self._tokenizer.decode(words),
            score=total / max(1, len(written)),
            length=len(words),
            finish_reason=FinishReason.END if ended else FinishReason.LENGTH,
        )


def _translator(manifest: Manifest, placement: Placement) -> ctranslate2.Translator:
    try:
        return ctranslate2.Translator(
            str(manifest.folder),
            device=placement.device,
            device_index=list(placement.device_indices),
            compute_type=placement.compute_type,
            inter_threads=placement.replicas,
            intra_threads=placement.threads_per_replica,
        )
    except (RuntimeError, ValueError, OSError) as error:
        raise ModelInvalid(f"{manifest.folder}: CTranslate2 cannot load it: {error}") from error
