"""Which model serves which pair: directly, through a pivot, or not at all, and never against its licence."""

import pytest

from korotko_service.catalog import Catalog, Route
from korotko_service.engines.manifest import Manifest, Quality
from korotko_service.errors import LanguagePairUnsupported, LicenceNotAccepted, ModelNotFound
from tests.zoo import manifest


def catalog(*manifests: Manifest, accept_noncommercial: bool = False) -> Catalog:
    return Catalog(manifests, accept_noncommercial=accept_noncommercial)


def model(name: str, *pairs: str, **changes: object) -> Manifest:
    return manifest(name, pairs=tuple(tuple(pair.split("-")) for pair in pairs), **changes)


def said(route: Route) -> list[str]:
    return [f"{hop.model.name}:{hop.source}-{hop.target}" for hop in route]


def quality(pair: str, value: float, *, test_set: str = "flores", metric: str = "chrf") -> Quality:
    source, target = pair.split("-")
    return Quality(test_set=test_set, source=source, target=target, metric=metric, value=value)


def test_the_same_language_needs_no_model() -> None:
    assert catalog(model("a", "en-uk")).translation("ru", "ru") == ()


def test_a_pair_that_a_model_does_is_one_hop() -> None:
    assert said(catalog(model("a", "en-uk", "uk-en")).translation("uk", "en")) == ["a:uk-en"]


@pytest.mark.parametrize(("best", "other"), [("a", "b"), ("b", "a")])
def test_the_better_measured_model_goes_first(best: str, other: str) -> None:
    strong, weak = model(best, "en-uk", quality=(quality("en-uk", 60),)), model(other, "en-uk", quality=(quality("en-uk", 50),))
    assert said(catalog(weak, strong).translation("en", "uk")) == [f"{best}:en-uk"]


@pytest.mark.parametrize("other", [quality("uk-en", 99), quality("en-uk", 99, metric="bleu")])
def test_only_the_pairs_own_chrf_counts(other: Quality) -> None:
    measured = model("b", "en-uk", quality=(quality("en-uk", 60),))
    assert said(catalog(model("a", "en-uk", quality=(other,)), measured).translation("en", "uk")) == ["b:en-uk"]


def test_several_test_sets_are_averaged() -> None:
    uneven = model("a", "en-uk", quality=(quality("en-uk", 70), quality("en-uk", 40, test_set="ntrex")))
    even = model("b", "en-uk", quality=(quality("en-uk", 60),))
    assert said(catalog(uneven, even).translation("en", "uk")) == ["b:en-uk"]


def test_a_pair_that_no_model_does_goes_through_a_pivot() -> None:
    assert said(catalog(model("a", "uk-en"), model("b", "en-ru")).translation("uk", "ru")) == ["a:uk-en", "b:en-ru"]


def test_english_is_the_first_choice_of_pivot() -> None:
    models = catalog(model("a", "uk-de", "de-ru"), model("b", "uk-en", "en-ru"))
    assert said(models.translation("uk", "ru")) == ["b:uk-en", "b:en-ru"]


def test_three_hops_are_too_many() -> None:
    with pytest.raises(LanguagePairUnsupported):
        catalog(model("a", "uk-pl", "pl-de", "de-ru")).translation("uk", "ru")


def test_a_pair_that_cannot_be_had_is_refused_with_what_is_served() -> None:
    with pytest.raises(LanguagePairUnsupported) as caught:
        catalog(model("a", "uk-en", "en-uk")).translation("fr", "uk")
    assert caught.value.metadata == {"source": "fr", "target": "uk", "supported": "en-uk,uk-en"}


def test_a_caller_may_choose_the_model() -> None:
    best = model("best", "en-uk", quality=(quality("en-uk", 60),))
    assert said(catalog(best, model("other", "en-uk")).translation("en", "uk", model="other")) == ["other:en-uk"]


def test_a_chosen_model_that_lacks_the_pair_is_not_replaced_in_silence() -> None:
    with pytest.raises(LanguagePairUnsupported, match="by model 'b'"):
        catalog(model("a", "en-uk"), model("b", "uk-en")).translation("en", "uk", model="b")


def test_an_unknown_model_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ModelNotFound, match="this server has: a, b") as caught:
        catalog(model("b", "en-uk"), model("a", "en-uk")).translation("en", "uk", model="c")
    assert caught.value.model == "c"


def test_a_noncommercial_model_is_never_routed_to() -> None:
    models = catalog(model("nc", "en-uk", commercial_use=False, quality=(quality("en-uk", 99),)), model("a", "en-uk"))
    assert said(models.translation("en", "uk")) == ["a:en-uk"]
    assert [each.name for each in models.models] == ["a"]


def test_a_noncommercial_model_asked_for_by_name_is_refused_with_the_way_to_accept_it() -> None:
    with pytest.raises(LicenceNotAccepted, match="accept_noncommercial = true"):
        catalog(model("nc", "en-uk", commercial_use=False)).translation("en", "uk", model="nc")


def test_a_noncommercial_model_serves_where_the_operator_accepts_it() -> None:
    models = catalog(model("nc", "en-uk", commercial_use=False), accept_noncommercial=True)
    assert said(models.translation("en", "uk")) == ["nc:en-uk"]


def test_a_summarizer_never_translates() -> None:
    with pytest.raises(LanguagePairUnsupported):
        catalog(model("s", "en-uk", task="summarize")).translation("en", "uk")


def test_without_a_summarizer_the_way_out_is_said() -> None:
    with pytest.raises(ModelNotFound, match="BRIEF_METHOD_EXTRACTIVE"):
        catalog(model("a", "en-uk")).summarizer("en")


@pytest.mark.parametrize("target", ["uk", "en"])
def test_a_target_that_some_model_writes_is_accepted(target: str) -> None:
    catalog(model("a", "en-uk", "uk-en")).check_target(target)


def test_a_target_that_no_model_writes_is_refused() -> None:
    with pytest.raises(LanguagePairUnsupported):
        catalog(model("a", "en-uk")).check_target("en")


def test_every_route_is_listed_in_order() -> None:
    routes = catalog(model("a", "uk-en", "en-ru")).routes()
    assert [said(route) for route in routes] == [["a:en-ru"], ["a:uk-en"], ["a:uk-en", "a:en-ru"]]


def test_languages_are_those_of_the_models() -> None:
    assert catalog(model("b", "uk-ru"), model("a", "en-uk")).languages == ("en", "ru", "uk")


@pytest.mark.parametrize(("source", "target"), [("en", "ua"), ("ua", "en"), ("ua", "us")])
def test_the_code_of_a_country_is_refused_with_the_language_that_was_meant(source: str, target: str) -> None:
    with pytest.raises(LanguagePairUnsupported, match=r"did you mean 'uk'\? 'ua' is the code of a country; .*served: en-uk, uk-en$"):
        catalog(model("a", "en-uk", "uk-en")).translation(source, target)


def test_a_target_that_is_a_country_is_refused_with_the_language_that_was_meant() -> None:
    with pytest.raises(LanguagePairUnsupported, match=r"into 'ua' is not served; did you mean 'uk'\?"):
        catalog(model("a", "en-uk")).check_target("ua")


@pytest.mark.parametrize("target", ["cz", "de", "at"])
def test_nothing_is_meant_that_no_model_serves(target: str) -> None:
    with pytest.raises(LanguagePairUnsupported, match=f"'{target}' is not served; served: en-uk$"):
        catalog(model("a", "en-uk")).translation("en", target)
