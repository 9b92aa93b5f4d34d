"""The tokenizer, the CTranslate2 adapter and loading, on the starter model that comes with the repository. Not how well it translates."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from korotko_service.engines import loading, manifest as manifests
from korotko_service.engines.cores import available_cores
from korotko_service.engines.ctranslate2 import CTranslate2Engine
from korotko_service.engines.engine import DecodingOptions, FinishReason, Sequence
from korotko_service.engines.manifest import Manifest
from korotko_service.engines.placement import Placement
from korotko_service.engines.tokenizer import Tokenizer
from korotko_service.errors import ModelInvalid
from tests import zoo
from tests.house import ROOT

MODELS = ROOT / "seeds/models"
TEXTS = ("The talks will go on.", "Переговори триватимуть у Женеві.", "Переговоры продолжатся в Женеве до пятницы, 5 мая.")


@pytest.fixture(scope="module")
def starter() -> Manifest:
    return manifests.read(MODELS / "starter")


@pytest.fixture(scope="module")
def engine(starter: Manifest) -> Iterator[CTranslate2Engine]:
    loaded = CTranslate2Engine(starter, Placement(replicas=2))
    yield loaded
    loaded.close()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A model folder of one's own to spoil."""
    return Path(shutil.copytree(MODELS / "starter", tmp_path / "models/copy"))


def sequence(engine: CTranslate2Engine, text: str, target: str = "ru", source: str = "en") -> Sequence:
    return Sequence(text=text, source_language=source, target_language=target, length=engine.count(text))


@pytest.mark.parametrize(("language", "token"), [("en", ">>eng<<"), ("uk", ">>ukr<<"), ("ru", ">>rus<<")])
def test_the_target_language_leads_and_the_end_token_closes(starter: Manifest, language: str, token: str) -> None:
    lead, *pieces, end = Tokenizer(starter).encode(TEXTS[0], "en", language)
    assert (lead, end) == (token, "</s>")
    assert pieces


@pytest.mark.parametrize("text", [*TEXTS, "", "12 %", "👍"])
def test_the_count_is_what_encoding_gives(starter: Manifest, text: str) -> None:
    assert Tokenizer(starter).count(text) == len(Tokenizer(starter).encode(text, "en", "uk"))


def test_a_model_with_one_target_needs_no_token(starter: Manifest) -> None:
    plain = Tokenizer(replace(starter, target_tokens={}))
    assert plain.encode(TEXTS[0], "en", "uk")[0] != ">>ukr<<"
    assert plain.count(TEXTS[0]) == len(plain.encode(TEXTS[0], "en", "uk"))


@pytest.mark.parametrize("text", TEXTS)
def test_decoding_gives_the_text_back_without_control_tokens(starter: Manifest, text: str) -> None:
    _, *tokens = Tokenizer(starter).encode(text, "en", "uk")
    assert Tokenizer(starter).decode(tokens) == text


@pytest.mark.parametrize("text", [">>rus<< Hello", "Hello </s> there", "<unk> <s> <pad>"])
def test_control_tokens_in_a_users_text_are_only_text(starter: Manifest, text: str) -> None:
    _, *pieces, _ = Tokenizer(starter).encode(text, "en", "uk")
    assert not set(pieces) & {">>rus<<", ">>ukr<<", ">>eng<<", "</s>", "<s>", "<unk>", "<pad>"}


def test_generations_keep_order_and_length(engine: CTranslate2Engine) -> None:
    together = engine.generate([sequence(engine, text) for text in TEXTS], DecodingOptions())
    apart = [engine.generate([sequence(engine, text)], DecodingOptions())[0] for text in TEXTS]
    assert len(together) == len(TEXTS)
    assert together[0].text == apart[0].text
    assert len({generation.text for generation in together}) == len(TEXTS)


def test_a_generation_says_its_score_and_length(engine: CTranslate2Engine) -> None:
    (generation,) = engine.generate([sequence(engine, TEXTS[0])], DecodingOptions())
    assert generation.text
    assert generation.score < 0
    assert generation.length > 0


def test_callers_may_ask_for_a_beam(engine: CTranslate2Engine) -> None:
    for size in (1, 8):
        assert engine.generate([sequence(engine, TEXTS[0])], DecodingOptions(beam_size=size))[0].text


