"""The graph as other libraries have it: rows, data frames, an rdflib data set, a pyvis network."""

from __future__ import annotations

import gc
import re
import sys
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import rdflib
from pyvis.network import Network

import careergraph
from careergraph.api import CareerGraph
from careergraph.model.errors import (
    BadParameter,
    BadQuery,
    MissingExtra,
    QueryTimedOut,
    UnknownKind,
    UnknownQuery,
    UnusableDataset,
)
from careergraph.rdf.kinds import NAMED_KINDS
from careergraph.sparql.run import QueryNotice
from careergraph.transitions.pyvis_network import to_pyvis

ROLES = 'SELECT ?role ?label { ?role a cg:Role ; skos:prefLabel ?label FILTER(LANG(?label) = "en") }'
BIG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@cache
def bundled() -> CareerGraph:
    return careergraph.load("bundled")


def test_rows_are_dicts_of_python_values() -> None:
    rows = bundled().sparql(ROLES)
    assert rows.columns == ("role", "label")
    assert {row["role"]: row["label"] for row in rows} == {ref.id: ref.label for ref in bundled().list("role")}
    (row,) = bundled().sparql(
        'SELECT ?none (3 AS ?n) (0.5 AS ?x) (true AS ?b) ("x" AS ?s) ("a"^^xsd:integer AS ?bad) {}'
    )
    assert row == {"none": None, "n": 3, "x": 0.5, "b": True, "s": "x", "bad": "a"}
    assert [type(row[name]) for name in "nxb"] == [int, float, bool]


def test_an_ask_is_one_row_and_statements_are_rows() -> None:
    assert bundled().sparql("ASK { role:ai-ethicist a cg:Role }") == ({"answer": True},)
    found = bundled().sparql("CONSTRUCT { role:ai-ethicist a ?c } { role:ai-ethicist a ?c }")
    assert found.columns == ("subject", "predicate", "object")
    assert {row["subject"] for row in found} == {"https://w3id.org/careergraph/id/role/ai-ethicist"}


def test_a_saved_query_is_asked_by_name() -> None:
    rows = bundled().sparql("pay-in-region", {"region": "UK"})
    assert rows
    with pytest.raises(UnknownQuery, match="pay-in-region"):
        bundled().sparql("pay-in-regions")
    with pytest.raises(BadParameter, match="regions"):
        bundled().sparql("pay-in-region", {"regions": "UK"})


def test_a_query_keeps_to_the_limits_of_the_sandbox() -> None:
    with pytest.raises(QueryTimedOut):
        bundled().sparql(BIG, seconds=0.2)
    with pytest.raises(BadQuery):
        bundled().sparql("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    assert bundled().sparql("ASK {}") == ({"answer": True},)


def test_the_process_that_answers_ends_with_the_graph() -> None:
    graph = careergraph.load("bundled")
    graph.sparql("ASK {}")
    process: Any = graph._query_service
    worker = process._worker
    del graph, process
    gc.collect()
    assert worker._process is None


def test_an_endpoint_cannot_be_asked_with_other_data(tmp_path: Path) -> None:
    graph = careergraph.load("bundled")
    graph.catalogue.files = (*graph.catalogue.files, "http://127.0.0.1:9/sparql")
    with pytest.raises(UnusableDataset, match="alone"):
        graph.sparql("ASK {}")


def test_rows_and_the_graph_become_data_frames() -> None:
    frame = bundled().sparql(ROLES).to_pandas()
    assert list(frame.columns) == ["role", "label"]
    assert len(frame) == len(bundled().list("role"))
    assert list(bundled().sparql("SELECT ?nothing { FILTER(false) }").to_pandas().columns) == ["nothing"]
    graph = bundled().to_networkx()
    nodes, edges = bundled().to_pandas()
    assert (len(nodes), len(edges)) == (graph.number_of_nodes(), graph.number_of_edges())
    assert set(edges["source"]) | set(edges["target"]) <= set(nodes.index)
    moves = edges[edges["kind"] == "transition"]
    assert moves["ease"].between(0, 1, inclusive="right").all()


def test_without_pandas_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    for ask in (bundled().to_pandas, bundled().sparql("ASK {}").to_pandas):
        with pytest.raises(MissingExtra, match=r"pip install 'careergraph\[pandas\]'"):
            ask()


def test_an_rdflib_data_set_has_the_statements_and_who_says_them() -> None:
    dataset = bundled().to_rdflib()
    assert isinstance(dataset, rdflib.Dataset)
    (row,) = bundled().sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert len(dataset) == row["n"]
    names = {str(graph.identifier) for graph in dataset.graphs()}
    assert "https://w3id.org/careergraph/graph/article" in names


def test_what_is_done_to_an_rdflib_data_set_stays_there() -> None:
    dataset = bundled().to_rdflib()
    before = len(dataset)
    dataset.add((rdflib.URIRef("urn:a"), rdflib.URIRef("urn:b"), rdflib.URIRef("urn:c")))
    assert len(dataset) == before + 1
    assert len(bundled().to_rdflib()) == before


def test_a_pyvis_network_is_one_page_that_asks_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    graph = bundled().to_networkx(kinds=["role", "background"])
    before = deepcopy(graph)
    network = to_pyvis(graph)
    page = network.generate_html()
    assert isinstance(network, Network)
    assert len(network.nodes) == graph.number_of_nodes()
    assert nx.utils.graphs_equal(before, graph)
    assert not re.findall(r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//", page)
    assert "AI ethicist" in page
    assert network._repr_html_().startswith("<iframe srcdoc=")
    assert list(tmp_path.iterdir()) == []


def test_names_cannot_end_the_script_of_the_page() -> None:
    graph = bundled().to_networkx(kinds=["role"])
    for iri in graph:
        graph.nodes[iri]["label"] = "</script><script>alert(1)</script>"
    assert "<script>alert(1)" not in to_pyvis(graph).generate_html()


@pytest.mark.parametrize("method", ["to_networkx", "to_pandas", "to_pyvis"])
def test_kinds_that_do_not_exist_are_one_error(method: str) -> None:
    with pytest.raises(UnknownKind) as caught:
        getattr(bundled(), method)(kinds=["role", "rolle"])
    assert "rolle" in str(caught.value)
    assert all(kind in str(caught.value) for kind in NAMED_KINDS)


def test_a_query_in_python_is_told_why_it_may_find_nothing() -> None:
    with pytest.warns(QueryNotice, match="no property cg:leedsTo; did you mean cg:leadsTo"):
        assert bundled().sparql("SELECT ?x { ?x cg:leedsTo ?y }") == ()


@pytest.mark.parametrize("seconds", [0, -1])
def test_a_query_takes_some_time(seconds: float) -> None:
    with pytest.raises(BadParameter, match="seconds"):
        bundled().sparql("ASK { ?s ?p ?o }", seconds=seconds)
