"""Words that end in a full stop without ending a sentence, in English, Ukrainian and Russian together."""

import re
from collections.abc import Callable

from korotko_service.text.wordlists import MONTHS_SHORT, STARTERS, TIME_FOLLOWERS, word_set

# A name or a noun always follows. English ones count only when capitalised: "gen." is not a general.
_TITLES = word_set(
    """
    Mr Mrs Ms Mx Dr Drs Prof Profs Gov Govs Sen Sens Rep Reps Gen Gens Lt Col Sgt Capt Cmdr Adm Maj Brig Pvt Rev Hon Pres
    Amb Messrs Mt Ft Fr Supt Det Insp Cllr Cllrs Cpl Cdr Const Св
    """
)
_BEFORE_NOUN = word_set(
    """
    vs cf eg ie viz approx ca mr mrs dr ак ім вул просп пров пл бул див напр проф акад ген полк адм кн гр доц канд асп інж св англ нім
    франц лат грец укр рос польськ яп нем греч устар смт оз sp spp subsp обл.ц р-н ул пр-т просп см напр ср зам канд дер тов моск т.зв
    т.н т.е т.к т.о т.ч и.о в.о о.в в.і
    """
)
# The dot may end a sentence as well; only a following word that usually opens one shows that it does.
_UNCERTAIN = word_set(
    """
    inc corp ltd co jr sr bros dept univ est assn st ave blvd rd bldg обл стор ред им наб пер пор пос изд хут зав нач
    заст пр рус
    """
)
_LIST_ENDS = word_set("etc ін т.д т.п т.ін т.под н.э н.е")
_PAGES = word_set("no nos p pp art arts sec fig figs vol ch para paras")
_MONTHS = word_set("січ лют бер берез квіт трав черв лип серп верес жовт листоп груд янв фев февр апр июн июл авг сен сент окт нояб дек")
_BORN = word_set("нар пом род ум")  # "Нар. 5 січ. 1990 р."
_ABOUT = word_set("ок бл прибл")  # "ок. 3,5 млн"
_BEFORE_DIGIT = _PAGES | _MONTHS | _BORN | _ABOUT
_BEFORE_NUMBER = _BEFORE_DIGIT | word_set("ст п пп пункт рис табл гл ч с стр кв буд корп оф тел вип вып лиц ліц")
_AFTER_NUMBER = word_set(
    """
    тис тыс млн млрд трлн грн руб коп дол долл км кв.км куб кг га см мм л ч хв год сек мин міс мес ц шт чол чел ос барр п р рр
    г гг м с т ст в вв
    min sec hr hrs lb lbs oz ft yd mph pct tbsp tsp
    """
)
# Short for something else without a number in front: "см. с. 5", «ч. 3 ст. 276».
_MEASURES = word_set("см ч")
_SCALES = word_set("тис тыс млн млрд трлн кв куб")
# Single letters that are only ever short for something; "а", "я", "у", "і" are words. "Roe v. Wade".
_SHORT_LETTERS = frozenset("бвгґдежзиклмнопрстфхцчшv")
# "(лиц. ЦБ № 2814)", "(англ. Brexit)": a single word after an opening bracket is not a sentence.
_BRACKETED = re.compile(r"[(\[][^\W\d_A-ZА-ЯІЇЄҐЁ]{1,7}")
_DOTTED_LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]{1,4}")
_NUMBER = re.compile(r"[\d.,–-]*\d|[ivxlcIVXLCІХ]+")
_YEARS = ("р", "г", "рр", "гг")
_MEASURED = re.compile(r"\d[\d.,]*+(?:in|ft|lbs?|oz|yd|min|sec|hrs?)")  # "the 6.5in. screen"
_CLAUSE_OPENING = re.compile(
    r",\s(?:(?:у|в|від|до|з|із|на|за|с|со|к|по|після|після|навесні|влітку|восени|взимку|весной|летом|осенью|зимой|наприкінці|в конце"
    r"|в начале|на початку|[^\W\d_]{3,10})\s){0,3}\d{4}\s(?:рр?|гг?)$"
)
_WINDOW = 32
_MAX_ABBREVIATION = 8


