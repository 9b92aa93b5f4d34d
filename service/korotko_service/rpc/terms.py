"""From a request's glossary and preserved terms to the pipeline's Glossary: each term valid, none contradicting another."""

from korotko.v1 import options_pb2
from korotko_service.admission import Bound
from korotko_service.errors import FieldInvalid
from korotko_service.fidelity.pieces.glossary import Entry, Glossary
from korotko_service.fidelity.pieces.terms import Term
from korotko_service.rpc.fields import check_short
from korotko_service.rpc.tongues import language

_TERMS = Bound(most=256, noun="terms")
MAX_TERM_CHARACTERS = 200
_GLOSSARY, _PRESERVED = "translate_options.glossary", "translate_options.preserved_terms"
_NO_TERMS = Glossary()


def glossary_of(options: options_pb2.TranslateOptions) -> Glossary:
    """The terms of a request; FieldInvalid, with the path of the field, for one that is not a line of words, too long, or repeated."""
    if not options.glossary and not options.preserved_terms:
        return _NO_TERMS
    for field, terms in ((_GLOSSARY, options.glossary), (_PRESERVED, options.preserved_terms)):
        _TERMS.check(len(terms), field=field)
    entries = tuple(_entry(entry, f"{_GLOSSARY}[{index}]") for index, entry in enumerate(options.glossary))
    preserved = tuple(_term(term, f"{_PRESERVED}[{index}]") for index, term in enumerate(options.preserved_terms))
    _check_once(entries, preserved)
    return Glossary(entries=entries, preserved=preserved)


def _entry(entry: options_pb2.GlossaryEntry, field: str) -> Entry:
    source = _term(entry.source_term, f"{field}.source_term")
    target = _term(entry.target_term, f"{field}.target_term") if entry.target_term else None
    return Entry(
        term=Term(source=source, target=target, case_sensitive=entry.case_sensitive),
        language=language(entry.target_language_code, f"{field}.target_language_code") if entry.target_language_code else None,
    )


def _term(text: str, field: str) -> str:
    check_short(text, field, most=MAX_TERM_CHARACTERS)
    if not any(map(str.isalnum, text)):
        raise FieldInvalid("a term has at least one letter or digit", field=field)
    if len(text.splitlines()) > 1 or not text.replace("\xa0", " ").replace("\xad", "").strip().isprintable():
        raise FieldInvalid("a term stands in one line and holds no control characters", field=field)
    return text.strip()


def _check_once(entries: tuple[Entry, ...], preserved: tuple[str, ...]) -> None:
    """Refuse a repeated term: one of its two translations would be ignored."""
    seen = set[tuple[str, str | None]]()
    for index, entry in enumerate(entries):
        key = (entry.term.source.casefold(), entry.language)
        if key in seen:
            told = "this term has an entry for the same language already; leave one of the two out"
            raise FieldInvalid(told, field=f"{_GLOSSARY}[{index}].source_term")
        seen.add(key)
    fixed = {source for source, _ in seen}
    for index, term in enumerate(preserved):
        if term.casefold() in fixed:
            raise FieldInvalid("this term stands in the glossary too; leave it out of one of them", field=f"{_PRESERVED}[{index}]")
