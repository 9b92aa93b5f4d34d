"""Given names of saints and rulers, which each language has in a form of its own: English | Ukrainian | Russian."""

from functools import lru_cache

from korotko_service.fidelity.numbers.number_words import fold
from korotko_service.text.wordlists import word_set

# Whole words in English, opening letters elsewhere; what transliterates (Alexander, Gregory) needs no line.
_LINES = """
andrew andrzej andre | андрі андре анджей анджея анджеє анджею ендрю | андре анджей анджея анджею эндрю
anthony antoine anton | антоні антон ентоні антуан | антони антон энтони антуан
catherine katherine catharine | катерин екатерин | екатерин катерин
charles karl carl charlemagne carolus | карл чарльз шарл | карл чарльз шарл
elijah elias | ілля іллі іллю | илья ильи илью илие
elizabeth elisabeth isabella | єлизавет елізабет ізабел | елизавет элизабет изабел
eugene eugen | євген юджин ойген | евген юджин ойген
francis franz francois | франциск френсіс франц франсуа | франциск фрэнсис франц франсуа
frederick friedrich | фрідріх фредерік | фридрих фредерик
george georg | георг георгі юрі джордж жорж | георг георги юри джордж жорж
helen helena elena | олен гелен хелен | елен хелен
henry heinrich henri enrique | генріх генрі анрі | генрих генри анри
isaac | ісаак айзек | исаак айзек
isaiah | ісаї ісай | исаи исай
jacob james jacques | яків яков якоб якуб джейкоб джеймс жак | яков иаков якоб джейкоб джеймс жак
jeremiah jeremy | єремі джеремі | иереми джереми
jerome | єронім джером | иероним джером
john johann jean ivan | іван іоан йоан йоганн джон жан | иван иоанн иоганн джон жан
joseph josef yosyp | йосип йосиф джозеф жозеф | иосиф джозеф жозеф
louis ludwig luis | людовик людвіг луї луїс | людовик людвиг луи луис
margaret margarita | маргарит маргарет | маргарит маргарет
matthew matthias | матві матфе метью маттіас | матфе матве мэтью маттиас
michael michel | михайл михаїл майкл міхаель міхаел мішел | михаил майкл михаэл мишел
moses | мойсе мозес | моисе мозес
nicholas nicolas | микола миколи миколу миколі миколо нікола | никола николя
paul paulo pablo | павло павла павл поль пол | павел павл поль пол
peter pierre pedro | петро петра петр пітер п'єр педро | петр питер пьер педро
philip philippe felipe pylyp | пилип філіп феліпе | филипп фелипе
stephen steven stefan | степан стефан стівен | стефан степан стивен
theodore fedor | федір федор теодор | федор теодор
thomas | фома фоми хома тома томи томі томас | фома фомы томас
timothy | тимофі тімоті | тимофе тимоти
william wilhelm guillaume | вільгельм вільям гійом | вильгельм уильям гийом
""".strip().splitlines()
# Volodymyr is not Vladimir: on one line they would match.
_ALONE = word_set("volodymyr vladimir володимир володимира володимиру володимиром владимир владимира владимиру владимиром")
_LANGUAGES = ("en", "uk", "ru")
_ENDING = 4  # letters that declension and patronymics may add
_LEAST = 3


def _tables() -> dict[str, dict[str, int]]:
    tables: dict[str, dict[str, int]] = {language: {} for language in _LANGUAGES}
    for number, line in enumerate(_LINES):
        for language, stems in zip(_LANGUAGES, line.split("|"), strict=True):
            tables[language].update(dict.fromkeys(stems.split(), number))
    return tables


_TABLES = _tables()


def is_given_name(word: str, language: str) -> bool:
    """Tell whether the table knows the word, or it is a name whose forms belong to different persons."""
    return fold(word) in _ALONE or bearer(word, language) is not None


@lru_cache(maxsize=16_384)
def bearer(word: str, language: str) -> int | None:
    """Give the line of the table that a name stands in; None for all others."""
    lowered, table = fold(word), _TABLES[language]
    if language == "en":
        return table.get(lowered.removesuffix("'s"))
    sizes = range(len(lowered), max(len(lowered) - _ENDING, _LEAST) - 1, -1)
    return next((table[lowered[:size]] for size in sizes if lowered[:size] in table), None)
