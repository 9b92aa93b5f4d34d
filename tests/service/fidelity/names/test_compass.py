"""Points of the compass: one that became another is found, one that a language says otherwise is left alone."""

import pytest

from korotko_service.fidelity.check import check
from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.names.compass import find_turned


@pytest.mark.parametrize(
    ("source", "output", "languages", "found", "expected"),
    [
        ("North Korea attacked South Korea.", "Південна Корея атакувала Південну Корею.", ("en", "uk"), "Південну", "North"),
        ("Ships left for the east.", "Корабли ушли на запад.", ("en", "ru"), "запад", "east"),
        ("Східна Україна під обстрілом.", "Western Ukraine is under fire.", ("uk", "en"), "Western", "Східна"),
        ("Ветер с севера усилился.", "Вітер з півдня посилився.", ("ru", "uk"), "півдня", "севера"),
        ("Бої точаться на північному сході.", "Fighting goes on in the southeast.", ("uk", "en"), "south", "північному"),
        ("На Заході чекають змін.", "Changes are awaited in the East.", ("uk", "en"), "East", "Заході"),
        ("It formed at 35°W.", "Він утворився на 35° східної довготи.", ("en", "uk"), "східної", "W"),
        ("It formed at 35° W.", "Он возник на 35° в. д.", ("en", "ru"), "в. д", "W"),
        ("Місто лежить на 50°27′ пн. ш.", "The city lies at 50°27′S.", ("uk", "en"), "S", "пн. ш"),
        ("Город лежит на 50° с. ш.", "Місто лежить на 50° пд. ш.", ("ru", "uk"), "пд. ш", "с. ш"),
    ],
)
def test_a_point_that_became_another_is_a_warning(source: str, output: str, languages: tuple[str, str], found: str, expected: str) -> None:
    (finding,) = find_turned(source, output, source_language=languages[0], target_language=languages[1])
    assert (finding.reason, finding.severity) == ("NAME_NOT_IN_SOURCE", Severity.WARNING)
    assert (finding.found, finding.expected) == (found, expected)
    assert output[finding.span.start : finding.span.end] == found
    assert finding in check(source, output, source_language=languages[0], target_language=languages[1])


@pytest.mark.parametrize(
    ("source", "output", "languages"),
    [
        ("South Africa won.", "ПАР перемогла.", ("en", "uk")),
        ("Події на південному сході.", "Events in the south-east.", ("uk", "en")),
        ("Заходи безпеки посилено на півночі.", "Security measures were tightened in the north.", ("uk", "en")),
        ("Схід сонця на півдні о шостій.", "Sunrise in the south is at six.", ("uk", "en")),
        ("The Northampton ground is in the east.", "Стадион Нортгемптона находится на востоке.", ("en", "ru")),
        ("Westminster is south of the river.", "Вестминстер лежит к югу от реки.", ("en", "ru")),
        ("The Middle East and Western Europe.", "Близький Схід і Західна Європа.", ("en", "uk")),
        ("He lives in the West End.", "Він живе у Вест-Енді.", ("en", "uk")),
        ("Северо-восток Украины.", "The northeast of Ukraine.", ("ru", "en")),
        ("The bridge is open.", "Північний міст відкрито.", ("en", "uk")),
        ("A warning from the west lasted until midnight.", "Попередження із заходу діяло до півночі.", ("en", "uk")),
        ("Yugra lies east of the Urals.", "Югра лежит за Уралом.", ("en", "ru")),
        ("It formed at 35°W, east of 20° E.", "Він утворився на 35° зх. д., на схід від 20° сх. д.", ("en", "uk")),
        ("It formed east of 35°W.", "Він утворився на схід від 35-го меридіана західної довготи.", ("en", "uk")),
        ("Город лежит на 50° с. ш. и 30° в. д.", "The city lies at 50°N 30°E.", ("ru", "en")),
        ("It was 20° in the east.", "На востоке было 20 °С.", ("en", "ru")),
        ("Seversk is in the west.", "Северск лежит в стороне заката.", ("en", "ru")),
    ],
)
def test_the_same_point_said_otherwise_is_none(source: str, output: str, languages: tuple[str, str]) -> None:
    assert find_turned(source, output, source_language=languages[0], target_language=languages[1]) == []
