"""What is installed: the files of the wheel, the packages beside it, and what is said where an extra is missing."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distribution, packages_distributions, requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import careergraph
from careergraph.store.compiled import NAME
from careergraph.store.locations import hash_bundled

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "src" / "careergraph"
LOWEST = ROOT / "tests" / "lowest.txt"
#: What is installed without any extra, careergraph itself included, is fewer than this.
MOST_PACKAGES = 40
#: How large a file of the wheel may be, in bytes.
LARGEST_FILE = 800_000
#: The data once more, compiled, and how large that may be.
COMPILED, LARGEST_COMPILED = f"careergraph/data/{NAME}", 5_500_000
#: Folder in the checkout → folder in the wheel.
PLACES = {
    "src/careergraph/": "careergraph/",
    "ontology/": "careergraph/data/ontology/",
    "graph/": "careergraph/data/graph/",
}
METADATA = ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE", "licenses/graph/LICENSE")
#: Modules that only an extra makes use of.
OF_EXTRAS = {
    "batch": ("transitions/batch/",),
    "cv": ("transitions/people/cv/",),
    "pdf": ("render/html/report_pdf.py",),
    "xlsx": ("importing/workbooks.py",),
    "mcp": ("server/mcp/",),
    "pandas": ("rdf/data_frames.py", "rdf/results.py"),
    "serve": ("server/",),
    "pictures": ("export/formats/png.py",),
    "remote": ("store/remote/",),
    "validate": ("validation/shacl.py",),
}

#: What is asked for as a floor alone: what uses it is another package.
FLOORS = {"h11", "python-multipart"}
#: Likewise, of an extra that `all` leaves out, since it takes a Java runtime. Its package brings py4j.
SPARK, WITH_SPARK = "/spark.py", {"py4j"}
#: What the agents' SDK is made of, and hands out in its own interface.
WITH_MCP = {"anyio", "mcp-types"}

### Files


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution, and the wheel made of that."""
    return build(tmp_path_factory.mktemp("built"))


def build(folder: Path, *options: str) -> Path:
    """Build with what is installed, without asking for anything."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), *options, str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def content(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def wheel(folder: Path) -> Path:
    (found,) = folder.glob("*.whl")
    return found


def tracked() -> list[str]:
    """The files that belong to the checkout, whether they are committed yet or not."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_the_wheel_has_the_package_and_its_data_and_nothing_else(built: Path) -> None:
    expected = {
        f"{place}{name.removeprefix(folder)}"
        for name in tracked()
        for folder, place in PLACES.items()
        if name.startswith(folder)
    }
    about = f"careergraph-{careergraph.__version__}.dist-info/"
    assert content(wheel(built)).keys() == expected | {f"{about}{name}" for name in METADATA} | {COMPILED}
    assert {"careergraph/py.typed", "careergraph/importing/derive/similarity/model.json"} <= expected


def test_no_file_of_the_wheel_is_large_or_names_a_place_of_this_machine(built: Path) -> None:
    for name, found in content(wheel(built)).items():
        assert len(found) <= (LARGEST_COMPILED if name == COMPILED else LARGEST_FILE), name
        assert str(ROOT).encode() not in found, name
        assert str(Path.home()).encode() + b"/" not in found, name


def test_the_compiled_data_is_that_of_the_files_beside_it(built: Path) -> None:
    digest = content(wheel(built))[COMPILED].split()[0]
    assert digest == hash_bundled().encode()


def test_the_checkout_and_the_source_distribution_make_the_same_wheel(built: Path, tmp_path: Path) -> None:
    assert content(wheel(build(tmp_path, "--wheel"))) == content(wheel(built))


