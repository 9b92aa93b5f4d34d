"""Small checkpoints of the real architectures, as on a model hub: random weights, real tokenizers trained on the seeds.

Needs the `convert` extra. The weights are drawn so that outputs vary and end: a tiny model with default weights repeats one token for ever.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sentencepiece
import torch
import transformers

from korotko_service.engines import manifest as manifests
from korotko_service.engines.conversion import ConvertedFiles, convert
from korotko_service.engines.families import family_of
from korotko_service.engines.manifest import Manifest
from tests.vocabularies import pieces, texts

WIDTH, POSITIONS = 32, 128
LAYERS = {"encoder_layers": 2, "decoder_layers": 2, "encoder_attention_heads": 4, "decoder_attention_heads": 4}
BART_LIKE = {**LAYERS, "d_model": WIDTH, "encoder_ffn_dim": 64, "decoder_ffn_dim": 64, "max_position_embeddings": POSITIONS}
T5_LIKE = {"d_model": WIDTH, "d_kv": 8, "d_ff": 64, "num_layers": 2, "num_heads": 4, "decoder_start_token_id": 0}
ISO3 = {"en": "eng", "uk": "ukr", "ru": "rus"}
ISO1 = {"en": "en", "uk": "uk", "ru": "ru"}
FLORES = {"en": "eng_Latn", "uk": "ukr_Cyrl", "ru": "rus_Cyrl"}
MBART = {"en": "en_XX", "uk": "uk_UA", "ru": "ru_RU"}
Made = tuple[Any, int]  # A network, and the number of rows of its embeddings that tokens use.
CROSS = ("en-uk", "en-ru", "uk-en", "uk-ru", "ru-en", "ru-uk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to make one checkpoint, and the codes by which its family names languages. `input_prefix` is put before every text."""

    family: str
    make: Callable[[Path], Made]
    task: str = "translate"
    pairs: tuple[str, ...] = CROSS
    codes: Mapping[str, str] = field(default_factory=dict)
    input_prefix: str = ""


def build(name: str, folder: Path, *, sharpness: float = 1.0) -> Recipe:
    """Write the checkpoint of that name into `folder`. `sharpness` scales attention: at 1 every input token affects the output."""
    recipe = RECIPES[name]
    folder.mkdir(parents=True)
    torch.manual_seed(20260101)
    network, used_rows = recipe.make(folder)
    _draw(network, used_rows, sharpness)
    network.save_pretrained(folder, safe_serialization=True)
    return recipe


def install(name: str, folder: Path, *, quantization: str = "float32", sharpness: float = 1.0) -> Manifest:
    """Build a checkpoint in `folder`/checkpoint, convert it into `folder`/model; the manifest that `models import` would write."""
    checkpoint = folder / "checkpoint"
    recipe = RECIPES[name] if checkpoint.exists() else build(name, checkpoint, sharpness=sharpness)
    model = folder / f"model-{quantization}"
    written = convert(checkpoint, model, family=recipe.family, quantization=quantization)
    return manifest(name, model, written)


def manifest(name: str, model: Path, written: ConvertedFiles, *, engine: str = "ctranslate2") -> Manifest:
    """What model.toml would say about a converted folder."""
    recipe = RECIPES[name]
    source_tokens, target_tokens = family_of(recipe.family).language_tokens(recipe.codes)
    return Manifest(
        folder=model,
        name=name,
        version="0",
        task=recipe.task,
        family=recipe.family,
        engine=engine,
        licence="CC0-1.0",
        commercial_use=True,
        max_input_tokens=written.position_limit or 256,
        max_output_tokens=written.max_output_tokens or 256,
        position_limit=written.position_limit,
        input_prefix=recipe.input_prefix,
        pairs=tuple((pair.split("-")[0], pair.split("-")[1]) for pair in recipe.pairs),
        source_tokens=source_tokens,
        target_tokens=target_tokens,
        target_prefix=written.target_prefix,
        decoding=written.decoding,
        files={each: manifests.file_digest(model / each) for each in written.files},
        digest="sha256:" + "0" * 64,
    )


