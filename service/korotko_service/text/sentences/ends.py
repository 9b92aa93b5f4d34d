"""Where one sentence ends and the next begins, inside one paragraph."""

import re
from collections.abc import Iterator

from korotko_service.text.lines import NOTE
from korotko_service.text.sentences.abbreviations import ends_sentence, opens_sentence

# Not possessive: up to 3.11.4 Python loses track of groups inside a possessive repetition if an alternative has a lookbehind.
_CLOSERS = rf"(?:[\"'»”“’›)\]}}*_¹²³⁰-⁹]|\[\d{{1,3}}\]|{NOTE})*"
# Possessive, and never begun inside a run, so that an endless run of dots is read once. The second alternative is for
# "переговори.Президент" and "«Так».Він", where a space was lost, the third for scripts without spaces.
_END = re.compile(
    rf"(?<![.!?…‼⁇⁈⁉])([.!?…‼⁇⁈⁉]++)({_CLOSERS})(?=\s|\Z)"
    r"|(?:(?<=[a-zа-яіїєґё]{2})|(?<=[a-zа-яіїєґё]{2}[»”]))([.!?…]++)[»”]?(?=[A-ZА-ЯІЇЄҐЁ][a-zа-яіїєґё’'])"
    rf"|[。！？]++{_CLOSERS}"
)
# An opening quote may be separated from its word ("« Це").
_WHAT_FOLLOWS = re.compile(r"\s*+((?:[«“„‘(\[{]\s?)*+[^\w\s]*+)(\w*+)")
# «1909 р. С. С. Гамченко.»: nothing but a name.
_NAME_ALONE = re.compile(r"(?:[A-ZА-ЯІЇЄҐЁ]\.\s?){1,2}[A-ZА-ЯІЇЄҐЁ][\w'’ʼ-]{1,30}[.!?…](?=\s|\Z)")
_NO_OPENING = "0"
_LETTER = re.compile(r"[^\W\d_]")
_TOKEN = re.compile(r"\S*+")
_DASHES = "-–—―"
_TERMINALS = ".!?…‼⁇⁈⁉"
_MAX_SYMBOLS = 3
# How far from a stop the brackets around it may open and close.
_MAX_BRACKET = 120
_MIN_GLUED_WORD = 3


def sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    """The ends of the sentences in the paragraph from `start` to `end`, in order; the last is `end` itself.

    Every rule looks at a bounded stretch around a candidate, so the cost is linear in the paragraph.
    """
    paragraph = text[start:end]
    cased = paragraph != paragraph.lower()
    sentence, lettered, seen = start, False, start
    for match in _END.finditer(text, start, end):
        # A number or an ornament alone is no sentence: "1. Перше", "[…] Він".
        lettered = lettered or _LETTER.search(text, seen, match.start()) is not None
        seen = match.end()
        if not lettered or seen <= sentence:
            continue
        place = _sentence_end(text, sentence, match, end, cased=cased)
        if place is not None and place < end:
            yield place
            sentence, lettered, seen = place, False, place
    yield end


def _sentence_end(text: str, start: int, match: re.Match[str], end: int, *, cased: bool) -> int | None:
    """Where the sentence ends at this candidate, after symbols such as emoji that belong to it, or None."""
    terminal, closers, glued = match.group(1), match.group(2), match.group(3)
    if _is_in_bracket(text, start, match.start(), match.end(), end):
        return None
    if glued is not None:
        return match.end() if _is_lost_space(text, start, match, end) else None
    if terminal is None:
        return match.end()
    place = match.end()
    for _ in range(_MAX_SYMBOLS):
        following = _WHAT_FOLLOWS.match(text, place, end)
        assert following is not None  # the pattern matches the empty string
        marks, word = following.groups()
        if word or not marks or marks[0] in _DASHES:
            break
        if marks[0] in _TERMINALS:
            return None
        place = following.end()
    else:
        return place
    if not marks and not word:
        return place
    if marks and marks[0] in _DASHES:
        opening = None if closers else _opening_after_dash(text, following, end)
        return place if opening and (terminal != "." or ends_sentence(text, start, match.start(), opening)) else None
    if not _may_open(text, word, following.start(2), end, cased=cased):
        return None
    if (
        terminal == "."
        and word
        and (_NAME_ALONE.match(text, following.start(2), end) or not ends_sentence(text, start, match.start(), _opening(text, following)))
    ):
        return None
    return place


def _is_in_bracket(text: str, start: int, stop: int, behind: int, end: int) -> bool:
    """Whether a bracket inside the sentence is open at the stop and closes soon, as in "He agreed (see Chem. Rev., 2016)."."""
    opening = text.rfind("(", max(start, stop - _MAX_BRACKET), stop)
    if opening < 0 or not _LETTER.search(text, max(start, opening - _MAX_BRACKET), opening) or ")" in text[opening:behind]:
        return False
    closing = text.find(")", behind, min(end, behind + _MAX_BRACKET))
    return closing >= 0 and "(" not in text[behind:closing]


def _opening(text: str, following: re.Match[str]) -> str:
    """The word that may open a sentence after an abbreviation's dot: an initial such as "О." does not, though "О" does.

    For a bracket, «в записи от 2022 г. («Буча») были …», or lower case in a line without capitals, "2 ст. л.", a digit, which opens none.
    """
    marks, word = following.groups()
    if marks.startswith("(") or word[0].islower():
        return _NO_OPENING
    end = following.end(2)
    return word + "." if len(word) == 1 and text[end : end + 1] == "." else word


def _may_open(text: str, word: str, start: int, end: int, *, cased: bool) -> bool:
    """Whether the word can be the first of a sentence: not in lower case, except for addresses, brands and careless writers."""
    if not word or not word[0].islower():
        return True
    if not cased or word[1:2].isupper():
        return True
    return word in ("http", "https", "www") and text[start + len(word) : start + len(word) + 1] in (":", ".") and start < end


def _opening_after_dash(text: str, following: re.Match[str], end: int) -> str:
    """The word that opens a new sentence after a dash: "Так" in "Він прийшов. — Так", "" in "«Так». — сказав", which goes on."""
    word = following.group(2)
    if not word:
        behind = _WHAT_FOLLOWS.match(text, following.end(), end)
        word = behind.group(2) if behind else ""
    return word if word and not word[0].islower() else ""


def _is_lost_space(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """ "переговори.Президент" lost its space; "Node.Js", "Rozetka.Ua" and addresses never had one."""
    before = text[max(start, match.start() - 40) : match.start()].rsplit(None, 1)[-1]
    behind = _TOKEN.match(text, match.end(), min(end, match.end() + 40))
    token = behind.group() if behind else ""
    word = re.split(r"\W", token, maxsplit=1)[0]
    if any(mark in before or mark in token for mark in "/@:_=") or "." in token.rstrip(".,"):
        return False
    return opens_sentence(word) if word.isascii() else len(word) >= _MIN_GLUED_WORD
