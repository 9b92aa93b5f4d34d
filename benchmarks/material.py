"""The texts for the measurements: sentences of fifteen news articles in every direction, and the articles themselves.

Three are the samples that `make run` shows, the others were written for this (`benchmarks/articles`): invented everyday news, with
the numbers, dates and names that news contains.
"""

from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from korotko_service.text.document import Document, SegmentKind
from korotko_service.text.sentences.segmentation import segment

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "uk", "ru")
# Openings that multiply the sentences, without a number or a name that the checks would look for.
_OPENINGS = {
    "en": ("Meanwhile", "However", "Moreover", "Still"),
    "uk": ("Тим часом", "Однак", "До того ж", "Проте"),
    "ru": ("Тем временем", "Однако", "К тому же", "Впрочем"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One sentence and the direction it is translated in."""

    text: str
    source: str
    target: str


def sentences() -> list[Work]:
    """Every sentence of the articles into the two other languages, directions interleaved as mixed traffic would be."""
    texts = {
        source: [document.segment_text(index) for document in _documents(source) for index in range(len(document.segments))]
        for source in LANGUAGES
    }
    lists = [
        [Work(text=text, source=source, target=target) for text in texts[source]]
        for source in LANGUAGES
        for target in LANGUAGES
        if target != source
    ]
    return [work for works in zip_longest(*lists) for work in works if work]


def articles() -> list[tuple[str, str]]:
    """Language and text of the articles, languages in turn."""
    return [(language, document.text) for language, document in _in_turn()]


def varied_sentences() -> list[Work]:
    """Each sentence after each of four openings: some 1,600 different ones, for servers that cache translations."""
    works = sentences()
    return [
        Work(text=f"{openings[work.source]}, {work.text}", source=work.source, target=work.target)
        for openings in _openings()
        for work in works
    ]


def varied_articles() -> list[tuple[str, str]]:
    """The articles with each of four openings before their sentences: 60, no two of which share a sentence."""
    return [(language, _opened(document, openings[language])) for openings in _openings() for language, document in _in_turn()]


def _in_turn() -> list[tuple[str, Document]]:
    rows = zip(*map(_documents, LANGUAGES), strict=True)
    return [each for row in rows for each in zip(LANGUAGES, row, strict=True)]


def _openings() -> list[dict[str, str]]:
    """The first opening of each language, the second of each, and so on."""
    return [dict(zip(_OPENINGS, words, strict=True)) for words in zip(*_OPENINGS.values(), strict=True)]


def _documents(language: str) -> list[Document]:
    paths = [ROOT / f"seeds/articles/{language}.txt", *sorted((ROOT / "benchmarks/articles").glob(f"{language}-*.txt"))]
    return [segment(path.read_text(encoding="utf-8")) for path in paths]


def _opened(document: Document, opening: str) -> str:
    """The text with the opening before each sentence; headlines, bylines and list items stay as they are."""
    parts = []
    for index, (each, gap) in enumerate(zip(document.segments, document.gaps(), strict=False)):
        lead = f"{opening}, " if each.kind is SegmentKind.SENTENCE else ""
        parts.append(f"{gap}{lead}{document.segment_text(index)}")
    return "".join(parts)
