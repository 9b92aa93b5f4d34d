"""A sentence opens with a capital where its source does."""

import pytest

from korotko_service.fidelity.pieces.protection import Kind, Protected
from korotko_service.fidelity.pieces.shield import Placed, Restored
from korotko_service.pipeline.candidate import Candidate
from korotko_service.pipeline.opening import opened
from korotko_service.pipeline.rendering import Sentence
from korotko_service.text.document import Span


def said(text: str, output: str, target: str = "uk", placed: tuple[Placed, ...] = ()) -> str:
    return opened(Sentence(text=text, language="en"), Candidate(output=Restored(text=output, placed=placed)), target).text


def test_a_forgotten_capital_is_put_back() -> None:
    assert said("The supermarket closed.", "супермаркет закрився.") == "Супермаркет закрився."
    assert said('"The tsunami came.', "«цунамі прийшло.") == "«Цунамі прийшло."


def test_a_mark_that_opens_has_no_space_behind_it() -> None:
    assert said("The firm (once Twitter) left.", "Компанія ( колишній Twitter) пішла.") == "Компанія (колишній Twitter) пішла."
    assert said("“We are here,” he said.", "« Ми тут», — сказав він.") == "«Ми тут», — сказав він."
    assert said("She said ( we are here).", "Вона сказала, що ( ми тут).") == "Вона сказала, що ( ми тут)."


@pytest.mark.parametrize(
    ("text", "output", "wanted"),
    [
        ("Maybe.", "Можливо,.", "Можливо."),
        ("The talks end at 2.", "Переговори закінчаться о 2..", "Переговори закінчаться о 2."),
        ("Perhaps...", "Можливо...", "Можливо..."),
        ("Really?... No!...", "Невже?.. Ні!..", "Невже?.. Ні!.."),
        ("He wrote ,. and left.", "Він написав ,. і пішов.", "Він написав ,. і пішов."),
    ],
)
def test_a_mark_too_many_before_a_full_stop_is_taken_out(text: str, output: str, wanted: str) -> None:
    assert said(text, output) == wanted


def test_a_time_of_24_hours_before_its_half_is_told_by_twelve() -> None:
    sentence = Sentence(text="Початок о 18:30.", language="uk")
    assert opened(sentence, Candidate(output=Restored(text="It begins at 18:30 p.m.")), "en").text == "It begins at 6:30 p.m."


def test_english_words_are_well_formed() -> None:
    sentence, candidate = Sentence(text="Це школа.", language="uk"), Candidate(output=Restored(text="a old school of the 3th street."))
    assert opened(sentence, candidate, "en").text == "An old school of the 3rd street."
    assert opened(sentence, candidate, "de").text == candidate.text


@pytest.mark.parametrize(
    ("text", "output", "wanted"),
    [
        ("said the commander, Anatolii Kryvonozhko.", "Сказав командувач Анатолій Кривоножко.", "сказав командувач Анатолій Кривоножко."),
        ("shelters for Kyiv schools", "Укриття для київських шкіл", "укриття для київських шкіл"),
        ("said the mayor, Ann Lee.", "Мер Енн Лі сказала.", "мер Енн Лі сказала."),
        ("said Ann Lee, the mayor.", "Енн Лі сказала.", "Енн Лі сказала."),
        ("iPhone sales in Kyiv fell.", "Продажі iPhone в Києві впали.", "Продажі iPhone в Києві впали."),
        ("hi how are you", "Привіт, як справи", "Привіт, як справи"),
        ("in Kyiv, the UN met.", "ООН зустрілася в Києві.", "ООН зустрілася в Києві."),
    ],
)
def test_what_goes_on_with_a_sentence_opens_with_a_small_letter(text: str, output: str, wanted: str) -> None:
    assert said(text, output) == wanted


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("the supermarket closed", "супермаркет закрився"),
        ("The iPhone is out.", "iPhone вийшов."),
        ("Five died.", "5 загинули."),
        ("5 died.", "п'ять загинули."),
        ("Yes.", "..."),
        ("Version 2 is out.", "v2 вийшла."),
        ("Example.com is down.", "example.com не працює."),
        ("Write to us.", "news@example.com, пишіть."),
    ],
)
def test_what_needs_none_stays_as_it_is(text: str, output: str) -> None:
    assert said(text, output) == output


def test_a_protected_piece_keeps_its_letters() -> None:
    span = Span(start=0, end=7)
    placed = (Placed(piece=Protected(span=span, text="korotko", kind=Kind.TERM), span=span),)
    assert said("Korotko is out.", "korotko вийшов.", placed=placed) == "korotko вийшов."


def test_a_sentence_that_no_model_read_is_left_alone() -> None:
    assert said("Kyiv", "kyiv", target="en") == "kyiv"
