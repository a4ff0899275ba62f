"""What is read from several files at once stays apart where it has no name of its own."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from careergraph.store.oxigraph import open_store
from careergraph.store.sources import parse
from careergraph.store.statements import read_statements


@pytest.fixture
def two(tmp_path: Path) -> list[str]:
    """Two files that call different things alike."""
    for number in (1, 2):
        (tmp_path / f"{number}.ttl").write_text(
            f"_:same <urn:p> {number} . _:other <urn:q> _:same . <urn:c> <urn:says> <<( _:same <urn:p> {number} )>> .\n"
        )
    return sorted(map(str, tmp_path.iterdir()))


def test_blank_nodes_of_two_files_are_two_in_a_query(two: list[str]) -> None:
    store = open_store(two)
    asked = "SELECT ?a { ?a <urn:p> 1 , 2 }", "SELECT ?a { ?a <urn:p> 1 . ?b <urn:q> ?a }"
    assert [len(list(store.query(query))) for query in asked] == [0, 1]  # type: ignore[arg-type]


def test_a_statement_about_a_statement_names_the_same_blank_node(two: list[str]) -> None:
    (row,) = open_store(two).query("SELECT ?s { ?s <urn:p> 1 . ?c <urn:says> <<( ?s <urn:p> 1 )>> }")  # type: ignore[misc]
    assert isinstance(row["s"], pyoxigraph.BlankNode)


def test_blank_nodes_of_two_files_are_two_in_a_catalogue(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.ttl").write_text(f"_:same <urn:p> {number} .\n")
    found = read_statements(sorted(map(str, tmp_path.iterdir())))
    assert sorted(said["urn:p"] for _, said in found.items()) == [["1"], ["2"]]


def test_names_are_the_same_each_time(two: list[str]) -> None:
    assert [*parse(two[0], alone=False)] == [*parse(two[0], alone=False)]


def test_alone_a_file_keeps_its_names(two: list[str]) -> None:
    assert next(parse(two[0])).subject == pyoxigraph.BlankNode("same")
