"""Forms that one language writes out and another does not: the same number passes, and another one in its place does not."""

import pytest

from korotko_service.fidelity.amounts.numbers import compare_numbers, numbers
from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.numbers.number_words import number_word

# source language, target language, source, its translation, what is right in it, and wrong
FORMS = [
    ("en", "uk", "They saved 26,477 people.", "Врятували 26 тисяч 477 людей.", "477", "478"),
    ("en", "uk", "They saved 7,026 people.", "Врятували 7 тисяч 26 людей.", "26", "62"),
    ("uk", "ru", "Це 5 тис. 300 грн.", "Это 5300 гривен.", "5300", "5800"),
    ("en", "uk", "A half-million city was cut off.", "Півмільйонне місто було відрізане.", "Півмільйонне", "Тримільйонне"),
    ("en", "ru", "He waived a multi-million payoff of $40.", "Он отказался от многомиллионной выплаты в 40 долларов.", "40", "50"),
    ("en", "ru", "He served in 1943–6.", "Он служил в 1943–46 годах.", "46", "47"),
    ("en", "ru", "The crisis of 2007–08 is over.", "Кризис 2007–2008 годов позади.", "2008", "2009"),
    ("ru", "en", "Сезон-2018/19 начался.", "The 2018/2019 season has begun.", "2019", "2017"),
    ("en", "ru", "By the 1700s they had left.", "К XVIII веку они уехали.", "XVIII", "XVI"),
    ("uk", "ru", "Місто XIX століття.", "Город XIX века.", "XIX", "XVIII"),
    ("ru", "en", "Это дом XVII века.", "It is a seventeenth-century house.", "seventeenth", "sixteenth"),
    ("en", "uk", "They came in the first century.", "Вони прийшли в першому столітті.", "першому", "другому"),
    ("en", "ru", "The 60s and 70s are back.", "1960–1970-е снова в моде.", "1960", "1950"),
    ("en", "uk", "In 2017 he came first.", "У 17-му році він прийшов першим.", "17", "18"),
    ("en", "uk", "They saw it in 2014-2015.", "Вони бачили це в 14–15-му роках.", "14", "13"),
    ("en", "uk", "They pay UAH 30’000 a month.", "Платять 30 тис. гривень на місяць.", "30", "50"),
    ("en", "ru", "It had a $300+ billion impact.", "Ущерб составил 300 миллиардов долларов.", "300", "200"),
    ("en", "ru", "The rate fell to .08%.", "Доля упала до 0,08 %.", "0,08", "0,06"),
    ("en", "ru", "They lead by 10 1/2 to 5 1/2.", "Они ведут со счетом 10,5 на 5,5.", "10,5", "11,5"),
    ("en", "uk", "The G7 will meet.", "Лідери зустрінуться у «Великій сімці».", "сімці", "вісімці"),
    ("en", "ru", "It exceeds it by some thirty thousand.", "Оно превышает его тысяч на тридцать.", "тридцать", "сорок"),
    ("uk", "ru", "Двохсот-трьохсот голів.", "Двух или трех сотен голов.", "трех сотен", "четырех сотен"),
    ("en", "ru", "The driver of the number 3 waved.", "Водитель «тройки» помахал.", "тройки", "пятёрки"),
    ("en", "uk", "He counted back by seventeens.", "Він рахував назад по сімнадцять.", "сімнадцять", "шістнадцять"),
    (
        "en",
        "uk",
        "She died at ninety-one.",
        "Вона померла на дев'яносто другому році життя.",
        "дев'яносто другому",
        "дев'яносто четвертому",
    ),
    ("uk", "en", "Це одинадцятисторінкове послання.", "It is a message of eleven pages.", "eleven", "twelve"),
    ("uk", "ru", "Фонд на пів трильйона.", "Фонд на полтриллиона.", "полтриллиона", "полтора миллиона"),
    ("en", "uk", "They dropped 500 kg bombs.", "Скидали п’ятсоткілограмові бомби.", "п’ятсот", "шістсот"),
    ("en", "ru", "He came at 1:30 a.m.", "Он пришел в половине второго ночи.", "второго", "третьего"),
    ("en", "uk", "She rose at 5.30am.", "Вона встала о пів на шосту ранку.", "шосту", "сьому"),
    ("en", "ru", "A plan for 12 months was made.", "План составлен на год.", "на год", "на день"),
    ("en", "ru", "It is a 7-day programme.", "Это программа на неделю.", "на неделю", "на сутки"),
    ("en", "ru", "They work 24/7 now.", "Теперь они работают круглосуточно.", "круглосуточно", "днем"),
    ("en", "uk", "It lasts for 6 months.", "Це триває півроку.", "півроку", "рік"),
    ("en", "ru", "It was half an hour ago.", "Это было 30 минут назад.", "30", "40"),
    ("en", "ru", "He weighs 12 stone.", "Он весит 76 кг.", "76", "56"),
    ("en", "ru", "He weighs 13 stone 5 pounds.", "Он весит 85 кг.", "85", "65"),
    ("en", "ru", "Highs of 90 degrees are expected.", "Ожидается до 32 градусов.", "32", "42"),
    ("en", "ru", "Bake it at 350F.", "Выпекайте при 180 градусах.", "180", "150"),
    ("en", "ru", "A 6,000-square-foot home burned.", "Сгорел дом площадью 557 квадратных метров.", "557", "757"),
    ("en", "uk", "They flew at 30,000 feet.", "Вони летіли на висоті 9 км.", "9", "7"),
    ("en", "ru", "It is 12 nautical miles away.", "До него 22 км.", "22", "29"),
    ("en", "ru", "Add 8 ounces of milk.", "Добавьте 240 мл молока.", "240", "340"),
    ("en", "uk", "A million and a half came.", "Прийшли півтора мільйона.", "півтора мільйона", "два мільйони"),
    ("en", "ru", "Three and a half million came.", "Пришли три с половиной миллиона.", "три с", "пять с"),
    ("en", "uk", "Every August they meet.", "Щосерпня вони зустрічаються.", "Щосерпня", "Щочервня"),
    ("en", "uk", "It leaves every forty minutes.", "Він відходить щосорок хвилин.", "щосорок", "щотридцять"),
    ("en", "uk", "It was the December summit.", "Це був грудневий саміт.", "грудневий", "серпневий"),
    ("en", "ru", "It was a December summit.", "Это был декабрьский саммит.", "декабрьский", "августовский"),
    ("en", "ru", "A bridge with twenty-seven arches.", "Мост с двадцатью семью арками.", "семью", "восемью"),
    ("uk", "ru", "Із сімома тисячами людей.", "С семью тысячами людей.", "семью", "шестью"),
    ("en", "ru", "With seven hundred people.", "С семьюстами людьми.", "семью", "шестью"),
    ("en", "ru", "It grew elevenfold.", "Он вырос в одиннадцать раз.", "одиннадцать", "двенадцать"),
    ("en", "uk", "It grew ten thousandfold.", "Він виріс у десять тисяч разів.", "десять", "двадцять"),
    ("en", "uk", "It is twelve times dearer.", "Він вдванадцятеро дорожчий.", "вдванадцятеро", "вп’ятнадцятеро"),
    ("en", "ru", "They played with fourteen men.", "Они играли вчетырнадцатером.", "вчетырнадцатером", "втринадцатером"),
    ("en", "uk", "A woman of ninety-one spoke.", "Говорила дев’яностооднорічна жінка.", "одно", "дво"),
    ("en", "ru", "A nineteen-year-old came.", "Пришел девятнадцатилетний юноша.", "девятнадцати", "восемнадцати"),
    ("en", "ru", "It is closed to those under eighteen.", "Несовершеннолетним вход закрыт.", "Несовершеннолетним", "Детям"),
    ("en", "uk", "There were a thousand and one lamps.", "Була тисяча й один ліхтар.", "й один", "та п’ять"),
    ("en", "uk", "He has two hundred letters.", "У нього дві сотні листів.", "дві", "три"),
    ("en", "ru", "It was several hundred thousand times.", "Это было несколько сотен тысяч раз.", "тысяч", "миллионов"),
    ("en", "ru", "He came at half past eleven.", "Он пришел в половине двенадцатого.", "двенадцатого", "десятого"),
    ("en", "uk", "He came at half past eleven.", "Він прийшов о 23:30.", "23:30", "22:30"),
    ("en", "ru", "In the nineteen-thirties they left.", "В 1930-х они уехали.", "1930", "1940"),
    ("en", "uk", "A quarter of a million marched.", "Ішло чвертьмільйонне військо.", "чвертьмільйонне", "півмільйонне"),
    ("en", "uk", "He got six hundred square metres.", "Він отримав шість соток.", "шість", "вісім"),
    ("en", "uk", "It fell on New Year's Day.", "Це сталося 1 січня.", "січня", "травня"),
    ("en", "ru", "She left after half an hour.", "Она ушла на 30-й минуте.", "30", "40"),
    ("en", "uk", "He will come of age.", "Йому виповниться вісімнадцять.", "вісімнадцять", "дев’ятнадцять"),
    ("en", "uk", "They won in rugby sevens.", "Вони виграли в регбі-7.", "7", "8"),
    ("en", "ru", "The debts are half a million.", "Долг — около полумиллиона, не меньше полумиллиона.", "полумиллиона", "трех миллионов"),
    (
        "en",
        "ru",
        "He has two hundred million, and debts of nine hundred.",
        "У него двести миллионов при девятистах миллионах долгов.",
        "девятистах",
        "восьмистах",
    ),
    (
        "en",
        "uk",
        "They pay between four hundred and six hundred euros.",
        "Платять від чотирьохсот до шестисот євро.",
        "шестисот",
        "семисот",
    ),
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[2])
def test_a_number_may_be_written_as_the_language_likes(form: tuple[str, ...]) -> None:
    read, written, source, output, _, _ = form
    assert _warned(source, output, read, written) == set()
    assert _warned(output, source, written, read) == set()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[2])
