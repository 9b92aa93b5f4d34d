"""Importing from a folder of this machine: every layout, and everything wrong with it named before anything is installed."""

import json
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from korotko_service.engines import loading, manifest as manifests
from korotko_service.engines.conversion import convert
from korotko_service.errors import ModelInvalid, ProvisionRefused
from korotko_service.provision.describe import Said
from korotko_service.provision.home import Home
from korotko_service.provision.importing import Import, convert_model, import_model
from tests import marian_files
from tests.service.provision.conftest import Desk, leftovers
from tests.service.provision.samples import STARTER, WEIGHTS, hub_files, marian_folder, safetensors, write

SAID = Said(task="translate", pairs=("en-uk", "uk-en"), licence="CC0-1.0", family="marian")


def packed_otherwise(archive: bytes) -> bytes:
    """The archive with a method of compression (77) that nobody knows, in both of its headers."""
    listed = archive.index(b"PK\x01\x02") + 10
    return archive[:8] + b"\x4d" + archive[9:listed] + b"\x4d" + archive[listed + 1 :]


def npz(array: np.ndarray) -> bytes:
    stream = BytesIO()
    np.savez(stream, **{"special:model.yml": array})
    return stream.getvalue()


def bare_starter(folder: Path) -> Path:
    """The starter as CTranslate2's converter leaves a model: without model.toml."""
    return write(folder, {name: (STARTER / name).read_bytes() for name in WEIGHTS})


def test_a_hugging_face_checkpoint_is_converted(tmp_path: Path, home: Home, desk: Desk) -> None:
    said = Said(task="translate", pairs=("en-uk", "uk-en"), licence="CC0-1.0")
    manifest = import_model(Import(path=marian_folder(tmp_path / "mine"), said=said), home, desk.tools)
    assert (manifest.name, manifest.family, manifest.version) == ("mine", "marian", "imported")
    assert manifest.target_tokens == {"en": ">>eng<<", "uk": ">>ukr<<"}
    assert manifest.max_input_tokens == manifest.position_limit == 512
    assert desk.told[0] == "left out: pytorch_model.bin (pickled; the weights are read from another file)"


def test_a_converted_folder_is_copied_and_tried(tmp_path: Path, home: Home, desk: Desk) -> None:
    manifest = import_model(Import(path=bare_starter(tmp_path / "ready"), said=SAID, name="mine"), home, desk.tools)
    assert manifest.target_tokens == {"en": ">>eng<<", "uk": ">>ukr<<"}
    assert sorted(manifest.files) == sorted(WEIGHTS)
    assert (desk.convert.saw, desk.tried) == ([], ["mine"])


def changed_config(folder: Path, **changes: object) -> Path:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8")) | changes
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def test_the_end_token_of_a_converted_folder_is_added_once(tmp_path: Path, home: Home, desk: Desk) -> None:
    """CTranslate2's converter of OPUS-MT has it added to every source, where our tokenizer has put it already."""
    ready = changed_config(bare_starter(tmp_path / "ready"), add_source_eos=True, add_source_bos=True)
    manifest = import_model(Import(path=ready, said=SAID), home, desk.tools)
    config = json.loads((manifest.folder / "config.json").read_text(encoding="utf-8"))
    assert (config["add_source_eos"], config["add_source_bos"]) == (False, False)
    assert json.loads((ready / "config.json").read_text(encoding="utf-8"))["add_source_eos"]
    manifests.verify(manifest)


def test_a_converted_folder_brings_the_generation_settings_beside_it(tmp_path: Path, home: Home, desk: Desk) -> None:
    ready = bare_starter(tmp_path / "ready")
    (ready / "generation_config.json").write_text('{"num_beams": 3, "no_repeat_ngram_size": 2}', encoding="utf-8")
    manifest = import_model(Import(path=ready, said=SAID), home, desk.tools)
    assert (manifest.decoding.beam_size, manifest.decoding.no_repeat_ngram_size) == (3, 2)


def test_a_checkpoint_for_transformers_keeps_its_generation_settings_and_its_forced_token(tmp_path: Path, home: Home, desk: Desk) -> None:
    config = {"model_type": "bart", "max_position_embeddings": 1024, "forced_bos_token_id": 0, "num_beams": 4, "min_length": 56}
    files = {"config.json": json.dumps(config).encode(), "vocab.json": b"{}", "merges.txt": b"", "model.safetensors": safetensors()}
    said = Said(task="summarize", pairs=("en-en",), licence="MIT")
    manifest = import_model(
        Import(path=write(tmp_path / "bart", files), said=said, engine="transformers"), home, replace(desk.tools, attempt=lambda _: None)
    )
    assert (manifest.engine, manifest.target_prefix, manifest.position_limit) == ("transformers", ("<s>",), 1024)
    assert (manifest.decoding.beam_size, manifest.decoding.min_output_tokens) == (4, 54)


