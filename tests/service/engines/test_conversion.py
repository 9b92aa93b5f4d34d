"""What conversion refuses before it reads a weight, and Marian's own format, which needs no torch. The rest is in test_parity.py."""

import json
import re
from pathlib import Path

import pytest
import sentencepiece

from korotko_service.engines import checkpoint as checkpoints
from korotko_service.engines.conversion import convert
from korotko_service.engines.ctranslate2 import CTranslate2Engine
from korotko_service.engines.engine import DecodingOptions, Sequence
from korotko_service.engines.families import FAMILIES, family_of
from korotko_service.engines.manifest import Decoding
from korotko_service.engines.placement import Placement
from korotko_service.errors import ModelInvalid
from tests import marian_files, zoo

STARTER = marian_files.seed_pieces()


def checkpoint(folder: Path, *, weights: str = "model.safetensors", kind: str = "mbart", **config: object) -> Path:
    """A folder that looks like a checkpoint; its weights are never read here."""
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({"model_type": kind, **config}), encoding="utf-8")
    (folder / "sentencepiece.bpe.model").write_bytes(b"pieces")
    (folder / weights).write_bytes(b"weights")
    return folder


def refusal(source: Path, family: str = "mbart50", quantization: str = "int8") -> str:
    with pytest.raises(ModelInvalid) as caught:
        convert(source, source.parent / "model", family=family, quantization=quantization)
    return str(caught.value)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "weights.pt", "last.ckpt", "model.pkl"])
def test_weights_that_can_run_code_are_refused_by_name(tmp_path: Path, name: str) -> None:
    assert f"its weights are pickled ({name}), and a pickle can run any code" in refusal(checkpoint(tmp_path / "a", weights=name))


def test_a_pickle_beside_safetensors_is_no_reason_to_refuse(tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "a")
    (folder / "training_args.bin").write_bytes(b"a pickle of the trainer")
    checkpoints.check(folder, family_of("mbart50"))


@pytest.mark.parametrize("name", ["README.md", "tf_model.h5", "flax_model.msgpack"])
def test_a_folder_without_weights_is_refused(tmp_path: Path, name: str) -> None:
    assert "no weights: neither *.safetensors nor *.npz is there" in refusal(checkpoint(tmp_path / "a", weights=name))


def test_a_missing_configuration_is_named(tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "a")
    (folder / "config.json").unlink()
    assert "file 'config.json' is missing" in refusal(folder)


@pytest.mark.parametrize("text", ["{", "[]", "\xff"])
def test_a_broken_configuration_is_named(tmp_path: Path, text: str) -> None:
    folder = checkpoint(tmp_path / "a")
    (folder / "config.json").write_text(text, encoding="latin-1")
    assert "config.json" in refusal(folder)


def test_a_checkpoint_of_another_family_is_refused(tmp_path: Path) -> None:
    assert "model_type = 'bart': family 'mbart50' expects mbart" in refusal(checkpoint(tmp_path / "a", kind="bart"))


def test_a_missing_tokenizer_file_is_named(tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "a")
    (folder / "sentencepiece.bpe.model").unlink()
    assert "tokenizer file 'sentencepiece.bpe.model' is missing" in refusal(folder)


def test_an_unknown_family_lists_the_known_ones(tmp_path: Path) -> None:
    assert "known: marian, m2m100, nllb" in refusal(checkpoint(tmp_path / "a"), family="gpt")


def test_an_unknown_number_format_lists_the_known_ones(tmp_path: Path) -> None:
    assert "quantization 'int4': expected one of int8" in refusal(checkpoint(tmp_path / "a"), quantization="int4")


def test_a_folder_that_holds_something_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model/mine.txt").write_text("", encoding="utf-8")
    assert "the folder is not empty; remove it first" in refusal(checkpoint(tmp_path / "a"))


def test_generation_defaults_come_from_the_checkpoint(tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "a", max_position_embeddings=1024, num_beams=2, length_penalty=0.8)
    said = {"num_beams": 4, "no_repeat_ngram_size": 3, "min_length": 56, "max_length": 142, "forced_bos_token_id": 0}
    (folder / "generation_config.json").write_text(json.dumps(said), encoding="utf-8")
    bart = checkpoints.defaults(folder, family_of("bart"))
    assert (bart.position_limit, bart.max_output_tokens, bart.target_prefix) == (1024, 142, ("<s>",))
    assert bart.decoding == Decoding(beam_size=4, length_penalty=0.8, no_repeat_ngram_size=3, min_output_tokens=54)
    assert checkpoints.defaults(folder, family_of("mbart50")).target_prefix == ()


def test_the_first_bart_summarizers_force_their_first_token_by_another_name(tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "a", kind="bart", force_bos_token_to_be_generated=True, min_length=56)
    said = checkpoints.defaults(folder, family_of("bart"))
    assert (said.target_prefix, said.decoding.min_output_tokens) == (("<s>",), 54)


