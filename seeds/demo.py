"""Start a server, summarize an article through the SDK, print the briefs, stop the server: what `make run` does."""

import argparse
import subprocess
import sys
import tempfile
import textwrap
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import korotko

_NAMES = {"en": "English", "uk": "Українська", "ru": "Русский"}
_START_SECONDS = 60
_WIDTH = 96
# Below this much chrF of 1 a reader meets broken sentences.
_READABLE_SCORE = 0.5


def main() -> int:
    """Print one brief a language; exit status 1 where one is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("article", type=Path, help="a text file: title, then paragraphs")
    parser.add_argument("--sources", action="store_true", help="show under each sentence the one of the article that it rests on")
    options = parser.parse_args()
    article = _article(options.article)
    try:
        with _server() as target, korotko.Client(target) as client:
            summary = client.summarize(article, targets=tuple(_NAMES))
    except korotko.KorotkoError as error:
        raise SystemExit(f"{options.article}: {error}") from None
    print(f"\n{options.article}: {len(article)} characters, in {summary.source_language.code}, {summary.timings.total:.2f} s")
    for language, name in _NAMES.items():
        print(f"\n{name}\n{'─' * len(name)}")
        _print_brief(summary, language, sources=options.sources)
    return 1 if summary.errors else 0


def _article(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SystemExit(f"{path}: {error}") from None
    if not text.strip():
        raise SystemExit(f"{path} holds no text")
    return text


@contextmanager
def _server() -> Iterator[str]:
    """A server of its own on a free loopback port, ready to answer; stopped with SIGTERM at the end."""
    with tempfile.TemporaryDirectory() as folder:
        port_file, log_file = Path(folder, "port"), Path(folder, "log")
        command = [sys.executable, "-m", "korotko_service", "serve", "--host", "127.0.0.1", "--port", "0", "--port-file", str(port_file)]
        with log_file.open("wb") as log:
            process = subprocess.Popen(command, stderr=log)
        try:
            print("starting a server ...", end=" ", flush=True)
            port = _port(process, port_file, log_file)
            print(f"listening on 127.0.0.1:{port}")
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()
            status = process.wait(timeout=_START_SECONDS)
            print(f"\nserver stopped, exit status {status}")


def _port(process: subprocess.Popen[bytes], port_file: Path, log_file: Path) -> int:
    """Wait until the server has written its port, which it does when it is ready to serve."""
    for _ in range(_START_SECONDS * 10):
        if port_file.exists() and (text := port_file.read_text(encoding="ascii")).endswith("\n"):
            return int(text)
        try:
            process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
        raise SystemExit(f"the server did not start:\n{log_file.read_text(encoding='utf-8')}")
    raise SystemExit(f"the server was not ready within {_START_SECONDS} s:\n{log_file.read_text(encoding='utf-8')}")


def _print_brief(summary: korotko.Summary, language: str, *, sources: bool) -> None:
    if language in summary.errors:
        print(f"  no brief: {summary.errors[language]}")
        return
    brief = summary[language]
    for sentence in brief.sentences:
        print(textwrap.fill(sentence.text, _WIDTH, initial_indent="• ", subsequent_indent="  "))
        for evidence in sentence.evidence if sources else ():
            mark = f"[{evidence.span.start}-{evidence.span.end}] {evidence.text}"
            print(textwrap.fill(mark, _WIDTH, initial_indent="    ← ", subsequent_indent="      "))
    if brief.score is not None:
        made_by = ", ".join(f"{model.name} {model.version}" for model in brief.models)
        print(f"  translated by {made_by}; chrF to be expected: {brief.score * 100:.0f} of 100{_advice(brief.score)}")
    for reason, count in sorted(Counter(warning.reason for warning in brief.warnings).items()):
        print(f"  ⚠ {reason} ({count}): the server's own checks doubt this")


def _advice(score: float) -> str:
    """What a newcomer should know who reads a rough translation: it is the model, and there are better ones."""
    return " (rough; README.md tells how to install better models)" if score < _READABLE_SCORE else ""


if __name__ == "__main__":
    sys.exit(main())