def test_a_known_model_that_was_converted_elsewhere_keeps_the_token_that_its_outputs_start_with(
    tmp_path: Path, home: Home, desk: Desk
) -> None:
    """A converter leaves it out of config.json; not even generation_config.json need be there."""
    files = {name: (STARTER / name).read_bytes() for name in ("config.json", "model.bin")} | {"vocab.json": b"{}", "merges.txt": b""}
    folder = write(tmp_path / "distilbart-cnn-12-6", files)
    manifest = import_model(Import(path=folder), home, replace(desk.tools, attempt=lambda _: None))
    assert (manifest.target_prefix, manifest.decoding.beam_size) == (("<s>",), 4)


def test_a_language_whose_token_the_model_does_not_have_is_refused(tmp_path: Path, home: Home, desk: Desk) -> None:
    said = replace(SAID, codes={"en": "eng", "uk": "ukrainian"})
    with pytest.raises(ProvisionRefused, match=r"the model has no token '>>ukrainian<<', by which it would be told 'uk'.*--code uk=CODE"):
        import_model(Import(path=bare_starter(tmp_path / "ready"), said=said), home, desk.tools)
    assert leftovers(home) == []


def test_a_converted_folder_that_starts_in_another_familys_way_is_refused(tmp_path: Path, home: Home, desk: Desk) -> None:
    ready = changed_config(bare_starter(tmp_path / "ready"), decoder_start_token=None)
    with pytest.raises(ProvisionRefused, match="its output starts from a language, unlike family 'marian'"):
        import_model(Import(path=ready, said=SAID), home, desk.tools)


def test_a_whole_model_folder_is_carried_as_it_is(tmp_path: Path, home: Home, desk: Desk) -> None:
    original = manifests.read(STARTER)
    manifest = import_model(Import(path=STARTER), home, desk.tools)
    assert (manifest.digest, manifest.pairs, manifest.version) == (original.digest, original.pairs, original.version)
    assert (manifest.target_tokens, manifest.decoding) == (original.target_tokens, original.decoding)


def test_a_carried_folder_with_a_changed_file_is_refused(tmp_path: Path, home: Home, desk: Desk) -> None:
    folder = Path(shutil.copytree(STARTER, tmp_path / "carried"))
    (folder / "source.spm").write_bytes(b"other")
    with pytest.raises(ModelInvalid, match=r"'source\.spm' is corrupted or was changed"):
        import_model(Import(path=folder), home, desk.tools)
    assert not home.folder.exists()


def test_a_marian_folder_is_converted(tmp_path: Path, home: Home, desk: Desk) -> None:
    files = {"decoder.yml": b"models: [model.npz]", "vocab.yml": b'">>ukr<<": 5', "model.npz": npz(np.zeros(3)), "source.spm": b"s"}
    manifest = import_model(
        Import(path=write(tmp_path / "opus", files), said=Said(task="translate", pairs=("en-uk",), licence="MIT")), home, desk.tools
    )
    assert (manifest.family, manifest.target_tokens) == ("marian", {"uk": ">>ukr<<"})
    assert desk.convert.saw == sorted(files)


def test_a_folder_called_like_a_known_model_needs_no_description(tmp_path: Path, home: Home, desk: Desk) -> None:
    manifest = import_model(Import(path=marian_folder(tmp_path / "opus-mt-tc-big-en-zle")), home, desk.tools)
    assert (manifest.licence, manifest.source) == ("CC-BY-4.0", "Helsinki-NLP/opus-mt-tc-big-en-zle")


def test_what_a_folder_does_not_tell_is_asked_for(tmp_path: Path, home: Home, desk: Desk) -> None:
    with pytest.raises(ProvisionRefused, match="say --task, --pairs, --licence too"):
        import_model(Import(path=marian_folder(tmp_path / "mine")), home, desk.tools)


@pytest.mark.parametrize(("licence", "noncommercial"), [("CC-BY-NC-SA-4.0", False), ("My-Own", True)])
def test_a_noncommercial_licence_has_to_be_accepted(tmp_path: Path, home: Home, desk: Desk, licence: str, noncommercial: bool) -> None:
    said = Said(task="translate", pairs=("en-uk",), licence=licence, noncommercial=noncommercial)
    wish = Import(path=marian_folder(tmp_path / "mine"), said=said)
    with pytest.raises(ProvisionRefused, match=f"licensed under {licence}, which forbids commercial use"):
        import_model(wish, home, desk.tools)
    assert not home.folder.exists()


def without(name: str) -> dict[str, bytes]:
    return {key: contents for key, contents in hub_files().items() if key != name}


