"""Fit a brief into the caller's hard limit, and move all that is known about its sentences to their places in it. Pure."""

from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, replace

from korotko_service.errors import FieldInvalid
from korotko_service.fidelity.finding import Finding
from korotko_service.pipeline.candidate import Candidate, Rung
from korotko_service.pipeline.choosing import Chosen, in_company
from korotko_service.pipeline.jobs import BriefShape
from korotko_service.pipeline.results import AppliedTerm, BriefSentence, Repair, applied, repairs
from korotko_service.pipeline.standing_in import Told
from korotko_service.text.assembly import Assembled, assemble_brief
from korotko_service.text.document import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The text of a brief, the sentences in it (`kept`), and all there were (`told`), including those without room or words."""

    assembled: Assembled
    kept: tuple[Told, ...]
    told: tuple[Told, ...]

    @property
    def candidates(self) -> list[Candidate]:
        return [each.candidate for each in self.kept]

    @property
    def cut(self) -> int:
        """How many sentences had no room."""
        return sum(not _is_left_out(each) for each in self.told) - len(self.kept)

    def sentences(self) -> tuple[BriefSentence, ...]:
        """Where each sentence is, and what it rests on."""
        return tuple(BriefSentence(span=span, evidence=each.evidence) for each, span in self._placed())

    def known(self, target: str) -> list[Finding]:
        """What was found when the sentences were chosen; its span is the whole sentence if that was translated since."""
        return [
            replace(finding, span=span if each.language != target else finding.span.moved(span.start))
            for each, span in self._placed()
            for finding in each.findings
        ]

    def applied_terms(self) -> tuple[AppliedTerm, ...]:
        """The caller's terms, where they were put in."""
        return tuple(
            term
            for each, (chosen, span) in zip(self.kept, self._placed(), strict=True)
            for term in applied(each.candidate.output, source_start=chosen.quoted_from, target_start=span.start)
        )

    def repairs(self) -> tuple[Repair, ...]:
        """What was repaired, and what was left out: that has an empty span, before the sentence that follows."""
        found, ahead = list[Repair](), 0
        for each in self.told:
            if _is_left_out(each):
                place = self.assembled.spans[ahead].start if ahead < len(self.kept) else len(self.assembled.text)
                found += repairs([each.candidate], [Span(start=place, end=place)])
            elif ahead < len(self.kept) and each is self.kept[ahead]:
                span = self.assembled.spans[ahead]
                found += repairs([each.candidate], [span]) or _written_anew(each.chosen, span)
                ahead += 1
        return tuple(found)

    def _placed(self) -> list[tuple[Chosen, Span]]:
        return [(each.chosen, span) for each, span in zip(self.kept, self.assembled.spans, strict=True)]


def fitted(told: SequenceOf[Told], shape: BriefShape) -> Fitted:
    """The sentences that fit, the least weighty left out first: a translation may outgrow its source."""
    kept = _accompanied([each for each in told if not _is_left_out(each)])
    kept = _accompanied([each for each in kept if shape.max_characters is None or len(each.candidate.text) <= shape.max_characters])
    while kept:
        assembled = assemble_brief([each.candidate.text for each in kept], format=shape.format)
        if shape.max_characters is None or len(assembled.text) <= shape.max_characters:
            return Fitted(assembled=assembled, kept=tuple(kept), told=tuple(told))
        least = min(kept, key=lambda each: each.chosen.weight)
        kept = _accompanied([each for each in kept if each is not least])
    raise too_narrow("translated sentence", shape)


def too_narrow(what: str, shape: BriefShape) -> FieldInvalid:
    """The refusal of a limit that nothing fits into."""
    return FieldInvalid(f"no {what} fits into {shape.max_characters} characters; allow more", field="brief_options.max_characters")


def _accompanied(told: list[Told]) -> list[Told]:
    """Those with all the sentences that they need; all of them if none has."""
    return [each for each, whole in zip(told, in_company([each.chosen for each in told]), strict=True) if whole] or told


def _is_left_out(told: Told) -> bool:
    return told.candidate.rung is Rung.LEFT_OUT


def _written_anew(chosen: Chosen, span: Span) -> tuple[Repair, ...]:
    return (Repair(span=span, reason=chosen.cause, rung=Rung.DECODED_AGAIN),) if chosen.cause else ()
