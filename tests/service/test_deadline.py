"""One instant after which no work is begun."""

import math

import pytest

from korotko_service.deadline import Deadline


@pytest.mark.parametrize(("seconds", "at"), [(None, math.inf), (2.5, 12.5), (0.0, 10.0), (-3.0, 10.0)])
def test_a_deadline_counts_from_now_and_never_backwards(seconds: float | None, at: float) -> None:
    assert Deadline.after(seconds, now=10.0) == Deadline(at)


@pytest.mark.parametrize(("now", "remaining", "passed"), [(9.0, 1.0, False), (10.0, 0.0, True), (11.0, 0.0, True)])
def test_it_passes_at_its_instant(now: float, remaining: float, passed: bool) -> None:
    assert (Deadline(10.0).remaining(now), Deadline(10.0).passed(now)) == (remaining, passed)


def test_no_deadline_never_passes() -> None:
    assert not Deadline().passed(1e300)