def longer(config: dict[str, object]) -> bytes:
    return json.dumps(json.loads(hub_files()["config.json"]) | config).encode()


DEEP = b"[" * 100_000
PICKLED = ("pytorch_model.bin", "model.pt", "model.pth", "last.ckpt", "model.pkl", "model.bin")


@pytest.mark.parametrize(
    ("files", "message"),
    [
        *(
            (without("model.safetensors") | {name: b"\x80\x02 pickle"}, rf"weights are pickled \(.*{name}.*save_pretrained")
            for name in PICKLED
        ),
        ({"config.json": b"{}"}, r"no weights: neither \*\.safetensors nor \*\.npz"),
        (without("config.json"), r"config\.json is missing"),
        (hub_files() | {"config.json": b"{"}, r"config\.json: "),
        (hub_files() | {"config.json": b"[]"}, r"config\.json: expected an object"),
        (hub_files() | {"config.json": longer({"auto_map": {}})}, r"config\.json: the model brings code of its own"),
        (hub_files() | {"config.json": longer({"model_type": "gpt2"})}, r"cannot tell its family \(model_type 'gpt2'\); say --family"),
        (hub_files() | {"model.safetensors": safetensors()[:-100]}, r"model\.safetensors: \d+ bytes, but its header promises \d+: trunc"),
        (hub_files() | {"model.safetensors": safetensors()[:20]}, r"model\.safetensors: truncated or not a safetensors file"),
        (hub_files() | {"model.safetensors": b""}, r"model\.safetensors: truncated or not a safetensors file \(0 bytes\)"),
        (hub_files() | {"model.safetensors": b"\x02\0\0\0\0\0\0\0[]"}, r"model\.safetensors: its safetensors header cannot be read"),
        (
            hub_files() | {"model.safetensors": len(DEEP).to_bytes(8, "little") + DEEP},
            r"model\.safetensors: its safetensors header cannot be read",
        ),
        (hub_files() | {"config.json": b'{"a": ' + DEEP}, r"config\.json: "),
        (hub_files() | {"model.safetensors.index.json": b'{"weight_map": {"w": "part-2.safetensors"}}'}, r"part-2\.safetensors missing"),
        (hub_files() | {"vocab.json": b'{"a": 0, "b": 1}'}, r"vocab\.json: a wrong tokenizer: 2 tokens, while the model .* knows 12002"),
        (hub_files() | {"vocab.json": b'{"a": 9999}'}, r"vocab\.json: a wrong tokenizer: 10000 tokens"),
        (hub_files() | {"vocab.json": b'{"a": "x"}'}, r"vocab\.json: a token's number is none"),
        (hub_files() | {"tokenizer.json": b'{"model": {"vocab": [["a", 0]]}}'}, r"tokenizer\.json: a wrong tokenizer: 1 tokens"),
        ({"model.npz": npz(np.zeros(3))}, r"decoder\.yml is missing"),
        ({"decoder.yml": b"", "model.npz": npz(np.array([{}], dtype=object))}, r"model\.npz: .* holds Python objects, a pickle"),
        ({"decoder.yml": b"", "model.npz": npz(np.zeros(3))[:40]}, r"model\.npz: truncated or not an npz file"),
        ({"decoder.yml": b"", "model.npz": packed_otherwise(npz(np.zeros(3)))}, r"model\.npz: truncated or not an npz file"),
    ],
)
def test_a_bad_checkpoint_is_refused_by_name(tmp_path: Path, home: Home, desk: Desk, files: dict[str, bytes], message: str) -> None:
    said = Said(task="translate", pairs=("en-uk",), licence="MIT")
    with pytest.raises((ProvisionRefused, ModelInvalid), match=message):
        import_model(Import(path=write(tmp_path / "bad", files), said=said), home, desk.tools)
    assert not home.folder.exists()
    assert desk.convert.saw == []


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, home: Home, desk: Desk) -> None:
    folder = marian_folder(tmp_path / "linked")
    (folder / "source.spm").unlink()
    (folder / "source.spm").symlink_to("/etc/passwd")
    with pytest.raises(ProvisionRefused, match=r"source\.spm: a link out of its folder, to /etc/passwd"):
        import_model(Import(path=folder, said=SAID), home, desk.tools)


def test_a_link_to_nothing_is_refused(tmp_path: Path, home: Home, desk: Desk) -> None:
    folder = marian_folder(tmp_path / "linked")
    (folder / "added_tokens.json").symlink_to(folder / "gone")
    with pytest.raises(ProvisionRefused, match=r"added_tokens\.json: a link to a file that is not there"):
        import_model(Import(path=folder, said=SAID), home, desk.tools)


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "/abs", "a..b", "a@b", "x" * 101])
def test_a_name_that_is_a_path_is_refused(tmp_path: Path, home: Home, desk: Desk, name: str) -> None:
    with pytest.raises(ProvisionRefused, match="cannot be a model's name"):
        import_model(Import(path=bare_starter(tmp_path / "ready"), said=SAID, name=name), home, desk.tools)
    assert not home.folder.exists()


