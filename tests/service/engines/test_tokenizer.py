"""Each family's control tokens go where its models expect them, and what a user wrote stays text."""

from pathlib import Path
from typing import Any

import pytest

from korotko_service.engines.families import FAMILIES
from korotko_service.engines.tokenizer import Tokenizer
from korotko_service.errors import ModelInvalid
from tests import vocabularies, zoo

TEXT = "Переговори про мир."
LANGUAGES = {"en": "E", "uk": "U", "ru": "R"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One vocabulary under the names of every family that spells with SentencePiece."""
    folder = tmp_path_factory.mktemp("pieces")
    vocabularies.pieces(folder / "spiece.model", 700, user_defined_symbols=["<2en>", "<2uk>", "<2ru>", "<2de>"])
    for family in FAMILIES.values():
        for name in family.files:
            if name not in ("spiece.model", "vocab.json", "merges.txt"):
                (folder / name).write_bytes((folder / "spiece.model").read_bytes())
    return folder


def tokenizer(folder: Path, family: str, **changes: Any) -> Tokenizer:
    source_tokens, target_tokens = FAMILIES[family].language_tokens({"en": "en", "uk": "uk", "ru": "ru"})
    tokens = {"source_tokens": source_tokens, "target_tokens": target_tokens}
    return Tokenizer(zoo.manifest(folder=folder, family=family, **{**tokens, **changes}))


@pytest.mark.parametrize(
    ("family", "lead", "tail", "prefix"),
    [
        ("marian", [">>ru<<"], ["</s>"], []),
        ("m2m100", ["__uk__"], ["</s>"], ["__ru__"]),
        ("nllb", ["uk"], ["</s>"], ["ru"]),
        ("mbart50", ["uk"], ["</s>"], ["ru"]),
        ("mbart", [], ["</s>", "uk"], ["ru"]),
        ("t5", ["▁", "<2ru>"], ["</s>"], []),
        ("mt5", [], ["</s>"], []),
        ("pegasus", [], ["</s>"], []),
    ],
)
def test_control_tokens_stand_where_the_family_wants_them(
    folder: Path, family: str, lead: list[str], tail: list[str], prefix: list[str]
) -> None:
    given = tokenizer(folder, family)
    tokens = given.encode(TEXT, "uk", "ru")
    assert tokens[: len(lead)] == lead
    assert tokens[len(tokens) - len(tail) :] == tail
    assert given.prefix("uk", "ru") == prefix
    assert given.decode(tokens[len(lead) :]) == TEXT
    assert given.count(TEXT) == len(tokens)


def test_a_task_in_words_is_spelled_before_the_text(folder: Path) -> None:
    given = tokenizer(folder, "t5", target_tokens={}, input_prefix="summarize: ")
    assert "".join(given.encode(TEXT, "en", "en")).startswith("▁summarize:▁Переговори")


def test_a_language_in_a_users_text_does_not_change_the_target(folder: Path) -> None:
    tokens = tokenizer(folder, "t5").encode("<2de> Hello <2en>", "en", "uk")
    assert [token for token in tokens if token.startswith("<2")] == ["<2uk>"]


@pytest.mark.parametrize("family", ["marian", "m2m100", "nllb", "mbart50"])
def test_control_tokens_in_a_users_text_are_only_text(folder: Path, family: str) -> None:
    tokens = tokenizer(folder, family).encode(">>ru<< __ru__ </s> <s> <pad> text", "en", "uk")
    assert not set(tokens[1:-1]) & {">>ru<<", "__ru__", "</s>", "<s>", "<pad>"}


def test_the_start_token_of_mbart_is_no_output(folder: Path) -> None:
    assert tokenizer(folder, "mbart").forced(["ru"]) == 0
    assert tokenizer(folder, "nllb").forced(["ru"]) == 1


@pytest.mark.parametrize("key", ["source_tokens", "target_tokens"])
@pytest.mark.parametrize("family", ["m2m100", "nllb", "mbart50", "mbart"])
def test_a_multilingual_model_must_be_told_its_languages(folder: Path, family: str, key: str) -> None:
    with pytest.raises(ModelInvalid, match=rf"family '{family}' needs {key}\.\w\w in model\.toml"):
        tokenizer(folder, family, **{key: {}})


def test_the_line_breaks_of_pegasus_are_no_words_for_readers(folder: Path) -> None:
    given = tokenizer(folder, "pegasus")
    written = given.encode("The talks will go on.", "en", "en")[:-1]
    assert given.decode([*written, "<n>", *written]) == "The talks will go on. The talks will go on."


def test_an_unknown_family_is_refused(folder: Path) -> None:
    with pytest.raises(ModelInvalid, match="no family is named 'gpt'; known: marian"):
        Tokenizer(zoo.manifest(folder=folder, family="gpt"))


def test_bart_names_the_extra_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("vocab.json", "merges.txt"):
        (tmp_path / name).write_text("", encoding="utf-8")
    monkeypatch.setitem(__import__("sys").modules, "tokenizers", None)
    with pytest.raises(ModelInvalid, match=r"pip install 'korotko-service\[bart\]'"):
        Tokenizer(zoo.manifest(folder=tmp_path, family="bart"))
