"""The sliced cross entropy equals the plain one, in value and gradient, for one reading and for two."""

import torch
from torch import Tensor
from torch.nn import functional

from training.loss import smoothed_cross_entropy


def test_value_and_gradients_equal_the_plain_form() -> None:
    states, embedding, target = _drawn(readings=1)
    sliced = smoothed_cross_entropy(states, embedding, target, 0.1)
    plain = functional.cross_entropy(states[0] @ embedding.T, target, label_smoothing=0.1, reduction="sum")
    _expect_equal(sliced, plain, states, embedding)


def test_two_readings_are_also_held_to_say_the_same() -> None:
    states, embedding, target = _drawn(readings=2)
    sliced = smoothed_cross_entropy(states, embedding, target, 0.1, 5.0)
    first, second = ((reading @ embedding.T).log_softmax(dim=-1) for reading in states)
    plain = sum(functional.cross_entropy(r @ embedding.T, target, label_smoothing=0.1, reduction="sum") for r in states)
    there = functional.kl_div(second, first, log_target=True, reduction="sum")
    back = functional.kl_div(first, second, log_target=True, reduction="sum")
    _expect_equal(sliced, plain + 5.0 * (there + back) / 2, states, embedding)


def test_readings_that_agree_cost_nothing_more() -> None:
    states, embedding, target = _drawn(readings=1)
    once = smoothed_cross_entropy(states, embedding, target, 0.1)
    twice = smoothed_cross_entropy(states.expand(2, -1, -1), embedding, target, 0.1, 5.0)
    torch.testing.assert_close(twice, 2 * once, rtol=1e-4, atol=0.0)


def _drawn(readings: int) -> tuple[Tensor, Tensor, Tensor]:
    torch.manual_seed(0)
    states = torch.randn(readings, 700, 32, requires_grad=True)
    embedding = (torch.randn(90, 32) / 6).requires_grad_()
    return states, embedding, torch.randint(90, (700,))


def _expect_equal(sliced: Tensor, plain: Tensor, states: Tensor, embedding: Tensor) -> None:
    torch.testing.assert_close(sliced, plain, rtol=1e-3, atol=0.0)
    ours = torch.autograd.grad(sliced, (states, embedding))
    theirs = torch.autograd.grad(plain, (states, embedding))
    for mine, other in zip(ours, theirs, strict=True):
        assert torch.linalg.norm(mine - other) < 0.02 * torch.linalg.norm(other)
