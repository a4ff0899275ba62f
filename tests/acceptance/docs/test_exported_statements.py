"""Every statement of the bundled data is exported, and what follows from them on demand."""

from __future__ import annotations

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat

from careergraph.export import export
from careergraph.export.formats.jsonld import to_schema_org
from careergraph.export.statements import Material
from careergraph.rdf.standards import RDF
from careergraph.store.layers import LAYERS
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import open_dataset
from careergraph.store.sources import parse

SCHEMA = "https://schema.org/"
STATEMENTS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "json-ld": RdfFormat.JSON_LD,
}
CURATED = Material.of_files(list_dataset_files())


def read(content: bytes, format_: str) -> set[Quad]:
    return set(pyoxigraph.parse(content, STATEMENTS[format_]))


# What is checked in


# Statements


@pytest.mark.parametrize("format_", ["trig", "nquads"])
def test_each_statement_stays_in_the_graph_of_its_source(format_: str) -> None:
    assert read(export(CURATED, format_).content, format_) == set(CURATED.quads)
    graphs = {
        quad.graph_name.value.rsplit("/", 1)[1] for quad in CURATED.quads if isinstance(quad.graph_name, NamedNode)
    }
    assert graphs == {"alignments", "article", "courses", "editors", "proxies", "vocabulary"}


def test_turtle_holds_every_statement_and_no_other() -> None:
    expected = {Quad(*quad.triple) for path in list_dataset_files() for quad in parse(path)}
    assert read(export(CURATED, "turtle").content, "turtle") == expected


def test_json_ld_holds_every_statement_and_besides_only_what_schema_org_makes_of_them() -> None:
    found = {quad.triple for quad in read(export(CURATED, "json-ld").content, "json-ld")}
    assert found >= CURATED.triples
    added = found - CURATED.triples
    assert added == to_schema_org(CURATED.triples) - CURATED.triples
    terms = {t.object.value if t.predicate.value == RDF.type else t.predicate.value for t in added}  # type: ignore[union-attr]
    assert all(term.startswith(SCHEMA) for term in terms)


@pytest.mark.parametrize("format_", STATEMENTS)
def test_what_follows_is_added_on_demand_as_a_query_finds_it(format_: str) -> None:
    asked, found = open_dataset(list_dataset_files()).store, pyoxigraph.Store()
    quads = read(export(CURATED, format_, direct=True).content, format_)
    found.extend(quads)  # where 1.50 is 1.5, as in the other store
    expected = {q.triple for graph in asked.named_graphs() for q in asked.quads_for_pattern(None, None, None, graph)}
    assert expected - {quad.triple for quad in found} == set()
    if format_ in ("trig", "nquads"):
        assert {quad.graph_name for quad in quads} == set(asked.named_graphs()) > set(map(NamedNode, LAYERS))


# All formats


# The command


# Writing files
