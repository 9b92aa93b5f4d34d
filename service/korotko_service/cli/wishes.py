"""Options that describe a model to install, and what they ask of provision/."""

import argparse
from typing import Any

from korotko_service.config import Settings
from korotko_service.engines.conversion import QUANTIZATIONS
from korotko_service.engines.families import FAMILIES
from korotko_service.engines.manifest import CTRANSLATE2, ENGINES, TASKS
from korotko_service.provision.describe import Said
from korotko_service.provision.importing import Import
from korotko_service.provision.pull import Wish


def add(parser: argparse.ArgumentParser) -> None:
    """How to install, and what to say of a model that is not known by name."""
    parser.add_argument("--name", default="", help="install under this name (default: the model's or its folder's)")
    parser.add_argument("--quantization", choices=QUANTIZATIONS, default="int8", help="how weights are stored (int8; float16 for GPUs)")
    parser.add_argument("--engine", choices=ENGINES, default=CTRANSLATE2, help="what will run it (ctranslate2)")
    parser.add_argument("--replace", action="store_true", help="put it in the place of an installed model of the same name")
    parser.add_argument("--beside", action="store_true", help="keep other installed versions of it; callers pin NAME@VERSION")
    parser.add_argument("--accept-noncommercial", action="store_true", help="install it although its licence forbids commercial use")
    about = parser.add_argument_group("a model that is not known by name")
    about.add_argument("--version", default="imported", metavar="TEXT", help="for import and convert (imported)")
    about.add_argument("--task", choices=TASKS, default="")
    about.add_argument("--pairs", type=_pairs, default=(), metavar="en-uk,en-ru", help="a summarizer's are like uk-uk")
    about.add_argument("--family", choices=tuple(FAMILIES), default="", help="default: what config.json tells")
    about.add_argument("--licence", default="", metavar="SPDX", help="such as CC-BY-4.0")
    about.add_argument("--noncommercial", action="store_true", help="its licence forbids commercial use, whatever its name says")
    about.add_argument("--attribution", default="", metavar="TEXT", help="whom the licence wants named")
    about.add_argument("--input-prefix", default="", metavar="TEXT", help='words before every text, such as "summarize: "')
    about.add_argument("--code", action="append", type=_code, default=[], metavar="uk=ukr_Cyrl", help="a language's code in the model")


def pull_of(options: argparse.Namespace, settings: Settings, text: str, *, alone: bool) -> Wish:
    """What `pull` is asked; a name of one's own is for a model pulled alone."""
    return Wish(text=text, **_wanted(options, settings) | ({} if alone else {"name": ""}))


def import_of(options: argparse.Namespace, settings: Settings) -> Import:
    """What `import` and `convert` are asked."""
    return Import(path=options.path, version=options.version, **_wanted(options, settings))


def _wanted(options: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    """What both ask: options that are called as `Wanted` calls them, and what they say of the model."""
    alike = ("name", "engine", "quantization", "replace", "beside")
    return {
        **{key: getattr(options, key) for key in alike},
        "said": _said(options),
        "accept_noncommercial": options.accept_noncommercial or settings.accept_noncommercial,
    }


def _said(options: argparse.Namespace) -> Said:
    alike = ("task", "pairs", "family", "licence", "noncommercial", "attribution", "input_prefix")
    return Said(**{key: getattr(options, key) for key in alike}, codes=dict(options.code))


def _pairs(text: str) -> tuple[str, ...]:
    pairs = tuple(part.strip() for part in text.split(",") if part.strip())
    if not pairs or not all(all(pair.partition("-")) for pair in pairs):
        raise argparse.ArgumentTypeError(f"{text!r}: expected something like en-uk,en-ru")
    return pairs


def _code(text: str) -> tuple[str, str]:
    language, separator, code = text.partition("=")
    if not (language and separator and code):
        raise argparse.ArgumentTypeError(f"{text!r}: expected something like uk=ukr_Cyrl")
    return language, code
