"""Where a model runs, how wide and in how much memory: devices, number format, batches at a time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where and how wide to run: on each device `replicas` batches at a time, each on `threads_per_replica` cores.

    `memory_bytes` limits the memory for data of a worker process, weights included; 0 is no limit.
    """

    device: str = "cpu"
    device_indices: tuple[int, ...] = (0,)
    compute_type: str = "default"
    replicas: int = 1
    threads_per_replica: int = 1
    memory_bytes: int = 0

    def __post_init__(self) -> None:
        if not self.device_indices or min(self.device_indices) < 0:
            raise ValueError(f"device_indices = {self.device_indices}: expected at least one number from 0")
