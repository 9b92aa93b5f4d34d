"""Whatever the article and whatever the summarizer writes about it: supported or flagged sentences, within every limit."""

import asyncio
from contextlib import AsyncExitStack

from hypothesis import HealthCheck, given, settings, strategies as st

from korotko_service.fidelity.finding import Severity
from korotko_service.pipeline.jobs import Method, SummarizeJob
from korotko_service.pipeline.results import Summary
from tests import zoo
from tests.service.pipeline.press import DREAM, SENTENCES, desk, job, sentences
from tests.summarizers import Saying, manifest

BUDGET, LANGUAGES = 40, ("en", "uk", "ru")
known = st.sampled_from([sentence for language in LANGUAGES for sentence in SENTENCES[language]])
noise = st.one_of(st.text(max_size=40), st.sampled_from([DREAM, "so so so so so.", "▁x", "7 300 000.", "\n\n", "•", "A" * 300]))
articles = st.lists(st.one_of(known, noise), min_size=1, max_size=14).map(" ".join)
outputs = st.lists(st.one_of(known, known.map(lambda text: text[: len(text) // 2]), noise), max_size=8).map(" ".join)
shapes = st.fixed_dictionaries({"max_sentences": st.integers(1, 50), "max_characters": st.one_of(st.none(), st.integers(20, 400))})


def check(summary: Summary, given_job: SummarizeJob) -> None:
    body, shape = given_job.article.body, given_job.shape
    for item in summary.briefs:
        if item.value is None:
            assert item.error is not None
            assert item.error.reason == "FIELD_INVALID"
            continue
        made = item.value
        assert 1 <= len(made.sentences) <= shape.max_sentences
        assert shape.max_characters is None or len(made.text) <= shape.max_characters
        assert all(sentences(made))
        assert all(body[piece.span.start : piece.span.end].strip() for each in made.sentences for piece in each.evidence)
        flagged = {finding.span for finding in made.findings}
        assert all(each.evidence or each.span in flagged for each in made.sentences)
        assert made.method is Method.ABSTRACTIVE or {finding.reason for finding in made.findings} >= {"FALLBACK_EXTRACTIVE"}
        assert not [each for each in made.findings if each.reason == "UNSUPPORTED_SENTENCE" and each.severity is Severity.SEVERE]


def test_a_brief_holds_only_supported_or_flagged_sentences_and_no_limit_breaks() -> None:
    writer, translator = Saying(), zoo.Echo()

    async def started(stack: AsyncExitStack):
        return await stack.enter_async_context(
            desk({"writer": writer}, manifest("writer", "en", "uk", budget=BUDGET), translator=translator)
        )

    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        summarize = runner.run(started(stack))

        @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
        @given(articles.filter(lambda text: any(map(str.isalnum, text))), outputs, shapes, st.sampled_from(LANGUAGES))
        def holds(body: str, output: str, shape: dict[str, int], language: str) -> None:
            writer.text = output
            given_job = job(body, *LANGUAGES, language=language, **shape)
            try:
                check(runner.run(summarize(given_job)), given_job)
            except Exception as error:
                if getattr(error, "reason", "") != "FIELD_INVALID":
                    raise

        try:
            holds()
        finally:
            runner.run(stack.aclose())
    assert all(each.length <= BUDGET for batch in writer.batches for each in batch)
