"""What the command line says to the shell when it ends, and to the person when it failed."""

from collections.abc import Iterable
from enum import IntEnum

from korotko import (
    AuthenticationFailed,
    DeadlineExceeded,
    InvalidRequest,
    KorotkoError,
    LicenceNotAccepted,
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
    ModelNotFound: Exit.USAGE,
    Overloaded: Exit.RETRY_LATER,
    QuotaExceeded: Exit.RETRY_LATER,
    ServerUnreachable: Exit.RETRY_LATER,
    DeadlineExceeded: Exit.DEADLINE,
    KorotkoError: Exit.OTHER,
}

_ADVICE: dict[type[KorotkoError], str] = {
    TextTooLong: "shorten it, or pass --truncate",
    UnsupportedLanguage: "say the language with --from, or see `korotko models`",
    ModelNotFound: "`korotko models` lists what there is",
    LicenceNotAccepted: "the server's operator has to accept it",
    QualityRejected: "without --strict the doubtful result is shown with its warnings",
    Overloaded: "try again later",
    QuotaExceeded: "try again later",
    ServerUnreachable: "check --server and the network, or try again",
    DeadlineExceeded: "give it more time with --timeout",
    AuthenticationFailed: "set KOROTKO_TOKEN to a valid token",
    PermissionDenied: "ask the server's operator for the role",
    ServerError: "report it to the server's operator",
}


def exit_of(error: KorotkoError) -> Exit:
    """The exit code for an error that ended everything."""
    return next(_EXIT_OF_ERROR[kind] for kind in type(error).__mro__ if kind in _EXIT_OF_ERROR)


def exit_of_all(errors: Iterable[KorotkoError], *, succeeded: int) -> Exit:
    """The exit code where there may be errors beside results: the errors' own one if nothing succeeded and they agree."""
    codes = {exit_of(error) for error in errors}
    if not codes:
        return Exit.OK
    return codes.pop() if not succeeded and len(codes) == 1 else Exit.SOME_FAILED


def complaint(error: KorotkoError) -> str:
    """One line: what happened, and what to do about it."""
    parts = [" ".join(error.message.split())]
    if advice := next((_ADVICE[kind] for kind in type(error).__mro__ if kind in _ADVICE), ""):
        parts.append(advice if error.retry_after is None else f"{advice} (in {error.retry_after:g} s)")
    if error.request_id:
        parts.append(f"request {error.request_id}")
    return "; ".join(parts)
