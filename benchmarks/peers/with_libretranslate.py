"""LibreTranslate over Argos packages made of the starter's files, one for each direction. Argument: port.

Argos has no place for the token that tells our model its target language, but CTranslate2 does: `config.json` can name a first token for
every input, so each direction's copy of the model names its own. LibreTranslate downloads its sentence splitters, which is ruled out here:
spaCy's empty pipeline replaces them, with rules that Argos adds. That is cheaper than what its users run, so the comparison flatters it.
"""

import json
import os
import shutil
import sys
import tomllib
from pathlib import Path

import spacy
from starter import FOLDER

HOME = Path(sys.prefix, "home")
_WEIGHTS = ("model.bin", "shared_vocabulary.json")


def write_packages() -> None:
    """An installed Argos package for each direction; weights are linked, not copied."""
    manifest = tomllib.loads((FOLDER / "model.toml").read_text(encoding="utf-8"))
    for pair in manifest["pairs"]:
        source, target = pair.split("-")
        package = HOME / "packages" / f"{source}_{target}"
        (package / "model").mkdir(parents=True)
        for name in _WEIGHTS:
            (package / "model" / name).symlink_to(FOLDER / name)
        shutil.copyfile(FOLDER / "source.spm", package / "sentencepiece.model")
        config = json.loads((FOLDER / "config.json").read_text(encoding="utf-8"))
        config |= {"bos_token": manifest["target_tokens"][target], "add_source_bos": True, "add_source_eos": True}
        (package / "model" / "config.json").write_text(json.dumps(config), encoding="utf-8")
        described = {"package_version": "1.0", "argos_version": "1.0", "from_code": source, "from_name": source}
        (package / "metadata.json").write_text(json.dumps({**described, "to_code": target, "to_name": target}), encoding="utf-8")


def write_splitter() -> None:
    """Put spaCy's empty pipeline where Argos caches the one that it downloads; the file below tells Argos that it is there."""
    cache = HOME / ".local/cache/argos-translate/spacy"
    cache.parent.mkdir(parents=True)
    spacy.blank("xx").to_disk(cache)
    (cache / "senter").mkdir()
    (cache / "senter/model").touch()


if __name__ == "__main__":
    shutil.rmtree(HOME, ignore_errors=True)
    write_packages()
    write_splitter()
    variables = {
        "HOME": str(HOME),
        "XDG_DATA_HOME": str(HOME / ".local/share"),
        "XDG_CACHE_HOME": str(HOME / ".local/cache"),
        "ARGOS_PACKAGES_DIR": str(HOME / "packages"),
        "ARGOS_CHUNK_TYPE": "SPACY",
        "ARGOS_INTER_THREADS": "2",
        "ARGOS_INTRA_THREADS": "1",
    }
    program = str(Path(sys.prefix, "bin/libretranslate"))
    os.execve(program, [program, "--host", "127.0.0.1", "--port", sys.argv[1], "--disable-web-ui"], os.environ | variables)  # noqa: S606
