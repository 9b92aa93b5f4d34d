"""What the server has and what its limits are: the answers to ListModels and GetServerInfo."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from korotko.v1 import server_pb2
from korotko_service import __version__
from korotko_service.catalog import Catalog, Route
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import FieldInvalid
from korotko_service.rpc.fields import check_known

_TASKS = {"translate": server_pb2.TASK_TRANSLATE, "summarize": server_pb2.TASK_SUMMARIZE}
_METRICS = {"chrf": "chrF2", "bleu": "BLEU", "rouge1": "ROUGE-1", "rouge2": "ROUGE-2", "rougel": "ROUGE-L"}
_PAGE = 100
_MAX_TOKEN = 1000
# Optional parts of the contract that this version serves; docs/api.md explains each.
WRITTEN_BRIEFS = "brief.abstractive"
CACHE = "cache"
FEATURES = (
    "brief.extractive",
    "brief.html",
    "focus",
    "glossary",
    "mixed_languages",
    "preserved_terms",
    "quality.checks",
    "reproducible",
    "text/html",
    "truncation",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Answers from the current catalog and the settings; `limits` are named as in the contract, `ready` says whether a model is warm, and
    `features` are served in addition to those that always are."""

    catalog: Callable[[], Catalog]
    limits: Mapping[str, int]
    max_call_seconds: float
    ready: Callable[[Manifest], bool]
    features: tuple[str, ...] = ()
    started: float = field(default_factory=time.time)

    def models(self, request: server_pb2.ListModelsRequest) -> server_pb2.ListModelsResponse:
        """One page of models, sorted by name and version. The token names the last model of a page, so pages stay right across reloads."""
        if not 0 <= request.page_size <= _PAGE:
            raise FieldInvalid(f"{request.page_size}: expected 1 to {_PAGE}, or 0", field="page_size")
        check_known(request.task, server_pb2.Task.values(), "task")
        if request.page_token and ("@" not in request.page_token or len(request.page_token) > _MAX_TOKEN):
            raise FieldInvalid("no token that a page came with; send the next_page_token of the page before, or none", field="page_token")
        name, _, version = request.page_token.partition("@")
        after = (name, version)
        matching = [
            manifest
            for manifest in sorted(self.catalog().models, key=_place)
            if request.task in (server_pb2.TASK_UNSPECIFIED, _TASKS[manifest.task]) and _place(manifest) > after
        ]
        page = matching[: request.page_size or _PAGE]
        more = len(matching) > len(page)
        return server_pb2.ListModelsResponse(
            models=[self._model(manifest) for manifest in page], next_page_token=page[-1].reference if more else ""
        )

    def info(self) -> server_pb2.GetServerInfoResponse:
        catalog = self.catalog()
        routes, languages = catalog.routes(), set(catalog.languages)
        return server_pb2.GetServerInfoResponse(
            version=__version__,
            api_versions=["korotko.v1"],
            source_language_codes=sorted({route[0].source for route in routes} or languages),
            target_language_codes=sorted({route[-1].target for route in routes} or languages),
            routes=[_route(route) for route in routes],
            limits=server_pb2.Limits(**self.limits),
            features=sorted((*FEATURES, *self.features, *((WRITTEN_BRIEFS,) if catalog.summarizes else ()))),
            start_time=Timestamp(seconds=int(self.started)),
            max_call_duration=_duration(self.max_call_seconds),
        )

    def _model(self, manifest: Manifest) -> server_pb2.Model:
        return server_pb2.Model(
            name=manifest.name,
            version=manifest.version,
            task=_TASKS[manifest.task],
            pairs=[_pair(source, target) for source, target in manifest.pairs],
            digest=manifest.digest,
            licence_id=manifest.licence,
            commercial_use=manifest.commercial_use,
            attribution=manifest.attribution,
            parameter_count=manifest.parameters,
            max_input_tokens=manifest.max_input_tokens,
            state=server_pb2.MODEL_STATE_READY if self.ready(manifest) else server_pb2.MODEL_STATE_LOADING,
            quality=[
                server_pb2.PublishedQuality(
                    pair=_pair(figure.source, figure.target),
                    test_set=figure.test_set,
                    metric=_METRICS.get(figure.metric.lower(), figure.metric),
                    value=figure.value,
                )
                for figure in manifest.quality
            ],
            family=manifest.family,
            engine=manifest.engine,
        )


def _place(manifest: Manifest) -> tuple[str, str]:
    return manifest.name, manifest.version


def _duration(seconds: float) -> Duration:
    duration = Duration()
    duration.FromMilliseconds(round(seconds * 1000))
    return duration


def _pair(source: str, target: str) -> server_pb2.LanguagePair:
    return server_pb2.LanguagePair(source_language_code=source, target_language_code=target)


def _route(route: Route) -> server_pb2.TranslationRoute:
    return server_pb2.TranslationRoute(pair=_pair(route[0].source, route[-1].target), model_names=[hop.model.name for hop in route])
