"""Count how often each number occurs in both texts: one put in another's place may be in the source, too."""

from collections import Counter

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.numbers.mention import Key, NumberMention

_CIRCLES = 2  # times too often
_SMALL = 10  # small numbers are repeated, or left to "both", for the grammar's sake


def find_repeated(read: list[NumberMention], written: list[NumberMention]) -> list[Finding]:
    """Report NUMBER_NOT_IN_SOURCE for digits that the output has more often than the source.

    That is, where another number is rarer in return, or where it occurs two times too many.
    """
    if not read or not written:
        return []
    lost = [mention for mention in _beyond(read, written) if mention.key[1] > _SMALL]
    if not lost:
        return _told_again(read, written)
    expected = ", ".join(dict.fromkeys(mention.text for mention in lost[:3]))
    known = {key for mention in read for key in mention.keys}
    return [
        Finding(reason="NUMBER_NOT_IN_SOURCE", severity=Severity.WARNING, span=mention.span, found=mention.text, expected=expected)
        for mention in _beyond(written, read)
        if mention.key in known
    ]


def _told_again(read: list[NumberMention], written: list[NumberMention]) -> list[Finding]:
    """The numbers of the source that the output has at least two times too many: the model went in circles."""
    known = {key for mention in read for key in mention.keys}
    beyond = [mention for mention in _beyond(written, read) if mention.key in known and mention.key[1] > _SMALL]
    again = Counter(mention.key for mention in beyond)
    return [
        Finding(reason="NUMBER_NOT_IN_SOURCE", severity=Severity.WARNING, span=mention.span, found=mention.text, expected=mention.text)
        for mention in beyond
        if again[mention.key] >= _CIRCLES
    ]


def _beyond(row: list[NumberMention], others: list[NumberMention]) -> list[NumberMention]:
    """The last certain mentions in digits of each number that the others have less often, in any spelling."""
    room: Counter[Key] = Counter(key for other in others for key in other.keys)
    beyond = []
    for mention in row:
        if mention.certain and mention.in_digits:
            room[mention.key] -= 1
            if room[mention.key] < 0:
                beyond.append(mention)
    return beyond
