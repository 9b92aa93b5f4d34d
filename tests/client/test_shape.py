"""The shape of the SDK: one door, two clients that differ by a word, and floors that look down only."""

import ast
import inspect
import pickle
import re
from dataclasses import is_dataclass
from pathlib import Path
from types import ModuleType

import pytest

import korotko
from korotko import _errors, _results, _server, _summaries

PACKAGE = Path(korotko.__file__).parent
MODULES = sorted(PACKAGE.glob("*.py"))
FOLDS = [
    (r"\basync |\bawait ", ""),
    (r"__a(enter|exit)__", r"__\1__"),
    (r"async_|Async", ""),
    (r"grpc\.aio\.", "grpc."),
    (r"Generator\[(.+), None, None\]", r"Generator[\1, None]"),
    (r"\n.*\b_loop\b.*", ""),  # the event loop that an AsyncClient belongs to
]
# From the roof down; a module may import modules of lower floors and of its own.
FLOORS = [
    {"__main__"},
    {"_program"},
    {"_commands"},
    {"_arguments", "_reports"},
    {"_exits", "_printing", "_reading"},
    {"__init__"},
    {"_async", "_sync"},
    {"_bulk", "_calls", "_channel", "_feed", "_outbox", "_patience", "_replies", "_server_replies", "_source"},
    {"_status", "_words"},
    {"_given", "_json", "_options", "_results", "_server", "_summaries"},
    {"_errors", "_unreachable", "_version"},
    {"v1"},
]


def folded_class(module: str) -> str:
    source = (PACKAGE / module).read_text("utf-8")
    for pattern, replacement in FOLDS:
        source = re.sub(pattern, replacement, source)
    (client,) = (node for node in ast.parse(source).body if isinstance(node, ast.ClassDef))
    return ast.dump(client, indent=1)


def classes_of(module: ModuleType) -> list[str]:
    """The names of the classes written in a module, in its order."""
    source = Path(module.__file__ or "").read_text("utf-8")
    return [node.name for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]


def floor_of(module: str) -> int:
    (floor,) = (number for number, modules in enumerate(FLOORS) if module in modules)
    return floor


def imported_modules(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "korotko":
            inside = node.module.split(".")[1:2]
            found |= set(inside) or {name.name if (PACKAGE / f"{name.name}.py").exists() else "__init__" for name in node.names}
    return found


def test_the_clients_differ_only_by_async_and_await() -> None:
    assert folded_class("_async.py") == folded_class("_sync.py")


def test_the_door_shows_exactly_what_it_lists() -> None:
    public = {name for name in vars(korotko) if not name.startswith("_") and name != "v1"} | {"__version__"}
    assert set(korotko.__all__) == public
    assert sorted(korotko.__all__) == korotko.__all__


@pytest.mark.parametrize("module", [_errors, _results, _server, _summaries])
def test_the_door_shows_every_result_and_error(module: ModuleType) -> None:
    assert set(classes_of(module)) <= set(korotko.__all__)


def test_what_the_door_shows_is_named_by_it() -> None:
    shown = [value for name in korotko.__all__ if isinstance(value := getattr(korotko, name), type)]
    assert {value.__module__ for value in shown} == {"korotko"}
    span = korotko.Span(start=0, end=3)
    assert b"korotko._" not in pickle.dumps(span)
    assert pickle.loads(pickle.dumps(span)) == span


@pytest.mark.parametrize("kind", [korotko.Client, korotko.AsyncClient])
def test_help_names_every_keyword(kind: type) -> None:
    for method, options in (("summarize", korotko.SummarizeOptions), ("translate", korotko.TextOptions)):
        words = set(re.findall(r"\w+", getattr(kind, method).__doc__))
        assert set(options.__annotations__) <= words


@pytest.mark.parametrize("options", [korotko.CallOptions, korotko.TextOptions, korotko.BriefOptions, korotko.SummarizeOptions])
def test_help_says_what_each_keyword_means(options: type) -> None:
    said = re.findall(r"^(\w+): \S", inspect.getdoc(options) or "", re.MULTILINE)
    assert sorted(said) == sorted(options.__annotations__)


def test_a_client_says_where_it_leads_and_whether_it_is_closed() -> None:
    with korotko.Client("localhost:50051") as client:
        assert repr(client) == "<korotko.Client localhost:50051>"
    assert repr(client) == "<korotko.Client localhost:50051 closed>"


def test_results_are_frozen_and_slotted() -> None:
    results = [value for value in vars(korotko).values() if is_dataclass(value)]
    assert len(results) > 20
    for result in results:
        assert result.__dataclass_params__.frozen
        assert "__slots__" in vars(result)


def test_the_error_tree_is_drawn_as_it_is() -> None:
    drawn = re.findall(r"^ +[│ ]*[├└]── (\w+)", _errors.__doc__ or "", re.MULTILINE)
    assert ["KorotkoError", *drawn] == classes_of(_errors)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_room_says_what_it_is_for_and_is_no_longer_than_a_wall(path: Path) -> None:
    first, *_ = (path.read_text("utf-8")).splitlines()
    assert first.startswith('"""')
    assert len(path.read_text("utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_imports_point_down(path: Path) -> None:
    for module in imported_modules(path):
        assert floor_of(module) >= floor_of(path.stem), f"{path.stem} imports {module}"


def test_the_service_is_not_imported() -> None:
    assert not [path for path in MODULES if re.search(r"^\s*(from|import) korotko_service", path.read_text("utf-8"), re.MULTILINE)]


def test_only_the_command_line_reads_the_environment() -> None:
    assert {path.stem for path in MODULES if "os.environ" in path.read_text("utf-8")} == {"_program"}
