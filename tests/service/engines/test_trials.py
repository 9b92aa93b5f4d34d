"""Before the first caller comes, every direction of a model has been tried."""

import pytest

from korotko_service.engines import trials
from korotko_service.errors import ModelInvalid
from tests import zoo


def test_every_direction_has_its_trial_in_its_own_language() -> None:
    engine = zoo.Tagged()
    trials.run(zoo.manifest(), engine)
    assert [(each.source_language, each.target_language) for batch in engine.batches for each in batch] == list(zoo.ALL_PAIRS)
    assert engine.texts[0] == "The talks will go on."
    assert len(set(engine.texts)) == 3


def test_a_language_without_a_sentence_of_its_own_is_tried_in_english() -> None:
    engine = zoo.Echo()
    trials.run(zoo.manifest(pairs=(("de", "uk"),)), engine)
    assert engine.texts == ["The talks will go on."]


@pytest.mark.parametrize("kind", [RuntimeError, ValueError, TypeError, IndexError])
def test_the_direction_that_fails_is_named(kind: type[Exception]) -> None:
    class Halved(zoo.Echo):
        def say(self, sequence) -> str:
            if sequence.target_language == "ru":
                raise kind("no such layer")
            return super().say(sequence)

    with pytest.raises(ModelInvalid, match="it loads but cannot translate en-ru: no such layer"):
        trials.run(zoo.manifest(), Halved())
