"""Settings: what is read, what wins, and how a typing error stops the start."""

import dataclasses
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from korotko_service import config
from korotko_service.config import Settings
from korotko_service.errors import ConfigInvalid


def file(folder: Path, text: str) -> Path:
    path = folder / "korotko.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_set_means_the_defaults() -> None:
    assert config.load({}) == Settings()


def test_other_programs_variables_are_none_of_ours() -> None:
    assert config.load({"PATH": "/bin", "PORT": "1", "korotko_port": "2"}) == Settings()


def test_the_clients_variables_are_let_pass() -> None:
    assert config.load({"KOROTKO_SERVER": "host:1", "KOROTKO_TOKEN": "secret"}) == Settings()


@pytest.mark.parametrize(
    ("variable", "text", "value"),
    [
        ("KOROTKO_PORT", "0", 0),
        ("KOROTKO_METRICS_PORT", "9100", 9100),
        ("KOROTKO_MAX_WAIT_SECONDS", "0.5", 0.5),
        ("KOROTKO_MAX_CALL_SECONDS", "30", 30.0),
        ("KOROTKO_ACCEPT_NONCOMMERCIAL", "true", True),
        ("KOROTKO_LOG_HUMAN", "1", True),
        ("KOROTKO_LOG_HUMAN", "FALSE", False),
        ("KOROTKO_HOST", "::", "::"),
        ("KOROTKO_MODELS", "a, b,,c ", ("a", "b", "c")),
        ("KOROTKO_MODELS", "", ()),
        ("KOROTKO_METRICS_PORT", "", None),
        ("KOROTKO_HOST", "", "127.0.0.1"),
        ("KOROTKO_DEVICE", "", "cpu"),
        ("KOROTKO_LOG_HUMAN", "", False),
        ("KOROTKO_COMPUTE_TYPE", "int8_float16", "int8_float16"),
        ("KOROTKO_DEVICE_INDEX", "0,", (0,)),
        ("KOROTKO_LOADING", "lazy", "lazy"),
        ("KOROTKO_MEMORY_BUDGET_BYTES", "4000000000", 4_000_000_000),
    ],
)
def test_a_variable_is_read_as_its_settings_type(variable: str, text: str, value: Any) -> None:
    assert getattr(config.load({variable: text}), variable.removeprefix("KOROTKO_").lower()) == value


@pytest.mark.parametrize(
    ("variable", "text", "message"),
    [
        ("KOROTKO_PORT", "http", "KOROTKO_PORT='http': expected a whole number"),
        ("KOROTKO_PORT", "1.5", "KOROTKO_PORT='1.5': expected a whole number"),
        ("KOROTKO_MAX_WAIT_SECONDS", "soon", "KOROTKO_MAX_WAIT_SECONDS='soon': expected a number"),
        ("KOROTKO_DEVICE_INDEX", "0,gpu1", "KOROTKO_DEVICE_INDEX='gpu1': expected a whole number"),
        ("KOROTKO_DEVICE_INDEX", "1", "device_index = [1]: device = 'cpu' has no other than 0"),
        ("KOROTKO_LOG_HUMAN", "yes", "KOROTKO_LOG_HUMAN='yes': expected true or false"),
        ("KOROTKO_MAX_BATCH_TOKEN", "5", "unknown variable KOROTKO_MAX_BATCH_TOKEN; known: "),
        ("KOROTKO_", "5", "unknown variable KOROTKO_; known: "),
    ],
)
def test_a_bad_variable_stops_the_start_and_names_itself(variable: str, text: str, message: str) -> None:
    with pytest.raises(ConfigInvalid) as caught:
        config.load({variable: text})
    assert message in str(caught.value)


def test_the_known_variables_are_listed_where_one_is_unknown() -> None:
    with pytest.raises(ConfigInvalid, match="KOROTKO_MAX_BATCH_TOKENS"):
        config.load({"KOROTKO_MAX_BATCH_TOKEN": "5"})


RANGES = [
    ("port", -1),
    ("port", 65536),
    ("metrics_port", 70000),
    ("replicas", -1),
    ("memory_budget_bytes", -1),
    ("worker_memory_bytes", -1),
    ("threads_per_replica", 0),
    ("threads_per_replica", 1025),
    ("max_texts", 0),
    ("max_targets", 0),
    ("max_stream_in_flight", 0),
    ("max_concurrent_calls", 0),
    ("max_text_characters", 0),
    ("max_message_bytes", 2**31),
    ("max_queued_sequences", 0),
    ("max_batch_tokens", 0),
    ("max_batch_sequences", 0),
    ("max_wait_seconds", -0.1),
    ("max_wait_seconds", float("nan")),
    ("max_wait_seconds", float("inf")),
    ("drain_delay_seconds", -1),
    ("drain_seconds", 3601),
    ("max_call_seconds", 0),
]


