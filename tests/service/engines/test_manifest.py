"""What a model folder says of itself: read strictly, refused by name, compared with its files."""

import hashlib
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.engines import manifest as manifests
from korotko_service.engines.manifest import Decoding, Manifest, Quality
from korotko_service.errors import ModelInvalid
from tests import zoo
from tests.house import ROOT

TABLE: dict[str, Any] = {
    "format": 1,
    "name": "small",
    "version": "1.2",
    "task": "translate",
    "family": "marian",
    "engine": "ctranslate2",
    "licence": "CC-BY-4.0",
    "commercial_use": True,
    "pairs": ["en-uk", "uk-en"],
    "target_tokens": {"uk": ">>ukr<<"},
    "decoding": {"beam_size": 2, "length_penalty": 1},
    "quality": {"flores": {"en-uk": {"chrf": 60.1, "bleu": 30}}},
    "files": {"weights.bin": "sha256:" + hashlib.sha256(b"weights").hexdigest()},
}


def toml(value: Any) -> str:
    """A value as TOML, tables inline."""
    match value:
        case dict():
            return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {toml(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(toml, value)) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)


def write(folder: Path, table: dict[str, Any]) -> Path:
    lines = [f"{json.dumps(key, ensure_ascii=False)} = {toml(value)}\n" for key, value in table.items()]
    (folder / "model.toml").write_text("".join(lines), encoding="utf-8")
    (folder / "weights.bin").write_bytes(b"weights")
    return folder


def test_everything_that_is_said_is_read(tmp_path: Path) -> None:
    read = manifests.read(write(tmp_path, TABLE))
    assert (read.name, read.task, read.licence, read.commercial_use) == ("small", "translate", "CC-BY-4.0", True)
    assert read.pairs == (("en", "uk"), ("uk", "en"))
    assert read.target_tokens == {"uk": ">>ukr<<"}
    assert read.decoding == Decoding(beam_size=2, length_penalty=1.0)
    assert Quality(test_set="flores", source="en", target="uk", metric="chrf", value=60.1) in read.quality


def test_what_is_not_said_has_its_default(tmp_path: Path) -> None:
    table = {key: value for key, value in TABLE.items() if key not in ("target_tokens", "decoding", "quality")}
    read = manifests.read(write(tmp_path, table))
    assert (read.target_tokens, read.decoding, read.quality, read.max_input_tokens) == ({}, Decoding(), (), 256)


def test_every_model_that_comes_with_the_repository_is_read() -> None:
    folders = [path.parent for path in (ROOT / "seeds/models").glob("*/model.toml")]
    assert folders
    for folder in folders:
        manifests.read(folder)


REQUIRED = ("name", "version", "task", "family", "engine", "licence", "commercial_use", "pairs", "files")


