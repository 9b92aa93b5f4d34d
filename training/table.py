"""One Markdown table of our measurements, with the published figures of peers below."""

from collections.abc import Callable, Mapping
from pathlib import Path

from training.briefs import brief_table, compare_methods, extractive, lead, measure_briefs, split_articles, translated
from training.peers import PEERS, Peer
from training.recipe import DIRECTIONS, LANGUAGES
from training.translator import FolderTranslator

Quality = Mapping[str, Mapping[str, Mapping[str, float]]]

_PERCENT = {"number_recall": "numbers kept, %", "copied": "copied, %", "empty": "empty, %", "looping": "looping, %"}


def quality_table(quality: Quality) -> str:
    """Rows of chrF2, BLEU and rates for each set, in six directions; peers' rows in italics name their test set."""
    rows = [_cells("measured", DIRECTIONS), _cells("---", ["---"] * len(DIRECTIONS))]
    for name, directions in quality.items():
        rows.append(_row(f"**{name} chrF2**", directions, lambda found: f"**{found['chrf']:.1f}**"))
        rows.append(_row(f"{name} BLEU", directions, lambda found: f"{found['bleu']:.1f}"))
        rows += [_rate_row(name, key, title, directions) for key, title in _PERCENT.items()]
    return "\n".join([*rows, *(_peer_row(peer) for peer in PEERS)])


def briefs_of(model: Path, data: Path) -> str:
    """The brief table of the held-out articles: extractive ranking, and the same translated by the model."""
    _, held_out = split_articles(data)
    translator = FolderTranslator(model)
    figures = compare_methods(held_out, {"first three sentences": lead, "extractive": extractive})
    for origin in LANGUAGES:
        others = [language for language in LANGUAGES if language != origin]
        method = translated(translator, origin)
        figures[f"extractive, translated from {origin}"] = {other: measure_briefs(held_out, method, other) for other in others}
    return brief_table(figures)


def _rate_row(name: str, key: str, title: str, directions: Mapping[str, Mapping[str, float]]) -> str:
    return _row(f"{name} {title}", directions, lambda found: f"{100 * found[key]:.1f}")


def _row(title: str, directions: Mapping[str, Mapping[str, float]], cell: Callable[[Mapping[str, float]], str]) -> str:
    return _cells(title, [cell(directions[direction]) for direction in DIRECTIONS])


def _peer_row(peer: Peer) -> str:
    figures = [f"*{peer.figures[direction]:.1f}*" if direction in peer.figures else "" for direction in DIRECTIONS]
    return _cells(f"*{peer.name} ({peer.size}), {peer.test_set} {peer.metric}, {peer.source}*", figures)


def _cells(first: str, others: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join([first, *others])} |"
