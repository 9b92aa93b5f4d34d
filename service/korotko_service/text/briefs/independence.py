"""How well a sentence works in a brief, away from its neighbours in the article."""

import re

from korotko_service.text.briefs.quotation import breaks_a_quote

_QUOTE = 0.7
_FRAGMENT = 0.4
_QUESTION = 0.4
_UNFINISHED = 0.7
_SPEECH = 0.6
_ROSTER = 0.3
_OLD = 0.5
_ANNOUNCEMENT = 0.3
_MAX_QUOTED_SHARE = 0.5

_OPENS_QUOTED = re.compile(r"[\s—–-]*[«“„\"]")
# Of nested quotations the inner one: the search for a closing mark stops at any other mark.
_QUOTED = re.compile(r"[«“„\"][^«»”“„\"]*+[»”“\"]")
_CLOSERS = "\"'»”“’)]"
# The dash of a dialogue, or the speaker in capitals: "Q:", "MH:", «ЛІНІВ:», "GOVERNOR HOLT (on the phone):".
_OPENS_SPEECH = re.compile(
    r"[—–-]\s|(?!(?:BREAKING|URGENT|UPDATED?|EXCLUSIVE|JUST IN|ALERT|ТЕРМІНОВО|ВАЖЛИВО|ОНОВЛЕНО|ЕКСКЛЮЗИВ|СРОЧНО|ВАЖНО|МОЛНИЯ|ОБНОВЛЕНО)\b)"
    r"(?:[A-ZА-ЯІЇЄҐЁ]{1,20}|(?:[A-ZА-ЯІЇЄҐЁ]\.){2,3})(?: [A-ZА-ЯІЇЄҐЁ.]{1,20}){0,3}(?: \([\w ]{1,30}\))?:\s"
)
# A brief would not say whose words these are. "World War I ended" is nobody's speech.
_FIRST_PERSON = re.compile(
    r"(?:^|(?<![A-Za-z'])[a-z][a-z']*+,?\s)I\s|\bI['’](?:m|ve|d|ll)\b|(?<!['’ʼ])\b(?:we|my|our|me|us|We|My|Our|[яЯ]|[мМ][иы]|мне|мені|меня|мене)\b"
)
# What follows is old news.
_REMINDER = re.compile(
    r"(?:нагадаємо|нагадуємо|напомним|передісторія:|предыстория:|що передувало:|що було раніше:|background:"
    r"|(?:раніше|ранее) (?:ми |мы )?(?:писали|повідомлял|сообщал)|(?:як|как) (?:ми |мы )?(?:раніше |ранее )?"
    r"(?:писали|повідомлял|сообщал)|as (?:previously )?reported\b)",
    re.IGNORECASE,
)
# Says only who gave the news, or that it follows.
_ANNOUNCES = re.compile(
    r"(?:here(?:['’]s| is| are) (?:what|how|why|a look)|what (?:we|you need to) know|ось (?:що|як|чому)\b|вот (?:что|как|почему)\b"
    r"|розповідаємо|рассказываем"
    r"|про це (?:повідом|розпові|заяви|пише)\w*|об этом (?:сообщ|рассказ|заяви|пиш)\w*)",
    re.IGNORECASE,
)
# «Режиссер Айсулу Ермекова — о призе и степи»: who speaks about what, not what is said.
_SUBJECT = re.compile(r"[^.!?…—–]{3,90}\s[—–]\s(?:о|об|обо|про)\s[^.!?…]*\Z")
_LETTERS = re.compile(r"[^\W\d_]+")
_PARTING = re.compile(r"[:,;–—]")
_LEAST_LETTERS = 3
_ROSTER_SHARE = 0.8
_LEAST_PARTINGS = 4


def independence(sentence: str) -> float:
    """From 0 to 1: how well the sentence works in a brief, whatever precedes it: less for quotes, questions, reminders and lists."""
    value = 1.0
    if _OPENS_QUOTED.match(sentence) or _quoted_share(sentence) > _MAX_QUOTED_SHARE:
        value *= _QUOTE
    if breaks_a_quote(sentence):
        value *= _FRAGMENT
    if sentence.rstrip(_CLOSERS).endswith("?"):
        value *= _QUESTION
    if sentence.endswith((":", "…", "...")):
        value *= _UNFINISHED
    if _OPENS_SPEECH.match(sentence) or _FIRST_PERSON.search(_QUOTED.sub("", sentence)):
        value *= _SPEECH
    if _REMINDER.match(sentence):
        value *= _OLD
    if _ANNOUNCES.match(sentence) or _SUBJECT.match(sentence):
        value *= _ANNOUNCEMENT
    if _is_roster(sentence):
        value *= _ROSTER
    return value


def is_no_sentence(sentence: str) -> bool:
    """Whether it is one word, or the names of a team: "Аннотация.", "Arsenal (4-3-3): Raya; White, Saliba, Gabriel, Timber." """
    return len(_LETTERS.findall(sentence)) < 2 or (_is_roster(sentence) and len(_PARTING.findall(sentence)) >= _LEAST_PARTINGS)


def _quoted_share(sentence: str) -> float:
    return sum(len(match.group()) for match in _QUOTED.finditer(sentence)) / max(1, len(sentence))


def _is_roster(sentence: str) -> bool:
    """Names and figures with hardly a word in lower case: "Arsenal (4-3-3): Raya; White, Saliba.", "Fines." """
    words = [word for word in _LETTERS.findall(sentence) if len(word) >= _LEAST_LETTERS]
    return sum(word[0].isupper() for word in words) >= _ROSTER_SHARE * len(words) and not sentence.isupper()
