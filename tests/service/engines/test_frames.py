"""Messages between the server and a worker come out as they went in, or are refused as garbled."""

import socket
import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, strategies

from korotko_service.engines import frames
from korotko_service.engines.engine import DecodingOptions, FinishReason, Generation, Sequence
from korotko_service.engines.placement import Placement
from tests.integration.wire import PATIENCE_SECONDS

TEXT = strategies.text(strategies.characters(codec=None))


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    here, there = socket.socketpair()
    with here, there:
        here.settimeout(PATIENCE_SECONDS)
        yield here, there


@given(
    text=TEXT, score=strategies.floats(allow_nan=False), length=strategies.integers(0, 10**6), reason=strategies.sampled_from(FinishReason)
)
def test_a_generation_comes_out_as_it_went_in(text: str, score: float, length: int, reason: FinishReason) -> None:
    here, there = socket.socketpair()
    with here, there:
        generation = Generation(text=text, score=score, length=length, finish_reason=reason)
        frames.send(there, {"generations": [frames.plain(generation)]})
        assert frames.value(Generation, frames.receive(here)["generations"][0]) == generation


@pytest.mark.parametrize(
    "value",
    [
        Sequence(text="«Добрий день»,\n\u2028 \ud83d", source_language="uk", target_language="ru", length=3),
        DecodingOptions(beam_size=4, reproducible=True, repetition_penalty=1.5),
        Placement(device="cuda", device_indices=(0, 2), compute_type="float16", replicas=3, threads_per_replica=2),
    ],
)
def test_questions_come_out_as_they_went_in(pair: tuple[socket.socket, socket.socket], value: object) -> None:
    here, there = pair
    frames.send(there, frames.plain(value))
    assert frames.value(type(value), frames.receive(here)) == value


def test_a_message_larger_than_the_systems_buffers_arrives(pair: tuple[socket.socket, socket.socket]) -> None:
    here, there = pair
    text = "ї" * 400_000
    with ThreadPoolExecutor(1) as threads:
        sending = threads.submit(frames.send, there, {"text": text})
        assert frames.receive(here) == {"text": text}
        sending.result()


def test_the_other_ends_end_is_an_end(pair: tuple[socket.socket, socket.socket]) -> None:
    here, there = pair
    there.sendall(struct.pack("!I", 100) + b"half a mess")
    there.close()
    with pytest.raises(EOFError):
        frames.receive(here)


@pytest.mark.parametrize("content", [b"[1]", b"{", b"\xff\xfe", b"[" * 100_000, b"null"])
def test_what_is_no_message_is_garbled(pair: tuple[socket.socket, socket.socket], content: bytes) -> None:
    here, there = pair
    there.sendall(struct.pack("!I", len(content)) + content)
    with pytest.raises(frames.Garbled):
        frames.receive(here)


def test_an_absurd_length_is_garbled_before_memory_is_taken(pair: tuple[socket.socket, socket.socket]) -> None:
    here, there = pair
    there.sendall(b"\xff\xff\xff\xff")
    with pytest.raises(frames.Garbled):
        frames.receive(here)


@pytest.mark.parametrize(
    "change",
    [
        {"length": "3"},
        {"length": True},
        {"score": None},
        {"finish_reason": "tired"},
        {"text": 5},
        {"extra": 1},
    ],
)
def test_what_does_not_fit_its_type_is_garbled(change: dict[str, object]) -> None:
    good = frames.plain(Generation(text="a", score=-1.0, length=3, finish_reason=FinishReason.END))
    with pytest.raises(frames.Garbled):
        frames.value(Generation, {**good, **change})


def test_a_missing_field_is_garbled() -> None:
    with pytest.raises(frames.Garbled):
        frames.value(Generation, {"text": "a"})


def test_a_whole_number_passes_for_a_score() -> None:
    good = frames.plain(Generation(text="a", score=-1.0, length=3, finish_reason=FinishReason.END))
    assert frames.value(Generation, {**good, "score": -2}).score == -2.0
