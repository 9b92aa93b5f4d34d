"""Findings are born valid and their severities are those of the wire."""

import pytest

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.text.document import Span


@pytest.mark.parametrize("reason", ["", "lower_case", "WITH SPACE", "Mixed_Case"])
def test_a_reason_is_upper_snake(reason: str) -> None:
    with pytest.raises(ValueError, match="UPPER_SNAKE_CASE"):
        Finding(reason=reason, severity=Severity.INFO, span=Span(start=0, end=0))


def test_severities_are_ordered_as_on_the_wire() -> None:
    assert [int(severity) for severity in sorted(Severity)] == [1, 2, 3]
