"""From what a server says about itself to results: models, routes and limits; pure functions."""

from datetime import UTC

from korotko._replies import figure, seconds
from korotko._server import LanguagePair, Limits, Model, PublishedQuality, Route, ServerInfo
from korotko._words import word
from korotko.v1 import server_pb2


def models(response: server_pb2.ListModelsResponse) -> list[Model]:
    """One page of models."""
    return [_model(model) for model in response.models]


def server_info(response: server_pb2.GetServerInfoResponse) -> ServerInfo:
    """What the server is."""
    return ServerInfo(
        version=response.version,
        api_versions=tuple(response.api_versions),
        source_languages=tuple(response.source_language_codes),
        target_languages=tuple(response.target_language_codes),
        routes=tuple(Route(pair=_pair(route.pair), models=tuple(route.model_names)) for route in response.routes),
        limits=_limits(response.limits),
        features=frozenset(response.features),
        started=response.start_time.ToDatetime(UTC),
        max_call_seconds=seconds(response.max_call_duration),
    )


def _model(model: server_pb2.Model) -> Model:
    return Model(
        name=model.name,
        version=model.version,
        task=word(server_pb2.Task, model.task),
        pairs=tuple(_pair(pair) for pair in model.pairs),
        digest=model.digest,
        licence=model.licence_id,
        commercial_use=model.commercial_use,
        attribution=model.attribution,
        parameter_count=model.parameter_count,
        max_input_tokens=model.max_input_tokens,
        state=word(server_pb2.ModelState, model.state),
        quality=tuple(map(_quality, model.quality)),
        family=model.family,
        engine=model.engine,
    )


def _quality(quality: server_pb2.PublishedQuality) -> PublishedQuality:
    return PublishedQuality(pair=_pair(quality.pair), test_set=quality.test_set, metric=quality.metric, value=figure(quality.value))


def _pair(pair: server_pb2.LanguagePair) -> LanguagePair:
    return LanguagePair(pair.source_language_code, pair.target_language_code)


def _limits(limits: server_pb2.Limits) -> Limits:
    return Limits(
        max_text_characters=limits.max_text_characters,
        max_texts=limits.max_texts,
        max_targets=limits.max_targets,
        max_message_bytes=limits.max_message_bytes,
        max_stream_in_flight=limits.max_stream_in_flight,
        max_queued_sequences=limits.max_queued_sequences,
        max_concurrent_calls=limits.max_concurrent_calls,
    )
