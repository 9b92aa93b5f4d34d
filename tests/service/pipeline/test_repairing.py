"""The repair ladder: what it may cost, what it must never break, and that each rung does what it says."""

import re
from collections.abc import Sequence as SequenceOf
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from korotko_service.app import App
from korotko_service.catalog import Hop
from korotko_service.deadline import Deadline
from korotko_service.engines.engine import DecodingOptions, Generation, Sequence
from korotko_service.engines.manifest import Decoding
from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.pieces.glossary import Entry, Glossary
from korotko_service.fidelity.pieces.protection import protect
from korotko_service.fidelity.pieces.shield import Restored, shield
from korotko_service.fidelity.pieces.terms import Term, Terms
from korotko_service.pipeline.candidate import Candidate, Rung
from korotko_service.pipeline.jobs import Choices, TranslateJob
from korotko_service.pipeline.rendering import Sentence
from korotko_service.pipeline.results import Translation, Translations
from korotko_service.pipeline.rungs import LADDER, Case, carefully, greedily, mended, narrowly, protected, split
from korotko_service.text.document import Span
from tests import zoo
from tests.service.pipeline.faulty import BODIES, SENTENCES, Faulty, by_heart, changes_digits, falls_silent, loops

GREEDY = DecodingOptions(beam_size=1, no_repeat_ngram_size=3, repetition_penalty=1.2)
SEVERE = Finding(reason="REPETITION", severity=Severity.SEVERE, span=Span(start=0, end=1))


class WithOptions(zoo.Echo):
    """Answers by heart if it is asked with certain options, and loops otherwise."""

    def __init__(self, options: DecodingOptions) -> None:
        super().__init__()
        self._options = options

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        super().generate(sequences, options)
        right = options == self._options
        return [self._generation(by_heart(each) if right else loops(by_heart(each), each)) for each in sequences]


def job(text: str = SENTENCES["en"][2], **choices: Any) -> TranslateJob:
    return TranslateJob(texts=(text,), target="uk", source="en", choices=Choices(**choices))


def only(made: Translations) -> Translation:
    (item,) = made.items
    assert item.value is not None, item.error
    return item.value


def counted(app: App, rung: Rung, outcome: str) -> float:
    return app.metrics.registry.get_sample_value("korotko_repairs_total", {"rung": rung, "outcome": outcome}) or 0.0


def case(text: str, *reasons: str, expected: str = "", source: str = "en", target: str = "uk", terms: Terms = Terms()) -> Case:  # noqa: B008
    findings = tuple(replace(SEVERE, reason=reason, expected=expected) for reason in reasons or ("REPETITION",))
    best = Candidate(output=Restored(text="x"), findings=findings)
    return Case(source=Sentence(text=text, language=source), shield=shield(text, protect(text, terms)), best=best, target=target)


async def test_the_first_clean_answer_ends_the_climb() -> None:
    engine = WithOptions(GREEDY)
    async with zoo.running(engine, repair=True) as app:
        made = only(await app.use_cases.translate(job()))
        assert counted(app, Rung.DECODED_AGAIN, "clean") == 1
    assert made.text == SENTENCES["uk"][2]
    assert [(repair.rung, repair.reason) for repair in made.repairs] == [(Rung.DECODED_AGAIN, "REPETITION")]
    assert engine.options[-1] == GREEDY


async def test_a_faultless_sentence_is_asked_for_once() -> None:
    engine = Faulty(loops, always=True)
    async with zoo.running(engine, repair=True) as app:
        await app.use_cases.translate(job(BODIES["en"]))
    assert [engine.texts.count(text) for text in SENTENCES["en"][:2]] == [1, 1]
    # The first time, with two other sets of options, and through Russian.
    assert engine.texts.count(SENTENCES["en"][2]) == 4


async def test_all_failing_sentences_climb_together() -> None:
    engine = WithOptions(GREEDY)
    async with zoo.running(engine, repair=True) as app:
        await app.use_cases.translate(job(BODIES["en"]))
    assert [len(batch) for batch, options in zip(engine.batches, engine.options, strict=True) if options.no_repeat_ngram_size] == [3]


async def test_an_operator_may_turn_repair_off() -> None:
    engine = Faulty(loops, always=False)
    async with zoo.running(engine, repair=False) as app:
        made = only(await app.use_cases.translate(job()))
    assert (len(engine.texts), made.repairs) == (1, ())
    assert "REPETITION" in {finding.reason for finding in made.findings}


async def test_where_no_time_is_left_the_first_answer_goes_out_with_its_warning() -> None:
    engine = Faulty(loops, always=False)
    async with zoo.running(engine, repair=True) as app:
        cases = app.use_cases
        repairer = cases.translate.interpreter.repairer
        late = replace(repairer, clock=lambda: repairer.clock() + 100)
        translate = replace(cases.translate, interpreter=replace(cases.translate.interpreter, repairer=late))
        made = only(await translate(job(deadline=Deadline(repairer.clock() + 50))))
        assert counted(app, Rung.SPLIT, "late") == 1
    assert (len(engine.texts), made.repairs) == (1, ())
    assert "REPETITION" in {finding.reason for finding in made.findings}


