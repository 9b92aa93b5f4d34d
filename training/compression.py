"""Cuts a sentence by rule as a brief would: without who said it and without brackets. A summarizer learns cutting from this."""

import re

# After the last comma of a sentence: who said so, and when.
_SAID_AT_END = {
    "en": re.compile(
        r"(?:according to .+|(?:[\w'’-]+ ){1,9}(?:said|reported|announced|added|warned|told reporters)(?: (?:on|in|late) .+)?)\."
    ),
    "uk": re.compile(r"(?:(?:повідоми|сказа|заяви|додав|додал|розпові|пояснил|попереди|зазначи|оголоси)\w*|ідеться|свідчить) .+\."),
    "ru": re.compile(r"(?:(?:сообщи|сказа|заяви|добави|рассказа|поясни|предупреди|отмети|объяви)\w*|говорится|свидетельствует) .+\."),
}
# Up to the first comma of a sentence: the same.
_SAID_AT_START = {
    "en": re.compile(r"According to .+"),
    "uk": re.compile(r"(?:За даними|За словами|За оцінками|На думку|Як повідом\w+) .+"),
    "ru": re.compile(r"(?:По данным|По словам|По оценкам|По мнению|Как сообщ\w+) .+"),
}
_BRACKETS = re.compile(r" \([^()]*\)")
_QUOTED = re.compile('["“”«»]')
_LEAST_WORDS = 5


def compressed(sentence: str, language: str) -> str:
    """The sentence without attribution and brackets, if enough is left; one with a quotation stays whole."""
    if _QUOTED.search(sentence):
        return sentence
    shorter = _without_end(_without_start(_BRACKETS.sub("", sentence), language), language)
    return shorter if len(shorter.split()) >= _LEAST_WORDS else sentence


def _without_start(sentence: str, language: str) -> str:
    said, comma, rest = sentence.partition(", ")
    return rest[:1].upper() + rest[1:] if comma and _SAID_AT_START[language].fullmatch(said) else sentence


def _without_end(sentence: str, language: str) -> str:
    told, comma, said = sentence.rpartition(", ")
    return f"{told}." if comma and _SAID_AT_END[language].fullmatch(said) else sentence
