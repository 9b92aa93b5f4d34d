"""The commands of the command line, each a use of the client."""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from korotko import BriefOptions, Client, Detection, KorotkoError, Outcome, Summary, TextOptions, Translation, to_json
from korotko._exits import Exit, exit_of
from korotko._printing import detection_text, info_text, models_text, summary_text
from korotko._reading import UnreadableText, read_glossary, read_text
from korotko._reports import Report, complain

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class _Use(Generic[R]):
    """How a command uses the client: for one text, for many, and how it shows a result."""

    one: Callable[[str], R]
    many: Callable[[Iterable[str]], Iterator[Outcome[R]]]
    text: Callable[[R], str]


def summarize(client: Client, arguments: Namespace) -> Exit:
    """Briefs of articles."""
    options, timing = _brief_options(arguments), _timing(arguments)
    known = {"title": arguments.title, "published": arguments.published}
    if len(arguments.files) > 1 and any(known.values()):
        raise ValueError("--title and --published are about one article: give one file")
    use: _Use[Summary] = _Use(
        one=lambda text: client.summarize(text, **timing, **options, **known),
        many=lambda texts: client.summarize_stream(texts, ordered=True, **timing, **options),
        text=lambda summary: summary_text(summary, sources=arguments.sources),
    )
    return _run(use, arguments)


def translate(client: Client, arguments: Namespace) -> Exit:
    """Texts in another language."""
    options, timing = _text_options(arguments), _timing(arguments)
    use: _Use[Translation] = _Use(
        one=lambda text: client.translate(text, target=arguments.to, **timing, **options),
        many=lambda texts: client.translate_stream(texts, target=arguments.to, ordered=True, **timing, **options),
        text=str,
    )
    return _run(use, arguments)


def detect(client: Client, arguments: Namespace) -> Exit:
    """The language of texts, one call for each, since the calls are quick."""
    timing = _timing(arguments)

    def many(texts: Iterable[str]) -> Iterator[Outcome[Detection]]:
        for index, text in enumerate(texts):
            (outcome,) = client.detect_many([text], **timing)
            yield Outcome(index, outcome.value, outcome.error)

    return _run(_Use(one=lambda text: client.detect(text, **timing), many=many, text=detection_text), arguments)


def models(client: Client, arguments: Namespace) -> Exit:
    """The models that the server offers."""
    found = client.models(**_timing(arguments))
    print("\n".join(map(to_json, found)) if arguments.json else models_text(found))
    return Exit.OK


def info(client: Client, arguments: Namespace) -> Exit:
    """What the server is."""
    found = client.info(**_timing(arguments))
    print(to_json(found) if arguments.json else info_text(found))
    return Exit.OK


def health(client: Client, arguments: Namespace) -> Exit:
    """Whether the server takes calls."""
    try:
        serving = client.healthy(arguments.service, **_timing(arguments))
    except KorotkoError as error:
        if arguments.json:
            print(to_json({"serving": False, "error": error}))
        raise
    print(to_json({"serving": serving}) if arguments.json else "serving" if serving else "not serving")
    return Exit.OK if serving else Exit.RETRY_LATER


COMMANDS: dict[str, Callable[[Client, Namespace], Exit]] = {
    "summarize": summarize,
    "translate": translate,
    "detect": detect,
    "models": models,
    "info": info,
    "health": health,
}


def _run(use: _Use[R], arguments: Namespace) -> Exit:
    """One file is one call, whose error ends the command; several files succeed or fail separately."""
    files: list[str] = arguments.files
    progress = arguments.progress or sys.stderr.isatty()
    for name in files:
        if name.lower().endswith((".html", ".htm")) and vars(arguments).get("html") is False:
            complain(f"{name} is taken for plain text; --html reads HTML")
    report = Report(files, use.text, given=vars(arguments), as_json=arguments.json, progress=progress)
    if len(files) == 1:
        return _run_one(use, files[0], report)
    return _run_many(use, files, report)


def _run_one(use: _Use[R], name: str, report: Report[R]) -> Exit:
    try:
        result = use.one(read_text(name))
    except (UnreadableText, KorotkoError) as error:
        report.line(name, error)
        raise
    report.result(name, result)
    return report.exit()


def _run_many(use: _Use[R], files: list[str], report: Report[R]) -> Exit:
    sent: list[str] = []
    unread: SimpleQueue[tuple[str, UnreadableText]] = SimpleQueue()

    def texts() -> Iterator[str]:
        """Runs in a thread of the stream, which must not print."""
        for name in files:
            try:
                text = read_text(name)
            except UnreadableText as error:
                unread.put((name, error))
                continue
            sent.append(name)
            yield text

    def tell_unread() -> None:
        while not unread.empty():
            report.unreadable(*unread.get())

    try:
        for outcome in use.many(texts()):
            tell_unread()
            if outcome.error is not None:
                report.failure(sent[outcome.index], outcome.error)
            else:
                report.result(sent[outcome.index], outcome.unwrap())
    except KorotkoError as error:
        tell_unread()
        report.broken(error)
        return exit_of(error)
    tell_unread()
    return report.exit()


def _timing(arguments: Namespace) -> dict[str, Any]:
    """The timeout if one was given: single calls and streams have different defaults."""
    return {} if arguments.timeout is None else {"timeout": arguments.timeout}


def _text_options(arguments: Namespace) -> TextOptions:
    return {
        "mime_type": "text/html" if arguments.html else "",
        "source": arguments.source,
        "model": arguments.model,
        "truncate": arguments.truncate,
        "fail_on_severe": arguments.strict,
        "priority": arguments.priority,
        "glossary": read_glossary(arguments.glossary) if arguments.glossary else (),
        "preserved_terms": arguments.keep,
    }


def _brief_options(arguments: Namespace) -> BriefOptions:
    return {
        "mime_type": "text/html" if arguments.html else "",
        "source": arguments.source,
        "model": arguments.model,
        "truncate": arguments.truncate,
        "fail_on_severe": arguments.strict,
        "priority": arguments.priority,
        "glossary": read_glossary(arguments.glossary) if arguments.glossary else (),
        "preserved_terms": arguments.keep,
        "targets": arguments.to,
        "length": arguments.length,
        "sentences": arguments.sentences,
        "max_characters": arguments.max_characters,
        "format": "bullets" if arguments.bullets else "paragraph",
        "method": arguments.method,
        "focus": arguments.focus,
    }
