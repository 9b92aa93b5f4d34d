"""Live blogs: each entry of the page is news of its own, and its time is no sentence."""

import pytest

from korotko_service.text.briefs.ranking import BriefLimits, RankingHints, pick, rank
from korotko_service.text.html.readable import readable
from korotko_service.text.news.datelines import dateline_end

ENTRIES = [
    ("14:30", "All trains in south Wales have been stopped by the storm.", "The operator said that they would run again on Tuesday."),
    ("14:05", "The storm has cut power to 40,000 homes in Wales, the grid operator said.", "Engineers hope to restore it by night."),
    (
        "13:40",
        "A tree fell on a school in Cardiff, and nobody was hurt.",
        "The fine for a late ticket of the trains of south Wales is 50 pounds.",
    ),
]
LAYOUTS = {
    "a time above": '<div class="live-entry"><time>{}</time><p>{} {}</p></div>',
    "a time with its zone": '<div class="live-entry"><span class="timestamp">{} GMT</span><p>{} {}</p></div>',
    "a time in the paragraph": '<div class="post"><p><b>{}.</b> {} {}</p></div>',
    "a time with the author": '<li class="event"><div>Posted at {} by Jane Doe</div><p>{} {}</p></li>',
    "an article for each": '<article class="entry"><header><time>{}</time></header><p>{} {}</p></article>',
}


def brief(html: str, sentences: int) -> list[str]:
    document = readable(html).document()
    picked = pick(document, rank(document, hints=RankingHints()), limits=BriefLimits(max_sentences=sentences))
    told = [document.segment_text(index) for index in picked]
    return [sentence[dateline_end(sentence) :] for sentence in told]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_entries_are_quoted_and_their_times_are_not(layout: str) -> None:
    page = "<main><h1>The storm in Wales</h1>" + "".join(layout.format(*entry) for entry in ENTRIES) + "</main>"
    found = brief(page, 20)
    assert len(found) == 6
    assert [sentence for sentence in found if sentence.endswith(("Tuesday.", "night.", "pounds."))] == [end for _, _, end in ENTRIES]
    assert not [sentence for sentence in found if any(unseen in sentence for unseen in ("14:30", "14:05", "13:40", "GMT", "Posted"))]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("sentences", [1, 2, 3, 4])
def test_no_entry_is_read_as_going_on_with_another(sentences: int, layout: str) -> None:
    page = "<main><h1>The storm in Wales</h1>" + "".join(layout.format(*entry) for entry in ENTRIES) + "</main>"
    found = brief(page, sentences)
    assert all(first in found for _, first, second in ENTRIES if second in found)
