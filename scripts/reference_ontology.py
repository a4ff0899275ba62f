"""The reference of the ontology's terms, from ontology/*.ttl."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.term import Node

from reference_text import page, table, words

FOLDER = Path(__file__).resolve().parents[1] / "ontology"
CG = Namespace("https://w3id.org/careergraph/ontology#")
SH = Namespace("http://www.w3.org/ns/shacl#")
INTRODUCTION = """\
# Terms of the ontology

All classes and properties in `cg:`, `https://w3id.org/careergraph/ontology#`, with the rules that
`careergraph validate` names when data breaks them. How they hang together is told in
[the ontology's own page](../../ontology/README.md).
"""
CLASSES, PROPERTIES = (OWL.Class,), (OWL.ObjectProperty, OWL.DatatypeProperty)
#: What is said about a term, in this order.
_RELATIONS = {
    "sub-class of": RDFS.subClassOf,
    "sub-property of": RDFS.subPropertyOf,
    "domain": RDFS.domain,
    "range": RDFS.range,
    "exact match": SKOS.exactMatch,
    "close match": SKOS.closeMatch,
}


def ontology_page() -> str:
    """The whole page.

    Raises:
        Undocumented: a term has no label or no definition.
    """
    graph = Graph()
    for path in sorted(FOLDER.glob("*.ttl")):
        graph.parse(path)
    classes = [part for term in terms(graph, *CLASSES) for part in _term(graph, term)]
    properties = [part for term in terms(graph, *PROPERTIES) for part in _term(graph, term)]
    return page(INTRODUCTION, "## Classes", *classes, "## Properties", *properties)


def terms(graph: Graph, *types: URIRef) -> list[URIRef]:
    """The project's own terms of these types, by their names."""
    found = {term for type_ in types for term in graph.subjects(RDF.type, type_) if isinstance(term, URIRef)}
    return sorted((term for term in found if term in CG), key=lambda term: (term.lower(), term))


def _term(graph: Graph, term: URIRef) -> Iterator[str]:
    name = graph.qname(term)
    label = words(str(graph.value(term, RDFS.label) or ""), f"{name}'s label")
    yield f"### {name}"
    yield f"*{label}*: {words(str(graph.value(term, SKOS.definition) or ''), name)}"
    rows = [(said, _names(graph, graph.objects(term, relation))) for said, relation in _RELATIONS.items()]
    rows += [("sub-classes", _names(graph, _narrower(graph, term))), ("rules", _rules(graph, term))]
    yield table(("", ""), [row for row in rows if row[1]])


def _names(graph: Graph, nodes: Iterator[Node]) -> str:
    return ", ".join(_name(graph, name) for name in sorted(node for node in nodes if isinstance(node, URIRef)))


def _name(graph: Graph, term: URIRef) -> str:
    name = graph.qname(term)
    return f"[{name}](#{name.replace(':', '').lower()})" if term in CG else f"`{name}`"


def _narrower(graph: Graph, term: URIRef) -> Iterator[Node]:
    return (node for node in graph.subjects(RDFS.subClassOf, term))


def _rules(graph: Graph, term: URIRef) -> str:
    about = {*graph.subjects(SH.targetClass, term), *graph.subjects(SH.path, term)}
    return ", ".join(f"`{shape.partition('#')[2]}`" for shape in sorted(map(str, about)) if "#" in shape)
