"""Versions of one model side by side: which one serves, and how a caller asks for another."""

import random

import pytest

from korotko_service.catalog import Catalog
from korotko_service.engines.manifest import Manifest, Quality
from korotko_service.errors import LicenceNotAccepted, ModelNotFound
from tests.zoo import manifest


def of(number: str, chrf: float | None = None, **changes: object) -> Manifest:
    quality = () if chrf is None else (Quality(test_set="flores", source="en", target="uk", metric="chrf", value=chrf),)
    return manifest("m", version=number, quality=quality, **changes)


def catalog(*manifests: Manifest) -> Catalog:
    return Catalog(manifests, accept_noncommercial=False)


def chosen(models: Catalog, model: str = "") -> str:
    (hop,) = models.translation("en", "uk", model=model)
    return hop.model.reference


ORDERED = ["0.9", "1.0-beta", "1.0rc1", "1.0rc2", "1.0", "1.0.1", "1.2", "1.10", "2", "2025.1", "2026.11"]


def test_the_newest_version_is_the_one_with_the_greatest_numbers() -> None:
    shuffled = random.Random(1).sample(ORDERED, len(ORDERED))
    assert [each.version for each in catalog(*map(of, shuffled)).models] == ORDERED[::-1]


@pytest.mark.parametrize("model", ["", "m"])
def test_of_versions_that_measured_alike_the_newest_serves(model: str) -> None:
    assert chosen(catalog(of("1.9"), of("1.10"), of("1.2")), model) == "m@1.10"
    assert chosen(catalog(of("1", 60), of("2", 60)), model) == "m@2"


@pytest.mark.parametrize("model", ["", "m"])
def test_a_better_measured_version_goes_before_a_newer_one(model: str) -> None:
    assert chosen(catalog(of("1", 60), of("2", 50), of("3")), model) == "m@1"


def test_a_version_is_had_by_its_name_and_number() -> None:
    models = catalog(of("1"), of("2", 60))
    assert [chosen(models, model) for model in ("m", "m@1", "m@2")] == ["m@2", "m@1", "m@2"]


@pytest.mark.parametrize("model", ["m@3", "m@", "@1", "1"])
def test_a_version_that_is_not_there_is_refused_with_those_that_are(model: str) -> None:
    with pytest.raises(ModelNotFound, match="this server has: a, m@2, m@1"):
        catalog(of("1"), of("2"), manifest("a")).translation("en", "uk", model=model)


def test_a_withheld_version_is_refused_by_its_number_and_hides_no_other() -> None:
    models = catalog(of("1"), of("2", 99, commercial_use=False))
    assert chosen(models) == chosen(models, "m") == "m@1"
    with pytest.raises(LicenceNotAccepted):
        models.translation("en", "uk", model="m@2")


def test_a_version_is_told_where_several_serve() -> None:
    alone, first, second = manifest("a"), of("1"), of("2")
    assert catalog(alone, first).label(first) == "m"
    assert [catalog(alone, first, second).label(each) for each in (alone, first, second)] == ["a", "m@1", "m@2"]