@pytest.mark.parametrize("key", REQUIRED)
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    table = {name: value for name, value in TABLE.items() if name != key}
    with pytest.raises(ModelInvalid, match=rf"model\.toml: key '{key}' is missing"):
        manifests.read(write(tmp_path, table))


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("format", 2, "format = 2: this version reads format 1"),
        ("name", "a@1", "'@' sets the version off"),
        ("name", "", "name is empty"),
        ("name", 5, "name = 5: expected a string"),
        ("task", "sing", "task = 'sing': expected one of translate, summarize"),
        ("commercial_use", "false", "commercial_use = 'false': expected true or false"),
        ("commercial_use", 0, "commercial_use = 0: expected true or false"),
        ("parameters", 1.5, "parameters = 1.5: expected a whole number"),
        ("max_input_tokens", "256", "max_input_tokens = '256': expected a whole number"),
        ("input_prefx", "summarize: ", "unknown key input_prefx; known: format, name"),
        ("position_limit", 100, "position_limit = 100: expected 0 (none) or at least max_input_tokens"),
        ("position_limit", -1, "position_limit = -1: expected 0 (none)"),
        ("target_prefix", "<s>", "target_prefix = '<s>': expected a list"),
        ("target_prefix", [1], "target_prefix = 1: expected a string"),
        ("source_tokens", {"uk": 3}, "source_tokens.uk = 3: expected a string"),
        ("decoding", {"suppress": "<pad>"}, "decoding.suppress = '<pad>': expected a list"),
        ("decoding", {"min_output_tokens": -1}, "expected min_output_tokens >= 0"),
        ("decoding", {"min_output_tokens": 300}, "decoding.min_output_tokens: expected at most max_output_tokens"),
        ("max_input_tokens", 0, "max_input_tokens and max_output_tokens: expected at least 1"),
        ("max_output_tokens", True, "max_output_tokens = True: expected a whole number"),
        ("pairs", "en-uk", "pairs = 'en-uk': expected a list"),
        ("pairs", ["en"], "pair 'en': expected something like 'en-uk'"),
        ("pairs", ["-uk"], "pair '-uk': expected something like 'en-uk'"),
        ("pairs", [3], "pairs = 3: expected a string"),
        ("target_tokens", {"uk": 3}, "target_tokens.uk = 3: expected a string"),
        ("decoding", {"beam": 3}, "unknown key decoding.beam"),
        ("decoding", {"beam_size": "4"}, "decoding.beam_size = '4': expected a whole number"),
        ("decoding", {"beam_size": 0}, "expected beam_size >= 1"),
        ("decoding", {"length_penalty": "1"}, "decoding.length_penalty = '1': expected a number"),
        ("quality", {"flores": {"enuk": {"chrf": 1}}}, "pair 'enuk'"),
        ("quality", {"flores": {"en-uk": {"chrf": "high"}}}, "quality.flores.en-uk.chrf = 'high': expected a number"),
        ("quality", {"flores": {"en-uk": {"chrf": True}}}, "quality.flores.en-uk.chrf = True: expected a number"),
        ("quality", {"flores": {"en-uk": 60}}, "quality.flores.en-uk = 60: expected a table"),
        ("quality", {"flores": 60}, "quality.flores = 60: expected a table"),
        ("quality", 7, "quality = 7: expected a table"),
        ("max_output_tokens", 2**63, "max_output_tokens: a whole number of more than 64 bits"),
        ("files", ["ab"], "expected a table"),
        ("files", {"a": 3}, "files.a = 3: expected a string"),
        ("files", {"../a": ""}, "file '../a' lies outside the folder"),
        ("files", {"a/../../b": ""}, "file 'a/../../b' lies outside the folder"),
        ("files", {"/etc/passwd": ""}, "file '/etc/passwd' lies outside the folder"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, key: str, value: Any, message: str) -> None:
    with pytest.raises(ModelInvalid) as caught:
        manifests.read(write(tmp_path, TABLE | {key: value}))
    assert message in str(caught.value)
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize("text", ["name = ", "\x00", "name = 'a'\nname = 'b'"])
def test_what_is_no_toml_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "model.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ModelInvalid, match=r"model\.toml"):
        manifests.read(tmp_path)


DEEP = 30_000


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"name = {'[' * DEEP}{']' * DEEP}", "lists or tables nested too deeply"),
        (f"name = {'{a=' * DEEP}1{'}' * DEEP}", "lists or tables nested too deeply"),
        (f"name{'.a' * 2000} = 1", "name = {'a': {'a': "),
        (f"format{'.a' * 2000} = 1", "format = {'a': {'a': "),
        (f"name = {list(range(9999))}", "name = [0, 1, 2, 3, 4, 5, ...]: expected a string"),
        (f"parameters = {'9' * 5000}", "a number of thousands of digits"),
        (f"parameters = 0x{'f' * 5000}", "parameters: a whole number of more than 64 bits"),
        ("name = 1979-05-27T07:32:00Z", "name = datetime.date"),
        ("quality = 1979-05-27", "quality = datetime.date(1979, 5, 27): expected a table"),
        ("quality.flores.en-uk.chrf = nan", "quality.flores.en-uk.chrf = nan: expected a finite number"),
        ("decoding = {length_penalty = inf}", "decoding.length_penalty = inf: expected a finite number"),
    ],
)
def test_what_toml_allows_and_no_model_says_is_refused_in_one_short_line(tmp_path: Path, line: str, message: str) -> None:
    key = re.split(r"[. ]", line)[0]
    write(tmp_path, {name: value for name, value in TABLE.items() if name != key})
    with (tmp_path / "model.toml").open("r+", encoding="utf-8") as stream:
        rest = stream.read()
        stream.seek(0)
        stream.write(f"{line}\n{rest}")
    with pytest.raises(ModelInvalid) as caught:
        manifests.read(tmp_path)
    said = str(caught.value).removeprefix(f"{tmp_path}/model.toml: ")
    assert message in said
    assert len(said) < 200
    assert "\n" not in said


