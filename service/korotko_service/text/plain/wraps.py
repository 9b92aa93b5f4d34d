"""Put hard-wrapped text on one line: breaks become spaces, and words cut at the end of a line are made whole."""

import re

from korotko_service.text.wordlists import word_set

_BREAK_OR_CONTROL = re.compile(r"[\x00-\x08\n-\x1f\x7f-\x9f\u2028\u2029]")
# A hyphen, or what word processors write for one, between two letters or digits and with a line break after it.
_CUT = re.compile(r"(?<=[^\W_])([-\u2010\xad¬])([ \t]*(?:\r\n|[\n\r])[ \t]*)(?=[^\W_])")
_BEFORE = re.compile(r"\S*\Z")
_BEHIND = re.compile(r"\S*")
_LETTERS = re.compile(r"[^\W\d_]*")
_MAX_WORD = 40
# "Two-⏎and three-year terms", «одно-⏎и двухкомнатные».
_CONJUNCTIONS = word_set("and or to і й та або чи и или да")
# Words that a hyphen joins to others, and that are hardly the first or the last letters of another word.
_FIRST = word_set(
    """
    self well long short high low full half cross пресс віце вице інтернет интернет онлайн
    північно південно східно західно северо восточно западно
    """
)
_MIN_SECOND = 4
_SECOND = word_set(
    """
    based born led owned backed related called style old year known known то таки небудь нибудь либо
    """
)
# Both are invisible; together they can only mean a hyphen and a break. They keep all places in the text as they were.
_NO_HYPHEN, _NO_SPACE = "\xad", "\u2060"
_HIDDEN = re.compile(f"(?:{_NO_HYPHEN}(?={_NO_SPACE}))?{_NO_SPACE}+")


def on_one_line(text: str) -> str:
    """The text with a space for each line-breaking character, and cut words made whole; all places in it stay as they were.

    In a cut word the break is hidden, and so is the hyphen if it only marked the cut: "lead-⏎er", not "45-⏎year-old".
    Control characters become spaces: they are invisible, and a model that reads one loses the words around it.
    """
    return _BREAK_OR_CONTROL.sub(" ", _CUT.sub(_mended, text) if "\n" in text or "\r" in text else text)


def shown(text: str) -> str:
    """A text on one line as a reader sees it: without the characters that hide hyphens and breaks."""
    return _HIDDEN.sub("", text)


def _mended(match: re.Match[str]) -> str:
    text, place = match.string, match.end()
    before = _word_before(text, match.start())
    behind = _BEHIND.match(text, place, place + _MAX_WORD)
    second = behind.group() if behind else ""
    if second.rstrip(".,;") in _CONJUNCTIONS:
        return match.group(1) + " " * len(match.group(2))
    hyphen = match.group(1) if _is_joint(before, second, match.group(1)) else _NO_HYPHEN
    return hyphen + _NO_SPACE * len(match.group(2))


def _word_before(text: str, place: int) -> str:
    match = _BEFORE.search(text, max(0, place - _MAX_WORD), place)
    return match.group() if match else ""


def _is_joint(before: str, behind: str, hyphen: str) -> bool:
    """Whether the hyphen belongs to the word rather than to the end of the line."""
    if hyphen in "\xad¬":
        return False
    letters = _LETTERS.match(behind)
    second = letters.group() if letters else ""
    if before[-1:].isdigit() or not second or (second[0].isupper() and not before.isupper()):
        return True
    if any(mark in before or mark in behind for mark in "-/@_"):
        return True
    first = before.lstrip("(\"'«„“[‘").casefold()
    return (first in _FIRST and len(second) >= _MIN_SECOND) or second.casefold() in _SECOND
