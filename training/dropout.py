"""Dropout from a pool of ready masks: drawing fresh random bits takes a tenth of a step on a CPU."""

import torch
from torch import Tensor, nn
from torch.nn import functional

_POOL = 16_000_000


class PooledDropout:
    """Drops like nn.Dropout on what a module returns, taking its mask from a random place of the pool."""

    def __init__(self, share: float, device: torch.device) -> None:
        kept = torch.rand(_POOL, device=device) >= share
        self._share = share
        self._pool = (kept / (1 - share)).to(torch.bfloat16)

    def attach(self, network: nn.Module, endings: tuple[str, ...]) -> None:
        """Hook every module whose name ends in this way."""
        for name, module in network.named_modules():
            if name.endswith(endings):
                module.register_forward_hook(self._drop)

    def _drop(self, module: nn.Module, _inputs: object, output: Tensor) -> Tensor:
        if not module.training:
            return output
        if output.numel() >= _POOL:
            return functional.dropout(output, self._share)
        start = int(torch.randint(_POOL - output.numel(), ()))
        return output * self._pool[start : start + output.numel()].view(output.shape)
