"""Do a converted model, its tokenizer and its family belong together? Where they do not, it loads, runs and writes fluent nonsense."""

import json
from collections.abc import Iterable
from pathlib import Path

from korotko_service.engines.checkpoint import read_json
from korotko_service.engines.families import BEGIN, family_of
from korotko_service.engines.manifest import CTRANSLATE2, Manifest
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
    """Refuse a converted model that does not know its tokenizer's words or its languages' tokens, or starts in another family's way."""
    vocabulary = _vocabulary(manifest.folder)
    if manifest.engine != CTRANSLATE2 or not vocabulary:
        return
    _check_words(manifest, vocabulary)
    _check_languages(manifest, vocabulary)
    _check_start(manifest)


def _check_words(manifest: Manifest, vocabulary: frozenset[str]) -> None:
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


def _check_languages(manifest: Manifest, vocabulary: frozenset[str]) -> None:
    """A token that the model does not know becomes <unk>, and it writes a language of its own choice."""
    for language, token in (*manifest.source_tokens.items(), *manifest.target_tokens.items()):
        if token not in vocabulary:
            raise ProvisionRefused(
                f"{manifest.name}: the model has no token {token!r}, by which it would be told {language!r}; "
                f"it is not of family {manifest.family!r}, or has another --code {language}=CODE"
            )


def _check_start(manifest: Manifest) -> None:
    """Of families that share an architecture, one starts from the language's token and the other from a token before it."""
    start = read_json(manifest.folder / "config.json").get("decoder_start_token", BEGIN)
    if (start is None) != family_of(manifest.family).prefix_starts:
        raise ProvisionRefused(f"{manifest.name}: its output starts from {start or 'a language'}, unlike family {manifest.family!r}'s")


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
