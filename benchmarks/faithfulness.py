"""How faithful the whole service is, with repair and without: python -m benchmarks.faithfulness --eval DIR (docs/faithfulness.md).

DIR holds flores-dev.{en,uk,ru} and ntrex-articles.jsonl. A real server with the embedded models is called through the SDK: FLORES sentences
one text each, NTREX articles as one text in lines and as articles to be summarized. Two servers, one after the other: one that repairs and
one that returns its first answers. Processor time is that of the servers, so other work on the machine matters little.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, permutations
from pathlib import Path

from benchmarks.faithfulness_counts import Tally, Unit, invented_numbers, within
from benchmarks.faithfulness_table import table
from benchmarks.material import LANGUAGES
from benchmarks.processes import cpu_seconds
from benchmarks.serving import OURS, UNREPAIRED, Arm, Running, serve
from korotko import Article, Client, Summary, Translation
from training.held_out import flores, ntrex

_ARMS = {"repaired": OURS, "first answers": UNREPAIRED}
_TEXTS_A_CALL = 32
_CALL_SECONDS = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """FLORES: the same sentences in three languages. NTREX: the same articles, each a list of lines in three languages."""

    flores: dict[str, list[str]]
    ntrex: list[dict[str, list[str]]]


def main() -> None:
    options = _options()
    material = _read(options.eval, options.limit)
    rows: list[dict[str, object]] = []
    for name, arm in _ARMS.items():
        rows += _measure(name, arm, material)
    print(table(rows))
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, required=True, metavar="DIR", help="folder with flores-dev.* and ntrex-articles.jsonl")
    parser.add_argument("--limit", type=int, help="so many FLORES sentences, and a tenth as many articles (default: all)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there as JSON")
    return parser.parse_args()


def _read(folder: Path, limit: int | None) -> Material:
    articles = ntrex(folder)[: max(1, limit // 10) if limit else None]
    return Material(flores={language: lines[:limit] for language, lines in flores(folder).items()}, ntrex=articles)


def _measure(name: str, arm: Arm, material: Material) -> list[dict[str, object]]:
    """The rows of one server: each direction on both sets, then each brief language."""
    rows: list[dict[str, object]] = []
    with serve(arm) as running, Client(running.address, timeout=_CALL_SECONDS) as client:
        for source, target in permutations(LANGUAGES, 2):
            texts = {"FLORES": material.flores[source], "NTREX": ["\n".join(article[source]) for article in material.ntrex]}
            for data, row in texts.items():
                tally = _translated(client, running, row, source, target)
                rows.append({"arm": name, "data": data, "row": f"{source}→{target}", **tally.row()})
        for language, tally in _briefs(client, running, material).items():
            rows.append({"arm": name, "data": "briefs", "row": language, **tally.row()})
    return rows


def _translated(client: Client, running: Running, texts: list[str], source: str, target: str) -> Tally:
    tally, begun, waiting = Tally(), cpu_seconds(running.pid), iter(texts)
    while batch := list(islice(waiting, _TEXTS_A_CALL)):
        outcomes = client.translate_many(batch, target=target, source=source, priority="bulk", cache="bypass")
        for translation in outcomes.unwrap():
            tally.repaired += len(translation.repairs)
            for unit in _units(translation, source, target):
                tally.add(unit)
        tally.output_tokens += outcomes.usage.output_tokens if outcomes.usage else 0
    tally.cpu_seconds = cpu_seconds(running.pid) - begun
    return tally


def _units(translation: Translation, source: str, target: str) -> Iterator[Unit]:
    for pair in translation.sentences:
        span = pair.target_span
        yield Unit(
            source=pair.source,
            output=pair.target,
            source_language=source,
            target_language=target,
            warnings=within(translation.warnings, span.start, span.end),
        )


def _briefs(client: Client, running: Running, material: Material) -> dict[str, Tally]:
    """By the language of the brief, for articles in the two other languages; briefs in the article's own need no translation."""
    tallies = {language: Tally() for language in LANGUAGES}
    begun = cpu_seconds(running.pid)
    for article in material.ntrex:
        for source in LANGUAGES:
            title, *body = article[source]
            text = "\n".join(body)
            summary = client.summarize(Article(text, title=title, source=source), targets=LANGUAGES, cache="bypass")
            for target, tally in tallies.items():
                tally.output_tokens += (summary.usage.output_tokens if summary.usage else 0) // len(tallies)
                if target != source:
                    _count_brief(tally, summary, f"{title}\n{text}", source, target)
    for tally in tallies.values():
        tally.cpu_seconds = (cpu_seconds(running.pid) - begun) / len(tallies)
    return tallies


def _count_brief(tally: Tally, summary: Summary, article: str, source: str, target: str) -> None:
    brief = summary[target]
    tally.repaired += len(brief.repairs)
    invented, unflagged = invented_numbers(article, brief.text, source, target, brief.warnings)
    tally.invented += invented
    tally.unflagged += unflagged
    for sentence in brief.sentences:
        evidence = " ".join(piece.text for piece in sentence.evidence)
        warnings = within(brief.warnings, sentence.span.start, sentence.span.end)
        tally.add(Unit(source=evidence, output=sentence.text, source_language=source, target_language=target, warnings=warnings))


if __name__ == "__main__":
    main()
