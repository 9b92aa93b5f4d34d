"""What a server says about itself: its models, languages and limits, as values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LanguagePair:
    """A direction: from one language to another (BCP-47); both the same for a summarizer."""

    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedQuality:
    """How well a model did on one test set in one direction."""

    pair: LanguagePair
    test_set: str
    """E.g. "flores-dev"."""
    metric: str
    """E.g. "chrF2", "BLEU"."""
    value: float
    """The figure on the measure's usual scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model that the server has."""

    name: str
    """Its name; what `model=` takes. Several versions of a model may serve side by side: `name@version` asks for one."""
    version: str
    """Its own version."""
    task: str
    """Either "translate" or "summarize"."""
    pairs: tuple[LanguagePair, ...]
    """The directions it serves."""
    digest: str
    """Digest over the digests of its files: "sha256:…"."""
    licence: str
    """SPDX identifier of its licence."""
    commercial_use: bool
    """Whether the licence allows commercial use."""
    attribution: str
    """The credit to print where its output is published; "" if its licence requires none."""
    parameter_count: int
    """Number of weights; 0 where unknown."""
    max_input_tokens: int
    """Longest sequence it reads, in its own tokens; longer sentences are split, never cut off."""
    state: str
    """Either "loading" (not in memory: the server still starts, or loads it when a call needs it) or "ready"."""
    quality: tuple[PublishedQuality, ...]
    """Its published quality, where known."""
    family: str
    """Architecture, e.g. "marian"."""
    engine: str
    """What runs it, e.g. "ctranslate2"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A direction that Translate serves."""

    pair: LanguagePair
    models: tuple[str, ...]
    """Names of the models used, in order; more than one means a pivot language in between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much the server accepts; what is over a limit is refused, never cut."""

    max_text_characters: int
    """Code points of one article or text."""
    max_texts: int
    """Texts of one translate_many or detect_many call."""
    max_targets: int
    """Languages of one summarize call."""
    max_message_bytes: int
    """Bytes of one request message."""
    max_stream_in_flight: int
    """Requests of one stream that the server works on at the same time."""
    max_queued_sequences: int
    """Sentences that may wait for one model before calls are refused as Overloaded."""
    max_concurrent_calls: int
    """Calls inside the server before more are refused as Overloaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerInfo:
    """What the server is."""

    version: str
    """Version of the server."""
    api_versions: tuple[str, ...]
    """Versions of the API that it serves, e.g. "korotko.v1"."""
    source_languages: tuple[str, ...]
    """Languages that an article may be in (BCP-47)."""
    target_languages: tuple[str, ...]
    """Languages that briefs can be in (BCP-47)."""
    routes: tuple[Route, ...]
    """Every direction that translate serves."""
    limits: Limits
    """How much it accepts."""
    features: frozenset[str]
    """Optional parts of the API that it serves, e.g. "glossary"; an open list."""
    started: datetime
    """When it started (UTC)."""
    max_call_seconds: float
    """The longest time that a call may take from arrival to reply, in seconds."""
