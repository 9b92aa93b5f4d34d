"""Checkpoints: weights as safetensors, optimizer state and progress beside them, the last few kept."""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn


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
    save_file(weights(network), partial / "weights.safetensors")
    torch.save([optimizer.state_dict() for optimizer in optimizers], partial / "optimizers.pt")
    (partial / "progress.json").write_text(json.dumps(asdict(progress)))
    shutil.rmtree(final, ignore_errors=True)
    partial.replace(final)
    for old in checkpoints(run)[:-kept]:
        shutil.rmtree(old)


def load_latest(run: Path, network: nn.Module, optimizers: list[torch.optim.Optimizer]) -> Progress | None:
    """Bring network and optimizers to the last checkpoint, if there is one."""
    found = checkpoints(run)
    if not found:
        return None
    network.load_state_dict(load_file(found[-1] / "weights.safetensors"), strict=False)
    states = torch.load(found[-1] / "optimizers.pt", weights_only=True)
    for optimizer, state in zip(optimizers, states, strict=True):
        rates = [group["base_lr"] for group in optimizer.param_groups]
        optimizer.load_state_dict(state)
        # The recipe's rates win, so that they can be changed between a stop and a start.
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["base_lr"] = rate
    return Progress(**json.loads((found[-1] / "progress.json").read_text()))


def checkpoints(run: Path) -> list[Path]:
    """The complete checkpoints, oldest first."""
    return sorted(path for path in (run / "checkpoints").glob("*") if path.suffix != ".partial")


def weights(network: nn.Module) -> dict[str, torch.Tensor]:
    """Trained weights by name; tied ones appear once, computed tables not at all."""
    return {name: weight.detach().contiguous() for name, weight in network.named_parameters()}
