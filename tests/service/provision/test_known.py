"""The file of known models: complete, consistent with the families, and readable as model.toml."""

import tomllib

import pytest
from hypothesis import given, strategies as st

from korotko_service.engines.families import FAMILIES, Place
from korotko_service.engines.manifest import TASKS
from korotko_service.errors import ProvisionRefused
from korotko_service.provision import known
from korotko_service.provision.known import KnownModel
from korotko_service.provision.licence import forbids_commerce
from korotko_service.toml import written
from tests.house import ROOT

MODELS = tuple(known.models().values())
SPDX = {"CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "MIT", "Apache-2.0"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_every_known_model_says_what_a_model_must(model: KnownModel) -> None:
    about = model.description
    assert model.repository.endswith(f"/{model.name}")
    assert about["task"] in TASKS
    assert about["family"] in FAMILIES
    assert model.licence in SPDX
    assert model.commercial_use is not forbids_commerce(model.licence)
    assert about["attribution"]
    assert about["max_input_tokens"] >= about["max_output_tokens"] > 0


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_every_language_of_a_multilingual_model_has_a_code(model: KnownModel) -> None:
    family, codes = FAMILIES[model.description["family"]], model.description.get("codes", {})
    pairs = [pair.split("-") for pair in model.description["pairs"]]
    places = (*family.lead, *family.tail, *family.prefix)
    if Place.SOURCE in places:
        assert {source for source, _ in pairs} <= set(codes)
    if Place.TARGET in family.prefix or (len({target for _, target in pairs}) > 1 and Place.TARGET in places):
        assert {target for _, target in pairs} <= set(codes)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_published_figures_are_of_pairs_that_it_serves(model: KnownModel) -> None:
    for pairs in model.description.get("quality", {}).values():
        assert set(pairs) <= set(model.description["pairs"])
        assert all(0 < value < 100 for figures in pairs.values() for value in figures.values())


def test_sets_hold_known_models_and_only_one_of_them_is_noncommercial() -> None:
    assert set(known.sets()) == {"default", "small", "quality", "noncommercial"}
    for name in known.sets():
        for member in known.members(name):
            assert known.models()[member].commercial_use is (name != "noncommercial")


def test_a_model_is_found_by_its_name_and_its_repository() -> None:
    assert known.find("madlad400-3b-mt") is known.find("google/madlad400-3b-mt") is known.models()["madlad400-3b-mt"]
    assert known.find("madlad") is None


def test_an_unknown_set_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ProvisionRefused, match="no set is named 'huge'; known: default, small, quality, noncommercial"):
        known.members("huge")


VALUES = st.text() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.lists(st.text())
TABLES = st.dictionaries(st.text(min_size=1), VALUES | st.dictionaries(st.text(min_size=1), VALUES))


@given(TABLES)
def test_what_is_written_as_toml_is_read_as_it_was(table) -> None:
    assert tomllib.loads(written(table)) == table


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_the_licence_table_of_the_docs_says_what_the_file_says(model: KnownModel) -> None:
    (row,) = [line for line in (ROOT / "docs/models.md").read_text(encoding="utf-8").splitlines() if line.startswith(f"| {model.name} |")]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert (cells[1], cells[4]) == (model.description["task"], model.licence)
    assert cells[5].startswith("yes") is model.commercial_use
    for pairs in model.description.get("quality", {}).values():
        assert all(
            f"{value:.2f}" in row or f"{value:.1f}" in row for figures in pairs.values() for key, value in figures.items() if key != "bleu"
        )
