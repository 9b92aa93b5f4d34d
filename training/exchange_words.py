"""Words that may replace one another: days, months, places and people, each in English, Ukrainian and Russian.

Within a group every entry has the same grammatical case, gender and number, so that a sentence stays correct when one
entry replaces another. English and Russian carry the preposition that fixes the case of a place or a day;
Ukrainian has у or в before it, by sound.
"""

_DAYS = """
on Monday|понеділок|в понедельник
on Tuesday|вівторок|во вторник
on Wednesday|середу|в среду
on Thursday|четвер|в четверг
on Friday|п'ятницю|в пятницу
on Saturday|суботу|в субботу
on Sunday|неділю|в воскресенье
"""

_MONTHS = """
January|січня|января
February|лютого|февраля
March|березня|марта
April|квітня|апреля
May|травня|мая
June|червня|июня
July|липня|июля
August|серпня|августа
September|вересня|сентября
October|жовтня|октября
November|листопада|ноября
December|грудня|декабря
"""

# "In" a place: those whose Ukrainian and Russian take в and not у or во after any word.
_IN_PLACES = """
in Kyiv|Києві|в Киеве
in Odesa|Одесі|в Одессе
in Kharkiv|Харкові|в Харькове
in Poltava|Полтаві|в Полтаве
in Sumy|Сумах|в Сумах
in Chernihiv|Чернігові|в Чернигове
in Zhytomyr|Житомирі|в Житомире
in Berlin|Берліні|в Берлине
in Paris|Парижі|в Париже
in London|Лондоні|в Лондоне
in Warsaw|Варшаві|в Варшаве
in Brussels|Брюсселі|в Брюсселе
in Geneva|Женеві|в Женеве
in Istanbul|Стамбулі|в Стамбуле
in Washington|Вашингтоні|в Вашингтоне
in Prague|Празі|в Праге
in Madrid|Мадриді|в Мадриде
in Vilnius|Вільнюсі|в Вильнюсе
in Tallinn|Таллінні|в Таллине
in Budapest|Будапешті|в Будапеште
in Ankara|Анкарі|в Анкаре
in Tokyo|Токіо|в Токио
in Beijing|Пекіні|в Пекине
in Poland|Польщі|в Польше
in Germany|Німеччині|в Германии
in Canada|Канаді|в Канаде
in Romania|Румунії|в Румынии
in Turkey|Туреччині|в Турции
in Japan|Японії|в Японии
in Norway|Норвегії|в Норвегии
in Sweden|Швеції|в Швеции
in Italy|Італії|в Италии
in Moldova|Молдові|в Молдове
"""

_MEN = """
Oleksandr|Олександр|Александр
Andriy|Андрій|Андрей
Serhiy|Сергій|Сергей
Mykola|Микола|Николай
Dmytro|Дмитро|Дмитрий
Ivan|Іван|Иван
Petro|Петро|Петр
Taras|Тарас|Тарас
Bohdan|Богдан|Богдан
Viktor|Віктор|Виктор
Roman|Роман|Роман
Maksym|Максим|Максим
Denys|Денис|Денис
Vasyl|Василь|Василий
Yuriy|Юрій|Юрий
Volodymyr|Володимир|Владимир
Oleh|Олег|Олег
Ihor|Ігор|Игорь
Mykhailo|Михайло|Михаил
Pavlo|Павло|Павел
John|Джон|Джон
David|Девід|Дэвид
Thomas|Томас|Томас
Peter|Пітер|Питер
"""

_WOMEN = """
Olena|Олена|Елена
Oksana|Оксана|Оксана
Iryna|Ірина|Ирина
Tetyana|Тетяна|Татьяна
Nataliya|Наталія|Наталия
Hanna|Ганна|Анна
Kateryna|Катерина|Екатерина
Yuliya|Юлія|Юлия
Svitlana|Світлана|Светлана
Larysa|Лариса|Лариса
Lyudmyla|Людмила|Людмила
Daryna|Дарина|Дарина
Solomiya|Соломія|Соломия
Mariya|Марія|Мария
Sofiya|Софія|София
Angela|Ангела|Ангела
Laura|Лаура|Лаура
"""

# Surnames in -енко and -ко keep their ending in the languages' nominative; a woman's never changes.
_SURNAMES = """
Shevchenko|Шевченко|Шевченко
Bondarenko|Бондаренко|Бондаренко
Tkachenko|Ткаченко|Ткаченко
Kravchenko|Кравченко|Кравченко
Petrenko|Петренко|Петренко
Marchenko|Марченко|Марченко
Savchenko|Савченко|Савченко
Rudenko|Руденко|Руденко
Lysenko|Лисенко|Лысенко
Pavlenko|Павленко|Павленко
Kharchenko|Харченко|Харченко
Romanenko|Романенко|Романенко
Tymoshenko|Тимошенко|Тимошенко
Klymenko|Клименко|Клименко
Havrylenko|Гавриленко|Гавриленко
Fedorenko|Федоренко|Федоренко
Didenko|Діденко|Диденко
"""


def _group(table: str) -> tuple[tuple[str, str, str], ...]:
    rows = (line.split("|") for line in table.strip().splitlines())
    return tuple((english, ukrainian, russian) for english, ukrainian, russian in rows)


# Each group in the order of LANGUAGES: English, Ukrainian, Russian.
GROUPS = tuple(_group(table) for table in (_DAYS, _MONTHS, _IN_PLACES, _MEN, _WOMEN, _SURNAMES))
MONTHS = GROUPS[1]
