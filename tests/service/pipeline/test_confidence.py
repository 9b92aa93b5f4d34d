"""The score of a result: what its models' certainty is worth, and none if that is not known."""

import pytest

from korotko_service.engines.calibration import Calibration
from korotko_service.engines.engine import FinishReason, Generation
from korotko_service.pipeline.jobs import Article, SummarizeJob, TranslateJob
from korotko_service.pipeline.results import Brief, Summary, Translation, Translations
from tests import zoo
from tests.service.pipeline.faulty import BODIES

LINE = Calibration(log_probability=(-4.0, 0.0), chrf=(0.0, 80.0))
EVERY_PAIR = dict.fromkeys(zoo.ALL_PAIRS, LINE)


class Sure(zoo.Upper):
    """Is as sure as the text says: `sure-1.5` is a mean log-probability of -1.5."""

    def _generation(self, text: str) -> Generation:
        digits = text.rpartition("SURE-")[2].split()[0].rstrip(".") if "SURE-" in text else "1"
        return Generation(text=text, score=-float(digits), length=self.count(text), finish_reason=FinishReason.END)


def job(text: str, target: str = "uk") -> TranslateJob:
    return TranslateJob(texts=(text,), target=target, source="en")


def only(made: Translations) -> Translation:
    (item,) = made.items
    assert item.value is not None, item.error
    return item.value


def briefs(summary: Summary) -> dict[str, Brief | None]:
    return {item.name: item.value for item in summary.briefs}


async def test_a_sentence_has_the_score_that_its_certainty_is_worth() -> None:
    async with zoo.running(Sure(), manifests=[zoo.manifest(calibration=EVERY_PAIR)]) as app:
        made = only(await app.use_cases.translate(job("A word, sure-1.5.")))
    assert made.score == pytest.approx(0.5)


async def test_a_long_sentence_weighs_more_than_a_short_one() -> None:
    short, long = "It is sure-4.", "This sentence goes on for a good while longer and is sure-0."
    async with zoo.running(Sure(), manifests=[zoo.manifest(calibration=EVERY_PAIR)]) as app:
        made = only(await app.use_cases.translate(job(f"{short} {long}")))
    assert made.score == pytest.approx(0.8 * len(long) / (len(short) + len(long)))


async def test_a_way_through_a_pivot_is_as_good_as_its_worse_half() -> None:
    engines = {"there": Sure(), "on": Sure()}
    halves = {"there": Calibration(log_probability=(-1.0,), chrf=(60.0,)), "on": Calibration(log_probability=(-1.0,), chrf=(40.0,))}
    pairs = {"there": ("en", "ru"), "on": ("ru", "uk")}
    models = [zoo.manifest(name, pairs=(pairs[name],), calibration={pairs[name]: halves[name]}) for name in engines]
    async with zoo.running(engines, manifests=models) as app:
        assert only(await app.use_cases.translate(job("A word."))).score == pytest.approx(0.4)
    models[0] = zoo.manifest("there", pairs=(pairs["there"],))
    async with zoo.running(engines, manifests=models) as app:
        assert only(await app.use_cases.translate(job("A word."))).score is None


async def test_without_a_calibration_of_the_pair_there_is_no_score() -> None:
    async with zoo.running(Sure(), manifests=[zoo.manifest(calibration={("uk", "en"): LINE})]) as app:
        assert only(await app.use_cases.translate(job("A word."))).score is None


async def test_what_no_model_wrote_has_no_score() -> None:
    summary = SummarizeJob(article=Article(body=BODIES["en"], language="en"), targets=("en", "uk"))
    async with zoo.running(Sure(), manifests=[zoo.manifest(calibration=EVERY_PAIR)]) as app:
        assert only(await app.use_cases.translate(job("A word.", target="en"))).score is None
        assert only(await app.use_cases.translate(job("2027"))).score is None
        made = briefs(await app.use_cases.summarize(summary))
    assert made["en"] is not None
    assert made["uk"] is not None
    assert (made["en"].score, made["uk"].score) == (None, pytest.approx(0.6))
