"""Addresses, accounts and placeholders are told by their form alone."""

import pytest

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.pieces.changed import find_changed_pieces

KEPT = [
    ("Write to a@b.example.", "Пишіть на a@b.example."),
    ("See https://x.example/a.", "Див. https://x.example/a (там є все)."),
    ("Hi {name}!", "Вітаємо, {name}!"),
    ("It stands on Example.com.", "Це є на example.com."),
    ("Write to @guard or call 0800 500 335.", "Пишіть @guard або дзвоніть 0800\u00a0500\u00a0335."),
    ("Nothing to keep here.", "Тут нічого зберігати."),
]
LOST = [
    ("Write to a@b.example.", "Пишіть на a@b.exampl.", "a@b.example"),
    ("See https://x.example/A now.", "Див. https://x.example/a зараз.", "https://x.example/A"),
    ("Ask @guard now.", "Запитайте @guards зараз.", "@guard"),
    ("Hi {name}!", "Вітаємо, {ім'я}!", "{name}"),
    ("Write to @guard or call 0800 500 335.", "Пишіть @guard або дзвоніть 0800 500 336.", "0800 500 335"),
    ("Press <b>here</b>.", "Натисніть <b>тут.", "</b>"),
]


@pytest.mark.parametrize(("source", "output"), KEPT)
def test_what_is_kept_is_no_finding(source: str, output: str) -> None:
    assert find_changed_pieces(source, output) == []


@pytest.mark.parametrize(("source", "output", "piece"), LOST)
def test_what_is_lost_is_severe(source: str, output: str, piece: str) -> None:
    lost = [each for each in find_changed_pieces(source, output) if each.reason == "PROTECTED_TEXT_MISSING"]
    assert [(each.severity, each.expected) for each in lost] == [(Severity.SEVERE, piece)]


def test_an_added_placeholder_is_severe() -> None:
    (added,) = find_changed_pieces("Hello, friend.", "Вітаємо, {name}.")
    assert (added.reason, added.severity, added.found) == ("PROTECTED_TEXT_ADDED", Severity.SEVERE, "{name}")
