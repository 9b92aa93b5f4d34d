"""Find what must come through a translation unchanged: addresses, placeholders, markup, and the terms that a caller fixed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from korotko_service.fidelity.pieces.terms import Term, Terms
from korotko_service.text.document import OBJECT, STAND_INS, TAG, Span


class Kind(StrEnum):
    """Why a piece of text is protected."""

    TERM = "term"
    PLACEHOLDER = "placeholder"
    MARKUP = "markup"
    ADDRESS = "address"
    EMOJI = "emoji"
    BAR = "bar"
    SCRIPT = "script"


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """A piece of a source text, and the `text` that stands for it in every translation."""

    span: Span
    text: str
    kind: Kind
    term: Term | None = None

    def __post_init__(self) -> None:
        if not self.span or not self.text:
            raise ValueError("a protected piece is never empty")


_IN_URL = r"[^\s<>\"«»„“”{}|\\^`]"
_DOMAIN = r"(?:[a-zа-яіїєґ0-9](?:[\w-]{0,62}\w)?\.){1,8}(?:com|org|net|info|biz|edu|gov|int|io|ai|eu|uk|ua|ru|de|fr|pl|me|tv|укр|рф)"
# An attribute has a value: "<b and c>" is arithmetic.
_ATTRIBUTE = r"\s{1,9}[\w:.-]{1,64}=(?:\"[^\"<>]{0,2048}\"|'[^'<>]{0,2048}'|[^\s\"'<>=]{1,200})"
_TAG = rf"</?[a-z][\w:.-]{{0,63}}(?:{_ATTRIBUTE}){{0,16}}\s{{0,9}}/?>|<!--[^<>]{{0,2048}}-->"
# One picture, however many characters it is made of: a base with its variations and tones, joined ones, the letters of a flag, a keycap.
# Circled numbers, private-use characters, mathematical signs (except the minus), boxes and arrowheads are protected too: of 78 sentences
# with ten such signs, each translated into two languages, the starter kept the sign in 19.
_PICTURES = (
    "\u00ae\u2031\u2113\u2117\u2120\u2122\u212e\u2200-\u2211\u2213-\u22ff\u231a-\u23ff\u2460-\u24ff\u2500-\u27bf\u2b00-\u2bff\ue000-\uf8ff"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001faff\U000f0000-\U0010fffd"
)
_KEY = "[0-9#*]\ufe0f?\u20e3"
_FLAGS = "\U0001f1e6-\U0001f1ff"
_TONE = "[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
_RULER = "[\u2500-\u259f]{1,200}"  # a row of boxes is one piece
_EMOJI = rf"{_RULER}|{_KEY}|[{_FLAGS}]{{2}}|[{_PICTURES}]{_TONE}{{0,8}}(?:\u200d[{_PICTURES}]{_TONE}{{0,8}}){{0,8}}"
# Words in scripts from Armenian to Korean: models of three languages drop them, or guess.
_LETTERS = "\u0530-\u1c7f\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufb1d-\ufdcf\ufe70-\ufefc"
# "10⁵" is one number, and no model of three languages has seen such digits.
_RAISED = "⁰¹²³⁴-⁹"
# Greek letters are scientific symbols, and rare in texts of the three languages: the starter wrote emoji for them. «мкм» may be "μm".
_GREEK = "\u0370-\u03ff\u1f00-\u1fff\u2126"
_GREEK_WORD = rf"(?<![^\W_])[{_GREEK}]++(?:[ ·'’-][{_GREEK}]++){{0,32}}(?![^\W_])"
_SCRIPT = rf"[{_LETTERS}]++(?:[ ・·'’-][{_LETTERS}]++){{0,32}}"
# A telephone number as dialled within its country: with its code in brackets, with a leading zero, which no grouped number has, with the 8
# for long distance and groups of two at the end, or in three groups with hyphens. No date, year or score has nine to eleven digits.
_GROUP = r"[ \u00a0-]\d{2,4}"
_HOME_PHONE = (
    r"(?<![\w+.,:/$€£₴₽-])(?<!\d[ \u00a0])(?=(?:[ \u00a0()-]{0,2}\d){9,11}(?![ \u00a0.,:/-]?\d)(?!\w))(?:"
    rf"\(0\d{{1,4}}\)[ \u00a0-]?\d{{2,4}}(?:{_GROUP}){{1,3}}|(?:8[ \u00a0-]?)?\(\d{{3,5}}\)[ \u00a0-]?\d{{2,3}}(?:-\d{{2,4}}){{1,2}}"
    rf"|0[ \u00a0-]?\d{{2,4}}(?:{_GROUP}){{2,4}}|0\d{{9}}|8(?:[ \u00a0-]\d{{3}}){{2}}(?:[ \u00a0-]\d\d){{2}}|\d{{3}}-\d{{3}}-\d{{4}}"
    r")(?![ \u00a0-]?\d)"
)
# A model would write the year with a thousands comma, or add the word for a year.
_YEAR = "(?:19|20)[0-9]{2}"
_COPYRIGHT = rf"[©\u2117]\s?{_YEAR}(?:\s?[–-]\s?{_YEAR})?(?!\w)"
# Every repetition is bounded or possessive, so that a text of nothing but brackets costs no more than any other.
_RULES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.ADDRESS, re.compile(rf"(?<!\w)(?:(?:https?|ftp)://|www\.){_IN_URL}++", re.IGNORECASE)),
    (Kind.ADDRESS, re.compile(rf"(?<!\w)(?:[a-z]:\\|\\\\)(?=\w)(?:{_IN_URL}|\\)++", re.IGNORECASE)),
    (Kind.ADDRESS, re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?!\w)")),
    (Kind.ADDRESS, re.compile(rf"(?<![\w@.-]){_DOMAIN}(?![\w-])(?!\.\w)(?:/{_IN_URL}*+)?", re.IGNORECASE)),
    (Kind.ADDRESS, re.compile(r"(?<![\w@/.])@[a-z0-9_](?:[\w.]{0,62}\w)?(?!\w)", re.IGNORECASE)),
    (Kind.ADDRESS, re.compile(r"(?<![\w+])\+(?=(?:[ \u00a0.()-]{0,3}\d){9,15}(?!\d))\d(?:[ \u00a0.()-]{0,3}\d){8,14}")),
    (Kind.ADDRESS, re.compile(r"(?<![\w#&/])#(?=\w{0,80}[^\W\d_])\w{1,100}(?!\w)")),
    (Kind.PLACEHOLDER, re.compile(r"\{\{[^{}\n]{1,100}\}\}|\$?\{[^{}\s]{0,100}\}")),
    (Kind.PLACEHOLDER, re.compile(r"%\(\w{1,64}\)[-+#0]{0,3}\d{0,3}(?:\.\d{1,3})?[a-z](?!\w)", re.IGNORECASE)),
    (Kind.PLACEHOLDER, re.compile(r"(?<![\w%])%(?:\d\$)?(?:[-+#0]{0,3}\d{0,3}(?:\.\d{1,3})?(?:ll?)?[sdifugxc](?!\w)|@)")),
    (Kind.MARKUP, re.compile(f"[{TAG}{OBJECT}]")),
    (Kind.MARKUP, re.compile(_TAG, re.IGNORECASE)),
    (Kind.EMOJI, re.compile(_EMOJI)),
    (Kind.BAR, re.compile(r"(?<=\S[ \u00a0])\|(?=[ \u00a0]\S)")),  # "Minister resigns | BBC News" are two texts
    (Kind.SCRIPT, re.compile(rf"(?<!\d)\d++(?:[.,]\d++)?[⁺⁻]?[{_RAISED}]+")),
    (Kind.SCRIPT, re.compile(_COPYRIGHT)),
    (Kind.SCRIPT, re.compile(_SCRIPT)),
    (Kind.SCRIPT, re.compile(_GREEK_WORD)),
    (Kind.MARKUP, re.compile(r"&(?:[a-z][a-z0-9]{1,31}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)),
)
_PHONES = ((Kind.ADDRESS, re.compile(_HOME_PHONE)),)
# Each rule needs one of these, and nearly no sentence has any.
_ANY = re.compile(rf"[@#{{%<&{TAG}{OBJECT}{_LETTERS}{_GREEK}{_PICTURES}{_FLAGS}{_RAISED}\u20e3©|\\]|://|\.\w|\+\d|(?i:www\.)")
_GROUPED = re.compile(r"[0-9)][ \u00a0-]?[0-9]{2}")  # in each telephone number without a plus
_TRAILING = ".,;:!?…'’*_~"
_PAIRS = {")": "(", "]": "["}


def protect(text: str, terms: Terms) -> tuple[Protected, ...]:
    """What is protected in `text`, in order and without overlap: the earliest first, then the longest, then the caller's terms."""
    found = sorted([*_terms(text, terms), *_patterns(text)], key=lambda each: (each.span.start, -each.span.end))
    kept: list[Protected] = []
    for piece in found:
        if not kept or piece.span.start >= kept[-1].span.end:
            kept.append(piece)
    return tuple(kept)


