"""The service's one tree of errors: every refusal has a reason, and rpc/status.py alone knows what it means on the wire.

KorotkoError
├── InvalidRequest            the caller must change the request
│   ├── FieldInvalid             FIELD_INVALID
│   ├── TextTooLong              TEXT_TOO_LONG
│   ├── TooManyItems             TOO_MANY_ITEMS
│   ├── LanguagePairUnsupported  LANGUAGE_PAIR_UNSUPPORTED
│   └── LanguageUndetermined     LANGUAGE_UNDETERMINED
├── ModelNotFound             MODEL_NOT_FOUND
├── LicenceNotAccepted        LICENCE_NOT_ACCEPTED
├── QualityRejected           QUALITY_REJECTED
├── Unavailable               try again, here or at another replica
│   ├── ModelLoading             MODEL_LOADING
│   ├── Draining                 DRAINING
│   └── QueueFull                QUEUE_FULL
├── QuotaExceeded             QUOTA_EXCEEDED
├── OutOfTime
│   ├── DeadlineTooShort         DEADLINE_TOO_SHORT
│   └── ExpiredInQueue           EXPIRED_IN_QUEUE
├── WorkerCrashed             WORKER_CRASHED
├── Unauthorized
│   ├── TokenMissing             TOKEN_MISSING
│   ├── TokenInvalid             TOKEN_INVALID
│   └── RoleMissing              ROLE_MISSING
├── StartRefused              never on the wire: the process ends with this message
│   ├── ConfigInvalid
│   ├── ModelInvalid
│   └── AddressTaken             the one that a later start may not meet
└── ProvisionRefused          never on the wire: a `models` command ends with this message
"""

from collections.abc import Mapping
from typing import ClassVar


class KorotkoError(Exception):
    """An error with a stable reason, a message that says what to do, and its variable parts as metadata."""

    reason: ClassVar[str] = "INTERNAL"

    def __init__(self, message: str, **metadata: object) -> None:
        super().__init__(message)
        self.message = message
        self.metadata: Mapping[str, str] = {key: str(value) for key, value in metadata.items()}


class InvalidRequest(KorotkoError):
    """The same request will never be accepted; `field` is the path of the field at fault, "" where there is none.

    The message does not repeat the path: callers see it in front.
    """

    def __init__(self, message: str, *, field: str = "", **metadata: object) -> None:
        super().__init__(message, **metadata)
        self.field = field


class FieldInvalid(InvalidRequest):
    reason = "FIELD_INVALID"


class TextTooLong(InvalidRequest):
    reason = "TEXT_TOO_LONG"


class TooManyItems(InvalidRequest):
    reason = "TOO_MANY_ITEMS"


class LanguagePairUnsupported(InvalidRequest):
    reason = "LANGUAGE_PAIR_UNSUPPORTED"


class LanguageUndetermined(InvalidRequest):
    reason = "LANGUAGE_UNDETERMINED"


class ModelNotFound(KorotkoError):
    """No model of that name or for that task; `model` names it for google.rpc.ResourceInfo."""

    reason = "MODEL_NOT_FOUND"

    def __init__(self, message: str, *, model: str) -> None:
        super().__init__(message, model=model)
        self.model = model


class LicenceNotAccepted(KorotkoError):
    reason = "LICENCE_NOT_ACCEPTED"


class QualityRejected(KorotkoError):
    """The caller asked for no result rather than a doubtful one, and the checks doubt it."""

    reason = "QUALITY_REJECTED"


class Unavailable(KorotkoError):
    """Worth trying again after `retry_after_seconds`; the only family that clients retry by themselves."""

    def __init__(self, message: str, *, retry_after_seconds: float, **metadata: object) -> None:
        super().__init__(message, **metadata)
        self.retry_after_seconds = retry_after_seconds


class ModelLoading(Unavailable):
    reason = "MODEL_LOADING"


class Draining(Unavailable):
    reason = "DRAINING"


class QueueFull(Unavailable):
    reason = "QUEUE_FULL"


class QuotaExceeded(KorotkoError):
    """The caller's own quota is used up until `retry_after_seconds` from now; `subject` names the quota."""

    reason = "QUOTA_EXCEEDED"

    def __init__(self, message: str, *, subject: str, retry_after_seconds: float, **metadata: object) -> None:
        super().__init__(message, subject=subject, **metadata)
        self.subject = subject
        self.retry_after_seconds = retry_after_seconds


class OutOfTime(KorotkoError):
    """The deadline is over, or would be before the work is done.

    `retry_after_seconds` says when the same deadline would do; None where it never would.
    """

    def __init__(self, message: str, *, retry_after_seconds: float | None = None, **metadata: object) -> None:
        super().__init__(message, **metadata)
        self.retry_after_seconds = retry_after_seconds


class DeadlineTooShort(OutOfTime):
    reason = "DEADLINE_TOO_SHORT"


class ExpiredInQueue(OutOfTime):
    reason = "EXPIRED_IN_QUEUE"


class WorkerCrashed(KorotkoError):
    """An engine failed twice on the same input; never retried, or one poison text would visit every replica."""

    reason = "WORKER_CRASHED"


class Unauthorized(KorotkoError):
    """Who calls is unknown or may not."""


class TokenMissing(Unauthorized):
    reason = "TOKEN_MISSING"


class TokenInvalid(Unauthorized):
    reason = "TOKEN_INVALID"


class RoleMissing(Unauthorized):
    """The token is known, and the operator did not give it the role that the call needs."""

    reason = "ROLE_MISSING"


class StartRefused(Exception):
    """The server does not start; the message names what is wrong and how to mend it."""


class ConfigInvalid(StartRefused):
    """A setting is unknown or out of range."""


class ModelInvalid(StartRefused):
    """A model folder is incomplete, corrupted or not what its model.toml says."""


class AddressTaken(StartRefused):
    """Another process listens there; it may be a server that is about to end."""


class ProvisionRefused(Exception):
    """A model was not installed or removed; nothing is left half done, and the message names the cause and the next step."""
