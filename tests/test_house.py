"""The house rules of docs/architecture.md, enforced by reading the real files."""

import ast
import re
from collections.abc import Iterable

import pytest

from tests import house
from tests.house import CLIENT, SERVICE, Module
from tests.plan import ADAPTER_FREE, FLOOR_OF, LEVEL_OF, NEVER, OWNERS

BANNED = {"utils", "util", "helpers", "helper", "common", "base", "manager", "registry", "payload", "backend", "misc"}
CHANGING = {"Ledger", "Call", "CostModel", "RecentLoad", "_Entry", "Numeral", "BatchTime", "Flight", "Flow", "Backlog"}
MAX_FILE, MAX_FUNCTION = 300, 40

service, client = house.package(SERVICE), house.package(CLIENT)
written = tuple(module for module in (*service, *client, *house.scripts()) if not module.generated)


def rooms_of(module: Module) -> set[str]:
    """Rooms of the server that a module imports, except its own."""
    names = {[*name.split("."), "__init__"][1] for name in module.imports_of(SERVICE)}
    return names - {module.room}


def upward(modules: Iterable[Module]) -> list[str]:
    return [
        f"{module.name} (floor {FLOOR_OF.get(module.room)}) imports {room} (floor {FLOOR_OF[room]})"
        for module in modules
        for room in sorted(rooms_of(module) & set(FLOOR_OF))
        if FLOOR_OF[room] >= FLOOR_OF.get(module.room, 0)
    ]


def out_of_order(modules: Iterable[Module]) -> list[str]:
    """Modules of a room with shelves that import a shelf not below their own."""
    return [
        f"{module.name} imports {module.room}/{shelf}, which is not below it"
        for module in modules
        if (levels := LEVEL_OF.get(module.room))
        for shelf in sorted({_shelf(name) for name in module.imports_of(f"{SERVICE}.{module.room}")} - {_shelf(module.name)})
        if shelf not in levels or levels[shelf] >= levels[_shelf(module.name)]
    ]


def _shelf(name: str) -> str:
    """The folder or single module right below the room."""
    return [*name.split("."), "__init__"][2]


def forbidden(modules: Iterable[Module]) -> list[str]:
    return [
        f"{module.name} imports {room}: {why}"
        for module in modules
        for where, room, why in NEVER
        if module.room == where and room in rooms_of(module)
    ]


def adapters(modules: Iterable[Module]) -> list[str]:
    """Imports of an engine's insides by rooms that know only the protocol."""
    return [
        f"{module.name} imports {name}: only engines.engine, the protocol, is known there"
        for module in modules
        if module.room in ADAPTER_FREE
        for name in sorted(module.imports_of(f"{SERVICE}.engines") - {f"{SERVICE}.engines.engine"})
    ]


def strangers(modules: Iterable[Module]) -> list[str]:
    """Libraries imported outside the room that owns them."""
    return [
        f"{module.name} imports {library}, which belongs in {', '.join(sorted(owners))}"
        for module in modules
        for library, owners in OWNERS.items()
        if module.imports_of(library) and not owners & {module.room, module.name.removeprefix(f"{SERVICE}.")}
    ]


def environment(modules: Iterable[Module], *, readers: set[str]) -> list[str]:
    return [
        f"{module.name} reads the environment"
        for module in modules
        if module.name not in readers and re.search(r"\b(environ|getenv)\b", ast.unparse(module.tree))
    ]


def wall_clocks(modules: Iterable[Module], *, readers: set[str]) -> list[str]:
    """Readers of a clock that an administrator or a leap second can set: waits and deadlines use the monotonic one."""
    return [
        f"{module.name} reads the wall clock"
        for module in modules
        if module.name not in readers
        and re.search(r"\btime\.time\b|\bfrom time import .*\btime\b|\b(now|utcnow|today)\(\)", ast.unparse(module.tree))
    ]


def long_files(modules: Iterable[Module]) -> list[str]:
    return [f"{m.path}: {n} lines" for m in modules if (n := m.text.count("\n")) > MAX_FILE]


def long_functions(modules: Iterable[Module]) -> list[str]:
    return [
        f"{module.path}: {function.name}: {length} lines"
        for module in modules
        for function in house.functions(module.tree)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > MAX_FUNCTION
    ]


def nameless(modules: Iterable[Module]) -> list[str]:
    """Modules that do not say in their first sentence what they are for."""
    return [str(module.path) for module in modules if not (ast.get_docstring(module.tree) or "").partition("\n")[0].strip()]


