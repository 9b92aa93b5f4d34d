"""Language tags: bring every spelling of a language that a caller may send to one."""

import re

from korotko_service.errors import FieldInvalid

# RFC 5646 (BCP 47): a primary subtag, then script, region, variants; "_" as in POSIX locales is accepted.
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8}){0,8}")

# ISO 639-2, where RFC 5646 wants the two letters of ISO 639-1 instead (section 2.2.1: "the shortest code").
_SHORTEST = dict(
    pair.split(":")
    for pair in """
    eng:en ukr:uk rus:ru bel:be bul:bg ces:cs cze:cs dan:da deu:de ger:de ell:el gre:el est:et fin:fi fra:fr fre:fr
    hrv:hr hun:hu hye:hy arm:hy ita:it jpn:ja kat:ka geo:ka kaz:kk kir:ky kor:ko lav:lv lit:lt mkd:mk mac:mk mon:mn
    nld:nl dut:nl nor:no nob:nb nno:nn pol:pl por:pt ron:ro rum:ro slk:sk slo:sk slv:sl spa:es sqi:sq alb:sq srp:sr
    swe:sv tat:tt tgk:tg tuk:tk tur:tr uzb:uz zho:zh chi:zh ara:ar aze:az bos:bs cat:ca cym:cy wel:cy eus:eu baq:eu
    fas:fa per:fa gle:ga glg:gl heb:he hin:hi ind:id isl:is ice:is lat:la msa:ms may:ms vie:vi
    """.split()
)

# ISO 3166 codes of countries that are not language codes in ISO 639-1, sent for the language spoken there: "ua" above all.
_SPOKEN = dict(
    pair.split(":")
    for pair in """
    ua:uk us:en gb:en au:en nz:en ie:en by:be cz:cs dk:da gr:el jp:ja kr:ko cn:zh tw:zh rs:sr kz:kk at:de al:sq md:ro mx:es
    """.split()
)
# Names of the service's languages, in those languages.
_NAMED = dict(
    pair.split(":")
    for pair in """
    english:en англійська:en английский:en англ:en ukrainian:uk українська:uk украинский:uk укр:uk
    russian:ru російська:ru русский:ru рос:ru рус:ru
    """.split()
)


def canonical(tag: str) -> str:
    """The language of a BCP-47 tag as its shortest lower-case code: "uk" for "uk-UA", "UK", "ukr" and "uk_UA".

    Raises FieldInvalid, without naming a field, where the tag is not well-formed.
    """
    match = _TAG.fullmatch(tag)
    if match is None:
        named = _NAMED.get(tag.strip().lower())
        hint = f"; did you mean {named!r}?" if named else ""
        raise FieldInvalid(f'expected a BCP-47 language tag of two or three letters, such as "en", "uk" or "ru-RU"{hint}', field="")
    primary = match.group(1).lower()
    return _SHORTEST.get(primary, primary)


def spoken_in(code: str) -> str:
    """The language meant by a country code, "uk" for "ua"; "" if it is not one, or is a language code too."""
    return _SPOKEN.get(code, "")
