"""The graph in NetworkX: everything is in it, a cheapest way is the route, every writer takes it."""

from __future__ import annotations

from collections import Counter
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
from networkx_formats import DATA, FILES, assert_data_bring_back, assert_file_brings_back, edges

Graph: Any = nx.MultiDiGraph


@cache
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


@cache
def whole(*, derived: bool = False) -> nx.MultiDiGraph[str]:
    return to_networkx(bundled(), derived=derived)


def of_kinds(*kinds: str) -> list[str]:
    return [iri for kind in kinds for iri in bundled().by_kind.get(kind, ())]


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


# The whole graph in each of these: `tests/acceptance/graph/test_networkx_formats.py`.


@cache
def small() -> nx.MultiDiGraph[str]:
    return to_networkx(bundled(), kinds=["role", "background", "credential"], derived=True)


@pytest.mark.parametrize("format_", FILES)
def test_a_writer_takes_it_and_its_reader_brings_it_back(format_: str, tmp_path: Path) -> None:
    found = assert_file_brings_back(small(), format_, tmp_path / "graph")
    assert from_networkx(found) == list_transitions(bundled())


@pytest.mark.parametrize("format_", DATA)
def test_json_data_come_back(format_: str) -> None:
    assert_data_bring_back(small(), format_)
