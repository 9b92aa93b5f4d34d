"""Which model serves which task and language pair: routes, pivots and licences."""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from korotko_service.engines.manifest import Manifest
from korotko_service.errors import LanguagePairUnsupported, LicenceNotAccepted, ModelNotFound
from korotko_service.text.languages.tags import spoken_in

TRANSLATE, SUMMARIZE = "translate", "summarize"
# Models to and from English score best, and most summarizers write it.
_PIVOT = "en"
# The metric by which models of a task are compared: chrF of a translation, ROUGE-L of a brief.
_METRICS = {TRANSLATE: "chrf", SUMMARIZE: "rougel"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One model on a route, from one language to another."""

    model: Manifest
    source: str
    target: str


Route = tuple[Hop, ...]


class Catalog:
    """The models of this server, sorted by name, the newest version first, so that it wins where nothing else decides.

    Those whose licence the operator has not accepted are known but never routed to.
    """

    def __init__(self, manifests: Iterable[Manifest], *, accept_noncommercial: bool) -> None:
        newest_first = sorted(manifests, key=lambda manifest: _age(manifest.version), reverse=True)
        known = sorted(newest_first, key=lambda manifest: manifest.name)
        self._withheld = tuple(manifest for manifest in known if not (manifest.commercial_use or accept_noncommercial))
        self.models = tuple(manifest for manifest in known if manifest not in self._withheld)
        self._translators = tuple(manifest for manifest in self.models if manifest.task == TRANSLATE)
        self._summarizers = tuple(manifest for manifest in self.models if manifest.task == SUMMARIZE)
        self._found: dict[tuple[str, str, str], Route] = {}

    def label(self, manifest: Manifest) -> str:
        """What logs and metrics call it: its name, with the version where several versions serve."""
        versions = sum(each.name == manifest.name for each in self.models)
        return manifest.name if versions == 1 else manifest.reference

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that some model reads or writes, sorted."""
        return tuple(sorted({language for manifest in self.models for pair in manifest.pairs for language in pair}))

    @property
    def summarizes(self) -> bool:
        """Whether some model writes briefs."""
        return bool(self._summarizers)

    def translation(self, source: str, target: str, *, model: str = "") -> Route:
        """The route from `source` to `target`: () if they are the same, one hop if a model does it, else two through a pivot."""
        if source == target:
            return ()
        if known := self._found.get((source, target, model)):
            return known
        candidates = self._candidates(model)
        route = _route(candidates, source, target)
        if route is None:
            raise self._unsupported(source, target, model)
        self._found[source, target, model] = route
        return route

    def detour(self, source: str, target: str, *, model: str = "") -> Route | None:
        """A route other than `translation`'s: the next best model for the pair, else one through a pivot; None if there is none."""
        candidates, usual = self._candidates(model), self.translation(source, target, model=model)
        if len(usual) != 1:
            return None
        others = tuple(manifest for manifest in candidates if manifest is not usual[0].model)
        return _direct(others, source, target) or _through_pivot(candidates, source, target)

    def check_target(self, target: str, *, model: str = "") -> None:
        """Refuse a target language that no model writes."""
        if not any(target == pair[1] for manifest in self._candidates(model) for pair in manifest.pairs):
            raise self._unsupported("", target, model)

    def routes(self) -> tuple[Route, ...]:
        """Every translation that this server offers, sorted by source and target."""
        pairs = itertools.permutations(self.languages, 2)
        return tuple(route for source, target in pairs if (route := _route(self._translators, source, target)))

    def summarizer(self, language: str, *, model: str = "") -> Route:
        """The route to a brief that a model writes: its last hop summarizes, in one language; hops before it translate into that.

        A model trained on the language is preferred, else one that writes English, at the cost of a translation into English.
        `model` names the translator. Raises ModelNotFound if there is neither.
        """
        if native := _direct(self._summarizers, language, language):
            return native
        if english := _direct(self._summarizers, _PIVOT, _PIVOT):
            try:
                return (*self.translation(language, _PIVOT, model=model), *english)
            except LanguagePairUnsupported:
                pass
        raise ModelNotFound(
            f"no summarizer model is installed for {language!r}{self._unaccepted(language)}; "
            "ask for BRIEF_METHOD_EXTRACTIVE or leave the method out",
            model=f"summarize/{language}",
        )

    def _unaccepted(self, language: str) -> str:
        """A hint for the operator where a model is installed and its licence is not accepted."""
        names = [manifest.name for manifest in self._withheld if (language, language) in manifest.pairs]
        return f" ({names[0]} is not for commercial use; the operator accepts that with accept_noncommercial = true)" if names else ""

    def _candidates(self, model: str) -> tuple[Manifest, ...]:
        if not model:
            return self._translators
        chosen = tuple(manifest for manifest in self._translators if _is(manifest, model))
        if not chosen and any(_is(manifest, model) for manifest in self._withheld):
            raise LicenceNotAccepted(
                f"model {model!r} is not for commercial use; the operator accepts that with accept_noncommercial = true", model=model
            )
        if not chosen:
            names = ", ".join(self.label(manifest) for manifest in self._translators) or "none"
            raise ModelNotFound(f"no translation model is named {model!r}; this server has: {names}", model=model)
        return chosen

    def _unsupported(self, source: str, target: str, model: str) -> LanguagePairUnsupported:
        served = sorted({f"{a}-{b}" for manifest in self._candidates(model) for a, b in manifest.pairs})
        by = f" by model {model!r}" if model else ""
        way = f"from {source!r} to {target!r}" if source else f"into {target!r}"
        hints = "".join(self._meant(code) for code in dict.fromkeys((source, target)))
        return LanguagePairUnsupported(
            f"translation {way} is not served{by};{hints} served: {', '.join(served) or 'none'}",
            source=source,
            target=target,
            supported=",".join(served),
        )

    def _meant(self, code: str) -> str:
        """A hint at the language that a country's code was probably sent for, if it is one of ours."""
        language = spoken_in(code)
        return f" did you mean {language!r}? {code!r} is the code of a country;" if language in self.languages else ""


def _is(manifest: Manifest, model: str) -> bool:
    """Whether a caller's `model` means this one: by its name in any version, or by name@version."""
    return model in (manifest.name, manifest.reference)


def _age(version: str) -> list[tuple[int, int, str]]:
    """A key to sort versions by: numbers as numbers, and 1.0rc1 before 1.0 before 1.0.1."""
    parts = re.findall(r"\d+|[a-z]+", version.lower())
    return [(2, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts] + [(1, 0, "")]


def _route(candidates: tuple[Manifest, ...], source: str, target: str) -> Route | None:
    return _direct(candidates, source, target) or _through_pivot(candidates, source, target)


def _direct(candidates: Iterable[Manifest], source: str, target: str) -> Route | None:
    able = [manifest for manifest in candidates if (source, target) in manifest.pairs]
    if not able:
        return None
    return (Hop(model=max(able, key=lambda manifest: _quality(manifest, source, target)), source=source, target=target),)


def _through_pivot(candidates: tuple[Manifest, ...], source: str, target: str) -> Route | None:
    """Two hops; English is the first choice for the language between."""
    between = sorted({pair[1] for manifest in candidates for pair in manifest.pairs}, key=lambda language: (language != _PIVOT, language))
    for pivot in between:
        first, second = _direct(candidates, source, pivot), _direct(candidates, pivot, target)
        if first and second:
            return first + second
    return None


def _quality(manifest: Manifest, source: str, target: str) -> float:
    """Mean published quality of the pair by its task's metric; -1 where nothing is published, so that a measured model is preferred."""
    metric = _METRICS[manifest.task]
    figures = [each.value for each in manifest.quality if (each.source, each.target, each.metric.lower()) == (source, target, metric)]
    return fmean(figures) if figures else -1.0
