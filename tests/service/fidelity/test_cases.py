"""A thousand hand-made right and wrong translations, each held to what it must be warned of; gaps are known and listed openly."""

from collections import Counter

import pytest

from korotko_service.fidelity.check import check
from korotko_service.fidelity.finding import Severity
from tests.service.fidelity.hand_made import Case, cases, is_gap

LEAST_A_PAIR = 200


def marked(case: Case) -> object:
    gap = [pytest.mark.xfail(strict=True, reason="a known gap, see docs/faithfulness.md")] if is_gap(case) else []
    return pytest.param(case, id=case.name, marks=gap)


@pytest.mark.parametrize("case", [marked(case) for case in cases()])
def test_a_wrong_translation_is_warned_of_and_a_right_one_is_not(case: Case) -> None:
    found = check(case.source, case.output, source_language=case.source_language, target_language=case.target_language)
    warned = {finding.reason for finding in found if finding.severity >= Severity.WARNING}
    if case.expected:
        assert warned & case.expected
    else:
        assert warned == set()


def test_each_pair_has_two_hundred_cases_of_both_kinds() -> None:
    by_pair = Counter((case.pair, bool(case.expected)) for case in cases())
    for pair in ("en-uk", "en-ru", "uk-ru"):
        assert by_pair[pair, True] + by_pair[pair, False] >= LEAST_A_PAIR
        assert min(by_pair[pair, True], by_pair[pair, False]) >= LEAST_A_PAIR / 4