def crossing(text: str, terms: Iterable[Terms]) -> tuple[Span, ...]:
    """The spans that must not be cut, whichever of the term lists a text is translated with."""
    spans = {piece.span for each in terms for piece in _terms(text, each)}
    return tuple(sorted(spans | {piece.span for piece in _patterns(text)}))


def _terms(text: str, terms: Terms) -> Iterator[Protected]:
    for found in terms.find(text):
        stands = text[found.start : found.end]
        yield Protected(span=Span(start=found.start, end=found.end), text=found.term.target or stands, kind=Kind.TERM, term=found.term)


def _patterns(text: str) -> Iterator[Protected]:
    for kind, pattern in (*(_RULES if _ANY.search(text) else ()), *(_PHONES if _GROUPED.search(text) else ())):
        for match in pattern.finditer(text):
            end = _without_punctuation(text, match.start(), match.end()) if kind is Kind.ADDRESS else match.end()
            piece = text[match.start() : end]
            # An address with a tag inside keeps its place among the tags.
            yield Protected(
                span=Span(start=match.start(), end=end), text=piece, kind=Kind.MARKUP if STAND_INS.intersection(piece) else kind
            )


def _without_punctuation(text: str, start: int, end: int) -> int:
    """The full stop after an address belongs to the sentence, and so does a closing bracket that was opened before the address."""
    while end > start + 1:
        last = text[end - 1]
        unpaired = last in _PAIRS and text.count(last, start, end) > text.count(_PAIRS[last], start, end)
        if last not in _TRAILING and not unpaired:
            break
        end -= 1
    return end