def test_the_source_distribution_has_what_the_checks_need(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        folders = {name.split("/")[1] for name in archive.getnames()}
    assert {"src", "graph", "ontology", "tests", "scripts", "docs", "README.md", "CHANGELOG.md", "LICENSE"} <= folders
    assert not folders & {".venv", ".git", "build", "dist", "exports"}


def test_the_source_distribution_installs_without_a_network(built: Path, tmp_path: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    options = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--no-compile", "--target", str(tmp_path)]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(path)], check=True)
    asked = "careergraph.load().gap('consultant', 'AI product manager').origin.label"
    run = [sys.executable, "-c", f"import careergraph; print(careergraph.__file__); print({asked})"]
    place = {**os.environ, "PYTHONPATH": str(tmp_path)}
    told = subprocess.run(run, cwd=tmp_path, env=place, capture_output=True, text=True, check=True).stdout
    assert told.splitlines() == [str(tmp_path / "careergraph" / "__init__.py"), "Consultant"]


def test_the_version_stands_in_one_place() -> None:
    assert version("careergraph") == careergraph.__version__
    assert "version" not in project()


def test_the_package_runs_as_a_module() -> None:
    run = [sys.executable, "-m", "careergraph", "--version"]
    assert careergraph.__version__ in subprocess.run(run, capture_output=True, text=True, check=True).stdout


### Packages


def project() -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def needed(name: str, extras: frozenset[str] = frozenset()) -> set[str]:
    """All packages that come with one, itself included, as the metadata of what is installed says."""
    found: set[str] = set()
    todo = [(name, extras)]
    done: set[tuple[str, frozenset[str]]] = set()
    while todo:
        name, extras = todo.pop()
        if (name, extras) in done:
            continue
        done.add((name, extras))
        found.add(name)
        todo += [(canonicalize_name(one.name), frozenset(one.extras)) for one in wanted(name, extras)]
    return found


def wanted(name: str, extras: frozenset[str]) -> Iterator[Requirement]:
    """The requirements of a package that hold here."""
    for requirement in map(Requirement, requires(name) or ()):
        if not requirement.marker or any(requirement.marker.evaluate({"extra": extra}) for extra in (*extras, "")):
            yield requirement


def direct(*extras: str) -> set[str]:
    """What careergraph itself asks for."""
    return {canonicalize_name(one.name) for one in wanted("careergraph", frozenset(extras))}


def test_fewer_than_forty_packages_come_without_extras() -> None:
    # IPython and what it asks for, which pyvis brings, are sixteen of them.
    assert len(needed("careergraph")) < MOST_PACKAGES


def test_the_extra_for_all_of_them_leaves_none_out() -> None:
    assert direct("all") == direct(*OF_EXTRAS)
    assert needed("careergraph", frozenset(OF_EXTRAS)) == needed("careergraph", frozenset(["all"]))


def test_a_module_imports_only_what_is_asked_for() -> None:
    for path in SOURCE.rglob("*.py"):
        place = path.relative_to(SOURCE).as_posix()
        extras = [name for name, places in OF_EXTRAS.items() if place.startswith(places)]
        allowed = direct("spark") | WITH_SPARK if place.endswith(SPARK) else direct(*extras)
        assert imported(path) <= allowed | (WITH_MCP if "mcp" in extras else set()), place


@pytest.mark.parametrize("extra", [None, *OF_EXTRAS])
def test_whatever_is_asked_for_is_imported(extra: str | None) -> None:
    asked = direct(extra) - direct() if extra else direct()
    assert asked - FLOORS <= {name for path in SOURCE.rglob("*.py") for name in imported(path)}


@cache
def providers() -> dict[str, str]:
    """Module → the distribution that has it."""
    return {module: canonicalize_name(names[0]) for module, names in packages_distributions().items()}


@cache
def imported(path: Path) -> set[str]:
    """The distributions whose modules a file imports anywhere."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    modules = {name.partition(".")[0] for name in names} - {"careergraph", "_typeshed", *sys.stdlib_module_names}
    return {providers().get(module, canonicalize_name(module)) for module in modules}


@pytest.mark.parametrize(
    ("call", "module", "extra"),
    [
        (["serve", "--port", "0"], "starlette", "serve"),
        (["serve", "--port", "0"], "uvicorn", "serve"),
        (["export", "png", "-o", "graph.png"], "resvg_py", "pictures"),
        (["validate"], "pyshacl", "validate"),
        (["sparql", "ASK {}", "--dataset", "http://127.0.0.1:9/sparql"], "httpx", "remote"),
    ],
)
def test_a_command_without_its_extra_says_which_to_install(
    call: list[str], module: str, extra: str, tmp_path: Path
) -> None:
    code = f"import sys; sys.modules[{module!r}] = None; sys.argv[1:] = {call}; from careergraph.cli import run; run()"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("Error: ")
    assert line.endswith(f"needs the package {module.replace('_', '-')}; pip install 'careergraph[{extra}]' brings it.")
    assert list(tmp_path.iterdir()) == []


### The lowest versions


def lowest() -> dict[str, Version]:
    lines = LOWEST.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): Version(pinned) for name, pinned in pairs}


def test_the_lowest_versions_are_those_that_the_metadata_allow() -> None:
    pinned = lowest()
    asked = [one for one in map(Requirement, requires("careergraph") or ()) if one.name != "careergraph"]
    for requirement in asked:
        found = pinned[canonicalize_name(requirement.name)]
        (bound,) = (Version(one.version) for one in requirement.specifier)
        assert found in requirement.specifier
        # The bound itself, or where it was never released the first of its series: `make lowest` finds it.
        assert found.release[: len(bound.release)] == bound.release, requirement


def test_the_lowest_versions_name_no_place_to_get_them_from() -> None:
    plain = re.compile(r"[a-z0-9.-]+==[0-9][0-9a-z.+]*|# .*")
    for line in LOWEST.read_text(encoding="utf-8").splitlines():
        assert plain.fullmatch(line), line


def test_the_lowest_python_is_the_first_of_those_that_are_named() -> None:
    named = [line for line in distribution("careergraph").metadata.get_all("Classifier") or () if ":: 3." in line]
    assert f">={named[0].rpartition(' ')[2]}" == distribution("careergraph").metadata["Requires-Python"]


### Recipes and changes


def recipes() -> dict[str, str]:
    """Name → command of each recipe of the Makefile."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return dict(re.findall(r"^(\w+):.*\n\t(.+)$", text, re.M))


def test_a_recipe_is_one_line_about_files_that_exist() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert len(recipes()) == text.count("\n\t") == len(re.findall(r"^\w+:.*##", text, re.M))
    for name, command in recipes().items():
        for word in command.split():
            if re.fullmatch(r"(\.ci|scripts|benchmarks)/\S+", word):
                assert (ROOT / word).is_file(), name
        for module in re.findall(r"-m (\w+)", command):
            assert module in {"venv", "careergraph"} | providers().keys(), name


def test_what_the_changelog_tells_of_is_the_version() -> None:
    told = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert told[0] == careergraph.__version__
