"""Read the project's Python files as syntax trees: what each imports, anywhere in it and for types too."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SERVICE, CLIENT = "korotko_service", "korotko"
_HOMES = {SERVICE: ROOT / "service", CLIENT: ROOT / "client"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One file: its dotted name, and the dotted names of what it imports."""

    name: str
    path: Path
    text: str
    tree: ast.Module
    imports: frozenset[str]

    @property
    def room(self) -> str:
        """The folder or single module right below the package: "rpc" for korotko_service.rpc.status."""
        return [*self.name.split("."), "__init__"][1]

    @property
    def generated(self) -> bool:
        return self.name.startswith("korotko.v1")

    def imports_of(self, package: str) -> set[str]:
        """Imported modules that are `package` or inside it."""
        return {name for name in self.imports if name == package or name.startswith(f"{package}.")}


def module(name: str, text: str, *, path: Path = Path("made-up.py"), known: frozenset[str] = frozenset()) -> Module:
    """A module from its text; `known` says which imported names are modules rather than names inside one."""
    tree = ast.parse(text)
    imports = frozenset(imported for node in ast.walk(tree) for imported in _imported(node, name, known))
    return Module(name=name, path=path, text=text, tree=tree, imports=imports)


@cache
def package(top: str) -> tuple[Module, ...]:
    """Every module of the server or the client."""
    home = _HOMES[top]
    paths = {_dotted(path.relative_to(home)): path for path in sorted((home / top).rglob("*.py"))}
    known = frozenset(paths) | frozenset(_dotted(path.relative_to(_HOMES[CLIENT])) for path in (_HOMES[CLIENT] / CLIENT).rglob("*.py"))
    return tuple(module(name, path.read_text(encoding="utf-8"), path=path, known=known) for name, path in paths.items())


@cache
def scripts() -> tuple[Module, ...]:
    """Every other Python file of the repository."""
    folders = [ROOT / name for name in ("tests", "training", "benchmarks", "seeds")]
    paths = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    return tuple(module(_dotted(path.relative_to(ROOT)), path.read_text(encoding="utf-8"), path=path) for path in paths)


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def cycle(modules: tuple[Module, ...]) -> list[str]:
    """A path from a module back to itself along imports; empty if there is none."""
    graph = {each.name: sorted(each.imports) for each in modules}
    finished: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in finished or name not in graph:
            return []
        found = next((loop for each in graph[name] if (loop := walk(each, [*way, name]))), [])
        finished.add(name)
        return found

    return next((loop for name in graph if (loop := walk(name, []))), [])


def _imported(node: ast.AST, importer: str, known: frozenset[str]) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (each.name for each in names)
        case ast.ImportFrom(module=source, names=names, level=level):
            if level:
                source = ".".join([*importer.split(".")[:-level], *([source] if source else [])])
            for each in names:
                inner = f"{source}.{each.name}"
                yield inner if inner in known else str(source)


def _dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")
