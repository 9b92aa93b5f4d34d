"""Find the sentences that only the one before explains: they open with a pronoun or a conjunction, or are little but figures."""

import re

from korotko_service.text.wordlists import DANGLING_OPENINGS, DATE_WORDS

_FIRST_WORD = re.compile(r"\W*([^\W\d_]+)")
# "This week", «в этом сезоне», «после того, как …», «для того чтобы …»: these say when, or refer to what follows.
_OF_ITS_OWN = (
    r"(?!,? (?:ро(?:ку|ці)|тижн[яі]|місяц[яі]|сезон[уіае]|літа|разу|дня|часу|году?|года|неделе|месяц[ае]|лета|раза|времени"
    r"|як|щоби?|как|что|чтобы?)\b)"
)
# "On it was …", «На ней была …», «За його словами, …», «При этом …»: the sentence before says what is meant.
_LEANING_PHRASE = re.compile(
    r"\W*(?:in return,"
    r"|(?:according to|in|on|at|with|from|of|to|by|for|among|after|before|under|behind|without|because of|despite|like|unlike|besides)"
    r" (?:him|her|it|them|this|that|these|those)\b(?! (?:week|month|year|time|day|morning|summer|spring|autumn|winter|season))"
    r"|(?:за|на|у|в|з|із|зі|до|від|по|при|про|для|під|над|між|через|після|перед|без|серед|крім|завдяки|замість)"
    r" (?:нього|неї|ньому|нім|ній|ним|нею|ними|них|його|її|їх|їхніми|того|цього|цим|цьому)\b"
    rf"{_OF_ITS_OWN}"
    r"|(?:за|на|в|во|с|со|из|у|к|ко|от|по|при|о|об|обо|для|под|над|между|через|после|перед|до|без|среди|кроме|благодаря|вместо|помимо)"
    r" (?:него|неё|нее|нём|нем|ней|ним|ними|них|нему|нею|его|её|ее|их|того|этого|этом|этим|тем)\b"
    rf"{_OF_ITS_OWN}"
    # "Most of them …", «Двоє з них …», «Відповідне рішення …».
    r"|[^\W\d_]+ (?:of them|(?:із|з|из) них)\b|(?:відповідн(?:ий|а|е|і|у|ого|ої|их)|соответствующ(?:ий|ая|ее|ие|ую|его|ей|их))\b"
    # A Ukrainian or Russian sentence without a subject: «Окончил мединститут, работает в больнице.»
    r"|(?:окончил|закінчи(?:в|ла)|учил(?:ся|ась)|навча(?:вся|лася)|работал|працюва(?:в|ла)|служи(?:л|в)|обійма(?:в|ла)|занимал)а?\b"
    r"|there,? (?:he|she|they)\b|(?:second|third|finally)(?:ly)?,|по-(?:друге|третє)\b|во-вторых\b|в-третьих\b"
    # An answer to a question before it.
    r"|because\b(?!.*,)|(?:тому що|бо|потому что)\b"
    r"|(?:тим|тем) (?:часом|временем)\b|в частности\b|вместе с тем\b|разом (?:і|з|із) тим\b|as a result,|for (?:example|instance),"
    r"|наприклад,|например,)",
    re.IGNORECASE,
)
# "After he was arrested, …", «Коли її затримали, …», «Дату его подписания …»: unclear who, unless a name follows in the sentence.
_LEANING_CLAUSE = re.compile(
    r"\W*(?:(?:after|before|when|while|because|since|until|once|although|though|if|as) (?:he|she|they|his|her|their)\b"
    r"|(?:коли|після того,? як|перш ніж|поки|доки|якщо|оскільки|бо|хоча|щойно) (?:він|вона|вони|його|її|їх|йому|їй|їм)\b"
    r"|(?:когда|после того,? как|прежде чем|пока|если|поскольку|так как|хотя|едва) (?:он|она|они|его|её|ее|их|ему|ей|им)\b"
    # "Police arrested him", «Поліція затримала його»: the one who acts is somebody else.
    r"|(?:the )?[a-z]{3,} [a-z]{3,} (?:him|them)\b"
    r"|(?:[^\W\d_]{3,} )?[^\W\d_]+(?<=ав|ив|їв|ув|ла|ло|ли|ал|ил|ел|ят|ют|ть) (?:його|її|йому|їй|їх|его|её|ее|ему|ей|их)\b"
    r"|[^\W\d_]+ (?:його|її|йому|їй|его|её|ее|ему|ей)\b)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\s«“\"(])[A-ZА-ЯІЇЄҐЁ][\w'’ʼ-]+")
# «– «Завтра пойму».»: the sentence before names the speaker.
_SPEECH_GOES_ON = re.compile(r"[—–-]\s*[«“„\"]")
# Refers to somebody or something named before; "It is rare for storms to …" does not.
_PRONOUN = re.compile(
    r"[\W_]*(?:he|she|they|his|hers?|their|its|it(?!['’]s\b|,? (?:is|was|will be|has been|may|might|seems|appears|takes?|took)\b)"
    r"|він|вона|воно|вони|його|її|їх|їхн(?:ій|я|є|і)|йому|їй|їм|он|она|оно|они|его|её|ее|их|ему|ей|им)\b(?!['’])",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+|[ \u00a0\u202f]\d{3}\b)*")
_LEAST_LETTERS = 4
_MOST_WORDS = 4


def leans_on_the_one_before(sentence: str) -> bool:
    """Whether only the sentence before says who or when: it opens with a word such as "However," or "Він", or is little but figures."""
    first = first_word(sentence)
    if first in DANGLING_OPENINGS or _LEANING_PHRASE.match(sentence) or _SPEECH_GOES_ON.match(sentence):
        return True
    return _is_bare_figures(sentence) or _names_nobody(sentence)


def opens_with_pronoun(sentence: str) -> bool:
    """Whether the first word refers to a name in the sentence before."""
    return _PRONOUN.match(sentence) is not None


def _names_nobody(sentence: str) -> bool:
    """Whether no name follows a pronoun near the opening; a pronoun further on mostly has its name before it."""
    match = _LEANING_CLAUSE.match(sentence)
    return match is not None and all(name.casefold() in DATE_WORDS for name in _NAME.findall(sentence, match.end()))


def first_word(sentence: str) -> str:
    """The first word in lower case; "" where there is none."""
    first = _FIRST_WORD.match(sentence)
    return first.group(1).casefold() if first else ""


def _is_bare_figures(sentence: str) -> bool:
    """ "Max 9C, min 3C.", «Вночі –22 °C, вдень –14 °C.»: several numbers and hardly more words. «ЦБ поднял ставку до 21%.» has one."""
    numbers = len(_NUMBER.findall(sentence))
    words = sum(len(word) >= _LEAST_LETTERS for word in _LETTERS.findall(sentence))
    return numbers > 1 and words <= numbers + 1 and words <= _MOST_WORDS
