"""Figures that others have published for these directions, for the table beside our own; none was measured by us."""

from dataclasses import dataclass

from training.recipe import DIRECTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One model's published figures by direction, with their metric, test set and source."""

    name: str
    size: str
    metric: str
    test_set: str
    source: str
    figures: dict[str, float]


def _six(*figures: float) -> dict[str, float]:
    return dict(zip(DIRECTIONS, figures, strict=True))


_HELSINKI, _MOZILLA = "Helsinki leaderboards", "Mozilla's evaluation"
PEERS = (
    Peer(
        name="OPUS-MT tc-big",
        size="0.24 B each",
        metric="chrF2",
        test_set="FLORES-200 devtest",
        source=_HELSINKI,
        figures=_six(60.1, 59.7, 65.0, 62.6, 56.2, 55.3),
    ),
    Peer(
        name="OPUS-MT tc-big",
        size="0.24 B each",
        metric="chrF2",
        test_set="NTREX-128",
        source=_HELSINKI,
        figures=_six(54.2, 58.1, 58.0, 57.8, 51.8, 50.9),
    ),
    Peer(
        name="NLLB-200 600M",
        size="0.6 B",
        metric="chrF2",
        test_set="FLORES-200 devtest",
        source=_HELSINKI,
        figures=_six(51.0, 53.2, 61.9, 59.4, 52.6, 51.0),
    ),
    Peer(
        name="M2M-100 418M",
        size="0.42 B",
        metric="chrF2",
        test_set="FLORES-200 devtest",
        source=_HELSINKI,
        figures={"en-uk": 51.4, "en-ru": 51.1, "uk-en": 56.9, "ru-en": 55.9},
    ),
    Peer(
        name="opus tiny11",
        size="0.02 B",
        metric="chrF2",
        test_set="NTREX-128",
        source=_HELSINKI,
        figures={"en-uk": 52.2, "uk-en": 55.7},
    ),
    Peer(
        name="OPUS-MT base",
        size="0.08 B",
        metric="BLEU",
        test_set="FLORES test",
        source=_MOZILLA,
        figures={"en-uk": 20.0, "en-ru": 25.5, "uk-en": 28.6},
    ),
    Peer(
        name="Argos",
        size="unstated",
        metric="BLEU",
        test_set="FLORES test",
        source=_MOZILLA,
        figures={"en-uk": 15.8, "en-ru": 27.6, "uk-en": 28.2, "ru-en": 26.4},
    ),
    Peer(
        name="Firefox tiny",
        size="0.017 B",
        metric="BLEU",
        test_set="FLORES test",
        source=_MOZILLA,
        figures={"en-uk": 29.0, "en-ru": 28.5, "uk-en": 33.8, "ru-en": 30.3},
    ),
)
