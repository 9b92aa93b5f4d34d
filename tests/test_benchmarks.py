"""What the benchmarks count as an answer, a cost and a recovery: a flattering measurement is worse than none."""

import json
import os
import re
from pathlib import Path

import pytest

from benchmarks import alarms, alarms_verdicts, questions, repair, tables
from benchmarks.alarms_verdicts import Alarm, digest, read_verdicts
from benchmarks.chrf import chrf
from benchmarks.load import Record, seconds_until_normal
from benchmarks.material import articles, sentences, varied_articles, varied_sentences
from benchmarks.processes import cpu_seconds, memory_bytes, tree
from benchmarks.questions import Answer
from benchmarks.widened import STARTER, widen
from benchmarks.wires import joined
from korotko.v1 import report_pb2, summarize_pb2, translate_pb2
from korotko_service import errors
from korotko_service.engines.ctranslate2 import CTranslate2Engine
from korotko_service.engines.engine import DecodingOptions, Sequence
from korotko_service.engines.manifest import read, verify
from korotko_service.engines.placement import Placement
from korotko_service.pipeline.rungs import LADDER
from korotko_service.rpc.status import to_status

FULL = to_status(errors.QueueFull("full", retry_after_seconds=1), request_id="x")
WRONG = to_status(errors.FieldInvalid("wrong"), request_id="x")


def test_a_translation_counts_only_if_its_text_is_there() -> None:
    good = translate_pb2.TranslationResult(translation=translate_pb2.Translation(text="Добре."))
    empty = translate_pb2.TranslationResult(translation=translate_pb2.Translation())
    outcomes = [
        questions.judge_translation(translate_pb2.TranslateResponse(results=results).SerializeToString()).outcome
        for results in ([good], [empty], [], [translate_pb2.TranslationResult(error=FULL)])
    ]
    assert outcomes == ["OK", "EMPTY", "EMPTY", "QUEUE_FULL"]


def test_a_summary_counts_only_whole_and_by_the_sentences_that_were_translated() -> None:
    brief = summarize_pb2.Brief(text="One. Two.", sentences=[summarize_pb2.BriefSentence()] * 2)
    results = [summarize_pb2.BriefResult(language_code=code, brief=brief) for code in ("en", "uk", "ru")]
    reply = summarize_pb2.SummarizeResponse(results=results, source_language=report_pb2.DetectedLanguage(language_code="en"))
    assert questions.judge_summary(reply.SerializeToString()) == Answer(outcome="OK", sentences=4)
    reply.results[1].error.CopyFrom(FULL)
    assert questions.judge_summary(reply.SerializeToString()) == Answer(outcome="QUEUE_FULL", retry_told=True)


@pytest.mark.parametrize(("status", "told"), [(FULL, True), (WRONG, False)])
def test_a_refusal_is_asked_whether_it_says_when_to_come_back(status: questions.status_pb2.Status, told: bool) -> None:
    assert questions.judge_status(status.SerializeToString()).retry_told is told


def test_every_sentence_and_every_article_is_another() -> None:
    assert len(set(sentences())) == len(sentences()) > 400
    assert len(set(articles())) == len(articles()) == 15


def test_openings_make_four_of_each() -> None:
    assert len(set(varied_sentences())) == 4 * len(sentences())
    assert len(set(varied_articles())) == 4 * len(articles())


def test_a_chunked_reply_is_whole_only_with_its_last_chunk() -> None:
    wire = b"5\r\nhello\r\n3\r\nabc\r\n0\r\n\r\n"
    assert joined(wire) == b"helloabc"
    assert {joined(wire[:length]) for length in range(len(wire) - 2)} == {None}


def records(begun: float, seconds: float, outcome: str = "OK") -> list[Record]:
    return [Record(begun=begun + 0.1 * number, ended=begun + 0.1 * number + seconds, answer=Answer(outcome=outcome)) for number in range(5)]


def test_normal_is_a_half_second_whose_calls_are_all_answered_about_as_fast_as_before() -> None:
    before = records(0, 0.1)
    assert seconds_until_normal(before, records(10, 0.12)) == 0
    assert seconds_until_normal(before, records(10, 0.5) + records(10.5, 0.1, "QUEUE_FULL") + records(11, 0.1)) == 1.0
    assert seconds_until_normal(before, records(10, 0.5)) is None


def test_costs_are_compared_by_rate_and_by_processor_time() -> None:
    engine = {"arm": "engine", "shape": "sentence", "load": "offline", "sentences_per_second": 300.0, "server_cpu_ms_per_sentence": 6.0}
    window = {"arm": "x", "shape": "sentence", "load": "64 callers", "sentences_per_second": 240.0, "sentences": 100, "p50_ms": 9.0}
    spent = {"server_cpu_seconds": 0.8, "front_cpu_seconds": 0.2, "client_cpu_seconds": 0.01}
    _, row = tables.rows([engine, {**window, **spent}])
    assert (row["of_engine"], row["of_engine_by_cpu"]) == (0.8, 0.75)


def test_a_process_has_cost_something_and_holds_something() -> None:
    assert tree(os.getpid())[0] == os.getpid()
    assert cpu_seconds(os.getpid()) > 0
    assert memory_bytes(os.getpid()) > 1_000_000


