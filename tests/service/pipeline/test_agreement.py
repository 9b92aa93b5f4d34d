"""Briefs of one summary are compared with each other once all are there."""

import pytest

from korotko_service.catalog import Hop
from korotko_service.engines.engine import Sequence
from korotko_service.errors import QualityRejected
from korotko_service.fidelity.agreement import DISAGREE
from korotko_service.pipeline.jobs import Article, BriefShape, Choices, Method, SummarizeJob
from korotko_service.pipeline.judging import Judge
from korotko_service.pipeline.results import Brief, BriefSentence, Item, Ledger, Summary
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.telemetry import Metrics
from korotko_service.text.document import Span
from tests import zoo
from tests.service.pipeline.press import BODIES, Parallel, desk


class Careless(Parallel):
    """Writes 40 as 80 in one language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def say(self, sequence: Sequence) -> str:
        said = super().say(sequence)
        return said.replace(" 40 ", " 80 ") if sequence.target_language == self._language else said


async def summary(translator: Parallel, *targets: str, most: int | None = None, **choices: bool) -> Summary:
    article, shape = Article(body=BODIES["en"], language="en"), BriefShape(max_sentences=6, max_characters=most)
    job = SummarizeJob(article=article, targets=targets, shape=shape, choices=Choices(**choices))
    async with desk({}, translator=translator) as summarize:
        return await summarize(job)


def disagreements(made: Summary) -> dict[str, list[str]]:
    found = {item.name: item.value.findings for item in made.briefs if item.value is not None}
    return {language: [each.found for each in findings if each.reason == DISAGREE] for language, findings in found.items()}


async def test_briefs_that_agree_carry_no_warning() -> None:
    assert disagreements(await summary(Parallel(), "en", "uk", "ru")) == {"en": [], "uk": [], "ru": []}


@pytest.mark.parametrize("language", ["uk", "ru"])
@pytest.mark.parametrize("targets", [("en", "uk", "ru"), ("ru", "en", "uk")])
async def test_the_brief_with_another_number_carries_the_warning(language: str, targets: tuple[str, ...]) -> None:
    made = disagreements(await summary(Careless(language), *targets))
    assert {each: found for each, found in made.items() if found} == {language: ["80"]}


async def test_of_two_briefs_the_translated_one_carries_the_warning() -> None:
    assert disagreements(await summary(Careless("uk"), "en", "uk")) == {"en": [], "uk": ["80"]}


async def test_the_warning_stands_in_its_place_among_the_others() -> None:
    made = await summary(Careless("uk"), "en", "uk", "ru")
    brief = next(item.value for item in made.briefs if item.name == "uk")
    assert brief is not None
    spans = [finding.span for finding in brief.findings]
    assert spans == sorted(spans)
    assert [brief.text[each.span.start : each.span.end] for each in brief.findings if each.reason == DISAGREE] == ["80"]


async def test_a_brief_that_is_shorter_for_the_callers_limit_disagrees_with_none() -> None:
    counts = set[tuple[int, ...]]()
    for most in range(120, 400, 20):
        made = await summary(Parallel(), "en", "uk", "ru", most=most)
        counts.add(tuple(len(item.value.sentences) for item in made.briefs if item.value))
        assert disagreements(made) == {"en": [], "uk": [], "ru": []}
    assert any(len(set(each)) > 1 for each in counts)


@pytest.mark.parametrize("targets", [("en",), ("uk",)])
async def test_a_single_brief_agrees_with_itself(targets: tuple[str, ...]) -> None:
    assert list(disagreements(await summary(Careless("uk"), *targets)).values()) == [[]]


async def test_a_call_that_only_validates_has_nothing_to_compare() -> None:
    made = await summary(Careless("uk"), "en", "uk", validate_only=True)
    assert disagreements(made) == {}


def brief(language: str, text: str) -> Item[Brief]:
    hops = () if language == "en" else (Hop(model=zoo.manifest(), source="en", target=language),)
    sentence = BriefSentence(span=Span(start=0, end=len(text)), evidence=())
    return Item(
        name=language,
        value=Brief(text=text, sentences=(sentence,), findings=(), hops=hops, method=Method.EXTRACTIVE, truncated=False),
    )


async def test_an_outvoted_number_is_refused_where_no_brief_is_better_than_a_wrong_one() -> None:
    briefs = (brief("en", "It bought 40 buses."), brief("uk", "Купили 80 автобусів."), brief("ru", "Купили 40 автобусов."))
    async with WorkerPool(size=1, name="reader") as readers:
        judge = Judge(metrics=Metrics(), readers=readers)
        told = await judge.agreed(briefs, Choices(), Ledger())
        refused = await judge.agreed(briefs, Choices(fail_on_severe=True), Ledger())
    assert [item.error for item in told] == [None] * 3
    assert [type(item.error) for item in refused] == [type(None), QualityRejected, type(None)]
