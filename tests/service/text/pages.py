"""Random pages: trees of blocks, inline tags, things that are not translated, and words."""

import re

from hypothesis import strategies as st

from korotko_service.text.html.markup import TokenKind, tokens

WORDS = [
    "слово", "&copy2026 ", "The bridge", " is open.", " He said:", " 12 km", "Міст ", "AT&amp;T",
    " &lt;3 ", "&nbsp;", "{name}", "\n  ", "! ",
]  # fmt: skip
INLINE = ["b", "i", "span", "em", "x-thing"]
BLOCK = ["p", "div", "li", "td", "h1", "blockquote"]
ATTRIBUTES = ["", ' class="a"', " id=x", ' title="a > b &amp; c"', " hidden", "\n  lang='uk'"]
ATOMS = [
    "<br>", "<img src='a>b'>", "<!-- a <b> c -->",
    "<code>x &lt; y</code>", "<script>if (a<b) c</script>", "<i translate=no>Ab</i>", "<wbr/>",
]  # fmt: skip

_leaves = st.sampled_from(WORDS) | st.sampled_from(ATOMS)
trees = st.recursive(
    _leaves,
    lambda inner: st.builds(
        lambda name, attributes, parts: f"<{name}{attributes}>{''.join(parts)}</{name}>",
        st.sampled_from(INLINE) | st.sampled_from(BLOCK),
        st.sampled_from(ATTRIBUTES),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


def markup_of(html: str) -> list[str]:
    """Every tag, comment and script of the HTML, in order."""
    return [html[token.start : token.end] for token in tokens(html) if token.kind is not TokenKind.TEXT]


def words_of(html: str) -> str:
    """What stands between the tags."""
    return re.sub(r"\s+", " ", " ".join(html[token.start : token.end] for token in tokens(html) if token.kind is TokenKind.TEXT))