def test_a_widened_model_costs_more_and_says_word_for_word_the_same(tmp_path: Path) -> None:
    more = 5_000_000
    parameters = widen(tmp_path / "wide", parameters=read(STARTER).parameters + more)
    narrow, wide = (CTranslate2Engine(read(folder), Placement()) for folder in (STARTER, tmp_path / "wide"))
    sequences = [
        Sequence(text=work.text, source_language=work.source, target_language=work.target, length=narrow.count(work.text))
        for work in sentences()[:12]
    ]
    assert read(tmp_path / "wide").parameters == parameters > read(STARTER).parameters + 0.99 * more
    assert wide.generate(sequences, DecodingOptions()) == narrow.generate(sequences, DecodingOptions())
    verify(read(tmp_path / "wide"))


ROW = {"en": "Rome has 3 hills.", "uk": "Рим має 4 пагорби.", "ru": "В Риме 3 холма."}


def verdict(row: dict[str, str], direction: str) -> dict[Alarm, str]:
    return {Alarm(sentence=digest(row), direction=direction, reason=reason): "T" for reason in ("NUMBER_MISSING", "NUMBER_NOT_IN_SOURCE")}


def shares(verdicts: dict[Alarm, str]) -> list[str]:
    return alarms.false_alarms("x", [ROW, dict.fromkeys(ROW, "—")], verdicts).split(" | ")[2:9]


def test_an_alarm_that_nobody_found_right_is_a_false_one() -> None:
    warned = ["50.0 (50.0)", "0.0 (0.0)", "50.0 (50.0)", "50.0 (50.0)", "0.0 (0.0)", "50.0 (50.0)", "33.3 (33.3)"]
    right = {alarm: told for each in ("en-uk", "uk-en", "en-ru") for alarm, told in verdict(ROW, each).items()}
    assert shares({}) == shares(dict.fromkeys(right, "F")) == shares(dict.fromkeys(right, "U")) == warned
    assert shares(right) == ["50.0 (0.0)", "0.0 (0.0)", "50.0 (0.0)", *warned[3:6], "33.3 (16.7)"]


def test_a_verdict_is_for_these_very_words() -> None:
    assert verdict({**ROW, "ru": "В Риме три холма."}, "en-uk").keys().isdisjoint(verdict(ROW, "en-uk"))


def test_what_waits_for_a_verdict_is_told_as_the_file_has_it(tmp_path: Path) -> None:
    judged = verdict(ROW, "en-uk")
    told = [line.split("\t") for line in alarms.unjudged({"x": [ROW]}, judged)]
    assert [(line[2], *line[4:]) for line in told if line[4] == "ru-uk"] == [
        (reason, "ru-uk", ROW["ru"], ROW["uk"]) for reason in ("NUMBER_MISSING", "NUMBER_NOT_IN_SOURCE")
    ]
    lines = ["\t".join(line[:5]).replace("?", "F") for line in told]
    (tmp_path / "verdicts.tsv").write_text("\n".join(lines), encoding="utf-8")
    assert not list(alarms.unjudged({"x": [ROW]}, judged | read_verdicts(tmp_path / "verdicts.tsv")))


def test_every_alarm_that_was_read_has_a_verdict_and_none_of_its_text() -> None:
    text = alarms_verdicts.FILE.read_text(encoding="utf-8")
    assert len(read_verdicts()) > 300
    assert text.isascii()
    assert all(re.fullmatch(r"[A-Z]+ [a-z ]+\t[0-9a-f]{8}\t[A-Z_]+\t[TFU]\t[a-z -]+", line) for line in text.splitlines() if line[0] != "#")


@pytest.mark.parametrize("line", ["x\t0a\tREASON\tX\ten-uk", "x\t0a\tREASON\tF\teng-uk", "x\t0a\tREASON\tF\ten-uk en-uk"])
def test_a_verdict_that_is_none_or_a_second_one_is_told(tmp_path: Path, line: str) -> None:
    (tmp_path / "verdicts.tsv").write_text(line, encoding="utf-8")
    with pytest.raises(ValueError, match="no verdict on a direction, or a second one"):
        read_verdicts(tmp_path / "verdicts.tsv")


async def test_the_ladder_of_repair_is_measured_rung_by_rung(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = {"en": "In 2024 17 people came.", "uk": "У 2024 році прийшли 17 людей.", "ru": "В 2024 году пришли 17 человек."}
    for language, text in said.items():
        (tmp_path / f"flores-dev.{language}").write_text(f"{text}\n", encoding="utf-8")
    article = json.dumps({language: [text] for language, text in said.items()})
    (tmp_path / "ntrex-articles.jsonl").write_text(article, encoding="utf-8")
    await repair.measure(tmp_path, 1, "")
    printed = capsys.readouterr().out
    assert all(f"{step.rung}, {title}" in printed for step in LADDER for title in ("alone", "in its turn"))
    assert "all after:" in printed


@pytest.mark.parametrize(
    ("output", "reference", "score"),
    [
        ("The talks will go on on Monday.", "The talks go on on Tuesday.", 51.375432),
        ("Переговори триватимуть.", "Переговори тривають у понеділок.", 52.612366),
        ("a", "a b c", 38.461538),
        ("ab", "cd", 0),
        ("", "ab", 0),
        ("", "", 100),
        ("Так.", "Так.", 100),
    ],
)
def test_chrf_is_what_sacrebleu_makes_of_a_sentence(output: str, reference: str, score: float) -> None:
    assert chrf(output, reference) == pytest.approx(score)
