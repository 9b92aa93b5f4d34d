"""The recipe: every choice of a training run, read once from a TOML file into frozen values."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "uk", "ru")
PAIRS = ("en-uk", "en-ru", "uk-ru")
DIRECTIONS = ("en-uk", "en-ru", "uk-en", "ru-en", "uk-ru", "ru-uk")
TARGET_TOKENS = {"en": ">>eng<<", "uk": ">>ukr<<", "ru": ">>rus<<"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRecipe:
    """What is read, and how often each source and each direction is drawn."""

    source_weights: Mapping[str, float]
    direction_weights: Mapping[str, float]
    held_out_articles: int
    max_tokens: int
    max_length_ratio: float

    def __post_init__(self) -> None:
        if set(self.direction_weights) != set(DIRECTIONS):
            raise ValueError(f"direction_weights must name exactly {DIRECTIONS}")
        if any(not 0.0 <= weight <= 1.0 for weight in self.source_weights.values()):
            raise ValueError("a source weight is the share drawn in one pass: 0 to 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyRecipe:
    """The shared sentencepiece vocabulary."""

    size: int
    sentences: int
    character_coverage: float


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


@dataclass(frozen=True, slots=True, kw_only=True)
class OptimizerRecipe:
    """AdamW for everything, or Muon for the hidden matrices and AdamW for the rest."""

    name: str
    learning_rate: float
    muon_learning_rate: float
    weight_decay: float
    label_smoothing: float
    alignment_weight: float
    max_gradient_norm: float

    def __post_init__(self) -> None:
        if self.name not in ("adamw", "muon"):
            raise ValueError(f"unknown optimizer {self.name!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRecipe:
    """How long the run lasts, and how the learning rate and the batch move over it."""

    minutes: float
    warmup_steps: int
    decay_share: float
    batch_tokens: int
    pool_batches: int
    checkpoint_minutes: float
    checkpoints_kept: int
    threads: int


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
    return Recipe(
        name=table["name"],
        version=table["version"],
        seed=table["seed"],
        data=DataRecipe(**table["data"]),
        vocabulary=VocabularyRecipe(**table["vocabulary"]),
        network=NetworkRecipe(**table["network"]),
        optimizer=OptimizerRecipe(**table["optimizer"]),
        schedule=ScheduleRecipe(**table["schedule"]),
        decoding=DecodingRecipe(**table["decoding"]),
    )
