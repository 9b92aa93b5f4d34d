"""Checks of single fields that several kinds of messages share."""

from collections.abc import Collection

from korotko_service.errors import FieldInvalid


def check_known(value: int, known: Collection[int], field: str) -> None:
    """Refuse an enum's number that this version does not know: its meaning would be ignored."""
    if value not in known:
        raise FieldInvalid(f"unknown value {value}; this server knows 0 to {max(known)}", field=field)


def check_short(text: str, field: str, *, most: int) -> None:
    """Refuse a text of more than `most` characters."""
    if len(text) > most:
        raise FieldInvalid(f"{len(text)} characters, the limit is {most}; shorten it", field=field)
