"""The optimizers and the learning-rate schedule."""

import torch
from torch import nn

from training.muon import StackedMuon
from training.recipe import OptimizerRecipe, ScheduleRecipe


def build_optimizers(network: nn.Module, recipe: OptimizerRecipe) -> list[torch.optim.Optimizer]:
    """AdamW for everything, or Muon for the hidden matrices and AdamW for the rest."""
    optimizers = _optimizers(network, recipe)
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["base_lr"] = group["lr"]
    return optimizers


def _optimizers(network: nn.Module, recipe: OptimizerRecipe) -> list[torch.optim.Optimizer]:
    named = [(name, weight) for name, weight in network.named_parameters() if weight.requires_grad]
    if recipe.name == "adamw":
        return [_adamw([weight for _, weight in named], recipe)]
    hidden = [weight for name, weight in named if _is_hidden_matrix(name, weight)]
    rest = [weight for name, weight in named if not _is_hidden_matrix(name, weight)]
    kind = StackedMuon if hidden[0].is_cuda else torch.optim.Muon
    muon = kind(
        hidden,
        lr=recipe.muon_learning_rate,
        weight_decay=recipe.weight_decay,
        adjust_lr_fn="match_rms_adamw",
    )
    return [muon, _adamw(rest, recipe)]


def rate(progress: float, step: int, recipe: ScheduleRecipe) -> float:
    """The learning rate's factor: up over the first steps, level, and down to zero at the end."""
    warm = min(1.0, (step + 1) / recipe.warmup_steps)
    left = max(0.0, 1.0 - progress)
    return warm * min(1.0, left / recipe.decay_share)


def set_rate(optimizers: list[torch.optim.Optimizer], factor: float) -> None:
    """Scale each group's own learning rate."""
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["lr"] = group["base_lr"] * factor


def _adamw(weights: list[nn.Parameter], recipe: OptimizerRecipe) -> torch.optim.Optimizer:
    # No decay: with so few passes over the data these need no regularization.
    return torch.optim.AdamW(weights, lr=recipe.learning_rate, betas=(0.9, 0.98), eps=1e-9, weight_decay=0.0, fused=True)


def _is_hidden_matrix(name: str, weight: torch.Tensor) -> bool:
    return weight.ndim == 2 and "shared" not in name and "embed" not in name