def banned_names(modules: Iterable[Module]) -> list[str]:
    found = []
    for module in modules:
        last = module.name.rpartition(".")[2]
        if set(last.lower().strip("_").split("_")) & BANNED or last.strip("_") in ("item", "items"):
            found.append(module.name)
        classes = [node.name for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
        found += [f"{module.name}.{name}" for name in classes if {word.lower() for word in re.findall(r"[A-Z][a-z0-9]*", name)} & BANNED]
    return found


def loose_values(modules: Iterable[Module]) -> list[str]:
    """Dataclasses that are not slotted, or that can change without being listed as mutable."""
    found = []
    for module in modules:
        for node in ast.walk(module.tree):
            for mark in node.decorator_list if isinstance(node, ast.ClassDef) else []:
                if ast.unparse(mark).startswith("dataclass"):
                    keywords = set(re.findall(r"(\w+)=True", ast.unparse(mark)))
                    if "slots" not in keywords or ("frozen" not in keywords and node.name not in CHANGING):
                        found.append(f"{module.name}.{node.name}")
    return found


def silent_skips(modules: Iterable[Module]) -> list[str]:
    """Skipped or expected failures that give no reason."""
    found = []
    for module in modules:
        marks = [ast.unparse(node) for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
        bare = [ast.unparse(node) for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)]
        reasoned = {mark.partition("(")[0] for mark in marks if "reason=" in mark}
        for name in ("pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"):
            calls = [mark for mark in marks if mark.startswith(f"{name}(")]
            if any("reason=" not in call for call in calls) or (name in bare and name not in reasoned):
                found.append(f"{module.path}: {name}")
        found += [f"{module.path}: {mark}" for mark in marks if mark in ("pytest.skip()", "pytest.xfail()")]
    return found


def test_imports_point_down() -> None:
    assert upward(service) == []


def test_every_room_has_a_floor() -> None:
    assert {module.room for module in service} - set(FLOOR_OF) == set()


def test_shelves_import_only_those_below() -> None:
    assert out_of_order(service) == []


def test_every_shelf_has_a_level() -> None:
    assert {(each.room, _shelf(each.name)) for each in service if each.room in LEVEL_OF} == {
        (room, shelf) for room, levels in LEVEL_OF.items() for shelf in levels
    }


def test_rooms_import_nothing_from_their_never_list() -> None:
    assert forbidden(service) == []


def test_only_the_engine_protocol_is_known_above_tensors() -> None:
    assert adapters(service) == []


def test_libraries_stay_in_the_rooms_that_own_them() -> None:
    assert strangers(service) == []


def test_threads_are_used_only_by_the_workers() -> None:
    users = [m.name for m in service if re.search(r"asyncio\.to_thread|run_in_executor", m.text)]
    assert users == [f"{SERVICE}.scheduling.workers"]


@pytest.mark.parametrize("modules", [service, client], ids=[SERVICE, CLIENT])
def test_imports_make_no_circle(modules: tuple[Module, ...]) -> None:
    assert house.cycle(modules) == []


def test_the_server_knows_of_the_client_only_the_contract() -> None:
    assert {name for module in service for name in module.imports_of(CLIENT) if not name.startswith("korotko.v1.")} == set()


def test_the_client_knows_nothing_of_the_server() -> None:
    assert [module.name for module in client if module.imports_of(SERVICE)] == []


def test_only_the_command_line_uses_the_clients_own_door() -> None:
    inside = {f"korotko.{name}" for name in ("_sync", "_async", "_calls", "_replies", "_server_replies", "_bulk", "_status", "_channel")}
    assert [module.name for module in client if module.name in inside and "korotko" in module.imports] == []


def test_both_clients_are_seen_only_through_the_door() -> None:
    twins = {"korotko._sync", "korotko._async"}
    assert [module.name for module in client if module.imports & twins] == ["korotko"]


def test_the_environment_is_read_by_the_settings_alone() -> None:
    assert environment(service, readers={f"{SERVICE}.config"}) == []


def test_only_what_is_shown_to_people_reads_the_wall_clock() -> None:
    assert wall_clocks(service, readers={f"{SERVICE}.rpc.directory"}) == []


def test_the_clients_command_line_reads_two_variables() -> None:
    assert environment(client, readers={"korotko._program"}) == []
    text = next(module.text for module in client if module.name == "korotko._program")
    assert set(re.findall(r"environ\.get\(\"(\w+)\"\)", text)) == {"KOROTKO_SERVER", "KOROTKO_TOKEN"}
    assert text.count("environ") == 2


def test_types_are_imported_as_openly_as_values() -> None:
    assert [module.name for module in (*service, *client) if not module.generated and "TYPE_CHECKING" in module.text] == []


def test_no_file_is_over_its_wall() -> None:
    assert long_files(written) == []


def test_no_function_is_over_its_wall() -> None:
    assert long_functions(written) == []


def test_line_one_says_what_the_room_is_for() -> None:
    assert nameless(written) == []


def test_no_name_is_a_word_that_says_nothing() -> None:
    assert banned_names((*service, *client)) == []


def test_values_are_slotted_and_those_that_change_are_listed() -> None:
    assert loose_values(service) == []


def test_skipped_tests_give_a_reason() -> None:
    assert silent_skips(house.scripts()) == []
