"""Find the dateline that opens a story, "KYIV (Reuters) - …": it says where or when it was filed, not what happened."""

import re

# Capitals with diacritics too, from Poland, the Balkans and elsewhere: "GDAŃSK", "ÖSTERSUND".
_CAPITAL = "A-ZА-ЯІЇЄҐЁ" + "".join(letter for letter in map(chr, range(0xC0, 0x250)) if letter.isupper())
_PLACE = rf"[{_CAPITAL}][{_CAPITAL}'’.-]*(?:[ /][{_CAPITAL}'’.-]+){{0,3}}"
_REGION = r"(?:, (?!\d)[^\W\d_][\w. ]{1,24})?"
_DAY = r"(?:\d{1,2}\.? [^\W\d_]{3,10}\.?|[^\W\d_]{3,10}\.? \d{1,2})(?:,? \d{4})?"
_DATE = rf"(?:, {_DAY})?"
# Four or five capitals are more often a stock symbol, as in "APPLE (AAPL)", than an agency.
_AGENCY = r" \((?!(?!TASS|ANSA)[A-Z]{4,5}\))[\w./ -]{2,40}\)"
_DASH = r"\s{0,2}[-–—]{1,2}\s{1,2}"
# An agency in brackets is proof enough; without one the place needs a date, or to be longer than most abbreviations.
_WITH_AGENCY = re.compile(rf"(?:{_PLACE}|[^\W\d_][\w'’-]*){_REGION}{_DATE}{_AGENCY}{_DATE}{_DASH}(?=\S)")
_AGENCY_ALONE = re.compile(rf"\([A-Z][\w ]{{1,20}}\){_DASH}(?=[«“\"]?[A-ZА-ЯІЇЄҐЁ])")
# What Ukrainian and Russian sites put before a paragraph: «Деталі: …».
_LABEL = re.compile(
    r"(?:деталі|подробиці|передісторія|нагадаємо|що сталося|детали|подробности|предыстория|напомним|что случилось"
    r"|що передувало|що було раніше|пряма мова|прямая речь|дослівно|дословно|контекст"
    r"|details|background|context|what happened|why it matters|subject|тема):\s{1,2}(?=[«“\"]?\w)",
    re.IGNORECASE,
)
# «РИА Новости.» after a dateline; a short sentence there, as in «КИЕВ, 5 марта – Погиб мэр города. …», is news.
_WIRE = r"[A-ZА-ЯІЇЄҐЁ][\w-]{1,20}(?: [A-ZА-ЯІЇЄҐЁ][\w-]{1,20}){0,2}"
_DATED = re.compile(rf"{_PLACE}{_REGION}, \d{{1,2}}\.? [^\W\d_]{{3,10}}\.?{_DASH}(?:{_WIRE}(?:\.\s{{1,2}}|\.?$|{_DASH}))?")
# "BERLIN, Germany – November 12, 2026 – Helion GmbH …", "NEW YORK, Nov. 12, 2026 /PRNewswire/ -- …": press releases.
_RELEASED = re.compile(rf"{_PLACE}{_REGION}(?: (?:&|and) {_PLACE}{_REGION})?(?:{_DASH}{_DAY}|, {_DAY} /[\w -]{{2,30}}/){_DASH}(?=\S)")
# How agencies mark the kind or the number of a report in its headline: "UPDATE 2-", "GLOBAL MARKETS-".
_SLUG = re.compile(
    r"(?:(?:UPDATE|WRAPUP|REFILE|RPT|CORRECTED|PREVIEW|ANALYSIS|EXCLUSIVE|FACTBOX|TIMELINE|INSIGHT|INTERVIEW|GLOBAL MARKETS|FOREX|PRECIOUS)"
    r"(?: \d{1,2})?-)+(?=\w)"
)
_FILED = re.compile(rf"{_PLACE}, {_DAY}")
_BARE = re.compile(rf"(?=[^\W\d_]{{5}}){_PLACE}{_REGION}{_DASH}(?=[«“\"]?[^\W\d_])")
# "Москва. 5 марта. INTERFAX.RU - ": full stops that end no sentence.
_STOPPED = re.compile(
    rf"[A-ZА-ЯІЇЄҐЁ][\w'’-]{{1,30}}(?: [A-ZА-ЯІЇЄҐЁ][\w'’-]{{1,30}})?\. \d{{1,2}} [^\W\d_]{{3,10}}\. "
    rf"[A-ZА-ЯІЇЄҐЁ][\w.-]{{1,30}}(?: [A-ZА-ЯІЇЄҐЁ][\w.-]{{1,20}})?{_DASH}(?=\S)"
)
# «МОСКВА, 18 ноября. /ТАСС/. …», «Київ. 18 листопада. УНН. …», "KYIV. Nov 18 (Interfax-Ukraine) - …": also a stop after the agency.
_CITY = r"[A-ZА-ЯІЇЄҐЁ][\w'’-]{1,30}(?: [A-ZА-ЯІЇЄҐЁ][\w'’-]{1,30}){0,2}"
_AGENCIES = (
    r"(?:[КкKk]орр(?:еспондент)?\.? )?(?:У(?:НН|НІАН|НИАН|кр[иі]нформ)|ТАСС|TASS|БЕЛТА|BelTA|РИА Новости|[ІИ]нтерфакс(?:-Укра[їи]на)?)"
)
_CLOSED = re.compile(
    rf"{_CITY}(?:[.,] {_DAY})?\.? (?:/[^/\n]{{2,40}}/\.?|{_AGENCIES}\.)\s{{1,2}}(?=[«“\"]?\w)"
    rf"|{_CITY}\. {_DAY} \([\w./ -]{{2,40}}\){_DASH}(?=\S)"
)
_MONTH = (
    "(?:січ|лют|берез|квіт|трав|черв|лип|серп|верес|жовт|листоп|груд|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек"
    "|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[^\\W\\d_]{0,8}"
)
# "м. Варшава, 3 березня 2026 р. — Група …", "Москва, 3 марта. Суд …": the place as in running text, and the day.
_SIGNED = re.compile(
    r"(?:[мгс]\.\s?)?[A-ZА-ЯІЇЄҐЁ][\w'’-]{1,30}(?: [A-ZА-ЯІЇЄҐЁ][\w'’-]{1,30})?, "
    rf"\d{{1,2}} {_MONTH}\.?(?:,? \d{{4}}(?: ?[рг]\.| року| года)?)?(?:{_DASH}(?:{_WIRE}\.\s{{1,2}})?|(?<=\.)\s{{1,2}}|\.\s{{1,2}})"
    r"(?=[«“\"]?[A-ZА-ЯІЇЄҐЁ])"
)
# "Nov 19 - London's FTSE 100 fell …", "Nov 19 (Reuters) - …"
_DAY_ALONE = re.compile(rf"{_MONTH}\.? \d{{1,2}}(?:, \d{{4}})?(?: \([\w./ -]{{2,40}}\))?{_DASH}(?=[“\"]?[A-Z])")
# "14:05 Rescuers have reached …", "[14:05] …", "UPD 2.05pm: …": an entry of a live blog, with the time at which it was written.
_HOUR = r"(?:[01]?\d|2[0-3])"
_ZONE = r"(?: ?(?:[ap]\.?m\b\.?|GMT|UTC|BST|E[ES]?[DS]?T|МСК))"
_TIME = rf"{_HOUR}(?::[0-5]\d{_ZONE}?|\.[0-5]\d{_ZONE})(?: \([\w ]{{2,20}}\))?"
_UPDATED = r"(?:(?:upd|updated?|оновлено|обновлено)[.:]? )?"
_CLOCK = re.compile(
    rf"{_UPDATED}(?:\[{_TIME}\]|\({_TIME}\)|{_TIME})(?:{_DASH}|\s\|\s|\s?[.,:•]\s{{1,2}}|\s{{1,2}})(?=[«“\"]?[^\W\d_])", re.IGNORECASE
)
_HANDS = re.compile(rf"(?<![\d.])({_HOUR})[:.]([0-5]\d)(?: ?([aApP])\.?[mM])?")
_STAMP = re.compile(rf"{_UPDATED}[\[(]?{_TIME}[\])]?\W{{0,3}}", re.IGNORECASE)
# "3 March, 14:05.", "14:05, Kyiv.": when, and perhaps where, and nothing else.
_WHEN = re.compile(rf"(?:{_DAY}, )?{_TIME}(?:, [A-ZА-ЯІЇЄҐЁ][\w'’-]{{1,30}})?")
# "Photo: Reuters." on the same line as news.
_CREDIT = re.compile(r"(?:photos?|images?|pictures?|videos?|фото|відео|видео)\s?[:/] ?\S+(?: \S+){0,3}", re.IGNORECASE)
_MAX_CHARACTERS = 100
_HEADING = re.compile(r"[^.!?]{0,40}:")


