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


@pytest.mark.parametrize("query", [3, None, ["ASK {}"]])
def test_a_query_that_is_no_text_is_refused(query: Any) -> None:
    with pytest.raises(BadQuery, match="and no text"):
        bundled().sparql(query)


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


@pytest.mark.filterwarnings("ignore:Dataset.contexts is deprecated")  # rdflib's own writer uses it
def test_each_statement_of_an_rdflib_data_set_is_in_its_graph_and_only_there() -> None:
    dataset = bundled().to_rdflib()
    role, label = rdflib.URIRef("https://w3id.org/careergraph/id/role/ai-ethicist"), rdflib.RDFS.label
    assert [str(value) for value in dataset.objects(role, label)] == ["AI ethicist"], "no graph has to be named"
    ((*_, graph),) = dataset.quads((role, label, None, None))
    assert str(graph).endswith("/graph/direct")
    assert not len(dataset.default_graph)
    sizes = {str(part.identifier): len(part) for part in dataset.graphs()}
    assert len(list(dataset.quads())) == len(list(dataset)) == sum(sizes.values()) > len(dataset)
    assert len(list(dataset.triples((None, None, None)))) == len(dataset), "what two graphs say is found once"
    again = rdflib.Dataset()
    again.parse(data=dataset.serialize(format="nquads"), format="nquads")
    assert {str(part.identifier): len(part) for part in again.graphs()} == sizes


def _count(graph: rdflib.Graph, clause: str = "") -> int:
    (row,) = graph.query(f"SELECT (COUNT(*) AS ?n) {clause} {{ ?s ?p ?o }}")
    return int(row.n)  # type: ignore[union-attr]


def test_rdflib_asks_one_graph_or_all() -> None:
    dataset = bundled().to_rdflib()
    article = rdflib.URIRef("https://w3id.org/careergraph/graph/article")
    one = dataset.graph(article)
    assert _count(one) == _count(dataset, f"FROM <{article}>") == len(one)
    assert len(one) < _count(dataset) == len(dataset)


def test_what_is_done_to_an_rdflib_data_set_stays_there() -> None:
    dataset = bundled().to_rdflib()
    before = len(dataset)
    dataset.add((rdflib.URIRef("urn:a"), rdflib.URIRef("urn:b"), rdflib.URIRef("urn:c")))
    assert len(dataset) == before + 1
    assert bool(dataset.query("ASK { <urn:a> <urn:b> <urn:c> }"))
    dataset.update(
        "DELETE WHERE { <urn:a> ?p ?o } ; INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> <urn:d> , <urn:e> } }"
    )
    assert len(dataset) == before + 2
    assert len(dataset.graph(rdflib.URIRef("urn:g"))) == 2
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
