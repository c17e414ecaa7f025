"""Rules about the code base itself: import arrows, sizes, cycles, names, first sentences."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("kiosk", "hardware", "remote_clerk", "server", "assets")
TOOLS = ("demo", "benchmarks", "scripts", "tests")  # may import everything, nobody imports them
SIZE_CAP = 300
SIZE_MEDIAN = 150
FUNCTION_CAP = 50
FUNCTION_MEDIAN = 7
BRANCHES_CAP = 8

SAYS_NOTHING = re.compile(r"(Manager|Helpers?|Utils?|Common|Misc)$", re.IGNORECASE)
SUPPRESSION = re.compile(r"#\s*(?:type: ignore(?:\[[\w, -]+\])?|noqa(?:: [A-Z0-9, ]+)?)(.*)$")
# Where this was written, or what it was fetched from, is nobody else's business.
ELSEWHERE = re.compile(r"(?<![\w.~-])/(?:work|root|home)/\w|pypi\.|pythonhosted|npmjs|artifactory")
TEXTS = ("*.py", "*.md", "*.toml", "*.sh", "*.js", "*.lock", "*.yaml", "*.html", "*.typ")

# Who may import whom (docs/architecture.md); a longer prefix decides before a shorter one.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "assets": ("assets",),
    "hardware": ("hardware", "assets"),
    "remote_clerk": ("remote_clerk", "assets"),
    "server.contract": ("server.contract", "remote_clerk.wire"),
    "server": ("server", "remote_clerk", "assets"),
    "kiosk": ("kiosk", "hardware", "remote_clerk", "server.contract", "assets"),
}
# The server speaks of calls but never carries media.
NEVER: dict[str, tuple[str, ...]] = {
    "server": ("remote_clerk.media",),
    "kiosk.core": ("kivy", "sqlalchemy", "requests", "cv2", "kiosk.runtime", "kiosk.ui", "time"),
}


def modules() -> list[Path]:
    return sorted(
        path
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if "versions" not in path.parts
    )


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_within(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(prefix + ".")


def owner(name: str) -> str:
    return max((prefix for prefix in MAY_IMPORT if is_within(name, prefix)), key=len)


TREES = {path: ast.parse(path.read_text()) for path in modules()}
EACH_MODULE = pytest.mark.parametrize("path", modules(), ids=name_of)


@EACH_MODULE
def test_imports_follow_the_arrows(path: Path) -> None:
    name = name_of(path)
    allowed = MAY_IMPORT[owner(name)]
    ours = {i for i in imports_of(TREES[path]) if i.split(".")[0] in (*PACKAGES, *TOOLS)}
    strays = {i for i in ours if not any(is_within(i, a) or is_within(a, i) for a in allowed)}
    assert not strays, f"{name} must not import {sorted(strays)}"


@EACH_MODULE
def test_pure_parts_stay_pure(path: Path) -> None:
    name = name_of(path)
    banned = [b for prefix, names in NEVER.items() if is_within(name, prefix) for b in names]
    strays = {i for i in imports_of(TREES[path]) if any(is_within(i, b) for b in banned)}
    assert not strays, f"{name} must not import {sorted(strays)}"


@EACH_MODULE
def test_a_module_opens_with_one_sentence_on_what_it_is_for(path: Path) -> None:
    text = ast.get_docstring(TREES[path])
    assert text, f"{name_of(path)} has no docstring"
    assert text.split("\n\n")[0].rstrip().endswith((".", ":")), f"{name_of(path)}: {text!r}"


@EACH_MODULE
def test_a_name_says_what_a_thing_is(path: Path) -> None:
    classes = [node.name for node in ast.walk(TREES[path]) if isinstance(node, ast.ClassDef)]
    assert [name for name in (path.stem, *classes) if SAYS_NOTHING.search(name)] == []


@EACH_MODULE
def test_imports_are_absolute(path: Path) -> None:
    froms = [node for node in ast.walk(TREES[path]) if isinstance(node, ast.ImportFrom)]
    assert not [node.lineno for node in froms if node.level]


@EACH_MODULE
def test_whoever_silences_a_checker_or_catches_everything_says_why(path: Path) -> None:
    for number, line in enumerate(path.read_text().splitlines(), 1):
        silenced = SUPPRESSION.search(line)
        assert not silenced or silenced[1].strip(" -#"), f"{name_of(path)}:{number} gives no reason"
        if re.search(r"except( Base)?( ?Exception)?( as \w+)?:", line):
            assert "supervisor" in line, f"{name_of(path)}:{number} is no supervisor"


@EACH_MODULE
def test_a_module_stays_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= SIZE_CAP


@EACH_MODULE
def test_a_function_stays_small(path: Path) -> None:
    long = {n: size for n, size in functions(TREES[path]) if size > FUNCTION_CAP}
    assert not long


def test_ruff_keeps_functions_simple_and_its_own_exceptions_few() -> None:
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert {"C90", "TID"} <= set(lint["select"])
    assert lint["mccabe"]["max-complexity"] == BRANCHES_CAP
    assert not {code for code in lint["ignore"] if code.startswith(("C90", "TID"))}


def test_no_file_names_the_machine_it_was_made_on_or_a_registry() -> None:
    texts = {
        path for folder in (*PACKAGES, *TOOLS, "docs", "requirements") for path in texts_in(folder)
    }
    texts |= {path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"}
    strays = [
        str(path.relative_to(ROOT))
        for path in sorted(texts - {Path(__file__)})
        if ELSEWHERE.search(path.read_text("utf-8"))
    ]
    assert strays == []


def texts_in(folder: str) -> set[Path]:
    return {path for pattern in TEXTS for path in (ROOT / folder).rglob(pattern)}


def functions(tree: ast.AST) -> list[tuple[str, int]]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    return [(n.name, (n.end_lineno or n.lineno) - n.lineno + 1) for n in nodes]


def median(sizes: list[int]) -> int:
    return sorted(sizes)[len(sizes) // 2]


def test_the_median_module_and_function_are_short() -> None:
    assert median([len(p.read_text().splitlines()) for p in modules()]) <= SIZE_MEDIAN
    assert median([size for tree in TREES.values() for _, size in functions(tree)]) <= (
        FUNCTION_MEDIAN
    )


def test_no_module_imports_itself_by_a_detour() -> None:
    names = {name_of(path) for path in TREES}
    edges = {
        name_of(path): {i for i in top_level_imports(tree) if i in names and i != name_of(path)}
        for path, tree in TREES.items()
    }
    assert not cycle_in(edges)


def top_level_imports(tree: ast.Module) -> set[str]:
    body = ast.Module([n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)], [])
    return set(imports_of(body))


def cycle_in(edges: dict[str, set[str]]) -> list[str]:
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        for target in sorted(edges[name]):
            if found := walk(target, [*path, name]):
                return found
        done.add(name)
        return []

    return next((found for name in sorted(edges) if (found := walk(name, []))), [])
