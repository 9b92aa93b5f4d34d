"""The reference: transformers with its own tokenizers and its own `generate`, sharing no line with our engines."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import transformers

from tests.checkpoints import Recipe

MULTILINGUAL = ("m2m100", "nllb", "mbart50", "mbart")


class Reference:
    """One checkpoint as its own library runs it."""

    def __init__(self, folder: Path, recipe: Recipe) -> None:
        self._recipe = recipe
        self.tokenizer: Any = transformers.AutoTokenizer.from_pretrained(folder, use_fast=False)
        self.network: Any = transformers.AutoModelForSeq2SeqLM.from_pretrained(folder).eval()
        self.network.generation_config.min_length = 0  # Every length is given in the call.

    def encode(self, text: str, source: str, target: str) -> list[str]:
        """The tokens of a text, made as its model card says."""
        codes, family = self._recipe.codes, self._recipe.family
        if family in MULTILINGUAL:
            self.tokenizer.src_lang = codes[source]
        written = {"marian": ">>{}<< ", "t5": "<2{}> "}.get(family, "").format(codes[target]) if codes else ""
        numbers = self.tokenizer(written + self._recipe.input_prefix + text, truncation=False, verbose=False)["input_ids"]
        return list(self.tokenizer.convert_ids_to_tokens(numbers))

    def generate(self, sources: Sequence[Sequence[str]], target: str, *, beams: int, steps: int, least: int) -> list[list[str]]:
        """Output tokens of each source, without start, language and end tokens. `steps` and `least` count a forced token."""
        outputs = self.network.generate(
            **self._inputs(sources),
            num_beams=beams,
            early_stopping=beams > 1,  # As in CTranslate2: the search ends when enough beams have.
            length_penalty=1.0,
            no_repeat_ngram_size=0,
            max_new_tokens=steps,
            # Neither may answer with nothing; CTranslate2 shares the probability of </s> among the other tokens, so the reference must too.
            min_new_tokens=least,
            renormalize_logits=True,
            do_sample=False,
            forced_eos_token_id=None,  # An output cut by the limit has no end; CTranslate2 does not add one.
            **self._forced(target),
        )
        return [self._words(row.tolist()) for row in outputs]

    def score(self, source: Sequence[str], output: Sequence[str]) -> list[float]:
        """Log-probability of each token of `output`, control tokens of the decoder included, teacher-forced."""
        start = self._start(output)
        numbers = self.tokenizer.convert_tokens_to_ids(list(output))
        decoder = torch.tensor([start + numbers])
        with torch.no_grad():
            logits = self.network(**self._inputs([source]), decoder_input_ids=decoder[:, :-1]).logits[0]
        if self._recipe.family == "marian":
            logits[:, self.network.config.pad_token_id] = -torch.inf  # Marian has no <pad>; transformers added it.
        taken = decoder[0, 1:].unsqueeze(1)
        return list(logits.log_softmax(-1).gather(1, taken).squeeze(1).tolist())

    def decode(self, tokens: Sequence[str]) -> str:
        numbers = self.tokenizer.convert_tokens_to_ids(list(tokens))
        return str(self.tokenizer.decode(numbers, skip_special_tokens=True, clean_up_tokenization_spaces=False)).strip()

    def _start(self, output: Sequence[str]) -> list[int]:
        return [] if self._recipe.family == "mbart" else [self.network.config.decoder_start_token_id]

    def _inputs(self, sources: Sequence[Sequence[str]]) -> dict[str, torch.Tensor]:
        rows = [self.tokenizer.convert_tokens_to_ids(list(source)) for source in sources]
        width, pad = max(map(len, rows)), self.network.config.pad_token_id
        return {
            "input_ids": torch.tensor([row + [pad] * (width - len(row)) for row in rows]),
            "attention_mask": torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows]),
        }

    def _forced(self, target: str) -> dict[str, Any]:
        """The target language, forced as the model card says."""
        if self._recipe.family not in MULTILINGUAL:
            return {}
        language = self._language(target)
        return {"decoder_start_token_id": language} if self._recipe.family == "mbart" else {"forced_bos_token_id": language}

    def _language(self, target: str) -> int:
        code = self._recipe.codes[target]
        return int(self.tokenizer.convert_tokens_to_ids(f"__{code}__" if self._recipe.family == "m2m100" else code))

    def _words(self, numbers: list[int]) -> list[str]:
        """The tokens between the decoder's start (and forced) tokens and the end."""
        forced = self._recipe.family in ("m2m100", "nllb", "mbart50") or self.network.generation_config.forced_bos_token_id is not None
        numbers = numbers[2 if forced else 1 :]
        end = self.network.config.eos_token_id
        tokens = self.tokenizer.convert_ids_to_tokens(numbers[: numbers.index(end)] if end in numbers else numbers)
        return list(tokens)
