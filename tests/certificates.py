"""Self-signed certificates and their keys, made for a test by the openssl command."""

import shutil
import subprocess
from pathlib import Path

import pytest


def openssl(*arguments: str) -> None:
    """Run the command; the test is skipped if there is none."""
    command = shutil.which("openssl")
    if command is None:
        pytest.skip("needs the openssl command")
    subprocess.run([command, *arguments], check=True, capture_output=True)


def made(folder: Path, name: str = "") -> dict[str, Path]:
    """A key and a certificate for 127.0.0.1 and localhost, under the names of the settings that take them."""
    paths = {"tls_key": folder / f"{name}key.pem", "tls_certificate": folder / f"{name}certificate.pem"}
    subject = ["-subj", "/CN=korotko", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    openssl("req", *kind, *subject, "-keyout", str(paths["tls_key"]), "-out", str(paths["tls_certificate"]))
    return paths


def dated(folder: Path, name: str, *, begins: str, ends: str) -> dict[str, Path]:
    """The same with the given dates, such as 20200101000000Z, but without host names."""
    paths, request, rules, ledger = made(folder, name), folder / f"{name}request.pem", folder / f"{name}rules.cnf", folder / f"{name}ledger"
    ledger.touch()
    rules.write_text(
        f"[ca]\ndefault_ca = this\n[this]\ndatabase = {ledger}\nnew_certs_dir = {folder}\nrand_serial = yes\ndefault_md = sha256\n"
        "policy = any\n[any]\ncommonName = supplied\n",
        encoding="ascii",
    )
    key = str(paths["tls_key"])
    openssl("req", "-new", "-key", key, "-subj", "/CN=korotko", "-out", str(request))
    signing = ["ca", "-batch", "-notext", "-selfsign", "-config", str(rules), "-keyfile", key, "-in", str(request)]
    openssl(*signing, "-startdate", begins, "-enddate", ends, "-out", str(paths["tls_certificate"]))
    return paths
