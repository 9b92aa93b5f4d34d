"""The contract: the committed stubs are those of protos/, numbers never change, and every name keeps the style of the contract."""

import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import google.api
import grpc_tools
import pytest
from google.api import field_behavior_pb2
from google.protobuf.descriptor_pb2 import FieldDescriptorProto, FileDescriptorProto, FileDescriptorSet
from grpc_tools import protoc

from tests.house import ROOT

PROTOS = ROOT / "protos"
GOLDEN = ROOT / "tests" / "contract.txt"
FILES = sorted(path.relative_to(PROTOS).as_posix() for path in PROTOS.rglob("*.proto"))
# Field numbers of descriptor.proto, which make up the paths in SourceCodeInfo.
_MESSAGE, _ENUM, _SERVICE, _FIELD, _VALUE, _METHOD, _ONEOF = 4, 5, 6, 2, 2, 2, 8


def compiled(proto: Path, files: list[str], out: Path) -> FileDescriptorSet:
    """The descriptors of the given files, with their comments."""
    assert field_behavior_pb2.DESCRIPTOR  # Loaded first, so that the option is read and not kept as unknown bytes.
    includes = [proto, Path(grpc_tools.__file__).parent / "_proto", Path(next(iter(google.api.__path__))).parents[1]]
    arguments = ["protoc", *(f"-I{folder}" for folder in includes), "--include_source_info", f"--descriptor_set_out={out}", *files]
    assert protoc.main(arguments) == 0
    return FileDescriptorSet.FromString(out.read_bytes())


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> FileDescriptorSet:
    return compiled(PROTOS, FILES, tmp_path_factory.mktemp("contract") / "set.bin")


def plain(file: FileDescriptorProto) -> FileDescriptorProto:
    """A file without what a generator may add or leave out: comments and the JSON names that follow from the names."""
    copy = FileDescriptorProto()
    copy.CopyFrom(file)
    copy.ClearField("source_code_info")
    for message in [each for top in copy.message_type for each in (top, *top.nested_type)]:
        for field in message.field:
            field.ClearField("json_name")
    return copy


@pytest.mark.parametrize("name", FILES)
def test_committed_stubs_are_those_of_protos(contract: FileDescriptorSet, name: str) -> None:
    stub = importlib.import_module(name.removesuffix(".proto").replace("/", ".") + "_pb2")
    committed = FileDescriptorProto()
    stub.DESCRIPTOR.CopyToProto(committed)
    source = next(file for file in contract.file if file.name == name)
    assert plain(committed) == plain(source), f"client/{name} is stale: run `make protos`"


def lines(files: Iterable[FileDescriptorProto]) -> list[str]:
    """The contract as sorted lines, one for each thing that a caller may depend on."""
    return sorted(line for file in files for line in _lines(file))


def _lines(file: FileDescriptorProto) -> Iterator[str]:
    for message in file.message_type:
        for field in message.field:
            yield f"{file.package}.{message.name}.{field.name} = {field.number} {_type(field)}"
        for entry in message.nested_type:
            yield f"{file.package}.{message.name}.{entry.name}: " + ", ".join(f"{f.name} = {f.number} {_type(f)}" for f in entry.field)
    for enum in file.enum_type:
        for value in enum.value:
            yield f"{file.package}.{enum.name}.{value.name} = {value.number}"
    for service in file.service:
        for rpc in service.method:
            sent, got = ("stream " * rpc.client_streaming + rpc.input_type, "stream " * rpc.server_streaming + rpc.output_type)
            yield f"{file.package}.{service.name}.{rpc.name}({sent}) returns ({got})"


def _type(field: FieldDescriptorProto) -> str:
    repeated = "repeated " * (field.label == FieldDescriptorProto.LABEL_REPEATED)
    presence = "optional " * field.proto3_optional
    choice = " oneof" * (field.HasField("oneof_index") and not field.proto3_optional)
    kind = field.type_name or FieldDescriptorProto.Type.Name(field.type).removeprefix("TYPE_").lower()
    return f"{repeated}{presence}{kind}{choice}"


def test_nothing_that_was_promised_is_gone_or_renumbered(contract: FileDescriptorSet) -> None:
    broken = sorted(set(GOLDEN.read_text(encoding="utf-8").splitlines()) - set(lines(contract.file)))
    assert not broken, "callers depend on these lines of tests/contract.txt; put them back:\n" + "\n".join(broken)


