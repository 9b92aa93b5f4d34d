"""The sources of the training texts: whom to credit, and under which licence they are used."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One source, for the model card."""

    title: str
    licence: str


SOURCES = {
    "written": Source("Sentences on many subjects written for this project (training/texts)", "CC0 1.0"),
    "phrases": Source("Phrases for single words written for this project (training/texts/phrases)", "CC0 1.0"),
    "short": Source("Words, greetings, labels and headings written for this project (training/texts/short)", "CC0 1.0"),
    "zelensky": Source("Office of the President of Ukraine, addresses and statements", "CC BY 4.0"),
    "addresses": Source("The same, with Russian translations made for this project", "CC BY 4.0"),
    "news": Source("News sentences written for this project", "CC0 1.0"),
    "articles": Source("News articles written for this project", "CC0 1.0"),
    "tatoeba": Source("Tatoeba contributors", "CC BY 2.0 FR"),
    "mlqe_pe": Source("MLQE-PE", "CC0 1.0"),
    "tico": Source("TICO-19", "CC0 1.0"),
    "cocoa": Source("CoCoA-MT", "CDLA-Sharing 1.0"),
    "xquad": Source("XQuAD", "CC BY-SA 4.0"),
    "mtgeneval": Source("MT-GenEval", "CC BY-SA 3.0"),
    "msiot": Source("Microsoft, IoT for Beginners and its machine translations", "MIT"),
    "msedge": Source("Microsoft, Edge AI for Beginners and its machine translations", "MIT"),
    "msazd": Source("Microsoft, AZD for Beginners and its machine translations", "MIT"),
    "alchemy": Source("Microsoft, Office help", "CC BY 4.0"),
    "react": Source("React documentation and its translators", "CC BY 4.0"),
    "vue": Source("Vue documentation and its translators", "MIT"),
    "pydocs": Source("Python documentation translators", "CC0 1.0"),
    "mozorg": Source("Mozilla, mozilla.org and its localizers", "MPL 2.0"),
    "gnomedocs": Source("GNOME documentation and its translators", "CC BY-SA 3.0"),
}
