"""What the names of HTML elements say about the text inside them."""

from korotko_service.text.wordlists import word_set

# Section 15.3 of the HTML standard (rendering: display block, list-item, table and its parts), and what a reader takes for
# a separate text: a line break, a button, an option of a list.
BLOCKS = word_set(
    """
    address article aside base blockquote body br button caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li link listing
    main menu meta nav noembed noframes noscript ol optgroup option p plaintext pre search section select summary table tbody
    td template textarea tfoot th thead title tr ul video xmp
    """
)
VOIDS = word_set("area base br col embed frame hr img input link meta param source track wbr")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Elements without tags inside; only "title" has words.
RAW_TEXTS = word_set("iframe noembed noframes plaintext script style textarea title xmp")
FOREIGN = word_set("math svg")
UNREAD = word_set("script style")
# No model was trained to translate code; in drawings and formulas, words are part of a picture.
UNTRANSLATED = RAW_TEXTS - {"title"} | FOREIGN | word_set("code kbd listing pre samp var")
# What is beside an article on its page, or meant for a program rather than a reader. Forms are not included: some servers
# wrap whole pages in one.
_BESIDE = word_set(
    """
    address aside audio button canvas caption datalist dialog figcaption footer legend listing menu nav noscript object optgroup option
    pre select template video
    """
)
BESIDE_AN_ARTICLE = RAW_TEXTS | FOREIGN | _BESIDE
# An element whose end tag may be left out, and the start tags that end it (section 13.1.2.4).
ENDED_BY: dict[str, frozenset[str]] = {
    "dd": frozenset({"dd", "dt"}),
    "dt": frozenset({"dd", "dt"}),
    "li": frozenset({"li"}),
    "optgroup": frozenset({"optgroup"}),
    "option": frozenset({"option", "optgroup"}),
    "p": word_set(
        """
        address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4
        h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre search section summary table ul xmp
        """
    ),
    "tbody": frozenset({"tbody", "tfoot"}),
    "td": frozenset({"td", "th", "tr", "tbody", "tfoot"}),
    "th": frozenset({"td", "th", "tr", "tbody", "tfoot"}),
    "thead": frozenset({"tbody", "tfoot"}),
    "tr": frozenset({"tr", "tbody", "tfoot"}),
}
# Words in the class or id of an element beside an article: those of Readability and its kin, except words that may be in the news.
BOXES = word_set(
    """
    ad ads advert advertisement breadcrumb breadcrumbs comments consent cookie cookies disqus gdpr newsletter outbrain popup promo recirc
    recommended related share sharing sidebar social sponsor sponsored subscribe subscription taboola
    """
)
BOX_ROLES = word_set("complementary contentinfo dialog navigation search")
