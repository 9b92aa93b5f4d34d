"""Tell whether two spellings may be one name: sounds in coarse classes, and an edit distance that forgives what transliteration does."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from korotko_service.fidelity.names.transliteration import letters
from korotko_service.fidelity.words import is_latin

LIKE = 0.36  # of the consonants of the shorter name; «Вітофф» and "Witkoff" reach 0.33
_LONGEST = 18  # letters of a name that are compared: more would cost time and change nothing
_MOST_ENDING = 3  # letters that declension may add or change: -ського, -ами, -ою

# Sounds that only some alphabets distinguish are one class: г is g and h, ц is c and z, ж, ч, ш, дж are one hiss, в is v, w and f.
_YOD = "3"  # the "J" of Jana and of Joshua: «Й» or «Дж»
_GROUPS = (
    ("ch(?=[rl])|^ch(?=ia[rn](?!g)|ies)", "k"), ("shch|tsch|cz|sch|tch|dzh|sh|ch|zh|dj|dg(?=e)|xh(?!am$)", "j"),
    ("sz|zs|^rz(?=[eyou])|(?<=^ma)rz|(?<=[bgkptwh])rz|drz|(?<=ie)rz|(?<=go)rz|tx(?=[aeiou])|(?<=[aeo]i)x|cc(?=[ei])|cs$|dz(?=[iyu])", "j"),
    ("ph|wh|(?<=[oa]u)gh", "v"),
    ("^j(?=[aeou])", _YOD), ("th", "4"), ("ou(?=sk)", "av"), ("kh|gh", "h"), ("ck", "k"), ("qu(?=[ei])", "k"), ("qu", "kv"),
    ("^x(?=[iou])|(?<=[ng])x(?=[iu])|q(?=i)|dz", "s"), ("^gy(?=o[rn]|ul)|(?<=^na)gy$", "d"), ("ts(?=k)", "2"),
    ("(?<=^.a)tes$|(?<=^..a)tes$", "s"), ("j(?=[eo]?w?sk)|(?<=o)w(?=e)", "a"), ("(?<=w)al(?=k)", "a"), ("gn(?=[ae]$)", "n"),
    ("x(?:h(?=am$))?", "ks"), ("t[sz]|c(?=[eiy])", "s"),
)  # fmt: skip
_GROUP = re.compile("|".join(f"(?P<g{place}>{pattern})" for place, (pattern, _) in enumerate(_GROUPS)))
_SOUND_OF = {f"g{place}": sound for place, (_, sound) in enumerate(_GROUPS)}
_LETTERS = str.maketrans("cqgzwfeiouy", "kkhsvvaaaaa")
_WHOLE_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "þ": "th",
        "ð": "d",
        "č": "ch",
        "ć": "ch",
        "ç": "ch",
        "ț": "ts",
        "ţ": "ts",
        "ș": "sh",
        "ş": "sh",
        "š": "sh",
        "ž": "zh",
        "ż": "zh",
    }
)  # no accents
_DOUBLE = re.compile(r"(.)\1+")
_APART = "'"  # stands between Cyrillic letters, so that т and г are not taken for "th"
_ENDINGS = "(?:ий|а|е|і|ого|ому|им|ої|ій|ою|у|их|ими|ая|ое|ие|ой|ом|ую)$"
_ADJECTIVE = re.compile(rf"(?<=\w{{3}})(?:ськ{_ENDINGS}|ск(?:ий|ого|ому|им|ой|ою|их|ими|ая|ое|ие|ом|ую)$)")  # «Попеску» is a name
# «В Алейську» is the town of Aleysk; "Aley" alone would leave too little: one consonant.
_IN_TOWN = re.compile("^[аеєиіїоуюяйь]*+(?:[^аеєиіїоуюяйь][аеєиіїоуюяйь]*+)?ську$")
_SOFTENED = re.compile(rf"(?<=\w{{3}})(?:зьк|жск){_ENDINGS}")  # «Онезьке» and «Онежское» are of «Онега»
_REGION = re.compile("(?<=..)щин(?:а|и|і|ы|е|у|ою|ой)$")  # «Рівненщина» is «Ровенская область»
_REGION_OF = re.compile("(?<=...)ччин(?:а|и|і|у|ою)$")  # «Донеччина» is of Donetsk
_LOCATIVE = re.compile(r"(?<=..)(?<!д)([зцс])\1?і$")  # «у Кривому Розі» is of «Ріг», «у Пізі» of «Піза», «в Осаці» of «Осака»
_OF_TOWN = re.compile(rf"(?<=\w{{2}})ц(?:ьк|к){_ENDINGS}")  # «Галицький» is of «Галич», «Буцький» of «Буки»
_DATIVE = re.compile("(?<=[^аеєиіоуюя]{2})(?:ові|еві)$|(?<=[^аеєиіоуюя][аеєиіоуюя][^аеєиіоуюяв])(?:ові|еві)$")  # «Бахові» is of «Бах»
_BREATHED = re.compile("^к(?=х)|(?<=^[тп])х")  # «Кхан» is "Khan", «Тхань» "Thanh"; «Уайтхолл» is another matter
_JI = re.compile("дз(?=[іиюё])")  # «Кендзі» is "Kenji"
_TSK = re.compile(f"t{_APART}s{_APART}+k")  # the т and с of «Якутськ» are two letters, unlike the ц of «Донецьк»
_UNSURE = {"з": "1", "ц": "2", "с": "1"}  # what stands for either of two sounds
_TRANS = re.compile(r"^(?:транс(?=\w{5})|trans(?=\w{4}))")  # «Трансаляскинский» is "Trans-Alaska"
_POSSESSIVE = re.compile("['’ʼ]s?$")
_PAIRS = ("js", "jh", "hk", "bv", "dt", "bp", "ja", "av")
# "th" is «т», «ф» or «з»: Bartholomew, Merriweather.
_OF_LATIN = (("4", "t", 0.05), ("4", "v", 0.1), ("4", "d", 0.3), ("4", "s", 0.2))
_EITHER = (
    ("1", "h", 0.05),
    ("1", "s", 0.05),
    ("2", "k", 0.05),
    ("2", "s", 0.05),
    ("2", "t", 0.2),
    ("2", "j", 0.2),
    ("1", "2", 0.4),
    *_OF_LATIN,
)
_KIN = {letters: 0.4 for pair in _PAIRS for letters in ((pair[0], pair[1]), (pair[1], pair[0]))}
_KIN.update({letters: price for one, other, price in _EITHER for letters in ((one, other), (other, one))})
_KIN_OF = {letter: letter + "".join(other for one, other in _KIN if one == letter) for letter in "bdklmnprst"}  # what costs 1.0 to drop
_FAINT = {"a": 0.15, "h": 0.5, "v": 0.4, "j": 0.7}


@lru_cache(maxsize=16_384)  # News repeats its words, and this is the most expensive step of the checks.
def sounds(word: str, language: str) -> str:
    """Give the coarse sounds of a word: «Зеленського» and "Zelenskyy" both open with salanska."""
    noun = _noun(word, language)[:_LONGEST]
    plain = _BREATHED.sub("", noun) if "х" in noun else noun
    plain = _JI.sub("ж", plain) if "дз" in plain else plain
    spelled = letters(plain.replace("дж", "ж").replace("дз", "з"), language)
    if noun.isascii():
        text = "".join(letter for letter in spelled if "a" <= letter <= "z")
    elif not is_latin(noun):
        text = _APART.join(spelled)
    else:
        text = "".join(
            letter for letter in unicodedata.normalize("NFKD", "".join(spelled).translate(_WHOLE_LETTERS)) if "a" <= letter <= "z"
        )
    text = _GROUP.sub(lambda match: _SOUND_OF[match.lastgroup or ""], text).translate(_LETTERS)
    text = _TSK.sub("2k", text) if _APART in text and "k" in text else text
    text = _DOUBLE.sub(r"\1", text.replace(_APART, ""))  # «Поттс» is "Potts" before a "ts" is one sound
    return _DOUBLE.sub(r"\1", text.replace("tj", "j").replace("ts", "s"))


def _noun(word: str, language: str) -> str:
    """Drop the ending of an adjective or a possessive: «Гарвардському» is Harvard, and «Зеленського» still resembles "Zelenskyy"."""
    lowered = word.lower()
    if language == "en":
        return _TRANS.sub("", _POSSESSIVE.sub("", lowered))
    noun = _TRANS.sub("", _REGION_OF.sub("цьк", lowered) if "ччин" in lowered else lowered)
    if "к" in noun:  # all of these have one, and a search that fails costs more than this test
        noun = _OF_TOWN.sub("2", _SOFTENED.sub("г", noun if _IN_TOWN.search(noun) else _ADJECTIVE.sub("", noun)))
    if noun.endswith("і"):
        noun = _DATIVE.sub("у", _LOCATIVE.sub(lambda match: _UNSURE[match[1]] + "і", noun))
    return _REGION.sub("", noun) if "щин" in noun else noun


def consonants(key: str) -> int:
    return len(key) - key.count("a")


@lru_cache(maxsize=65_536)
def alike(left: str, right: str, *, limit: float = LIKE) -> bool:
    """Tell whether two keys of `sounds` may be one name; what declension adds at the end costs little."""
    if left[:1] == _YOD or right[:1] == _YOD:
        return any(alike(one, two, limit=limit) for one, two in _yods(left, right))
    fewer, more = sorted((consonants(left), consonants(right)))
    size = (fewer + more) / 2
    if not fewer or abs(len(left) - len(right)) > _MOST_ENDING + 2 or max(_least(left, right), _least(right, left)) > limit * size:
        return False
    return _distance(left, right) <= limit * size


def _yods(left: str, right: str) -> Iterator[tuple[str, str]]:
    """Read the first letter as «Дж», and as «Й» where the other name opens with a vowel."""
    yield left.replace(_YOD, "j"), right.replace(_YOD, "j")
    if "a" in (left[:1], right[:1]):
        yield left.replace(_YOD, ""), right.replace(_YOD, "")


def _least(left: str, right: str) -> int:
    """A lower bound of the distance: each hard letter before the ending costs 1 if the other key has neither it nor its kin."""
    return sum(1 for letter in left[:-_MOST_ENDING] if letter in _KIN_OF and not any(other in right for other in _KIN_OF[letter]))


def _distance(left: str, right: str) -> float:
    """Edit distance where vowels and faint sounds are cheap, and the last letters of either name are nearly free."""
    row = [0.0]
    for letter in right:
        row.append(row[-1] + _FAINT.get(letter, 1.0))
    best = min(row[-1 - _MOST_ENDING :]) if len(left) <= 1 else float("inf")
    for place, mine in enumerate(left, start=1):
        row = _next_row(row, mine, right)
        rest = len(left) - place
        if rest == 0:
            tails = [row[at] + _ending(right[at:], min(place, at)) for at in range(max(len(right) - _MOST_ENDING, 0), len(right) + 1)]
            best = min(best, *tails)
        elif rest <= _MOST_ENDING:
            best = min(best, row[-1] + _ending(left[place:], min(place, len(right))))
    return best


def _ending(tail: str, stem: int) -> float:
    """The price of letters left over at an end; after a short stem they cost more."""
    return 0.12 * len(tail) if stem >= 5 else sum(0.1 if letter == "a" else 0.35 for letter in tail)


def _next_row(row: list[float], mine: str, right: str) -> list[float]:
    gap = _FAINT.get(mine, 1.0)
    new = [row[0] + gap]
    for at, yours in enumerate(right):
        change = 0.0 if mine == yours else _KIN.get((mine, yours), 1.0)
        new.append(min(row[at] + change, row[at + 1] + gap, new[at] + _FAINT.get(yours, 1.0)))
    return new
