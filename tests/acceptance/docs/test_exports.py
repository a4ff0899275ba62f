"""Exports that are checked in are those that are written now, and all of them come out the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from careergraph.export import EXPORTS, Everything, export, export_all
from careergraph.export.statements import Material
from careergraph.store.locations import list_dataset_files
from command_line import careergraph
from explorer_data import share_routes
from make_exports import CHECKED_IN, FOLDER

HOSTILE = str(Path(__file__).parents[2] / "fixtures" / "exports" / "hostile.ttl")
CURATED = Material.of_files(list_dataset_files())


@pytest.fixture(scope="module")
def everything(shared_folder: Path) -> Everything:
    """All exports of the curated graph."""
    share_routes(CURATED.catalogue, shared_folder)
    return export_all(CURATED)


def written(everything: Everything, name: str) -> bytes:
    """One file among them; where there is no font for an image, the test is skipped, unless it must not be."""
    if name.endswith(".png") and "png" in everything.missing:
        assert os.environ.get("CAREERGRAPH_REQUIRE_BROWSER") != "1", everything.missing["png"]
        pytest.skip(everything.missing["png"])
    return everything.files[name]


# What is checked in


@pytest.mark.parametrize("name", sorted(CHECKED_IN))
def test_a_checked_in_export_is_current(everything: Everything, name: str) -> None:
    there, new, hint = (
        (FOLDER / name).read_bytes(),
        written(everything, name),
        "python scripts/make_exports.py writes it anew",
    )
    assert there == new, hint


def test_git_ignores_the_exports_that_are_not_checked_in(everything: Everything) -> None:
    ignored = (Path(__file__).parents[3] / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"exports/*", "!exports/README.md", *(f"!exports/{name}" for name in CHECKED_IN)} <= set(ignored)
    assert set(CHECKED_IN) <= everything.files.keys()


def test_every_checked_in_export_is_told_of() -> None:
    told = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [row.name for row in EXPORTS.values() if f"`{row.name}" not in told] == []


def test_every_format_is_documented() -> None:
    document = (Path(__file__).parents[3] / "docs" / "exports.md").read_text(encoding="utf-8")
    assert [name for name in EXPORTS if f"## {name}\n" not in document] == []


def test_what_is_written_is_not_too_large_to_check_in(everything: Everything) -> None:
    assert sum(len(everything.files[name]) for name in CHECKED_IN) < 4_000_000


# Statements


def test_the_order_of_statements_does_not_matter() -> None:
    quads = list(CURATED.quads)
    backwards = Material(reversed(quads))
    for format_ in ("json-ld", "trig", "cytoscape", "svg"):
        assert export(backwards, format_).files == export(CURATED, format_).files


# All formats


def test_the_same_data_gives_the_same_bytes_whatever_the_hash_seed(everything: Everything) -> None:
    script = (
        "import hashlib, sys\n"
        "from careergraph.export import export_all\n"
        "for name, content in sorted(export_all(sys.argv[1:]).files.items()):\n"
        "    print(name, hashlib.sha256(content).hexdigest())\n"
    )
    printed = [
        subprocess.run(
            [sys.executable, "-c", script, HOSTILE],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            timeout=120,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert printed[0] == printed[1]
    assert printed[0].count("\n") == len(everything.files)


# The command


def test_all_fills_a_folder_and_leaves_other_files_alone(everything: Everything, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    finished = careergraph("export", "all", "-o", str(tmp_path), "--dataset", HOSTILE)
    assert finished.returncode == 0, finished.stderr
    there = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert there == {*everything.files, "mine.txt"}
    assert (tmp_path / "mine.txt").read_text() == "mine"


# Writing files
