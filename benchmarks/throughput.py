"""Sentences per second, latency and processor time: the server, and optionally its peers, against the engine called directly.

Every round starts each server, measures it, stops it, and goes on to the next, so that a drift of the machine's speed affects all alike;
medians over the rounds are compared. Closed loop: 1, 4, 16 and 64 callers. Open loop: Poisson arrivals at half, once and twice the rate
that 64 callers reached in the same round, and then half again, to see how fast the server recovers. The load generator is one more process
on the same cores. `python -m benchmarks.throughput --help` lists the options.
"""

import argparse
import json
import platform
import resource
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import tables
from benchmarks.material import ROOT, Work, sentences
from benchmarks.raw_engine import RawEngine
from benchmarks.serving import OURS, PEERS, UNREPAIRED, Arm, NoServer, Running, serve
from benchmarks.summaries import groups_of_article_sentences
from benchmarks.widened import STARTER
from korotko_service.engines.cores import available_cores

CALLERS = (1, 4, 16, 64)
LOADS = (0.5, 1.0, 2.0, 0.5)
DEADLINE_SECONDS = {"sentence": 2.0, "article": 5.0}
_BATCHES = (8, 16, 32, 64, 128)
_OVERLOAD = 2.0


def main() -> None:
    options = _options()
    _allow_many_connections()
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
    arms = [OURS, UNREPAIRED, *(PEERS[name] for name in options.peers if PEERS[name].installed)]
    left_out = {name: "cannot be installed here" for name in options.peers if not PEERS[name].installed}
    groups = {"sentence": [[work] for work in sentences()]}
    if "article" in options.shapes:
        with serve(OURS) as running:
            groups["article"] = groups_of_article_sentences(running.address)
    engine, best = _best(options.model, groups["sentence"], options.seconds)
    windows: list[dict[str, Any]] = []
    for number in range(options.rounds):
        print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
        windows += [_engine_window(engine, shape, groups[shape], best, options.seconds) for shape in options.shapes]
        for arm in (arm for arm in arms if arm.name not in left_out):
            try:
                windows += _arm_windows(arm, number, options)
            except NoServer as reason:
                left_out[arm.name] = str(reason)
        conditions = {**_conditions(options, best), "rounds": number + 1, "left_out": left_out}
        result = {"conditions": conditions, "rows": tables.rows(windows)}
        if options.json:  # After each round, so that an interrupted run was not for nothing.
            options.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    tables.show(result)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="how often each server is measured (default 3)")
    parser.add_argument("--seconds", type=float, default=4.0, help="length of a window; twice that for the overload (default 4)")
    parser.add_argument("--shapes", type=_words, default=("sentence", "article"), help="default sentence,article (peers only translate)")
    parser.add_argument("--callers", type=_numbers, default=CALLERS, help="of the closed loops (default 1,4,16,64)")
    parser.add_argument("--peers", type=_words, default=(), help=f"none by default; of {','.join(PEERS)}")
    parser.add_argument("--model", type=Path, metavar="FOLDER", default=STARTER, help="in place of the starter (benchmarks/widened.py)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result there")
    options = parser.parse_args()
    if options.peers and options.model != STARTER:
        parser.error("peers serve the starter; leave out --peers or --model")
    return options


def _words(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(",")))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, _words(text)))


def _allow_many_connections() -> None:
    """Under overload an HTTP peer has a connection for each request that waits."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _best(model: Path, groups: Sequence[Sequence[Work]], seconds: float) -> tuple[RawEngine, int]:
    """The engine, and its best batch size."""
    engine = RawEngine(model)
    work = [work for group in groups for work in group]
    rates = {batch: engine.window(work, batch, seconds / 2).sentences_per_second for batch in _BATCHES}
    return engine, max(rates, key=lambda batch: rates[batch])


def _engine_window(engine: RawEngine, shape: str, groups: Sequence[Sequence[Work]], best: int, seconds: float) -> dict[str, Any]:
    offline = engine.window([work for group in groups for work in group], best, seconds)
    lone = sorted(engine.lone(groups, seconds))
    return {
        "arm": "engine",
        "shape": shape,
        "load": "offline",
        "sentences_per_second": offline.sentences_per_second,
        "server_cpu_ms_per_sentence": offline.cpu_ms_per_sentence,
        "lone_p50_ms": 1000 * median(lone),
        "lone_p95_ms": 1000 * lone[len(lone) * 95 // 100],
    }


def _arm_windows(arm: Arm, seed: int, options: argparse.Namespace) -> list[dict[str, Any]]:
    shapes = [shape for shape in options.shapes if shape in arm.shapes]
    print(f"  {arm.name}", file=sys.stderr)
    models = {} if options.model == STARTER else {"KOROTKO_MODELS": str(options.model.resolve())}
    with serve(arm, **models) as running:
        return [window for shape in shapes for window in _shape_windows(arm, running, shape, seed, options)]


def _shape_windows(arm: Arm, running: Running, shape: str, seed: int, options: argparse.Namespace) -> list[dict[str, Any]]:
    seconds: float = options.seconds
    plan = {"wire": "http" if arm.path else "grpc", "address": running.address, "path": arm.path, "shape": shape}
    plan |= {"pid": running.pid, "seed": seed}
    names = {"arm": arm.name, "shape": shape}
    windows = [
        {**names, "load": f"{callers} caller{'s' * (callers > 1)}", **_load({**plan, "closed": {"callers": callers, "seconds": seconds}})}
        for callers in options.callers
    ]
    capacity = max(1.0, *(window["answers_per_second"] for window in windows))
    phases = [(load * capacity, seconds * (2 if load == _OVERLOAD else 1)) for load in LOADS]
    reports = _load({**plan, "opened": {"phases": phases, "deadline_seconds": DEADLINE_SECONDS[shape]}})
    labels = [*(f"{load:g} of capacity" for load in LOADS[:-1]), "after the overload"]
    return windows + [{**names, "load": label, **report} for label, report in zip(labels, reports, strict=True)]


def _load(plan: dict[str, Any]) -> Any:
    """Run the load generator on a plan; NoServer if it fails."""
    command = [sys.executable, "-m", "benchmarks.load"]
    done = subprocess.run(command, input=json.dumps(plan), stdout=subprocess.PIPE, text=True, check=False, cwd=ROOT)  # noqa: S603
    if done.returncode:
        raise NoServer(f"the load generator gave up with status {done.returncode}")
    return json.loads(done.stdout)


def _conditions(options: argparse.Namespace, best: int) -> dict[str, Any]:
    return {
        "cores": available_cores(),
        "python": platform.python_version(),
        "ctranslate2": version("ctranslate2"),
        "window_seconds": options.seconds,
        "engine_batch": best,
        "deadline_seconds": {shape: DEADLINE_SECONDS[shape] for shape in options.shapes},
    }


if __name__ == "__main__":
    main()
