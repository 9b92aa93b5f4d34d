"""From a checkpoint to the files of a model folder: what CTranslate2 runs and the tokenizer files that it needs."""

import json
import shutil
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from korotko_service.engines import checkpoint as checkpoints
from korotko_service.engines.checkpoint import Defaults
from korotko_service.engines.families import Family, family_of
from korotko_service.errors import ModelInvalid

QUANTIZATIONS = ("int8", "int8_float32", "int8_float16", "int8_bfloat16", "int16", "float16", "bfloat16", "float32")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedFiles(Defaults):
    """What was written, by names in the folder, beside what the checkpoint says of itself."""

    files: tuple[str, ...]
    compute_type: str
    parameters: int
    conversion: str


def convert(checkpoint: Path, folder: Path, *, family: str, quantization: str) -> ConvertedFiles:
    """Convert a Hugging Face checkpoint, or the folder of a Marian model (OPUS-MT), into `folder`, which is made.

    ModelInvalid says what is wrong with the checkpoint, before anything is read that could run code and before anything is written.
    """
    chosen = family_of(family)
    if quantization not in QUANTIZATIONS:
        raise ModelInvalid(f"quantization {quantization!r}: expected one of {', '.join(QUANTIZATIONS)}")
    if folder.exists() and any(folder.iterdir()):
        raise ModelInvalid(f"{folder}: the folder is not empty; remove it first")
    native = checkpoints.is_marian_folder(checkpoint)
    if native:
        checkpoints.check_marian_folder(checkpoint, chosen)
        parameters, defaults = _from_marian(checkpoint, folder, quantization)
    else:
        checkpoints.check(checkpoint, chosen)
        parameters, defaults = _from_transformers(checkpoint, folder, chosen, quantization)
    for name in chosen.files:
        shutil.copyfile(checkpoint / name, folder / name)
    return ConvertedFiles(
        files=tuple(sorted(path.name for path in folder.iterdir())),
        compute_type=quantization,
        parameters=parameters,
        conversion=_versions(quantization, native=native),
        **{each.name: getattr(defaults, each.name) for each in fields(defaults)},
    )


def leave_sources_alone(folder: Path) -> None:
    """Keep CTranslate2 from adding tokens to a source, as it does for Marian's own format: our tokenizer has added </s> already."""
    config = checkpoints.read_json(folder / "config.json") | {"add_source_bos": False, "add_source_eos": False}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def _from_transformers(checkpoint: Path, folder: Path, family: Family, quantization: str) -> tuple[int, Defaults]:
    from korotko_service.engines.transformers_converter import FamilyConverter  # noqa: PLC0415  # It imports torch.

    converter = FamilyConverter(checkpoint, family)
    _run(converter, checkpoint, folder, quantization)
    return converter.parameters, checkpoints.defaults(checkpoint, family)


def _from_marian(checkpoint: Path, folder: Path, quantization: str) -> tuple[int, Defaults]:
    """Marian's own format: weights in an npz, vocabularies and decoding in YAML. Neither torch nor transformers is needed."""
    from ctranslate2.converters import OpusMTConverter  # noqa: PLC0415  # It imports torch where torch is installed.

    parameters = sum(map(checkpoints.npz_parameters, checkpoint.glob("*.npz")))
    try:
        converter = OpusMTConverter(str(checkpoint))
    except Exception as error:  # YAML of any shape was read.
        raise ModelInvalid(f"{checkpoint}: not a Marian model: {type(error).__name__}: {error}") from error
    _run(converter, checkpoint, folder, quantization)
    leave_sources_alone(folder)
    return parameters, checkpoints.marian_defaults(checkpoint)


def _run(converter: Any, checkpoint: Path, folder: Path, quantization: str) -> None:
    try:
        converter.convert(str(folder), quantization=quantization, force=True)
    except ModelInvalid:
        raise
    except Exception as error:  # A dozen kinds of error in three libraries; each means that these files are no such model.
        raise ModelInvalid(f"{checkpoint}: CTranslate2 cannot convert it: {type(error).__name__}: {error}") from error


def _versions(quantization: str, *, native: bool) -> str:
    import ctranslate2  # noqa: PLC0415

    source = "Marian files"
    if not native:
        import transformers  # noqa: PLC0415

        source = f"transformers {transformers.__version__}"
    return f"ctranslate2 {ctranslate2.__version__} from {source}, {quantization}"
