"""The evaluation texts: a folder with flores-dev.{en,uk,ru} and ntrex-articles.jsonl, correct human translations of each other."""

import json
from pathlib import Path

from benchmarks.material import LANGUAGES

_TEXTS = Path(__file__).parents[1] / "training" / "texts"

Article = dict[str, list[str]]  # by language its sentences, each beside its translations


def flores(folder: Path) -> dict[str, list[str]]:
    """The sentences of FLORES-200 dev by language."""
    return {language: (folder / f"flores-dev.{language}").read_text("utf-8").splitlines() for language in LANGUAGES}


def ntrex(folder: Path) -> list[Article]:
    """The articles of NTREX-128."""
    return [json.loads(line) for line in (folder / "ntrex-articles.jsonl").read_text("utf-8").splitlines()]


def written(folder: Path = _TEXTS) -> dict[str, list[str]]:
    """The sentences of `training/texts` by language."""
    lines = [line for path in sorted(folder.glob("*.tsv")) for line in path.read_text("utf-8").split("\n") if line]
    return dict(zip(LANGUAGES, map(list, zip(*(line.split("\t") for line in lines), strict=True)), strict=True))
