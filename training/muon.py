"""Muon on a GPU: all matrices of one shape are processed together.

torch's Muon takes them one by one, some fourteen hundred tiny kernels a step, and the device waits for their launches.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor


class StackedMuon(torch.optim.Muon):
    """The same updates as `torch.optim.Muon(adjust_lr_fn="match_rms_adamw")`, its state included."""

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """One update of every weight that has a gradient; `closure` is not used."""
        for group in self.param_groups:
            shapes: dict[torch.Size, list[Tensor]] = defaultdict(list)
            for weight in group["params"]:
                if weight.grad is not None:
                    shapes[weight.shape].append(weight)
            for weights in shapes.values():
                self._step_alike(weights, group)

    def _step_alike(self, weights: list[Tensor], group: dict[str, Any]) -> None:
        """The weights have one shape."""
        rate, momentum = group["lr"], group["momentum"]
        for weight in weights:
            self.state[weight].setdefault("momentum_buffer", torch.zeros_like(weight))
        buffers = [self.state[weight]["momentum_buffer"] for weight in weights]
        gradients = [weight.grad for weight in weights]
        torch._foreach_lerp_(buffers, gradients, 1 - momentum)
        update = torch.stack(gradients).lerp_(torch.stack(buffers), momentum)  # type: ignore[arg-type]
        update = orthogonalized(update, group["ns_coefficients"], group["ns_steps"], group["eps"]).float()
        torch._foreach_mul_(weights, 1 - rate * group["weight_decay"])
        torch._foreach_add_(weights, list(update), alpha=-rate * 0.2 * math.sqrt(max(weights[0].shape)))


def orthogonalized(matrices: Tensor, coefficients: Sequence[float], steps: int, eps: float) -> Tensor:
    """Each matrix (number x rows x columns) with its singular values brought near one: Newton-Schulz steps in bf16, as torch's."""
    a, b, c = coefficients
    tall = matrices.shape[1] > matrices.shape[2]
    result = (matrices.mT if tall else matrices).bfloat16()
    result = result / torch.linalg.matrix_norm(result, keepdim=True).clamp(min=eps)
    for _ in range(steps):
        gram = result @ result.mT
        result = torch.baddbmm(result, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), result, beta=a)
    return result.mT if tall else result
