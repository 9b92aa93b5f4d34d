"""Trial sentences, one in each direction before any caller comes, so that a model that cannot work is refused by name."""

from korotko_service.engines.engine import DecodingOptions, Engine, Sequence
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import ModelInvalid

_TRIAL = {"en": "The talks will go on.", "uk": "Переговори триватимуть.", "ru": "Переговоры продолжатся."}


def run(manifest: Manifest, engine: Engine) -> None:
    """Run the engine once in each direction of its model; ModelInvalid names the first that fails."""
    for source, target in manifest.pairs:
        text = _TRIAL.get(source, _TRIAL["en"])
        sequence = Sequence(text=text, source_language=source, target_language=target, length=engine.count(text))
        try:
            engine.generate([sequence], DecodingOptions())
        except (RuntimeError, ValueError, TypeError, IndexError) as error:  # What the runtimes raise for weights that do not fit.
            raise ModelInvalid(f"{manifest.folder}: it loads but cannot {manifest.task} {source}-{target}: {error}") from error
