"""Whatever a client gives back can be kept as JSON, errors included."""

import json

import pytest

from korotko import FieldInvalid, KorotkoError, Outcome, to_json
from tests.client.conftest import Caller


async def test_every_kind_of_result_can_be_kept(client: Caller) -> None:
    summary = await client.summarize("A bridge. The rest.", targets=["uk", "xx"])
    several = await client.translate_many(["Міст.", "!TEXT_TOO_LONG"], target="ru")
    for result in (summary, several, await client.detect("a"), await client.models(), await client.info(), {"all": [summary, several]}):
        assert "\n" not in to_json(result)
    kept = json.loads(to_json(summary))
    assert kept["briefs"]["uk"]["sentences"][0]["span"] == {"start": 0, "end": 12}
    assert kept["errors"]["xx"]["metadata"] == {"supported": "en,uk,ru"}
    assert [(item["value"] or {}).get("text") for item in json.loads(to_json(several))["items"]] == ["ru:Міст.", None]
    assert "Міст" in to_json(several)
    assert json.loads(to_json(await client.info()))["started"] == "2023-11-14T22:13:20+00:00"


def test_an_error_alone_can_be_kept_too() -> None:
    error = FieldInvalid("no", code="INVALID_ARGUMENT", field="texts[3]")
    assert json.loads(to_json(Outcome(3, error=error)))["error"]["field"] == "texts[3]"
    assert json.loads(to_json(KorotkoError("closed", code="CANCELLED")))["message"] == "closed"


def test_what_is_no_result_is_named() -> None:
    with pytest.raises(TypeError, match="no JSON for object"):
        to_json(object())
