"""The way of the data is a tree: imports run downwards only, those inside functions and for type checking included."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

from make_architecture import FLOORS

PACKAGE = Path(__file__).parents[2] / "src" / "careergraph"
#: How high each folder and module at the top of the package stands: it imports only from what stands lower.
HEIGHT = {name: len(FLOORS) - number for number, names in enumerate(FLOORS) for name in names} | {
    "__main__": len(FLOORS) + 1
}
MODULES = {
    ".".join(("careergraph", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


@cache
def trees() -> dict[str, ast.Module]:
    return {module: ast.parse(path.read_text(encoding="utf-8")) for module, path in MODULES.items()}


def _imports(module: str, path: Path) -> Iterator[tuple[str, int]]:
    """Each module of the package that a module imports, and the line."""
    for node in ast.walk(trees()[module]):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            submodules = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in MODULES else node.module or "" for name in submodules]
        else:
            continue
        yield from ((name, node.lineno) for name in dict.fromkeys(names) if name in MODULES and name != module)


@cache
def imports() -> list[tuple[str, str, int]]:
    return [(module, other, line) for module, path in MODULES.items() for other, line in _imports(module, path)]


def _top(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_floors_below_or_from_its_own_folder(module: str) -> None:
    upwards = [
        f"{MODULES[module].relative_to(PACKAGE.parent)}:{line}: {_top(module)} imports {other}"
        for importer, other, line in imports()
        if importer == module and _top(module) != _top(other) and HEIGHT[_top(module)] <= HEIGHT[_top(other)]
    ]
    assert not upwards


def test_no_modules_import_each_other_in_a_loop() -> None:
    graph = nx.DiGraph((importer, other) for importer, other, _ in imports())
    assert [sorted(loop) for loop in nx.strongly_connected_components(graph) if len(loop) > 1] == []


def test_the_top_of_the_package_is_the_plan() -> None:
    top = {path.name.removesuffix(".py") for path in PACKAGE.iterdir() if path.name not in ("__pycache__", "py.typed")}
    assert top == set(HEIGHT)
    assert len(top) <= 16


#: A module of this many lines or more is hard to read at once.
TOO_LONG = 400


def test_every_module_is_short_enough_to_be_read_at_once() -> None:
    lengths = {module: len(path.read_text(encoding="utf-8").splitlines()) for module, path in MODULES.items()}
    assert {module: lines for module, lines in lengths.items() if lines >= TOO_LONG} == {}


def test_functions_are_short() -> None:
    """The statements of half of all functions stand in five lines, of nine in ten in fifteen; none takes over fifty."""
    functions = [
        node
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    lengths = sorted(_lines_of_body(function) for function in functions)
    assert (lengths[len(lengths) // 2] <= 5, lengths[len(lengths) * 9 // 10] <= 15, lengths[-1] <= 50) == (True,) * 3


def _lines_of_body(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