@pytest.mark.parametrize("name", ["../x", "a/b"])
def test_a_carried_folder_cannot_name_itself_out_of_the_models_folder(tmp_path: Path, home: Home, desk: Desk, name: str) -> None:
    folder = Path(shutil.copytree(STARTER, tmp_path / "carried"))
    text = (folder / "model.toml").read_text(encoding="utf-8")
    (folder / "model.toml").write_text(text.replace('"korotko-starter"', f'"{name}"'), encoding="utf-8")
    with pytest.raises(ProvisionRefused, match="cannot be a model's name"):
        import_model(Import(path=folder), home, desk.tools)


def test_two_versions_stand_side_by_side(tmp_path: Path, home: Home, desk: Desk) -> None:
    ready = bare_starter(tmp_path / "ready")
    for version in ("1", "2"):
        import_model(Import(path=ready, said=SAID, name="mine", version=version, beside=True), home, desk.tools)
    assert [manifest.reference for manifest in loading.find([home.folder])] == ["mine@1", "mine@2"]
    with pytest.raises(ProvisionRefused, match="mine@2 is already installed"):
        import_model(Import(path=ready, said=SAID, name="mine", version="2", beside=True), home, desk.tools)


def test_one_version_is_not_installed_twice_under_two_folders(tmp_path: Path, home: Home, desk: Desk) -> None:
    """A server takes no two models of one name and version, and no command could mend that."""
    wish = Import(path=bare_starter(tmp_path / "ready"), said=SAID, name="mine", version="1")
    import_model(wish, home, desk.tools)
    with pytest.raises(ProvisionRefused, match="models/mine holds version '1' of mine already; remove it first, or --name the new one"):
        import_model(replace(wish, beside=True), home, desk.tools)
    write(home.folder / "broken", {"model.toml": b"?"})
    assert import_model(replace(wish, beside=True, version="2"), home, desk.tools).reference == "mine@2"


def test_a_converted_folder_whose_tokenizer_is_missing_is_refused_by_the_trial(tmp_path: Path, home: Home, desk: Desk) -> None:
    folder = bare_starter(tmp_path / "ready")
    (folder / "target.spm").unlink()
    with pytest.raises(ModelInvalid, match=r"target\.spm"):
        import_model(Import(path=folder, said=SAID), home, desk.tools)
    assert leftovers(home) == []


def test_a_tokenizer_of_another_model_is_refused(tmp_path: Path, home: Home, desk: Desk) -> None:
    folder = bare_starter(tmp_path / "ready")
    words = json.loads((folder / "shared_vocabulary.json").read_text(encoding="utf-8"))
    renamed = [word if word[0] in "<>" else f"{word}#" for word in words]
    (folder / "shared_vocabulary.json").write_text(json.dumps(renamed), encoding="utf-8")
    with pytest.raises(
        ProvisionRefused, match=r"a wrong tokenizer: of \d+ tokens that source\.spm makes of a sentence in 'en', the model does"
    ):
        import_model(Import(path=folder, said=SAID), home, desk.tools)
    assert leftovers(home) == []


def test_conversion_without_installation_makes_a_folder_to_carry(tmp_path: Path, desk: Desk) -> None:
    made = convert_model(Import(path=marian_folder(tmp_path / "checkpoint"), said=SAID), tmp_path / "out/mine", desk.tools)
    manifests.verify(manifests.read(made))
    assert (made, manifests.read(made).name) == (tmp_path / "out/mine", "mine")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine"]
    with pytest.raises(ProvisionRefused, match="exists already"):
        convert_model(Import(path=tmp_path / "checkpoint", said=SAID), tmp_path / "out/mine", desk.tools)


def test_a_marian_folder_is_really_converted_without_torch(tmp_path: Path, home: Home, desk: Desk) -> None:
    said = Said(task="translate", pairs=("en-uk", "en-ru"), licence="CC-BY-4.0")
    words = json.loads((STARTER / "shared_vocabulary.json").read_text(encoding="utf-8"))
    opus = marian_files.write(tmp_path / "opus", arrays=marian_files.drawn(len(words)), vocabulary=words, pieces=STARTER)
    manifest = import_model(Import(path=opus, said=said), home, replace(desk.tools, convert=convert))
    assert (manifest.compute_type, manifest.decoding.beam_size) == ("int8", 6)
    assert manifest.target_tokens == {"uk": ">>ukr<<", "ru": ">>rus<<"}
    assert manifest.conversion.endswith("from Marian files, int8")
    assert desk.tried == ["opus"]
