"""Statements and results are written so that others can read them, whatever the data has in it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from careergraph.model.errors import UnsuitableFormat
from careergraph.rdf.prefixes import serialize_triples
from careergraph.sparql.evaluation import evaluate

ODD = "a\x01b\ufffec\rd\ne\tf"
READ = "a\ufffdb\ufffdc\rd\ne\tf"


def test_results_in_xml_are_well_formed_whatever_the_data() -> None:
    store = pyoxigraph.Store()
    store.add(pyoxigraph.Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal(ODD)))
    content = evaluate(store, "SELECT ?o { ?s ?p ?o }", "xml").content
    assert next(ET.fromstring(content).iter("{http://www.w3.org/2005/sparql-results#}literal")).text == READ


@pytest.mark.parametrize(
    "predicate", ["https://example.org/p", "https://example.org/12a", "https://example.org/\u00e91"]
)
def test_rdf_xml_is_well_formed_whatever_the_data(predicate: str) -> None:
    content = serialize_triples([Triple(NamedNode("urn:a"), NamedNode(predicate), Literal(ODD))], RdfFormat.RDF_XML)
    ((_, read, value),) = rdflib.Graph().parse(data=content, format="xml")
    assert (str(read), str(value)) == (predicate, READ)


@pytest.mark.parametrize(
    "predicate",
    [
        "https://example.org/123",
        "https://example.org/",
        "https://example.org/a-'",
        "https://example.org/\u00b2",
        "https://example.org/\U0001d400",
    ],
)
def test_a_predicate_without_a_local_name_is_told(predicate: str) -> None:
    with pytest.raises(UnsuitableFormat, match="has no local name; use one of turtle"):
        serialize_triples([Triple(NamedNode("urn:a"), NamedNode(predicate), Literal("x"))], RdfFormat.RDF_XML)
    with pytest.raises(UnsuitableFormat, match="has no local name"):
        evaluate(pyoxigraph.Store(), f"CONSTRUCT {{ <urn:a> <{predicate}> 1 }} {{}}", "rdf-xml")


@pytest.mark.parametrize("word", ["li", "Description", "about"])
def test_a_predicate_that_rdf_xml_takes_for_its_syntax_is_told(word: str) -> None:
    with pytest.raises(UnsuitableFormat, match=f"#{word} is a word of its syntax; use one of turtle"):
        evaluate(pyoxigraph.Store(), f"CONSTRUCT {{ <urn:a> rdf:{word} 1 }} {{}}", "rdf-xml")
