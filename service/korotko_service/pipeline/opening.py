"""Correct the form of a translated sentence: the capital that opens it, superfluous marks and spaces, English forms."""

import re
from dataclasses import replace

from korotko_service.fidelity.mends.english_forms import well_formed
from korotko_service.pipeline.candidate import Candidate
from korotko_service.pipeline.joining import opens_with_name
from korotko_service.pipeline.rendering import Sentence
from korotko_service.text.document import Span

_CASED = frozenset({"en", "uk", "ru"})
# After quotes and dashes; a digit or a bracket opens as it is, and what continues like a code or an address is not a word.
_FIRST = re.compile(r"[\s\"'«“„‘’—–-]*([^\W\d_]++)(?![\d_@]|\.\w)")
# A space after an opening bracket or quotation mark: «( колишній Twitter)».
_GAP = re.compile(r"(?:(?<=[«(])|(?<=\A[\"“])) (?=\w)")
# A mark too many before a full stop, which models write in very short texts: «Можливо,.» for "Maybe.", "2 p.m..".
# Both dots of «Невже?..» are right.
_MARK = re.compile(r",(?=\.(?!\.))|(?<![.?!])\.(?=\.(?!\.))")


def opened(sentence: Sentence, candidate: Candidate, target: str) -> Candidate:
    """The candidate, with a capital where its first word has none and that of `sentence` has one, and English words well formed.

    Conversely, a part of a sentence or an item of a list opens with a small letter as its source does, if that has capitals elsewhere.
    What was protected stays as it is, and so do spellings such as "iPhone". Of 11,802 first answers of the starter (FLORES-200 dev and
    NTREX-128) 36 lacked theirs.
    """
    if sentence.language == target or target not in _CASED:
        return candidate
    if target == "en":
        candidate = replace(candidate, output=well_formed(candidate.output))
    for surplus in (_GAP, _MARK):
        candidate = _without(surplus, sentence.text, candidate)
    read, written = _FIRST.match(sentence.text), _FIRST.match(candidate.text)
    if read is None or written is None:
        return candidate
    first = Span(start=written.start(1), end=written.start(1) + 1)
    meant = _meant(sentence, read.group(1), candidate.text[first.start :], written.group(1), target)
    if meant == candidate.text[first.start] or not candidate.output.is_free(first):
        return candidate
    return replace(candidate, output=candidate.output.replaced(first, meant))


def _without(surplus: re.Pattern[str], source: str, candidate: Candidate) -> Candidate:
    """The candidate without what the pattern finds, where the source has nothing of the kind."""
    output = candidate.output
    if surplus.search(output.text) and not surplus.search(source):
        for match in reversed(list(surplus.finditer(output.text))):
            output = output.replaced(Span.of(match), "") if output.is_free(Span.of(match)) else output
    return replace(candidate, output=output) if output is not candidate.output else candidate


def _meant(sentence: Sentence, read: str, text: str, written: str, target: str) -> str:
    """The first letter of a text that opens with the word `written`, in the case that its source, which opens with `read`, has it in."""
    if read[0].isupper() and written.islower():
        return written[0].upper()
    goes_on = read.islower() and not sentence.text.islower() and written[0].isupper()
    if goes_on and not opens_with_name(text, sentence.text, (sentence.language, target)):
        return written[0].lower()
    return written[0]
