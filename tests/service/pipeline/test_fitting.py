"""Fitting: a brief never passes its limit of characters, whatever its translation grows to."""

import pytest

from korotko_service.engines.engine import Sequence
from korotko_service.errors import FieldInvalid
from tests import zoo
from tests.service.pipeline.test_summarize import BODY, brief, evidence, job, sentences


@pytest.mark.parametrize("target", ["en", "uk"])
@pytest.mark.parametrize("limit", [200, 400])
async def test_the_limit_of_characters_is_hard(house, target: str, limit: int) -> None:
    async with house(zoo.Tagged()) as rooms:
        made = brief(await rooms.summarize(job(BODY, target, max_sentences=50, max_characters=limit)))
    assert 0 < len(made.text) <= limit
    assert len(made.sentences) >= 1


async def test_a_translation_that_outgrows_the_limit_loses_its_least_central_sentences(house) -> None:
    class Wordy(zoo.Echo):
        def say(self, sequence: Sequence) -> str:
            return f"{sequence.text} {sequence.text}"

    async with house(Wordy()) as rooms:
        summary = await rooms.summarize(job(BODY, "en", "uk", max_sentences=50, max_characters=500))
    own, wordy = brief(summary, 0), brief(summary, 1)
    assert 0 < len(wordy.sentences) < len(own.sentences)
    assert set(evidence(wordy, BODY)) < set(evidence(own, BODY))
    kept = {each.evidence[0].span: each.evidence[0].score or 0.0 for each in wordy.sentences}
    lost = [each.evidence[0].score or 0.0 for each in own.sentences if each.evidence[0].span not in kept]
    assert max(lost) <= min(kept.values())


async def test_a_claim_goes_with_the_denial_that_outgrew_the_limit(house) -> None:
    claim, denial = (
        "Early reports said that twelve people had died in the fire at the port.",
        "But police later said that nobody was killed.",
    )
    body = f"{claim} {denial} Firefighters from three counties came to the port."

    class Wordy(zoo.Echo):
        def say(self, sequence: Sequence) -> str:
            return sequence.text.replace("police", "the police " * 20)

    async with house(Wordy()) as rooms:
        summary = await rooms.summarize(job(body, "en", "uk", max_sentences=3, max_characters=190))
    assert sentences(brief(summary)) == [claim, denial, "Firefighters from three counties came to the port."]
    assert evidence(brief(summary, 1), body) == ["Firefighters from three counties came to the port."]


async def test_a_translation_of_which_nothing_fits_is_that_languages_error(house) -> None:
    class Endless(zoo.Echo):
        def say(self, sequence: Sequence) -> str:
            return sequence.text * 50

    async with house(Endless()) as rooms:
        summary = await rooms.summarize(job(BODY, "en", "uk", max_sentences=50, max_characters=300))
    assert brief(summary, 0).text
    assert isinstance(summary.briefs[1].error, FieldInvalid)
    assert summary.briefs[1].error.field == "brief_options.max_characters"


async def test_an_article_of_which_nothing_fits_is_refused(house) -> None:
    async with house(zoo.Upper()) as rooms:
        with pytest.raises(FieldInvalid) as caught:
            await rooms.summarize(job("This one sentence is rather longer than twenty characters.", max_characters=20))
    assert caught.value.field == "brief_options.max_characters"