@pytest.mark.parametrize(
    "said",
    [
        {"num_beams": "four"},
        {"num_beams": 0},
        {"max_length": [1]},
        {"min_length": float("inf")},
        {"task_specific_params": ["summarization"]},
    ],
)
def test_generation_defaults_that_are_none_are_refused_by_folder(tmp_path: Path, said: dict[str, object]) -> None:
    folder = checkpoint(tmp_path / "a", **said)
    with pytest.raises(ModelInvalid, match=f"{folder}: what it says of its own decoding cannot be read"):
        checkpoints.defaults(folder, family_of("mbart50"))


@pytest.mark.parametrize("line", ["beam-size: many", "beam-size: 0", "normalize: [1]"])
def test_a_marian_folder_whose_decoding_cannot_be_read_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "decoder.yml").write_text(line, encoding="utf-8")
    with pytest.raises(ModelInvalid, match="what it says of its own decoding cannot be read"):
        checkpoints.marian_defaults(tmp_path)


def marian(folder: Path) -> Path:
    names = [sentencepiece.SentencePieceProcessor(model_file=str(STARTER / "source.spm")).id_to_piece(number) for number in range(300)]
    vocabulary = [*dict.fromkeys(["</s>", "<unk>", *names, ">>ukr<<", ">>rus<<"])]
    return marian_files.write(folder, arrays=marian_files.drawn(len(vocabulary)), vocabulary=vocabulary, pieces=STARTER)


def test_marians_own_format_becomes_a_model_that_runs(tmp_path: Path) -> None:
    written = convert(marian(tmp_path / "opus"), tmp_path / "model", family="marian", quantization="int8")
    assert written.files == ("config.json", "model.bin", "shared_vocabulary.json", "source.spm", "target.spm")
    assert (written.decoding.beam_size, written.position_limit) == (6, 2048)
    assert re.fullmatch(r"ctranslate2 [\d.]+ from Marian files, int8", written.conversion)
    model = {"folder": tmp_path / "model", "family": "marian", "engine": "ctranslate2", "target_tokens": {"uk": ">>ukr<<", "ru": ">>rus<<"}}
    engine = CTranslate2Engine(zoo.manifest(**model, pairs=(("en", "uk"), ("en", "ru"))), Placement())
    sequence = Sequence(text="The talks will go on.", source_language="en", target_language="uk", length=9)
    assert engine.generate([sequence], DecodingOptions(max_output_tokens=8))[0].length > 0


def test_the_end_token_is_added_once(tmp_path: Path) -> None:
    """CTranslate2 would add its own to a Marian model's sources."""
    convert(marian(tmp_path / "opus"), tmp_path / "model", family="marian", quantization="float32")
    assert json.loads((tmp_path / "model/config.json").read_text(encoding="utf-8"))["add_source_eos"] is False


def test_a_marian_folder_is_of_its_own_family(tmp_path: Path) -> None:
    assert "this is a Marian model" in refusal(marian(tmp_path / "opus"), family="bart")


@pytest.mark.parametrize(("name", "message"), [("opus.npz", "no weights"), ("target.spm", "'target.spm' is missing")])
def test_a_marian_folder_is_complete(tmp_path: Path, name: str, message: str) -> None:
    folder = marian(tmp_path / "opus")
    (folder / name).unlink()
    assert message in refusal(folder, family="marian")


@pytest.mark.parametrize(("name", "content"), [("decoder.yml", b"models: 7"), ("opus.npz", b"no archive"), ("decoder.yml", b"{")])
def test_a_marian_folder_that_is_none_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    folder = marian(tmp_path / "opus")
    (folder / name).write_bytes(content)
    assert str(folder) in refusal(folder, family="marian")


def test_pickled_arrays_in_an_npz_are_refused(tmp_path: Path) -> None:
    import numpy as np

    folder = marian(tmp_path / "opus")
    np.savez(folder / "opus.npz", Wemb=np.array([{"a": 1}], dtype=object), **{"special:model.yml": np.zeros(2, dtype=np.int8)})
    assert "Wemb.npy holds Python objects, a pickle" in refusal(folder, family="marian")


@pytest.mark.parametrize(
    ("name", "codes", "expected"),
    [
        ("marian", {"uk": "ukr"}, ({}, {"uk": ">>ukr<<"})),
        ("m2m100", {"uk": "uk"}, ({"uk": "__uk__"}, {"uk": "__uk__"})),
        ("nllb", {"uk": "ukr_Cyrl"}, ({"uk": "ukr_Cyrl"}, {"uk": "ukr_Cyrl"})),
        ("mbart50", {"uk": "uk_UA"}, ({"uk": "uk_UA"}, {"uk": "uk_UA"})),
        ("mbart", {"ru": "ru_RU"}, ({"ru": "ru_RU"}, {"ru": "ru_RU"})),
        ("t5", {"uk": "uk"}, ({}, {"uk": "<2uk>"})),
        ("bart", {"en": "en"}, ({}, {})),
    ],
)
def test_language_codes_become_tokens(name: str, codes: dict[str, str], expected: tuple[dict[str, str], dict[str, str]]) -> None:
    assert FAMILIES[name].language_tokens(codes) == expected
