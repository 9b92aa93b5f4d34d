"""The ledger of texts that killed a worker."""

from dataclasses import replace

import pytest

from korotko_service.scheduling.quarantine import Quarantine, Standing
from tests.service.scheduling.desk import sequence

TEXT = sequence("a text")


def test_nothing_is_known_of_a_new_text() -> None:
    assert Quarantine().standing(TEXT, now=0.0) is Standing.CLEAR


def test_a_suspect_is_cleared_by_an_answer() -> None:
    ledger = Quarantine()
    ledger.suspect(TEXT, now=0.0)
    assert ledger.standing(TEXT, now=1.0) is Standing.SUSPECT
    ledger.clear(TEXT)
    assert ledger.standing(TEXT, now=1.0) is Standing.CLEAR


def test_a_convict_is_not_made_a_suspect_again() -> None:
    ledger = Quarantine()
    ledger.blame(TEXT, killed=False, now=0.0)
    ledger.suspect(TEXT, now=1.0)
    assert ledger.standing(TEXT, now=2.0) is Standing.CONVICT


@pytest.mark.parametrize("change", [{"text": "a texT"}, {"source_language": "ru"}, {"target_language": "en"}])
def test_another_text_or_direction_is_not_guilty_of_it(change: dict[str, str]) -> None:
    ledger = Quarantine()
    ledger.blame(TEXT, killed=False, now=0.0)
    assert ledger.standing(replace(TEXT, **change), now=1.0) is Standing.CLEAR


def test_the_same_text_sent_again_is() -> None:
    ledger = Quarantine()
    ledger.blame(sequence("a text"), killed=False, now=0.0)
    assert ledger.standing(sequence("a text"), now=1.0) is Standing.CONVICT


@pytest.mark.parametrize(("standing", "seconds"), [(Standing.SUSPECT, 600.0), (Standing.CONVICT, 3600.0)])
def test_an_entry_expires(standing: Standing, seconds: float) -> None:
    ledger = Quarantine()
    if standing is Standing.SUSPECT:
        ledger.suspect(TEXT, now=0.0)
    else:
        ledger.blame(TEXT, killed=False, now=0.0)
    assert ledger.standing(TEXT, now=seconds - 1) is standing
    assert ledger.standing(TEXT, now=seconds) is Standing.CLEAR
    assert len(ledger) == 0


def test_the_ledger_is_bounded_and_forgets_the_oldest() -> None:
    ledger = Quarantine(capacity=3)
    for number in range(5):
        ledger.blame(sequence(f"text {number}"), killed=False, now=0.0)
    known = [ledger.standing(sequence(f"text {number}"), now=1.0) is Standing.CONVICT for number in range(5)]
    assert known == [False, False, True, True, True]


def test_a_text_that_is_no_valid_unicode_has_a_digest_too() -> None:
    ledger = Quarantine()
    ledger.blame(sequence("half a pair: \ud83d"), killed=False, now=0.0)
    assert ledger.standing(sequence("half a pair: \ud83d"), now=1.0) is Standing.CONVICT


def test_a_text_is_not_blamed_for_a_worker_that_somebody_killed_until_that_goes_on() -> None:
    ledger = Quarantine()
    ledger.suspect(TEXT, now=0.0)
    blamed = [ledger.blame(TEXT, killed=True, now=float(second)) for second in range(3)]
    assert blamed == [Standing.SUSPECT, Standing.SUSPECT, Standing.CONVICT]
    assert ledger.standing(TEXT, now=601.0) is Standing.CONVICT
    assert ledger.standing(TEXT, now=602.0) is Standing.CLEAR


def test_an_answer_ends_the_count_of_killings() -> None:
    ledger = Quarantine()
    for _ in range(3):
        ledger.blame(TEXT, killed=True, now=0.0)
        ledger.blame(TEXT, killed=True, now=0.0)
        assert ledger.standing(TEXT, now=0.0) is Standing.SUSPECT
        ledger.clear(TEXT)


def test_a_crash_convicts_at_once_however_workers_ended_before() -> None:
    ledger = Quarantine()
    assert ledger.blame(TEXT, killed=True, now=0.0) is Standing.SUSPECT
    assert ledger.blame(TEXT, killed=False, now=1.0) is Standing.CONVICT
    ledger.suspect(TEXT, now=2.0)
    assert ledger.standing(TEXT, now=3000.0) is Standing.CONVICT
