"""The command line: python -m training VERB ..., from the root of the repository."""

# ruff: noqa: PLC0415 (each verb imports its own libraries: torch alone takes three seconds)

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from training.recipe import Recipe, read_recipe

_HERE = Path(__file__).parent
_STARTER = _HERE.parent / "seeds" / "models" / "starter"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one verb."""
    options = _parser().parse_args(arguments)
    verb, _needs = _VERBS[options.verb]
    verb(read_recipe(options.recipe), options)


def _pivot(recipe: Recipe, options: argparse.Namespace) -> None:
    """translate the missing third language with the model folder, for the next prepare"""
    from training.pivot import pivot

    pivot(recipe, data=options.data, run=options.run, model=options.model)


def _unpack(recipe: Recipe, options: argparse.Namespace) -> None:
    """make a run of the model folder: its vocabulary, and its weights as the first checkpoint"""
    from training.unpack import unpack

    print(unpack(recipe, model=options.model, run=options.run))


def _ablate(recipe: Recipe, options: argparse.Namespace) -> None:
    """compare the choices of the data plan by short forks of the last checkpoint"""
    from training.ablate import ablate

    ablate(recipe, options.plan, evaluation=options.eval, run=options.run)


def _summarize(recipe: Recipe, options: argparse.Namespace) -> None:
    """train a summarizer from the last checkpoint, and compare it with extractive ranking"""
    from training.summarizer import summarize

    summarize(recipe, _HERE / "summarizer.toml", data=options.data, run=options.run)


def _prepare(recipe: Recipe, options: argparse.Namespace) -> None:
    """clean the texts, check them for leaks, train the vocabulary, write shards"""
    from training.prepare import prepare

    prepare(recipe, data=options.data, evaluation=options.eval, run=options.run)


def _train(recipe: Recipe, options: argparse.Namespace) -> None:
    """train, or go on with a stopped training"""
    from training.train import train

    train(recipe, run=options.run, minutes=options.minutes, steps=options.steps)


def _pack(_recipe: Recipe, options: argparse.Namespace) -> None:
    """write the weights of the last checkpoints alone, small enough to be handed back"""
    from training.checkpoints import pack

    print(pack(options.run, options.packed, averaged=options.averaged))


def _convert(recipe: Recipe, options: argparse.Namespace) -> None:
    """write the model folder from the last checkpoints"""
    from training.convert import convert

    convert(recipe, run=options.run, output=options.model, averaged=options.averaged)


def _agree(_recipe: Recipe, options: argparse.Namespace) -> None:
    """compare the converted model with transformers, token by token"""
    from training.agreement import check_agreement

    check_agreement(run=options.run, evaluation=options.eval, sentences=options.sentences)


def _evaluate(_recipe: Recipe, options: argparse.Namespace) -> None:
    """measure the model folder, with --data its briefs too, and print tables"""
    from training.evaluate import evaluate
    from training.table import briefs_of, quality_table

    output = options.run / "quality.json" if options.run else None
    quality = evaluate(model=options.model, evaluation=options.eval, output=output, sets=options.sets, limit=options.limit)
    print(quality_table(quality))
    if options.data:
        print(briefs_of(options.model, options.data))


def _card(recipe: Recipe, options: argparse.Namespace) -> None:
    """write figures and model card into the model folder"""
    from training.card import write_card

    write_card(recipe, run=options.run, model=options.model)


def _calibrate(_recipe: Recipe, options: argparse.Namespace) -> None:
    """fit the model's confidence on FLORES dev, into the model folder"""
    from training.calibrate import calibrate

    calibrate(model=options.model, evaluation=options.eval, limit=options.limit)


def _casing(_recipe: Recipe, _options: argparse.Namespace) -> None:
    """list the English words of the own texts that sentences write small, for the service"""
    from training.casing import write_casing

    print(write_casing())


def _all(recipe: Recipe, options: argparse.Namespace) -> None:
    """prepare, train, convert, agree, evaluate, card, calibrate"""
    for verb in (_prepare, _train, _convert, _agree, _evaluate, _card, _calibrate):
        verb(recipe, options)


# Each verb, and the folders that it needs.
_VERBS: dict[str, tuple[Callable[[Recipe, argparse.Namespace], None], tuple[str, ...]]] = {
    "pivot": (_pivot, ("data", "run")),
    "unpack": (_unpack, ("run",)),
    "ablate": (_ablate, ("eval", "run")),
    "summarize": (_summarize, ("data", "run")),
    "prepare": (_prepare, ("run",)),
    "train": (_train, ("run",)),
    "pack": (_pack, ("run", "packed")),
    "convert": (_convert, ("run",)),
    "agree": (_agree, ("run",)),
    "evaluate": (_evaluate, ()),
    "card": (_card, ("run",)),
    "calibrate": (_calibrate, ()),
    "casing": (_casing, ()),
    "all": (_all, ("run",)),
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name, (verb, needs) in _VERBS.items():
        command = verbs.add_parser(name, help=verb.__doc__)
        for folder in ("data", "eval", "run", "packed"):
            command.add_argument(f"--{folder}", type=Path, required=folder in needs)
        command.add_argument("--recipe", type=Path, default=_HERE / "starter.toml")
        command.add_argument("--model", type=Path, default=_STARTER, help="the model folder")
        command.add_argument("--minutes", type=float, help="train: at most so many minutes now")
        command.add_argument("--steps", type=int, help="train: at most so many steps now")
        command.add_argument("--plan", type=Path, default=_HERE / "ablations.toml", help="ablate: the forks")
        command.add_argument("--averaged", type=int, default=3, help="convert, pack: how many last checkpoints")
        command.add_argument("--sentences", type=int, default=50, help="agree: how many are compared")
        command.add_argument("--limit", type=int, help="evaluate, calibrate: only so many sentences of each set")
        command.add_argument("--sets", nargs="+", default=(), help="evaluate: which sets, all by default")
    return parser


if __name__ == "__main__":
    main()
