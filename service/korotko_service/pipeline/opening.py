"""Open a sentence with a capital, as its source does: a model now and then forgets it."""

import re
from dataclasses import replace

from korotko_service.pipeline.candidate import Candidate
from korotko_service.pipeline.rendering import Sentence

_CASED = frozenset({"en", "uk", "ru"})
# Behind quotes and dashes; a digit or a bracket opens as it is, and what goes on as a code or an address does is no word.
_FIRST = re.compile(r"[\s\"'«“„‘’—–-]*([^\W\d_]++)(?![\d_@]|\.\w)")


def opened(sentence: Sentence, candidate: Candidate, target: str) -> Candidate:
    """The candidate, with a capital where its first word has none and that of `sentence` has one.

    What was protected stays as it is, and so do spellings such as "iPhone". Of 11,802 first answers of the starter (FLORES-200 dev and
    NTREX-128) 36 lacked theirs.
    """
    if sentence.language == target or target not in _CASED:
        return candidate
    read, written = _FIRST.match(sentence.text), _FIRST.match(candidate.text)
    if read is None or written is None or not read.group(1)[0].isupper() or not written.group(1).islower():
        return candidate
    place = written.start(1)
    if any(each.span.start <= place < each.span.end for each in candidate.output.placed):
        return candidate
    text = candidate.text[:place] + candidate.text[place].upper() + candidate.text[place + 1 :]
    return replace(candidate, output=replace(candidate.output, text=text))
