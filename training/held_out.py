"""The sentences that no training pair may contain: the evaluation sets and the sample articles."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from training.data import Pair, normalized, short_rows, written_rows
from training.recipe import LANGUAGES

# Language, then sentences in the same order.
Texts = dict[str, list[str]]

_SENTENCE_END = re.compile(r"(?<=[.!?\"»])\s+|\n+")
_SAMPLES = Path(__file__).parents[1] / "seeds" / "articles"


class LeakError(Exception):
    """An evaluation sentence occurs in the training data."""


def read_evaluation(folder: Path | None) -> dict[str, Texts]:
    """The evaluation sets by name: FLORES dev and the NTREX articles of `folder`, and what is kept of the project's own texts."""
    own = {"written": _by_language(written_rows(held_out=True)), "short": _by_language(short_rows(held_out=True))}
    return {"flores-dev": flores(folder), "ntrex": joined(ntrex(folder)), **own} if folder else own


def _by_language(rows: Iterable[Mapping[str, str]]) -> Texts:
    told = list(rows)
    return {language: [row[language] for row in told] for language in LANGUAGES}


def flores(folder: Path) -> Texts:
    """The sentences of FLORES-200 dev."""
    return {language: (folder / f"flores-dev.{language}").read_text(encoding="utf-8").splitlines() for language in LANGUAGES}


def ntrex(folder: Path) -> list[Texts]:
    """The articles of NTREX-128."""
    return [json.loads(line) for line in (folder / "ntrex-articles.jsonl").read_text(encoding="utf-8").split("\n") if line]


def joined(articles: Iterable[Texts]) -> Texts:
    """The sentences of all the articles."""
    told = list(articles)
    return {language: [sentence for article in told for sentence in article[language]] for language in LANGUAGES}


def read_samples(folder: Path = _SAMPLES) -> Texts:
    """The sentences of the sample articles that demonstrate the service, by language; they are just as forbidden."""
    return {path.stem: _SENTENCE_END.split(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))}


def without_evaluation(pairs: Iterable[Pair], sentences: frozenset[str]) -> list[Pair]:
    """The pairs of which neither side is an evaluation sentence, as `evaluation_sentences` has them."""
    return [p for p in pairs if not {normalized(p.first), normalized(p.second)} & sentences]


def evaluation_sentences(evaluation: Mapping[str, Texts]) -> frozenset[str]:
    """Every sentence of every evaluation set in every language, normalized."""
    found = (normalized(s) for languages in evaluation.values() for sentences in languages.values() for s in sentences)
    return frozenset(sentence for sentence in found if sentence)


def check_no_leak(pairs: Iterable[Pair], sentences: frozenset[str]) -> None:
    """Raise if an evaluation sentence occurs on either side of a training pair."""
    leaked = [p for p in pairs if {normalized(p.first), normalized(p.second)} & sentences]
    if leaked:
        raise LeakError(f"{len(leaked)} training pairs hold evaluation sentences: {leaked[0]}")
