"""Rebuild a page from its translated sentences: its markup byte for byte, and new text escaped as the page escapes its own."""

from collections.abc import Callable, Iterator, Sequence

from korotko_service.fidelity.pieces.shield import Placed, Restored
from korotko_service.text.document import STAND_INS, Document
from korotko_service.text.html.page import Page
from korotko_service.text.html.references import escaped
from korotko_service.text.plain.wraps import on_one_line, shown

Pairs = Iterator[tuple[str, str]]
Spelling = Callable[[str], str]


def marked_up(page: Page, document: Document, outputs: Sequence[Restored]) -> Page:
    """The page with an output in place of each segment of its document; text that a model left alone stays as it was written.

    A sentence whose output does not hold each of its tags exactly once and in order stays as the page has it. Of a page longer than the
    document only the document's part is given.
    """
    pairs: list[tuple[str, str]] = []
    position = 0
    for segment, output in zip(document.segments, outputs, strict=True):
        span = segment.span
        pairs += _slice(page, position, span.start)
        sentence = Page(text=page.text[span.start : span.end], sources=page.sources[span.start : span.end], markdown=page.markdown)
        pairs += _sentence(sentence, output)
        position = span.end
    pairs += _slice(page, position, len(document.text))
    text, sources = "".join(character for character, _ in pairs), tuple(source for _, source in pairs)
    return Page(text=text, sources=sources, markdown=page.markdown)


def _sentence(sentence: Page, output: Restored) -> Pairs:
    if output.text in (sentence.text, shown(on_one_line(sentence.text))) or not _holds_its_tags(sentence, output.placed):
        yield from _slice(sentence, 0, len(sentence.text))
        return
    spelt = _as_spelt(sentence) if sentence.markdown else escaped
    written = read = 0
    for placed in output.placed:
        start = placed.piece.span.start
        yield from _free(sentence, read, start, output.text[written : placed.span.start], spelt)
        read, written = placed.piece.span.end, placed.span.end
        yield from _stretch(sentence, start, read, output.text[placed.span.start : written], spelt)
    yield from _free(sentence, read, len(sentence.text), output.text[written:], spelt)


def _free(sentence: Page, start: int, end: int, text: str, spelt: Spelling) -> Pairs:
    """What a model wrote; it cannot write a tag, whatever characters it produces."""
    return _written(text, spelt) if STAND_INS & set(text) else _stretch(sentence, start, end, text, spelt)


def _stretch(sentence: Page, start: int, end: int, text: str, spelt: Spelling) -> Pairs:
    """The text as the sentence writes it at this place, or written anew where the sentence has another text there."""
    return _slice(sentence, start, end) if sentence.text[start:end] == text else _written(text, spelt)


def _written(text: str, spelt: Spelling) -> Pairs:
    return ((character, spelt(character)) for character in text)


def _as_spelt(sentence: Page) -> Spelling:
    """Spelling for Markdown: a character gets a backslash or becomes a reference if the sentence always writes it so."""
    spellings: dict[str, str] = {}
    for character, source in zip(sentence.text, sentence.sources, strict=True):
        if character not in STAND_INS and spellings.setdefault(character, source) != source:
            spellings[character] = character
    return lambda character: spelling if (spelling := spellings.get(character, character))[:1] in ("\\", "&") else character


def _slice(page: Page, start: int, end: int) -> Pairs:
    return zip(page.text[start:end], page.sources[start:end], strict=True)


def _holds_its_tags(sentence: Page, placed: Sequence[Placed]) -> bool:
    tags = [place for place, character in enumerate(sentence.text) if character in STAND_INS]
    pieces = [range(each.piece.span.start, each.piece.span.end) for each in placed]
    return [place for piece in pieces for place in piece if sentence.text[place] in STAND_INS] == tags
