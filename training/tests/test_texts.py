"""The project's own sentences and phrases: whole in three languages, each in its own letters, each once."""

import re
from collections import Counter
from pathlib import Path

from training.data import normalized, own_pairs, short_rows, text_rows, written_rows
from training.held_out import check_no_leak, evaluation_sentences, read_evaluation, read_samples

_TEXTS = Path(__file__).parents[1] / "texts"
_SENTENCES = [*written_rows(held_out=False), *written_rows(held_out=True)]
_ROWS = [*_SENTENCES, *text_rows(_TEXTS / "phrases"), *text_rows(_TEXTS / "short")]
_FOREIGN = {"en": re.compile(r"[\u0400-\u04ff]"), "uk": re.compile("[ыэъёЫЭЪЁ]"), "ru": re.compile("[іїєґІЇЄҐ]")}
_TWO_ALPHABETS = re.compile(r"[\u0400-\u04ff][A-Za-z]|[A-Za-z][\u0400-\u04ff]")


def test_every_sentence_has_the_letters_of_its_language() -> None:
    strange = [row[language] for row in _ROWS for language, letters in _FOREIGN.items() if letters.search(row[language])]
    assert strange == []
    assert [text for row in _ROWS for text in row.values() if _TWO_ALPHABETS.search(text)] == []


def test_every_sentence_is_there_in_full_and_without_stray_space() -> None:
    assert [row for row in _ROWS if any(not text or text != " ".join(text.split()) for text in row.values())] == []
    lengths = [[len(text) + 8 for text in row.values()] for row in _ROWS]
    assert [row for row, found in zip(_ROWS, lengths, strict=True) if max(found) > 2 * min(found)] == []


def test_no_sentence_stands_twice() -> None:
    assert [text for text, times in Counter(normalized(row["en"]) for row in _ROWS).items() if times > 1] == []


def test_what_is_held_out_is_never_trained_on() -> None:
    evaluation = read_evaluation(None)
    assert 0 < len(evaluation["written"]["en"]) < len(_SENTENCES) / 30
    assert 0 < len(evaluation["short"]["en"]) < len(list(short_rows(held_out=False))) / 30
    # Words have synonyms: `prepare` leaves out the pairs that share a side with a short text that is held out.
    check_no_leak(own_pairs(), evaluation_sentences({"written": evaluation["written"], "samples": read_samples()}))
