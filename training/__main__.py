"""The command line: python -m training VERB --recipe FILE ..."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from training.recipe import read_recipe

# The paths that a verb needs beside the recipe and the folder of the run.
_PATHS = {
    "prepare": ("data", "evaluation"),
    "train": (),
    "pivot": ("data", "model"),
    "convert": ("model",),
    "evaluate": ("model", "evaluation"),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one verb."""
    options = _parser().parse_args(arguments)
    recipe = read_recipe(options.recipe)
    # Each verb imports its own libraries: torch alone takes three seconds.
    if options.verb == "prepare":
        from training.prepare import prepare

        prepare(recipe, data=options.data, evaluation=options.evaluation, run=options.run)
    elif options.verb == "train":
        from training.train import train

        train(recipe, run=options.run)
    elif options.verb == "pivot":
        from training.pivot import pivot

        pivot(recipe, data=options.data, run=options.run, model=options.model)
    elif options.verb == "convert":
        from training.convert import convert

        convert(recipe, run=options.run, output=options.model, averaged=options.averaged)
    elif options.verb == "evaluate":
        from training.evaluate import evaluate

        evaluate(
            model=options.model,
            evaluation=options.evaluation,
            output=options.run / "quality.json",
            sets=options.sets,
            limit=options.limit,
            threads=recipe.schedule.threads,
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, paths in _PATHS.items():
        command = verbs.add_parser(verb)
        for path in ("recipe", "run", *paths):
            command.add_argument(f"--{path}", type=Path, required=True)
        if verb == "convert":
            command.add_argument("--averaged", type=int, default=1, help="how many last checkpoints")
        if verb == "evaluate":
            command.add_argument("--limit", type=int, help="only so many sentences of each set")
            command.add_argument("--sets", nargs="+", default=["flores-dev", "ntrex"])
    return parser


if __name__ == "__main__":
    main()
