"""Company: what leans on a sentence, or is taken back by one, comes into a brief with it or not at all."""

import pytest

from korotko_service.text.briefs.company import takes_back
from korotko_service.text.briefs.leaning import leans_on_the_one_before
from korotko_service.text.briefs.selection import BriefLimits, pick
from korotko_service.text.sentences.segmentation import segment

ONE, TWO = BriefLimits(max_sentences=1), BriefLimits(max_sentences=2)


def test_sentence_that_leans_on_the_one_before_needs_it() -> None:
    document = segment("Cats sleep here. Dogs bark there. However, birds sing above. Fish swim below.")
    assert pick(document, [0.9, 0.1, 0.5, 0.45], limits=TWO) == (0, 3)
    assert pick(document, [0.4, 0.9, 0.5, 0.45], limits=TWO) == (1, 2)


def test_a_sentence_behind_the_title_that_leans_comes_with_the_title() -> None:
    document = segment("City buys twenty trams\n\nThey cost the city 40 million euros. Cats sleep here and dogs bark there.")
    assert pick(document, [0.6, 0.9, 0.5], limits=ONE) == (0,)
    assert pick(document, [0.6, 0.9, 0.5], limits=TWO) == (0, 1)


def test_behind_a_title_that_tells_nothing_a_sentence_leans_on_nothing_else() -> None:
    document = segment("Why twenty trams?\n\nThey cost the city 40 million euros. Cats sleep here and dogs bark there.")
    assert pick(document, [0.0, 0.9, 0.5], limits=ONE) == (1,)


def test_a_sentence_that_leans_on_one_left_out_is_left_out_too() -> None:
    document = segment("A fire at the port of Odesa burned for five hours on Monday. It was put out by noon. Cats sleep there.")
    limits = BriefLimits(max_sentences=2, max_characters=50)
    assert pick(document, [1.0, 0.9, 0.1], limits=limits) == (2,)


@pytest.mark.parametrize(
    ("claim", "denial"),
    [
        ("A newspaper said that the minister took bribes.", "He denied it."),
        ("The court jailed John Smith for five years in 2020.", "He was acquitted on Monday."),
        ("A newspaper said that the mine had collapsed.", "This never happened, its owner said."),
        ("The vaccine causes autism, some parents say.", "But no study shows that the vaccine causes autism."),
        ("Early reports said that twelve people had died.", "But police later said that nobody was killed."),
        ("Many parents believe that the vaccine causes autism.", "It does not."),
        ("The minister bought a villa with public money, a newspaper said.", "This is false, a court ruled on Friday."),
        ("У мережі стверджують, що вакцина спричиняє безпліддя.", "Це неправда."),
        ("Каналы сообщили, что губернатор подал в отставку.", "Однако в правительстве области это опровергли."),
        ("Следствие утверждало, что Иванов застрелил соседа.", "Но суд присяжных признал Иванова невиновным."),
    ],
)
def test_a_claim_comes_with_what_takes_it_back_or_not_at_all(claim: str, denial: str) -> None:
    document = segment(f"{claim} {denial} Cats sleep here.")
    assert pick(document, [1.0, 0.1, 0.2], limits=TWO) == (0, 1)
    assert pick(document, [1.0, 0.1, 0.2], limits=ONE) == (2,)
    assert pick(document, [1.0, 0.9, 0.2], limits=BriefLimits(max_sentences=3, max_characters=len(claim) + 5)) == (2,)