def test_a_byte_order_mark_of_an_editor_is_read_over(tmp_path: Path) -> None:
    path = write(tmp_path, TABLE) / "model.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert manifests.read(tmp_path).name == "small"


def test_a_folder_without_a_manifest_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelInvalid, match="this is no model folder"):
        manifests.read(tmp_path)


def test_untouched_files_are_verified(tmp_path: Path) -> None:
    manifests.verify(manifests.read(write(tmp_path, TABLE)))


def test_a_changed_file_is_named(tmp_path: Path) -> None:
    read = manifests.read(write(tmp_path, TABLE))
    (tmp_path / "weights.bin").write_bytes(b"weightz")
    with pytest.raises(ModelInvalid, match=r"'weights\.bin' is corrupted or was changed: sha256:"):
        manifests.verify(read)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    read = manifests.read(write(tmp_path, TABLE))
    (tmp_path / "weights.bin").unlink()
    with pytest.raises(ModelInvalid, match=r"'weights\.bin' is missing"):
        manifests.verify(read)


def test_the_digest_names_the_weights_and_not_the_order_of_the_list(tmp_path: Path) -> None:
    files = {"a": "1", "b": "2"}
    one = manifests.read(write(tmp_path, TABLE | {"files": files})).digest
    other = manifests.read(write(tmp_path, TABLE | {"files": dict(reversed(files.items()))})).digest
    changed = manifests.read(write(tmp_path, TABLE | {"files": {"a": "1", "b": "3"}})).digest
    assert one == other != changed


def test_a_model_is_the_same_until_something_that_is_loaded_changes() -> None:
    model = zoo.manifest()
    told = zoo.manifest(attribution="by us", licence="MIT", revision="abc", commercial_use=False)
    loaded = [zoo.manifest(digest="sha256:1"), zoo.manifest(version="2"), zoo.manifest(target_tokens={"uk": ">>uk<<"})]
    assert model.identity == told.identity
    assert [other.identity == model.identity for other in loaded] == [False] * 3


def test_a_model_is_referred_to_by_name_and_version() -> None:
    assert zoo.manifest("opus", version="1.2").reference == "opus@1.2"


def test_a_manifest_equals_only_itself() -> None:
    assert len({zoo.manifest(), zoo.manifest()}) == 2


scalars = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8)
values = st.recursive(
    scalars.filter(lambda value: value is not None),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
mutations = st.dictionaries(st.sampled_from([*TABLE, "max_input_tokens", "attribution", "unheard_of"]), values, min_size=1, max_size=3)


def well_formed(manifest: Manifest) -> bool:
    return type(manifest.commercial_use) is bool and manifest.max_input_tokens > 0 and all(len(pair) == 2 for pair in manifest.pairs)


@settings(max_examples=120, deadline=None)
@given(mutations)
def test_any_table_is_read_well_or_refused_by_name(changes: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            read = manifests.read(write(Path(folder), TABLE | changes))
        except ModelInvalid as refusal:
            assert folder in str(refusal)  # noqa: PT017  # Either outcome is right; which one is up to the example.
        else:
            assert well_formed(read)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_by_name(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "model.toml").write_bytes(content)
        with pytest.raises(ModelInvalid, match=r"model\.toml"):
            manifests.read(Path(folder))
