"""Tell the lines that say who, where, when and which agency from the news itself."""

import re
from collections.abc import Iterator

from korotko_service.text.lines import is_final
from korotko_service.text.wordlists import DATE_WORDS

_MAX_CHARACTERS = 140
_MAX_WORDS = 14
_MAX_TAG_WORDS = 3
_MIN_TITLE_WORDS = 4
_MAX_SOURCE_WORDS = 4
_MAX_MAIL_WORDS = 10

_NAME = r"[^\W\d_a-zа-яіїєґё][\w.'’ʼ-]*"
_NAMES = rf"{_NAME}(?:(?:,| and| та| і| и| de| van| von| di| /)? {_NAME}){{0,7}}"
_AUTHOR = re.compile(rf"(?:By|by|BY|Від|Автор|Автори|Авторка|Авторы) {_NAMES}(?:,? [\w ]{{0,30}})?")
_LABEL = re.compile(
    r"\W{0,3}(?:photo|photos|photograph|image|images|picture|video|graphic|credit|author|authors|text|story|"
    r"reporting|additional reporting|editing|writing|tags|topics|contact|contacts|media contact|"
    r"read more|read also|also read|see also|related|published|updated|last updated|key ?words|ключові слова|ключевые слова|"
    r"автор|автори|авторка|авторы|текст|фото|фотографія|фотография|відео|видео|ілюстрація|иллюстрация|графіка|"
    r"теги|рубрика|категорія|категория|опубліковано|опубликовано|оновлено|обновлено|читайте також|читайте также|читати також|"
    r"читать также|дивіться також|смотрите также|також читайте|за темою|по теме|контакти|контакты)\s?[:/|]",
    re.IGNORECASE,
)
# «Источник: РИА Новости»; followed by a whole sentence, as in «Источник: в правительстве не знали о сделке.», it is news.
_SOURCE = re.compile(r"\W{0,3}(?:sources?|джерел[ао]|источники?)\s?[:/|]", re.IGNORECASE)
# Lines that are not news, however they end.
_NOTICE = re.compile(
    r"\W{0,3}(?:(?:copyright|©|\(c\))\s?(?:©|\(c\)|\d{4})|all rights reserved|усі права (?:захищ|застереж)|все права (?:защищ|сохран)"
    r"|(?:підписуйтес[ья]|подписывайтесь|follow us|share this|поделиться|поділитися)\b"
    r"|(?:удк|udc|doi|issn|isbn)[\s:]\s?\d"
    r"|(?:strictly )?embargoed:? (?:until|till|to|for) |(?:strict )?embargo:? (?:until|till) "
    r"|not for (?:publication|release|broadcast|distribution)\b"
    r"|(?:під |под )?(?:ембарго|эмбарго)(?::| до)|не для (?:публікації|друку|поширення|публикации|печати|распространения)\b)",
    re.IGNORECASE,
)
# Lines that are not news unless they end like a sentence: "Video by a bystander shows the officer shooting twice."
_INVITATION = re.compile(
    r"\W{0,3}(?:(?:photo|image|picture|video|reporting|editing|writing|written|edited|additional reporting) by\b"
    r"|(?:ap photo|getty images|afp via|©|\(c\)|copyright|фото з|фото из)"
    r"|(?:read more|subscribe)\b|(?:advertisement|реклама)(?: на сайт[іе])?\W{0,3}$)",
    re.IGNORECASE,
)
_CREW = re.compile(
    rf"(?i:\W{{0,3}}(?:photo|image|picture|video|reporting|editing|writing|written|edited|additional reporting) by) {_NAMES}"
    rf"(?:[;,.] (?i:(?:additional )?(?:reporting|editing|writing|written|edited) by) {_NAMES}| in {_NAMES}){{0,4}}\W{{0,2}}"
)
_AGENCY = re.compile(
    r"\W{0,3}(?:reuters|ap|afp|bbc|cnn|dpa|efe|ansa|dw|bloomberg|associated press|agence france-presse|radio free europe|the guardian|"
    r"укрінформ|укринформ|уніан|униан|унн|інтерфакс(?:-україна)?|интерфакс(?:-украина)?|тасс|риа новости|рбк(?:-україна|-украина)?|"
    r"суспільне|бі-бі-сі|би-би-си|радіо свобода|радио свобода)"
    r"(?: news| новини| новости| україна| украина)?(?:(?:\s*/|, )(?:(?!\. )[\w .-]){1,40})?\W{0,3}",
    re.IGNORECASE,
)
_DASHED_TAG = re.compile(r"[-–—]\s{0,3}\S.{0,40}")
_ADDRESS = re.compile(r"\W{0,2}(?:https?://\S+|www\.\S+|@\w+|[\w.+-]{1,64}@[\w.-]+)\W{0,2}")
# "Laura Schmidt, Head of Communications press@example.org", "From: Morning Brief <brief@example.org>"
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+\.[\w.-]+")
# «Надіслати новину: @kharkiv_bot», "More on the site 👉 https://example.com": they say where to find something else.
_LEADS_ON = re.compile(r"[:👉➡→]\s{0,2}(?:@\w+|https?://\S+|www\.\S+|t\.me/\S+)\Z")
# Columns of a typeset file: a page header with its number, the row of a table.
_COLUMNS = re.compile(r"\S {5,}\S")
_PAGE = re.compile(r"[\W_]{0,4}\d{1,4}[\W_]{0,4}")
_READING_TIME = re.compile(r"\d{1,3} (?:min|minutes?|хв|хвилин\w*|мин|минут\w*)\.? (?:read|читання|чтения)", re.IGNORECASE)
# Buttons and the age of an article, which come with a copied page, each on a line of its own.
_BUTTON = re.compile(
    r"(?:share|save|print|listen|comments?|copy link|поділитися|зберегти|слухати|коментарі|поделиться|сохранить|слушать|комментарии)"
    r"|(?:(?:published|updated|posted|опубліковано|оновлено|опубликовано|обновлено) )?"
    r"(?:\d{1,3}|an?) (?:min(?:ute)?s?|hours?|days?|хвилин\w?|годин\w?|дні\w?|день|минут\w?|час(?:а|ов)?|дн[яе]й?) (?:ago|тому|назад)",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?<![\d:.])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])")
