"""Protected text through the pipeline, whatever the model does: named after what users of other services complain about."""

import threading
from typing import Any

import pytest

from korotko_service.engines.engine import Sequence
from korotko_service.fidelity.pieces.glossary import Entry, Glossary
from korotko_service.fidelity.pieces.terms import Term, Terms
from korotko_service.pipeline.jobs import Article, BriefShape, Choices, SummarizeJob, TranslateJob
from korotko_service.pipeline.results import Brief, Translation
from korotko_service.text.document import Span
from korotko_service.text.sentences.segmentation import segment
from tests import zoo

ENGINES = [zoo.Echo, zoo.Upper, zoo.Lower, zoo.Mute, zoo.Eating, zoo.Doubling, zoo.Gluing, zoo.Backwards, zoo.Tagged]
every_engine = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.__name__)


def glossary(*preserved: str, **terms: str | None) -> Glossary:
    entries = tuple(Entry(term=Term(source=source, target=target)) for source, target in terms.items())
    return Glossary(entries=entries, preserved=preserved)


async def translated(house: Any, engine: zoo.Echo, text: str, *, fixed: Glossary | None = None, **choices: Any) -> Translation:
    job = TranslateJob(texts=(text,), target="uk", source="en", choices=Choices(glossary=fixed or Glossary(), **choices))
    async with house(engine) as rooms:
        (item,) = (await rooms.translate(job)).items
    assert item.value is not None, item.error
    return item.value


# Section B, row 7: glossaries, terms not to translate, placeholders (LibreTranslate #775, #820, #944; LTEngine #11; CTranslate2 #1798;
# deepl-node #18; deepl-python #111).


@every_engine
async def test_placeholders_come_back_exactly_as_often_as_they_were_sent(house, engine: type[zoo.Echo]) -> None:
    text = "Dear {name}, you have %d new messages from {name}. Your code is %(code)s."
    translation = await translated(house, engine(), text)
    assert [translation.text.count(each) for each in ("{name}", "%d", "%(code)s")] == [2, 1, 1]
    assert not [each for each in translation.findings if "PROTECTED" in each.reason]


@every_engine
async def test_addresses_names_and_tags_are_not_translated(house, engine: type[zoo.Echo]) -> None:
    kept = ("https://kyiv.example/the/new?bridge=1", "press@city.example", "@mayor", "#NewBridge")
    translation = await translated(house, engine(), f"Read {kept[0]} or write to {kept[1]} soon. Ask {kept[2]} about {kept[3]}!")
    assert [translation.text.count(each) for each in kept] == [1, 1, 1, 1]


@every_engine
async def test_a_glossary_is_followed_and_says_where(house, engine: type[zoo.Echo]) -> None:
    text = "The bridge in Kyiv is open.\n\nNobody in NATO knew of the bridge."
    translation = await translated(house, engine(), text, fixed=glossary("NATO", bridge="Міст", kyiv=None))
    assert sorted((term.term, text[term.source.start : term.source.end]) for term in translation.applied_terms if term.source) == [
        ("NATO", "NATO"),
        ("bridge", "bridge"),
        ("bridge", "bridge"),
        ("kyiv", "Kyiv"),
    ]
    assert sorted(translation.text[term.target.start : term.target.end] for term in translation.applied_terms) == [
        "Kyiv",
        "NATO",
        "Міст",
        "Міст",
    ]
    assert [term.target.start for term in translation.applied_terms] == sorted(term.target.start for term in translation.applied_terms)


async def test_a_masked_sentence_is_one_sentence_for_the_model(house) -> None:
    engine = zoo.Upper()
    translation = await translated(house, engine, "The bridge in Kyiv is open.", fixed=glossary(kyiv="Київ"))
    assert engine.texts == ["The bridge in XQ1 is open."]
    assert translation.text == "THE BRIDGE IN Київ IS OPEN."


async def test_a_sentence_that_lost_its_mask_is_cut_around_it(house) -> None:
    engine = zoo.Eating()
    translation = await translated(house, engine, "The bridge in Kyiv is open.", fixed=glossary(kyiv="Київ"))
    assert engine.texts == ["The bridge in XQ1 is open.", "The bridge in", "is open."]
    assert translation.text == "THE BRIDGE IN Київ IS OPEN."


