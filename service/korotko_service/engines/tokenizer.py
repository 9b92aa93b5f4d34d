"""Text to tokens and back for one model folder: its family's conventions around its own spelling."""

from korotko_service.engines.families import BEGIN, END, UNKNOWN, Place, family_of
from korotko_service.engines.manifest import Manifest
from korotko_service.engines.spelling import speller
from korotko_service.errors import ModelInvalid

_CONTROL = (BEGIN, END, "<pad>", "<mask>")


class Tokenizer:
    """What a model of any family is given and what its output says. Thread-safe: all is read-only after loading."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._family = family_of(manifest.family)
        self._speller = speller(manifest.folder, self._family)
        self._check_languages()
        tokens = (*manifest.source_tokens.values(), *manifest.target_tokens.values())
        self._reserved = frozenset(_CONTROL + tokens)
        self._surroundings = {pair: self._surrounding(*pair) for pair in manifest.pairs}
        self._overhead = max((len(lead) + len(tail) for lead, tail in self._surroundings.values()), default=0)

    def encode(self, text: str, source: str, target: str) -> list[str]:
        """Tokens of `text` with the control tokens that its direction wants."""
        lead, tail = self._surroundings.get((source, target)) or self._surrounding(source, target)
        return [*lead, *self._pieces(text), *tail]

    def prefix(self, source: str, target: str) -> list[str]:
        """Tokens that the decoder is made to start with."""
        return [*self._placed(self._family.prefix, source, target), *self._manifest.target_prefix]

    def forced(self, prefix: list[str]) -> int:
        """How many tokens of the prefix the decoder counts as its output; one that it starts from (mBART-25) does not count."""
        return max(0, len(prefix) - self._family.prefix_starts)

    def decode(self, tokens: list[str]) -> str:
        """The text that generated tokens spell; a line break that the family spells in its own way becomes a space."""
        text = self._speller.decode(tokens)
        mark = self._family.line_break
        return " ".join(text.replace(mark, " ").split()) if mark else text

    def count(self, text: str) -> int:
        """Tokens that `encode` would give, whatever the direction."""
        return len(self._pieces(text)) + self._overhead

    def _pieces(self, text: str) -> list[str]:
        if self._family.written_lead:
            # MADLAD's <2xx> are pieces of its own: a "<2de>" in an article would change the language of its translation.
            text = text.replace("<2", "< 2")
        return [UNKNOWN if piece in self._reserved else piece for piece in self._speller.encode(text)]

    def _surrounding(self, source: str, target: str) -> tuple[list[str], list[str]]:
        lead = self._placed(self._family.lead, source, target)
        if self._family.written_lead:
            words = " ".join([*lead, self._manifest.input_prefix]).strip()
            lead = self._speller.encode(words) if words else []
        return lead, self._placed(self._family.tail, source, target)

    def _placed(self, places: tuple[str, ...], source: str, target: str) -> list[str]:
        """Tokens for places; a language without a token has none (a Marian model with one target)."""
        tokens = {Place.SOURCE: self._manifest.source_tokens.get(source), Place.TARGET: self._manifest.target_tokens.get(target)}
        return [token for place in places if (token := tokens[place] if isinstance(place, Place) else place)]

    def _check_languages(self) -> None:
        """A multilingual model that is not told its languages writes one of its own choice, fluently."""
        family, manifest = self._family, self._manifest
        if Place.TARGET not in family.prefix:
            return
        for source, target in manifest.pairs:
            for key, language, tokens in (("source", source, manifest.source_tokens), ("target", target, manifest.target_tokens)):
                if language not in tokens:
                    raise ModelInvalid(f"{manifest.folder}: family {family.name!r} needs {key}_tokens.{language} in model.toml")
