"""Put right what a model forgets of a sentence's form: the capital that opens it, English articles and ordinals."""

import re
from dataclasses import replace

from korotko_service.fidelity.english_forms import well_formed
from korotko_service.pipeline.candidate import Candidate
from korotko_service.pipeline.rendering import Sentence
from korotko_service.text.document import Span

_CASED = frozenset({"en", "uk", "ru"})
# Behind quotes and dashes; a digit or a bracket opens as it is, and what goes on as a code or an address does is no word.
_FIRST = re.compile(r"[\s\"'«“„‘’—–-]*([^\W\d_]++)(?![\d_@]|\.\w)")


def opened(sentence: Sentence, candidate: Candidate, target: str) -> Candidate:
    """The candidate, with a capital where its first word has none and that of `sentence` has one, and English words well formed.

    What was protected stays as it is, and so do spellings such as "iPhone". Of 11,802 first answers of the starter (FLORES-200 dev and
    NTREX-128) 36 lacked theirs.
    """
    if sentence.language == target or target not in _CASED:
        return candidate
    if target == "en":
        candidate = replace(candidate, output=well_formed(candidate.output))
    read, written = _FIRST.match(sentence.text), _FIRST.match(candidate.text)
    if read is None or written is None or not read.group(1)[0].isupper() or not written.group(1).islower():
        return candidate
    first = Span(start=written.start(1), end=written.start(1) + 1)
    if not candidate.output.is_free(first):
        return candidate
    return replace(candidate, output=candidate.output.replaced(first, candidate.text[first.start].upper()))
