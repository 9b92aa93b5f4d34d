"""What the command line says when it ends: an exit code for the shell, one line for the person."""

import pytest

from korotko import (
    AuthenticationFailed,
    DeadlineExceeded,
    FieldInvalid,
    KorotkoError,
    LicenceNotAccepted,
    ModelNotFound,
    Overloaded,
    PermissionDenied,
    QuotaExceeded,
    ServerError,
    ServerUnreachable,
    TextTooLong,
    UnsupportedLanguage,
)
from korotko._exits import Exit, complaint, exit_of, exit_of_all


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (FieldInvalid(""), Exit.USAGE),
        (ModelNotFound(""), Exit.USAGE),
        (LicenceNotAccepted(""), Exit.OTHER),
        (Overloaded(""), Exit.RETRY_LATER),
        (QuotaExceeded(""), Exit.RETRY_LATER),
        (ServerUnreachable(""), Exit.RETRY_LATER),
        (DeadlineExceeded(""), Exit.DEADLINE),
        (AuthenticationFailed(""), Exit.OTHER),
        (ServerError(""), Exit.OTHER),
    ],
)
def test_every_error_has_its_exit_code(error: KorotkoError, code: Exit) -> None:
    assert exit_of(error) == code
    assert exit_of_all([error], succeeded=0) == code
    assert exit_of_all([error], succeeded=1) == exit_of_all([error, FieldInvalid(""), Overloaded("")], succeeded=0) == Exit.SOME_FAILED


def test_a_complaint_is_one_line_that_says_what_to_do() -> None:
    error = Overloaded("the queue\nis full", retry_after=1.5, request_id="r-1")
    assert complaint(error, {}) == "the queue is full; try again later (in 1.5 s); request r-1"


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("brief_options.max_sentences", "--sentences: no"),
        ("target_language_code", "--to: no"),
        ("target_language_codes[1]", "--to number 2: no"),
        ("translate_options.glossary[0].source_term", "--glossary number 1: no"),
        ("article.body", "no"),
        ("texts[0]", "no"),
        ("options.labels", "options.labels: no"),
        (None, "no"),
    ],
)
def test_a_complaint_names_the_option_that_is_at_fault(field: str | None, shown: str) -> None:
    assert complaint(FieldInvalid("no", field=field), {}) == shown


@pytest.mark.parametrize(
    ("error", "given", "advice"),
    [
        (TextTooLong("long"), {"truncate": False}, "; shorten it, or pass --truncate"),
        (TextTooLong("long"), {"truncate": True}, ""),
        (TextTooLong("long"), {}, ""),
        (UnsupportedLanguage("unclear", reason="LANGUAGE_UNDETERMINED"), {"source": None}, "; say it with --from"),
        (UnsupportedLanguage("unclear", reason="LANGUAGE_UNDETERMINED"), {"source": "en"}, ""),
        (UnsupportedLanguage("unclear", reason="LANGUAGE_UNDETERMINED"), {}, ""),
        (UnsupportedLanguage("pair", reason="LANGUAGE_PAIR_UNSUPPORTED"), {"source": None}, ""),
    ],
)
def test_advice_is_only_of_what_the_command_has(error: KorotkoError, given: dict[str, object], advice: str) -> None:
    assert complaint(error, given) == f"{error.message}{advice}"


@pytest.mark.parametrize(
    ("error", "given", "told"),
    [
        (
            TextTooLong("7 characters; split the text, or ask for truncate=True"),
            {"truncate": False},
            "7 characters; shorten it, or pass --truncate",
        ),
        (AuthenticationFailed("no token; give the client a token"), {}, "no token; set KOROTKO_TOKEN to a valid token"),
        (DeadlineExceeded("no answer; give it more (timeout), or less work"), {}, "no answer; give it more time with --timeout"),
        (PermissionDenied("no role; ask the server's operator for it"), {}, "no role; ask the server's operator for it"),
        (PermissionDenied("no role"), {}, "no role; ask the server's operator for the role"),
        (Overloaded("full; try again in 1.2 s", retry_after=1.2), {}, "full; try again in 1.2 s"),
        (
            ServerUnreachable("no connection; last error: refused"),
            {},
            "no connection; last error: refused; check --server, --tls, --ca and the network, or try again",
        ),
    ],
)
def test_advice_is_given_once(error: KorotkoError, given: dict[str, object], told: str) -> None:
    assert complaint(error, given) == told
