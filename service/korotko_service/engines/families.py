"""The conventions of each model family: which control tokens surround a text, what the decoder starts with, which files spell words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from korotko_service.errors import ModelInvalid

BEGIN, END, UNKNOWN = "<s>", "</s>", "<unk>"


class Place(StrEnum):
    """A control token that depends on the call: the token of its source or of its target language."""

    SOURCE = "source"
    TARGET = "target"


class Spelling(StrEnum):
    """How words become tokens: one SentencePiece model, one for each side, or GPT-2's byte-level BPE."""

    SHARED_PIECES = "shared pieces"
    PIECES_OF_EACH_SIDE = "pieces of each side"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Conventions of one family. `lead` and `tail` surround the source's tokens, `prefix` is forced on the decoder.

    `architectures` are values of `model_type` in a checkpoint's config.json. `code` makes a token of a language code ("ukr_Cyrl").
    `written_lead` means that the lead is text for the tokenizer (`<2uk> …`), not a token. `prefix_starts` means that the prefix takes the
    place of the decoder's start token. `pre_norm` and `normalized_embedding` say what the checkpoint's code does, where its
    configuration may not say it. `tied` is the same for the output layer, the architecture's own default. `unwritten` are tokens that
    the architecture has but must never write (CTranslate2's converter drops them). `line_break` is how its training data spelled the end
    of a line, which readers should not see.
    """

    name: str
    architectures: tuple[str, ...]
    spelling: Spelling = Spelling.SHARED_PIECES
    files: tuple[str, ...]
    code: str = "{}"
    lead: tuple[str, ...] = ()
    tail: tuple[str, ...] = (END,)
    prefix: tuple[str, ...] = ()
    written_lead: bool = False
    prefix_starts: bool = False
    pre_norm: bool | None = None
    normalized_embedding: bool | None = None
    tied: bool = True
    unwritten: tuple[str, ...] = ()
    line_break: str = ""

    def language_tokens(self, codes: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """`source_tokens` and `target_tokens` of a manifest, from language codes such as {"uk": "ukr_Cyrl"}; {} where there are none."""
        tokens = {language: self.code.format(code) for language, code in codes.items()}
        places = (*self.lead, *self.tail, *self.prefix)
        return (tokens if Place.SOURCE in places else {}), (tokens if Place.TARGET in places else {})


_PIECES = ("sentencepiece.bpe.model",)
_T5_PIECES = ("spiece.model",)

FAMILIES: Mapping[str, Family] = {
    family.name: family
    for family in (
        Family(
            name="marian",
            architectures=("marian",),
            spelling=Spelling.PIECES_OF_EACH_SIDE,
            files=("source.spm", "target.spm"),
            code=">>{}<<",
            lead=(Place.TARGET,),
            # Marian itself has no <pad>; transformers added one with a row of zeros, which wins where all other logits are negative.
            unwritten=("<pad>",),
        ),
        Family(name="m2m100", architectures=("m2m_100",), files=_PIECES, code="__{}__", lead=(Place.SOURCE,), prefix=(Place.TARGET,)),
        Family(name="nllb", architectures=("m2m_100",), files=_PIECES, lead=(Place.SOURCE,), prefix=(Place.TARGET,)),
        Family(
            name="mbart50",
            architectures=("mbart",),
            files=_PIECES,
            lead=(Place.SOURCE,),
            prefix=(Place.TARGET,),
            pre_norm=True,
            normalized_embedding=True,
        ),
        Family(
            name="mbart",
            architectures=("mbart",),
            files=_PIECES,
            tail=(END, Place.SOURCE),
            prefix=(Place.TARGET,),
            prefix_starts=True,
            pre_norm=True,
            normalized_embedding=True,
        ),
        Family(name="t5", architectures=("t5",), files=_T5_PIECES, code="<2{}>", lead=(Place.TARGET,), written_lead=True),
        Family(name="mt5", architectures=("mt5",), files=_T5_PIECES, written_lead=True, tied=False),
        Family(
            name="bart",
            architectures=("bart",),
            spelling=Spelling.BYTES,
            files=("vocab.json", "merges.txt"),
            lead=(BEGIN,),
            pre_norm=False,
            normalized_embedding=True,
        ),
        Family(name="pegasus", architectures=("pegasus",), files=_T5_PIECES, pre_norm=True, normalized_embedding=False, line_break="<n>"),
    )
}


def family_of(name: str) -> Family:
    """The family of that name; ModelInvalid lists the known ones."""
    if name not in FAMILIES:
        raise ModelInvalid(f"no family is named {name!r}; known: {', '.join(FAMILIES)}")
    return FAMILIES[name]
