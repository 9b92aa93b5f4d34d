"""A text without a full stop is cut into pieces away from the event loop, which all callers share."""

import threading

from korotko_service.pipeline.jobs import Choices, TranslateJob
from tests import zoo

# Over every model's limit: it has to be counted again and again until it is cut.
ENDLESS = "word " * 20_000


class Attentive(zoo.Upper):
    """Notes the threads on which it is asked to count."""

    def __init__(self) -> None:
        super().__init__()
        self.threads = set[threading.Thread]()

    def count(self, text: str) -> int:
        if len(text) > 1000:
            self.threads.add(threading.current_thread())
        return super().count(text)


async def threads(choices: Choices) -> set[threading.Thread]:
    engine = Attentive()
    async with zoo.running(engine) as app:
        await app.use_cases.translate(TranslateJob(texts=(ENDLESS,), target="uk", source="en", choices=choices))
    return engine.threads


async def test_a_long_text_is_cut_on_a_reading_thread() -> None:
    found = await threads(Choices())
    assert found
    assert threading.current_thread() not in found


async def test_what_a_long_text_would_cost_is_counted_on_a_reading_thread() -> None:
    found = await threads(Choices(validate_only=True))
    assert found
    assert threading.current_thread() not in found
