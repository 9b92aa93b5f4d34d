"""Writes briefs with the summarizer and checks all of it: a sentence that fails is replaced by the article's own."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from korotko_service.fidelity.support import bag, support
from korotko_service.text.sentences.segmentation import segment
from training.briefs import Method, article_text, chosen, extractive, invented_names, invented_numbers, sentences as split
from training.compression import compressed
from training.evaluate import loops
from training.rouge import words
from training.translator import FolderTranslator

# Retells each of some texts in a language.
Teller = Callable[[Sequence[str], str], list[str]]

# Picked sentences that are retold together, and those that are retold one by one.
_TOGETHER, _ALONE = 4, 3
# The share of its stems that a written sentence must have from its source.
_LEAST_COVERAGE = 0.8
_DENIALS = {
    "en": re.compile(r"\b(?:no|not|never|nobody|none|nor|without|cannot)\b|n['’]t\b"),
    "uk": re.compile(r"\b(?:не|ні|без|ніхто|жод\w+)\b"),
    "ru": re.compile(r"\b(?:не|ни|без|нет|никто)\b"),
}


def is_safe(read: Sequence[str], written: str, language: str) -> bool:
    """Whether a written sentence says nothing that its source does not, as far as the words can tell."""
    text = " ".join(read)
    denials = len(_DENIALS[language].findall(written.casefold())) == len(_DENIALS[language].findall(text.casefold()))
    covered = support(written, [bag(text)]).coverage >= _LEAST_COVERAGE
    whole = written[-1:] in (".", "»", '"') and not loops(written) and len(words(written)) <= len(words(text))
    return denials and covered and whole and not invented_numbers(text, written, language) and not invented_names(read, written, language)


def by_rule(texts: Sequence[str], language: str) -> list[str]:
    """Sentences cut by rule, instead of by a model."""
    return [compressed(text, language) for text in texts]


def one_by_one(tell: Teller, sentences: int) -> Method:
    """Each picked sentence retold by itself, or as it is."""

    def method(article: Mapping[str, Any], language: str) -> str:
        picked = _picked(article, language, sentences)
        pairs = zip(picked, tell(picked, language), strict=True)
        return " ".join(written if is_safe([read], written, language) else read for read, written in pairs)

    return method


def at_once(tell: Teller, sentences: int) -> Method:
    """The picked sentences retold together, exactly as the model writes it."""

    def method(article: Mapping[str, Any], language: str) -> str:
        return tell([" ".join(_picked(article, language, sentences))], language)[0]

    return method


def at_once_checked(tell: Teller, sentences: int) -> Method:
    """The same, but each unsafe sentence is replaced by the picked one that it mostly rests on, unless that was told already."""

    def method(article: Mapping[str, Any], language: str) -> str:
        picked = _picked(article, language, sentences)
        kept = _checked(split(tell([" ".join(picked)], language)[0]), picked, language)
        return " ".join(kept) or extractive(article, language)

    return method


def _checked(written: Sequence[str], picked: Sequence[str], language: str) -> list[str]:
    bags = [bag(sentence) for sentence in picked]
    kept, used = list[str](), set[int]()
    for sentence in written:
        pieces = [piece for piece in support(sentence, bags).pieces if piece.index not in used]
        if not pieces:
            continue
        if is_safe([picked[piece.index] for piece in pieces], sentence, language):
            kept.append(sentence)
            used |= {piece.index for piece in pieces}
        else:
            best = max(pieces, key=lambda piece: piece.score).index
            kept.append(picked[best])
            used.add(best)
    return kept


def ways_of_writing(translator: FolderTranslator) -> dict[str, Method]:
    """The methods compared: cut without a model, retold together, the same and checked, retold one by one and checked."""
    tell = translator.translate
    return {
        "extractive, cut by rule": one_by_one(by_rule, _ALONE),
        "written at once": at_once(tell, _TOGETHER),
        "written at once, checked": at_once_checked(tell, _TOGETHER),
        "written one by one, checked": one_by_one(tell, _ALONE),
    }


def _picked(article: Mapping[str, Any], language: str, sentences: int) -> list[str]:
    return chosen(segment(article_text(article, language)), sentences)
