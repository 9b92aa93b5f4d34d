"""Languages as callers write them, read for the field that they stand in."""

from collections.abc import Mapping

from korotko_service.errors import FieldInvalid
from korotko_service.text.languages.language import canonical

# ISO 15924: what each language is read and written in here. Another script would be ignored, and its field with it.
_SCRIPTS: Mapping[str, str] = {"en": "latn", "uk": "cyrl", "ru": "cyrl"}
_SCRIPT_LETTERS = 4


def language(tag: str, field: str) -> str:
    """The canonical language of a tag; FieldInvalid names the field where it is none, or asks for a script that is not served."""
    try:
        code = canonical(tag)
    except FieldInvalid as error:
        raise FieldInvalid(error.message, field=field) from None
    script, served = _script(tag), _SCRIPTS.get(code)
    if script and served and script.lower() != served:
        raise FieldInvalid(f"{tag!r}: {code!r} is served in the script {served.title()!r} alone; leave {script!r} out", field=field)
    return code


def _script(tag: str) -> str:
    """The script that a tag names, "" where it names none: RFC 5646 has it in four letters right behind the language, if anywhere."""
    subtags = tag.replace("_", "-").split("-")[1:2]
    return subtags[0] if subtags and len(subtags[0]) == _SCRIPT_LETTERS and subtags[0].isalpha() else ""
