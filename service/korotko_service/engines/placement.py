"""Where a model runs and how wide: devices, number format, batches at a time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where and how wide to run: on each device `replicas` batches at a time, each on `threads_per_replica` cores."""

    device: str = "cpu"
    device_indices: tuple[int, ...] = (0,)
    compute_type: str = "default"
    replicas: int = 1
    threads_per_replica: int = 1

    def __post_init__(self) -> None:
        if not self.device_indices or min(self.device_indices) < 0:
            raise ValueError(f"device_indices = {self.device_indices}: expected at least one number from 0")
