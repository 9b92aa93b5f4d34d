"""Certificates signed by themselves and their keys, made for a test by the openssl command."""

import shutil
import subprocess
from pathlib import Path

import pytest


def openssl(*arguments: str) -> None:
    """Run the command; the test is skipped where there is none."""
    command = shutil.which("openssl")
    if command is None:
        pytest.skip("needs the openssl command")
    subprocess.run([command, *arguments], check=True, capture_output=True)


def made(folder: Path, name: str = "") -> dict[str, Path]:
    """A key and a certificate of 127.0.0.1 and localhost, under the names of the settings that they are for."""
    paths = {"tls_key": folder / f"{name}key.pem", "tls_certificate": folder / f"{name}certificate.pem"}
    subject = ["-subj", "/CN=korotko", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    openssl("req", *kind, *subject, "-keyout", str(paths["tls_key"]), "-out", str(paths["tls_certificate"]))
    return paths
