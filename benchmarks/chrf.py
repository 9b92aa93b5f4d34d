"""Sentence chrF2 (Popović 2015), so that neither a benchmark nor a test needs a library for it."""

from collections import Counter

_LONGEST, _BETA = 6, 2


def chrf(output: str, reference: str) -> float:
    """0 to 100: F2 of the mean precision and recall of character n-grams up to six, spaces apart."""
    if output == reference:
        return 100.0
    texts = ["".join(text.split()) for text in (output, reference)]
    counts = [[Counter(text[at : at + size] for at in range(len(text) - size + 1)) for text in texts] for size in range(1, _LONGEST + 1)]
    shares = [((made & wanted).total(), made.total(), wanted.total()) for made, wanted in counts if made and wanted]
    precision = sum(met / made for met, made, _ in shares) / max(1, len(shares))
    recall = sum(met / wanted for met, _, wanted in shares) / max(1, len(shares))
    divisor = _BETA**2 * precision + recall
    return 100 * (1 + _BETA**2) * precision * recall / divisor if divisor else 0.0
