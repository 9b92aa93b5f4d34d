"""The tree of errors is the one that its drawing shows."""

import inspect
import re

from korotko_service import errors
from korotko_service.errors import KorotkoError


def kinds() -> list[type[Exception]]:
    return [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)]


def test_the_drawing_shows_every_error_below_its_parent() -> None:
    drawn = re.findall(r"^([│ ]*[├└]── )?(\w+)", (errors.__doc__ or "").partition("\n\n")[2], re.MULTILINE)
    ancestors: list[str] = []
    parents: dict[str, str | None] = {}
    for branch, name in drawn:
        depth = len(branch) // 4
        ancestors[depth:] = [name]
        parents[name] = ancestors[depth - 1] if depth else None
    for kind in kinds():
        # What never reaches the wire is no KorotkoError in the code, and hangs from the root only in the drawing.
        base = KorotkoError if kind.__bases__ == (Exception,) else kind.__bases__[0]
        assert parents[kind.__name__] == (None if kind is KorotkoError else base.__name__)


def test_each_reason_is_drawn_and_belongs_to_one_error() -> None:
    reasons = [kind.reason for kind in kinds() if issubclass(kind, KorotkoError) and "reason" in vars(kind) and kind is not KorotkoError]
    assert len(set(reasons)) == len(reasons) > 15
    assert [reason for reason in reasons if not re.search(rf"\b{reason}\b", errors.__doc__ or "")] == []
    assert all(re.fullmatch(r"[A-Z]+(_[A-Z]+)*", reason) for reason in reasons)


def test_metadata_is_text() -> None:
    assert KorotkoError("no", limit=5, field=None).metadata == {"limit": "5", "field": "None"}
