"""The engine protocol: all that is known of a model above tensors."""

from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

MAX_BEAM_SIZE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """One text for a model, the unit of batching. `length` counts the model's own tokens, control tokens included."""

    text: str
    source_language: str
    target_language: str
    length: int

    def __post_init__(self) -> None:
        if self.length < 1:
            raise ValueError(f"length = {self.length}: a sequence has at least one token")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodingOptions:
    """How to decode; sequences share a batch only if their options are equal. 0 means the model's own everywhere.

    Output tokens are counted with the end token, without forced ones; the model's own maximum is never exceeded.
    """

    beam_size: int = 0
    reproducible: bool = False
    min_output_tokens: int = 0
    max_output_tokens: int = 0
    repetition_penalty: float = 0.0
    no_repeat_ngram_size: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.beam_size <= MAX_BEAM_SIZE:
            raise ValueError(f"beam_size = {self.beam_size}: expected 0 to {MAX_BEAM_SIZE}")
        if self.min_output_tokens < 0 or self.max_output_tokens < 0:
            raise ValueError("min_output_tokens and max_output_tokens: expected at least 0")
        if self.max_output_tokens and self.min_output_tokens > self.max_output_tokens:
            raise ValueError(f"min_output_tokens = {self.min_output_tokens}: expected at most {self.max_output_tokens}")
        if self.repetition_penalty < 0 or self.no_repeat_ngram_size < 0:
            raise ValueError("repetition_penalty and no_repeat_ngram_size: expected at least 0")


class FinishReason(StrEnum):
    """Why decoding stopped: the model ended the text, or the limit of output tokens did."""

    END = "end"
    LENGTH = "length"


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One decoded output. `score` is the mean log-probability of its tokens; `length` counts them."""

    text: str
    score: float
    length: int
    finish_reason: FinishReason


class Engine(Protocol):
    """One loaded model in one runtime. `generate` may be called by as many threads at a time as the engine has replicas."""

    @property
    def replicas(self) -> int:
        """Batches that can run at the same time."""
        ...

    def count(self, text: str) -> int:
        """Length of `text` in the model's tokens, control tokens included. Thread-safe."""
        ...

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        """One generation for each sequence, in their order. Blocks the calling thread."""
        ...

    def warm_up(self) -> None:
        """Run once in every direction, so that the first caller does not pay for it; raises if the model cannot work."""
        ...

    def close(self) -> None:
        """Free the weights. No call may follow."""
        ...


@runtime_checkable
class Restartable(Protocol):
    """An engine in a process of its own, which can be lost and come back."""

    def restart(self) -> None:
        """Start a new process, warmed up, after `generate` raised WorkerLost. Blocks; one call at a time; raises if it does not come up."""
        ...

    def abandon(self) -> None:
        """End its process at once and for good, from any thread: calls in progress get WorkerLost. Only `close` may follow."""
        ...


class WorkerLost(Exception):
    """The process of an engine is gone: `cause` is a signal's name, an exit status or a hang.

    `worker` tells one process from the next; `begun`: it was still running when it was given this batch. `killed`: it was ended from
    outside, by an operator or by the kernel when memory ran out; native code that fails ends its process in other ways.
    """

    def __init__(self, cause: str, *, worker: int, begun: bool = True, killed: bool = False) -> None:
        super().__init__(cause)
        self.cause = cause
        self.worker = worker
        self.begun = begun
        self.killed = killed


class EngineFailed(Exception):
    """An engine in another process raised an error; the message names its type and place, and quotes no text."""
