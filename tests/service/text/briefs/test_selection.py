"""Selection: a brief keeps its limits, repeats nothing and stands alone."""

import time

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.text.briefs.independence import independence
from korotko_service.text.briefs.ranking import RankingHints, rank
from korotko_service.text.briefs.selection import BriefLimits, pick
from korotko_service.text.briefs.sense import sense
from korotko_service.text.sentences.segmentation import segment

THREE = BriefLimits(max_sentences=3)
TWO = BriefLimits(max_sentences=2)
ONE = BriefLimits(max_sentences=1)


def test_picked_sentences_stand_in_the_order_of_the_article() -> None:
    document = segment("Cats sleep here. Dogs bark there. Birds sing above.")
    assert pick(document, [0.2, 0.1, 0.9], limits=TWO) == (0, 2)


def test_the_same_thing_is_not_said_twice() -> None:
    document = segment("The council bought twenty trams. Twenty trams were bought by the council. Rents fell by half.")
    assert pick(document, [0.9, 0.85, 0.8], limits=TWO) == (0, 2)


def test_sentence_said_fifty_times_is_said_once() -> None:
    document = segment("The president spoke in Kyiv about the war. " * 50)
    assert pick(document, rank(document, hints=RankingHints()), limits=THREE) == (0,)


def test_the_fuller_of_two_sentences_with_one_story_stays() -> None:
    document = segment(
        "Президент Франции Макрон прибыл в Киев. Президент Франции Эммануэль Макрон прибыл в Киев с визитом в понедельник. "
        "Стороны обсудят поставки вооружений."
    )
    assert pick(document, [1.0, 0.9, 0.2], limits=THREE) == (1, 2)
    assert pick(document, [0.9, 1.0, 0.2], limits=TWO) == (1, 2)


def test_the_fuller_sentence_does_not_take_the_place_of_one_where_it_does_not_fit() -> None:
    document = segment("Trams came to Kyiv. Trams came to Kyiv today after all. Rents fell.")
    assert pick(document, [1.0, 0.5, 0.4], limits=BriefLimits(max_sentences=2, max_characters=31)) == (0, 2)


def test_a_fuller_sentence_far_below_does_not_push_the_lead_out() -> None:
    document = segment(
        "Kyiv has opened a new bridge over the Dnipro. The work took four years. It cost 40 million euros. Trams follow in May. "
        "The mayor said that the new bridge over the Dnipro that Kyiv opened will one day be named after a poet."
    )
    assert pick(document, [1.0, 0.1, 0.2, 0.3, 0.9], limits=TWO) == (0, 4)


def test_of_sentences_that_weigh_much_the_same_the_one_with_an_amount_goes_into_the_brief() -> None:
    document = segment("The council opened a tram line. The mayor cut a ribbon at the depot. Tickets cost 40 hryvnias for 90 minutes.")
    assert pick(document, [1.0, 0.5, 0.45], limits=TWO) == (0, 2)
    assert pick(document, [1.0, 0.5, 0.2], limits=TWO) == (0, 1)


@pytest.mark.parametrize(
    "plain",
    [
        "Its first driver, Ann Lee, 36, waved on 3 May 2027 at 7:25.",
        "Rides of 90 minutes cost each passenger 40 hryvnias.",
    ],
)
def test_dates_ages_and_amounts_that_are_told_already_lift_nothing(plain: str) -> None:
    document = segment(f"A tram ticket is 40 hryvnias for 90 minutes. The mayor cut a ribbon at the depot. {plain}")
    assert pick(document, [1.0, 0.5, 0.45], limits=TWO) == (0, 1)


@pytest.mark.parametrize(
    "toll",
    ["Two children have died, and nine are in hospital.", "Двоє дітей померли.", "Двое детей погибли, одна девочка ранена."],
)
def test_no_sums_push_the_dead_out(toll: str) -> None:
    document = segment(f"Measles has closed all schools of the county. {toll} Teams gave 1,480 jabs in 31 villages.")
    assert pick(document, [1.0, 0.5, 0.48], limits=TWO) == (0, 1)


def test_victims_whom_the_brief_tells_of_lift_no_other_sentence() -> None:
    document = segment("A storm killed two people. Schools closed all over the county. A man was killed by a tree in Stryi.")
    assert pick(document, [1.0, 0.5, 0.45], limits=TWO) == (0, 1)


def test_the_lead_is_chosen_by_its_score_and_not_by_its_amounts() -> None:
    document = segment("The council opened a tram line. Tickets cost 40 hryvnias for 90 minutes.")
    assert pick(document, [1.0, 0.95], limits=ONE) == (0,)


def test_the_opposite_is_other_news() -> None:
    document = segment("The court did not convict the minister of fraud. The court convicted the minister's aide of fraud.")
    assert pick(document, [1.0, 0.9], limits=TWO) == (0, 1)


