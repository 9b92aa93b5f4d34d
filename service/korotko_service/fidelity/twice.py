"""Take out of a translation what a model said twice at once."""

import re

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.loops import find_doubled, find_loops
from korotko_service.fidelity.shield import Restored
from korotko_service.text.document import Span

_WORD = re.compile(r"\S+")
_MOST = 12  # words said twice in one sentence


def said_once(source: str, output: Restored) -> Restored | None:
    """The output with each word or phrase of up to four words once where it stood twice at once; None where there is nothing to take out.

    «У травні травні» comes back as «У травні». Nothing is taken out where the source doubles a word too, where a protected piece would go
    with it, and of a loop: what a model could not stop writing stands where it should have said the rest.
    """
    found = find_loops(source, output.text)
    if not found or found[0].severity is Severity.SEVERE:
        return None
    mended = output
    for _ in range(_MOST):
        second = _second(mended)
        if second is None:
            break
        mended = mended.replaced(second, "")
    return mended if mended is not output and not find_loops(source, mended.text) else None


def _second(output: Restored) -> Span | None:
    """Where the second telling stands, with the space before it."""
    both = find_doubled(output.text)
    if both is None or not output.is_free(both):
        return None
    words = list(_WORD.finditer(output.text, both.start, both.end))
    return Span(start=words[len(words) // 2 - 1].end(), end=both.end)