@pytest.mark.parametrize(("name", "value"), RANGES)
def test_a_value_out_of_range_is_never_born(name: str, value: float) -> None:
    with pytest.raises(ConfigInvalid, match=rf"^{name} = {value}: expected "):
        Settings(**{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("device", "tpu"),
        ("compute_type", "int3"),
        ("brief_method", "auto"),
        ("loading", "never"),
        ("log_level", "TRACE"),
        ("log_level", "info"),
    ],
)
def test_a_choice_that_is_none_is_refused(name: str, value: str) -> None:
    with pytest.raises(ConfigInvalid, match=f"{name} = '{value}': expected one of "):
        Settings(**{name: value})


@pytest.mark.parametrize("indices", [(), (-1,), (0, 0), (1, -2)])
def test_devices_are_numbers_from_0_and_each_once(indices: tuple[int, ...]) -> None:
    with pytest.raises(ConfigInvalid, match=r"^device_index = \[.*\]: expected at least one number from 0, each once"):
        Settings(device="cuda", device_index=indices)


def test_several_gpus_are_listed() -> None:
    assert config.load({"KOROTKO_DEVICE": "cuda", "KOROTKO_DEVICE_INDEX": "0, 2"}).device_index == (0, 2)


def test_memory_of_workers_is_not_bounded_where_there_are_none() -> None:
    with pytest.raises(ConfigInvalid, match="set isolation to 'process'"):
        Settings(worker_memory_bytes=10**9, isolation="thread")


def test_calls_and_metrics_want_ports_of_their_own() -> None:
    with pytest.raises(ConfigInvalid, match=r"metrics_port = 9464: .*give metrics another"):
        Settings(port=9464, metrics_port=9464)
    assert Settings(port=0, metrics_port=0)


@pytest.mark.parametrize("given_", [{"tls_certificate": "cert.pem"}, {"tls_key": "key.pem"}])
def test_a_certificate_without_its_key_is_refused(given_: dict[str, str]) -> None:
    with pytest.raises(ConfigInvalid, match="set both or neither"):
        Settings(**given_)


def test_a_file_is_read(tmp_path: Path) -> None:
    path = file(tmp_path, 'port = 7\nmodels = ["a"]\nmax_wait_seconds = 1\nlog_human = true\nmetrics_port = 0\n')
    read = config.load({}, file=path)
    assert (read.port, read.models, read.max_wait_seconds, read.log_human, read.metrics_port) == (7, ("a",), 1.0, True, 0)
    assert isinstance(read.max_wait_seconds, float)


def test_the_environment_may_name_the_file(tmp_path: Path) -> None:
    assert config.load({"KOROTKO_CONFIG": str(file(tmp_path, "port = 7"))}).port == 7


def test_a_given_file_goes_before_the_named_one(tmp_path: Path) -> None:
    assert config.load({"KOROTKO_CONFIG": "/nowhere/at/all.toml"}, file=file(tmp_path, "port = 7")).port == 7


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    assert config.load({"KOROTKO_PORT": "8"}, file=file(tmp_path, "port = 7")).port == 8


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("prot = 7", "unknown key 'prot'; known keys: "),
        ("[server]\nport = 7", "unknown key 'server'"),
        ('port = "7"', "port = '7': expected a whole number"),
        ("port = true", "port = True: expected a whole number"),
        ("port = 7.0", "port = 7.0: expected a whole number"),
        ("metrics_port = false", "metrics_port = False: expected a whole number"),
        ("max_wait_seconds = '1'", "max_wait_seconds = '1': expected a number"),
        ("max_wait_seconds = true", "max_wait_seconds = True: expected a number"),
        ("log_human = 1", "log_human = 1: expected true or false"),
        ("host = 1", "host = 1: expected a string"),
        ("models = 'a'", "models = 'a': expected a list of strings"),
        ("models = [1]", "models = [1]: expected a list of strings"),
        ("device_index = 1", "device_index = 1: expected a list of whole numbers"),
        ("device_index = [true]", "device_index = [True]: expected a list of whole numbers"),
        ("device_index = ['0']", "device_index = ['0']: expected a list of whole numbers"),
        ("port = ", "configuration file"),
        ("port = 7\nport = 8", "configuration file"),
        ("port = 70000", "port = 70000: expected 0 to 65535"),
        (f"port = {'9' * 5000}", "a number of thousands of digits"),
        (f"port = 0x{'f' * 5000}", "port = a number of more than 64 bits: expected 0 to 65535"),
        (f"max_wait_seconds = 0x{'f' * 5000}", "max_wait_seconds = inf: expected 0 to 3600"),
        (f"device_index = [0x{'f' * 5000}]", "device_index = [a number of more than 64 bits]: device = 'cpu' has no other than 0"),
        (f"port = {'9' * 500}", "port = a number of more than 64 bits: expected 0 to 65535"),
        (f"max_wait_seconds = {'9' * 400}", "max_wait_seconds = inf: expected 0 to 3600"),
        (f"models = {'[' * 5000}{']' * 5000}", "nested too deeply"),
    ],
)
def test_a_bad_file_stops_the_start_and_names_what_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigInvalid) as caught:
        config.load({}, file=file(tmp_path, text))
    assert message in str(caught.value)