def test_another_number_is_other_news() -> None:
    document = segment("The council bought 20 trams in May. The council bought 30 trams in May.")
    assert pick(document, [1.0, 0.9], limits=TWO) == (0, 1)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Росія обстріляла Україну дронами.", "Україна обстріляла Росію дронами."),
        ("Russia attacked Ukraine with drones.", "Ukraine attacked Russia with drones."),
        ("Динамо обыграло Зенит.", "Зенит обыграл Динамо в марте."),
        ("The U.S. has signed the treaty on the Arctic.", "The U.K. has signed the treaty on the Arctic."),
        ("It was backed by the E.U. and rejected by the U.N.", "It was backed by the U.N. and rejected by the E.U. in May."),
        ("No. 10 declined to comment.", "The F.B.I. did not comment."),
    ],
)
def test_the_same_words_about_others_are_other_news(first: str, second: str) -> None:
    document = segment(f"Talks go on in Vienna.\n\n{first}\n\n{second}")
    index = len(document.segments) - 2
    scores = [0.1] * index + [1.0, 0.9]
    assert set(pick(document, scores, limits=TWO)) >= {index}
    assert sense(first).tells_the_same_as(sense(second)) is False


def test_where_all_have_room_only_what_stands_in_another_sentence_goes() -> None:
    document = segment("Dogs bit a man in Kyiv. A man bit dogs in Kyiv. Dogs bit a man.")
    assert pick(document, [1.0, 0.9, 0.8], limits=THREE) == (0, 1)


