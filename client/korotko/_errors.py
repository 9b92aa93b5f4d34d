"""The SDK's one tree of errors, its branches named by what the caller has to do.

    KorotkoError
    ├── InvalidRequest            change the request: as it stands it will never be accepted
    │   ├── FieldInvalid             a field is missing or wrong; `field` names it
    │   ├── TextTooLong              shorten or split the text, or pass truncate=True
    │   ├── TooManyItems             send fewer texts or languages in one call
    │   ├── MessageTooLarge          send less in one call: the request is over the limit of a message
    │   ├── UnsupportedLanguage      choose another language, or say which one the text is in
    │   └── ModelNotFound            choose a model that Client.models() lists
    ├── LicenceNotAccepted        have the server's operator accept the model's licence
    ├── QualityRejected           read the doubtful result (fail_on_severe=False) or do without
    ├── Overloaded                try again in `retry_after` seconds: loading, draining or full
    ├── QuotaExceeded             wait `retry_after` seconds or ask for a larger quota
    ├── DeadlineExceeded          give the call more time, or less work
    ├── AuthenticationFailed      pass a valid token
    ├── PermissionDenied          ask for the role that this call needs
    ├── ServerUnreachable         check the address, the network, TLS; or try again
    └── ServerError               report it, with `request_id`: the server is at fault

A wrong argument that the SDK itself can detect (a timeout of -1, an unknown length) is a plain ValueError or TypeError. Text that no
message can carry, because it contains half of a surrogate pair, is a FieldInvalid with an empty `reason`.
"""

from collections.abc import Mapping, Sequence

# The keyword behind each field of a request, except the texts themselves.
_KEYWORD_OF_FIELD: Mapping[str, str] = {
    "article.title": "title",
    "article.lede": "lede",
    "article.id": "article_id",
    "article.publish_time": "published",
    "article.language_code": "source",
    "source_language_code": "source",
    "target_language_code": "target",
    "target_language_codes": "targets",
    "article.mime_type": "mime_type",
    "mime_type": "mime_type",
    "brief_options.preset": "length",
    "brief_options.max_sentences": "sentences",
    "brief_options.max_characters": "max_characters",
    "brief_options.format": "format",
    "brief_options.method": "method",
    "brief_options.focus": "focus",
    "translate_options.glossary": "glossary",
    "translate_options.preserved_terms": "preserved_terms",
    "translate_options.truncation_policy": "truncate",
    "translate_options.beam_size": "beam_size",
    "options.request_id": "request_id",
    "options.priority": "priority",
    "options.cache_mode": "cache",
    "options.fail_on": "fail_on_severe",
    "options.labels": "labels",
    "options.model": "model",
}


class KorotkoError(Exception):
    """The server refused something, or something prevented a call from being answered.

    Raised itself only if no subclass fits: a client was closed during its call (CANCELLED), or a newer server wants something changed
    first (FAILED_PRECONDITION) and gives a reason that this SDK does not know.
    """

    message: str
    """What happened, for people."""
    code: str
    """The canonical status code, e.g. "INVALID_ARGUMENT"."""
    reason: str
    """The server's stable name for the case, e.g. "TEXT_TOO_LONG"; "" if the error did not come from a Korotko server."""
    retryable: bool
    """Whether the same call may succeed later."""
    retry_after: float | None
    """Seconds that the server asks to wait before the next try; None where it did not say."""
    metadata: Mapping[str, str]
    """The variable parts of the message, e.g. {"limit": "100000"}."""
    field: str | None
    """Path of the request field at fault, e.g. "article.body"."""
    request_id: str | None
    """The call's name in the server's log."""
    unfinished: tuple[int, ...]
    """If a stream broke: the indexes of what was sent and never answered. Otherwise empty."""

    def __init__(
        self,
        message: str,
        *,
        code: str = "UNKNOWN",
        reason: str = "",
        retryable: bool = False,
        retry_after: float | None = None,
        metadata: Mapping[str, str] | None = None,
        field: str | None = None,
        request_id: str | None = None,
        unfinished: Sequence[int] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.reason = reason
        self.retryable = retryable
        self.retry_after = retry_after
        self.metadata = dict(metadata or {})
        self.field = field
        self.request_id = request_id
        self.unfinished = tuple(unfinished)

    @property
    def keyword(self) -> str | None:
        """The SDK's keyword for `field`, e.g. "sentences" or "glossary[0]"; None if that is the text, or not known."""
        path, bracket, rest = (self.field or "").partition("[")
        keyword = _KEYWORD_OF_FIELD.get(path)
        return keyword and f"{keyword}{bracket}{rest.partition(']')[0]}{']' * bool(bracket)}"

    def __str__(self) -> str:
        """The message, after the keyword and the field that it is about."""
        if not self.field:
            return self.message
        where = f"{self.keyword} ({self.field})" if self.keyword and self.keyword != self.field else self.field
        return f"{where}: {self.message}"

    def __reduce__(self) -> tuple[object, ...]:
        """Errors can be pickled: Exception alone would lose the keyword arguments."""
        return type(self), (self.message,), self.__dict__

    def __repr__(self) -> str:
        name = self.reason or self.code
        return f"{type(self).__name__}({name}: {self.message!r})"


class InvalidRequest(KorotkoError):
    """The same request will never be accepted: change it."""


class FieldInvalid(InvalidRequest):
    """A field is missing or wrong; `field` is its path."""


class TextTooLong(InvalidRequest):
    """A text is over the server's limit; `metadata` holds "limit" and "actual" in code points."""


class TooManyItems(InvalidRequest):
    """More texts or languages in one call than the server takes; `metadata` holds "limit" and "actual"."""


class MessageTooLarge(InvalidRequest):
    """The request is over the limit of a message, this client's or the server's; `metadata` holds "limit" and "actual" in bytes."""


class UnsupportedLanguage(InvalidRequest):
    """The pair of languages is not served, or the language of the text cannot be determined."""


class ModelNotFound(InvalidRequest):
    """The server has no model of that name, or none for that task and language."""


class LicenceNotAccepted(KorotkoError):
    """The model's licence has to be accepted on the server first; `metadata` says how."""


class QualityRejected(KorotkoError):
    """The server has a result, severely doubts it and was asked (fail_on_severe) not to return it."""


class Overloaded(KorotkoError):
    """The server is loading a model, draining or full, and gRPC's own retries were not enough."""


class QuotaExceeded(KorotkoError):
    """The caller's own quota is used up for now."""


class DeadlineExceeded(KorotkoError):
    """The call ran out of time, or the server predicted that it would (`metadata`: "predicted_ms")."""


class AuthenticationFailed(KorotkoError):
    """The token is missing or not valid."""


class PermissionDenied(KorotkoError):
    """The token is valid and its role may not make this call."""


class ServerUnreachable(KorotkoError):
    """No server answered at that address, or the connection broke."""


class ServerError(KorotkoError):
    """The server failed or broke the contract; trying the same again is unlikely to help."""
