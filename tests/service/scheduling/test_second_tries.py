"""Second tries of a call wait a little for others that decode alike. By example and simulated."""

from dataclasses import replace

from korotko_service.deadline import Deadline
from korotko_service.scheduling.batching import BatchPolicy
from tests.service.scheduling.simulation import ALONE, BEAM, PLAIN, Arrival, Simulation, alike, as_the_starter, chosen

SECOND_TRY = Arrival(options=BEAM, begun=True, deadline=Deadline(60.0))


def test_a_second_try_lets_a_full_batch_go_first() -> None:
    assert chosen(BatchPolicy(max_batch_sequences=2), [SECOND_TRY, *alike(3)], open_sequences=4) == [1, 2]


def test_a_second_try_waits_for_nobody_where_no_batch_would_be_full() -> None:
    assert chosen(BatchPolicy(max_batch_sequences=4), [SECOND_TRY, *alike(3)], open_sequences=4) == [0]


def test_a_first_try_with_other_options_waits_for_nobody() -> None:
    assert chosen(BatchPolicy(max_batch_sequences=2), [replace(SECOND_TRY, begun=False), *alike(3)], open_sequences=4) == [0]


def test_a_second_try_that_runs_alone_in_any_case_waits_for_nobody() -> None:
    assert chosen(BatchPolicy(max_batch_sequences=2), [replace(SECOND_TRY, options=ALONE), *alike(3)], open_sequences=4) == [0]


def test_a_second_try_waits_for_nothing_that_runs_alone() -> None:
    assert chosen(BatchPolicy(max_batch_sequences=2), [SECOND_TRY, *alike(3, options=ALONE)], open_sequences=4) == [0]


def test_a_second_try_waits_for_no_share_of_a_load_that_was_its_own() -> None:
    assert chosen(BatchPolicy(), [SECOND_TRY], open_sequences=6, workers=2, idle=2) == [0]
    assert chosen(BatchPolicy(), [SECOND_TRY], open_sequences=6, workers=2, idle=1) == []
    assert chosen(BatchPolicy(), [replace(SECOND_TRY, begun=False)], open_sequences=6, workers=2, idle=2) == []


def test_a_second_try_waits_for_company_no_longer_than_it_may() -> None:
    policy, waiting = BatchPolicy(max_batch_sequences=2, company_seconds=1.0), [SECOND_TRY, *alike(3, arrived=0.5)]
    assert chosen(policy, waiting, open_sequences=4, now=0.99) == [1, 2]
    assert chosen(policy, waiting, open_sequences=4, now=1.0) == [0]


def test_a_second_try_waits_for_company_no_longer_than_a_quarter_of_its_time() -> None:
    policy, waiting = BatchPolicy(max_batch_sequences=2), [replace(SECOND_TRY, deadline=Deadline(2.0)), *alike(3)]
    assert chosen(policy, waiting, open_sequences=4, now=0.49) == [1, 2]
    assert chosen(policy, waiting, open_sequences=4, now=0.5) == [0]


def test_second_tries_of_one_crowded_caller_come_together_and_none_is_late() -> None:
    def run(policy: BatchPolicy) -> tuple[Simulation, list[list[Arrival]]]:
        sent = iter(range(64, 2000))

        def again(now: float) -> Arrival | None:
            number = next(sent, None)
            if number is None:
                return None
            # One of eight is a second try, with less time than the others.
            tried = number % 8 == 0
            return Arrival(arrived=now, begun=tried, options=BEAM if tried else PLAIN, deadline=Deadline(now + (10 if tried else 60)))

        made = Simulation(policy=policy, arrivals=alike(64, deadline=Deadline(60.0)), seconds=as_the_starter, again=again).run()
        return made, [batch for batch in made.batches if batch[0].begun]

    (hasty, scattered), (patient, gathered) = run(BatchPolicy(company_seconds=0.0)), run(BatchPolicy())
    assert not hasty.late
    assert not patient.late
    assert len(gathered) * 2 <= len(scattered)
    assert max(patient.done.values()) < max(hasty.done.values())