def _draw(network: Any, used_rows: int, sharpness: float) -> None:
    """Weights whose outputs vary and end. Norms flip signs at random: otherwise a tied output layer would repeat the last token for ever.

    Rows of padding and rows that no token uses stay zero, as in trained models, where nothing ever trained them.
    """
    config = network.config
    with torch.no_grad():
        for name, weight in network.named_parameters():
            if weight.dim() > 1 and weight.requires_grad:  # Sinusoidal positions are fixed.
                weight.normal_(0.0, _gain(name, config, sharpness) / weight.shape[1] ** 0.5)
            elif weight.requires_grad:
                weight.mul_(torch.randint(0, 2, weight.shape) * 2 - 1)
        for table in {id(each.weight): each.weight for each in (network.get_input_embeddings(), network.get_output_embeddings())}.values():
            table.normal_(0.0, 1.5 if config.model_type == "t5" and config.tie_word_embeddings else 1.5 / WIDTH**0.5)
            table[config.eos_token_id] *= 2.0
            table[used_rows:] = 0.0
            table[config.pad_token_id] = 0.0


def _gain(name: str, config: Any, sharpness: float) -> float:
    """Sharp attention and mild layers make outputs depend on the whole input; the other way round they would be nearly constant."""
    if any(part in name for part in (".q.", ".k.", "q_proj", "k_proj")):
        return sharpness * (3.0 if hasattr(config, "encoder_layers") else 2.0 / config.d_kv**0.25)  # T5 does not scale by the head's width.
    return 0.5 if any(part in name for part in ("fc1", "fc2", "wi", "wo")) else 2.0


