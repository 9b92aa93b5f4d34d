"""The command line's exit codes, and its messages for people when something failed."""

import re
from collections.abc import Iterable, Mapping
from enum import IntEnum

from korotko import (
    AuthenticationFailed,
    DeadlineExceeded,
    InvalidRequest,
    KorotkoError,
    LicenceNotAccepted,
    MessageTooLarge,
    ModelNotFound,
    Overloaded,
    PermissionDenied,
    QualityRejected,
    QuotaExceeded,
    ServerError,
    ServerUnreachable,
    TextTooLong,
    UnsupportedLanguage,
)


class Exit(IntEnum):
    """Exit codes; scripts rely on them."""

    OK = 0
    OTHER = 1
    USAGE = 2
    RETRY_LATER = 3
    DEADLINE = 4
    SOME_FAILED = 5
    INTERRUPTED = 130
    BROKEN_PIPE = 141


_EXIT_OF_ERROR: dict[type[KorotkoError], Exit] = {
    InvalidRequest: Exit.USAGE,
    Overloaded: Exit.RETRY_LATER,
    QuotaExceeded: Exit.RETRY_LATER,
    ServerUnreachable: Exit.RETRY_LATER,
    DeadlineExceeded: Exit.DEADLINE,
    KorotkoError: Exit.OTHER,
}

_ADVICE: dict[type[KorotkoError], str] = {
    MessageTooLarge: "split it into several files",
    ModelNotFound: "`korotko models` lists what there is",
    LicenceNotAccepted: "the server's operator has to accept it",
    QualityRejected: "without --strict the doubtful result is shown with its warnings",
    Overloaded: "try again later",
    QuotaExceeded: "try again later",
    ServerUnreachable: "check --server, --tls, --ca and the network, or try again",
    DeadlineExceeded: "give it more time with --timeout",
    AuthenticationFailed: "set KOROTKO_TOKEN to a valid token",
    PermissionDenied: "ask the server's operator for the role",
    ServerError: "report it to the server's operator",
}

# A server's message gives its cure after the first semicolon. For these errors the command has a better one, in terms of its options;
# for those below it has something to add; for all others it gives its own only if the message has none.
_BETTER_CURE = (TextTooLong, MessageTooLarge, QualityRejected, DeadlineExceeded, AuthenticationFailed, UnsupportedLanguage)
_MORE_TO_SAY = (ServerUnreachable, ServerError)

# The option behind each field of a request; a text's own field is left out, since its file is named.
_OPTION_OF_FIELD: dict[str, str] = {
    "article.body": "",
    "texts": "",
    "article.language_code": "--from",
    "source_language_code": "--from",
    "target_language_code": "--to",
    "target_language_codes": "--to",
    "article.mime_type": "--html",
    "mime_type": "--html",
    "brief_options.max_sentences": "--sentences",
    "brief_options.max_characters": "--max-characters",
    "brief_options.focus": "--focus",
    "options.model": "--model",
    "translate_options.glossary": "--glossary",
    "translate_options.preserved_terms": "--keep",
    "translate_options.truncation_policy": "--truncate",
}
_INDEXED = re.compile(r"([\w.]+)(?:\[(\d+)\])?.*")


def exit_of(error: KorotkoError) -> Exit:
    """The exit code for an error that ended everything."""
    return next(_EXIT_OF_ERROR[kind] for kind in type(error).__mro__ if kind in _EXIT_OF_ERROR)


def exit_of_all(errors: Iterable[KorotkoError], *, succeeded: int) -> Exit:
    """The exit code if there may be both errors and results: that of the errors if nothing succeeded and they agree."""
    codes = {exit_of(error) for error in errors}
    if not codes:
        return Exit.OK
    return codes.pop() if not succeeded and len(codes) == 1 else Exit.SOME_FAILED


def complaint(error: KorotkoError, given: Mapping[str, object]) -> str:
    """One line: what happened to which option, and what to do about it; `given` are the command's options and their values."""
    message, advice = " ".join(error.message.split()), _advice(error, given)
    what, cure = message.partition("; ")[::2]
    if advice and isinstance(error, _BETTER_CURE):
        message = what
    elif cure and not isinstance(error, _MORE_TO_SAY):
        advice = ""
    parts = [_culprit(error.field or "") + message]
    if advice:
        parts.append(advice if error.retry_after is None else f"{advice} (in {error.retry_after:g} s)")
    if error.request_id:
        parts.append(f"request {error.request_id}")
    return "; ".join(parts)


def _culprit(field: str) -> str:
    """The option at fault, as a prefix of the message."""
    match = _INDEXED.fullmatch(field)
    if match is None:
        return ""
    path, index = match.groups()
    option = _OPTION_OF_FIELD.get(path, path)
    return f"{option}{f' number {int(index) + 1}' if index else ''}: " if option else ""


def _advice(error: KorotkoError, given: Mapping[str, object]) -> str:
    """What may help. It names only options that the command has and that were not given."""
    match error:
        case TextTooLong():
            return "shorten it, or pass --truncate" if given.get("truncate") is False else ""
        case UnsupportedLanguage(reason="LANGUAGE_UNDETERMINED"):
            return "say it with --from" if given.get("source", "none") is None else ""
        case UnsupportedLanguage():
            return ""  # the message lists what is served
    return next((_ADVICE[kind] for kind in type(error).__mro__ if kind in _ADVICE), "")
