"""Checkpoints are cut into small files and come back whole."""

from pathlib import Path

import pytest
import torch

from training import checkpoints
from training.checkpoints import Progress, load_latest, load_parts, save, save_parts


@pytest.mark.parametrize("part_bytes", [64, 1000, 10**7])
def test_tensors_of_every_size_come_back(tmp_path: Path, part_bytes: int) -> None:
    tensors = {"wide": torch.randn(40, 7), "step": torch.tensor(3.0), "long": torch.randn(300), "one": torch.randn(1, 2)}
    save_parts(tensors, tmp_path, "weights", part_bytes=part_bytes)
    found = load_parts(tmp_path, "weights")
    assert set(found) == set(tensors)
    for name, tensor in tensors.items():
        assert torch.equal(found[name], tensor)


def test_no_file_is_larger_than_its_bound_and_a_header(tmp_path: Path) -> None:
    save_parts({"wide": torch.randn(5000, 30)}, tmp_path, "weights", part_bytes=100_000)
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == 7
    assert max(sizes) < 101_000


def test_a_resumed_optimizer_takes_the_same_next_step(tmp_path: Path) -> None:
    def part() -> tuple[torch.nn.Linear, torch.optim.AdamW]:
        layer = torch.nn.Linear(3, 2)
        return layer, torch.optim.AdamW(layer.parameters(), lr=0.1)

    def step(layer: torch.nn.Linear, optimizer: torch.optim.AdamW) -> None:
        layer(torch.ones(1, 3)).sum().backward()
        optimizer.step()
        optimizer.zero_grad()

    layer, optimizer = part()
    step(layer, optimizer)
    save(tmp_path, layer, [optimizer], Progress(step=1), 2)
    other, resumed = part()
    found = load_latest(tmp_path, other, [resumed])
    assert found is not None
    assert found.step == 1
    step(layer, optimizer)
    step(other, resumed)
    assert torch.equal(layer.weight, other.weight)
    assert checkpoints.PART_BYTES < 16_000_000