def test_an_output_that_hits_the_limit_says_so(starter: Manifest) -> None:
    engine = CTranslate2Engine(replace(starter, max_output_tokens=1), Placement())
    (generation,) = engine.generate([sequence(engine, TEXTS[0])], DecodingOptions())
    engine.close()
    assert (generation.finish_reason, generation.length) == (FinishReason.LENGTH, 1)


def test_it_warms_up_in_every_direction(engine: CTranslate2Engine) -> None:
    engine.warm_up()


def test_a_model_that_loads_but_cannot_translate_is_refused(starter: Manifest) -> None:
    class Broken(CTranslate2Engine):
        def generate(self, *_: object) -> list:
            raise RuntimeError("no such layer")

    with pytest.raises(ModelInvalid, match="it loads but cannot translate en-uk: no such layer"):
        Broken(starter, Placement()).warm_up()


def test_a_folder_of_models_is_found_by_name() -> None:
    assert "korotko-starter" in [manifest.name for manifest in loading.find([MODELS])]


def test_a_model_folder_is_found_itself() -> None:
    assert [manifest.folder.name for manifest in loading.find([MODELS / "starter"])] == ["starter"]


def test_a_folder_without_models_holds_none(tmp_path: Path) -> None:
    assert loading.find([tmp_path]) == ()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelInvalid, match="no such folder; set KOROTKO_MODELS"):
        loading.find([tmp_path / "gone"])


def test_two_models_of_one_name_are_refused(copy: Path) -> None:
    with pytest.raises(ModelInvalid, match=r"are both named 'korotko-starter' in version '[\d.]+'; remove one"):
        loading.find([MODELS, copy])


def test_two_versions_of_one_model_are_found(copy: Path) -> None:
    toml = copy / "model.toml"
    toml.write_text(re.sub(r"(?m)^version = .*$", 'version = "9.9"', toml.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    found = [manifest for manifest in loading.find([MODELS, copy]) if manifest.name == "korotko-starter"]
    assert [manifest.version for manifest in found][-1] == "9.9"
    assert len({manifest.reference for manifest in found}) == 2


def test_what_a_model_takes_is_the_size_of_its_files(starter: Manifest) -> None:
    assert loading.weight_bytes(starter) == sum((starter.folder / name).stat().st_size for name in starter.files) > 10**6


def test_a_missing_file_takes_nothing() -> None:
    assert loading.weight_bytes(zoo.manifest(files={"gone": "sha256:0"})) == 0


def load(folder: Path, *, device: str = "cpu") -> None:
    loading.load(manifests.read(folder), device=device).close()


@pytest.mark.parametrize("name", ["model.bin", "source.spm", "shared_vocabulary.json"])
def test_a_corrupted_file_is_refused_before_it_is_loaded(copy: Path, name: str) -> None:
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    with pytest.raises(ModelInvalid, match=f"{name}' is corrupted"):
        load(copy)


def resign(folder: Path, name: str, content: bytes) -> None:
    """Put other content into a file and the right digest into the manifest."""
    (folder / name).write_bytes(content)
    text = (folder / "model.toml").read_text(encoding="utf-8")
    signed = re.sub(rf'(?m)^"{re.escape(name)}" = .*$', f'"{name}" = "{manifests.file_digest(folder / name)}"', text)
    (folder / "model.toml").write_text(signed, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("model.bin", b"no weights", "CTranslate2 cannot load it"),
        ("model.bin", b"", "CTranslate2 cannot load it"),
        ("source.spm", b"no pieces", "not a SentencePiece model"),
        ("target.spm", b"", "not a SentencePiece model"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused(copy: Path, name: str, content: bytes, message: str) -> None:
    resign(copy, name, content)
    with pytest.raises(ModelInvalid, match=message):
        load(copy)


def test_a_device_that_is_not_there_is_refused() -> None:
    with pytest.raises(ModelInvalid, match="CTranslate2 cannot load it"):
        load(MODELS / "starter", device="cuda")


@pytest.mark.parametrize("changes", [{"engine": "onnx", "family": "marian"}, {"engine": "ctranslate2", "family": "polka"}])
def test_a_model_that_no_engine_runs_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(ModelInvalid, match=r"onnx|polka"):
        loading.load(zoo.manifest(**changes))


def test_replicas_follow_the_cores_where_none_are_given(starter: Manifest) -> None:
    engine = loading.load(starter, replicas=0)
    engine.close()
    assert engine.replicas == available_cores()