def _marian(folder: Path) -> Made:
    source, target = folder / "source.spm", folder / "target.spm"
    control = {"unk_id": 1, "eos_id": 0, "bos_id": -1}
    pieces(source, 600, **control)
    pieces(target, 500, **control)
    names = ["</s>", "<unk>"]
    for path in (source, target):
        model = sentencepiece.SentencePieceProcessor(model_file=str(path))
        names += [model.id_to_piece(number) for number in range(2, len(model))]
    names = [*dict.fromkeys([*names, *(f">>{code}<<" for code in ISO3.values())]), "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({name: number for number, name in enumerate(names)}), encoding="utf-8")
    tokenizer = transformers.MarianTokenizer(str(source), str(target), str(folder / "vocab.json"), source_lang="eng", target_lang="zle")
    tokenizer.save_pretrained(folder)
    pad = len(names) - 1
    control = {"pad_token_id": pad, "eos_token_id": 0, "decoder_start_token_id": pad}
    config = transformers.MarianConfig(**BART_LIKE, **control, vocab_size=len(names), activation_function="swish", scale_embedding=True)
    network = transformers.MarianMTModel(config)
    network.generation_config.bad_words_ids = [[pad]]
    return network, pad  # The decoder starts from <pad>, which is a row of zeros.


def _m2m100(folder: Path) -> Made:
    path = folder / "sentencepiece.bpe.model"
    pieces(path, 600)
    model = sentencepiece.SentencePieceProcessor(model_file=str(path))
    names = ["<s>", "<pad>", "</s>", "<unk>", *(model.id_to_piece(number) for number in range(3, len(model)))]
    (folder / "vocab.json").write_text(json.dumps({name: number for number, name in enumerate(names)}), encoding="utf-8")
    tokenizer = transformers.M2M100Tokenizer(str(folder / "vocab.json"), str(path))
    tokenizer.save_pretrained(folder)
    # Checkpoints on the hub have eight rows that no token uses.
    config = transformers.M2M100Config(**BART_LIKE, vocab_size=len(names) + 108, decoder_start_token_id=2, scale_embedding=True)
    return transformers.M2M100ForConditionalGeneration(config), len(names) + 100


def _nllb(folder: Path) -> Made:
    path = folder / "sentencepiece.bpe.model"
    pieces(path, 600, model_type="bpe")
    tokenizer = transformers.NllbTokenizer(str(path))
    tokenizer.save_pretrained(folder)
    config = transformers.M2M100Config(**BART_LIKE, vocab_size=len(tokenizer), decoder_start_token_id=2, scale_embedding=True)
    return transformers.M2M100ForConditionalGeneration(config), len(tokenizer)


def _mbart50(folder: Path) -> Made:
    path = folder / "sentencepiece.bpe.model"
    pieces(path, 600)
    tokenizer = transformers.MBart50Tokenizer(str(path), src_lang="en_XX")
    tokenizer.save_pretrained(folder)
    config = transformers.MBartConfig(**BART_LIKE, vocab_size=len(tokenizer), decoder_start_token_id=2, scale_embedding=True)
    return transformers.MBartForConditionalGeneration(config), len(tokenizer)


def _mbart(folder: Path) -> Made:
    path = folder / "sentencepiece.bpe.model"
    pieces(path, 600)
    tokenizer = transformers.MBartTokenizer(str(path), src_lang="ru_RU", tgt_lang="ru_RU")
    tokenizer.save_pretrained(folder)
    start = tokenizer.lang_code_to_id["ru_RU"]
    config = transformers.MBartConfig(**BART_LIKE, vocab_size=len(tokenizer), decoder_start_token_id=start, scale_embedding=True)
    return transformers.MBartForConditionalGeneration(config), len(tokenizer)


def _t5(folder: Path) -> Made:
    """The original T5: ReLU, output layer tied to the embeddings, a task named in words."""
    size = pieces(folder / "spiece.model", 600, pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
    transformers.T5Tokenizer(str(folder / "spiece.model"), extra_ids=100, legacy=True).save_pretrained(folder)
    return transformers.T5ForConditionalGeneration(transformers.T5Config(**T5_LIKE, vocab_size=size + 128)), size + 100


def _madlad(folder: Path) -> Made:
    languages = [f"<2{code}>" for code in (*ISO1.values(), "de")]
    control = {"pad_id": 1, "eos_id": 2, "unk_id": 0, "bos_id": -1, "user_defined_symbols": languages, "byte_fallback": True}
    size = pieces(folder / "spiece.model", 900, **control)
    transformers.T5Tokenizer(str(folder / "spiece.model"), extra_ids=0, legacy=True).save_pretrained(folder)
    shape = {**T5_LIKE, "decoder_start_token_id": 0, "pad_token_id": 1, "eos_token_id": 2}
    config = transformers.T5Config(**shape, vocab_size=size, tie_word_embeddings=False, feed_forward_proj="gated-gelu")
    return transformers.T5ForConditionalGeneration(config), size


def _mt5(folder: Path) -> Made:
    size = pieces(folder / "spiece.model", 900, pad_id=0, eos_id=1, unk_id=2, bos_id=-1, byte_fallback=True)
    transformers.MT5Tokenizer(str(folder / "spiece.model"), extra_ids=0, legacy=True).save_pretrained(folder)
    config = transformers.MT5Config(**T5_LIKE, vocab_size=size + 12, tie_word_embeddings=False, feed_forward_proj="gated-gelu")
    return transformers.MT5ForConditionalGeneration(config), size


def _bart(folder: Path) -> Made:
    from tokenizers import ByteLevelBPETokenizer

    words = ByteLevelBPETokenizer()
    words.train_from_iterator(texts(), vocab_size=700, special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"], show_progress=False)
    words.save_model(str(folder))
    tokenizer = transformers.BartTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"))
    tokenizer.save_pretrained(folder)
    config = transformers.BartConfig(**BART_LIKE, vocab_size=len(tokenizer), decoder_start_token_id=2, forced_bos_token_id=0)
    network = transformers.BartForConditionalGeneration(config)
    network.generation_config.update(num_beams=4, length_penalty=2.0, no_repeat_ngram_size=3, min_length=6, max_length=50)
    return network, len(tokenizer)


def _pegasus(folder: Path) -> Made:
    size = pieces(folder / "spiece.model", 600, pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
    tokenizer = transformers.PegasusTokenizer(str(folder / "spiece.model"))
    tokenizer.save_pretrained(folder)
    config = transformers.PegasusConfig(**BART_LIKE, vocab_size=size + 103, decoder_start_token_id=0, scale_embedding=True)
    return transformers.PegasusForConditionalGeneration(config), size + 103


ALONE = ("en-en", "uk-uk", "ru-ru")
RECIPES: Mapping[str, Recipe] = {
    "marian": Recipe(family="marian", make=_marian, codes=ISO3),
    "m2m100": Recipe(family="m2m100", make=_m2m100, codes=ISO1),
    "nllb": Recipe(family="nllb", make=_nllb, codes=FLORES),
    "mbart50": Recipe(family="mbart50", make=_mbart50, codes=MBART),
    "mbart": Recipe(family="mbart", make=_mbart, task="summarize", pairs=("ru-ru",), codes={"ru": "ru_RU"}),
    "t5": Recipe(family="t5", make=_t5, task="summarize", pairs=("en-en",), input_prefix="summarize: "),
    "madlad": Recipe(family="t5", make=_madlad, codes=ISO1),
    "mt5": Recipe(family="mt5", make=_mt5, task="summarize", pairs=ALONE),
    "bart": Recipe(family="bart", make=_bart, task="summarize", pairs=("en-en",)),
    "pegasus": Recipe(family="pegasus", make=_pegasus, task="summarize", pairs=("en-en",)),
}
