"""Tell the news from what a page says to its reader (cookies, newsletters, misprints, corrections) and from its trail of sections."""

import re

_MAX_CHARACTERS = 240
_MAX_TRAIL_WORDS = 12
_MAX_STOP_WORDS = 3

# Each needs the page's "we", an instruction to its reader or a set phrase: there is news about cookies and newsletters too.
_PHRASES = re.compile(
    r"""\b(?:
    we\ (?:and\ our\ partners\ )?use\ cookies | accept\ (?:all\ )?cookies | ми\ використовуємо\ (?:файли\ )?cookie
    | мы\ используем\ (?:файлы\ )?cookie | (?:sign\ up|subscribe)\ (?:for|to)\ our\b
    | thomson\ reuters\ trust\ principles | please\ enable\ javascript
    | (?:see|read|view|accept|to)\ our\ (?:privacy|disclosure|affiliate|cookie)\ policy
    | ^(?:if|when)\ you\ (?:buy|click|purchase|shop)\b.{0,80}\bwe\ (?:may|might)\ (?:earn|receive|get)\b
    | ^listen\ to\b.{0,80}\b(?:sounds|podcasts?|spotify|episode)\b | ^to\ order\ (?:a\ copy|your\ copy),
    | not\ responsible\ for\ the\ content\ of\ external\b | committed\ to\ publishing\ a\ diversity\ of\ letters\b
    | this\ (?:post|article|page|site|story)\ (?:may\ )?contains?\ affiliate\ links
    | privacy\ notice: | all\ rights\ reserved
    | (?:get|receive|sign\ up)\b[^“”"]{0,80}\b(?:in|to)\ your\ inbox
    | (?:if|have)\ you\ (?:have\ )?(?:found|spotted|noticed|see|notice)\ (?:a|an)\ (?:mistake|error|typo)
    | (?:якщо\ ви|если\ вы)\ (?:помітили|знайшли|виявили|заметили|нашли|обнаружили)\ (?:помилку|неточність|ошибку|опечатку|неточность)
    | (?:помітили|знайшли|заметили|нашли)\ (?:помилку|ошибку|опечатку)\?
    | ctrl\s?\+\s?enter
    | передрук\ (?:матеріалів|текстів) | перепечатка\ (?:материалов|текстов)
    | (?:(?:підписуй|приєднуй|подписывай|присоединяй)(?:ся|тесь|теся)|підпиши(?:ся|сь)|підпишіться|подпиши(?:сь|тесь))\b
      .{0,60}\b(?:telegram|телеграм|viber|whatsapp|youtube|facebook|instagram|[иі]нстаграм|канал|розсилк|рассылк)
    | ^(?:сподоба|понрави)\w+\ \w+\? | став(?:те|ьте|ь)\ (?:лайк|вподобайк)
    | настоящий\ материал\ \(информация\)\ произвед[её]н
    | читайте\ нас\b
    | (?:стежте|слідкуйте)\ за\ (?:нашими\ )?(?:оновленнями|новинами) | следите\ за\ (?:нашими\ )?(?:обновлениями|новостями)
    | (?:розповідаємо|рассказываем)\ (?:про\ |о\ )?(?:головне|главное|главном)\b | коротко\ (?:про|о)\ (?:головне|главном)\b
    | contributed\ (?:reporting\ )?to\ this\ (?:report|story|article)\b | ^follow\ [^.]{0,40}\bcoverage\b
    | this\ (?:story\ is\ (?:still\ )?|is\ a\ )(?:breaking|developing)(?:\ news)?(?:\ story)?(?:[.,:;—-]|\ and\b|$)
    | це\ оновлена\ версія | это\ обновленная\ версия
    | thank(?:s|\ you)\ for\ following\ our\b | subscribe\ for\ [£$€]
    | (?:матеріал|новина|текст)\ (?:оновлено|оновлюється|доповнено|доповнюється)\.?$
    | (?:материал|новость|текст)\ (?:обновл|дополн)(?:[её]н|ена|яется)\.?$
    | click\ here\ (?:to|for)\ (?:read|see|view|subscribe|sign|more|download|get|watch|listen|learn|find)\b
    | download\ our\ app | for\ immediate\ release\b
    | an\ (?:earlier|previous)\ version\ of\ th(?:is|e)\ (?:article|story|report|headline|caption)
    | an\ (?:earlier|previous)\ version\ (?:incorrectly|mistakenly|misstated|misspelled)\b
    | this\ (?:article|story|report)\ (?:was|has\ been)\ (?:amended|updated|corrected|(?:first|originally)\ published)\b
    | (?:views|opinions)\ expressed\ in\ this\ (?:article|column|piece)
    | (?:думка|думки|позиція|погляди|точка\ зору)\ автор\w+\b.{0,40}\bне\ (?:збіга|співпада)
    | (?:мнени[ея]|точка\ зрения)\ (?:автор|редакц)\w+\b.{0,40}\bне\ (?:совпада|разделя)
    | (?:у|в)\ (?:попередній|первісній)\ версії\ (?:цієї\ |цього\ )?(?:новини|матеріалу)\b
    | в\ (?:предыдущей|первоначальной)\ версии\ (?:этой\ |этого\ )?(?:новости|материала|заметки)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# Openings of a paragraph that is about the article, not the world.
_NOTE = re.compile(
    r"\W{0,3}(?:corrections?|clarification|editor['’]?s['’]? note|уточнення|виправлення|виправлено|від редакції|примітка редакції"
    r"|key ?words|ключові слова|ключевые слова|уточнение|исправление|исправлено|от редакции|примечание редакции)\b[^:.!?]{0,40}:",
    re.IGNORECASE,
)
# «Див. с. 5.», "See p. 12.", «Тел. 044-123-45-67.»
_POINTER = re.compile(
    r"(?:(?:див|см)\.|see)(?: (?:також|также|also))? (?:на )?(?:с|стор|стр|рис|мал|табл|фото|pp?|page|fig|table|photo)\.? ?\d{1,4}\W{0,2}"
    r"|(?:тел|факс|phone|tel)\.?:? ?[+(]?\d[\d ()+-]{4,20}\W{0,2}",
    re.IGNORECASE,
)
# "Learn more.", «Для негайного поширення»: nothing else on the line.
_ALONE = re.compile(
    r"\W{0,3}(?:(?:learn|read|find out) more|докладніше|детальніше|подробнее)(?: (?:here|тут|здесь))?\W{0,3}"
    r"|для (?:негайного|немедленно(?:го|й)) (?:поширення|розповсюдження|оприлюднення|распространения|опубликования|публикации)\W{0,3}",
    re.IGNORECASE,
)
# How speeches and letters begin and end.
_GREETING = re.compile(
    r"(?:[\w ().]{1,40}:\s)?(?:(?>good (?:morning|afternoon|evening)|hello|hi|welcome back|thank you(?: all)?(?: (?:so|very) much)?"
    r"(?: for (?:coming|joining us|being here|watching|reading))?|доброго (?:ранку|дня|вечора)"
    r"|добр(?:ий|ый) (?:день|вечір|вечер)|доброе утро"
    r"|вітаю(?: всіх| вас)?|дякую(?: всім| вам)?(?: за увагу)?|привіт|привет|здравствуйте|спасибо(?: всем| вам)?(?: за внимание)?)"
    r"(?:,? (?:everyone|everybody|all|friends|ladies and gentlemen|друзі|друзья|колеги|коллеги|всім|всем))?+[.!, ]*+)++",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"\s[/»›>→]\s")


def is_boilerplate(line: str) -> bool:
    """Whether the line, a paragraph of its own, is for the page's reader rather than part of the news."""
    if len(line) > _MAX_CHARACTERS:
        return False
    return any(
        (_PHRASES.search(line), _NOTE.match(line), _GREETING.fullmatch(line), _POINTER.fullmatch(line), _ALONE.fullmatch(line))
    ) or is_trail(line)


def is_trail(line: str) -> bool:
    """Whether the line is the path to the page, such as "Home / World / Europe": capitalised words between signs."""
    stops = [stop.split() for stop in _TRAIL.split(line)]
    return (
        len(stops) > 1
        and sum(map(len, stops)) <= _MAX_TRAIL_WORDS
        and all(stop and len(stop) <= _MAX_STOP_WORDS and stop[0][0].isupper() for stop in stops)
        and line[-1] not in ".!?…"
    )
