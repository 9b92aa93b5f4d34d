"""What a check found: a stable reason, how bad it is, and where in the output it stands."""

from dataclasses import dataclass
from enum import IntEnum

from korotko_service.text.document import Span


class Severity(IntEnum):
    """How bad a finding is; higher is worse."""

    INFO = 1
    WARNING = 2
    SEVERE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something suspicious in one output; `span` counts code points of the output, the whole of it where nothing finer is known.

    `found` and `expected` are short pieces of the output and the source, "" where nothing can be said.
    """

    reason: str
    severity: Severity
    span: Span
    found: str = ""
    expected: str = ""

    def __post_init__(self) -> None:
        if not self.reason or not self.reason.replace("_", "").isalpha() or self.reason != self.reason.upper():
            raise ValueError("reason: expected a name in UPPER_SNAKE_CASE")
