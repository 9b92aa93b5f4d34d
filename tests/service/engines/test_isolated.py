"""The starter in a process of its own says what it says in this one; what goes wrong there has a name here."""

import os
import shutil
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from korotko_service.engines import loading, manifest as manifests
from korotko_service.engines.engine import DecodingOptions, Engine, EngineFailed, Restartable, Sequence, WorkerLost
from korotko_service.engines.isolated import IsolatedEngine
from korotko_service.engines.placement import Placement
from korotko_service.errors import ModelInvalid
from tests.integration import faulty
from tests.integration.faulty import Folder
from tests.integration.process import STARTER
from tests.integration.wire import until

TEXTS = ["The talks will go on.", "Nobody was hurt, the ministry said on Monday.", "«Так», — сказав він."]


def asked(engine: Engine, text: str, source: str = "en", target: str = "uk") -> Sequence:
    return Sequence(text=text, source_language=source, target_language=target, length=engine.count(text))


@pytest.fixture(scope="module")
def isolated() -> Iterator[Engine]:
    engine = loading.load(manifests.read(STARTER), isolated=True)
    yield engine
    engine.close()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(STARTER, tmp_path / "model")


@pytest.fixture
def faulting(folder: Folder) -> Iterator[IsolatedEngine]:
    engine = faulty.isolated(folder.manifest, replicas=2)
    yield engine
    engine.close()


def test_it_says_what_the_engine_says_in_this_process(isolated: Engine) -> None:
    plain = loading.load(manifests.read(STARTER))
    try:
        batch = [asked(plain, text, "uk" if "«" in text else "en", "ru") for text in TEXTS]
        for options in (DecodingOptions(), DecodingOptions(beam_size=4, max_output_tokens=12)):
            assert isolated.generate(batch, options) == plain.generate(batch, options)
        assert [isolated.count(text) for text in TEXTS] == [plain.count(text) for text in TEXTS]
        assert isolated.replicas == plain.replicas
    finally:
        plain.close()


def test_it_warms_up_and_can_come_back(isolated: Engine) -> None:
    isolated.warm_up()
    assert isinstance(isolated, Restartable)


def test_a_process_that_is_killed_is_lost_with_the_signals_name_and_comes_back(faulting: IsolatedEngine) -> None:
    first = faulting.pid
    assert first
    os.kill(first, signal.SIGKILL)
    with pytest.raises(WorkerLost, match="SIGKILL"):
        faulting.generate([asked(faulting, "good")], DecodingOptions())
    faulting.restart()
    assert faulting.pid != first
    assert [each.text for each in faulting.generate([asked(faulting, "good")], DecodingOptions())] == ["GOOD"]


def test_a_batch_that_finds_the_process_gone_has_not_begun(faulting: IsolatedEngine) -> None:
    assert faulting.pid
    os.kill(faulting.pid, signal.SIGKILL)
    for begun in (None, False):
        with pytest.raises(WorkerLost) as caught:
            faulting.generate([asked(faulting, "good")], DecodingOptions())
        assert begun is None or caught.value.begun is begun


async def test_a_process_that_is_not_there_yet_is_asked_nothing(folder: Folder, faulting: IsolatedEngine) -> None:
    """Or it would die of a text, and be told as a model that cannot be loaded."""
    assert faulting.pid
    os.kill(faulting.pid, signal.SIGKILL)
    folder.slow_down()
    with ThreadPoolExecutor(1) as threads:
        back = threads.submit(faulting.restart)
        await until(lambda: folder.entered)
        with pytest.raises(WorkerLost) as caught:
            faulting.generate([asked(faulting, "SEGFAULT")], DecodingOptions())
        assert not caught.value.begun
        folder.go()
        back.result()
        assert [each.text for each in faulting.generate([asked(faulting, "good")], DecodingOptions())] == ["GOOD"]


def test_native_code_that_reads_address_zero_is_lost_and_had_begun(faulting: IsolatedEngine) -> None:
    with pytest.raises(WorkerLost, match="SIGSEGV") as caught:
        faulting.generate([asked(faulting, "SEGFAULT")], DecodingOptions())
    assert caught.value.begun


def test_a_hang_with_the_interpreters_lock_is_lost_after_the_bound(folder: Folder) -> None:
    engine = faulty.isolated(folder.manifest, max_batch_seconds=0.5)
    with pytest.raises(WorkerLost, match=r"no answer for 0\.5 s"):
        engine.generate([asked(engine, "HANG")], DecodingOptions())
    engine.close()


def test_an_engines_error_is_named_without_its_words_and_costs_no_process(faulting: IsolatedEngine) -> None:
    process = faulting.pid
    with pytest.raises(EngineFailed, match=r"RuntimeError in faulty\.py:\d+ _generation") as caught:
        faulting.generate([asked(faulting, "a secret ERROR")], DecodingOptions())
    assert "secret" not in str(caught.value)
    assert [each.text for each in faulting.generate([asked(faulting, "good")], DecodingOptions())] == ["GOOD"]
    assert faulting.pid == process


def test_it_is_the_first_to_go_when_memory_ends(faulting: IsolatedEngine) -> None:
    own, its = (int(Path(f"/proc/{pid}/oom_score_adj").read_text(encoding="ascii")) for pid in ("self", faulting.pid))
    assert its == min(1000, own + 500)


def test_an_abandoned_engine_has_no_process_and_gets_none(faulting: IsolatedEngine) -> None:
    faulting.abandon()
    with pytest.raises(WorkerLost):
        faulting.generate([asked(faulting, "good")], DecodingOptions())
    with pytest.raises(ModelInvalid, match="SIGKILL"):
        faulting.restart()


def test_corrupted_weights_are_named_as_ever(tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(STARTER, model)
    with (model / "model.bin").open("ab") as weights:
        weights.write(b"!")
    with pytest.raises(ModelInvalid, match=r"model\.bin' is corrupted or was changed"):
        loading.load(manifests.read(model), isolated=True)


def test_a_process_that_dies_as_it_loads_is_an_invalid_model(folder: Folder) -> None:
    engine = IsolatedEngine(
        folder.manifest,
        Placement(),
        counter=lambda: len,
        max_batch_seconds=faulty.PATIENCE_SECONDS,
        loader="tests.integration.faulty:deadly",
    )
    with pytest.raises(ModelInvalid, match="its worker process died while it loaded: exit status 9"):
        engine.start()
    engine.close()


def test_a_model_that_changed_on_disk_does_not_come_back_as_another(folder: Folder, faulting: IsolatedEngine) -> None:
    path = folder.path / "model.toml"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    path.write_text(text.replace("max_output_tokens = 256", "max_output_tokens = 200"), encoding="utf-8")
    with pytest.raises(ModelInvalid, match="was changed since the server read it"):
        faulting.restart()
