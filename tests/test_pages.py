"""Everything that the Markdown pages name exists: links, files, commands, settings and their defaults, events of the log, reasons."""

import ast
import hashlib
import re
from dataclasses import MISSING, fields
from functools import cache
from importlib import import_module
from itertools import chain, count
from pathlib import Path

import pytest

from korotko_service import access, cli
from korotko_service.config import Settings
from korotko_service.engines import manifest
from tests.house import ROOT, SERVICE, package

PAGES = sorted(
    [
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "client/README.md", "deploy/README.md")),
        *(ROOT / name for name in ("training/README.md", "training/texts/README.md")),
    ]
)
OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
# Where a path in back-ticks may begin: a page about the server leaves the package's name out.
HOMES = (ROOT, ROOT / "service/korotko_service", ROOT / "training", ROOT / "seeds")
COMMANDS = {"korotko-service": cli.main, "python -m training": import_module("training.__main__").main}
MEDIA_TYPES = {"text/html", "text/plain", "text/markdown"}
MADE_BY_COMMANDS = (".bench", ".venv", "benchmarks/results/")
NOT_OURS = {"GRPC_VERBOSITY"}


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def quoted(page: Path) -> list[str]:
    """What is between single back-ticks."""
    return re.findall(r"(?<!`)`([^`\n]+)`(?!`)", read(page))


def commands(page: Path) -> str:
    """Quotations and code blocks: what a reader may type."""
    return "\n".join([*quoted(page), *re.findall(r"```\w*\n(.*?)```", read(page), re.DOTALL)])


def anchors(page: Path) -> set[str]:
    """The anchors of headings, as code hosts make them."""
    titles = re.findall(r"^#+ (.*)$", read(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def there(path: str) -> bool:
    return any(list(home.glob(each)) for home in HOMES for each in (path.rstrip("/"), f"{path}.py"))


@cache
def sources() -> str:
    """Every file that gives a name to something: code, contract, Makefile, image."""
    suffixes = {".py", ".proto", ".toml", ".yaml"}
    folders = ("service", "client/korotko", "protos", "benchmarks", "training", "deploy", "tests")
    inside = chain.from_iterable((ROOT / folder).rglob("*") for folder in folders)
    chosen = (path for path in inside if path.suffix in suffixes and path != Path(__file__))
    return "\n".join(read(path) for path in [*chosen, ROOT / "Makefile", ROOT / "Dockerfile"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
class TestAPage:
    def test_links_to_files_and_headings_that_are_there(self, page: Path) -> None:
        for target, _, anchor in (link.partition("#") for link in re.findall(r"\]\(([^)\s]+)\)", read(page)) if "://" not in link):
            file = (page.parent / target).resolve() if target else page
            assert file.exists(), target
            assert not anchor or anchor in anchors(file), f"{target}#{anchor}"

    def test_names_files_that_are_there(self, page: Path) -> None:
        paths = {word for word in quoted(page) if re.fullmatch(r"[a-z0-9_.*-]+(/[a-z0-9_.*-]+)+/?", word)}
        roots = {path.name for home in HOMES for path in home.iterdir()}
        meant = {path for path in paths - MEDIA_TYPES if path.split("/")[0] in roots and not path.startswith(MADE_BY_COMMANDS)}
        assert {path for path in meant if not there(path)} == set()

    def test_names_make_targets_that_are_there(self, page: Path) -> None:
        targets = set(re.findall(r"^([a-z-]+):", read(ROOT / "Makefile"), re.MULTILINE))
        assert set(re.findall(r"\bmake ([a-z][a-z-]*)", commands(page))) <= targets

    def test_names_modules_that_can_be_run(self, page: Path) -> None:
        for module in re.findall(r"python -m ([a-z_.]+)", commands(page)):
            path = ROOT / module.replace(".", "/")
            assert path.with_suffix(".py").exists() or (path / "__main__.py").exists() or module == "pip", module

    def test_names_verbs_that_the_commands_have(self, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
        for command, main in COMMANDS.items():
            for verbs in set(re.findall(rf"{command} +(models [a-z]+|[a-z]+(?:-[a-z]+)*)", commands(page))):
                with pytest.raises(SystemExit) as ended:
                    main([*verbs.split(), "--help"])
                assert ended.value.code == 0, f"{command} {verbs}: {capsys.readouterr().err}"

    def test_names_variables_and_reasons_that_the_code_knows(self, page: Path) -> None:
        settings = {f"KOROTKO_{field.name.upper()}" for field in fields(Settings)}
        words = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", read(page)))
        known = sources()
        assert {word for word in words - settings - NOT_OURS if not re.search(rf"\b{word}\b", known)} == set()


def test_operations_has_every_setting_with_its_default() -> None:
    told = dict[str, str]()
    for keys, defaults in re.findall(r"^\| (`[a-z_`, ]+`) \| ([^|]+) \| ", OPERATIONS.partition("## Life")[0], re.MULTILINE):
        names = re.findall(r"`(\w+)`", keys)
        told |= dict(zip(names, defaults.split(", ") if "," in defaults else [defaults] * len(names), strict=True))
    assert told.pop("models") == "the embedded starter"
    real = {field.name: field.default for field in fields(Settings) if field.default is not MISSING}
    assert told == {name: spelled(default) for name, default in real.items() if name != "models"}


def spelled(default: object) -> str:
    match default:
        case None | "":
            return "none"
        case bool():
            return str(default).lower()
        case tuple():
            return ", ".join(map(str, default))
        case float():
            return f"{default:g}"
        case _:
            return str(default)


def is_log(node: ast.expr) -> bool:
    return ast.unparse(node) in ("log", "structlog.get_logger(__name__)")


def test_operations_has_every_event_of_the_log_and_no_other() -> None:
    said = {
        word.value
        for module in package(SERVICE)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_log(node.func.value)
        for word in node.args[:2]  # `log.log(level, event)` has it in the second place
        if isinstance(word, ast.Constant) and isinstance(word.value, str)
    }
    table = OPERATIONS.partition("| event | says |")[2].partition("\n\n")[0]
    told = {name for row in table.splitlines() if row.startswith("| `") for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert said == told


def test_the_model_folder_of_the_docs_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "model.toml").write_text(toml_block(ROOT / "docs/models.md", "format = 1"), encoding="utf-8")
    assert manifest.read(tmp_path).pairs == (("en", "uk"), ("en", "ru"))


def test_the_tokens_file_of_the_docs_can_be_read() -> None:
    text = toml_block(ROOT / "docs/operations.md", "[callers.")
    number = count()
    whole = re.sub("…", lambda _: hashlib.sha256(str(next(number)).encode()).hexdigest(), text)
    assert len(access.read(whole).holders) == 3


def test_the_calls_from_other_languages_name_what_the_contract_has() -> None:
    fenced = re.findall(r"^```(\w*)\n(.*?)^```", read(ROOT / "docs/api.md"), re.DOTALL | re.MULTILINE)
    blocks = [block for language, block in fenced if language in ("", "js")]
    contract = "\n".join(read(path) for path in (ROOT / "protos").rglob("*.proto"))
    named = set(re.findall(r"(?<![/_])\b[a-z]+(?:_[a-z]+)+\b(?!\.proto)", "\n".join(blocks))) - {"node_modules", "type_url"}
    assert "target_language_code" in named
    assert {name for name in named if not re.search(rf"\b{name}\b", contract)} == set()


def toml_block(page: Path, start: str) -> str:
    blocks: list[str] = re.findall(r"```toml\n(.*?)```", read(page), re.DOTALL)
    return next(block for block in blocks if block.startswith(start))