@pytest.mark.parametrize("piece", ["« ", "„", "a'b", '"', "1 р. ", "In it "])
def test_an_endless_sentence_is_weighed_in_linear_time(piece: str) -> None:
    document = segment("The bridge. " + piece * (100_000 // len(piece)))
    started = time.process_time()
    pick(document, rank(document, hints=RankingHints()), limits=THREE)
    assert time.process_time() - started < 10  # a quadratic step takes 20 s and more


@pytest.mark.parametrize(
    "half",
    [
        "He said: “We will win.",
        "— Резерви становлять 40 млрд дол.»",
        "O'Hagan said: 'The investigation is open.",
        "'So far it holds.",
        "It is vital to the case.'",
    ],
)
def test_half_of_a_quotation_comes_in_only_where_there_is_nothing_else(half: str) -> None:
    document = segment(f"{half}\n\nRents fell in the whole city.")
    assert pick(document, [1.0, 0.1], limits=TWO) == (1,)
    assert pick(segment(half), [1.0], limits=TWO) == (0,)


@pytest.mark.parametrize(
    "line",
    [
        "«Динамо»: Нещерет – Тимчик (Караваєв, 68), Попов, Михавко, Дубінчак – Бражко, Шапаренко – Кабаєв, Ярмоленко – Ванат",
        "Arsenal (4-3-3): Raya; White, Saliba, Gabriel, Timber; Rice, Merino, Saka.",
        "Scorers: Rovers – Lindqvist 58, Okafor 87, 90+4.",
        "Аннотация.",
        "Att: 31,406.",
    ],
)
def test_the_names_of_a_team_and_single_words_come_in_only_where_there_is_nothing_else(line: str) -> None:
    document = segment(f"City won the cup\n\nThe city won the cup for the first time.\n\n{line}\n\nRents fell in the whole city.")
    assert pick(document, [0.0, 1.0, 0.9, 0.1], limits=THREE) == (1, 3)
    assert pick(segment(line), [1.0], limits=TWO) == (0,)


@pytest.mark.parametrize(
    "sentence", ["The students' rights hold.", "O'Hagan said: 'We won.'", "It's the city's plan.", "ТОВ «Торговий дім «Мрія» закрито."]
)
def test_apostrophes_and_whole_quotations_break_nothing(sentence: str) -> None:
    document = segment(f"{sentence}\n\nRents fell in the whole city.")
    assert pick(document, [1.0, 0.1], limits=TWO) == (0, 1)


@pytest.mark.parametrize(
    "sentence",
    ["“We will win,” he said.", "«Ми переможемо», — сказав він.", "Who will win?", "Він сказав: «Ми", "Here is the list:", "And then…"],
)
def test_quotes_fragments_and_questions_do_badly(sentence: str) -> None:
    assert independence(sentence) < 1.0


@pytest.mark.parametrize(
    "sentence",
    [
        "The city's council met.",
        "Рада ухвалила закон «Про мову» в другому читанні.",
        'He read "Dune" twice.',
        "Сторони узгодили перемир’я в Чорному морі.",
        "World War I ended in November.",
        "The mayor said: “We will win back what is ours in the end.” on the first of many long days of talks in the hall.",
        "BREAKING NEWS: Fire at the port of Odesa stopped grain exports.",
        "СРОЧНО: В Омске сгорел склад.",
        "Книга — об отце и сыне, сказал автор на встрече.",
    ],
)
def test_plain_sentences_stand_alone(sentence: str) -> None:
    assert independence(sentence) == 1.0


@pytest.mark.parametrize(
    "sentence",
    [
        "— Публіка розумніша, ніж думають директори.",
        "MH: Not at first.",
        "ЛІНІВ: У травні оркестр поїде до Мілана.",
        "I said that it would take three years.",
        "That night, as I said, will come again.",
        "Я вважаю, що це помилка.",
        "Arsenal (4-3-3): Raya; White, Saliba, Gabriel.",
        "Голи: Судаков, 14 – Попов, 67.",
        "Goals: Havertz 44, Odegaard 70; Palmer 6, 31 (pen).",
        "Штрафы.",
        "Нагадаємо, у вересні уряд подав проєкт бюджету до Ради.",
        "Ранее сообщалось, что мост закрыт до мая.",
        "Раніше ми писали, що в Одесі подорожчав проїзд.",
        "Що передувало: у вересні уряд подав проєкт бюджету.",
        "Here is what the experts say actually works.",
        "Про це повідомила пресслужба опери.",
        "Об этом сообщает агентство.",
        "А.Е.: Денег не было.",
        "Режиссер Айсулу Ермекова — о призе в Локарно, цензуре и степи",
        "Колумнист Андрей Колесов — о том, почему страна не заметила дефицит",
        "Міністр Іван Коваль – про дороги, гроші та вибори",
    ],
)
def test_speech_that_nobody_is_said_to_speak_lists_of_players_and_reminders_do_badly(sentence: str) -> None:
    assert independence(sentence) < 1.0


def test_characters_between_sentences_count() -> None:
    document = segment("Cats sleep. Dogs bark.")
    assert pick(document, [1.0, 0.9], limits=BriefLimits(max_sentences=2, max_characters=22)) == (0, 1)
    assert pick(document, [1.0, 0.9], limits=BriefLimits(max_sentences=2, max_characters=21)) == (0,)


def test_nothing_is_picked_only_if_nothing_fits() -> None:
    document = segment("Cats sleep here all day long. Dogs bark.")
    assert pick(document, [1.0, 0.1], limits=BriefLimits(max_sentences=1, max_characters=10)) == (1,)
    assert pick(document, [1.0, 0.1], limits=BriefLimits(max_sentences=1, max_characters=9)) == ()
    assert pick(segment(""), [], limits=ONE) == ()


def test_headline_is_picked_where_there_is_nothing_else() -> None:
    assert pick(segment("City buys trams"), [0.0], limits=ONE) == (0,)
    assert pick(segment("City buys trams\n\nThe council met."), [0.0, 0.0], limits=THREE) == (1,)


def test_length_may_be_that_of_a_translation() -> None:
    document = segment("Cats sleep. Dogs bark.")
    limits = BriefLimits(max_sentences=1, max_characters=50)
    assert pick(document, [1.0, 0.5], limits=limits, length_of=lambda index: (100, 40)[index]) == (1,)


@pytest.mark.parametrize(("sentences", "characters"), [(0, None), (1, 0), (-1, 5)])
def test_limits_leave_room_for_something(sentences: int, characters: int | None) -> None:
    with pytest.raises(ValueError, match="at least one"):
        BriefLimits(max_sentences=sentences, max_characters=characters)


def test_each_segment_needs_a_score() -> None:
    with pytest.raises(ValueError, match="scores"):
        pick(segment("One. Two."), [1.0], limits=ONE)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(["Кіт спить.", "Пес гавкає на дворі.", "Він пішов!", "«Так», — каже він.", "Title line\n", "- News\n"]), max_size=12
    ),
    st.integers(min_value=1, max_value=5),
    st.none() | st.integers(min_value=1, max_value=80),
)
def test_brief_never_passes_its_limits(sentences: list[str], most: int, characters: int | None) -> None:
    document = segment(" ".join(sentences))
    scores = rank(document, hints=RankingHints())
    picked = pick(document, scores, limits=BriefLimits(max_sentences=most, max_characters=characters))
    assert list(picked) == sorted(set(picked))
    assert len(picked) <= most
    if characters is not None:
        assert len(" ".join(document.segment_text(index) for index in picked)) <= characters
    if document.segments and characters is None:
        assert picked


def test_long_articles_compare_a_bounded_number_of_sentences() -> None:
    document = segment("Рада ухвалила бюджет міста. " * 3_000)
    measured: list[int] = []
    pick(
        document,
        [0.5] * 3_000,
        limits=BriefLimits(max_sentences=5, max_characters=500),
        length_of=lambda index: measured.append(index) or 10,
    )
    assert len(measured) <= 3_000
