"""A person who goes together with the "and" before or behind is missed; one who became a pronoun is not."""

import pytest

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.names.names import compare_names


def missing(source: str, output: str, read: str, written: str) -> list[tuple[str, Severity]]:
    found = compare_names(source, output, source_language=read, target_language=written)
    return [(each.expected, each.severity) for each in found if each.reason == "NAME_MISSING"]


@pytest.mark.parametrize(
    ("read", "written", "source", "output", "lost"),
    [
        ("en", "uk", "They met Bondarenko and Kowalski in town.", "Вони зустріли Ковальського.", "Bondarenko"),
        ("en", "ru", "The court questioned Bondarenko and his brother.", "Суд допросил его брата.", "Bondarenko"),
        ("uk", "ru", "Суд допитав сестру та Бондаренка в середу.", "Суд допросил сестру в среду.", "Бондаренка"),
        ("uk", "en", "Суд допитав Бондаренка та його брата.", "The court questioned his brother.", "Бондаренка"),
    ],
)
def test_a_person_who_goes_with_the_link_is_a_warning(read: str, written: str, source: str, output: str, lost: str) -> None:
    assert missing(source, output, read, written) == [(lost, Severity.WARNING)]


@pytest.mark.parametrize(
    ("read", "written", "source", "output"),
    [
        ("en", "uk", "The court questioned Bondarenko and his brother.", "Суд допитав його та брата."),
        ("en", "ru", "The court questioned Bondarenko yesterday.", "Вчера суд допросил его."),
        ("uk", "ru", "Учора суд допитав Бондаренка, а брата ні.", "Вчера суд допросил его, а брата нет."),
    ],
)
def test_a_person_who_became_a_pronoun_is_an_info(read: str, written: str, source: str, output: str) -> None:
    assert [severity for _, severity in missing(source, output, read, written)] == [Severity.INFO]
