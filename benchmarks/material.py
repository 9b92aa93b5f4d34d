"""What is measured with: sentences of the seed articles in every direction, and the articles themselves."""

from dataclasses import dataclass
from pathlib import Path

from korotko_service.text.document import Document, SegmentKind
from korotko_service.text.segmentation import segment

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "uk", "ru")
# Openings that make distinct sentences of the few that are at hand, without a number or a name that the checks would look for.
_OPENINGS = {
    "en": "Meanwhile|However|Moreover|Still|Indeed|Also|Besides|Therefore|Finally|Today|Usually|Officially|Briefly|Again|Earlier|Later",
    "uk": "Тим часом|Однак|До того ж|Проте|Справді|Також|Крім того|Отже|Нарешті|Сьогодні|Зазвичай|Офіційно|Коротко|Знову|Раніше|Пізніше",
    "ru": "Тем временем|Однако|К тому же|Впрочем|Правда|Также|При том|Итак|Наконец|Сегодня|Обычно|Официально|Коротко|Снова|Ранее|Позже",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One sentence and the direction it is translated in."""

    text: str
    source: str
    target: str


def sentences() -> list[Work]:
    """Every sentence of the seed articles into the two other languages, directions interleaved as mixed traffic would be."""
    lists = []
    for source in LANGUAGES:
        document = segment((ROOT / f"seeds/articles/{source}.txt").read_text(encoding="utf-8"))
        texts = [document.segment_text(index) for index in range(len(document.segments))]
        lists += [[Work(text=text, source=source, target=target) for text in texts] for target in LANGUAGES if target != source]
    longest = max(map(len, lists))
    return [work[index] for index in range(longest) for work in lists if index < len(work)]


def distinct_sentences() -> list[Work]:
    """Each of these sentences behind each of sixteen openings: some 1,500 different ones of realistic lengths."""
    works = sentences()
    openings = {language: words.split("|") for language, words in _OPENINGS.items()}
    return [
        Work(text=f"{openings[work.source][number]}, {work.text}", source=work.source, target=work.target)
        for number in range(len(openings["en"]))
        for work in works
    ]


def articles() -> list[tuple[str, str]]:
    """Language and text of the seed articles, again with openings: 48 articles, no sentence of one like any of another."""
    documents = {language: segment((ROOT / f"seeds/articles/{language}.txt").read_text(encoding="utf-8")) for language in LANGUAGES}
    return [
        (language, _opened(document, _OPENINGS[language].split("|")[number]))
        for number in range(len(_OPENINGS["en"].split("|")))
        for language, document in documents.items()
    ]


def _opened(document: Document, opening: str) -> str:
    """The text with the opening before each sentence; headlines, bylines and list items stay as they are."""
    parts = []
    for index, (each, gap) in enumerate(zip(document.segments, document.gaps(), strict=False)):
        lead = f"{opening}, " if each.kind is SegmentKind.SENTENCE else ""
        parts.append(f"{gap}{lead}{document.segment_text(index)}")
    return "".join(parts)
