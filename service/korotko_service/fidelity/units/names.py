"""The signs and names of units of measure in English, Ukrainian and Russian, and the prefixes of the names.

Those of CLDR (by babel 2) and others that news writes, but none that may also be something else after a number: the "s" of "1980s",
the "in" of "5 in the race", the Russian «в».
"""

from typing import NamedTuple

LANGUAGES = ("en", "uk", "ru")
# One unit a line, its signs in each language, the one to write first. A sign of either of two units is on both lines.
SIGNS = """
km: km kmh kph kmph | км | км
m: m | м | м
cm: cm | см | см
mm: mm | мм | мм
µm: µm μm | мкм | мкм
nm: nm | нм | нм
mile: mi mph | миль | ми
ft: ft | фт | фт
yd: yd yds | ярд | ярд
inch: inch | дюйм | дюйм
lb: lb lbs | фнт | фнт
oz: oz | унц ун | унц
kg: kg kgs | кг | кг
g: g | г | г г. гр
mg: mg | мг | мг
µg: µg μg mcg | мкг | мкг
t: t | т | т
l: l L | л | л л.
ml: ml mL | мл | мл
gal: gal | гал | гал
barrel: bbl | брл | барр
ha: ha | га | га
ac: ac | акр | акр
B: bytes | байт | байт
kB: kB KB | кБ КБ Кб кб | кБ КБ Кб кб
MB: MB Mb | МБ Мб | МБ Мб
GB: GB Gb | ГБ Гб | ГБ Гб
TB: TB Tb | ТБ Тб | ТБ Тб
kbit: kbit kb Kb kbps Kbps | кбіт кб Кб | кбит кб Кб
Mbit: Mbit Mb Mbps mbps | Мбіт Мб | Мбит Мб
Gbit: Gbit Gb Gbps gbps | Гбіт Гб | Гбит Гб
W: W | Вт | Вт
kW: kW KW | кВт | кВт
MW: MW | МВт | МВт
GW: GW | ГВт | ГВт
TW: TW | ТВт | ТВт
Wh: Wh | Вт·год Вт⋅год Вт-год | Вт·ч Вт⋅ч Вт-ч
kWh: kWh KWh kW·h | кВт·год кВт⋅год кВт-год кВт/год кВт*год | кВт·ч кВт⋅ч кВт-ч кВт/ч кВт*ч
MWh: MWh MW·h | МВт·год МВт⋅год МВт-год МВт/год | МВт·ч МВт⋅ч МВт-ч МВт/ч
GWh: GWh | ГВт·год ГВт⋅год ГВт-год | ГВт·ч ГВт⋅ч ГВт-ч
mAh: mAh mA·h | мА·год мА⋅год мА-год мАг | мА·ч мА⋅ч мА-ч мАч
hp: hp bhp | к.с. | л.с.
Hz: Hz | Гц | Гц
kHz: kHz | кГц | кГц
MHz: MHz | МГц | МГц
GHz: GHz | ГГц | ГГц
kV: kV | кВ | кВ
kcal: kcal | ккал | ккал
kn: kn kt kts | вуз | уз
°C: °C ℃ ° °С C | °C ℃ ° °С | °C ℃ ° °С
°F: °F ℉ ° F | °F ℉ | °F ℉
second: sec secs | сек | сек
minute: min mins | хв | мин
hour: h hr hrs | год | ч
day: days | дн | дн сут
week: wk wks | тиж | нед
month: mth mths mo | міс | мес
year: yr yrs | р. рр | г. л. гг
"""
# One unit a line, the stem of its name in each language as a pattern; "-" where a language has none.
NAMES = r"""
m: met(?:re|er)s?(?!\w) | метр(?!о(?!в|м(?!\w))|ик) | метр(?!о(?!в|м(?!\w))|ик)
kg: kilos?(?!\w) | кіло(?!\w) | кило(?!\w)
g: gram(?:me)?s?(?!\w) | грам(?!от) | грамм
l: lit(?:re|er)s?(?!\w) | літр | литр
B: bytes?(?!\w) | байт | байт
bit: bits?(?!\w) | біт(?:[иуа]|ів)?(?!\w) | бит(?:[ау]|ов)?(?!\w)
Wh: watt[\s-]?hours? | ват-?годин | ватт?-?час
W: watts?(?!\w) | ват(?:[иуа]|ів|ам|ами|ах|ом)?(?!\w) | ватт?(?:[ауе]|ов|ам|ами|ах|ом)?(?!\w)
Hz: hertz | герц(?!ог) | герц(?!ог)
V: volts?(?!\w) | вольт | вольт
t: ton(?:ne)?s?(?!\w) | тонн(?!ел) | тонн(?!ел)
cal: calories?(?!\w) | калорі | калори
nmi|mile: nautical\smiles?(?!\w) | морськ\w{1,3}\sмил | морск\w{1,3}\sмил
mile: miles?(?!\w) | мил(?:[яію]|ею|ям|ями|ях)(?!\w)|миль(?!\w)|мильн | мил(?:[яиюе]|ей|ям|ями|ях)(?!\w)|миль(?!\w)|мильн
ft: feet(?!\w)|foot(?!\w) | фут(?!бо|ляр) | фут(?!бо|ляр)
yd: yards?(?!\w) | ярд | ярд
inch: inch(?:es)?(?!\w) | дюйм | дюйм
lb: pounds?(?!\w) | фунт | фунт
stone: stones?(?!\w) | стоун | стоун
oz: ounces?(?!\w) | унці | унци
pint: pints?(?!\w) | пінт | пинт
gal: gallons?(?!\w) | галон | галлон
barrel: barrels?(?!\w) | барел | барр?ел
ha: hectares?(?!\w) | гектар | гектар
ac: acres?(?!\w) | акр(?!об) | акр(?!об)
are: - | сот(?:к[аиуі]|ок|кам|ками|ках)(?!\w) | сот(?:к[аиуе]|ок|кам|ками|ках)(?!\w)
hp: horsepower | кінськ\w{1,3}\sсил|к\.\s?с\. | лошадин\w{1,3}\sсил|л\.\s?с\.
kn: knots?(?!\w) | вуз(?:ол|л) | уз(?:ел|л)
°F: (?:degrees?|°)\sF(?!\w)|(?:(?:degrees?|°)\s)?Fahrenheit
 | градус(?=(?:(?!градус|Цельс)[^.;]){0,40}Фаренгейт)|°\s(?:за\s)?Фаренгейт
 | градус(?=(?:(?!градус|Цельс)[^.;]){0,40}Фаренгейт)|°\s(?:по\s)?Фаренгейт
°C: (?:degrees?|°)\s(?:C(?!\w)|Celsius|centigrade) | градус(?:\w{0,3}\s(?:за\s)?Цельсі)? | градус(?:\w{0,3}\s(?:по\s)?Цельси)?
°C|°F: degrees? | - | -
second: seconds?(?![\w-]) | секунд | секунд
minute: minutes?(?!\w) | хвилин | минут
hour: hours?(?!\w) | годин(?!ник) | час(?:[ауе]|ов|ам|ами|ах|ом)?(?!\w)|часов(?!н)
day: days?(?!\w) | ден(?:ь(?!\w)|н)|дн(?:[іяю]|ів|ем|ям|ями|ях)(?!\w)|доб(?:[ауиі]|ою|ов\w+)(?!\w)|діб(?!\w)
 | ден(?:ь(?!\w))|дн(?:[яию]|ей|ев\w+|ём|ем|ям|ями|ях)(?!\w)|сут(?:ки|ок|к|оч)
week: weeks?(?!\w) | тиж(?:д|н)(?!ем) | недел(?!ей\sран)
month: months?(?!\w) | місяц(?!ем)|місячн | месяц(?!ем)|месячн
year: years?(?!\w) | рік(?!\w)|рок(?:[иу]|ів|ам|ами|ах)(?!\w)|році(?!\w)|річн|річч
 | год(?:[ауые]|ов|ам|ами|ах|ик|ов\w+|ичн\w+)?(?!\w)|лет(?!\w)|летн|лети
decade: decades?(?!\w) | десятиліт|десятирі | десятилет
century: centur(?:y|ies)(?!\w) | століт|сторіч | столет|век(?:[ауе]|ов|ом|ам|ами|ах)?(?!\w)
"""
# Signs that include "an hour" or "a second": no unit alone can replace them.
RATES = dict.fromkeys("kmh kph kmph mph".split(), "hour") | dict.fromkeys("kbps Kbps Mbps mbps Gbps gbps".split(), "second")
# How each time is named after "per", «на» or "/", the one to write first.
PER = """
second: second seconds sec secs s | секунду сек с | секунду сек с
minute: minute minutes min mins | хвилину хв | минуту мин
hour: hour hours hr hrs h | годину год г | час ч
day: day days d | добу день | сутки день
week: week weeks wk | тиждень | неделю
month: month months | місяць | месяц
year: year years yr | рік | год
"""
PREFIXES = {
    "kilo": "k", "кіло": "k", "кило": "k", "mega": "M", "мега": "M", "giga": "G", "гіга": "G", "гига": "G", "tera": "T", "тера": "T",
    "centi": "c", "санти": "c", "milli": "m", "мілі": "m", "милли": "m", "micro": "µ", "мікро": "µ", "микро": "µ",
    "nano": "n", "нано": "n",
}  # fmt: skip
# Where a sign is unusual: CLDR's names after a number, for one, few, many and a part; Russian has the genitive for few and for parts.
FORMS = {
    "en": "second seconds|minute minutes|hour hours|day days|week weeks|month months|year years|decade decades|century centuries|"
    "mile miles|foot feet|yard yards|inch inches|pound pounds|ounce ounces|gallon gallons|barrel barrels|acre acres|knot knots|"
    "tonne tonnes|litre litres|hectare hectares|byte bytes",
    "uk": "секунда секунди секунд|хвилина хвилини хвилин|година години годин|день дні днів дня|тиждень тижні тижнів тижня|"
    "місяць місяці місяців місяця|рік роки років року|десятиліття десятиліття десятиліть|століття століття століть|миля милі миль|"
    "фут фути футів фута|ярд ярди ярдів ярда|дюйм дюйми дюймів дюйма|фунт фунти фунтів фунта|унція унції унцій|галон галони галонів галона|"
    "барель барелі барелів бареля|акр акри акрів акра|вузол вузли вузлів вузла|тонна тонни тонн|літр літри літрів літра|"
    "гектар гектари гектарів гектара|байт байти байтів байта",
    "ru": "секунда секунды секунд|минута минуты минут|час часа часов|день дня дней|неделя недели недель|месяц месяца месяцев|год года лет|"
    "десятилетие десятилетия десятилетий|век века веков|миля мили миль|фут фута футов|ярд ярда ярдов|дюйм дюйма дюймов|фунт фунта фунтов|"
    "унция унции унций|галлон галлона галлонов|баррель барреля баррелей|акр акра акров|узел узла узлов|тонна тонны тонн|литр литра литров|"
    "гектар гектара гектаров|байт байта байт",
}
FORMED = "second minute hour day week month year decade century mile ft yd inch lb oz gal barrel ac kn t l ha B".split()


class Row(NamedTuple):
    """One unit and what each language has for it."""

    unit: str
    told: dict[str, str]


def rows(lines: str) -> tuple[Row, ...]:
    """Read "unit: English | Ukrainian | Russian"; a line that opens with a space continues the one before it."""
    parted = [line.split(": ", 1) for line in lines.replace("\n |", " |").strip().splitlines()]
    return tuple(Row(unit, dict(zip(LANGUAGES, map(str.strip, told.split(" | ")), strict=True))) for unit, told in parted)
