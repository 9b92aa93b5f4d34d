"""Does a tokenizer spell words in tokens that the model knows? A tokenizer of another model loads, runs and produces fluent nonsense."""

import json
from collections.abc import Iterable
from pathlib import Path

from korotko_service.engines.families import family_of
from korotko_service.engines.manifest import Manifest
from korotko_service.engines.spelling import speller
from korotko_service.errors import ProvisionRefused

_TEXTS = {
    "en": "The government said on Tuesday that talks about the new budget will go on next week, since nobody knows its costs.",
    "uk": "Уряд повідомив у вівторок, що переговори про новий бюджет триватимуть наступного тижня, бо ніхто не знає, скільки він коштує.",
    "ru": "Правительство сообщило во вторник, что переговоры о бюджете продолжатся на следующей неделе: никто не знает, сколько он стоит.",
}
# A tokenizer's own pieces are in its model's vocabulary but for rare letters; of another tokenizer's pieces about half are not.
_MOST_UNKNOWN = 0.25


def check_fit(manifest: Manifest) -> None:
    """Refuse a converted model whose tokenizer spells ordinary news in tokens that its vocabulary does not have."""
    vocabulary = _vocabulary(manifest.folder)
    if manifest.engine != "ctranslate2" or not vocabulary:
        return
    family = family_of(manifest.family)
    spell = speller(manifest.folder, family).encode
    for language in sorted({source for source, _ in manifest.pairs} & set(_TEXTS)):
        pieces = spell(_TEXTS[language])
        unknown = [piece for piece in pieces if piece not in vocabulary]
        if len(unknown) > _MOST_UNKNOWN * len(pieces):
            raise ProvisionRefused(
                f"{manifest.name}: a wrong tokenizer: of {len(pieces)} tokens that {family.files[0]} makes of a sentence in {language!r}, "
                f"the model does not know {len(unknown)} ({' '.join(unknown[:5])} ...)"
            )


def _vocabulary(folder: Path) -> frozenset[str]:
    """Tokens of the source side, as CTranslate2 keeps them."""
    for stem in ("source_vocabulary", "shared_vocabulary"):
        if (folder / f"{stem}.json").is_file():
            return frozenset(_tokens(json.loads((folder / f"{stem}.json").read_text(encoding="utf-8"))))
        if (folder / f"{stem}.txt").is_file():
            return frozenset((folder / f"{stem}.txt").read_text(encoding="utf-8").splitlines())
    return frozenset()


def _tokens(table: Iterable[object]) -> Iterable[str]:
    return (token for token in table if isinstance(token, str))
