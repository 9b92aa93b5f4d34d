"""Carry protected pieces past a model: as masks where the model keeps them, else by cutting the text around the pieces.

Whatever comes back, each piece is in the result exactly once: by construction, not because a model behaves.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from korotko_service.fidelity.pieces.protection import Kind, Protected
from korotko_service.text.document import Span

# Of 18 forms tried with the starter, five sentences a direction, the first two came back 30 times out of 30; {1} and <1> never.
_MASKS = ("XQ", "XYZ", "QX", "ZQ")
_COMMA = re.compile(r",(?=\d)")  # "XQ1 20 euros" may come back as "XQ1,20 euros"
_LOOSE = frozenset({Kind.MARKUP, Kind.EMOJI})  # may be glued to a word: the mask gets a space there


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A protected piece and where it stands in the translation."""

    piece: Protected
    span: Span

    def moved(self, by: int) -> "Placed":
        """The same piece, that many code points further on."""
        return replace(self, span=self.span.moved(by))


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A translation, the `pieces` of its source that were to be kept, and where each was put back, in the order of the translation."""

    text: str
    placed: tuple[Placed, ...] = ()
    pieces: tuple[Protected, ...] = ()

    def is_free(self, span: Span) -> bool:
        """Tell whether nothing of the span is protected."""
        return not any(span.start < each.span.end and each.span.start < span.end for each in self.placed)

    def replaced(self, span: Span, text: str) -> "Restored":
        """The same with other text in a free span, and the pieces after it moved."""
        whole = self.text[: span.start] + text + self.text[span.end :]
        moved = tuple(each if each.span.start < span.end else each.moved(len(text) - len(span)) for each in self.placed)
        return replace(self, text=whole, placed=moved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shield:
    """A text and its protected pieces: neighbours with nothing but white space between them form one `group`."""

    text: str
    groups: tuple[tuple[Protected, ...], ...]
    mask: str

    @property
    def pieces(self) -> tuple[Protected, ...]:
        return tuple(piece for group in self.groups for piece in group)

    @property
    def masked(self) -> str | None:
        """The text with a mask for each group; None where one would be glued to a word, and where the pieces separate independent texts.

        A tag or a picture may be glued to its word: its mask gets a space there, which is removed when it is put back. A tag that closes
        before the last full stop belongs there, and needs no mask.
        """
        if not self.groups:
            return self.text
        if not any(map(_has_words, self.free)) or not all(map(self._maskable, self.groups)) or self._is_parted:
            return None
        masks = [f"{self._space(group)[0]}{self.mask}{number}{self._space(group)[1]}" for number, group in enumerate(self._told, 1)]
        masks += [""] * (len(self.free) - len(masks))
        return "".join(part for pair in zip(self.free, masks, strict=True) for part in pair)

    @property
    def free(self) -> list[str]:
        """The texts before, between and after the groups: one more than there are groups."""
        starts = [0, *(group[-1].span.end for group in self.groups)]
        ends = [*(group[0].span.start for group in self.groups), len(self.text)]
        return [self.text[start:end] for start, end in zip(starts, ends, strict=True)]

    def cores(self) -> list[str]:
        """The free pieces without white space at their edges, as a model gets them where masks do not help."""
        return [piece.strip() for piece in self.free]

    def joined(self, translated: Sequence[str]) -> Restored:
        """The translated `cores` around the groups, with the white space of the source."""
        parts = [_dressed(piece, text) for piece, text in zip(self.free, translated, strict=True)]
        for place, group in enumerate(self.groups, 1):
            parts[place] = parts[place].lstrip() if self._opens(group) else parts[place]
        return self._assembled(parts, self.groups)

    def unmasked(self, output: str) -> Restored | None:
        """The output with the groups in place of their masks; None unless each mask came back once, by itself, and the markup in order.

        Also None where the words between two tags are gone: a link without its words is no link.
        """
        if not self.groups:
            return Restored(text=output)
        masks = list(re.finditer(rf"{self.mask}([0-9]{{1,6}})", output))
        numbers = [int(match[1]) for match in masks]
        if sorted(numbers) != list(range(1, len(self._told) + 1)) or output.count(self.mask) != len(masks):
            return None
        if any(_is_of_a_word(output[place : place + 1]) for match in masks for place in (match.start() - 1, match.end()) if place >= 0):
            return None
        starts, ends = [0, *(match.end() for match in masks)], [*(match.start() for match in masks), len(output)]
        free = [output[start:end] for start, end in zip(starts, ends, strict=True)]
        if len(self._told) < len(self.groups):
            numbers.append(len(self.groups))
            free[-1:] = _parted(free[-1], len(self.free[-1].strip()))
        groups = [self.groups[number - 1] for number in numbers]
        if not _in_order([piece for group in groups for piece in group if piece.kind is Kind.MARKUP]):
            return None
        if self._is_emptied(numbers, free):
            return None
        for index, group in enumerate(groups):
            before, behind = self._space(group)
            free[index + 1] = _uncut(free[index + 1], self.free[numbers[index]])
            free[index] = free[index].rstrip() if self._closes(group) else free[index].removesuffix(before)
            free[index + 1] = free[index + 1].lstrip() if self._opens(group) else free[index + 1].removeprefix(behind)
        return self._assembled(free, groups)

    def _is_emptied(self, numbers: Sequence[int], free: Sequence[str]) -> bool:
        """Whether two neighbours with markup, given by the numbers of their masks, lost the words that stood between them.

        The partner of a tag may stand before or behind the whole text.
        """
        said, holds = self.free, [any(piece.kind is Kind.MARKUP for piece in group) for group in self.groups]
        first, last = numbers.index(1), numbers.index(len(numbers))
        if self._closes(self.groups[0]) and _has_words(said[0]) and not any(map(_has_words, free[: first + 1])):
            return True
        if self._opens(self.groups[-1]) and _has_words(said[-1]) and not any(map(_has_words, free[last + 1 :])):
            return True
        return any(
            before + 1 == behind and holds[before - 1] and holds[behind - 1] and _has_words(said[before]) and not _has_words(text)
            for (before, behind), text in zip(pairwise(numbers), free[1:], strict=False)
        )

    @property
    def _told(self) -> tuple[tuple[Protected, ...], ...]:
        """The groups that get a mask: all but markup that closes at the end, just before any final punctuation."""
        behind = self.free[-1]
        is_last = self._closes(self.groups[-1]) and all(map(_is_sign, behind.rstrip())) and not behind[:1].isspace()
        return self.groups[:-1] if is_last else self.groups

    @property
    def _is_parted(self) -> bool:
        """Whether the pieces separate independent texts: only emoji, before and after all words, or only bars."""
        kinds = {piece.kind for piece in self.pieces}
        return (kinds == {Kind.EMOJI} and sum(map(_has_words, self.free)) == 1) or kinds == {Kind.BAR}

    def _space(self, group: tuple[Protected, ...]) -> tuple[str, str]:
        """The spaces that the mask needs before and after it to stand alone."""
        before, behind = self._beside(group)
        return " " * _is_of_a_word(before), " " * _is_of_a_word(behind)

    def _beside(self, group: tuple[Protected, ...]) -> tuple[str, str]:
        """The characters before and after the group; "" at the edge of the text."""
        start, end = group[0].span.start, group[-1].span.end
        return self.text[start - 1 : start], self.text[end : end + 1]

    def _opens(self, group: tuple[Protected, ...]) -> bool:
        """Whether the group is markup at the beginning of words, to which it belongs."""
        before, behind = self._beside(group)
        return group[-1].kind is Kind.MARKUP and _wordiness(before) < _wordiness(behind)

    def _closes(self, group: tuple[Protected, ...]) -> bool:
        """Whether the group is markup at the end of words."""
        before, behind = self._beside(group)
        return group[0].kind is Kind.MARKUP and _wordiness(before) > _wordiness(behind)

    def _maskable(self, group: tuple[Protected, ...]) -> bool:
        before, behind = self._space(group)
        return not (before and group[0].kind not in _LOOSE) and not (behind and group[-1].kind not in _LOOSE)

    def _assembled(self, free: Sequence[str], groups: Sequence[tuple[Protected, ...]]) -> Restored:
        parts, placed, position = [free[0]], list[Placed](), len(free[0])
        for group, behind in zip(groups, free[1:], strict=True):
            for before, piece in zip([None, *group], group, strict=False):
                gap = self.text[before.span.end : piece.span.start] if before else ""
                start = position + len(gap)
                position = start + len(piece.text)
                placed.append(Placed(piece=piece, span=Span(start=start, end=position)))
                parts += [gap, piece.text]
            parts.append(behind)
            position += len(behind)
        return Restored(text="".join(parts), placed=tuple(placed), pieces=self.pieces)


def shield(text: str, pieces: Sequence[Protected]) -> Shield:
    """`pieces` stand in order and do not overlap, as `protect` gives them."""
    groups: list[list[Protected]] = []
    for piece in pieces:
        if groups and not text[groups[-1][-1].span.end : piece.span.start].strip():
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return Shield(text=text, groups=tuple(map(tuple, groups)), mask=_mask(text))


def _mask(text: str) -> str:
    """A mask that the text itself does not contain."""
    capitals = text.upper()
    return next((mask for mask in _MASKS if mask not in capitals), "XQ" + "X" * len(text))


def _has_words(text: str) -> bool:
    return any(map(str.isalpha, text))


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _uncut(behind: str, source: str) -> str:
    """The text after a mask, with a space for a comma that joined the mask's number to the next one."""
    return " " + behind[1:] if _COMMA.match(behind) and not _COMMA.match(source) else behind


def _parted(text: str, signs: int) -> tuple[str, str]:
    """The text, and what closes it: at most that many signs, and white space."""
    end = len(text.rstrip())
    start = end
    while start > max(0, end - signs) and _is_sign(text[start - 1]):
        start -= 1
    return text[:start], text[start:]


def _is_sign(character: str) -> bool:
    return _wordiness(character) == 1


def _wordiness(character: str) -> int:
    """2 for a letter or digit, 1 for another sign, 0 for white space and for nothing."""
    return bool(character.strip()) + _is_of_a_word(character)


def _in_order(pieces: Sequence[Protected]) -> bool:
    return all(before.span.start < after.span.start for before, after in pairwise(pieces))


def _dressed(source: str, text: str) -> str:
    """The text with the white space that the source has at its edges; after "Kyiv" its "'s mayor" may come back as a separate word."""
    if not source.strip():
        return source
    start, end, bare = len(source) - len(source.lstrip()), len(source.rstrip()), text.strip()
    if not bare:
        return source[end:] if start else ""
    before = source[:start] or " " * (not _is_of_a_word(source[:1]) and _is_of_a_word(bare[:1]))
    return before + bare + source[end:]
