"""Measures briefs against those written by people: ROUGE, numbers kept, numbers and names that the article does not have."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from korotko_service.fidelity.amounts.numbers import compare_numbers
from korotko_service.fidelity.names.names import compare_names
from korotko_service.text.briefs.ranking import BriefLimits, RankingHints, pick, rank
from korotko_service.text.document import Document
from korotko_service.text.sentences.segmentation import segment
from training.data import read_articles
from training.evaluate import number_recall
from training.recipe import LANGUAGES
from training.rouge import rouge
from training.translator import FolderTranslator

_SENTENCES = 3
# Every fifth article is for evaluation; the summarizer never sees it.
_FOLD = 5

# A method gives a brief of an article in a language.
Method = Callable[[Mapping[str, Any], str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefFigures:
    """Means over the briefs of one language; shares of 1, except the last two, which are counts per brief."""

    rouge1: float
    rouge2: float
    rougel: float
    number_recall: float
    invented_numbers: float
    invented_names: float


def split_articles(folder: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The articles to learn from, and every fifth, which is held out."""
    articles = read_articles(folder)
    return [a for n, a in enumerate(articles) if n % _FOLD != _FOLD - 1], articles[_FOLD - 1 :: _FOLD]


def article_text(article: Mapping[str, Any], language: str) -> str:
    """Title, then paragraphs, as a reader sees them."""
    starts = set(article["paragraphs"])
    parts = [article["title"][language], "\n\n"]
    for number, row in enumerate(article["sentences"]):
        parts += ["\n\n" if number in starts and number else " " if number else "", row[language]]
    return "".join(parts)


def sentences(text: str) -> list[str]:
    """The text as the service cuts it."""
    document = segment(text)
    return [document.segment_text(number) for number in range(len(document.segments))]


def chosen(document: Document, count: int) -> list[str]:
    """The sentences that extractive ranking picks, in the order of the article."""
    scores = rank(document, hints=RankingHints())
    return [document.segment_text(n) for n in pick(document, scores, limits=BriefLimits(max_sentences=count))]


def lead(article: Mapping[str, Any], language: str) -> str:
    """The first three sentences."""
    return " ".join(row[language] for row in article["sentences"][:_SENTENCES])


def extractive(article: Mapping[str, Any], language: str) -> str:
    """The three sentences that the service would pick."""
    return " ".join(chosen(segment(article_text(article, language)), _SENTENCES))


def translated(translator: FolderTranslator, origin: str) -> Method:
    """The extractive brief in the language `origin`, translated."""

    def method(article: Mapping[str, Any], language: str) -> str:
        return " ".join(translator.translate(chosen(segment(article_text(article, origin)), _SENTENCES), language))

    return method


def measure_briefs(articles: Sequence[Mapping[str, Any]], method: Method, language: str) -> BriefFigures:
    """Compare a method's briefs in one language with the reference briefs and with the articles."""
    briefs = [method(article, language) for article in articles]
    references = [article["brief"][language] for article in articles]
    scores = [rouge(brief, reference) for brief, reference in zip(briefs, references, strict=True)]
    numbers = [invented_numbers(article_text(a, language), brief, language) for a, brief in zip(articles, briefs, strict=True)]
    names = [_strange_names(a, brief, language) for a, brief in zip(articles, briefs, strict=True)]
    rouge1, rouge2, rougel = (sum(column) / len(articles) for column in zip(*scores, strict=True))
    return BriefFigures(
        rouge1=rouge1,
        rouge2=rouge2,
        rougel=rougel,
        number_recall=number_recall(references, briefs),
        invented_numbers=sum(numbers) / len(articles),
        invented_names=sum(names) / len(articles),
    )


def invented_numbers(read: str, written: str, language: str) -> int:
    """How many numbers of a text are missing from what was read, by the service's own check."""
    found = compare_numbers(read, written, source_language=language, target_language=language)
    return sum(finding.reason == "NUMBER_NOT_IN_SOURCE" for finding in found)


def invented_names(rows: Sequence[str], written: str, language: str) -> int:
    """How many names of a sentence occur in none of the sentences read: the service's check takes sentences, not a whole article."""
    reports = [compare_names(row, written, source_language=language, target_language=language) for row in rows]
    strange = [{finding.span for finding in report if finding.reason == "NAME_NOT_IN_SOURCE"} for report in reports]
    return len(set.intersection(*strange)) if strange else 0


def _strange_names(article: Mapping[str, Any], brief: str, language: str) -> int:
    rows = [article["title"][language], *(row[language] for row in article["sentences"])]
    return sum(invented_names(rows, sentence, language) for sentence in sentences(brief))


def brief_table(figures: Mapping[str, Mapping[str, BriefFigures]]) -> str:
    """Markdown: a row for each method, in each language ROUGE-1/2/L, numbers kept, and what was invented."""
    rows = [
        "| brief | language | ROUGE-1 / 2 / L | numbers of the reference kept, % | numbers, names not in the article, a brief |",
        "|---|---|---|---|---|",
    ]
    for method, languages in figures.items():
        for language, found in languages.items():
            scores = " / ".join(f"{value:.3f}" for value in (found.rouge1, found.rouge2, found.rougel))
            invented = f"{found.invented_numbers:.2f}, {found.invented_names:.2f}"
            rows.append(f"| {method} | {language} | {scores} | {100 * found.number_recall:.1f} | {invented} |")
    return "\n".join(rows)


def compare_methods(articles: Sequence[Mapping[str, Any]], methods: Mapping[str, Method]) -> dict[str, dict[str, BriefFigures]]:
    """Every method in every language."""
    return {name: {language: measure_briefs(articles, method, language) for language in LANGUAGES} for name, method in methods.items()}
