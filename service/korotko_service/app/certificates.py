"""Whether the files of a certificate and its key are what they should be, found out before a caller does."""

import ssl
from contextlib import suppress

from korotko_service.errors import ConfigInvalid

# OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED.
_OUT_OF_TIME = {9: "is not valid yet", 10: "has expired"}
_STEPS = 3  # Turns of each side; TLS 1.3 takes two.


def check(certificate: str, key: str, *, contents: tuple[bytes, bytes]) -> None:
    """ConfigInvalid names the file that is at fault: no certificate, no key, the key of another certificate, out of time."""
    pem, secret = (each.decode("ascii", "ignore") for each in contents)
    _check_certificate(certificate, pem)
    if "PRIVATE KEY-----" not in secret:
        raise ConfigInvalid(f"tls_key = {key!r}: holds no private key in PEM")
    server = _context(ssl.PROTOCOL_TLS_SERVER)
    try:
        # Otherwise OpenSSL asks for a password on the terminal, which a server does not have.
        server.load_cert_chain(certificate, key, password="")
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            raise ConfigInvalid(f"tls_key = {key!r}: the key of another certificate than tls_certificate = {certificate!r}") from error
        raise ConfigInvalid(f"tls_key = {key!r}: not a private key in PEM, or one with a password, which nobody could type") from error
    if wrong := _OUT_OF_TIME.get(_refusal(server, pem)):
        raise ConfigInvalid(f"tls_certificate = {certificate!r}: {wrong} by this machine's clock; renew it, or set the clock")


def _refusal(server: ssl.SSLContext, pem: str) -> int:
    """OpenSSL's number for why a client that trusts this very certificate refuses it; 0 where it does not."""
    client = _context(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    client.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    client.load_verify_locations(cadata=pem)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    sides = (client.wrap_bio(to_client, to_server), server.wrap_bio(to_server, to_client, server_side=True))
    try:
        for side in sides * _STEPS:
            with suppress(ssl.SSLWantReadError):
                side.do_handshake()
    except ssl.SSLCertVerificationError as error:
        return error.verify_code
    except ssl.SSLError:
        return 0  # What Python's library cannot handle, gRPC's may.
    return 0


def _check_certificate(path: str, pem: str) -> None:
    try:
        _context(ssl.PROTOCOL_TLS_SERVER).load_verify_locations(cadata=pem)
    except (ssl.SSLError, ValueError) as error:
        raise ConfigInvalid(f"tls_certificate = {path!r}: holds no certificate in PEM that can be read") from error


def _context(side: int) -> ssl.SSLContext:
    """Keys of any strength: gRPC's own library decides about that."""
    context = ssl.SSLContext(side)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    return context
