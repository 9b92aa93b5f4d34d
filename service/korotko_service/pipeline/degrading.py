"""Cheaper ways to a brief, for callers who prefer those to none when time or room is short."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from korotko_service.catalog import Catalog
from korotko_service.errors import DeadlineTooShort, LanguagePairUnsupported, QueueFull
from korotko_service.pipeline.choosing import Chosen, Draft
from korotko_service.pipeline.jobs import Choices, Method, SummarizeJob

# What a cheaper way may help against, unlike a deadline that has passed.
SHORTAGES = (DeadlineTooShort, QueueFull)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What the brief says, how it is translated, and whether that is less than was asked for."""

    draft: Draft
    choices: Choices
    degraded: bool


def extract(floor: tuple[Chosen, ...], *, degraded: bool = False) -> Draft:
    """The article's own sentences, which need no model."""
    return Draft(sentences=floor, method=Method.EXTRACTIVE, degraded=degraded)


def ways(job: SummarizeJob, draft: Draft, target: str, catalog: Catalog) -> Iterator[Way]:
    """From the one asked for to the cheapest: greedy decoding in place of a beam, then the article's own sentences for written ones."""
    choices = replace(job.choices, begun=draft.method is Method.ABSTRACTIVE)
    yield Way(draft=draft, choices=choices, degraded=draft.degraded)
    if not job.shape.allows_degraded:
        return
    greedy = replace(choices, options=replace(job.choices.options, beam_size=1))
    if _beams(draft, target, job.choices, catalog):
        yield Way(draft=draft, choices=greedy, degraded=True)
    if draft.floor and draft.method is Method.ABSTRACTIVE:
        yield Way(draft=extract(draft.floor), choices=greedy, degraded=True)


def _beams(draft: Draft, target: str, choices: Choices, catalog: Catalog) -> bool:
    """Whether any model on the way would search with a beam."""
    if choices.options.beam_size:
        return choices.options.beam_size > 1
    try:
        routes = [catalog.translation(language, target, model=choices.model) for language in {each.language for each in draft.sentences}]
    except LanguagePairUnsupported:
        return False
    return any(hop.model.decoding.beam_size > 1 for route in routes for hop in route)