async def test_a_model_that_fails_in_repair_fails_no_call() -> None:
    class Brittle(Faulty):
        def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
            if self.batches:
                raise RuntimeError("once is enough")
            return super().generate(sequences, options)

    async with zoo.running(Brittle(loops, always=False), repair=True) as app:
        made = only(await app.use_cases.translate(job()))
    assert "REPETITION" in {finding.reason for finding in made.findings}


async def test_the_cost_of_repair_is_counted() -> None:
    ledgers = []
    for always in (False, True):
        async with zoo.running(Faulty(loops, always=always), repair=True) as app:
            ledgers.append((await app.use_cases.translate(job())).ledger)
    assert 0 < ledgers[0].input_tokens < ledgers[1].input_tokens
    assert all(ledger.repair_seconds > 0 for ledger in ledgers)
    async with zoo.running(zoo.Scripted({SENTENCES["en"][2]: SENTENCES["uk"][2]}), repair=True) as app:
        assert (await app.use_cases.translate(job())).ledger.repair_seconds == 0


async def test_the_same_answer_again_is_not_weighed_again() -> None:
    async with zoo.running(Faulty(falls_silent, always=True), repair=True) as app:
        await app.use_cases.translate(job(SENTENCES["en"][0]))
        assert counted(app, Rung.DECODED_AGAIN, "same") == 2
        assert counted(app, Rung.DECODED_AGAIN, "no_better") == 0


async def test_a_detour_is_taken_where_the_direct_model_gives_out_and_every_model_is_named() -> None:
    engines = {"direct": zoo.Mute(), "there": Faulty(loops, always=False), "on": zoo.Scripted({SENTENCES["ru"][1]: SENTENCES["uk"][1]})}
    pairs = {"direct": (("en", "uk"),), "there": (("en", "ru"),), "on": (("ru", "uk"),)}
    models = [zoo.manifest(name, pairs=pairs[name]) for name in engines]
    async with zoo.running(engines, manifests=models, repair=True) as app:
        made = only(await app.use_cases.translate(job(SENTENCES["en"][1])))
    assert made.text == SENTENCES["uk"][1]
    assert [repair.rung for repair in made.repairs] == [Rung.REROUTED]
    assert [hop.model.name for hop in made.hops] == ["direct", "there", "on"]


async def test_the_next_best_model_of_a_pair_is_a_detour_too() -> None:
    engines = {"first": zoo.Mute(), "second": zoo.Scripted({SENTENCES["en"][1]: SENTENCES["uk"][1]})}
    async with zoo.running(engines, manifests=[zoo.manifest(name) for name in engines], repair=True) as app:
        made = only(await app.use_cases.translate(job(SENTENCES["en"][1])))
    assert (made.text, [repair.rung for repair in made.repairs]) == (SENTENCES["uk"][1], [Rung.REROUTED])


async def test_a_number_that_the_model_always_changes_is_carried_past_it() -> None:
    async with zoo.running(Faulty(changes_digits, always=True), repair=True) as app:
        made = only(await app.use_cases.translate(job(SENTENCES["en"][1])))
    assert re.findall(r"\d+", made.text) == ["250", "48", "2029"]
    assert [repair.rung for repair in made.repairs] == [Rung.PROTECTED]
    assert not [finding for finding in made.findings if finding.severity > Severity.INFO]


async def test_a_glossary_holds_in_a_repaired_sentence() -> None:
    class Numbers(zoo.Upper):
        def say(self, sequence: Sequence) -> str:
            return re.sub(r"(?<![A-Z\d])\d+", "77", super().say(sequence))

    fixed = Glossary(entries=(Entry(term=Term(source="bridge", target="Міст"), language=None),))
    async with zoo.running(Numbers(), repair=True) as app:
        made = only(await app.use_cases.translate(job("The bridge cost 40 million euros and 120 people built it.", glossary=fixed)))
    assert made.text.count("Міст") == 1
    assert made.repairs
    assert [made.text[term.target.start : term.target.end] for term in made.applied_terms] == ["Міст"]


TERMS = Terms(terms=(Term(source="NATO"), Term(source="the bridge", target="міст")))
vocabulary = "The old NATO the bridge {name} opened, because people and %s said: it was 40 good; however".split()
words = st.lists(st.sampled_from(vocabulary), min_size=1, max_size=40)


@given(words.map(" ".join))
def test_a_sentence_cut_and_joined_again_keeps_every_word_and_every_protected_piece(text: str) -> None:
    attempt = split(case(text, terms=TERMS))
    if attempt is None:
        return
    parts = [Candidate(output=each.joined(each.cores())) for each in attempt.shields]
    whole = attempt.whole(parts).output
    guarded = shield(text, protect(text, TERMS))
    assert whole.text.casefold().split() == guarded.joined(guarded.cores()).text.casefold().split()
    assert [(placed.piece.text, whole.text[placed.span.start : placed.span.end]) for placed in whole.placed] == [
        (piece.text, piece.text) for piece in whole.pieces
    ]


