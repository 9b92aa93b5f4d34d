"""The model folder's model.toml: what the server reads, and a hash of every file it may load."""

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path

from training import lists
from training.recipe import DIRECTIONS, TARGET_TOKENS, Recipe

LICENCE = "CC-BY-SA-4.0"
ATTRIBUTION = (
    "Trained on texts of the Office of the President of Ukraine, Tatoeba, TICO-19, XQuAD, MT-GenEval, MLQE-PE, "
    "CoCoA-MT, Microsoft, Mozilla, GNOME, Python, React and Vue contributors; see README.md"
)
_UNHASHED = ("model.toml", "README.md")

Quality = Mapping[str, Mapping[str, Mapping[str, float]]]


def write_model_toml(folder: Path, recipe: Recipe, *, parameters: int, quality: Quality) -> None:
    """Describe the files that lie in `folder` now."""
    blocks = [
        _head(recipe, parameters),
        _table("target_tokens", {name: _quoted(token) for name, token in TARGET_TOKENS.items()}),
        _table("decoding", _decoding(recipe, folder)),
        *(_table(f"quality.{name}", _figures(pairs)) for name, pairs in quality.items()),
        _table("files", _hashes(folder)),
    ]
    (folder / "model.toml").write_text("\n".join(blocks), encoding="utf-8")


def read_parameters(folder: Path) -> int:
    """The count of weights that an earlier model.toml states."""
    description = tomllib.loads((folder / "model.toml").read_text(encoding="utf-8"))
    return int(description["parameters"])


def _head(recipe: Recipe, parameters: int) -> str:
    pairs = ", ".join(_quoted(direction) for direction in DIRECTIONS)
    values = {
        "format": "1",
        "name": _quoted(recipe.name),
        "version": _quoted(recipe.version),
        "task": _quoted("translate"),
        "family": _quoted("marian"),
        "engine": _quoted("ctranslate2"),
        "licence": _quoted(LICENCE),
        "commercial_use": "true",
        "attribution": _quoted(ATTRIBUTION),
        "source": _quoted("training/ of the Korotko repository"),
        "revision": _quoted(f"v{recipe.version}"),
        "compute_type": _quoted("int8"),
        "parameters": str(parameters),
        "max_input_tokens": str(recipe.decoding.max_input_tokens),
        "max_output_tokens": str(recipe.decoding.max_output_tokens),
        "pairs": f"[{pairs}]",
    }
    return _lines(values)


def _decoding(recipe: Recipe, folder: Path) -> dict[str, str]:
    """The recipe's settings; a folder that has lists is decoded with them."""
    decoding = recipe.decoding
    own = {
        "beam_size": str(decoding.beam_size),
        "length_penalty": str(decoding.length_penalty),
        "repetition_penalty": str(decoding.repetition_penalty),
        "no_repeat_ngram_size": str(decoding.no_repeat_ngram_size),
    }
    return own | ({"use_vmap": "true"} if (folder / lists.FILE_NAME).exists() else {})


def _figures(pairs: Mapping[str, Mapping[str, float]]) -> dict[str, str]:
    return {pair: f"{{ chrf = {figures['chrf']:.1f}, bleu = {figures['bleu']:.1f} }}" for pair, figures in pairs.items()}


def _hashes(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.iterdir() if path.name not in _UNHASHED)
    return {_quoted(path.name): _quoted(f"sha256:{_sha256(path)}") for path in paths}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _table(name: str, values: Mapping[str, str]) -> str:
    return f"[{name}]\n{_lines(values)}"


def _lines(values: Mapping[str, str]) -> str:
    return "".join(f"{key} = {value}\n" for key, value in values.items())


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