@pytest.mark.parametrize("name", [name for name, kind in get_type_hints(Settings).items() if kind in (int, float, int | None)])
def test_every_number_has_a_range(name: str) -> None:
    with pytest.raises(ConfigInvalid, match=f"^{name} = -1: expected [0-9.]+ to "):
        Settings(**{name: -1})


@pytest.mark.parametrize("variable", ["KOROTKO_MAX_TEXTS", "KOROTKO_REPAIR", "KOROTKO_DEVICE", "KOROTKO_DEVICE_INDEX"])
def test_a_long_value_is_told_in_short(variable: str) -> None:
    with pytest.raises(ConfigInvalid) as caught:
        config.load({variable: "9" * 5000})
    assert variable.removeprefix("KOROTKO_").lower() in str(caught.value).lower()
    assert len(str(caught.value)) < 200


def test_a_file_that_begins_with_a_mark_of_its_encoding_is_read(tmp_path: Path) -> None:
    """As some editors write it, and as the tokens file may begin too."""
    assert config.load({}, file=file(tmp_path, "\ufeffport = 7")).port == 7


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigInvalid, match=r"gone\.toml: No such file or directory$"):
        config.load({}, file=tmp_path / "gone.toml")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "korotko.toml"
    path.write_bytes("host = 'дім'".encode("cp1251"))
    with pytest.raises(ConfigInvalid, match=r"korotko\.toml: not a text file in UTF-8"):
        config.load({}, file=path)


names = st.sampled_from([field.name for field in dataclasses.fields(Settings)])
texts = st.text(max_size=12) | st.integers().map(str) | st.floats().map(str) | st.sampled_from(["true", "0", "1e9", "cpu", "a,b"])


@hypothesis_settings(max_examples=150, deadline=None)
@given(st.dictionaries(names, texts, max_size=4))
def test_any_environment_gives_valid_settings_or_is_refused_by_name(values: dict[str, str]) -> None:
    try:
        read = config.load({f"KOROTKO_{name.upper()}": text for name, text in values.items()})
    except ConfigInvalid as refusal:
        assert any(word in str(refusal) for name in values for word in (name, name.upper()))  # noqa: PT017  # Either is right.
    else:
        assert dataclasses.replace(read) == read


@hypothesis_settings(max_examples=150, deadline=None)
@given(st.text(max_size=60) | st.tuples(names, st.text(max_size=10)).map(" = ".join))
def test_any_file_gives_valid_settings_or_is_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(text, encoding="utf-8", newline="")
    try:
        assert isinstance(config.load({}, file=path), Settings)
    except ConfigInvalid as refusal:
        assert str(refusal)  # noqa: PT017  # Either is right.


@pytest.mark.parametrize("limits", [{"max_message_bytes": 10}, {"max_text_characters": 3_000_000}])
def test_a_message_that_the_longest_text_does_not_fit_into_is_refused(limits: dict[str, int]) -> None:
    with pytest.raises(ConfigInvalid, match=r"max_message_bytes = \d+: a text of max_text_characters = \d+ does not fit"):
        Settings(**limits)  # type: ignore[arg-type]
    assert Settings(max_text_characters=3_000_000, max_message_bytes=6_000_000)


@given(name=st.sampled_from([field.name for field in dataclasses.fields(Settings)]))
def test_an_empty_variable_is_one_that_is_not_set(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    path = tmp_path_factory.mktemp("settings") / "k.toml"
    path.write_text('host = "::1"\nport = 7\nmodels = ["a"]\nlog_human = true', encoding="utf-8")
    assert config.load({f"KOROTKO_{name.upper()}": ""}, file=path) == config.load({}, file=path)