def dateline_end(sentence: str) -> int:
    """Where the news begins, in code points: 0 without a dateline, the sentence's length if it is nothing else."""
    opening = sentence[:_MAX_CHARACTERS]
    if any(pattern.fullmatch(sentence.removesuffix(".")) for pattern in (_FILED, _WHEN)) or _CREDIT.fullmatch(sentence):
        return len(sentence)
    for pattern in (_SLUG, _RELEASED, _DATED, _WITH_AGENCY, _STOPPED, _CLOSED, _SIGNED, _DAY_ALONE, _AGENCY_ALONE, _LABEL):
        if match := pattern.match(opening):
            return match.end()
    if (match := _CLOCK.match(opening)) and _opens(opening[match.end() :]):
        return match.end()
    match = _BARE.match(opening)
    return match.end() if match and _opens(opening[match.end() :]) and not _HEADING.match(opening, match.end()) else 0


def _is_entry(sentence: str) -> bool:
    """Whether the sentence begins an entry of a live blog: the time at which it was written, and then news."""
    match = _CLOCK.match(sentence, 0, _MAX_CHARACTERS)
    return match is not None and _opens(sentence[match.end() :])


def entry_time(line: str) -> int | None:
    """The minute of the day of a live blog's entry, if the line begins one or is its time alone; None otherwise."""
    if not _is_entry(line) and not _WHEN.fullmatch(line.removesuffix(".")) and not _STAMP.fullmatch(line):
        return None
    match = _HANDS.search(line)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2]), match[3]
    if half:
        hour = hour % 12 + (12 if half in "pP" else 0)
    return 60 * hour + minute


def stamp_end(text: str, start: int, end: int) -> int:
    """Where the time of a live blog's entry at the head of the paragraph from `start` to `end` ends; `start` if there is none."""
    match = _CLOCK.match(text, start, min(end, start + _MAX_CHARACTERS))
    return match.end() if match and _opens(text[match.end() : match.end() + 2]) else start


def stopped_end(text: str, start: int, end: int) -> int:
    """Where a dateline with full stops at the head of the paragraph from `start` to `end` ends; `start` if there is none."""
    limit = min(end, start + _MAX_CHARACTERS)
    matches = (pattern.match(text, start, limit) for pattern in (_STOPPED, _CLOSED, _SIGNED))
    return next((match.end() for match in matches if match), start)


def _opens(rest: str) -> bool:
    """Whether a sentence begins there, rather than the second half of "ЮНЕСКО — це …"."""
    word = rest.lstrip("«“\"'")
    return bool(word) and word[0].isupper()
