"""The sliced cross entropy equals the plain one, in value and in slope."""

import torch
from torch.nn import functional

from training.loss import smoothed_cross_entropy


def test_value_and_gradients_equal_the_plain_form() -> None:
    torch.manual_seed(0)
    states = torch.randn(700, 32, requires_grad=True)
    embedding = (torch.randn(90, 32) / 6).requires_grad_()
    target = torch.randint(90, (700,))
    sliced = smoothed_cross_entropy(states, embedding, target, 0.1)
    plain = functional.cross_entropy(states @ embedding.T, target, label_smoothing=0.1, reduction="sum")
    torch.testing.assert_close(sliced, plain, rtol=1e-3, atol=0.0)
    ours = torch.autograd.grad(sliced, (states, embedding))
    theirs = torch.autograd.grad(plain, (states, embedding))
    for mine, other in zip(ours, theirs, strict=True):
        assert torch.linalg.norm(mine - other) < 0.02 * torch.linalg.norm(other)
