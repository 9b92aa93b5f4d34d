"""What was computed before, bounded in bytes."""

import random

from korotko_service.cache import Cache
from korotko_service.telemetry import Metrics


def sample(metrics: Metrics, name: str) -> float | None:
    return metrics.registry.get_sample_value(f"korotko_cache_{name}")


def test_what_was_put_is_there_and_nothing_else() -> None:
    cache: Cache[str] = Cache(max_bytes=10_000, metrics=Metrics())
    cache.put(b"a", "value", value_bytes=5)
    assert (cache.get(b"a"), cache.get(b"b")) == ("value", None)


def test_what_was_used_longest_ago_goes_first() -> None:
    cache: Cache[str] = Cache(max_bytes=3 * 1400, metrics=Metrics())
    for key in (b"a", b"b", b"c"):
        cache.put(key, "value", value_bytes=1000)
    cache.get(b"a")
    cache.put(b"d", "value", value_bytes=1000)
    assert [key for key in (b"a", b"b", b"c", b"d") if cache.get(key)] == [b"a", b"c", b"d"]


def test_what_is_put_again_takes_the_place_of_the_old() -> None:
    metrics = Metrics()
    cache: Cache[str] = Cache(max_bytes=10_000, metrics=metrics)
    cache.put(b"a", "old", value_bytes=1000)
    cache.put(b"a", "new", value_bytes=100)
    assert cache.get(b"a") == "new"
    assert (sample(metrics, "bytes"), sample(metrics, "entries")) == (500, 1)


def test_what_is_larger_than_the_whole_cache_is_not_kept() -> None:
    metrics = Metrics()
    cache: Cache[str] = Cache(max_bytes=1000, metrics=metrics)
    cache.put(b"a", "value", value_bytes=10_000)
    assert cache.get(b"a") is None
    assert (sample(metrics, "bytes"), sample(metrics, "entries")) == (0, 0)


def test_it_never_holds_more_than_it_may() -> None:
    metrics, chance = Metrics(), random.Random(1)
    cache: Cache[int] = Cache(max_bytes=50_000, metrics=metrics)
    for number in range(5000):
        cache.put(bytes([chance.randrange(200)]), number, value_bytes=chance.randrange(2000))
        assert 0 <= (sample(metrics, "bytes") or 0) <= 50_000
