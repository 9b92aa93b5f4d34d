"""Remove from a translation what a model said twice in a row."""

from itertools import islice

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.guards.doubled import each_doubled
from korotko_service.fidelity.guards.loops import find_loops
from korotko_service.fidelity.pieces.shield import Restored
from korotko_service.text.document import Span

_MOST = 12  # words said twice in one sentence


def said_once(source: str, output: Restored) -> Restored | None:
    """The output with each word or phrase of up to four words once where it stood twice in a row; None where there is nothing to remove.

    «У травні травні» becomes «У травні». Nothing is removed where the source doubles a word too, where a protected piece would go with it,
    or from a loop: what a model could not stop writing stands where it should have said the rest.
    """
    found = find_loops(source, output.text)
    if not found or found[0].severity is Severity.SEVERE:
        return None
    mended = output
    for second in reversed(_seconds(output)):
        mended = mended.replaced(second, "")
    return mended if mended is not output and not find_loops(source, mended.text) else None


def _seconds(output: Restored) -> list[Span]:
    """The spans of the second occurrences, each with the space before it, in order and without overlap."""
    seconds: list[Span] = []
    for both in islice(each_doubled(output.text), _MOST):
        if not output.is_free(both.span):
            break
        seconds = [*(each for each in seconds if each.start < both.second.start), both.second]  # it covers the others
    return seconds
