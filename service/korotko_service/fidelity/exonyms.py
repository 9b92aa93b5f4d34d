"""Names of places, peoples and bodies that transliteration does not find: opening letters in English | Ukrainian | Russian.

A leading "=" wants the whole word, as abbreviations do. Adjectives and inhabitants open with the same letters, so one line serves all.
"""

import re
import unicodedata
from functools import lru_cache

from korotko_service.fidelity.words import is_latin

_LINES = """
aachen | аахен ахен | ахен
africa | африк | африк
afghan | афган | афган
albania | албан | албан
algeria algiers | алжир | алжир
andes andean | анди анді андам андах андськ | анды андам андах андск
argentin | аргентин | аргентин
armenia | вірмен | армян армени
arab | араб арав | араб арав
asia | азі | ази азиат
athen | афін афин | афин
austral | австрал | австрал
austria | австрі | австри
azerbaija | азербайдж | азербайдж
balkan transbalkan | балкан трансбалкан | балкан трансбалкан
baltic | балт прибалт | балт прибалт
bangkok | бангкок | бангкок
beijing peking | пекін | пекин
belarus minsk byeloruss | білорус мінськ | белорус белорусс беларус минск
belgi brussels | бельг брюсс | бельг брюсс
belem | белен | белен
black | чорн | черн
brazil | бразил | бразил
brit =uk great kingdom engl scot scotti wales welsh | британ велик англ шотл уельс валлі | британ великобр англ шотл уэльс валлий
bulgaria | болгар | болгар
cairo | каїр | каир
carpath | карпат | карпат
caucas | кавказ | кавказ
chechen | чечен чечн | чечен чечн
chernobyl chornobyl | чорноб | черноб
china chinese =prc | кита =кнр | кита =кнр
=cia | =цру | =цру
cilicia | кілікі | килики
=cis | =снд | =снг
cologne | кельн | кельн
constance | боден констанц | боден констанц
copenhagen | копенг | копенг
crete cretan | крит | крит
crimea | крим | крым
croat | хорват | хорват
cuba | куба куби кубу кубі кубо кубин | куба кубы кубу кубе кубой кубин
cypr | кіпр | кипр
czech prague czechoslovak | чех чесь праг праж празі чськ | чех чеш праг праж
danub | дуна | дуна
denmark danish danes dane | данія данії данію даніє данськ данець данц | дания дании данию данией датск датч
dnieper dnipro | дніпр | днепр
dutch netherland holland hague amsterdam | нідерланд голланд гааг гааз амстердам | нидерланд голланд гааг амстердам
=ebrd | =єбрр | =ебрр
=ecb | =єцб | =ецб
egypt | єгип | егип
eston tallinn | естон таллін | эстон таллин
ethiopia | ефіоп | эфиоп
eurasia | євраз | евраз
europ =eu =euro | європ =єс євр | европ =ес евр
=fbi | =фбр | =фбр
=fifa | =фіфа | =фифа
finland finnish finn helsinki | фінл фінс фіни фінів фінам гельсінк | финл финс финн финны финов хельсинк
florence florentin | флоренц флорент | флоренц флорент
france french paris | франц париж паризьк | франц париж
gaza | газ | газ
geneva | женев | женев
genoa genoese | гену | гену
georgia tbilisi | груз джорджія джорджії джорджію джорджіє тбіліс | груз джорджи тбилис
german berlin bundes deutsch | німеч німець німц берлін бундес фрн | герман немец немц берлин бундес фрг
greece greek athens | грец грек афін | грец грек афин
havana | гаван | гаван
himalaya | гімала | гимала
hong | гонконг | гонконг
hungar budapest | угор угр будапешт | венг будапешт
=iaea | =магате | =магатэ
=icc | =мкс | =мус
iceland reykjav | ісланд рейк | исланд рейк
=imf | =мвф | =мвф
indiana | індіан | индиан
indian india delhi hindu hindi | інд делі | инд дели
indus | інд | инд
indonesia jakarta | індонез джакарт | индонез джакарт
=ioc | =мок | =мок
iran persia tehran | іран персі перськ перси персів тегеран | иран персия персии персию персид персы персов тегеран
iraq baghdad | ірак багдад | ирак багдад
ireland irish dublin | ірланд дублін | ирланд дублин
islam muslim moslem | іслам мусульман | ислам мусульман
israel jerusalem jew judea judai hebrew | ізраїл єрусалим єврей юде юдаї іврит | израил иерусалим еврей иуде иудаи иврит
=iss | =мкс | =мкс
istanbul | стамбул | стамбул
ital rome roman | італ рим римськ | итал рим
japan tokyo | япон токі | япон токио
jesus | ісус | иисус
jordan | йордан | иордан
kazakh astana | казах астан | казах астан
korea seoul pyongyang =dprk | коре сеул пхеньян =кндр | коре сеул пхеньян =кндр
kosov | косов | косов
kyrgyz | киргиз | киргиз кыргыз
latvi riga | латв латис латвій риг | латв латыш риг
leban beirut | ліван бейрут | ливан бейрут
libya | лівій лівія лівії лівію лівією | ливий ливия ливии ливию ливией
lithuania vilnius | литв литов вільнюс | литв литов вильнюс
lorraine | лотаринг | лотаринг
luhansk lugansk | луганс | луганс
luxembourg | люксембург | люксембург
lviv lvov | льв | льв
macedonia skopje | македон | македон
mauriti | маврик | маврик
mecca | мекк мецц | мекк
mediterran | середземн | средиземн
mexic | мексик мехік | мексик мехик
moldova chisinau | молд кишин | молд молдав кишин
mongol | монгол | монгол
montenegr | чорногор | черногор
morocc | марок | марок
moscow russia kremlin russo =rf | росі россий москв кремл кремль =рф русь русі руськ | росси русь руси русск москв кремл =рф
munich | мюнхен | мюнхен
naples | неап | неап
=nato | =нато | =нато
nile | ніл | нил
nobel | нобел | нобел
norway norweg oslo | норв осло | норв осло
oceania | океані | океани
odessa odesa | одес | одес
=oecd | =оеср | =оэср
olympi | олімпі | олимпи
=opec | =опек | =опек
=osce | =обсє | =обсе
ottoman | осман оттоман | осман оттоман
pakist | пакист | пакист
palestin | палест | палест
parliament | парлам | парлам
philippin filipin manila | філіппін маніл | филиппин манил
poland polish pole warsaw | польщ польс польк поляк варшав | польш польск польк поляк варшав
pope vatican papal | пап понтиф ватикан | пап понтиф ватикан
portug lisbon | португ лісаб лісбон | португ лиссаб
rhine | рейн | рейн
rhodes | родос | родос
roman bucharest | рим румун бухарест | рим румын бухарест
saudi riyadh | сауд еррі ріяд | сауд эрри рияд
=sbu | =сбу | =сбу
serb belgrade | серб белград | серб белград
seville | севіль севіл | севиль
siberia | сибір | сибир
singapor | сінгапур | сингапур
slovak bratislava | словач словак братислав | словац словак братислав
sloven | словен | словен
soviet =ussr | радян =срср | совет =ссср
spain spanish madrid spaniard | іспан мадрид | испан мадрид
stockholm swed | стокгольм швед швец | стокгольм швед швец
svalbard spitsbergen | шпіцберген свальбард | шпицберген свальбард
switz swiss bern zurich | швейцар берн цюрих | швейцар берн цюрих
syria damascus | сирі дамаск | сири дамаск
taiwan taipei | тайв тайб | тайв тайб
thai | таїланд тайськ тайц таєць | таиланд тайск тайц таец
thames | темз | темз
thessalonik | салонік фессалонік | салоник фессалоник
thrac | фрак | фрак
tibet | тибет | тибет
transdniestr transnistr | придністр | приднестр
turk ankara | туреч турец турц турк анкар | турци турец турк туреч анкар
=uae emirat | =оае емірат | =оаэ эмират
=uefa | =уєфа | =уефа
ukrain kyiv kiev donbas | україн київ києв киян донбас | украин киев киян донбасс
=un =uno nations | =оон об'єднан націй | =оон объединен наци
=unesco | =юнеско | =юнеско
=unicef | =юнісеф | =юнисеф
=us =usa america states washington | =сша америк сполучен штат вашингтон | =сша америк соединен штат вашингтон
venice venetia | венец венеці | венец венеци
vienna viennese | відень відн віден | вена вене вену вены веной венск
viet hanoi | в'єтн ханой | вьетн ханой
=who | =вооз | =воз
=wto | =сот | =вто
""".strip().splitlines()
# Words that open like a line of the table and are others, by their own opening letters.
_OTHERS = {
    "en": """
    bernard bernad blackb blackp blackw britn britt englew industr parish romanc romanch romane romaniu romano romant romeo scott
    """,
    "uk": """
    азімо балтімо бернад бернар газет газов газпр індив індустр кримін критер критик критич кубан литвин нільс папуа поляков рейндж рейнол
    римма франциск чехов
    """,
    "ru": """
    азимо балтимо бернад бернар венед венер венесу газет газов газпр делиу индив индустр критер критик критич кубан литвин нацио нацис
    нилов нильс папуа поляков рейндж рейнол римма франциск чернен черни черновц черня чехов
    """,
}
_LANGUAGES = ("en", "uk", "ru")
_LONGEST = 12
_HARD = {"ц": "к", "з": "г", "с": "х"}  # «Мексиці» is of «Мексика»
_PREFIX = re.compile("^(?:північно|південно|східно|західно|центрально|загально|все|северо|южно|восточно|западно|обще)(?=.{5})")


