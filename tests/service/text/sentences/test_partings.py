"""Partings: who speaks and what is quoted in the other alphabet apart, and speech without marks in clauses; every other sentence whole."""

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.text.briefs.company import company
from korotko_service.text.briefs.leading import top_of
from korotko_service.text.briefs.ranking import RankingHints, rank
from korotko_service.text.briefs.selection import BriefLimits, pick
from korotko_service.text.sentences.partings import is_cut_from_speech, parts_of
from korotko_service.text.sentences.segmentation import segment
from tests.service.text.growth import is_linear

SPEECH = (
    "so the facts are these the council has agreed to spend eleven million pounds on the new sea wall and work is going to start in march "
    "now some people say that is too much but let me remind you that the storm two years ago cost this town four million pounds in one "
    "night and the insurance companies told us very clearly that they would not cover the harbour again unless we built something that "
    "would last fifty years and that is what we are doing"
)


def parts(text: str) -> list[str]:
    document = segment(text)
    return [document.segment_text(index) for index in range(len(document.segments))]


@pytest.mark.parametrize(
    "wanted",
    [
        ["«Це історичний день для наших сил»,", "said the commander, Anatolii Kryvonozhko."],
        ["The commander said:", "«Це історичний день для наших сил»."],
        ["«Це історичний день для нас»,", "said the commander,", "«але попереду ще багато роботи»."],
        ["«We are closer than we have ever been», —", "сказал агентству чиновник."],
        ["“We are closer than we have ever been” —", "сказав агентству Reuters чиновник."],
        ["Чиновник сказав:", "“We are closer than we have ever been.”"],
    ],
)
def test_a_quotation_in_the_other_alphabet_is_a_part_of_its_own(wanted: list[str]) -> None:
    assert parts(" ".join(wanted)) == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "Фильм «The Lord of the Rings: The Return of the King» вышел в 2003 году.",
        "Он написал книгу, «The Old Man and the Sea», за год.",
        "The paper «Українська правда» reported it first.",
        "He called it «день, коли все змінилося для нас» and left.",
        "«Це історичний день для наших сил», — сказав командувач Анатолій Кривоножко.",
        "«Ми не отримували нічого нового», — сказал советник главы Офиса президента.",
        '"We are closer than we have ever been," said the official.',
    ],
)
def test_names_titles_and_quotations_in_one_alphabet_stay_in_their_sentence(sentence: str) -> None:
    assert parts(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Washington Examiner цитирует его слова: «А еще они сказали, что моя позиция не крутая».",
        "«Компанія планує звільнити тисячу працівників», — пише The Wall Street Journal.",
        "«Мы не можем подтвердить эту информацию», — Financial Times.",
        "«Apple, Google, Microsoft та Amazon не платять податків у нас», — сказав міністр.",
        "Президент FIFA Gianni Infantino сказав: «Це був найкращий чемпіонат світу в історії».",
    ],
)
def test_names_in_the_other_alphabet_do_not_make_a_sentence_one_of_two_alphabets(sentence: str) -> None:
    assert parts(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "«Killers of the flower moon» — новий фільм Мартіна Скорсезе.",
        "«Keep calm and carry on», британский плакат 1939 года, снова в моде.",
        "Термин — «fear of missing out» — придумали в 1996 году.",
        "Его любимые книги: «Of mice and men», «To kill a mockingbird» и «War and peace».",
        "Her favourite book, «Хіба ревуть воли, як ясла повні», came out in 1880.",
    ],
)
def test_a_title_in_small_letters_stays_in_its_sentence_where_nobody_says_it(sentence: str) -> None:
    assert parts(sentence) == [sentence]


def test_a_time_or_place_ahead_is_not_company_for_a_sentence_in_the_other_alphabet() -> None:
    document = segment("14:05 GMT Рятувальники прибули на місце вибуху.")
    assert len(document.segments) == 2
    assert not company(document, range(2), top_of(document)).get(1)


def test_who_spoke_comes_into_a_brief_with_what_was_said_and_not_without() -> None:
    text = "The first six jets landed in Ukraine. «Сьогодні історичний день для наших сил», said the commander. More jets come in June."
    document = segment(text)
    picked = pick(document, [0.5, 1.0, 0.1, 0.9], limits=BriefLimits(max_sentences=3))
    assert picked == (1, 2, 3)
    assert pick(document, [0.5, 1.0, 0.1, 0.9], limits=BriefLimits(max_sentences=1)) == (3,)
    assert pick(document, [0.5, 0.1, 1.0, 0.9], limits=BriefLimits(max_sentences=2)) == (0, 3)


def test_of_an_endless_row_of_quotations_and_speakers_none_needs_more_than_a_brief_has_room_for() -> None:
    document = segment("«Слово слово слово слово», said he to us, " * 100)
    needs = company(document, range(len(document.segments)), top_of(document))
    assert len(document.segments) == 200
    assert {len(needed) for needed in needs.values()} <= set(range(1, 6))


def test_speech_without_marks_is_cut_where_a_thought_begins() -> None:
    assert [clause.split()[0] for clause in parts(SPEECH)] == ["so", "now", "and", "and"]
    assert " ".join(parts(SPEECH)) == SPEECH


def test_clauses_of_speech_are_told_from_sentences_entries_and_quotations() -> None:
    speech = segment(SPEECH)
    assert all(is_cut_from_speech(speech, index) for index in range(len(speech.segments)))
    for text in (
        "One sentence. Another one.",
        "14:05 GMT Rescuers came. They left.",
        "«Це історичний день для наших сил» said he.",
        "One.",
    ):
        document = segment(text)
        assert not any(is_cut_from_speech(document, index) for index in range(len(document.segments)))


def test_a_brief_of_speech_is_a_part_of_it() -> None:
    document = segment(" ".join([SPEECH] * 3))
    picked = pick(document, rank(document, hints=RankingHints()), limits=BriefLimits(max_sentences=3))
    assert 0 < sum(len(document.segments[index].span) for index in picked) < len(SPEECH)


@pytest.mark.parametrize("mark", [",", ";", " —"])
def test_a_long_sentence_with_marks_is_whole(mark: str) -> None:
    sentence = f"{mark} ".join(" ".join(["word"] * 30) for _ in range(4)) + "."
    assert parts(sentence) == [sentence]


def test_where_no_word_tells_a_clause_nothing_is_cut() -> None:
    text = " ".join(["word"] * 200)
    assert parts(text) == [text]
    assert parts(f"{text} and {text}") == [text, f"and {text}"]


@given(st.lists(st.sampled_from(["so", "the", "council", "а", "рада", "«так", "ні»,", "said", "and", ",", "x."]), min_size=1, max_size=200))
@settings(deadline=None)
def test_parts_come_in_order_and_end_with_the_sentence(words: list[str]) -> None:
    text = " ".join(words)
    ends = list(parts_of(text, 0, len(text)))
    assert ends == sorted(set(ends))
    assert ends[-1] == len(text)


@pytest.mark.parametrize(
    "piece", ["word ", "so ", "«слово слово слово слово», said he, ", '"', "« ", "“" + "a " * 13, "»,", "»,    ", ": «aaaa aaaa aaaa aaaa"]
)
def test_parting_is_linear(piece: str) -> None:
    assert is_linear(lambda text: list(parts_of(text, 0, len(text))), piece)
