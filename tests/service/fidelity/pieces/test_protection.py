"""What is protected in a text, and that it comes back whatever a model makes of the rest."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, strategies as st

from korotko_service.engines.engine import DecodingOptions, Sequence
from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.kept import check_restored
from korotko_service.fidelity.pieces.changed import find_missing
from korotko_service.fidelity.pieces.protection import Kind, Protected, protect
from korotko_service.fidelity.pieces.shield import Restored, shield
from korotko_service.fidelity.pieces.terms import Term, Terms
from korotko_service.text.document import Span
from tests import zoo

NONE = Terms()
TERMS = Terms(terms=(Term(source="Kyiv", target="Київ"), Term(source="New York"), Term(source="НАТО", case_sensitive=True)))
ENGINES = [zoo.Echo(), zoo.Upper(), zoo.Lower(), zoo.Mute(), zoo.Eating(), zoo.Doubling(), zoo.Gluing(), zoo.Backwards(), zoo.Tagged()]


def kept(text: str, terms: Terms = NONE) -> list[str]:
    return [text[piece.span.start : piece.span.end] for piece in protect(text, terms)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("See https://kyiv.ua/a_(b)?q=1&x=%20#top.", ["https://kyiv.ua/a_(b)?q=1&x=%20#top"]),
        ("(www.bbc.com/ukrainian), «https://x.com/1»!", ["www.bbc.com/ukrainian", "https://x.com/1"]),
        ("На сайті pravda.com.ua/news/1. Далі", ["pravda.com.ua/news/1"]),
        ("Node.Js і т.д., Ст.5. Він", []),
        ("Пишіть: press.office+uk@gov.ua, або @kyiv_city.", ["press.office+uk@gov.ua", "@kyiv_city"]),
        ("#СлаваУкраїні and #1 and C# and #2024рік", ["#СлаваУкраїні", "#2024рік"]),
        ("Hi {name}, {0} {} ${total} {{ user.name }} { or }", ["{name}", "{0}", "{}", "${total}", "{{ user.name }}"]),
        ("%s %d %(x)d %1$s %.2f %@ — 50% solid, 5 % dogs", ["%s", "%d", "%(x)d", "%1$s", "%.2f", "%@"]),
        ('<x1/><b class="a b">Hi</b> a<b and c>d 1 < 2 > 0', ["<x1/>", '<b class="a b">', "</b>"]),
        ("👨‍👩‍👧‍👦 came 👍🏽, 🇺🇦🇵🇱 1️⃣ ☎️ — €5 °C → №", ["👨‍👩‍👧‍👦", "👍🏽", "🇺🇦", "🇵🇱", "1️⃣", "☎️"]),
        ("Лідер 习近平 met ابو مازن in თბილისი, ταβέρνα.", ["习近平", "ابو مازن", "თბილისი", "ταβέρνα"]),
        ("The variable α of Ω, 5 μm, µg and α-rays; x² ≤ β.", ["α", "Ω", "α", "≤", "β"]),
        ("The ∑ of A∈B® (▲ 2.3 %) was −5, 3 × 4 ± 1.", ["∑", "∈", "®", "▲"]),
        (f"News {'─' * 150} of ▲ today", ["─" * 150, "▲"]),
        ("Minister resigns | BBC News | 5, so||, x|y", ["|", "|"]),
        ("Press 2⃣ or #️⃣, not #2.", ["2⃣", "#️⃣"]),
        ("© 2019–2024 The Company, ©2024; © Getty, © 20245.", ["© 2019–2024", "©2024"]),
        (r"In C:\Users\Anna\a.txt, \\srv\b (x). A: \ c", [r"C:\Users\Anna\a.txt", r"\\srv\b"]),
        (f"At https://kyiv.ua/{'a' * 5000}.", [f"https://kyiv.ua/{'a' * 5000}"]),
        ("Тел. +7 (7172) 00-00-01, +380 44 123-45-67; +20 км, +5,000,000", ["+7 (7172) 00-00-01", "+380 44 123-45-67"]),
        ("Дзвоніть 044 123 45 67, (067) 555-12-12 або 0800 500 335.", ["044 123 45 67", "(067) 555-12-12", "0800 500 335"]),
        ("0 800 500 335; 0671234567; (044) 278 11 22", ["0 800 500 335", "0671234567", "(044) 278 11 22"]),
        ("8 800 555 35 35, 8 (495) 123-45-67 и 8-800-555-35-35", ["8 800 555 35 35", "8 (495) 123-45-67", "8-800-555-35-35"]),
        ("Call (202) 555-0147, 202-555-0147 or 020 7946 0958!", ["(202) 555-0147", "202-555-0147", "020 7946 0958"]),
        ("1 200 300 hryvnias, 2024 2025, 3-1, 101-98 102-99, 1 000 000 000, 01-02-2024, 01.02.2024 10:30", []),
        ("0,044 123 45, $0 800 500 335, (120) 345 678, (2019) 100 200 300, № 0800 500 335 10, 09 30 15 20, 2019-2020-2021", []),
        ("Tom&amp;Jerry &#8212; AT&T; R&D", ["&amp;", "&#8212;"]),
    ],
)
def test_what_no_translation_may_touch_is_found(text: str, pieces: list[str]) -> None:
    assert kept(text) == pieces


def test_an_address_is_kept_whole_where_a_term_stands_in_it() -> None:
    text = "Kyiv: https://visit.example/Kyiv/New York"
    assert [(piece.text, piece.kind) for piece in protect(text, TERMS)] == [
        ("Київ", Kind.TERM),
        ("https://visit.example/Kyiv/New", Kind.ADDRESS),
    ]


@pytest.mark.parametrize(
    "unit",
    [
        "{",
        "<a ",
        "%(",
        "#",
        "@",
        "a.",
        "a-",
        "(",
        ")",
        "https://",
        "&",
        "www.)",
        "x@",
        "{{",
        "+1 ",
        "+1-",
        '<a b="',
        "7",
        "1,",
        "044 ",
        "(067) ",
        "0",
        "8 800 ",
        "c:\\",
        "© 2024-",
        "1\ufe0f",
    ],
)
def test_a_text_made_to_be_slow_is_not(unit: str) -> None:
    text = unit * (100_000 // len(unit)) + "&"  # The sign has every rule tried.
    started = time.process_time()
    protect(text, TERMS)
    assert time.process_time() - started < 3


def translated(text: str, say: Callable[[str], str], terms: Terms = TERMS) -> Restored:
    """As the pipeline does it: masked, and cut around what is protected where that fails. What has no words meets no model."""

    def asked(given: str) -> str:
        return say(given) if any(map(str.isalpha, given)) else given

    cut = shield(text, protect(text, terms))
    restored = None if cut.masked is None else cut.unmasked(asked(cut.masked))
    return restored or cut.joined([asked(core) for core in cut.cores()])


def saying(engine: zoo.Echo) -> Callable[[str], str]:
    def say(text: str) -> str:
        sequence = Sequence(text=text, source_language="en", target_language="uk", length=1)
        return engine.generate([sequence], DecodingOptions())[0].text

    return say


TERMS_AND_MARKS = ["Kyiv", "kyiv's", "New York", "НАТО", "{name}", "%s", "<b>", "</b>", "<x1/>", "&amp;", "@me", "#tag", "a@b.ua"]
WORDS = ["The", "міст", "5", "12.5", ",", ".", "(", ")", "XQ1", "XQ", "xyz2", "https://a.ua/x?y=1", "\n", "  ", "-", "—", "\0", "\\1"]
words = st.sampled_from(TERMS_AND_MARKS) | st.sampled_from(WORDS)
texts = st.lists(words | st.text(max_size=6), max_size=14).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda joint: joint.join(parts))
)


@given(text=texts)
def test_protect_and_restore_is_the_identity_for_a_model_that_changes_nothing(text: str) -> None:
    unfixed = Terms(terms=(Term(source="Kyiv"), Term(source="New York")))
    assert translated(text, str, unfixed).text == text


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: type(engine).__name__)
@given(text=texts)
def test_whatever_a_model_does_each_protected_piece_is_put_back_once(engine: zoo.Echo, text: str) -> None:
    restored = translated(text, saying(engine))
    assert sorted(placed.piece.span for placed in restored.placed) == [piece.span for piece in protect(text, TERMS)]
    assert [restored.text[placed.span.start : placed.span.end] for placed in restored.placed] == [
        placed.piece.text for placed in restored.placed
    ]
    assert all(left.span.end <= right.span.start for left, right in zip(restored.placed, restored.placed[1:], strict=False))
    assert not [finding for finding in find_missing(restored.pieces, restored.text) if finding.reason.endswith("MISSING")]


@given(text=texts, answer=texts)
def test_no_answer_however_odd_costs_a_protected_piece(text: str, answer: str) -> None:
    restored = translated(text, lambda _: answer)
    assert sorted(placed.piece.span for placed in restored.placed) == [piece.span for piece in protect(text, TERMS)]


def test_markup_that_comes_back_in_another_order_is_cut_around() -> None:
    text = "The <b> new bridge </b> opened."
    assert translated(text, saying(zoo.Backwards())).text == "The <b> bridge new </b> opened."


def test_words_between_two_tags_stay_between_them() -> None:
    def moving(text: str) -> str:
        return text.replace("XQ1 here XQ2", "here XQ1 XQ2")

    assert translated("Read <b>here</b> now.", moving).text == "Read <b>here</b> now."
    assert translated("Read <b>here</b>, <i>now</i>.", lambda text: text.replace(" XQ2,", ", XQ2")).text == "Read <b>here,</b> <i>now</i>."


def test_a_tag_glued_to_its_word_is_masked_and_glued_again() -> None:
    text = "The <b>new bridge</b>, a<i>b</i>c."
    assert shield(text, protect(text, NONE)).masked == "The XQ1 new bridge XQ2, a XQ3 b XQ4 c."
    assert translated(text, str).text == text
    assert translated(text, saying(zoo.Upper())).text == "THE <b>NEW BRIDGE</b>, A<i>B</i>C."


def test_a_tag_that_closes_before_the_full_stop_needs_no_mask() -> None:
    text = "He went <b>to town</b>."
    assert shield(text, protect(text, NONE)).masked == "He went XQ1 to town."
    assert translated(text, lambda given: given.replace("He went", "Він пішов").replace("to town", "у місто")).text == (
        "Він пішов <b>у місто</b>."
    )
    assert translated(text, lambda _: "Пішов XQ1 у місто").text == "Пішов <b>у місто</b>"
    assert translated("So <b>it is</b> .", str).text == "So <b>it is</b> ."


def test_a_tag_whose_partner_stands_outside_keeps_its_words() -> None:
    def moving(text: str) -> str:
        return {"Really XQ1, it is": "XQ1 Справді, це", "Call the XQ1 mayor": "Викличте мера XQ1"}.get(text, text.upper())

    assert translated("Really</b>, it is", moving).text == "REALLY</b>, IT IS"
    assert translated("Call the <b>mayor", moving).text == "CALL THE <b>MAYOR"


def test_a_tag_stands_at_its_words_where_the_model_puts_them_in_quotes() -> None:
    assert translated('He said <b>"Now"</b> twice.', lambda text: text.replace('XQ1"Now"XQ2', "XQ1 «Тепер» XQ2")).text == (
        "He said <b>«Тепер»</b> twice."
    )


@pytest.mark.parametrize("text", ["Go to {name}s now", "{name}Kyiv {x}y is here"])
def test_what_is_part_of_a_word_is_cut_around(text: str) -> None:
    assert shield(text, protect(text, NONE)).masked is None


def test_no_model_is_told_of_emoji_around_the_words() -> None:
    text = "🇺🇦 The family arrived. ❤️"
    framed = shield(text, protect(text, NONE))
    assert framed.masked is None
    assert framed.joined(["", "Родина прибула.", ""]).text == "🇺🇦 Родина прибула. ❤️"
    assert shield("Good 👍🏽 news", protect("Good 👍🏽 news", NONE)).masked == "Good XQ1 news"


def test_a_term_is_not_glued_to_a_word_that_stood_behind_a_mark() -> None:
    pieces = [Protected(span=Span(start=0, end=4), text="Київ", kind=Kind.TERM)]
    assert shield("Kyiv's mayor left.", pieces).joined(["", "мер пішов."]).text == "Київ мер пішов."
    assert shield("Kyiv, the city.", pieces).joined(["", ", місто."]).text == "Київ, місто."


def test_a_text_with_the_mask_in_it_gets_another() -> None:
    assert shield("XQ1 {name} is here", protect("XQ1 {name} is here", NONE)).masked == "XQ1 XYZ1 is here"


def piece(text: str, term: Term | None = None) -> Protected:
    return Protected(span=Span(start=0, end=len(text)), text=text, kind=Kind.TERM if term else Kind.PLACEHOLDER, term=term)


def test_what_is_lost_is_severe_and_named() -> None:
    fixed = piece("міст", Term(source="bridge", target="міст"))
    findings = find_missing([fixed, piece("{a}"), piece("{a}")], "Тут лише {a}.")
    assert [(each.reason, each.severity, each.expected) for each in findings] == [
        ("GLOSSARY_TERM_MISSING", Severity.SEVERE, "міст"),
        ("PROTECTED_TEXT_MISSING", Severity.SEVERE, "{a}"),
    ]


def test_a_placeholder_that_a_model_adds_is_severe_and_an_address_is_not() -> None:
    findings = find_missing([piece("{a}")], "Привіт {a} {b} https://a.ua")
    assert [(each.reason, each.found, each.span) for each in findings] == [("PROTECTED_TEXT_ADDED", "{b}", Span(start=11, end=14))]
    assert find_missing([piece("{a} %s", Term(source="x", target="{a} %s"))], "Привіт {a} %s") == []


def test_stress_marks_are_part_of_no_name() -> None:
    restored = Restored(text="The train went to Kyiv.")
    assert check_restored("Поїзд пішов до Киї́ва.", restored, source_language="uk", target_language="en") == ()


def test_checks_of_what_a_model_wrote_do_not_see_what_was_protected() -> None:
    text = "Read https://news.example/2024/05/12/all-about-the-new-bridge-in-the-city today."
    restored = translated(text, lambda given: given.replace("Read", "Прочитайте").replace("today", "сьогодні"))
    assert check_restored(text, restored, source_language="en", target_language="uk") == ()
    alone = "https://news.example/one-two-three"
    assert check_restored(alone, translated(alone, str), source_language="en", target_language="uk") == ()


def test_a_finding_beside_protected_text_quotes_the_text_itself() -> None:
    text = "The bridge {name} was opened by them in the very end."
    findings = check_restored(text, translated(text, str), source_language="en", target_language="uk")
    assert {each.reason: each.found for each in findings}["UNTRANSLATED"] == text


def test_a_lost_number_is_still_found_beside_protected_text() -> None:
    text = "{name} paid 40 euros for the new bridge."
    restored = translated(text, lambda given: given.split()[0] + " заплатив 50 євро за новий міст.")
    assert "NUMBER_NOT_IN_SOURCE" in {each.reason for each in check_restored(text, restored, source_language="en", target_language="uk")}
