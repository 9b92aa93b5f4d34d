"""Units and halves of the day are put right without a model, in words that fit any sentence, and nothing protected is touched."""

import pytest

from korotko_service.fidelity.mends.mending import right_measures
from korotko_service.fidelity.numbers.scan import scan
from korotko_service.fidelity.pieces.protection import Kind, Protected
from korotko_service.fidelity.pieces.shield import Placed, Restored
from korotko_service.text.document import Span
from tests.service.fidelity.put_right import expect_put_right

MENDED = [
    ("He gave 450 millilitres of blood.", "Донор подарил 450 миллиметров крови.", "en", "ru", "Донор подарил 450 мл крови."),
    ("A tumour of 4 cm.", "Пухлина з 4 км.", "en", "uk", "Пухлина з 4 см."),
    ("They used 250 kWh.", "Вони спожили 250 кВт.", "en", "uk", "Вони спожили 250 кВт·год."),
    ("Донор здав 450 мілілітрів.", "He gave 450 millimetres.", "uk", "en", "He gave 450 ml."),
    ("It took 6 weeks.", "Це тривало 6 місяців.", "en", "uk", "Це тривало 6 тижнів."),
    ("It took about 3 days.", "Це тривало близько 3 годин.", "en", "uk", "Це тривало близько 3 днів."),
    ("Он ждал 1 день.", "He waited 1 hour.", "ru", "en", "He waited 1 day."),
    ("It was 40 °F.", "Було 40 градусів Цельсія.", "en", "uk", "Було 40 °F."),
    ("It went at 20 mph.", "Він їхав 20 км/год.", "en", "uk", "Він їхав 20 миль/год."),
    ("It covers 5 km².", "Площа 5 км.", "en", "uk", "Площа 5 км²."),
    ("The dose is 500 mg a day.", "Доза 500 мгів на день.", "en", "uk", "Доза 500 мг на день."),
    ("A dose of 500 mg and 4 cm.", "Доза 500 кг і 4 км.", "en", "uk", "Доза 500 мг і 4 см."),
    ("It starts at 7:30 pm.", "Початок о 7:30 ранку.", "en", "uk", "Початок о 19:30."),
    ("It is set for 2 p.m.", "Это назначено на 2:00.", "en", "ru", "Это назначено на 14:00."),
    ("It fell at 12:30 a.m.", "Воно впало о 12:30.", "en", "uk", "Воно впало о 0:30."),
    ("It begins at 8 p.m.", "Початок о 8-й годині.", "en", "uk", "Початок о 8-й годині вечора."),
    ("It begins at 8 p.m.", "Начало в 8 утра.", "en", "ru", "Начало в 8 вечера."),
    ("It begins at 3 a.m.", "Начало в 3 часа дня.", "en", "ru", "Начало в 3 часа ночи."),
    ("Матч о 7:30 вечора.", "The match is at 7.30 a.m.", "uk", "en", "The match is at 7.30 p.m."),
    ("Матч о 8-й вечора.", "The match is at 8 o'clock.", "uk", "en", "The match is at 8 p.m."),
    ("Матч о 8-й вечора у Львові.", "The match is at 8 in Lviv.", "uk", "en", "The match is at 8 p.m. in Lviv."),
]
LEFT = [
    ("It weighs 30 kg.", "Це важить 30 кг.", "en", "uk"),  # right
    ("Open from 9 am to 9 pm.", "Відчинено з 9 до 9.", "en", "uk"),  # which is which?
    ("It took 6 weeks.", "Це 6-місячний строк.", "en", "uk"),  # an adjective
    ("Snow 112 cm deep fell.", "Випало сніг 112 сніг.", "en", "uk"),  # what stands there is another word
    ("Він їхав 20 км/год.", "He went at 20 mph.", "uk", "en"),  # "km" would lose the hour
    ("It was 40 degrees.", "Було 40 км.", "en", "uk"),  # of which scale?
]


@pytest.mark.parametrize(("source", "output", "read", "written", "right"), MENDED)
def test_a_wrong_unit_or_half_is_put_right(source: str, output: str, read: str, written: str, right: str) -> None:
    expect_put_right(right_measures, (source, output, read, written), right)


@pytest.mark.parametrize(("source", "output", "read", "written"), LEFT)
def test_what_is_right_or_unclear_is_left_alone(source: str, output: str, read: str, written: str) -> None:
    assert right_measures(source, Restored(text=output), read, written) is None


def test_what_is_protected_stays_as_it_is() -> None:
    piece = Protected(span=Span(start=12, end=16), text="4 км", kind=Kind.TERM)
    output = Restored(text="Пухлина з 4 км.", placed=(Placed(piece=piece, span=Span(start=10, end=14)),), pieces=(piece,))
    assert right_measures("A tumour of 4 cm.", output, "en", "uk") is None


def test_a_mend_reads_the_numbers_that_the_checks_have_read_and_spoils_none() -> None:
    text = "Пухлина з 4 км за 7 днів."
    checked = scan(text, "uk")
    right_measures("A tumour of 4 cm in 7 days.", Restored(text=text), "en", "uk")
    again = scan(text, "uk")
    assert all(one is two for one, two in zip(checked, again, strict=True))
    again.clear()
    assert scan(text, "uk") == checked
