"""Certificates and keys that no caller could be served with are found out by check-config and by the start alike, and named."""

from pathlib import Path

import pytest

from korotko_service.cli import main
from korotko_service.errors import ConfigInvalid
from tests import certificates, zoo


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four certificates with their keys, two of other times than now, one key under a password, and a file that is neither."""
    certificates.made(tmp_path)
    certificates.made(tmp_path, "other-")
    secret = ["-aes256", "-passout", "pass:secret", "-out", str(tmp_path / "locked.pem")]
    certificates.openssl("ec", "-in", str(tmp_path / "key.pem"), *secret)
    certificates.dated(tmp_path, "old-", begins="20200101000000Z", ends="20210101000000Z")
    certificates.dated(tmp_path, "coming-", begins="20900101000000Z", ends="20910101000000Z")
    (tmp_path / "text.pem").write_text("neither a key nor a certificate", encoding="utf-8")
    return tmp_path


def checked(monkeypatch: pytest.MonkeyPatch, certificate: Path, key: Path) -> int:
    """The exit status of check-config for these files."""
    monkeypatch.setenv("KOROTKO_TLS_CERTIFICATE", str(certificate))
    monkeypatch.setenv("KOROTKO_TLS_KEY", str(key))
    return main(["check-config"])


@pytest.mark.parametrize(
    ("certificate", "key", "told"),
    [
        ("gone.pem", "key.pem", "tls_certificate = .*gone.pem"),
        ("text.pem", "key.pem", "tls_certificate = .*text.pem.*holds no certificate in PEM"),
        ("key.pem", "key.pem", "tls_certificate = .*key.pem.*holds no certificate in PEM"),
        ("certificate.pem", "gone.pem", "tls_key = .*gone.pem"),
        ("certificate.pem", "text.pem", "tls_key = .*text.pem.*holds no private key in PEM"),
        ("certificate.pem", "certificate.pem", "tls_key = .*certificate.pem.*holds no private key in PEM"),
        ("certificate.pem", "other-key.pem", "tls_key = .*other-key.pem.*the key of another certificate"),
        ("certificate.pem", "locked.pem", "tls_key = .*locked.pem.*one with a password"),
        ("old-certificate.pem", "old-key.pem", "tls_certificate = .*old-certificate.pem.*has expired .*renew it"),
        ("coming-certificate.pem", "coming-key.pem", "tls_certificate = .*coming-certificate.pem.*is not valid yet"),
    ],
)
def test_the_file_that_is_at_fault_is_named(monkeypatch: pytest.MonkeyPatch, folder: Path, certificate: str, key: str, told: str) -> None:
    with pytest.raises(ConfigInvalid, match=f"^{told}"):
        zoo.app(tls_certificate=str(folder / certificate), tls_key=str(folder / key))
    assert checked(monkeypatch, folder / certificate, folder / key) == 78


def test_a_certificate_that_somebody_else_signed_passes_the_check(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    request, signed = folder / "request.pem", folder / "signed.pem"
    certificates.openssl("req", "-new", "-key", str(folder / "key.pem"), "-subj", "/CN=korotko", "-out", str(request))
    authority = ["-CA", str(folder / "other-certificate.pem"), "-CAkey", str(folder / "other-key.pem"), "-CAcreateserial", "-days", "2"]
    certificates.openssl("x509", "-req", "-in", str(request), *authority, "-out", str(signed))
    assert checked(monkeypatch, signed, folder / "key.pem") == 0


def test_a_certificate_and_its_key_pass_the_check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    assert checked(monkeypatch, folder / "certificate.pem", folder / "key.pem") == 0
    assert "tls_key = " in capsys.readouterr().out
