"""Guards catch what is no translation and leave translations alone."""

import pytest

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.guards.guard import guard

EN = "The ministry said on Friday that the bridge over the river would stay closed until the end of the month."
UK = "Міністерство повідомило в п’ятницю, що міст через річку залишатиметься закритим до кінця місяця."
RU = "Министерство сообщило в пятницу, что мост через реку останется закрытым до конца месяца."
TEXTS = {"en": EN, "uk": UK, "ru": RU}
PAIRS = [(source, target) for source in TEXTS for target in TEXTS if source != target]


def _reasons(source: str, output: str, pair: tuple[str, str], least: Severity = Severity.WARNING) -> set[str]:
    findings = guard(source, output, source_language=pair[0], target_language=pair[1])
    assert all(0 <= finding.span.start <= finding.span.end <= len(output) for finding in findings)
    return {finding.reason for finding in findings if finding.severity >= least}


@pytest.mark.parametrize("pair", PAIRS)
def test_a_translation_passes(pair: tuple[str, str]) -> None:
    assert _reasons(TEXTS[pair[0]], TEXTS[pair[1]], pair) == set()


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("output", ["", "  \n", "...", "—", '"'])
def test_nothing_readable_is_empty(pair: tuple[str, str], output: str) -> None:
    assert _reasons(TEXTS[pair[0]], output, pair, Severity.SEVERE) == {"EMPTY_OUTPUT"}


@pytest.mark.parametrize("pair", PAIRS)
def test_an_echo_of_the_source_is_untranslated(pair: tuple[str, str]) -> None:
    assert {"UNTRANSLATED", "WRONG_LANGUAGE"} <= _reasons(TEXTS[pair[0]], TEXTS[pair[0]], pair, Severity.SEVERE)


def test_a_short_sentence_that_comes_back_in_the_other_kin_language_is_doubted() -> None:
    assert _reasons("Вину не признаю.", "Вину не признаю.", ("ru", "uk"), Severity.WARNING) == {"UNTRANSLATED"}


@pytest.mark.parametrize("pair", PAIRS)
def test_the_third_language_is_the_wrong_one(pair: tuple[str, str]) -> None:
    third = next(language for language in TEXTS if language not in pair)
    assert "WRONG_LANGUAGE" in _reasons(TEXTS[pair[0]], TEXTS[third], pair, Severity.SEVERE)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("size", [1, 2, 3, 5, 9])
def test_a_looping_phrase_is_repetition(pair: tuple[str, str], size: int) -> None:
    words = TEXTS[pair[1]].split()
    looping = " ".join(words[:1] + words[1 : 1 + size] * 5 + words[1 + size :])
    assert "REPETITION" in _reasons(TEXTS[pair[0]], looping, pair, Severity.SEVERE)


@pytest.mark.parametrize("output", ["Нуууууууууууу так", "хахахахахахахахахахаха", "та-та-та-та-та-та-та-та-та"])
def test_looping_characters_are_repetition(output: str) -> None:
    assert "REPETITION" in _reasons("Well, yes, of course", output, ("en", "uk"), Severity.SEVERE)


