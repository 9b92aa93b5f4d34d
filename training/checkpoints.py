"""Checkpoints: weights, optimizer state and progress, the last few kept; safetensors in files of a bounded size.

Machines borrowed for minutes return only small files, so no part is larger than PART_BYTES: a tensor
that is too large is cut along its rows, and every file holds as many pieces as fit.
"""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn

PART_BYTES = 15_000_000


@dataclass(slots=True)
class Progress:
    """How far a run has come; seconds are the time the loop ran, over all its starts."""

    step: int = 0
    seconds: float = 0.0
    tokens: int = 0


def save(run: Path, network: nn.Module, optimizers: list[torch.optim.Optimizer], progress: Progress, kept: int) -> None:
    """Write a checkpoint whole or not at all, then drop the oldest beyond `kept`."""
    final = run / "checkpoints" / f"{progress.step:08d}"
    partial = final.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    save_parts(weights(network), partial, "weights")
    save_parts(_flat([optimizer.state_dict()["state"] for optimizer in optimizers]), partial, "optimizers")
    (partial / "progress.json").write_text(json.dumps(asdict(progress)))
    shutil.rmtree(final, ignore_errors=True)
    partial.replace(final)
    for old in checkpoints(run)[:-kept]:
        shutil.rmtree(old)


def load_latest(run: Path, network: nn.Module, optimizers: list[torch.optim.Optimizer]) -> Progress | None:
    """Restore network and optimizers from the last checkpoint, if there is one; optimizers start fresh if it has weights alone."""
    found = checkpoints(run)
    if not found:
        return None
    network.load_state_dict(load_parts(found[-1], "weights"), strict=False)
    states = _nested(load_parts(found[-1], "optimizers"))
    for optimizer, state in zip(optimizers, states, strict=bool(states)):
        # The recipe's rates stay, so that they can be changed between a stop and a start.
        optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})
    return Progress(**json.loads((found[-1] / "progress.json").read_text()))


def checkpoints(run: Path) -> list[Path]:
    """The complete checkpoints, oldest first."""
    return sorted(path for path in (run / "checkpoints").glob("*") if path.suffix != ".partial")


def average(folders: Sequence[Path]) -> dict[str, torch.Tensor]:
    """The mean of the weights of some checkpoints."""
    if not folders:
        raise FileNotFoundError("no checkpoint: train first")
    states = [load_parts(folder, "weights") for folder in folders]
    return {name: torch.stack([s[name].float() for s in states]).mean(dim=0) for name in states[0]}


def pack(run: Path, folder: Path, *, averaged: int) -> Path:
    """Write the mean of the last checkpoints into `folder` as one checkpoint of weights alone, in half precision.

    It is a sixth of a whole checkpoint, and `convert` accepts it as one. Its rounding is far finer than that of int8.
    """
    found = checkpoints(run)[-averaged:]
    half = {name: weight.half() for name, weight in average(found).items()}
    packed = folder / found[-1].name
    packed.mkdir(parents=True)
    save_parts(half, packed, "weights")
    shutil.copyfile(found[-1] / "progress.json", packed / "progress.json")
    return packed


def weights(network: nn.Module) -> dict[str, torch.Tensor]:
    """Trained weights by name; tied ones appear once, computed tables are left out."""
    return {name: weight.detach().contiguous() for name, weight in network.named_parameters() if weight.requires_grad}


def save_parts(tensors: Mapping[str, torch.Tensor], folder: Path, name: str, *, part_bytes: int = PART_BYTES) -> None:
    """Write `name`-000.safetensors and so on."""
    part: dict[str, torch.Tensor] = {}
    number = size = 0
    for key, piece in _pieces(tensors, part_bytes):
        length = piece.numel() * piece.element_size()
        if part and size + length > part_bytes:
            save_file(part, folder / f"{name}-{number:03d}.safetensors")
            part, number, size = {}, number + 1, 0
        part[key], size = piece, size + length
    save_file(part, folder / f"{name}-{number:03d}.safetensors")


def load_parts(folder: Path, name: str) -> dict[str, torch.Tensor]:
    """The tensors that `save_parts` wrote, whole again."""
    pieces: dict[str, dict[int, torch.Tensor]] = defaultdict(dict)
    for path in sorted(folder.glob(f"{name}-*.safetensors")):
        for key, piece in load_file(path).items():
            tensor, _, number = key.rpartition("#")
            pieces[tensor][int(number)] = piece
    return {name: torch.cat([found[n] for n in sorted(found)]) if len(found) > 1 else found[0] for name, found in pieces.items()}


def _pieces(tensors: Mapping[str, torch.Tensor], part_bytes: int) -> Iterator[tuple[str, torch.Tensor]]:
    """Every tensor in pieces of at most `part_bytes`, named tensor#number."""
    for name, tensor in tensors.items():
        size = tensor.numel() * tensor.element_size()
        rows = max(1, len(tensor) * part_bytes // size) if tensor.ndim and size > part_bytes else 0
        for number, piece in enumerate(torch.split(tensor, rows) if rows else [tensor]):
            yield f"{name}#{number}", piece.detach().cpu().contiguous().clone()


def _flat(states: list[dict[int, dict[str, torch.Tensor]]]) -> dict[str, torch.Tensor]:
    return {
        f"{number}/{parameter}/{key}": value
        for number, state in enumerate(states)
        for parameter, values in state.items()
        for key, value in values.items()
    }


def _nested(flat: dict[str, torch.Tensor]) -> list[dict[int, dict[str, torch.Tensor]]]:
    states: dict[int, dict[int, dict[str, torch.Tensor]]] = defaultdict(lambda: defaultdict(dict))
    for name, tensor in flat.items():
        number, parameter, key = name.split("/")
        states[int(number)][int(parameter)][key] = tensor
    return [dict(states[number]) for number in sorted(states)]
