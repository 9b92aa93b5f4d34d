"""Which model writes a brief in a language: its own, else one through English, else none, and never against its licence."""

import pytest

from korotko_service.catalog import Catalog, Route
from korotko_service.engines.manifest import Manifest, Quality
from korotko_service.errors import LicenceNotAccepted, ModelNotFound
from tests import zoo
from tests.summarizers import manifest


def catalog(*manifests: Manifest, accept_noncommercial: bool = False) -> Catalog:
    return Catalog(manifests, accept_noncommercial=accept_noncommercial)


def said(route: Route) -> list[str]:
    return [f"{hop.model.name}:{hop.source}-{hop.target}" for hop in route]


def rouge(language: str, value: float, metric: str = "rougeL") -> Quality:
    return Quality(test_set="xlsum", source=language, target=language, metric=metric, value=value)


def test_a_summarizer_of_the_language_is_one_hop() -> None:
    assert said(catalog(manifest("s", "uk"), zoo.manifest()).summarizer("uk")) == ["s:uk-uk"]


def test_a_native_summarizer_goes_before_a_better_english_one() -> None:
    native, english = manifest("n", "uk", quality=(rouge("uk", 20),)), manifest("e", "en", quality=(rouge("en", 40),))
    assert said(catalog(native, english, zoo.manifest()).summarizer("uk")) == ["n:uk-uk"]


def test_the_better_measured_summarizer_goes_first() -> None:
    weak, strong = manifest("a", "ru", quality=(rouge("ru", 20),)), manifest("b", "ru", quality=(rouge("ru", 30),))
    assert said(catalog(weak, strong, manifest("c", "ru")).summarizer("ru")) == ["b:ru-ru"]


@pytest.mark.parametrize("other", [rouge("en", 99), rouge("ru", 99, "rouge1"), rouge("ru", 99, "chrf")])
def test_only_the_languages_own_rouge_l_counts(other: Quality) -> None:
    measured = manifest("b", "ru", quality=(rouge("ru", 20),))
    assert said(catalog(manifest("a", "ru", quality=(other,)), measured).summarizer("ru")) == ["b:ru-ru"]


def test_a_language_without_one_goes_through_english() -> None:
    assert said(catalog(manifest("s"), zoo.manifest("t")).summarizer("uk")) == ["t:uk-en", "s:en-en"]


def test_the_way_to_english_may_have_a_pivot_of_its_own() -> None:
    models = catalog(manifest("s"), zoo.manifest("a", pairs=(("uk", "ru"),)), zoo.manifest("b", pairs=(("ru", "en"),)))
    assert said(models.summarizer("uk")) == ["a:uk-ru", "b:ru-en", "s:en-en"]


def test_the_caller_may_name_the_translator() -> None:
    models = catalog(manifest("s"), zoo.manifest("a"), zoo.manifest("b"))
    assert said(models.summarizer("uk", model="b")) == ["b:uk-en", "s:en-en"]
    assert said(models.summarizer("en", model="b")) == ["s:en-en"]


@pytest.mark.parametrize(
    "models",
    [
        (zoo.manifest(),),
        (zoo.manifest(), manifest("s", "ru")),
        (zoo.manifest(pairs=(("en", "uk"),)), manifest("s", "en")),
        (zoo.manifest(), manifest("s", "uk", commercial_use=False)),
    ],
    ids=["no summarizer", "of another language only", "no way to English", "not accepted"],
)
def test_without_a_way_none_is_found(models: tuple[Manifest, ...]) -> None:
    with pytest.raises(ModelNotFound, match="BRIEF_METHOD_EXTRACTIVE") as caught:
        catalog(*models).summarizer("uk")
    assert caught.value.model == "summarize/uk"


def test_a_summarizer_whose_licence_waits_for_acceptance_is_named() -> None:
    with pytest.raises(ModelNotFound, match=r"nc is not for commercial use.*accept_noncommercial = true"):
        catalog(zoo.manifest(), manifest("nc", "uk", commercial_use=False)).summarizer("uk")


def test_it_serves_once_the_operator_accepts() -> None:
    models = catalog(zoo.manifest(), manifest("nc", "uk", commercial_use=False), accept_noncommercial=True)
    assert said(models.summarizer("uk")) == ["nc:uk-uk"]


def test_a_translator_that_is_not_accepted_is_no_way_to_english_either() -> None:
    models = catalog(manifest("s"), zoo.manifest("nc", commercial_use=False), zoo.manifest("t", pairs=(("en", "uk"),)))
    with pytest.raises(ModelNotFound):
        models.summarizer("uk")
    with pytest.raises(LicenceNotAccepted):
        models.summarizer("uk", model="nc")


def test_summarizers_are_no_translation_routes() -> None:
    assert catalog(manifest("s", "en", "uk")).routes() == ()
