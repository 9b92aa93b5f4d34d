"""A tiny run from texts to a model folder, which then translates."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from korotko_service.engines import manifest as manifests
from korotko_service.engines.ctranslate2 import CTranslate2Engine
from korotko_service.engines.placement import Placement
from training.agreement import check_agreement
from training.checkpoints import checkpoints
from training.convert import convert
from training.optimizer import rate
from training.prepare import prepare
from training.recipe import Recipe, read_recipe
from training.train import train
from training.translator import FolderTranslator
from training.unpack import unpack

_SMOKE = Path(__file__).parents[1] / "smoke.toml"
_NEWS = {"news": 1.0, "articles": 1.0}
_WORDS = {
    "en": ["the city", "a train", "the minister", "two people", "a bridge", "the army"],
    "uk": ["місто", "поїзд", "міністр", "двоє людей", "міст", "армія"],
    "ru": ["город", "поезд", "министр", "два человека", "мост", "армия"],
}
_VERBS = {"en": "saw", "uk": "побачив", "ru": "увидел"}


@pytest.fixture
def recipe() -> Recipe:
    smoke = read_recipe(_SMOKE)
    return replace(
        smoke,
        data=replace(smoke.data, held_out_articles=1, source_weights=_NEWS, augmented_sources=("news", "articles")),
        vocabulary=replace(smoke.vocabulary, size=330),
        schedule=replace(smoke.schedule, minutes=10.0, batch_tokens=300),
    )


@pytest.fixture
def texts(tmp_path: Path) -> tuple[Path, Path]:
    data, evaluation = tmp_path / "data", tmp_path / "eval"
    (data / "news").mkdir(parents=True)
    evaluation.mkdir()
    numbers = [(a, b) for a in range(6) for b in range(6)]
    rows = [{k: f"{w[a].capitalize()} {_VERBS[k]} {w[b]}." for k, w in _WORDS.items()} for a, b in numbers]
    article = {"id": "1", "title": rows[0], "sentences": rows[1:3]}
    (data / "news" / "articles.jsonl").write_text(json.dumps(article))
    (data / "news" / "sentences.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    for language in _WORDS:
        (evaluation / f"flores-dev.{language}").write_text("\n".join(row[language] for row in rows[3:9]))
    (evaluation / "ntrex-articles.jsonl").write_text("")
    return data, evaluation


@pytest.mark.filterwarnings("ignore:Recommended")
def test_a_tiny_run_resumes_and_ends_in_a_model_folder(recipe: Recipe, texts: tuple[Path, Path], tmp_path: Path) -> None:
    data, evaluation = texts
    run, model = tmp_path / "run", tmp_path / "model"
    prepare(recipe, data=data, evaluation=evaluation, run=run)
    train(recipe, run=run, steps=12)
    train(recipe, run=run, steps=4)
    assert [path.name for path in checkpoints(run)] == ["00000012", "00000016"]
    convert(recipe, run=run, output=model, averaged=2)
    check_agreement(run=run, evaluation=evaluation, sentences=6)
    description = tomllib.loads((model / "model.toml").read_text())
    assert set(description["files"]) == {"config.json", "model.bin", "shared_vocabulary.json", "source.spm", "target.spm", "vmap.txt"}
    assert description["decoding"]["use_vmap"] is True
    engine = CTranslate2Engine(manifests.read(model), Placement())
    engine.warm_up()
    engine.close()
    assert len(FolderTranslator(model).translate(["A train.", "The city."], "uk")) == 2
    again = tmp_path / "again"
    assert unpack(recipe, model=model, run=again) == checkpoints(again)[0]
    prepare(recipe, data=data, evaluation=evaluation, run=again)
    assert (again / "vocabulary.spm").read_bytes() == (run / "vocabulary.spm").read_bytes()
    train(recipe, run=again, steps=2)
    assert [path.name for path in checkpoints(again)] == ["00000000", "00000002"]


def test_the_learning_rate_rises_stays_and_falls_to_zero(recipe: Recipe) -> None:
    schedule = replace(recipe.schedule, warmup_steps=10, decay_share=0.5)
    assert [rate(p, s, schedule) for p, s in [(0.0, 4), (0.2, 99), (0.75, 99), (1.0, 99)]] == [0.5, 1.0, 0.5, 0.0]


def test_the_starter_recipe_runs_three_steps_on_a_cpu_and_leaves_small_files(texts: tuple[Path, Path], tmp_path: Path) -> None:
    data, evaluation = texts
    run = tmp_path / "run"
    wide = read_recipe(_SMOKE.with_name("starter.toml"))
    # Its network, optimizers and schedule; texts, vocabulary and batches of the smoke run.
    small = replace(
        wide,
        data=replace(read_recipe(_SMOKE).data, held_out_articles=1, source_weights=_NEWS, augmented_sources=()),
        vocabulary=replace(wide.vocabulary, size=330),
        schedule=replace(wide.schedule, batch_tokens=100, threads=1, batch_workers=1),
    )
    prepare(small, data=data, evaluation=evaluation, run=run)
    train(small, run=run, steps=2)
    train(small, run=run, steps=1)
    assert checkpoints(run)[-1].name == "00000003"
    sizes = [path.stat().st_size for path in checkpoints(run)[-1].iterdir()]
    assert max(sizes) < 16_000_000


def test_a_run_by_tokens_ends_there(recipe: Recipe) -> None:
    schedule = replace(recipe.schedule, minutes=10.0, million_tokens=2.0)
    assert [schedule.progress(seconds=s, tokens=t) for s, t in [(60, 0), (60, 1_000_000), (600, 0)]] == [0.1, 0.5, 1.0]
