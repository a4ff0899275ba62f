"""The graph in NetworkX: everything is in it, a cheapest way is the route, every writer takes it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_transitions
from careergraph.catalogue.edges import find_links
from careergraph.catalogue.names import find_node
from careergraph.model.errors import UnknownKind
from careergraph.rdf.kinds import NAMED_KINDS, POSITIONS
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.computed_steps import describe_steps, find_computed_steps
from careergraph.transitions.multigraph import from_networkx, to_networkx

Graph: Any = nx.MultiDiGraph


@cache
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


@cache
def whole(*, derived: bool = False) -> nx.MultiDiGraph[str]:
    return to_networkx(bundled(), derived=derived)


def of_kinds(*kinds: str) -> list[str]:
    return [iri for kind in kinds for iri in bundled().by_kind.get(kind, ())]


def edges(graph: nx.MultiDiGraph[str]) -> list[tuple[str, str, str, dict[str, Any]]]:
    return sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])


def test_all_named_things_are_nodes_with_kind_and_label() -> None:
    nodes = {iri: whole().nodes[iri] for iri in whole()}
    assert set(nodes) == set(of_kinds(*NAMED_KINDS))
    assert {iri: data["kind"] for iri, data in nodes.items()} == {iri: bundled().kind(iri) for iri in nodes}
    assert {data["label"] for data in nodes.values()} >= {"AI ethicist", "PyTorch", "Anthropic"}


def test_all_links_are_edges_that_say_who_says_so() -> None:
    graph, counted = whole(), Counter(link.kind for link in find_links(bundled()))
    own = [edge for edge in edges(graph) if "stated_for" not in edge[3]]
    assert Counter(data["kind"] for *_, data in own) == counted
    assert all(data["sources"] and data["basis"] in ("asserted", "judged") for *_, data in own if "claim" in data)
    assert {data["basis"] for *_, data in edges(graph)} == {"stated", "asserted", "judged"}


def test_attributes_are_scalars() -> None:
    graph = whole(derived=True)
    values = [value for _, data in graph.nodes(data=True) for value in data.values()]
    values += [value for *_, data in edges(graph) for value in data.values()]
    assert {type(value) for value in values} == {str, float}


def test_parallel_claims_are_parallel_edges() -> None:
    pair = find_node(bundled(), "software engineer", *POSITIONS), find_node(bundled(), "ML engineer", *POSITIONS)
    found = [data for data in whole().get_edge_data(*pair).values() if data["kind"] == "transition"]
    assert len(found) == 2
    assert len({data["claim"] for data in found}) == 2


def test_kinds_narrow_and_derived_widens() -> None:
    narrow = to_networkx(bundled(), kinds=["role", "skill"])
    assert {data["kind"] for _, data in narrow.nodes(data=True)} == {"role", "skill"}
    assert to_networkx(bundled(), kinds="role").number_of_nodes() == len(of_kinds("role"))
    added = [data for *_, data in edges(whole(derived=True)) if data["basis"] in ("derived", "estimated")]
    assert added
    assert all(0 < data["ease"] <= 1 and "claim" not in data for data in added)
    assert whole(derived=True).number_of_edges() == whole().number_of_edges() + len(added)


def test_a_step_rests_on_an_estimate_where_the_graph_of_computed_steps_says_so() -> None:
    network, rows = to_networkx(bundled()), describe_steps(bundled(), find_computed_steps(bundled()))
    known: dict[str, dict[str, str]] = {}
    for triple in rows:
        known.setdefault(triple.subject.value, {})[triple.predicate.value] = triple.object.value  # type: ignore[union-attr]
    for said in known.values():
        if said.get(CG.computedBasis) in ("derived", "estimated"):
            data = network[said[CG.stepFrom]][said[CG.stepTo]]["derived"]
            assert data["basis"] == said[CG.computedBasis]


@pytest.mark.parametrize("kinds", [["role", "rolle"], ["claim"], "skills", [1], 3])
def test_an_unknown_kind_is_one_clear_error(kinds: Any) -> None:
    with pytest.raises(UnknownKind, match="role, background") as caught:
        to_networkx(bundled(), kinds=kinds)
    assert "\n" not in str(caught.value)


def test_transitions_come_back() -> None:
    assert from_networkx(whole()) == list_transitions(bundled())


# Whatever NetworkX can write a multigraph with, and what it then gives back.
FILES: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "graphml": (nx.write_graphml, lambda path: nx.read_graphml(path, force_multigraph=True)),
    "graphml-xml": (nx.write_graphml_xml, lambda path: nx.read_graphml(path, force_multigraph=True)),
    "gexf": (nx.write_gexf, nx.read_gexf),
    "gml": (nx.write_gml, nx.read_gml),
}
DATA: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "node-link": (nx.node_link_data, nx.node_link_graph),
    "adjacency": (nx.adjacency_data, nx.adjacency_graph),
    "cytoscape": (nx.cytoscape_data, nx.cytoscape_graph),
}
#: What a format adds by itself, and the labels of nodes, which are their names in GML.
ADDED = {"id", "value", "source", "target", "key"}


def same(one: nx.MultiDiGraph[str], other: nx.MultiDiGraph[str], *, but: set[str]) -> bool:
    def bare(data: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in data.items() if name not in but}

    nodes = ({iri: bare(data) for iri, data in graph.nodes(data=True)} for graph in (one, other))
    first, second = ([(*edge[:3], bare(edge[3])) for edge in edges(graph)] for graph in (one, other))
    return next(nodes) == next(nodes) and first == second


@pytest.mark.parametrize("format_", FILES)
def test_a_writer_takes_it_and_its_reader_brings_it_back(format_: str, tmp_path: Path) -> None:
    write, read = FILES[format_]
    graph = whole(derived=True)
    write(graph, tmp_path / "graph")
    found = read(tmp_path / "graph")
    assert same(graph, found, but=ADDED | ({"label"} if format_ == "gml" else set()))
    assert from_networkx(found) == list_transitions(bundled())


@pytest.mark.parametrize("format_", DATA)
def test_json_data_come_back(format_: str) -> None:
    to_data, from_data = DATA[format_]
    graph = whole(derived=True)
    text = json.dumps(to_data(graph), allow_nan=False)
    assert same(graph, from_data(json.loads(text)), but=ADDED)


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