@pytest.mark.parametrize(
    ("sentence", "next_one"),
    [
        ("The council bought twenty trams.", "But rents did not fall."),
        ("The council bought twenty trams.", "It is not clear when the last of them will arrive in the city."),
        ("Рада ухвалила бюджет.", "Але дощу не було."),
        ("The council bought twenty trams.", "Nobody was hurt."),
        ("A fire destroyed a warehouse in Leeds on Monday.", "He said no one was hurt."),
        ("A fire destroyed a warehouse in Leeds on Monday.", "However, nobody was injured."),
        ("Дрон влучив у склад у Харкові.", "Проте ніхто не постраждав."),
        ("Дрон попал в склад.", "Однако никто не пострадал."),
        ("The court jailed former minister John Smith for five years.", "He denied the charges."),
        ("Суд засудив екскомандира до п'яти років.", "Однак він заперечує провину."),
        ("She won the race in Paris.", "She has never lost in Paris."),
        ("The central bank raised its rate to 5%.", "But the bank did not rule out further increases."),
        ("Президент підписав закон про бюджет.", "Але закон не набуде чинності до січня."),
    ],
)
def test_other_news_with_a_denial_takes_nothing_back(sentence: str, next_one: str) -> None:
    assert not takes_back(next_one, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "В Омске паводок подтопил 340 домов.",
        "При пожаре в Омске погибли три человека.",
        "Между Киевом и Варшавой пустили поезд.",
        "Крім Києва, вибухи чули у Харкові.",
        "На цьому тижні парламент не працює.",
        "There were twenty people on the tram.",
        "ЦБ поднял ставку до 21%.",
        "Inflation hit 8.1%.",
        "Загинуло 5 осіб.",
        "Мінімальна пенсія зросте до 2 595 грн.",
        "In this week's vote the party lost.",
        "После того как мост закрыли, трамваи ходят в обход.",
        "Після того, як міст закрили, трамваї їздять в обхід.",
        "Для того, щоб отримати допомогу, потрібна заява.",
        "Вместо того чтобы платить, компания подала в суд.",
        "У цьому році врожай менший.",
        "В этом месяце ЦБ повысит ставку.",
        "У цьому сезоні «Динамо» не програвало.",
        "Відповідно до закону, міст закрито.",
        "There is a bridge in Kyiv.",
        "Second place went to Oslo.",
        "Because the bridge is shut, trams stop at noon.",
        "Третя черга мосту відкрита.",
        "Некоторые из погибших были детьми.",
    ],
)
def test_prepositions_lean_on_nothing(sentence: str) -> None:
    assert not leans_on_the_one_before(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "He left.",
        "On it was a photograph.",
        "According to him, the bridge is safe.",
        "На ней была запись.",
        "По её словам, мост закрыт.",
        "За його словами, міст закрито.",
        "При этом мост закрыт.",
        "Тим часом міст закрили.",
        "В частности, закрыт мост.",
        "However, it failed.",
        "In return, Vienna released the money.",
        "Взамен Вена разморозила деньги.",
        "Він пішов.",
        "Утім, це не так.",
        "Однако это не так.",
        "— Они ушли.",
        "Most of them left.",
        "There she met the mayor.",
        "Двоє з них загинули.",
        "Один из них ранен.",
        "Відповідне рішення ухвалили 17 листопада.",
        "Соответствующий указ подписан.",
        "Окончил медицинский институт, работает в больнице с 1994 года.",
        "Закінчила школу в Києві.",
        "Там уточнили, что мост закрыт.",
        "Оба водителя ранены.",
        "Max 9C, min 3C.",
        "Вночі –22 °C, вдень –14 °C.",
        "Second, start a trial in ten hospitals.",
        "По-третє, карати не лише водія.",
        "Во-вторых, закрыт мост.",
        "Because nobody works for eight hours in eight hours.",
        "Тому що міст закрито.",
    ],
)
def test_openings_that_need_a_context_are_known(sentence: str) -> None:
    assert leans_on_the_one_before(sentence)


def test_the_second_half_of_a_quotation_leans_on_the_first() -> None:
    document = segment("Матч закінчився о десятій вечора.\n\n«Я не зрозумів!» – сказав Бублик. – «Завтра зрозумію».")
    assert document.segment_text(2) == "– «Завтра зрозумію»."
    assert pick(document, [0.9, 0.1, 0.8], limits=TWO) == (0, 1)


