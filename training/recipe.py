"""The recipe: every choice of a training run, read once from a TOML file into frozen values."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "uk", "ru")
PAIRS = ("en-uk", "en-ru", "uk-ru")
DIRECTIONS = ("en-uk", "en-ru", "uk-en", "ru-en", "uk-ru", "ru-uk")
TARGET_TOKENS = {"en": ">>eng<<", "uk": ">>ukr<<", "ru": ">>rus<<"}

# Kinds of pairs: written by people; the same with numbers and names exchanged; the same cut into other
# pieces; one side written by a model, as source only; one side written by a model, as target too.
KINDS = ("plain", "augmented", "sampled", "pivot", "forward")


# Catches a slip: 240 in place of 24.
MOST_TIMES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRecipe:
    """The data, and how often each source, each kind of pair and each direction is drawn."""

    source_weights: Mapping[str, float]
    direction_weights: Mapping[str, float]
    held_out_articles: int
    max_tokens: int
    max_length_ratio: float
    kind_weights: Mapping[str, float] = field(default_factory=lambda: {"plain": 1.0})
    # While the learning rate falls, these replace the weights of the same name.
    decay_source_weights: Mapping[str, float] = field(default_factory=dict)
    decay_kind_weights: Mapping[str, float] = field(default_factory=dict)
    augmented_sources: tuple[str, ...] = ()
    pivoted_sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if set(self.direction_weights) != set(DIRECTIONS):
            raise ValueError(f"direction_weights must name exactly {DIRECTIONS}")
        if {*self.kind_weights, *self.decay_kind_weights} - set(KINDS):
            raise ValueError(f"kind_weights may name only {KINDS}")
        shares = (self.source_weights, self.kind_weights, self.decay_source_weights, self.decay_kind_weights)
        weights = [weight for share in shares for weight in share.values()]
        if any(not 0.0 <= weight <= MOST_TIMES for weight in weights):
            raise ValueError(f"a weight is the share drawn in one pass, or how many times all are drawn: 0 to {MOST_TIMES}")
        named = {*self.decay_source_weights, *self.augmented_sources, *self.pivoted_sources}
        if unknown := named - set(self.source_weights):
            raise ValueError(f"sources without a weight: {sorted(unknown)}")

    @property
    def drawn_kinds(self) -> frozenset[str]:
        """The kinds of pairs that a run draws at any time; no others are made."""
        return frozenset(kind for share in (self.kind_weights, self.decay_kind_weights) for kind, weight in share.items() if weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyRecipe:
    """The shared sentencepiece vocabulary; sampled pairs are cut with `sampling_alpha` (smaller: more at random)."""

    size: int
    sentences: int
    character_coverage: float
    sampling_alpha: float = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkRecipe:
    """The shape of the Marian network."""

    d_model: int
    ffn: int
    heads: int
    encoder_layers: int
    decoder_layers: int
    activation: str
    dropout: float
    init_std: float
    # After the embeddings, and inside the feed-forward blocks.
    embedding_dropout: float = 0.0
    inner_dropout: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OptimizerRecipe:
    """AdamW for everything, or Muon for the hidden matrices and AdamW for the rest."""

    name: str
    learning_rate: float
    # Only Muon reads it.
    muon_learning_rate: float = 0.0
    weight_decay: float
    label_smoothing: float
    alignment_weight: float
    max_gradient_norm: float
    # Above 0, every batch is read twice, and the two answers are pulled together (training/loss.py).
    consistency: float = 0.0

    def __post_init__(self) -> None:
        if self.name not in ("adamw", "muon"):
            raise ValueError(f"unknown optimizer {self.name!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRecipe:
    """How long the run lasts, and how the learning rate and the batch move over it.

    The run ends after the minutes or the millions of target tokens, whichever are used up first; 0 tokens: no such limit.
    """

    minutes: float
    warmup_steps: int
    decay_share: float
    batch_tokens: int
    pool_batches: int
    checkpoint_minutes: float
    checkpoints_kept: int
    threads: int
    million_tokens: float = 0.0
    # "auto" uses an accelerator if torch finds one.
    device: str = "auto"
    # Processes that make batches while the device works; 0: the training loop makes its own.
    batch_workers: int = 0

    def progress(self, *, seconds: float, tokens: int) -> float:
        """How much of the run is done; 1 is its end."""
        by_tokens = tokens / (1e6 * self.million_tokens) if self.million_tokens else 0.0
        return max(seconds / (60 * self.minutes), by_tokens)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodingRecipe:
    """How the finished model decodes; written into its model.toml."""

    beam_size: int
    length_penalty: float
    repetition_penalty: float
    no_repeat_ngram_size: int
    max_input_tokens: int
    max_output_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One training run."""

    name: str
    version: str
    seed: int
    data: DataRecipe
    vocabulary: VocabularyRecipe
    network: NetworkRecipe
    optimizer: OptimizerRecipe
    schedule: ScheduleRecipe
    decoding: DecodingRecipe


def read_recipe(path: Path) -> Recipe:
    """Read a recipe; an unknown or a missing key stops the run and names itself."""
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    data = table["data"]
    for name in ("augmented_sources", "pivoted_sources"):
        data[name] = tuple(data.get(name, ()))
    return Recipe(
        name=table["name"],
        version=table["version"],
        seed=table["seed"],
        data=DataRecipe(**data),
        vocabulary=VocabularyRecipe(**table["vocabulary"]),
        network=NetworkRecipe(**table["network"]),
        optimizer=OptimizerRecipe(**table["optimizer"]),
        schedule=ScheduleRecipe(**table["schedule"]),
        decoding=DecodingRecipe(**table["decoding"]),
    )
