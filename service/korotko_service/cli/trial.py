"""Try a model as the server would: its files first, then a run in every direction."""

from korotko_service.config import Settings
from korotko_service.engines import loading, manifest as manifests
from korotko_service.engines.manifest import Manifest


def attempt(manifest: Manifest, settings: Settings) -> None:
    """ModelInvalid where the model is no good."""
    manifests.verify(manifest)
    engine = loading.load(manifest, device=settings.device, compute_type=settings.compute_type, replicas=1, threads_per_replica=1)
    try:
        engine.warm_up()
    finally:
        engine.close()