_DAYS = frozenset({"today", "yesterday", "сьогодні", "вчора", "учора", "сегодня", "вчера"})
_PARTED = re.compile(r"\s+[|/>»›→·•]\s+")
_WORDS = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")


def is_byline(line: str) -> bool:
    """Whether the line, given without a list marker, is a byline, credit, date, address or invitation to click."""
    if len(line) > _MAX_CHARACTERS:
        return False
    if any(rule.fullmatch(line) for rule in (_AGENCY, _ADDRESS, _READING_TIME, _BUTTON, _PAGE)):
        return True
    words = _WORDS.findall(line)
    if _CREW.fullmatch(line):
        return True
    if len(words) > _MAX_WORDS:
        return False
    if _LABEL.match(line) or _NOTICE.match(line) or _is_date(line, words):
        return True
    if is_final(line, 0, len(line)):
        return _SOURCE.match(line) is not None and len(words) <= _MAX_SOURCE_WORDS
    if _COLUMNS.search(line) or (_LEADS_ON.search(line) and len(words) <= _MAX_MAIL_WORDS):
        return True
    if _SOURCE.match(line) or _INVITATION.match(line) or _AUTHOR.fullmatch(line):
        return True
    if (parted := _PARTED.search(line)) and is_byline(line[: parted.start()]):
        return True
    return (" | " in line and not is_title_of_site(line)) or (_MAIL.search(line) is not None and len(words) <= _MAX_MAIL_WORDS)


def parts_of_byline(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of the byline from `start` to `end` between its bars, arrows and dots: "Jane Doe | Reuters", "Home > World"."""
    for match in _PARTED.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def is_agency(line: str) -> bool:
    """Whether the line is the name of a news agency or site, and nothing else."""
    return _AGENCY.fullmatch(line) is not None


def is_title_of_site(line: str) -> bool:
    """Whether the line is a title before the name of its site, such as "Council buys new trams | The Daily", not author | date | place."""
    title, bar, site = line.partition(" | ")
    words = title.split()
    has_small = sum(word[0].islower() for word in words) >= len(words) / 3
    return bool(bar) and " | " not in site and len(words) >= _MIN_TITLE_WORDS and has_small


def is_dashed_tag(line: str) -> bool:
    """A last "- News" or "— Reuters": a dash and up to three capitalised words."""
    if not _DASHED_TAG.fullmatch(line) or is_final(line, 0, len(line)):
        return False
    words = line.lstrip("-–— ").split()
    return len(words) <= _MAX_TAG_WORDS and all(word[0].isupper() for word in words)


def _is_date(line: str, words: list[str]) -> bool:
    """Nothing but digits and the words of a date, and perhaps one more word next to a time, as in «Сегодня, 12:44 Общество».

    The words are checked first, because they rule out nearly every line.
    """
    strange = sum(word.casefold() not in DATE_WORDS and word.casefold() not in _DAYS for word in words)
    return (
        (not strange or (strange == 1 and _TIME.search(line) is not None and not is_final(line, 0, len(line))))
        and any(character.isdigit() for character in line)
        and bool(words or ":" in line or line.count(".") > 1)
    )
