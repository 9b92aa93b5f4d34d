"""Reads the parallel texts and drops what teaches nothing."""

import json
import lzma
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from training.recipe import LANGUAGES, PAIRS, DataRecipe

_MARKUP = re.compile(r"[{}|<>\\`]|::|:[a-z-]+:|\]\(|https?:|www\.|\w/\w+/|_\w+_|\w_\w|%[sd(]|&\w+;|^\W*$")
_NOISE = re.compile(r"translator-credits|\$\d|^\s*[#*+•|-]{1,4}\s|\(\)|\*\*", re.IGNORECASE)
_NEWS = {"news", "articles", "addresses"}
_LETTER = re.compile(r"[^\W\d_]")
_TEXTS = Path(__file__).parent / "texts"
_OWN = {"written", "phrases", "short"}
_HELD_OUT_IN = 50
_CAPITALS_IN = 5
_NOT_WORD = re.compile(r"[\W_]+")
_ENDED = re.compile(r"\w[.!]$")


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


def read_pairs(folder: Path | None, recipe: DataRecipe) -> Iterator[Pair]:
    """The pairs of the sources that the recipe weighs, cleaned, each of them once.

    `folder` holds the texts that are not part of the repository; a recipe that uses none of them needs no folder.
    Raises ValueError if they are needed and not given.
    """
    seen: set[tuple[str, str, str]] = set()
    for pair in (*own_pairs(), *_foreign_pairs(folder, recipe)):
        key = (pair.pair, normalized(pair.first), normalized(pair.second))
        wanted = pair.source in recipe.source_weights and key not in seen
        if not wanted or not is_useful(pair, recipe.max_length_ratio):
            continue
        seen.add(key)
        yield from forms(pair) if pair.source == "short" else [pair]


def is_useful(pair: Pair, max_length_ratio: float) -> bool:
    """Whether a model of news can learn from this pair: prose, of similar length, not a copy."""
    text = f"{pair.first}\n{pair.second}"
    if any(_MARKUP.search(side) for side in (pair.first, pair.second)) or _NOISE.search(text):
        return False
    first, second = len(pair.first), len(pair.second)
    # Short sentences may differ a lot in length by nature, hence the constant.
    if max(first, second) + 8 > max_length_ratio * (min(first, second) + 8):
        return False
    letters = len(_LETTER.findall(text))
    # Many a word is the same in Ukrainian and Russian; in longer texts it is what nobody translated.
    differs = pair.source == "short" or pair.first != pair.second
    return differs and letters > 0.6 * len(text.replace(" ", ""))


def forms(pair: Pair) -> Iterator[Pair]:
    """A short text in the forms in which people type it: as it is, with a capital, with or without full stop; one in five in capitals."""
    yield pair
    if pair.first[0].islower() or pair.second[0].islower():
        yield _changed(pair, _capitalized)
    if pair.first[-1].isalpha() and pair.second[-1].isalpha():
        yield _changed(pair, lambda text: f"{_capitalized(text)}.")
    if _ENDED.search(pair.first) and _ENDED.search(pair.second):
        yield _changed(pair, lambda text: text[:-1])
    # Capitals cost three times the tokens, and "10 km" is not "10 KM".
    rare = crc32(normalized(pair.first).encode()) % _CAPITALS_IN == 0
    if rare and not re.search(r"\d", pair.first) and not pair.first.isupper():
        yield _changed(pair, str.upper)


def _capitalized(text: str) -> str:
    return text[0].upper() + text[1:]


def _changed(pair: Pair, change: Callable[[str], str]) -> Pair:
    return replace(pair, first=change(pair.first), second=change(pair.second))


def normalized(text: str) -> str:
    """The text without case, punctuation and spacing, for comparisons."""
    return _NOT_WORD.sub("", text.casefold())


def text_rows(folder: Path = _TEXTS) -> Iterator[dict[str, str]]:
    """The sentences of `training/texts`, or the lines of a folder in it, each by language."""
    for path in sorted(folder.glob("*.tsv")):
        yield from (dict(zip(LANGUAGES, line.split("\t"), strict=True)) for line in path.read_text(encoding="utf-8").split("\n") if line)


def written_rows(*, held_out: bool) -> Iterator[dict[str, str]]:
    """The sentences to learn from, or the one in fifty that is kept for evaluation."""
    return _side(_TEXTS, held_out=held_out)


def short_rows(*, held_out: bool) -> Iterator[dict[str, str]]:
    """The short texts to learn from, or the one in fifty that is kept for evaluation."""
    return _side(_TEXTS / "short", held_out=held_out)


def _side(folder: Path, *, held_out: bool) -> Iterator[dict[str, str]]:
    # By the text itself, so that it stays on its side when others come or go.
    return (row for row in text_rows(folder) if (crc32(normalized(row["en"]).encode()) % _HELD_OUT_IN == 0) is held_out)


def own_pairs() -> Iterator[Pair]:
    """The pairs of `training/texts` to learn from: sentences, phrases that teach single words, and short texts."""
    learnt = {"written": written_rows(held_out=False), "phrases": text_rows(_TEXTS / "phrases"), "short": short_rows(held_out=False)}
    for source, rows in learnt.items():
        for row in rows:
            yield from _pairs_of(source, row)


def read_articles(folder: Path) -> list[dict[str, Any]]:
    """All news articles in the order of their ids."""
    return sorted(_json_lines(folder / "news" / "articles.jsonl"), key=_article_id)


def read_news(folder: Path) -> list[dict[str, Any]]:
    """The news sentences in three languages."""
    return list(_json_lines(folder / "news" / "sentences.jsonl"))


def _article_id(article: dict[str, Any]) -> str:
    return str(article["id"])


def _table_pairs(folder: Path) -> Iterator[Pair]:
    for pair in PAIRS:
        with lzma.open(folder / f"{pair}.tsv.xz", "rt", encoding="utf-8", newline="\n") as lines:
            for line in lines:
                source, first, second = line.rstrip("\n").split("\t")
                yield Pair(source=source, pair=pair, first=first, second=second)


def _foreign_pairs(folder: Path | None, recipe: DataRecipe) -> Iterator[Pair]:
    sources = set(recipe.source_weights) - _OWN
    if sources and folder is None:
        raise ValueError(f"say with --data where the texts of {sorted(sources)} are")
    if folder and sources - _NEWS:
        yield from _table_pairs(folder)
    if folder and sources & _NEWS:
        yield from _news_pairs(folder / "news", recipe)


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
