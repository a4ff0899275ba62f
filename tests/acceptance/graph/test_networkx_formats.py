"""The whole graph in every format of NetworkX: its reader brings it back, and the transitions with it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_transitions
from careergraph.transitions.multigraph import from_networkx, to_networkx
from networkx_formats import DATA, FILES, assert_data_bring_back, assert_file_brings_back

Graph: Any = nx.MultiDiGraph


@cache
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


@cache
def whole(*, derived: bool = False) -> nx.MultiDiGraph[str]:
    return to_networkx(bundled(), derived=derived)


@pytest.mark.parametrize("format_", FILES)
def test_a_writer_takes_it_and_its_reader_brings_it_back(format_: str, tmp_path: Path) -> None:
    found = assert_file_brings_back(whole(derived=True), format_, tmp_path / "graph")
    assert from_networkx(found) == list_transitions(bundled())


@pytest.mark.parametrize("format_", DATA)
def test_json_data_come_back(format_: str) -> None:
    assert_data_bring_back(whole(derived=True), format_)


def test_lists_of_edges_come_back(tmp_path: Path) -> None:
    graph = whole(derived=True)
    nx.write_edgelist(graph, tmp_path / "graph")
    found: Any = nx.read_edgelist(tmp_path / "graph", create_using=Graph)
    assert from_networkx(found) == list_transitions(bundled())
    assert found.number_of_edges() == graph.number_of_edges()
    for write, read in (
        (nx.write_adjlist, nx.read_adjlist),
        (nx.write_multiline_adjlist, nx.read_multiline_adjlist),
    ):
        write(graph, tmp_path / "graph")
        assert set(read(tmp_path / "graph", create_using=Graph).edges()) == set(graph.edges())


def test_pajek_takes_all_that_it_has_room_for(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Non-string attribute"):
        nx.write_pajek(whole(), tmp_path / "graph")
    found = nx.read_pajek(tmp_path / "graph")
    assert found.number_of_edges() == whole().number_of_edges()
    assert from_networkx(found) == list_transitions(bundled())
