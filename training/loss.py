"""Smoothed cross entropy against a tied vocabulary, in slices that stay in the cache.

The plain form writes a matrix of tokens by vocabulary several times over; making the gradient in
the same pass, slice by slice, trains about a fifth more tokens a second on a CPU.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import torch
from torch import Tensor

_SLICE = 512
# An accelerator wants large pieces; this many rows of 32,000 logits take a gigabyte.
_DEVICE_SLICE = 8192


class _SlicedCrossEntropy(torch.autograd.Function):
    """The sum over positions, with both gradients worked out on the way forward."""

    @staticmethod
    def forward(ctx: Any, states: Tensor, embedding: Tensor, target: Tensor, smoothing: float) -> Tensor:
        states16, embedding16 = states.to(torch.bfloat16), embedding.to(torch.bfloat16)
        to_states = torch.empty_like(states16)
        to_embedding = torch.zeros_like(embedding, dtype=torch.float32)
        total = torch.zeros((), device=states.device)
        step, work_out = (_SLICE, _loss_and_slope) if states.device.type == "cpu" else (_DEVICE_SLICE, _fused_loss_and_slope())
        for start in range(0, len(states16), step):
            part = slice(start, start + step)
            loss, slope = work_out(states16[part] @ embedding16.T, target[part], smoothing)
            total += loss
            to_states[part] = slope @ embedding16
            to_embedding += (slope.T @ states16[part]).float()
        ctx.save_for_backward(to_states, to_embedding)
        ctx.dtype = states.dtype
        return total

    @staticmethod
    def backward(ctx: Any, *upstream: Tensor) -> tuple[Tensor, Tensor, None, None]:
        to_states, to_embedding = ctx.saved_tensors
        return to_states.to(ctx.dtype) * upstream[0], to_embedding * upstream[0], None, None


def _loss_and_slope(logits16: Tensor, target: Tensor, smoothing: float) -> tuple[Tensor, Tensor]:
    """The slice's loss, and its derivative by the logits: softmax less the smoothed target."""
    logits = logits16.float()
    normalizer = logits.logsumexp(dim=-1, keepdim=True)
    right = logits.gather(1, target[:, None])
    loss = (normalizer - (1 - smoothing) * right).sum() - smoothing * logits.mean(dim=-1).sum()
    slope = logits.sub_(normalizer).exp_().sub_(smoothing / logits.shape[1])
    slope.scatter_add_(1, target[:, None], torch.full_like(right, smoothing - 1))
    return loss, slope.to(torch.bfloat16)


@cache
def _fused_loss_and_slope() -> Callable[[Tensor, Tensor, float], tuple[Tensor, Tensor]]:
    """For a GPU, which waits for memory here: a dozen passes over the logits become three."""
    return torch.compile(_loss_and_slope, dynamic=True)


def smoothed_cross_entropy(states: Tensor, embedding: Tensor, target: Tensor, smoothing: float) -> Tensor:
    """Cross entropy of softmax(states @ embedding.T), label-smoothed, summed over positions."""
    with torch.autocast(states.device.type, enabled=False):
        total: Tensor = _SlicedCrossEntropy.apply(states, embedding, target, smoothing)  # type: ignore[no-untyped-call]
        return total
