"""Standing in: only the article's title may replace a lead that tells something, the next best sentence any other one."""

from typing import Any

import pytest

from korotko_service.engines.engine import Engine, Sequence
from korotko_service.errors import QualityRejected
from korotko_service.fidelity.finding import Severity
from korotko_service.pipeline.candidate import Rung
from korotko_service.pipeline.jobs import Choices
from korotko_service.pipeline.results import ArticleField, Brief, Item
from tests import zoo
from tests.service.pipeline.test_summarize import job, sentences

TITLE = "Council buys forty trams for the city"
LEAD = "The council on Monday decided to buy forty new trams for the city."
REST = (
    "Workers will lay the rails along the river in spring.",
    "The depot near the station gets a larger roof.",
    "Drivers are trained at a school in the mountains.",
)
BODY = " ".join((LEAD, *REST))
IN_UKRAINIAN = {
    TITLE: "Рада купує для міста сорок трамваїв",
    LEAD: "Рада в понеділок вирішила купити для міста сорок нових трамваїв.",
    REST[0]: "Робітники навесні прокладуть рейки вздовж річки.",
    REST[1]: "Депо біля вокзалу отримає більший дах.",
    REST[2]: "Водіїв навчають у школі в горах.",
}


class Invents(zoo.Scripted):
    """Knows the article by heart, and adds an invented number to the end of some of its sentences."""

    def __init__(self, *wrong: str) -> None:
        super().__init__(IN_UKRAINIAN)
        self._wrong = wrong

    def say(self, sequence: Sequence) -> str:
        said = super().say(sequence)
        is_wrong = any(each.startswith(sequence.text[:12]) or sequence.text in each for each in self._wrong)
        return f"{said.rstrip('.')} за 85 мільйонів." if is_wrong else said


class LosesTheLead(Invents):
    """Says nothing where it should say the lead."""

    def say(self, sequence: Sequence) -> str:
        return "" if sequence.text in LEAD else super().say(sequence)


async def told(engine: Engine, body: str = BODY, *, title: str = "", count: int = 2, **choices: Any) -> Item[Brief]:
    """The Ukrainian brief from a server that repairs."""
    async with zoo.running(engine, repair=True) as app:
        (item,) = (await app.use_cases.summarize(job(body, "uk", title=title, max_sentences=count, choices=Choices(**choices)))).briefs
    return item


async def brief(engine: Engine, body: str = BODY, *, title: str = "", count: int = 2) -> Brief:
    item = await told(engine, body, title=title, count=count)
    assert item.value is not None, item.error
    return item.value


async def test_the_title_stands_in_for_a_lead_that_stays_severe() -> None:
    made = await brief(Invents(LEAD), f"{TITLE}\n\n{BODY}")
    assert sentences(made) == [IN_UKRAINIAN[TITLE], IN_UKRAINIAN[REST[0]]]
    (repair,) = made.repairs
    assert (repair.rung, repair.reason, repair.span) == (Rung.REPLACED, "NUMBER_NOT_IN_SOURCE", made.sentences[0].span)
    assert made.sentences[0].evidence[0].span.end == len(TITLE)


async def test_a_title_that_the_caller_gave_stands_first() -> None:
    made = await brief(Invents(LEAD), title=TITLE)
    assert sentences(made)[0] == IN_UKRAINIAN[TITLE]
    assert made.sentences[0].evidence[0].field is ArticleField.TITLE


@pytest.mark.parametrize("title", ["", "What forty years of trams have done to us", "Council denies that it buys forty trams for the city"])
@pytest.mark.parametrize("count", [1, 2])
async def test_a_lead_stays_with_its_warning_where_no_title_tells_its_news(title: str, count: int) -> None:
    made = await brief(Invents(LEAD), title=title, count=count)
    assert made.sentences[0].evidence[0].span.start == 0
    assert len(made.sentences) == count
    assert [(each.reason, each.severity) for each in made.findings] == [("NUMBER_NOT_IN_SOURCE", Severity.SEVERE)]


async def test_a_lead_stays_where_its_title_is_no_better_said() -> None:
    made = await brief(Invents(LEAD, TITLE), title=TITLE)
    assert made.sentences[0].evidence[0].span.start == 0
    assert {each.reason for each in made.findings} == {"NUMBER_NOT_IN_SOURCE"}


async def test_another_sentence_stands_in_for_one_that_is_not_the_lead() -> None:
    made = await brief(Invents(REST[0]), title=TITLE)
    assert sentences(made)[0] == IN_UKRAINIAN[LEAD]
    assert sentences(made)[1] in {IN_UKRAINIAN[REST[1]], IN_UKRAINIAN[REST[2]]}
    assert [repair.rung for repair in made.repairs] == [Rung.REPLACED]


async def test_the_title_stands_in_for_a_lead_that_comes_back_as_nothing() -> None:
    made = await brief(LosesTheLead(), title=TITLE)
    assert sentences(made) == [IN_UKRAINIAN[TITLE], IN_UKRAINIAN[REST[0]]]


async def test_another_sentence_stands_in_for_a_lead_of_which_nothing_can_be_told() -> None:
    made = await brief(LosesTheLead())
    assert set(sentences(made)) <= {IN_UKRAINIAN[each] for each in REST}
    assert ("EMPTY_OUTPUT", Rung.REPLACED) in {(repair.reason, repair.rung) for repair in made.repairs}


async def test_a_caller_who_prefers_none_to_wrong_gets_the_title_or_no_brief() -> None:
    titled = await told(Invents(LEAD), title=TITLE, fail_on_severe=True)
    untitled = await told(Invents(LEAD), fail_on_severe=True)
    assert titled.value is not None
    assert sentences(titled.value)[0] == IN_UKRAINIAN[TITLE]
    assert isinstance(untitled.error, QualityRejected)
