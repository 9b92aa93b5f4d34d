"""What goes into a use case: calls decoded from the wire, valid from birth."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from korotko_service.cache import CacheMode
from korotko_service.deadline import Deadline
from korotko_service.engines.engine import DecodingOptions
from korotko_service.errors import FieldInvalid
from korotko_service.fidelity.pieces.glossary import Glossary
from korotko_service.scheduling.order import Order
from korotko_service.scheduling.waiting import Priority
from korotko_service.text.assembly import BriefFormat

MAX_SENTENCES = 50
MIN_CHARACTERS = 20


class Method(StrEnum):
    """How a brief is made."""

    AUTO = "auto"
    EXTRACTIVE = "extractive"
    ABSTRACTIVE = "abstractive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a caller chose for the models: which, how decoded, with which terms, how urgent, until when, what it allows the cache, and what
    becomes of doubtful results. `caller` distinguishes callers, naming nobody; `begun`: models have worked for this call before."""

    model: str = ""
    glossary: Glossary = field(default_factory=Glossary)
    options: DecodingOptions = field(default_factory=DecodingOptions)
    priority: Priority = Priority.INTERACTIVE
    deadline: Deadline = field(default_factory=Deadline)
    caller: str = ""
    cache: CacheMode = CacheMode.DEFAULT
    fail_on_severe: bool = False
    truncates: bool = False
    validate_only: bool = False
    begun: bool = False

    @property
    def order(self) -> Order:
        return Order(
            options=self.options,
            priority=self.priority,
            deadline=self.deadline,
            caller=self.caller,
            cache=self.cache,
            begun=self.begun,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A news article; `language` is canonical, None means detect. `published` is the day in UTC, None where the caller gave none.

    `html`: the body is an HTML page, and the article in it is read.
    """

    id: str = ""
    title: str = ""
    body: str
    lede: str = ""
    language: str | None = None
    published: date | None = None
    html: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefShape:
    """What a brief looks like. `headline` wins over the sentence count; `max_characters` is hard, in code points.

    `allows_degraded`: a cheaper brief is better than none if time or room is short.
    """

    headline: bool = False
    max_sentences: int = 3
    max_characters: int | None = None
    format: BriefFormat = BriefFormat.PARAGRAPH
    method: Method = Method.AUTO
    focus: str = ""
    allows_degraded: bool = False

    @property
    def sentences(self) -> int:
        """How many sentences at most."""
        return 1 if self.headline else self.max_sentences

    def __post_init__(self) -> None:
        if not 1 <= self.max_sentences <= MAX_SENTENCES:
            raise FieldInvalid(f"{self.max_sentences}: expected 1 to {MAX_SENTENCES}", field="brief_options.max_sentences")
        if self.max_characters is not None and self.max_characters < MIN_CHARACTERS:
            raise FieldInvalid(f"{self.max_characters}: expected at least {MIN_CHARACTERS}", field="brief_options.max_characters")


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarizeJob:
    """One article, the languages of its briefs (canonical, in the caller's order) and what they look like."""

    article: Article
    targets: tuple[str, ...]
    shape: BriefShape = field(default_factory=BriefShape)
    choices: Choices = field(default_factory=Choices)

    @property
    def characters(self) -> int:
        """What the caller sent to be read, in code points."""
        return sum(map(len, (self.article.title, self.article.lede, self.article.body)))


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslateJob:
    """Texts for one target language; `source` None means detect for each. `html`: the texts are HTML, which cannot be cut off."""

    texts: tuple[str, ...]
    target: str
    source: str | None = None
    choices: Choices = field(default_factory=Choices)
    html: bool = False

    def __post_init__(self) -> None:
        if self.html and self.choices.truncates:
            raise FieldInvalid("HTML is never cut off, its tags would stay open; send less", field="translate_options.truncation_policy")

    @property
    def characters(self) -> int:
        """What the caller sent to be read, in code points."""
        return sum(map(len, self.texts))


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectJob:
    """Texts whose language is wanted; with `sentences` also that of each sentence."""

    texts: tuple[str, ...]
    sentences: bool = False
    caller: str = ""
    deadline: Deadline = field(default_factory=Deadline)

    @property
    def characters(self) -> int:
        """What the caller sent to be read, in code points."""
        return sum(map(len, self.texts))
