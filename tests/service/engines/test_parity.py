"""CTranslate2 says what transformers says: token by token, greedy and beam, in every family and direction; int8 within a tolerance."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from korotko_service.engines.conversion import convert
from korotko_service.engines.engine import DecodingOptions, FinishReason, Sequence
from korotko_service.engines.manifest import VOCABULARY_MAP, Decoding, Manifest, file_digest
from korotko_service.engines.placement import Placement
from korotko_service.errors import ModelInvalid, TextTooLong
from tests import marian_files

for needed in ("torch", "transformers"):
    pytest.importorskip(needed, reason="needs the extra `convert`: make parity")

from korotko_service.engines.ctranslate2 import CTranslate2Engine  # noqa: E402
from korotko_service.engines.transformers import TransformersEngine  # noqa: E402
from tests import checkpoints, parity  # noqa: E402
from tests.checkpoints import POSITIONS, RECIPES  # noqa: E402
from tests.parity import Bench  # noqa: E402

pytestmark = [pytest.mark.parity, pytest.mark.filterwarnings("default")]
LOG_PROBABILITY, INT8_LOG_PROBABILITY, INT8_CHRF = 1e-3, 0.05, 75.0
FINITE = [name for name in RECIPES if RECIPES[name].family not in ("t5", "mt5")]
each_family = pytest.mark.parametrize("name", RECIPES)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Bench]:
    """One checkpoint of each name, built and converted once."""
    return cache(lambda name: Bench(name, tmp_path_factory.mktemp(name) / "x"))


@pytest.fixture(scope="module")
def figures(bench: Callable[[str], Bench]) -> Callable[[str], parity.Parity]:
    return cache(lambda name: parity.measure(bench(name)))


def raw(bench: Bench) -> Manifest:
    """The manifest of the checkpoint itself, for the transformers engine."""
    return replace(bench.manifest, folder=bench.checkpoint, engine="transformers", files={})


def sequences(engine: CTranslate2Engine | TransformersEngine, bench: Bench, source: str, target: str) -> list[Sequence]:
    texts = bench.texts(source)[:6]
    return [Sequence(text=text, source_language=source, target_language=target, length=engine.count(text)) for text in texts]


@each_family
def test_inputs_are_tokenized_as_the_models_own_library_does(figures, name: str) -> None:
    assert figures(name).same_inputs == figures(name).sentences


@each_family
def test_greedy_output_is_the_same_token_by_token(figures, name: str) -> None:
    assert figures(name).same_greedy == figures(name).sentences


@each_family
def test_beam_output_is_the_same_token_by_token(figures, name: str) -> None:
    assert figures(name).same_beam == figures(name).sentences


@each_family
def test_outputs_spell_the_same_text(figures, name: str) -> None:
    assert figures(name).same_texts == figures(name).sentences


@each_family
def test_log_probabilities_are_the_same(figures, name: str) -> None:
    assert figures(name).greatest_difference < LOG_PROBABILITY


@each_family
def test_the_comparison_compares_something(figures, name: str) -> None:
    """Outputs vary and some end by themselves: a model that repeats one token for ever agrees with anything."""
    assert figures(name).variety > 0.1
    assert figures(name).ended > 0


@each_family
def test_int8_stays_within_its_tolerance(tmp_path: Path, name: str) -> None:
    int8 = parity.measure_int8(name, tmp_path / "mild")
    assert int8.mean_difference < INT8_LOG_PROBABILITY
    assert int8.chrf > INT8_CHRF


@pytest.mark.parametrize("options", [DecodingOptions(), DecodingOptions(beam_size=4, no_repeat_ngram_size=2, max_output_tokens=30)])
@each_family
def test_both_engines_give_the_same_generations(bench, name: str, options: DecodingOptions) -> None:
    one, other = CTranslate2Engine(bench(name).manifest, Placement()), TransformersEngine(raw(bench(name)), Placement())
    for pair in bench(name).manifest.pairs:
        given = sequences(one, bench(name), *pair)
        for a, b in zip(one.generate(given, options), other.generate(given, options), strict=True):
            assert (a.text, a.length, a.finish_reason) == (b.text, b.length, b.finish_reason)
            # What n-gram blocking forbids is no part of a probability for the one and is for the other.
            blocked = options.no_repeat_ngram_size or bench(name).manifest.decoding.no_repeat_ngram_size
            assert blocked or a.score == pytest.approx(b.score, abs=LOG_PROBABILITY)


@pytest.mark.parametrize("beam_size", [1, 4])
def test_lists_give_what_transformers_writes_when_all_else_is_forbidden(bench, tmp_path: Path, beam_size: int) -> None:
    manifest = bench("marian").manifest
    model = Path(shutil.copytree(manifest.folder, tmp_path / "model"))
    tokens = json.loads((model / "shared_vocabulary.json").read_text(encoding="utf-8"))
    listed = [token for token in tokens[2::2] if token not in manifest.target_tokens.values()]
    lines = [f"{token}\t{' '.join(listed)}\n" for token in manifest.target_tokens.values()]
    (model / VOCABULARY_MAP).write_text("".join(lines), encoding="utf-8")
    files = {**manifest.files, VOCABULARY_MAP: file_digest(model / VOCABULARY_MAP)}
    held = replace(manifest, folder=model, files=files, decoding=replace(manifest.decoding, use_vmap=True))
    forbidden = replace(raw(bench("marian")), decoding=Decoding(suppress=tuple(token for token in tokens[2:] if token not in listed)))
    one, other = CTranslate2Engine(held, Placement()), TransformersEngine(forbidden, Placement())
    given = sequences(one, bench("marian"), "en", "uk")
    options = DecodingOptions(beam_size=beam_size, max_output_tokens=30)
    for a, b in zip(one.generate(given, options), other.generate(given, options), strict=True):
        assert (a.text, a.length, a.finish_reason) == (b.text, b.length, b.finish_reason)
        assert a.score == pytest.approx(b.score, abs=LOG_PROBABILITY)


@each_family
def test_lengths_are_kept_by_both_engines(bench, name: str) -> None:
    options = DecodingOptions(min_output_tokens=12, max_output_tokens=14)
    for engine in (CTranslate2Engine(bench(name).manifest, Placement()), TransformersEngine(raw(bench(name)), Placement())):
        generations = engine.generate(sequences(engine, bench(name), *bench(name).manifest.pairs[0]), options)
        assert {12 <= each.length <= 14 for each in generations} == {True}
        assert all(each.length == 14 for each in generations if each.finish_reason is FinishReason.LENGTH)


def long_text(bench: Bench, tokens: int) -> str:
    """A text of exactly that many tokens, control tokens included."""
    words = " ".join(bench.texts("en" if bench.manifest.pairs[0][0] == "en" else "ru")[:4] * 8).split(" ")
    text = next(text for end in range(len(words), 0, -1) if bench.tokenizer.count(text := " ".join(words[:end])) <= tokens)
    while bench.tokenizer.count(text) < tokens:
        text += "."
    return text


@pytest.mark.parametrize("name", FINITE)
def test_an_input_at_the_position_limit_is_read_to_its_end(bench, name: str) -> None:
    source, target = bench(name).manifest.pairs[0]
    text, prefix = long_text(bench(name), POSITIONS), bench(name).tokenizer.prefix(source, target)
    given = [bench(name).tokenizer.encode(text, source, target)]
    least = bench(name).counted(prefix) + 1
    assert len(given[0]) == POSITIONS
    wanted = bench(name).reference.generate([bench(name).reference.encode(text, source, target)], target, beams=1, steps=40, least=least)
    assert bench(name).generate(parity.translator(bench(name).manifest), given, prefix, beams=1) == wanted


@pytest.mark.parametrize("name", FINITE)
def test_an_input_over_the_position_limit_is_refused_by_both_engines(bench, name: str) -> None:
    source, target = bench(name).manifest.pairs[0]
    text = long_text(bench(name), POSITIONS) + " ."
    for engine in (CTranslate2Engine(bench(name).manifest, Placement()), TransformersEngine(raw(bench(name)), Placement())):
        sequence = Sequence(text=text, source_language=source, target_language=target, length=engine.count(text))
        with pytest.raises(TextTooLong, match=f"more than {name} can read at once, {POSITIONS}; split it"):
            engine.generate([sequence], DecodingOptions())


@each_family
def test_an_empty_input_harms_nothing(bench, name: str) -> None:
    engine = CTranslate2Engine(bench(name).manifest, Placement())
    source, target = bench(name).manifest.pairs[0]
    given = [Sequence(text=text, source_language=source, target_language=target, length=engine.count(text)) for text in parity.EMPTY]
    assert len(engine.generate(given, DecodingOptions())) == len(parity.EMPTY)


@each_family
def test_every_engine_warms_up(bench, name: str) -> None:
    for engine in (CTranslate2Engine(bench(name).manifest, Placement()), TransformersEngine(raw(bench(name)), Placement())):
        engine.warm_up()
        engine.close()


def test_marians_own_format_gives_the_same_model(bench, tmp_path: Path) -> None:
    weights = {name: weight.numpy() for name, weight in bench("marian").reference.network.state_dict().items()}
    vocabulary = list(bench("marian").reference.tokenizer.get_vocab())[:-1]
    given = {"arrays": marian_files.renamed(weights), "vocabulary": vocabulary, "pieces": bench("marian").checkpoint}
    native = marian_files.write(tmp_path / "opus", **given)
    written = convert(native, tmp_path / "model-float32", family="marian", quantization="float32")
    engines = [
        CTranslate2Engine(each, Placement())
        for each in (bench("marian").manifest, checkpoints.manifest("marian", tmp_path / "model-float32", written))
    ]
    options = DecodingOptions(beam_size=4, max_output_tokens=40)
    for pair in bench("marian").manifest.pairs:
        one, other = (engine.generate(sequences(engine, bench("marian"), *pair), options) for engine in engines)
        assert [each.text for each in one] == [each.text for each in other]


def test_m2m100_converts_without_its_list_of_language_tokens(tmp_path: Path) -> None:
    checkpoints.build("m2m100", tmp_path / "checkpoint")
    (tmp_path / "checkpoint/special_tokens_map.json").write_text('{"unk_token": "<unk>"}', encoding="utf-8")
    assert convert(tmp_path / "checkpoint", tmp_path / "model", family="m2m100", quantization="int8").parameters > 0


def test_another_version_of_transformers_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkpoints.build("mt5", tmp_path / "checkpoint")
    monkeypatch.setattr("transformers.__version__", "5.0.0")
    with pytest.raises(ModelInvalid, match=r"needs transformers 4\.57\.6, not 5\.0\.0: version 5 converts mT5 wrong"):
        convert(tmp_path / "checkpoint", tmp_path / "model", family="mt5", quantization="int8")


def test_a_number_format_that_transformers_does_not_run_is_refused(bench) -> None:
    with pytest.raises(ModelInvalid, match="runs default, float32, float16, bfloat16, not 'int8'"):
        TransformersEngine(raw(bench("bart")), Placement(compute_type="int8"))


def test_the_comparison_would_notice_mt5_converted_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The trap that it was built for: logits divided by the square root of the width keep their order, so greedy output stays right."""
    checkpoints.build("mt5", tmp_path / "checkpoint")
    monkeypatch.setattr("korotko_service.engines.transformers_converter.read_json", lambda _: {"tie_word_embeddings": True})
    spoiled = parity.measure(Bench("mt5", tmp_path))
    assert spoiled.same_greedy == spoiled.sentences
    assert spoiled.same_beam < spoiled.sentences
    assert spoiled.greatest_difference > 1


@pytest.mark.parametrize("key", ["source_tokens", "target_tokens"])
def test_a_language_whose_token_the_model_does_not_have_is_refused_by_transformers(bench, key: str) -> None:
    manifest = raw(bench("nllb"))
    wrong = {**getattr(manifest, key), "uk": "ukr"}
    with pytest.raises(ModelInvalid, match=r"a token 'ukr', which the model does not know"):
        TransformersEngine(replace(manifest, **{key: wrong}), Placement())