def test_a_clause_gets_no_full_stop_and_no_capital_in_the_middle() -> None:
    attempt = split(case("The talks began in the spring, and nobody knew when they would end."))
    assert attempt is not None
    said = [Candidate(output=Restored(text=text), score=score) for text, score in (("Переговори почалися.", 0.2), ("Ніхто не знав.", 0.4))]
    whole = attempt.whole(said)
    assert whole.text == "Переговори почалися, ніхто не знав."
    assert whole.score is not None
    assert 0.2 < whole.score < 0.4


def test_a_short_sentence_is_not_cut() -> None:
    assert split(case("The talks went on, and on.")) is None


def test_only_the_numbers_that_are_missing_are_masked() -> None:
    attempt = protected(case("It took 12 days and 340 people.", "NUMBER_MISSING", expected="340"))
    assert attempt is not None
    assert attempt.shields[0].masked == "It took 12 days and XQ1 people."


def test_latin_names_are_kept_in_cyrillic_texts_and_no_other_names() -> None:
    text = "Компанія Google та Зеленський підписали угоду."
    attempt = protected(case(text, "NAME_NOT_IN_SOURCE", expected="Google, Зеленський", source="uk", target="ru"))
    assert attempt is not None
    assert attempt.shields[0].masked == "Компанія XQ1 та Зеленський підписали угоду."
    assert protected(case(text, "NAME_NOT_IN_SOURCE", expected="Зеленський", source="uk", target="ru")) is None


def test_a_misspelt_english_name_is_put_right_without_a_model() -> None:
    broken = case("The envoy Witkoff left.", "NAME_NOT_IN_SOURCE")
    broken = replace(broken, best=replace(broken.best, output=Restored(text="Посланець Witkff поїхав."), score=0.4))
    attempt = mended(broken)
    assert attempt is not None
    assert attempt.sentences == ()
    right = attempt.whole(())
    assert (right.text, right.findings, right.score) == ("Посланець Witkoff поїхав.", (), 0.4)
    assert mended(replace(broken, best=right)) is None


class Sloppy(Faulty):
    """Misspells an English name, whatever the options."""

    def say(self, sequence: Sequence) -> str:
        return "Посланець Witkff поїхав."


@pytest.mark.parametrize("is_late", [False, True])
async def test_a_misspelt_name_is_put_right_before_any_model_is_asked_again(is_late: bool) -> None:
    """It takes no time, so it is done even if there is none left."""
    engine = Sloppy(falls_silent, always=True)
    async with zoo.running(engine, repair=True) as app:
        cases = app.use_cases
        repairer = cases.translate.interpreter.repairer
        slow = replace(repairer, clock=lambda: repairer.clock() + 100 * is_late)
        translate = replace(cases.translate, interpreter=replace(cases.translate.interpreter, repairer=slow))
        made = only(await translate(job("The envoy Witkoff left.", deadline=Deadline(repairer.clock() + 50))))
    assert (made.text, len(engine.texts)) == ("Посланець Witkoff поїхав.", 1)
    assert [(repair.rung, repair.reason) for repair in made.repairs] == [(Rung.MENDED, "NAME_NOT_IN_SOURCE")]


class Stammering(WithOptions):
    """Loops, or says the last word twice if it is asked with certain options."""

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        made = super().generate(sequences, options)
        return [replace(each, text=each.text.removesuffix(".") + f" {each.text.split()[-1]}") for each in made]


async def test_what_another_rung_says_twice_is_taken_out_in_the_end() -> None:
    async with zoo.running(Stammering(GREEDY), repair=True) as app:
        made = only(await app.use_cases.translate(job()))
    assert (made.text, made.findings) == (SENTENCES["uk"][2], ())
    assert [(repair.rung, repair.reason) for repair in made.repairs] == [(Rung.MENDED, "REPETITION")]


def test_other_options_are_other_options() -> None:
    """A rung that asks the same again gets the same again."""
    for beam in range(9):
        options = DecodingOptions(beam_size=beam, reproducible=True)
        asked = {options, greedily(options, ()), carefully(options, ())}
        assert len(asked) == 3
        assert all(each.reproducible for each in asked)


def test_a_clause_gets_a_beam_of_two_at_most() -> None:
    assert [narrowly(DecodingOptions(beam_size=beam), ()).beam_size for beam in range(1, 9)] == [1, 2, 2, 2, 2, 2, 2, 2]
    models = [zoo.manifest(decoding=Decoding(beam_size=beam)) for beam in (1, 2, 4)]
    routes = [(Hop(model=model, source="en", target="uk"),) for model in models]
    assert [narrowly(DecodingOptions(), route).beam_size for route in routes] == [1, 2, 2]


def test_detours_are_for_what_is_severe() -> None:
    (step,) = (each for each in LADDER if each.detours)
    mild = case("The old bridge.")
    assert step.attempt(mild) is not None
    assert step.attempt(replace(mild, best=replace(mild.best, findings=(replace(SEVERE, severity=Severity.WARNING),)))) is None
