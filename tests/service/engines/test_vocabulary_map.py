"""A vocabulary map: kept to, alike for every neighbour, and refused where it could do harm."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import sentencepiece
from hypothesis import given, strategies as st

from korotko_service.engines import loading, manifest as manifests, vocabulary_map
from korotko_service.engines.conversion import convert
from korotko_service.engines.ctranslate2 import CTranslate2Engine
from korotko_service.engines.engine import DecodingOptions, Sequence
from korotko_service.engines.manifest import VOCABULARY_MAP, Decoding, Manifest
from korotko_service.engines.placement import Placement
from korotko_service.errors import ModelInvalid
from tests import marian_files, zoo

SEEDS = marian_files.seed_pieces()
PIECES = [sentencepiece.SentencePieceProcessor(model_file=str(SEEDS / "source.spm")).id_to_piece(number) for number in range(3, 600)]
TOKENS = {"en": ">>eng<<", "uk": ">>ukr<<", "ru": ">>rus<<"}
# Each language has a third of the pieces: outputs that are not held to a list would show it.
LISTED = {language: PIECES[number::3] for number, language in enumerate(TOKENS)}
TEXTS = ("The talks will go on.", "Two people were hurt.", "It is 5 May.", "The city", "a bridge over the river, and a train on it")
OPTIONS = [DecodingOptions(beam_size=size, max_output_tokens=20) for size in (1, 4)]


def lines(listed: dict[str, list[str]]) -> str:
    return "".join(f"{TOKENS[language]}\t{' '.join(pieces)}\n" for language, pieces in listed.items())


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Manifest]:
    """A model with random weights and the three lists, in a number format; one folder of each."""

    @cache
    def made(quantization: str) -> Manifest:
        folder = tmp_path_factory.mktemp(quantization)
        vocabulary = ["</s>", "<unk>", *PIECES, *TOKENS.values()]
        native = marian_files.write(folder / "opus", arrays=marian_files.drawn(len(vocabulary)), vocabulary=vocabulary, pieces=SEEDS)
        convert(native, folder / "model", family="marian", quantization=quantization)
        (folder / "model" / VOCABULARY_MAP).write_text(lines(LISTED), encoding="utf-8")
        return described(folder / "model")

    return made


@pytest.fixture
def listed(make: Callable[[str], Manifest]) -> Manifest:
    return make("float32")


def described(folder: Path, **changes: object) -> Manifest:
    """The manifest of the files that lie there now, and of their use."""
    files = {path.name: manifests.file_digest(path) for path in folder.iterdir() if path.name != "model.toml"}
    given = {
        "folder": folder,
        "engine": "ctranslate2",
        "family": "marian",
        "target_tokens": TOKENS,
        "files": files,
        "decoding": Decoding(use_vmap=True),
    }
    return zoo.manifest(**(given | changes))


def engine(manifest: Manifest, **placement: object) -> CTranslate2Engine:
    return CTranslate2Engine(manifest, Placement(**placement))  # type: ignore[arg-type]


def sequences(*targets: str) -> list[Sequence]:
    return [Sequence(text=text, source_language="en", target_language=target, length=len(text)) for text in TEXTS for target in targets]


def suppressing(manifest: Manifest, target: str) -> Manifest:
    """The same model without lists, forbidden every piece that is not on this one."""
    others = tuple(piece for piece in (*PIECES, *TOKENS.values()) if piece not in LISTED[target])
    return replace(manifest, decoding=Decoding(suppress=others))


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("target", ["uk", "ru"])
@pytest.mark.parametrize("quantization", ["float32", "int8"])
def test_a_list_does_what_forbidding_all_other_pieces_does(
    make: Callable[[str], Manifest], quantization: str, target: str, options: DecodingOptions
) -> None:
    listed = make(quantization)
    one = engine(listed).generate(sequences(target), options)
    other = engine(suppressing(listed, target)).generate(sequences(target), options)
    assert [(each.text, each.length, each.finish_reason) for each in one] == [
        (each.text, each.length, each.finish_reason) for each in other
    ]
    assert [each.score for each in one] == pytest.approx([each.score for each in other], abs=1e-4)
    assert len({each.text for each in one}) > 1


@pytest.mark.parametrize("options", OPTIONS)
def test_without_its_lists_the_model_writes_otherwise(listed: Manifest, options: DecodingOptions) -> None:
    free = replace(listed, decoding=Decoding())
    one, other = (engine(each).generate(sequences("uk"), options) for each in (listed, free))
    assert [each.text for each in one] != [each.text for each in other]


@pytest.mark.parametrize("options", OPTIONS)
def test_neighbours_in_other_languages_change_nothing(listed: Manifest, options: DecodingOptions) -> None:
    loaded, mixed = engine(listed), sequences("uk", "ru")
    together = loaded.generate(mixed, options)
    assert [each.text for each in together] == [loaded.generate([each], options)[0].text for each in mixed]


def test_a_process_of_its_own_uses_the_lists_too(listed: Manifest) -> None:
    (listed.folder / "model.toml").write_text(toml(listed), encoding="utf-8")
    isolated = loading.load(manifests.read(listed.folder), isolated=True)
    try:
        isolated.warm_up()
        there = isolated.generate(sequences("uk"), OPTIONS[1])
    finally:
        isolated.close()
    assert [each.text for each in there] == [each.text for each in engine(listed).generate(sequences("uk"), OPTIONS[1])]


def toml(manifest: Manifest) -> str:
    head = """format = 1
