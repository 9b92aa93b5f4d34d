"""How the command line shows results to people; programs get to_json."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields

from korotko import Brief, Detection, KorotkoError, Model, QualityWarning, Repair, ServerInfo, Summary, Translation


def summary_text(summary: Summary, *, sources: bool) -> str:
    """The briefs of an article, each under its language where there are several."""
    briefs = [brief_text(brief, sources=sources) for brief in summary.briefs.values()]
    if len(summary.languages) == 1:
        return "\n".join(briefs)
    return "\n\n".join(f"[{language}]\n{text}" for language, text in zip(summary.briefs, briefs, strict=True))


def brief_text(brief: Brief, *, sources: bool) -> str:
    """A brief; with `sources`, each sentence above the pieces of the article that it rests on."""
    return "\n".join(_with_sources(brief)) if sources else brief.text


def detection_text(detection: Detection) -> str:
    """The language and the detector's confidence."""
    mixed = "  mixed" if detection.mixed else ""
    return f"{detection.language.code}  {detection.language.confidence:.2f}{mixed}"


def models_text(models: list[Model]) -> str:
    """The models as a table."""
    head = ("NAME", "VERSION", "TASK", "STATE", "LICENCE", "PAIRS")
    rows = [head] + [(m.name, m.version, m.task, m.state, m.licence, _pairs(m)) for m in models]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def info_text(info: ServerInfo) -> str:
    """What the server is, one property a line."""
    lines = {
        "version": info.version,
        "started": info.started.isoformat(timespec="seconds"),
        "directions": " ".join(f"{route.pair.source}-{route.pair.target}" for route in info.routes),
        "features": " ".join(sorted(info.features)),
        "max_call_seconds": f"{info.max_call_seconds:g}",
        **{each.name: str(getattr(info.limits, each.name)) for each in fields(info.limits)},
    }
    width = max(map(len, lines))
    return "\n".join(f"{name:{width}}  {value}".rstrip() for name, value in lines.items())


def warning_text(warning: QualityWarning) -> str:
    """A warning in a few words."""
    found = f" found {warning.found!r}" if warning.found else ""
    expected = f" expected {warning.expected!r}" if warning.expected else ""
    return f"{warning.severity}: {warning.reason}{found}{expected}"


def repair_text(repair: Repair) -> str:
    """A repair in a few words."""
    return f"repaired: {repair.reason} ({repair.rung.replace('_', ' ')})"


def errors_of(result: object) -> Mapping[str, KorotkoError]:
    """The errors inside a result: of single languages."""
    return result.errors if isinstance(result, Summary) else {}


def has_value(result: object) -> bool:
    """Whether a result contains anything but errors."""
    return not isinstance(result, Summary) or bool(result.briefs)


def warnings_of(result: object) -> Iterator[str]:
    """The warnings and repairs of a result, each with its language where there are several."""
    if isinstance(result, Translation):
        yield from _remarks(result)
    elif isinstance(result, Summary):
        for brief in result.briefs.values():
            yield from (f"[{brief.language}] {remark}" for remark in _remarks(brief))


def _remarks(result: Translation | Brief) -> Iterator[str]:
    yield from map(warning_text, result.warnings)
    yield from map(repair_text, result.repairs)


class Progress:
    """Counts on standard error what is done: one line that is redrawn on a terminal, a line each time elsewhere."""

    def __init__(self, total: int, *, shown: bool) -> None:
        self._total = total
        self._shown = shown
        self._live = sys.stderr.isatty()
        self._done = 0
        self._failed = 0

    def step(self, *, failed: bool) -> None:
        """One more is done."""
        self._done += 1
        self._failed += failed
        if self._shown:
            last = not self._live or self._done == self._total
            print(f"{self._done}/{self._total} done, {self._failed} failed", end="\n" if last else "", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Make room for another line; the next step redraws the count."""
        if self._shown and self._live:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _with_sources(brief: Brief) -> Iterator[str]:
    for sentence in brief.sentences:
        yield sentence.text
        for piece in sentence.evidence:
            yield f"    {piece.field} {piece.span.start}-{piece.span.end}: {' '.join(piece.text.split())}"


def _pairs(model: Model) -> str:
    return ",".join(pair.source if pair.source == pair.target else f"{pair.source}-{pair.target}" for pair in model.pairs)
