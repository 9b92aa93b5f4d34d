"""Languages as callers write them: tags read, and refused with the field that holds them."""

from collections.abc import Mapping

from korotko_service.errors import FieldInvalid
from korotko_service.text.languages.language import canonical

# The script (ISO 15924) that each language is read and written in here. A request for another would be ignored, so it is refused.
_SCRIPTS: Mapping[str, str] = {"en": "latn", "uk": "cyrl", "ru": "cyrl"}
_SCRIPT_LETTERS = 4


def language(tag: str, field: str) -> str:
    """The canonical language of a tag; FieldInvalid names the field if the tag is invalid or asks for a script that is not served."""
    try:
        code = canonical(tag)
    except FieldInvalid as error:
        raise FieldInvalid(error.message, field=field) from None
    script, served = _script(tag), _SCRIPTS.get(code)
    if script and served and script.lower() != served:
        raise FieldInvalid(f"{tag!r}: {code!r} is served in the script {served.title()!r} alone; leave {script!r} out", field=field)
    return code


def _script(tag: str) -> str:
    """The script that a tag names, "" if it names none: by RFC 5646 four letters right after the language."""
    subtags = tag.replace("_", "-").split("-")[1:2]
    return subtags[0] if subtags and len(subtags[0]) == _SCRIPT_LETTERS and subtags[0].isalpha() else ""
