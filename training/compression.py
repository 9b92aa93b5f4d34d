"""Makes summarizing pairs by rule: sentences with by-lines and attributions around them, and the same without."""

import re
from collections.abc import Sequence

import numpy as np

# What a brief leaves out: who said it, at the end of the sentence.
_ATTRIBUTION = {
    "en": re.compile(r",? (?:[\w'-]+ ){1,7}(?:said|told reporters|reported|added)(?: on \w+day)?\.$"),
    "uk": re.compile(r", ?[—–-]? ?(?:повідоми|сказа|заяви|додав|додала)[\w]*(?: [\w'’-]+){1,7}\.$"),
    "ru": re.compile(r", ?[—–-]? ?(?:сообщи|сказа|заяви|добави)[\w]*(?: [\w'’-]+){1,7}\.$"),
}
_BYLINES = {
    "en": ("KYIV (Korotko) — ", "By our correspondent. ", "Updated. ", "BREAKING: "),
    "uk": ("КИЇВ (Коротко) — ", "Автор: наш кореспондент. ", "Оновлено. ", "ТЕРМІНОВО: "),
    "ru": ("КИЕВ (Коротко) — ", "Автор: наш корреспондент. ", "Обновлено. ", "СРОЧНО: "),
}
_BYLINE_SHARE = 0.3
_MOST_JOINED = 3
_LEAST_WORDS = 5


def compressed(sentence: str, language: str) -> str:
    """The sentence without its closing attribution, where enough is left."""
    shorter = _ATTRIBUTION[language].sub(".", sentence)
    return shorter if len(shorter.split()) >= _LEAST_WORDS and '"' not in sentence and "«" not in sentence else sentence


def joined(sentences: Sequence[str], language: str, random: np.random.Generator) -> tuple[str, str]:
    """Some sentences as an article may have them, and as a brief should."""
    count = int(random.integers(1, _MOST_JOINED + 1))
    picked = [sentences[number] for number in random.integers(len(sentences), size=count)]
    byline = _BYLINES[language][random.integers(len(_BYLINES[language]))] if random.random() < _BYLINE_SHARE else ""
    return byline + " ".join(picked), " ".join(compressed(sentence, language) for sentence in picked)