name = "small"
version = "1"
task = "translate"
family = "marian"
engine = "ctranslate2"
licence = "CC0-1.0"
commercial_use = true
pairs = ["en-uk", "en-ru", "uk-en"]
"""
    tables = {"decoding": "use_vmap = true\n"}
    for name, table in (("target_tokens", TOKENS), ("files", manifest.files)):
        tables[name] = "".join(f'"{key}" = "{value}"\n' for key, value in table.items())
    return head + "".join(f"[{name}]\n{content}" for name, content in tables.items())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (lines(LISTED) + "The\ta b\n", "a line for 'The': expected only target_tokens, >>eng<<, >>rus<<, >>ukr<<"),
        (lines(LISTED) + ">>ukr<< The\ta b\n", "a line for '>>ukr<< The'"),
        (lines(LISTED) + "\ta b\n", "a line for ''"),
        (lines({key: LISTED[key] for key in ("en", "ru")}), "no line for the token that leads a text into 'uk'"),
        ("", "no line for the token that leads a text into"),
    ],
)
def test_lists_by_which_a_text_could_depend_on_its_neighbours_or_write_nothing_are_refused(
    listed: Manifest, tmp_path: Path, content: str, message: str
) -> None:
    (tmp_path / VOCABULARY_MAP).write_text(content, encoding="utf-8")
    for name in ("source.spm", "target.spm"):
        (tmp_path / name).write_bytes((SEEDS / name).read_bytes())
    with pytest.raises(ModelInvalid) as caught:
        engine(replace(listed, folder=tmp_path))
    assert message in str(caught.value)
    assert str(tmp_path / VOCABULARY_MAP) in str(caught.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_lists_that_cannot_be_read_are_refused_by_name(listed: Manifest, tmp_path: Path, content: bytes | None) -> None:
    if content:
        (tmp_path / VOCABULARY_MAP).write_bytes(content)
    for name in ("source.spm", "target.spm"):
        (tmp_path / name).write_bytes((SEEDS / name).read_bytes())
    with pytest.raises(ModelInvalid, match=VOCABULARY_MAP):
        engine(replace(listed, folder=tmp_path))


def test_changed_lists_are_no_longer_the_model(listed: Manifest, tmp_path: Path) -> None:
    for name in listed.files:
        (tmp_path / name).write_bytes((listed.folder / name).read_bytes())
    (tmp_path / VOCABULARY_MAP).write_text(lines(LISTED).replace(PIECES[-1], PIECES[-2]), encoding="utf-8")
    with pytest.raises(ModelInvalid, match=r"file 'vmap\.txt' is corrupted or was changed"):
        manifests.verify(replace(listed, folder=tmp_path))


def test_lists_are_a_part_of_what_is_loaded(listed: Manifest) -> None:
    assert replace(listed, decoding=Decoding()).identity != listed.identity


@pytest.mark.parametrize(
    ("engine_name", "files"), [("transformers", {VOCABULARY_MAP: "sha256:0"}), ("ctranslate2", {"model.bin": "sha256:0"})]
)
def test_their_use_is_refused_where_nothing_would_come_of_it(engine_name: str, files: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"decoding\.use_vmap: expected engine 'ctranslate2', and 'vmap\.txt' among the files"):
        zoo.manifest(decoding=Decoding(use_vmap=True), engine=engine_name, files=files)


@given(st.lists(st.sampled_from(["en", "uk", "ru"]), max_size=12))
def test_what_is_taken_apart_comes_back_in_its_order(targets: list[str]) -> None:
    groups: list[list[Sequence]] = []

    def generate(group: list[Sequence]) -> list[str]:
        groups.append(group)
        return [each.text for each in group]

    given = [Sequence(text=str(number), source_language="en", target_language=target, length=1) for number, target in enumerate(targets)]
    assert vocabulary_map.by_target_language(given, generate) == [each.text for each in given]
    assert [len({each.target_language for each in group}) for group in groups] == [1] * len(set(targets))
