"""transformers adapter: runs what CTranslate2 cannot, and is the reference for what it can. Imports torch: loaded only if configured."""

from collections import deque
from collections.abc import Sequence as SequenceOf
from typing import Any

from korotko_service.engines import trials
from korotko_service.engines.engine import DecodingOptions, FinishReason, Generation, Sequence
from korotko_service.engines.families import family_of
from korotko_service.engines.limits import DecodingPlan, check_positions, plan
from korotko_service.engines.manifest import Manifest
from korotko_service.engines.placement import Placement
from korotko_service.engines.tokenizer import Tokenizer
from korotko_service.errors import ModelInvalid

try:
    import torch
    import transformers
except ImportError as missing:
    raise ModelInvalid(f"engine 'transformers' needs the extra: pip install 'korotko-service[transformers]' ({missing})") from missing

_FORMATS = {"default": torch.float32, "float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}


class TransformersEngine:
    """One model in transformers, a copy on each device. Texts are tokenized as for CTranslate2; only the tensors differ."""

    def __init__(self, manifest: Manifest, placement: Placement) -> None:
        self._manifest = manifest
        self._family = family_of(manifest.family)
        self._tokenizer = Tokenizer(manifest)
        if placement.compute_type not in _FORMATS:
            raise ModelInvalid(f"{manifest.folder}: engine 'transformers' runs {', '.join(_FORMATS)}, not {placement.compute_type!r}")
        self._vocabulary = _vocabulary(manifest)
        self._check_languages()
        self._tokens = {number: token for token, number in self._vocabulary.items()}
        torch.set_num_threads(placement.threads_per_replica)
        copies = [_network(manifest, placement, index) for index in placement.device_indices]
        # A batch takes a copy and puts it back: as many batches run at a time as the engine has replicas, spread over the devices.
        self._free = deque(copies * placement.replicas)
        self._replicas = len(self._free)

    @property
    def replicas(self) -> int:
        return self._replicas

    def count(self, text: str) -> int:
        return self._tokenizer.count(text)

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        sources = [self._tokenizer.encode(each.text, each.source_language, each.target_language) for each in sequences]
        check_positions(self._manifest, sources)
        prefixes = [self._tokenizer.prefix(each.source_language, each.target_language) for each in sequences]
        chosen = plan(self._manifest, options, longest=max(map(len, sources)), forced=max(map(self._tokenizer.forced, prefixes)))
        network = self._free.popleft()
        try:
            with torch.inference_mode():
                return self._generations(network, self._inputs(network, sources), prefixes, chosen)
        finally:
            self._free.append(network)

    def warm_up(self) -> None:
        trials.run(self._manifest, self)

    def close(self) -> None:
        self._free.clear()

    def _check_languages(self) -> None:
        """A token that the model does not know becomes <unk>, and it writes a language of its own choice."""
        for token in (*self._manifest.source_tokens.values(), *self._manifest.target_tokens.values(), *self._manifest.target_prefix):
            if token not in self._vocabulary:
                raise ModelInvalid(f"{self._manifest.folder}: model.toml has a token {token!r}, which the model does not know")

    def _inputs(self, network: Any, sources: SequenceOf[SequenceOf[str]]) -> dict[str, Any]:
        """Token numbers and their mask, padded on the right to the longest."""
        width = max(map(len, sources))
        numbers = [self._numbers(source) + [network.config.pad_token_id] * (width - len(source)) for source in sources]
        mask = [[1] * len(source) + [0] * (width - len(source)) for source in sources]
        return {
            "input_ids": torch.tensor(numbers, device=network.device),
            "attention_mask": torch.tensor(mask, device=network.device),
        }

    def _numbers(self, tokens: SequenceOf[str]) -> list[int]:
        return [self._vocabulary.get(token, self._vocabulary["<unk>"]) for token in tokens]

    def _generations(self, network: Any, inputs: dict[str, Any], prefixes: list[list[str]], chosen: DecodingPlan) -> list[Generation]:
        starts, forced = self._starts(network, prefixes)
        outputs = network.generate(
            **inputs,
            decoder_input_ids=torch.tensor(starts, device=network.device).unsqueeze(1),
            decoder_start_token_id=starts,
            generation_config=self._decoding(network, chosen),
            logits_processor=transformers.LogitsProcessorList([_Forced(forced, chosen.beam_size)]),
            use_model_defaults=False,
        )
        first = 1 + len(forced[0])
        scores = self._scores(network, inputs, outputs, first=first, endless=chosen.min_steps - len(forced[0]))
        return [self._generation(row.tolist()[first:], score) for row, score in zip(outputs, scores, strict=True)]

    def _starts(self, network: Any, prefixes: list[list[str]]) -> tuple[list[int], list[list[int]]]:
        """The token that the decoder of each row starts from, and those that it must write first."""
        numbers = [self._numbers(prefix) for prefix in prefixes]
        if self._family.prefix_starts:
            return [row[0] for row in numbers], [row[1:] for row in numbers]
        return [network.config.decoder_start_token_id] * len(numbers), numbers

    def _decoding(self, network: Any, chosen: DecodingPlan) -> Any:
        return transformers.GenerationConfig(
            num_beams=chosen.beam_size,
            length_penalty=self._manifest.decoding.length_penalty,
            early_stopping=chosen.beam_size > 1,  # As CTranslate2 does: enough finished beams end the search.
            renormalize_logits=True,  # As CTranslate2 does: what a token is forbidden goes to the others.
            repetition_penalty=chosen.repetition_penalty,
            no_repeat_ngram_size=chosen.no_repeat_ngram_size,
            min_new_tokens=chosen.min_steps,
            max_new_tokens=chosen.max_steps,
            suppress_tokens=self._unwritten() or None,
            pad_token_id=network.config.pad_token_id,
            eos_token_id=network.config.eos_token_id,
        )

    def _unwritten(self) -> list[int]:
        return self._numbers([*self._family.unwritten, *self._manifest.decoding.suppress])

    def _scores(self, network: Any, inputs: dict[str, Any], outputs: Any, *, first: int, endless: int) -> list[float]:
        """Mean log-probability of the tokens that each output chose, its end included: what was forbidden has no share in it."""
        chosen, end = outputs[:, first:], network.config.eos_token_id
        logits = network(**inputs, decoder_input_ids=outputs[:, :-1]).logits[:, first - 1 :].float()
        logits[:, :, self._unwritten()] = -torch.inf
        logits[:, :endless, end] = -torch.inf
        taken = logits.log_softmax(-1).gather(2, chosen.unsqueeze(2)).squeeze(2)
        counted = (chosen == end).cumsum(1) - (chosen == end).int() == 0
        return [float(row[mask].mean()) for row, mask in zip(taken, counted, strict=True)]

    def _generation(self, numbers: list[int], score: float) -> Generation:
        end = self._vocabulary["</s>"]
        ended = end in numbers
        words = [self._tokens.get(number, "<unk>") for number in numbers[: numbers.index(end) if ended else None]]
        reason = FinishReason.END if ended else FinishReason.LENGTH
        return Generation(text=self._tokenizer.decode(words), score=score, length=len(words), finish_reason=reason)


class _Forced(transformers.LogitsProcessor):  # type: ignore[misc]  # transformers is not typed for us.
    """Makes each row write its own tokens first; transformers itself can only force one token for a whole batch.

    Tokens in the decoder's input would do too, but then a beam's length leaves them out and other beams win than in CTranslate2.
    """

    def __init__(self, forced: list[list[int]], beams: int) -> None:
        self._forced = [row for row in forced for _ in range(beams)]

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        step = input_ids.shape[1] - 1
        if step >= len(self._forced[0]):
            return scores
        numbers = torch.tensor([row[step] for row in self._forced], device=scores.device).unsqueeze(1)
        return torch.full_like(scores, -torch.inf).scatter(1, numbers, 0.0)


def _network(manifest: Manifest, placement: Placement, index: int) -> Any:
    try:
        network = transformers.AutoModelForSeq2SeqLM.from_pretrained(
            manifest.folder, use_safetensors=True, local_files_only=True, dtype=_FORMATS[placement.compute_type]
        )
        return network.eval().to(placement.device if placement.device == "cpu" else f"{placement.device}:{index}")
    except Exception as error:  # A dozen kinds of error in three libraries; each means that this model does not run here.
        raise ModelInvalid(f"{manifest.folder}: transformers cannot load it: {type(error).__name__}: {error}") from error


def _vocabulary(manifest: Manifest) -> dict[str, int]:
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(manifest.folder, use_fast=False, local_files_only=True)
        # M2M-100's tokenizer leaves its language tokens out of get_vocab.
        return dict(tokenizer.get_vocab()) | dict(getattr(tokenizer, "lang_token_to_id", {}))
    except Exception as error:
        raise ModelInvalid(f"{manifest.folder}: transformers cannot read its tokenizer: {type(error).__name__}: {error}") from error