def test_every_addition_is_recorded(contract: FileDescriptorSet) -> None:
    golden = GOLDEN.read_text(encoding="utf-8").splitlines()
    added = sorted(set(lines(contract.file)) - set(golden))
    assert not added, "new promises; add these lines to tests/contract.txt, in order:\n" + "\n".join(added)
    assert golden == sorted(golden)


def comments(file: FileDescriptorProto) -> set[tuple[int, ...]]:
    """Paths of the declarations that have a leading comment."""
    return {tuple(location.path) for location in file.source_code_info.location if location.leading_comments.strip()}


def declarations(file: FileDescriptorProto) -> Iterator[tuple[tuple[int, ...], str]]:
    """Path and name of everything that is declared, without the entries that the compiler makes for maps."""
    for m, message in enumerate(file.message_type):
        yield (_MESSAGE, m), message.name
        yield from (((_MESSAGE, m, _FIELD, f), f"{message.name}.{field.name}") for f, field in enumerate(message.field))
        synthetic = {field.oneof_index for field in message.field if field.proto3_optional}
        yield from (
            ((_MESSAGE, m, _ONEOF, o), f"{message.name}.{each.name}") for o, each in enumerate(message.oneof_decl) if o not in synthetic
        )
    for e, enum in enumerate(file.enum_type):
        yield (_ENUM, e), enum.name
        yield from (((_ENUM, e, _VALUE, v), value.name) for v, value in enumerate(enum.value))
    for s, service in enumerate(file.service):
        yield (_SERVICE, s), service.name
        yield from (((_SERVICE, s, _METHOD, r), f"{service.name}.{rpc.name}") for r, rpc in enumerate(service.method))


def uncommented(file: FileDescriptorProto) -> list[str]:
    said = comments(file)
    return [name for path, name in declarations(file) if path not in said]


def misplaced(file: FileDescriptorProto) -> list[str]:
    return [] if file.package == file.name.rpartition("/")[0].replace("/", ".") else [file.package]


def bad_zeroes(file: FileDescriptorProto) -> list[str]:
    return [
        enum.value[0].name
        for enum in file.enum_type
        if (enum.value[0].name, enum.value[0].number) != (f"{_snake(enum.name).upper()}_UNSPECIFIED", 0)
    ]


def unprefixed(file: FileDescriptorProto) -> list[str]:
    return [value.name for enum in file.enum_type for value in enum.value if not value.name.startswith(f"{_snake(enum.name).upper()}_")]


def shared_messages(file: FileDescriptorProto) -> list[str]:
    return [
        rpc.name
        for service in file.service
        for rpc in service.method
        if (rpc.input_type, rpc.output_type) != (f".{file.package}.{rpc.name}Request", f".{file.package}.{rpc.name}Response")
    ]


def bad_field_names(file: FileDescriptorProto) -> list[str]:
    fields = [field for message in file.message_type for field in message.field]
    return [field.name for field in fields if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", field.name)]


def bad_services(file: FileDescriptorProto) -> list[str]:
    return [service.name for service in file.service if not service.name.endswith("Service")]


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)


LINT: list[Callable[[FileDescriptorProto], list[str]]] = [
    uncommented,
    misplaced,
    bad_zeroes,
    unprefixed,
    shared_messages,
    bad_field_names,
    bad_services,
]


@pytest.mark.parametrize("rule", LINT, ids=lambda rule: rule.__name__)
def test_the_contract_keeps_its_style(contract: FileDescriptorSet, rule: Callable[[FileDescriptorProto], list[str]]) -> None:
    assert {file.name: found for file in contract.file if (found := rule(file))} == {}


_UGLY = """syntax = "proto3";
package korotko.v2;
enum Colour { RED = 0; }
message Thing { string myName = 1; }
service Things { rpc Get(Thing) returns (Thing); }
"""


@pytest.mark.parametrize("rule", LINT, ids=lambda rule: rule.__name__)
def test_each_rule_of_style_catches_what_it_forbids(tmp_path: Path, rule: Callable[[FileDescriptorProto], list[str]]) -> None:
    (tmp_path / "ugly.proto").write_text(_UGLY, encoding="utf-8")
    (file,) = compiled(tmp_path, ["ugly.proto"], tmp_path / "set.bin").file
    assert rule(file)


def test_a_renumbered_field_is_told_from_the_promise(contract: FileDescriptorSet) -> None:
    changed = FileDescriptorSet()
    changed.CopyFrom(contract)
    changed.file[0].message_type[0].field[0].number = 99
    assert len(set(lines(contract.file)) - set(lines(changed.file))) == 1
