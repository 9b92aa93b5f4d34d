"""Reads the parallel texts, drops what teaches nothing, and proves that no evaluation sentence is among them."""

import json
import lzma
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.recipe import LANGUAGES, PAIRS, DataRecipe

_MARKUP = re.compile(r"[{}|<>\\`]|::|:[a-z-]+:|\]\(|https?:|www\.|\w/\w+/|_\w+_|\w_\w|%[sd(]|&\w+;|^\W*$")
_NOISE = re.compile(r"translator-credits|\$\d|^\s*[#*+•|-]{1,4}\s|\(\)|\*\*", re.IGNORECASE)
_NEWS = {"news", "articles", "addresses"}
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_END = re.compile(r"(?<=[.!?\"»])\s+|\n+")
_SAMPLES = Path(__file__).parents[1] / "seeds" / "articles"
_NOT_WORD = re.compile(r"[\W_]+")


class LeakError(Exception):
    """An evaluation sentence stands in the training data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One sentence in two languages; `pair` names their order, as in en-uk.

    `synthetic` names the side that a model wrote, "first" or "second", if one did.
    """

    source: str
    pair: str
    first: str
    second: str
    kind: str = "plain"
    synthetic: str = ""


def read_pairs(folder: Path, recipe: DataRecipe) -> Iterator[Pair]:
    """The pairs of the sources that the recipe weighs, cleaned, each of them once."""
    seen: set[tuple[str, str, str]] = set()
    # The tables are not part of the repository; a recipe that wants only news does without them.
    tables = _table_pairs(folder) if set(recipe.source_weights) - _NEWS else ()
    for pair in (*tables, *_news_pairs(folder / "news", recipe)):
        key = (pair.pair, normalized(pair.first), normalized(pair.second))
        wanted = pair.source in recipe.source_weights and key not in seen
        if not wanted or not is_useful(pair, recipe.max_length_ratio):
            continue
        seen.add(key)
        yield pair


def is_useful(pair: Pair, max_length_ratio: float) -> bool:
    """Whether a model of news can learn from this pair: prose, of like length, not a copy."""
    text = f"{pair.first}\n{pair.second}"
    if any(_MARKUP.search(side) for side in (pair.first, pair.second)) or _NOISE.search(text):
        return False
    first, second = len(pair.first), len(pair.second)
    # Short sentences may differ a lot in length by nature, hence the constant.
    if max(first, second) + 8 > max_length_ratio * (min(first, second) + 8):
        return False
    letters = len(_LETTER.findall(text))
    return pair.first != pair.second and letters > 0.6 * len(text.replace(" ", ""))


def normalized(text: str) -> str:
    """The text without case, punctuation and spacing, for comparisons."""
    return _NOT_WORD.sub("", text.casefold())


def read_evaluation(folder: Path) -> dict[str, dict[str, list[str]]]:
    """The evaluation sets: name, then language, then sentences in the same order."""
    flores = {language: (folder / f"flores-dev.{language}").read_text(encoding="utf-8").splitlines() for language in LANGUAGES}
    articles = list(_json_lines(folder / "ntrex-articles.jsonl"))
    ntrex = {language: [sentence for article in articles for sentence in article[language]] for language in LANGUAGES}
    return {"flores-dev": flores, "ntrex": ntrex}


def read_samples(folder: Path = _SAMPLES) -> dict[str, list[str]]:
    """The sentences of the sample articles that the service is shown with, by language; they are as untouchable."""
    return {path.stem: _SENTENCE_END.split(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))}


def without_evaluation(pairs: Iterable[Pair], sentences: frozenset[str]) -> list[Pair]:
    """The pairs of which neither side is an evaluation sentence, as `evaluation_sentences` has them."""
    return [p for p in pairs if not {normalized(p.first), normalized(p.second)} & sentences]


def evaluation_sentences(evaluation: dict[str, dict[str, list[str]]]) -> frozenset[str]:
    """Every sentence of every evaluation set in every language, normalized."""
    found = (normalized(s) for languages in evaluation.values() for sentences in languages.values() for s in sentences)
    return frozenset(sentence for sentence in found if sentence)


def check_no_leak(pairs: Iterable[Pair], sentences: frozenset[str]) -> None:
    """Raise if an evaluation sentence occurs on either side of a training pair."""
    leaked = [p for p in pairs if {normalized(p.first), normalized(p.second)} & sentences]
    if leaked:
        raise LeakError(f"{len(leaked)} training pairs hold evaluation sentences: {leaked[0]}")


def read_articles(folder: Path) -> list[dict[str, Any]]:
    """All news articles in the order of their ids."""
    return sorted(_json_lines(folder / "news" / "articles.jsonl"), key=_article_id)


def read_news(folder: Path) -> list[dict[str, Any]]:
    """The news sentences in three languages."""
    return list(_json_lines(folder / "news" / "sentences.jsonl"))


def held_out_articles(folder: Path, count: int) -> list[dict[str, Any]]:
    """The last `count` news articles, which no training pair may come from."""
    return read_articles(folder)[-count:]


def _article_id(article: dict[str, Any]) -> str:
    return str(article["id"])


def _table_pairs(folder: Path) -> Iterator[Pair]:
    for pair in PAIRS:
        with lzma.open(folder / f"{pair}.tsv.xz", "rt", encoding="utf-8", newline="\n") as lines:
            for line in lines:
                source, first, second = line.rstrip("\n").split("\t")
                yield Pair(source=source, pair=pair, first=first, second=second)


def _news_pairs(folder: Path, recipe: DataRecipe) -> Iterator[Pair]:
    articles = sorted(_json_lines(folder / "articles.jsonl"), key=_article_id)
    held_out = recipe.held_out_articles
    aside = {normalized(text) for article in articles[-held_out:] for text in _english(article)}
    for row in _json_lines(folder / "sentences.jsonl"):
        if normalized(row["en"]) not in aside:
            yield from _pairs_of("news", row)
    if "addresses" in recipe.source_weights:
        for row in _json_lines(folder / "addresses.jsonl"):
            yield from _pairs_of("addresses", row)
    for article in articles[:-held_out]:
        # Briefs are never read: the summarizer is evaluated on them.
        for row in (article["title"], *article["sentences"]):
            yield from _pairs_of("articles", row)


def _english(article: dict[str, Any]) -> list[str]:
    return [article["title"]["en"], *(row["en"] for row in article["sentences"])]


def _pairs_of(source: str, row: dict[str, Any]) -> Iterator[Pair]:
    """Every pair of languages that the row has."""
    for pair in PAIRS:
        first, second = pair.split("-")
        if row.get(first) and row.get(second):
            yield Pair(source=source, pair=pair, first=row[first], second=row[second])


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