def test_another_number_in_its_place_is_warned_of(form: tuple[str, ...]) -> None:
    read, written, source, output, right, wrong = form
    assert _warned(source, output.replace(right, wrong), read, written)


def test_a_date_behind_a_thousand_is_no_part_of_it() -> None:
    assert _warned("Five thousand came on 25 February.", "П’ять тисяч прийшли. П’ять тисяч 25 лютого.", "en", "uk") == set()


def _warned(source: str, output: str, read: str, written: str) -> set[str]:
    found = compare_numbers(source, output, source_language=read, target_language=written)
    return {finding.reason for finding in found if finding.severity >= Severity.WARNING}


@pytest.mark.parametrize(
    ("source", "output"),
    [
        (
            "Ernst is called Ernst August of Hanover, and Ernst August of Hanover was his enemy.",
            "Його звуть Ернст, і Ернст був його ворогом.",
        ),
        ("It makes digestive enzymes.", "Залоза виробляє травні ферменти."),
        ("The ancient yew survived.", "Стародавній тис уцілів."),
    ],
)
def test_a_word_that_only_looks_like_a_number_is_none(source: str, output: str) -> None:
    assert _warned(source, output, "en", "uk") == set()


def test_the_ends_of_a_range_are_two_numbers() -> None:
    for source, ends in (
        ("between four hundred and six hundred", ["400", "600"]),
        ("between one thousand and two thousand", ["1000", "2000"]),
        ("between two hundred and five and three hundred", ["205", "300"]),
        ("two hundred and fifty thousand", ["250000"]),
        ("a thousand and one", ["1001"]),
    ):
        assert [str(mention.value) for mention in numbers(source, "en")] == ends