@pytest.mark.parametrize("pair", PAIRS)
def test_half_a_translation_is_too_short_and_two_are_too_long(pair: tuple[str, str]) -> None:
    source, output = TEXTS[pair[0]], TEXTS[pair[1]]
    assert _reasons(source, output[: len(output) // 2], pair) == {"LENGTH_RATIO"}
    assert "LENGTH_RATIO" in _reasons(source, output + " Крім того, " + output[::-1], pair)


@pytest.mark.parametrize(
    ("source", "output"),
    [
        (
            "It turned out that the system had been attacked by people who had been getting ready for that for three months.",
            "З'ясувалося, що систему атакували люди, які готувалися три місяці.",
        ),
        (
            "The match is to be broadcast live by the television of the city, as it was in the year before.",
            "Матч, як і торік, наживо покаже міське телебачення.",
        ),
    ],
)
def test_the_small_words_of_english_say_little_of_a_length(source: str, output: str) -> None:
    def weighed(text: str) -> list[Severity]:
        return [each.severity for each in guard(source, text, source_language="en", target_language="uk") if each.reason == "LENGTH_RATIO"]

    words = output.split()
    assert weighed(output) in ([], [Severity.INFO])
    assert weighed(" ".join(words[: len(words) // 2]) + ".") == [Severity.SEVERE]


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("token", ["▁", "<unk>", "⁇", ">>ukr<<", "</s>", "<pad>", "ukr_Cyrl", "<extra_id_0>", "<0xE2>"])
def test_a_token_of_the_model_is_reported_where_it_stands(pair: tuple[str, str], token: str) -> None:
    output = f"{token} {TEXTS[pair[1]]}"
    findings = guard(TEXTS[pair[0]], output, source_language=pair[0], target_language=pair[1])
    special = [finding for finding in findings if finding.reason == "SPECIAL_TOKENS"]
    assert [(finding.severity, finding.found, finding.span.start) for finding in special] == [(Severity.SEVERE, token, 0)]


GOOD = [
    ("en", "uk", "Volodymyr Zelensky", "Володимир Зеленський"),
    ("en", "uk", "New York Times", "New York Times"),
    ("en", "ru", "Microsoft Windows Server 2025", "Microsoft Windows Server 2025"),
    ("en", "uk", "https://example.org/news/today/in-brief", "https://example.org/news/today/in-brief"),
    ("en", "ru", "2027", "2027"),
    ("uk", "ru", "План на завтра", "План на завтра"),
    ("uk", "ru", "Завод закрили", "Завод закрыли"),
    ("ru", "uk", "Газпром", "Газпром"),
    ("uk", "en", "Так.", "Yes."),
    ("en", "uk", "No, no, no!", "Ні, ні, ні!"),
    ("en", "uk", "Wait...........", "Чекайте..........."),
    ("en", "uk", "The band Pink Floyd and Apple Music signed a deal.", "Гурт Pink Floyd і Apple Music уклали угоду."),
    ("en", "ru", "Google bought Fitbit for a record sum.", "Google купила Fitbit за рекордную сумму."),
    ("uk", "en", "Він написав у #КиївСьогодні.", "He wrote in #КиївСьогодні."),
    ("ru", "uk", "Тег <s> зачеркивает текст на странице.", "Тег <s> закреслює текст на сторінці."),
    ("en", "ru", "It lies between the 99, 41 and 180 freeways.", "Он лежит между 99-й, 41-й и 180-й автострадами."),
    ("en", "uk", "Boris Kuznetsov quoted the song “Ы”.", "Борис Кузнецов процитував пісню «Ы»."),
    ("en", "uk", "NEW YORK TIMES", "NEW YORK TIMES"),
    ("en", "ru", "BBC, CNN AND NATO MEET IN KYIV", "BBC, CNN И НАТО ВСТРЕЧАЮТСЯ В КИЕВЕ"),
]


@pytest.mark.parametrize(("source_language", "target_language", "source", "output"), GOOD)
def test_names_numbers_addresses_and_short_texts_pass(source_language: str, target_language: str, source: str, output: str) -> None:
    assert _reasons(source, output, (source_language, target_language)) == set()


BAD = [
    ("en", "uk", "He moved to Kyiv a year ago.", "Он год назад переехал в Киев."),
    ("en", "uk", "Nothing has changed.", "Ничего не изменилось."),
    ("en", "ru", "He moved to Kyiv a year ago.", "Рік тому він переїхав до Києва."),
    ("en", "uk", "He moved to Kyiv a year ago.", "He moved до Києва a year ago."),
    ("uk", "en", "Він переїхав до Києва.", "He переїхав to Kyiv."),
    ("ru", "en", "Он переехал в Киев.", "他搬到了基辅。"),
    ("uk", "ru", "Рік тому він переїхав до Києва.", "Год назад він переїхав до Києва."),
    ("en", "uk", "THE PRESIDENT ARRIVED IN WARSAW ON MONDAY.", "PRESIDENT ARIVED IN WARSAW ON MON MON."),
    ("en", "ru", "BREAKING: MISSILES HIT KYIV", "BREAKING: MISSILES HIT KYIV"),
    ("en", "uk", "MISSILES HIT KYIV OVERNIGHT", "MISSILES HIT CYIVERNGHT"),
    ("en", "uk", "POLAND SCRAMBLED JETS.", "POLAND SCRAMBLED JETS."),
]


@pytest.mark.parametrize(("source_language", "target_language", "source", "output"), BAD)
def test_a_passage_in_another_language_is_reported(source_language: str, target_language: str, source: str, output: str) -> None:
    assert "WRONG_LANGUAGE" in _reasons(source, output, (source_language, target_language))


def test_a_loop_that_the_source_has_too_passes() -> None:
    assert _reasons("Work, work, work, work!", "Робота, робота, робота, робота!", ("en", "uk")) == set()
