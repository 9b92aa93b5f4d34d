"""CTranslate2's converter for Hugging Face checkpoints, with each family's traps handled. Imports torch: loaded only to convert."""

from pathlib import Path
from typing import Any

from korotko_service.engines.checkpoint import read_json
from korotko_service.engines.families import BEGIN, Family, Place
from korotko_service.errors import ModelInvalid

try:
    import torch  # noqa: F401  # CTranslate2 needs it and does not say so when it is missing.
    import transformers
    from ctranslate2.converters import TransformersConverter
except ImportError as error:
    raise ModelInvalid(f"conversion needs the extra: pip install 'korotko-service[convert]' ({error})") from error


class FamilyConverter(TransformersConverter):  # type: ignore[misc]  # CTranslate2 has no types.
    """Reads safetensors only, and tells CTranslate2 what the checkpoint's configuration leaves out or says wrong."""

    def __init__(self, checkpoint: Path, family: Family) -> None:
        major = int(transformers.__version__.partition(".")[0])
        if major != 4:
            # Version 5 sets tie_word_embeddings = True on every T5; CTranslate2 then divides the logits of mT5, T5 1.1 and MADLAD by
            # the square root of d_model. Greedy output stays right, so nobody notices until a beam or a score is used.
            raise ModelInvalid(f"conversion needs transformers 4.57.6, not {transformers.__version__}: version 5 converts mT5 wrong")
        super().__init__(str(checkpoint))
        self._family = family
        self._config = read_json(checkpoint / "config.json")
        self.parameters = 0

    def load_model(self, model_class: Any, path: str, **options: Any) -> Any:
        model = model_class.from_pretrained(path, use_safetensors=True, local_files_only=True, **options)
        family, config = self._family, model.config
        # CTranslate2 reads both from the configuration, where new checkpoints do not have them: transformers fixed them in its code.
        if family.pre_norm is not None:
            config.normalize_before = family.pre_norm
        if family.normalized_embedding is not None:
            config.normalize_embedding = family.normalized_embedding
        # What the file says, else the architecture's own default, so that no version of transformers decides it for us.
        config.tie_word_embeddings = self._config.get("tie_word_embeddings", family.tied)
        # CTranslate2 tells mBART-25 from mBART-50 by this name alone: one starts from the language token, the other from </s>.
        if Place.TARGET in family.prefix and family.architectures == ("mbart",):
            config.tokenizer_class = "MBartTokenizer" if family.prefix_starts else "MBart50Tokenizer"
        self.parameters = sum(each.numel() for each in model.parameters())
        return model

    def load_tokenizer(self, tokenizer_class: Any, path: str, **options: Any) -> Any:
        # The slow tokenizers number tokens by the original files; fast ones need a tokenizer.json that may be missing or older.
        tokenizer = tokenizer_class.from_pretrained(path, use_fast=False, local_files_only=True, **options)
        if tokenizer.bos_token is None:
            # mBART-50's tokenizer names none; CTranslate2 writes it as null and then cannot load its own file.
            tokenizer.bos_token = BEGIN
        if self._family.name == "m2m100":
            # CTranslate2 counts on the 100 language tokens being listed; special_tokens_map.json of some checkpoints is without them.
            tokenizer.add_special_tokens({"additional_special_tokens": list(tokenizer.lang_token_to_id)})
        return tokenizer