def test_two_hundred_turned_round_are_not_a_hundred_and_two() -> None:
    assert [str(mention.value) for mention in numbers("сотні дві людей", "uk")] == ["2"]


def test_a_family_is_no_seven_and_an_enzyme_no_may() -> None:
    assert _warned("He left the family.", "Он бросил семью.", "en", "ru") == set()
    assert _warned("They left in June.", "Вони поїхали в травні.", "en", "uk")
    assert _warned("They came in August.", "Вони приїхали.", "en", "uk")


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_an_age_is_read_from_one_word_up_to_ninety_nine(language: str) -> None:
    tens, units, tail = AGES[language]
    for ten, at_ten in enumerate(tens.split(), start=1):
        for unit, at_unit in enumerate(["", *units.split()]):
            spelt = TEENS[language].split()[unit] if ten == 1 else at_ten + at_unit
            found = number_word(spelt + tail, language)
            assert found is not None, spelt
            assert found.value == 10 * ten + unit, spelt


AGES = {
    "uk": ("десяти двадцяти тридцяти сорока п'ятдесяти шістдесяти сімдесяти вісімдесяти дев'яносто",
           "одно дво три чотири п'яти шести семи восьми дев'яти", "річний"),
    "ru": ("десяти двадцати тридцати сорока пятидесяти шестидесяти семидесяти восьмидесяти девяносто",
           "одно двух трех четырех пяти шести семи восьми девяти", "летний"),
}  # fmt: skip
TEENS = {
    "uk": "десяти одинадцяти дванадцяти тринадцяти чотирнадцяти п'ятнадцяти шістнадцяти сімнадцяти вісімнадцяти дев'ятнадцяти",
    "ru": "десяти одиннадцати двенадцати тринадцати четырнадцати пятнадцати шестнадцати семнадцати восемнадцати девятнадцати",
}