class Wordy(zoo.Eating):
    """Loses every mask, and makes a sentence of whatever it is given."""

    def say(self, sequence: Sequence) -> str:
        said = {"The": "Від", "bridge": "міст", "will open soon.": "Незабаром відчиниться.", "and": "Та.", "tunnel": "тунель"}
        return said.get(sequence.text) or super().say(sequence)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("The <b>bridge</b> will open soon.", "<b>Міст</b> незабаром відчиниться."),
        ("<b>bridge</b> and <i>tunnel</i> will open soon.", "<b>міст</b> та <i>тунель</i> незабаром відчиниться."),
    ],
)
async def test_what_is_cut_around_its_tags_stays_one_sentence(house, text: str, whole: str) -> None:
    assert (await translated(house, Wordy(), text)).text == whole


async def test_a_segment_of_nothing_but_protected_text_never_reaches_the_model(house) -> None:
    engine = zoo.Upper()
    text = "https://kyiv.example/new-bridge\n\n{name}: @mayor, #Bridge\n\nKyiv\n\nOpen now."
    translation = await translated(house, engine, text, fixed=glossary(kyiv="Київ"))
    assert translation.text == "https://kyiv.example/new-bridge\n\n{name}: @mayor, #Bridge\n\nКиїв\n\nOPEN NOW."
    assert engine.texts == ["Open now."]
    assert {each.span.start for each in translation.findings} <= {translation.text.index("OPEN")}


@every_engine
async def test_a_term_with_a_full_stop_inside_is_not_cut_in_two(house, engine: type[zoo.Echo]) -> None:
    term = "Yahoo! Answers. Kyiv"
    assert any(term not in part for part in [segment(f"We read {term} today.").segment_text(0)])
    translation = await translated(house, engine(), f"We read {term} today. It was good.", fixed=glossary(term))
    assert translation.text.count(term) == 1
    assert len(translation.sentences) == 2


async def test_a_sentence_already_in_the_target_language_stays_as_it_is(house) -> None:
    ukrainian = "Переговори триватимуть у Женеві до кінця тижня. Ніхто не пішов раніше, і всі чекають на новини."
    text = f"{ukrainian} The talks about the new bridge went on for hours in Geneva."
    job = TranslateJob(texts=(text,), target="uk", choices=Choices(glossary=glossary(Женеві="Geneva", Geneva="Женева")))
    async with house(zoo.Echo()) as rooms:
        (item,) = (await rooms.translate(job)).items
    assert item.value is not None, item.error
    assert item.value.text == text.replace("Geneva", "Женева")
    assert [term.term for term in item.value.applied_terms] == ["Geneva"]


async def test_terms_go_through_a_pivot_untouched(house) -> None:
    engines = {"a": zoo.Upper(), "b": zoo.Lower()}
    models = [zoo.manifest("a", pairs=(("uk", "en"),)), zoo.manifest("b", pairs=(("en", "ru"),))]
    job = TranslateJob(texts=("Міст у Києві.",), target="ru", source="uk", choices=Choices(glossary=glossary(Києві="Киеве")))
    async with house(engines, *models) as rooms:
        (item,) = (await rooms.translate(job)).items
    assert item.value.text == "Міст у Киеве."
    assert (engines["a"].texts, engines["b"].texts) == (["Міст у XQ1.", "Міст у"], ["МІСТ У XQ1.", "МІСТ У"])


async def test_validation_counts_what_the_model_would_read(house) -> None:
    engine = zoo.Upper()
    job = TranslateJob(texts=("The bridge in New York is open.",), target="uk", source="en", choices=Choices(validate_only=True))
    fixed = TranslateJob(
        texts=job.texts, target="uk", source="en", choices=Choices(validate_only=True, glossary=glossary("New York")),
    )  # fmt: skip
    async with house(engine) as rooms:
        counts = [(await rooms.translate(each)).ledger.input_tokens for each in (job, fixed)]
    assert (counts, engine.batches) == ([8, 7], [])


# Section B, row 8: markup and punctuation broken (LibreTranslate #806, #565; deepl-python #93, #86).


@every_engine
async def test_tags_and_entities_in_are_tags_and_entities_out_in_their_order(house, engine: type[zoo.Echo]) -> None:
    tags = ['<a href="https://x.example/a b">', "</a>", "<br/>", "&nbsp;", "<x1/>"]
    text = f"The new {tags[0]}bridge{tags[1]} opened.{tags[2]} Trams&nbsp;follow {tags[4]} in May."
    translation = await translated(house, engine(), text)
    places = [translation.text.find(tag) for tag in tags]
    assert places == sorted(places)
    assert -1 not in places
    assert [translation.text.count(tag) for tag in tags] == [1] * len(tags)


