"""What a sentence counts: its amounts, without the numbers that only say when something was, how old somebody is, or which one is meant."""

import re

from korotko_service.text.wordlists import MONTHS

# English months have a capital: "may" is a verb.
_MONTHS = f"(?:{'|'.join(month.capitalize() if month.isascii() else month for month in sorted(MONTHS))})"
# "14 June", "11 and 16 April", "June 14", "2028", "7:25", "2.50 a.m.", "47-year-old", "66th", «61-й», "No. 10", "Ann Lee, 36, said".
_NO_AMOUNT = re.compile(
    rf"(?<![\w.,])(?:(?:\d{{1,2}}(?:\s?[–—-]\s?|\s(?:and|to|і|й|та|до|и|по)\s))?\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTHS}\b"
    rf"|{_MONTHS}\s\d{{1,2}}(?!\d|[.,]\d)"
    r"|(?:19|20)\d\d(?!\d|[.,]\d|\s\d{3}(?!\d))"
    r"|\d{1,2}:\d\d(?!\d)|\d{1,2}(?:[.:]\d\d)?\s?(?:[ap]\.?m|ранку|вечора|утра|вечера)\b"
    r"|\d{1,3}[ -](?:years?[ -]old|річн|летн)|\d{1,3}(?:st|nd|rd|th|-[а-яіїє]{1,3})\b)"
    r"|(?:№|\bNo\.)\s?\d{1,3}|(?<=, )\d\d(?=,)|(?<=\()\d\d(?=\))"
)
# "9.4", "210,000", «1 480», "3–2"; but not "F-16", "G7".
_AMOUNT = re.compile(r"(?<![\w.,:-])\d+(?:[.,:]\d+|[ \u00a0\u202f]\d{3}(?!\d))*")

# The toll is mostly in words, "Two children have died.", and no sum of money is more important.
_TELLS_OF_VICTIMS = re.compile(
    r"\b(?:died|dead(?:ly|liest)?\b|deaths?|kill|hurt|injur(?!y\b)|wound|casualt|victim"
    r"|загин|загибл|помер(?:\b|л|ш)|постражда|поранен|травм(?!(?:[аиіуе]|ой|ою)\b)|жертв|вбит"
    r"|погиб|умер(?:\b|л|ш)|пострада|ранен|убит)",
    re.IGNORECASE,
)
_VICTIMS = frozenset({"victims", "their number"})


def figures(sentence: str) -> frozenset[str]:
    """The amounts that the sentence gives in digits, as written; victims count as two."""
    amounts = frozenset(_AMOUNT.findall(_NO_AMOUNT.sub(" ", sentence)))
    return amounts | _VICTIMS if _TELLS_OF_VICTIMS.search(sentence) else amounts
