"""The command line's own grammar: commands, options and their help."""

import argparse
from datetime import UTC, datetime

from korotko import __version__
from korotko._exits import Exit
from korotko._reading import STDIN

_EXITS = f"""\
exit codes:
  {Exit.OK:d}  all done
  {Exit.USAGE:d}  wrong usage, or a request that the server will never accept
  {Exit.RETRY_LATER:d}  server unreachable, not serving or overloaded: try again later
  {Exit.DEADLINE:d}  out of time
  {Exit.SOME_FAILED:d}  some of the results failed
  {Exit.OTHER:d}  any other error
"""

_EXAMPLES = """\
examples:
  korotko summarize article.txt
  korotko summarize news/*.txt --to en,uk --json > briefs.jsonl
  korotko translate --to uk < letter.txt

environment: KOROTKO_SERVER is the server's address, KOROTKO_TOKEN the token.
`korotko COMMAND --help` tells the options of a command.

"""


def parser(*, server: str) -> argparse.ArgumentParser:
    """The grammar; `server` is the default address. The shared options may come before or after the command."""
    top = argparse.ArgumentParser(
        prog="korotko",
        parents=[_shared(server, default=True)],
        description="Short briefs of news articles in several languages, and translation between them.",
        epilog=_EXAMPLES + _EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"korotko {__version__}")
    commands = top.add_subparsers(dest="command", title="commands", metavar="COMMAND", required=True)
    shared = _shared(server, default=False)

    def command(name: str, help: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            parents=[shared],
            help=help,
            description=f"{help[0].upper()}{help[1:]}.",
            epilog=_EXITS,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    _summarize(command("summarize", "briefs of articles, by default in English, Ukrainian and Russian"))
    _translate(command("translate", "texts in another language"))
    _files(command("detect", "the language of texts"))
    command("models", "the models that the server offers")
    command("info", "the server's version, directions, limits and features")
    health = command("health", "whether the server takes calls")
    health.add_argument("--service", default="", help="one service of it, e.g. korotko.v1.KorotkoService")
    return top


def _shared(server: str, *, default: bool) -> argparse.ArgumentParser:
    """The options that all commands share; after the command they have no defaults, which would override what came before it."""
    shared = argparse.ArgumentParser(add_help=False, argument_default=None if default else argparse.SUPPRESS)
    connection = shared.add_argument_group("connection")
    shown = server.replace("%", "%%")
    connection.add_argument("--server", metavar="HOST:PORT", help=f"default: KOROTKO_SERVER, now {shown}")
    connection.add_argument("--tls", action="store_true", help="TLS with the system's root certificates")
    connection.add_argument("--ca", metavar="FILE", help="TLS with the root certificates of this file (PEM)")
    connection.add_argument("--timeout", type=seconds, metavar="SECONDS", help="for each call, or for the whole bulk run")
    shared.add_argument("--json", action="store_true", help="one JSON object a line")
    if default:
        shared.set_defaults(server=server)
    return shared


def _files(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="*", default=[STDIN], metavar="FILE", help="UTF-8 text; standard input for - or none")
    command.add_argument("--progress", action="store_true", help="count on standard error even where that is no terminal")


def _summarize(command: argparse.ArgumentParser) -> None:
    _files(command)
    _translating(command)
    command.add_argument("--to", type=languages, default=["en", "uk", "ru"], metavar="LANGUAGES", help="default: en,uk,ru")
    length = command.add_mutually_exclusive_group()
    length.add_argument("--length", choices=["headline", "short", "medium", "long"], help="default: short")
    length.add_argument("--sentences", type=int, metavar="N", help="at most N sentences")
    length.add_argument("--max-characters", type=int, metavar="N", help="at most N characters, whole sentences only")
    command.add_argument("--html", action="store_true", help="the articles are HTML pages: of each the article is read")
    command.add_argument("--bullets", action="store_true", help="one sentence a line")
    command.add_argument("--method", choices=["extractive", "abstractive"], help="default: the server's choice")
    command.add_argument("--focus", metavar="WORDS", help="words or a question that the brief should favour")
    command.add_argument("--title", metavar="TEXT", help="the title of the one article, where the text does not begin with it")
    command.add_argument(
        "--published", type=moment, metavar="TIME", help="when the one article was published, such as 2026-03-05T14:30+02:00"
    )
    command.add_argument("--sources", action="store_true", help="show under each sentence what it rests on")


def _translate(command: argparse.ArgumentParser) -> None:
    _files(command)
    _translating(command)
    command.add_argument("--to", type=language, required=True, metavar="LANGUAGE", help="the language wanted, such as en, uk or ru")
    command.add_argument("--html", action="store_true", help="the texts are HTML: tags and scripts are kept as they are")


def _translating(command: argparse.ArgumentParser) -> None:
    command.add_argument("--from", dest="source", metavar="LANGUAGE", help="default: detected")
    command.add_argument("--model", metavar="NAME", help="the translation model, as `korotko models` lists it")
    command.add_argument("--glossary", metavar="FILE", help="UTF-8 lines: term, tab, its translation (none: keep the term), tab, language")
    command.add_argument("--keep", action="append", default=[], metavar="TERM", help="a term to keep as it stands; may be given again")
    command.add_argument("--truncate", action="store_true", help="use the beginning of a text over the server's limit")
    command.add_argument("--priority", choices=["interactive", "bulk"], help="default: interactive for one file, bulk for several")
    command.add_argument("--strict", action="store_true", help="fail instead of showing a result with a severe warning")


def languages(text: str) -> list[str]:
    """What --to takes."""
    listed = [language.strip() for language in text.split(",")]
    if not all(listed):
        raise argparse.ArgumentTypeError(f"{text!r} is no list of languages such as en,uk,ru")
    return listed


def language(text: str) -> str:
    """What --to takes where only one language is allowed."""
    if "," in text:
        raise argparse.ArgumentTypeError(f"{text!r}: a translation is into one language; call again for another")
    return text


def moment(text: str) -> datetime:
    """What --published takes; a time without a zone is UTC."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time such as 2026-03-05 or 2026-03-05T14:30+02:00") from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def seconds(text: str) -> float:
    """What --timeout takes; if it is not a number, argparse shows the name of this function."""
    if not 0 < float(text) < float("inf"):
        raise argparse.ArgumentTypeError("a timeout is a finite number of seconds above 0")
    return float(text)
