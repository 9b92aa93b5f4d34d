"""The optimizer for GPUs steps as torch's own does."""

import torch
from torch import nn

from training.muon import StackedMuon


def test_stacked_matrices_step_as_single_ones_do() -> None:
    torch.manual_seed(0)
    start = [torch.randn(shape) / 8 for shape in [(64, 64), (128, 64), (64, 128), (64, 64)]]
    gradients = [[torch.randn_like(matrix) for matrix in start] for _ in range(3)]
    moved = []
    for kind in (torch.optim.Muon, StackedMuon):
        weights = [nn.Parameter(matrix.clone()) for matrix in start]
        optimizer = kind(weights, lr=0.01, weight_decay=0.1, adjust_lr_fn="match_rms_adamw")
        for step in gradients:
            for weight, gradient in zip(weights, step, strict=True):
                weight.grad = gradient.clone()
            optimizer.step()
        moved.append([weight.detach() - matrix for weight, matrix in zip(weights, start, strict=True)])
        assert set(optimizer.state[weights[0]]) == {"momentum_buffer"}
    for one, other in zip(*moved, strict=True):
        assert torch.linalg.norm(one - other) < 0.01 * torch.linalg.norm(one)
