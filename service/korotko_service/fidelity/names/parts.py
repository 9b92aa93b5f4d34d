"""Tell whether a text names a part of a country: a reader of "Catalonia" needs no "Spain", so a translator may add or omit it."""

from korotko_service.fidelity.names.exonyms import concepts
from korotko_service.fidelity.words import lowered

# The country: opening letters of its regions, towns and bodies in English | Ukrainian | Russian; with a full stop a whole word.
_LINES = """
spain: catalan catalon barcelona valencia andalus basque galicia sevill
    | катал барселон валенсі андалус баскськ баски басків галісі севіл
    | катал барселон валенси андалус баскск баски басков галиси севил
usa: alabama alaska arizona arkansas california carolina colorado connecticut dakota delaware florida hawaii idaho illinois iowa kansas
    kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada hampshire jersey york
    ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin wyoming chicago boston houston dallas miami seattle
    detroit philadelphia congress pentagon
    | алабам аляск аризон арканзас каліфорн каролін колорадо коннектикут дакот делавер флорид гаваї гавая гавай айдахо іллінойс айов канзас
    кентукк луїзіан меріленд массачусетс мічиган міннесот міссісіп міссур монтан небраск невад гемпшир джерсі йорк огайо оклахом орегон
    пенсильван теннессі техас вермонт вірджині вісконсин вайомінг чикаго бостон х'юстон даллас маям сіетл детройт філадельфі конгрес
    пентагон
    | алабам аляск аризон арканзас калифорн каролин колорадо коннектикут дакот делавэр флорид гавай айдахо иллинойс айов канзас кентукк
    луизиан мэриленд массачусетс мичиган миннесот миссисип миссур монтан небраск невад гэмпшир джерси йорк огайо оклахом орегон
    пенсильван теннесси техас вермонт вирджини виргини висконсин вайоминг чикаго бостон хьюстон даллас майам сиэтл детройт
    филадельфи конгресс пентагон
un: assembly | асамбле генасамбле | ассамбле генассамбле
china: yunnan shanghai hong wuhan hubei sichuan tibet xinjiang guangdong | юньнань шанхай гонконг ухан хубе сичуан тибет синьцзян гуандун
    | юньнань шанхай гонконг ухан хубэ сычуан тибет синьцзян гуандун
iran: ayatollah | аятол | аятол
india: mumbai delhi kolkata calcutta kashmir punjab gujarat | мумба делі. делійськ колкат калькут кашмір пенджаб гуджарат
    | мумба дели. делийск колкат калькут кашмир пенджаб гуджарат
britain: london liverpool manchester birmingham glasgow edinburgh belfast | лондон ліверпул манчестер бірмінгем глазго единбур белфаст
    | лондон ливерпул манчестер бирмингем глазго эдинбург белфаст
france: lyon marseille brittany normandy provence bordeaux | ліон марсел бретан норманді прованс бордо | лион марсел бретан норманди
    прованс бордо
germany: munich hamburg frankfurt bavaria saxony bundestag | мюнхен гамбург франкфурт бавар саксон бундестаг | мюнхен гамбург франкфурт
    бавар саксон бундестаг
italy: milan naples venice sicily sardinia tuscany turin. florence | мілан неапол венец сицил сардин тоскан турин флоренц | милан неапол
    венец сицил сардин тоскан турин флоренц
russia: petersburg siberia chechnya duma. | петербур сибір чечн держдум | петербур сибир чечн госдум
turkey: istanbul izmir | стамбул ізмір | стамбул измир
japan: osaka kyoto hiroshima okinawa fukushima | осак кіото хірошім окінав фукушім | осак киото хиросим окинав фукусим
"""
_LANGUAGES = ("en", "uk", "ru")


def _tables() -> dict[int, dict[str, tuple[str, ...]]]:
    tables: dict[int, dict[str, tuple[str, ...]]] = {}
    for line in _LINES.strip().replace("\n    ", " ").splitlines():
        country, parts = line.split(": ")
        stems = {language: tuple(each.split()) for language, each in zip(_LANGUAGES, parts.split("|"), strict=True)}
        tables.update(dict.fromkeys(concepts(country, "en") or concepts(country.upper(), "en"), stems))
    return tables


_PARTS = _tables()


def tells_by_part(text: str, language: str, known: frozenset[int]) -> bool:
    """Tell whether the text names a part of the country that the table of exonyms knows by `known`."""
    return any(_names_part(text, language, country) for country in known if country in _PARTS)


def _names_part(text: str, language: str, country: int) -> bool:
    return any(f"{word}.".startswith(_PARTS[country][language]) for word in lowered(text))
