"""The evaluation texts: a folder with flores-dev.{en,uk,ru} and ntrex-articles.jsonl, correct human translations of each other."""

import json
from pathlib import Path

from benchmarks.material import LANGUAGES

Article = dict[str, list[str]]  # by language its sentences, each beside its translations


def flores(folder: Path) -> dict[str, list[str]]:
    """The sentences of FLORES-200 dev by language."""
    return {language: (folder / f"flores-dev.{language}").read_text("utf-8").splitlines() for language in LANGUAGES}


def ntrex(folder: Path) -> list[Article]:
    """The articles of NTREX-128."""
    return [json.loads(line) for line in (folder / "ntrex-articles.jsonl").read_text("utf-8").splitlines()]
