"""Tables for spreadsheets: cells that a spreadsheet would compute are told, and written as texts on demand."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careergraph.export.formats.tables import to_table
from careergraph.model.spreadsheets import guard_formulas
from command_line import careergraph

QUERY = "SELECT ?label { ?role skos:prefLabel ?label } ORDER BY ?label"


@pytest.fixture
def mine(tmp_path: Path) -> str:
    path = tmp_path / "mine.ttl"
    path.write_text(
        "@prefix cg: <https://w3id.org/careergraph/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<urn:a> a cg:Role ; skos:prefLabel "=1+1"@en . <urn:b> a cg:Role ; skos:prefLabel "@SUM(A1,2)"@en .\n'
        '<urn:c> a cg:Role ; skos:prefLabel "Clerk"@en .\n'
    )
    return str(path)


@pytest.mark.parametrize("cell", ["=1+1", "+a", "-a", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1", '=HYPERLINK("x")'])
def test_what_begins_as_a_formula_becomes_a_text(cell: str) -> None:
    (read,) = csv.reader(io.StringIO(guard_formulas(to_table([cell], []))[0].decode(), newline=""))
    assert read == ["'" + cell]


@pytest.mark.parametrize("cell", ["-5", "+0.25", "-1e-5", "a=b", "C++", "x - y", '"=1"', "'=1", ""])
def test_numbers_and_other_texts_stay(cell: str) -> None:
    whole = to_table([cell, "x"], [])
    assert guard_formulas(whole) == (whole, 0)


@given(st.lists(st.lists(st.text(alphabet='=+-@",;\t\r\n 1a'), min_size=2, max_size=2), min_size=1))
def test_cells_stay_apart_and_nothing_else_changes(rows: list[list[str]]) -> None:
    guarded, _ = guard_formulas(to_table(rows[0], rows[1:]))
    read = list(csv.reader(io.StringIO(guarded.decode(), newline="")))
    assert [[cell.replace("'", "") for cell in row] for row in read] == rows
    assert not any(cell.startswith(("=", "@")) for row in read for cell in row)


@pytest.mark.parametrize(
    ("format_", "plain", "safe"),
    [
        ("csv", '=1+1\n"@SUM(A1,2)"', "'=1+1\n\"'@SUM(A1,2)\""),
        ("tsv", '"=1+1"@en\n"@SUM(A1,2)"@en', '"\'=1+1"@en\n"\'@SUM(A1,2)"@en'),
    ],
)
def test_answers_are_told_and_guarded(mine: str, format_: str, plain: str, safe: str) -> None:
    asked = ("sparql", QUERY, "--no-direct", "--format", format_, "--dataset", mine)
    told = careergraph(*asked)
    assert told.stdout.replace("\r", "").split("\n", 1)[1].startswith(plain)
    assert told.stderr == (
        "2 cells begin as a formula does; --spreadsheet-safe keeps spreadsheets from computing them.\n"
    )
    guarded = careergraph(*asked, "--spreadsheet-safe")
    assert guarded.stdout.replace("\r", "").split("\n", 1)[1].startswith(safe)
    assert guarded.stderr == ""


def test_an_export_is_told_and_guarded(mine: str, tmp_path: Path) -> None:
    told = careergraph("export", "csv", "--dataset", mine, "-o", str(tmp_path / "out"))
    assert "2 cells begin as a formula does" in told.stderr
    careergraph("export", "csv", "--spreadsheet-safe", "--dataset", mine, "-o", str(tmp_path / "safe"))
    with (tmp_path / "safe" / "nodes.csv").open(encoding="utf-8", newline="") as file:
        assert {row["label"] for row in csv.DictReader(file)} == {"'=1+1", "'@SUM(A1,2)", "Clerk"}


@pytest.mark.parametrize("command", [("sparql", "ASK {}"), ("export", "neo4j"), ("plan", "a", "b", "--format", "md")])
def test_formats_for_others_have_no_such_form(command: tuple[str, ...]) -> None:
    refused = careergraph(*command, "--spreadsheet-safe", "--dataset", "bundled")
    assert refused.returncode == 2
    assert "--spreadsheet-safe is for csv, tsv, sssom, not for" in refused.stderr