def _tables() -> dict[str, dict[str, frozenset[int]]]:
    tables: dict[str, dict[str, frozenset[int]]] = {language: {} for language in _LANGUAGES}
    for number, line in enumerate(_LINES):
        for language, stems in zip(_LANGUAGES, line.split("|"), strict=True):
            for stem in stems.split():
                tables[language][stem] = tables[language].get(stem, frozenset()) | {number}
    for language, stems in _OTHERS.items():
        tables[language].update(dict.fromkeys(stems.split(), frozenset()))
    return tables


_TABLES = _tables()


@lru_cache(maxsize=16_384)
def concepts(word: str, language: str) -> frozenset[int]:
    """Give the lines of the table that a word may open, those of the longest opening letters only; none for a stranger."""
    table, lowered = _TABLES[language], word.lower().replace("’", "'").replace("ʼ", "'").replace("ё", "е")
    bare = lowered.removesuffix("'s") if language == "en" else lowered
    if not lowered.isascii() and is_latin(lowered):
        lowered = "".join(letter for letter in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(letter))  # Zürich
    whole = table.get("=" + bare) if word[: len(bare)].isupper() else None  # "who" and Kim Jong Un are no bodies
    if whole:
        return whole
    found = _opening(table, _PREFIX.sub("", lowered))
    if not found and lowered[-1:] == "і" and lowered[-2:-1] in _HARD:
        found = _opening(table, lowered[:-2] + _HARD[lowered[-2]])
    return found


def _opening(table: dict[str, frozenset[int]], word: str) -> frozenset[int]:
    for size in range(min(len(word), _LONGEST), 2, -1):
        found = table.get(word[:size])
        if found is not None:
            return found
    return frozenset()
