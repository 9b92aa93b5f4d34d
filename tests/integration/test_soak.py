"""A short soak (`make soak`): all kinds of callers at once, and how growing memory is distinguished from a burst."""

from collections import Counter

from benchmarks.soak import Report, soak
from benchmarks.soak_load import ALLOWED
from tests.integration.process import ServerProcess

MEGABYTE = 1_000_000


async def test_all_kinds_of_callers_at_once_get_only_outcomes_that_may_come_of_them(starter: ServerProcess) -> None:
    report = await soak(starter.address, starter.pid, seconds=2)
    assert report.wrong == {}
    assert report.lost_streams == 0
    assert {caller for caller, _ in report.outcomes} == set(ALLOWED)
    assert all(size > MEGABYTE for _, size in report.memory)


def test_an_outcome_that_is_not_in_the_table_is_wrong() -> None:
    outcomes = Counter({("translate", "OK"): 5, ("translate", "INTERNAL/INTERNAL"): 1, ("cancel", "CANCELLED"): 2})
    assert Report(outcomes=outcomes, lost_streams=0, memory=()).wrong == {("translate", "INTERNAL/INTERNAL"): 1}


def test_the_slope_of_memory_is_that_of_its_growth_and_not_of_one_burst() -> None:
    steady = [(float(second), (200 + second) * MEGABYTE) for second in range(60)]
    burst = [(second, size + (500 * MEGABYTE if 20 <= second < 25 else 0)) for second, size in steady]
    assert round(Report(outcomes=Counter(), lost_streams=0, memory=steady).megabytes_per_minute) == 60
    assert abs(Report(outcomes=Counter(), lost_streams=0, memory=burst).megabytes_per_minute - 60) < 5
