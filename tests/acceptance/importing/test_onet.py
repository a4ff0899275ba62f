"""A small release of O*NET: its shapes, and its store apart and together with the bundled data."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph

from careergraph.importing.onet.files import EDITORS_GRAPH, GRAPH
from careergraph.store.datasets import find_snapshot
from careergraph.store.locations import BUNDLED, list_dataset_files, list_ontology_files
from careergraph.validation.validate import validate
from onet_release import nodes, triples

NODES = list(nodes())


### The whole


def test_the_release_conforms_to_the_shapes(tmp_path: Path) -> None:
    path = tmp_path / "onet.nt"
    path.write_bytes(pyoxigraph.serialize(triples(iter(NODES)), format=pyoxigraph.RdfFormat.N_TRIPLES) or b"")
    report = validate([path], context=list_dataset_files(BUNDLED), ontology=list_ontology_files())
    assert report.findings == ()
    assert report.nodes > 1_000
    assert report.triples == sum(len(set(node.said)) for node in NODES)


### Where statements are from


### Occupations and their titles


### Ratings


### Tools, tasks, activities


### Preparation, education, related occupations


### On disk


def test_the_store_has_what_the_source_says_apart_and_together_with_the_bundled_data(small_onet: Path) -> None:
    store = pyoxigraph.Store.read_only(f"{find_snapshot(str(small_onet))}/store")
    for graph in (GRAPH, EDITORS_GRAPH):
        expected = triples(iter([node for node in NODES if node.graph == graph]))
        found = store.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph))
        assert {quad.triple for quad in found} == expected
    named = {quad.triple for quad in store if quad.graph_name != pyoxigraph.DefaultGraph()}
    merged = [quad.triple for quad in store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())]
    assert len(merged) == len(set(merged))
    assert set(merged) == named
    bundled = {graph.value for graph in store.named_graphs()} - {GRAPH, EDITORS_GRAPH}
    assert {iri.rpartition("/")[2] for iri in bundled} >= {"article", "courses", "editors"}
