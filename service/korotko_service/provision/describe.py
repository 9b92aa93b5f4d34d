"""What the operator and the checkpoint say of a model that is not known by name: family, language codes, licence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from korotko_service.engines.checkpoint import read_json
from korotko_service.engines.families import FAMILIES
from korotko_service.errors import ProvisionRefused
from korotko_service.provision.checkpoint import Checkpoint, Layout
from korotko_service.provision.licence import forbids_commerce

# Codes of our languages by family; a checkpoint with others names them with --code.
_CODES: Mapping[str, Mapping[str, str]] = {
    "marian": {"en": "eng", "uk": "ukr", "ru": "rus"},
    "m2m100": {"en": "en", "uk": "uk", "ru": "ru"},
    "nllb": {"en": "eng_Latn", "uk": "ukr_Cyrl", "ru": "rus_Cyrl"},
    "mbart50": {"en": "en_XX", "uk": "uk_UA", "ru": "ru_RU"},
    "mbart": {"en": "en_XX", "ru": "ru_RU"},
    "t5": {"en": "en", "uk": "uk", "ru": "ru"},
}
_VOCABULARIES = ("vocab.json", "*vocabulary.json", "*vocabulary.txt", "*.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the operator said of a model; "" and empty mean that nothing was said."""

    task: str = ""
    pairs: tuple[str, ...] = ()
    family: str = ""
    licence: str = ""
    noncommercial: bool = False
    attribution: str = ""
    input_prefix: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def commercial_use(self) -> bool:
        """Whether the licence allows it, by the operator's word or the licence's own name."""
        return not (self.noncommercial or forbids_commerce(self.licence))

    @property
    def missing(self) -> str:
        """The options that a model without a description needs and that were not given; "" where all were."""
        return ", ".join(f"--{name}" for name in ("task", "pairs", "licence") if not getattr(self, name))


NOTHING_SAID = Said()


def description(said: Said, checkpoint: Checkpoint) -> dict[str, Any]:
    """Keys of model.toml for a checkpoint; ProvisionRefused lists everything that still has to be said."""
    if said.missing:
        raise ProvisionRefused(f"{checkpoint.folder}: say {said.missing} too; a folder does not tell that")
    family = said.family or detect_family(checkpoint)
    table = {
        "task": said.task,
        "family": family,
        "licence": said.licence,
        "commercial_use": said.commercial_use,
        "attribution": said.attribution,
        "input_prefix": said.input_prefix,
        "pairs": list(said.pairs),
        "codes": said.codes or _codes(family, said, checkpoint),
    }
    return {key: value for key, value in table.items() if value not in ("", {})}


def detect_family(checkpoint: Checkpoint) -> str:
    """The family that config.json tells; two that share an architecture are told apart by their tokenizer."""
    if checkpoint.layout is Layout.MARIAN:
        return "marian"
    kind = str(checkpoint.config.get("model_type", ""))
    able = [name for name, family in FAMILIES.items() if kind in family.architectures]
    if not able:
        families = ", ".join(FAMILIES)
        raise ProvisionRefused(f"{checkpoint.folder}: cannot tell its family (model_type {kind!r}); say --family, one of {families}")
    if len(able) == 1:
        return able[0]
    tokenizer = _tokenizer_class(checkpoint).lower()
    return next((name for name in able if tokenizer.startswith(name)), able[0] if tokenizer.startswith(kind.replace("_", "")) else able[-1])


def _tokenizer_class(checkpoint: Checkpoint) -> str:
    path = checkpoint.folder / "tokenizer_config.json"
    said = read_json(path).get("tokenizer_class") if path.is_file() else None
    return str(said or checkpoint.config.get("tokenizer_class") or "")


def _codes(family: str, said: Said, checkpoint: Checkpoint) -> dict[str, str]:
    """Codes of the languages that the pairs name, where the family has control tokens for languages."""
    if family == "t5" and (said.task != "translate" or said.input_prefix):
        return {}
    usual = _CODES.get(family, {})
    # Marian models are told only what to write; the others also what they read.
    read = 1 if family == "marian" else 0
    languages = sorted({language for pair in said.pairs for language in pair.split("-", 1)[read:]})
    codes = {language: usual[language] for language in languages if language in usual}
    return _present(codes, checkpoint) if family == "marian" else codes


def _present(codes: Mapping[str, str], checkpoint: Checkpoint) -> dict[str, str]:
    """Those whose token is in the vocabulary: a Marian model with one target has none."""
    text = "".join(_texts(checkpoint.folder))
    return {language: code for language, code in codes.items() if f">>{code}<<" in text}


def _texts(folder: Path) -> Iterable[str]:
    return (path.read_text(encoding="utf-8", errors="replace") for pattern in _VOCABULARIES for path in sorted(folder.glob(pattern)))