def test_what_ends_with_a_colon_comes_with_what_it_announces() -> None:
    document = segment("Trams came to Kyiv.\n\nThe mayor listed three reasons on Monday:\n\n- Rents fell by half.\n- Pensions rise.")
    assert pick(document, [0.5, 0.9, 0.1, 0.2], limits=ONE) == (0,)
    assert pick(document, [0.5, 0.9, 0.1, 0.2], limits=TWO) == (1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Trams came to Kyiv.\n\n- Advertisements of tobacco are forbidden. The fine is 50 euros.\n- Pensions rise.",
        "Trams came to Kyiv.\n\n- Radio. Advertisements of tobacco are forbidden. The fine is 50 euros.\n- Pensions rise.",
        "Trams came to Kyiv.\n\nRadio\n\nAdvertisements of tobacco are forbidden. The fine is 50 euros.\n\nPensions rise.",
        "Trams came to Kyiv.\n\n14:05\n\nAdvertisements of tobacco are forbidden. The fine is 50 euros.\n\nPensions rise.",
    ],
    ids=["list", "list with labels", "subheading", "live blog"],
)
def test_the_second_sentence_of_an_item_comes_only_with_its_first(text: str) -> None:
    document = segment(text)
    place = {document.segment_text(index): index for index in range(len(document.segments))}
    worth = {"Trams came to Kyiv.": 1.0, "The fine is 50 euros.": 0.9, "Pensions rise.": 0.5}
    scores = [worth.get(document.segment_text(index), 0.0) for index in range(len(document.segments))]
    assert pick(document, scores, limits=TWO) == (place["Trams came to Kyiv."], place["Pensions rise."])
    scores[place["Advertisements of tobacco are forbidden."]] = 0.8
    assert place["The fine is 50 euros."] in pick(document, scores, limits=BriefLimits(max_sentences=3))


@pytest.mark.parametrize(
    "text",
    [
        "City buys trams\n\nBy Jane Doe\n\nThe council met on Monday. Trams came to Kyiv. Rents fell.",
        "City buys trams\n\nThe council met.\n\nIt was late. Trams came to Kyiv. Rents fell.",
    ],
    ids=["the lead", "paragraphs"],
)
def test_sentences_of_other_paragraphs_need_no_opening(text: str) -> None:
    document = segment(text)
    scores = [float("Trams" in document.segment_text(index)) for index in range(len(document.segments))]
    assert [document.segment_text(index) for index in pick(document, scores, limits=ONE)] == ["Trams came to Kyiv."]


@pytest.mark.parametrize(
    "sentence",
    [
        "After he was arrested, the police searched the house.",
        "When they arrived, nobody was there.",
        "Police arrested him on Monday.",
        "The dogs attacked them in May.",
        "Коли його затримали, поліція обшукала будинок.",
        "Після того як вона пішла, двері зачинили.",
        "Дату його підписання не визначено.",
        "Поліція затримала його у вівторок.",
        "Когда его задержали, полиция обыскала дом.",
        "Полиция задержала её во вторник.",
        "Суд его оправдал.",
    ],
)
def test_a_pronoun_near_the_opening_that_no_name_explains_leans(sentence: str) -> None:
    assert leans_on_the_one_before(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "After he was arrested, John Smith called a lawyer.",
        "The mayor said that he would resign.",
        "A shepherd who had gone to look after his flock is missing.",
        "If it rains, the schools of the city close.",
        "Коли його затримали, Петренко викликав адвоката.",
        "Власника гаража та його племінника затримали.",
        "Мэр сказал, что его не было в городе.",
        "Газету основали в 1902 году, она выходит на двух языках.",
    ],
)
def test_a_pronoun_that_the_sentence_explains_does_not(sentence: str) -> None:
    assert not leans_on_the_one_before(sentence)
