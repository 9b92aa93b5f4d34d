"""Korotko's Python SDK: short briefs of news articles in several languages, and translation between them.

from korotko import Client

with Client("localhost:50051") as client:
    summary = client.summarize(article)
    print(summary["uk"].text)
"""

from korotko._async import AsyncClient
from korotko._errors import (
    AuthenticationFailed,
    DeadlineExceeded,
    FieldInvalid,
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
    TooManyItems,
    UnsupportedLanguage,
)
from korotko._json import to_json
from korotko._options import BriefOptions, CallOptions, SummarizeOptions, Term, TextOptions, TranslateOptions
from korotko._results import (
    AppliedTerm,
    DetectedLanguage,
    Detection,
    ModelUse,
    Outcome,
    Outcomes,
    QualityWarning,
    Repair,
    SentenceLanguage,
    SentencePair,
    Span,
    Timings,
    Translation,
    Usage,
)
from korotko._server import LanguagePair, Limits, Model, PublishedQuality, Route, ServerInfo
from korotko._summaries import Article, Brief, BriefSentence, Evidence, Summary
from korotko._sync import Client
from korotko._version import __version__

__all__ = [
    "AppliedTerm",
    "Article",
    "AsyncClient",
    "AuthenticationFailed",
    "Brief",
    "BriefOptions",
    "BriefSentence",
    "CallOptions",
    "Client",
    "DeadlineExceeded",
    "DetectedLanguage",
    "Detection",
    "Evidence",
    "FieldInvalid",
    "InvalidRequest",
    "KorotkoError",
    "LanguagePair",
    "LicenceNotAccepted",
    "Limits",
    "MessageTooLarge",
    "Model",
    "ModelNotFound",
    "ModelUse",
    "Outcome",
    "Outcomes",
    "Overloaded",
    "PermissionDenied",
    "PublishedQuality",
    "QualityRejected",
    "QualityWarning",
    "QuotaExceeded",
    "Repair",
    "Route",
    "SentenceLanguage",
    "SentencePair",
    "ServerError",
    "ServerInfo",
    "ServerUnreachable",
    "Span",
    "SummarizeOptions",
    "Summary",
    "Term",
    "TextOptions",
    "TextTooLong",
    "Timings",
    "TooManyItems",
    "TranslateOptions",
    "Translation",
    "UnsupportedLanguage",
    "Usage",
    "__version__",
    "to_json",
]

# Tracebacks, pickles and help() name them by where users import them from.
for _name in __all__:
    if callable(globals()[_name]):
        globals()[_name].__module__ = __name__
del _name
