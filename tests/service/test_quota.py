"""A quota: how much gets through in any time, that waiting as long as told is enough and never too long, and what a long text costs."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.quota import Bucket

RATES = st.integers(1, 10**7)
STEPS = st.lists(st.tuples(st.floats(0, 300), st.integers(0, 10**6)), min_size=1, max_size=40)


def test_a_minute_s_worth_may_come_at_once_and_then_evenly() -> None:
    bucket = Bucket(per_minute=600, now=0.0)
    assert bucket.take(600, now=0.0) == 0.0
    assert bucket.take(50, now=0.0) == pytest.approx(5.0)
    assert bucket.take(50, now=4.9) == pytest.approx(0.1)
    assert bucket.take(50, now=5.0) == 0.0
    assert bucket.take(1, now=5.0) == pytest.approx(0.1)


def test_a_text_longer_than_a_minute_s_worth_waits_for_a_full_bucket_and_is_paid_for_afterwards() -> None:
    bucket = Bucket(per_minute=600, now=0.0)
    assert bucket.take(100, now=0.0) == 0.0
    assert bucket.take(6000, now=0.0) == pytest.approx(10.0)
    assert bucket.take(6000, now=10.0) == 0.0
    assert bucket.take(1, now=10.0) == pytest.approx(540.1)


def test_what_is_given_back_can_be_taken_again_and_no_more_than_that() -> None:
    bucket = Bucket(per_minute=600, now=0.0)
    assert bucket.take(600, now=0.0) == 0.0
    bucket.give_back(600)
    assert bucket.take(600, now=0.0) == 0.0
    bucket.give_back(10_000)
    assert bucket.take(600, now=0.0) == 0.0
    assert bucket.take(1, now=0.0) > 0.0


def test_nothing_costs_nothing_but_waits_for_a_debt() -> None:
    bucket = Bucket(per_minute=60, now=0.0)
    assert bucket.take(0, now=0.0) == 0.0
    assert bucket.take(120, now=0.0) == 0.0
    assert bucket.take(0, now=0.0) == pytest.approx(60.0)


@pytest.mark.parametrize("per_minute", [0, -5])
def test_a_quota_of_nothing_is_no_quota(per_minute: int) -> None:
    with pytest.raises(ValueError, match="at least one character a minute"):
        Bucket(per_minute=per_minute, now=0.0)


@given(RATES, STEPS)
def test_no_stretch_of_time_lets_more_through_than_the_quota_and_one_text(per_minute: int, steps: list[tuple[float, int]]) -> None:
    bucket, now, taken = Bucket(per_minute=per_minute, now=0.0), 0.0, list[tuple[float, int]]()
    for pause, characters in steps:
        now += pause
        if bucket.take(characters, now=now) == 0.0:
            taken.append((now, characters))
    for first, (start, _) in enumerate(taken):
        for last in range(first, len(taken)):
            before = sum(characters for _, characters in taken[first:last])
            allowed = per_minute * (1 + (taken[last][0] - start) / 60)
            assert before + min(taken[last][1], per_minute) <= allowed + 0.01 * len(steps)


@given(RATES, STEPS, st.integers(0, 10**6))
def test_waiting_as_long_as_told_is_enough_and_less_is_not(per_minute: int, steps: list[tuple[float, int]], characters: int) -> None:
    bucket, now = Bucket(per_minute=per_minute, now=0.0), 0.0
    for pause, earlier in steps:
        now += pause
        bucket.take(earlier, now=now)
    wait = bucket.take(characters, now=now)
    assert wait >= 0.0
    if wait > 0.01:
        assert bucket.take(characters, now=now + 0.9 * wait) > 0.0
    if wait:
        assert bucket.take(characters, now=now + wait) == 0.0
