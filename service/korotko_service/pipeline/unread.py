"""Warn if a sentence that stays as it is, because it counts as one of the target language, is in another alphabet."""

from dataclasses import replace

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.pipeline.candidate import Candidate
from korotko_service.pipeline.rendering import Sentence
from korotko_service.text.document import Span
from korotko_service.text.languages.alphabets import SCRIPTS, script_of
from korotko_service.text.languages.language import may_be_a_name


def told_unread(sentence: Sentence, candidate: Candidate, target: str) -> Candidate:
    """The candidate, with UNTRANSLATED if no model read it and it is all in another alphabet: an info if it may be a name."""
    if sentence.language != target:
        return candidate
    script = script_of(sentence.text)
    if script is None or script == SCRIPTS.get(target, script):
        return candidate
    severity = Severity.INFO if may_be_a_name(sentence.text) else Severity.WARNING
    finding = Finding(reason="UNTRANSLATED", severity=severity, span=Span(start=0, end=len(candidate.text)), found=candidate.text[:80])
    return replace(candidate, findings=(*candidate.findings, finding))