@every_engine
async def test_line_breaks_lists_and_indents_are_kept(house, engine: type[zoo.Echo]) -> None:
    text = (
        "Plan for May\r\n\r\n  1. Open the bridge\r\n  2. Run the trams\r\n\t• Paint it\r\n\t• Light it\n\n\n> The mayor is glad.\n* * *\n"
    )
    translation = await translated(house, engine(), text)
    assert len(translation.sentences) == len(segment(text).segments)
    gaps, cut = [], 0
    for pair in translation.sentences:
        gaps.append(translation.text[cut : pair.target.start])
        cut = pair.target.end
    assert (*gaps, translation.text[cut:]) == segment(text).gaps()


@every_engine
async def test_punctuation_around_protected_text_stays_where_it_was(house, engine: type[zoo.Echo]) -> None:
    text = "«{name}» ({count}): %s — “@mayor”…"
    assert (await translated(house, engine(), text)).text == text


# Briefs.

ARTICLE = "The new bridge in Kyiv cost 40 million euros. Trams of NATO will follow it in May. Read https://kyiv.example/bridge for more."


def summary_job(engine_choices: Choices, *targets: str, title: str = "", headline: bool = False) -> SummarizeJob:
    article = Article(body=ARTICLE, language="en", title=title)
    return SummarizeJob(article=article, targets=targets, shape=BriefShape(headline=headline), choices=engine_choices)


def briefs(summary: Any) -> dict[str, Brief]:
    return {item.name: item.value for item in summary.briefs}


@every_engine
async def test_a_brief_keeps_terms_for_each_language_and_says_where_they_stand(house, engine: type[zoo.Echo]) -> None:
    fixed = Glossary(
        entries=(
            Entry(term=Term(source="Kyiv", target="Київ"), language="uk"),
            Entry(term=Term(source="Kyiv", target="Киев"), language="ru"),
        ),
        preserved=("NATO",),
    )
    async with house(engine()) as rooms:
        made = briefs(await rooms.summarize(summary_job(Choices(glossary=fixed), "en", "uk", "ru")))
    assert made["en"].applied_terms == ()
    for language, city in (("uk", "Київ"), ("ru", "Киев")):
        brief = made[language]
        assert brief.text.count("https://kyiv.example/bridge") == 1
        assert [(each.term, brief.text[each.target.start : each.target.end]) for each in brief.applied_terms] == [
            ("Kyiv", city),
            ("NATO", "NATO"),
        ]
        assert [ARTICLE[each.source.start : each.source.end] for each in brief.applied_terms] == ["Kyiv", "NATO"]


async def test_a_term_of_the_title_has_no_place_in_the_body(house) -> None:
    job = summary_job(Choices(glossary=glossary(Kyiv="Київ")), "uk", title="Kyiv has a bridge", headline=True)
    async with house(zoo.Upper()) as rooms:
        (applied,) = briefs(await rooms.summarize(job))["uk"].applied_terms
    assert (applied.term, applied.source, applied.target) == ("Kyiv", None, Span(start=0, end=4))


async def test_a_model_reads_the_hryvnia_sign_in_words(house) -> None:
    engine = zoo.Upper()
    async with house(engine) as rooms:
        await rooms.translate(TranslateJob(texts=("The fine is ₴500.",), target="uk", source="en"))
    assert engine.texts == ["The fine is 500 hryvnias."]


async def test_a_model_reads_capitals_as_a_sentence_and_the_terms_stay_as_they_are(house) -> None:
    engine, choices = zoo.Echo(), Choices(glossary=Glossary(preserved=("KYIV",)))
    job = TranslateJob(texts=("MISSILES HIT KYIV OVERNIGHT.",), target="uk", source="en", choices=choices)
    async with house(engine) as rooms:
        (item,) = (await rooms.translate(job)).items
    assert engine.texts[0] == "Missiles hit XQ1 overnight."
    assert item.value.text == "Missiles hit KYIV overnight."


class Watched(Glossary):
    """Notes the threads on which its terms are prepared."""

    def terms(self, target: str) -> Terms:
        threads.add(threading.current_thread().name)
        return super().terms(target)


threads = set[str]()


async def test_a_long_glossary_is_made_ready_beside_the_event_loop_however_short_the_text(house) -> None:
    fixed = Watched(preserved=tuple(f"a term of several words {number}" for number in range(60)))
    text = "The bridge is open. The talks will go on."
    threads.clear()
    await translated(house, zoo.Upper(), text, fixed=fixed)
    async with house(zoo.Upper()) as rooms:
        await rooms.summarize(SummarizeJob(article=Article(body=text, language="en"), targets=("uk",), choices=Choices(glossary=fixed)))
    assert threads
    assert all(name.startswith("korotko-reader") for name in threads)
