"""Measured tables find their place on the page, and none is lost silently."""

import pytest

pytest.importorskip("matplotlib", reason="needs the extra `bench`")

from benchmarks.report import placed

PAGE = "Before\n\n<!-- server -->\nold\n<!-- /server -->\n\n<!-- server.2 -->\nother\n<!-- /server.2 -->\n"


def test_a_table_stands_between_its_marks() -> None:
    made = placed(PAGE, "server", "new \\1 table")
    assert made == PAGE.replace("old", "new \\1 table")


def test_a_table_without_a_place_is_refused_and_not_lost() -> None:
    with pytest.raises(SystemExit, match="the page has no place for serverx2"):
        placed(PAGE, "serverx2", "new")
