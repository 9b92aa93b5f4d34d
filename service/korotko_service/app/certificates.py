"""Whether the files of a certificate and its key are what they should be, found out before a caller does."""

import ssl
from pathlib import Path

from korotko_service.errors import ConfigInvalid


def check(*, certificate: str, key: str) -> None:
    """ConfigInvalid names the file that is at fault: not readable, no certificate, no key, or the key of another certificate."""
    pem = {"tls_certificate": _text("tls_certificate", certificate), "tls_key": _text("tls_key", key)}
    _check_certificate(certificate, pem["tls_certificate"])
    if "PRIVATE KEY-----" not in pem["tls_key"]:
        raise ConfigInvalid(f"tls_key = {key!r}: holds no private key in PEM")
    try:
        # A password is asked for by a terminal otherwise, where the server has none.
        _context().load_cert_chain(certificate, key, password="")
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            raise ConfigInvalid(f"tls_key = {key!r}: the key of another certificate than tls_certificate = {certificate!r}") from error
        raise ConfigInvalid(f"tls_key = {key!r}: not a private key in PEM, or one with a password, which nobody could type") from error


def _check_certificate(path: str, pem: str) -> None:
    try:
        _context().load_verify_locations(cadata=pem)
    except (ssl.SSLError, ValueError) as error:
        raise ConfigInvalid(f"tls_certificate = {path!r}: holds no certificate in PEM that can be read") from error


def _context() -> ssl.SSLContext:
    """Strength is not asked for: what gRPC's own library takes is not for Python's to refuse."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    return context


def _text(setting: str, path: str) -> str:
    try:
        return Path(path).read_bytes().decode("ascii", "ignore")
    except (OSError, ValueError) as error:
        raise ConfigInvalid(f"{setting} = {path!r}: {error}") from error
