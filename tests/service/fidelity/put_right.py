"""What every mend is held to: the output as it should be, with nothing left to warn of."""

from collections.abc import Callable

from korotko_service.fidelity.check import check
from korotko_service.fidelity.pieces.shield import Restored

Mend = Callable[[str, Restored, str, str], Restored | None]
# Source, output, source language, target language.
Case = tuple[str, str, str, str]


def warned(source: str, output: str, read: str, written: str) -> list[str]:
    """The reasons of warnings and worse."""
    return [each.reason for each in check(source, output, source_language=read, target_language=written) if each.severity > 1]


def expect_put_right(mend: Mend, case: Case, right: str) -> None:
    source, output, read, written = case
    mended = mend(source, Restored(text=output), read, written)
    assert mended is not None
    assert mended.text == right
    assert warned(source, right, read, written) == []