def ends_sentence(text: str, start: int, dot: int, following: str) -> bool:
    """Whether the full stop at `dot` ends the sentence begun at `start` before the word or number `following`.

    `following` opens with a capital letter or a digit. Looks back at most 32 characters.
    """
    near = text[max(start, dot - _WINDOW) : dot].split()
    if not near or text[dot - 1].isspace():
        return True
    if _BRACKETED.fullmatch(near[-1]) and len(near) > 1:
        return False
    amount, _, token = near[-1].lstrip("(\"'«„“[‘").rpartition("/")  # "43 грн/дол.", "$71,2/барр."
    before = amount.lstrip("$€£₴") if amount[-1:].isdigit() else near[-2].lstrip("(\"'«„“[‘") if len(near) > 1 else ""
    if len(before) <= 5 and before.endswith(".") and len(token) <= 5:
        joined = (before + token).casefold()
        if joined in _LIST_ENDS:
            return True
        if joined in _BEFORE_NOUN:
            return False
    if _MEASURED.fullmatch(token):
        return opens_sentence(following)
    if len(token) > _MAX_ABBREVIATION:
        return True
    if token in _YEARS and _opens_clause(text, start, dot):
        return opens_sentence(following)
    return _ends(token, before, following, long=lambda: _is_long(text, start, dot))


def _opens_clause(text: str, start: int, dot: int) -> bool:
    """Whether a year is at the head of its clause, before any verb: «За версією слідства, у 2019 р. Лозовий отримав …»."""
    return _CLAUSE_OPENING.search(text, max(start, dot - _WINDOW), dot) is not None


def opens_sentence(word: str) -> bool:
    """Whether the word begins sentences far more often than names."""
    return word[:1].isupper() and word.casefold() in STARTERS


def _ends(token: str, before: str, following: str, *, long: Callable[[], bool]) -> bool:
    key = token.casefold()
    is_amount = _counts(before)
    if is_amount and key in _MEASURES:
        return _ends_after_unit(key, following, long=long)
    if token in _TITLES or key in _BEFORE_NOUN:
        return False
    if key in _LIST_ENDS:
        return True
    if key == "др":
        return before.casefold() in ("и", "і", "й", "та")
    if token in MONTHS_SHORT or key in _UNCERTAIN:
        return opens_sentence(following)
    if _DOTTED_LETTERS.fullmatch(token):
        return _ends_after_letters(key, following)
    if is_amount and (key in _AFTER_NUMBER or key in _MONTHS):
        return _ends_after_unit(key, following, long=long)
    if key in _BEFORE_NUMBER and (following[0].isdigit() or key not in _BEFORE_DIGIT):
        return False
    if len(token) == 1:
        return _ends_after_letter(token, following)
    return key not in _AFTER_NUMBER or (long() and not following[0].isdigit())


def _counts(word: str) -> bool:
    """Whether a unit may follow: a number, or a word for a large one or for an area, as in "50 тис. дол.", "600 кв. м."."""
    return _NUMBER.fullmatch(word) is not None or word.rstrip(".").casefold() in _SCALES


def _ends_after_unit(key: str, following: str, *, long: Callable[[], bool]) -> bool:
    """After "5 млн.", "2022 р.", "40 долл."."""
    if following[0].isdigit() or (key in ("дол", "долл") and following == "США"):
        return False
    return opens_sentence(following) or long()


def _ends_after_letters(key: str, following: str) -> bool:
    """After "U.S.", "a.m.", "В.О."."""
    if key in ("a.m", "p.m"):
        return following.casefold() not in TIME_FOLLOWERS and not following[0].isdigit()
    return opens_sentence(following)


def _ends_after_letter(letter: str, following: str) -> bool:
    """After an initial ("J. K. Rowling") or a one-letter abbreviation ("м. Київ"); "Plan B. The" ends a sentence."""
    if letter.isdigit():
        return True
    if letter.isupper():
        return len(following) > 1 and opens_sentence(following)
    return letter not in _SHORT_LETTERS


def _is_long(text: str, start: int, dot: int) -> bool:
    """Whether the sentence is so long already that a unit ("у 2022 р.") may well close it rather than open it."""
    return dot - start > 80 or len(text[start:dot].split()) > 4
