"""Proves the conversion: CTranslate2 in float32 must decode token by token as transformers does."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import ctranslate2
import torch
from transformers import MarianMTModel

from training.convert import to_ctranslate2
from training.held_out import read_evaluation
from training.recipe import DIRECTIONS
from training.vocabulary import Vocabulary, read_vocabulary

_LONGEST = 96


def check_agreement(*, run: Path, evaluation: Path | None, sentences: int) -> None:
    """Compare greedy outputs for all directions; raise if one token differs."""
    vocabulary = read_vocabulary(run / "vocabulary.spm")
    texts = next(iter(read_evaluation(evaluation).values()))
    rows = _source_rows(vocabulary, texts, sentences)
    expected = _by_transformers(run / "marian", vocabulary, rows)
    answered = _by_ctranslate2(run / "marian", run / "float32", rows)
    different = [n for n, (a, b) in enumerate(zip(expected, answered, strict=True)) if a != b]
    if different:
        first = different[0]
        raise AssertionError(f"{len(different)} differ; {expected[first]} / {answered[first]}")
    print(f"{len(rows)} sentences: CTranslate2 float32 equals transformers, token by token")


def _source_rows(vocabulary: Vocabulary, texts: dict[str, list[str]], sentences: int) -> list[list[str]]:
    """Source tokens, the directions in turn."""
    rows = []
    for number in range(sentences):
        source, target = DIRECTIONS[number % len(DIRECTIONS)].split("-")
        rows.append(vocabulary.source_tokens(texts[source][number % len(texts[source])], target))
    return rows


def _by_transformers(marian: Path, vocabulary: Vocabulary, rows: Sequence[Sequence[str]]) -> list[list[str]]:
    network = MarianMTModel.from_pretrained(marian).eval()
    return [_greedy(network, vocabulary, row) for row in rows]


def _greedy(network: MarianMTModel, vocabulary: Vocabulary, row: Sequence[str]) -> list[str]:
    ids = torch.tensor([[vocabulary.ids.get(token, 1) for token in row]])
    with torch.inference_mode():
        output = network.generate(ids, num_beams=1, do_sample=False, max_new_tokens=_LONGEST)
    # Without the <pad> that decoding starts from and the </s> that ends it.
    tokens = [vocabulary.tokens[number] for number in output[0].tolist()[1:]]
    return tokens[:-1] if tokens[-1] == vocabulary.tokens[0] else tokens


def _by_ctranslate2(marian: Path, folder: Path, rows: list[list[str]]) -> list[list[str]]:
    to_ctranslate2(marian, folder, "float32")
    engine = ctranslate2.Translator(str(folder), compute_type="float32", intra_threads=1)
    results = [engine.translate_batch([row], beam_size=1, max_decoding_length=_LONGEST)[0] for row in rows]
    shutil.rmtree(folder)
    return [list(result.hypotheses[0]) for result in results]
