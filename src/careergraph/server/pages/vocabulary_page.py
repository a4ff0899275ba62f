"""The vocabulary as a page and as data: the terms of the ontology, each with its definition and its place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph

from careergraph.model.records import Record
from careergraph.rdf.results import shorten
from careergraph.rdf.standards import PROV, RDF, RDFS, SCHEMA, SKOS
from careergraph.rdf.vocabulary import NAMESPACE
from careergraph.store.locations import list_ontology_files
from careergraph.store.sources import parse
from careergraph.store.statements import Statements, read_statements

OWL_CLASS = "http://www.w3.org/2002/07/owl#Class"
#: What the vocabulary says of terms, besides their label and definition, in the order in which a page shows it.
PLACES = {
    RDFS.subClassOf: "a kind of",
    RDFS.subPropertyOf: "a part of",
    RDFS.domain: "said of",
    RDFS.range: "has as value",
    RDFS.seeAlso: "close to",
}

#: What terms of other vocabularies say, where a page shows statements.
_OTHERS = PLACES | {
    RDF.type: "is a",
    RDFS.label: "label",
    SKOS.prefLabel: "label",
    SKOS.altLabel: "also called",
    SKOS.hiddenLabel: "also found as",
    SKOS.definition: "definition",
    SKOS.note: "note",
    SKOS.broader: "part of",
    SKOS.inScheme: "listed in",
    SKOS.exactMatch: "the same as",
    SKOS.closeMatch: "nearly the same as",
    SCHEMA.about: "about",
    SCHEMA.text: "says",
    SCHEMA.value: "value",
    SCHEMA.isPartOf: "part of",
    PROV.wasDerivedFrom: "read in",
}


class Term(Record):
    """A class or a property of the ontology; `places` maps a predicate to its values."""

    name: str
    is_class: bool
    label: str
    definition: str
    places: dict[str, tuple[str, ...]]


@cache
def list_terms() -> tuple[Term, ...]:
    """All terms of the ontology, in alphabetical order.

    >>> list_terms()[0].name
    'Activity'
    """
    statements = read_statements(list_files())
    return tuple(_term(statements, iri) for iri in statements if iri.startswith(NAMESPACE.cg))


@cache
def _labels() -> dict[str, str]:
    return _OTHERS | {f"{NAMESPACE.cg}{term.name}": term.label for term in list_terms() if term.label}


def label_term(iri: str) -> str:
    """What a class or property is called in plain words; one that nothing is known of, by its name in a query.

    >>> label_term("https://w3id.org/careergraph/ontology#destination"), label_term(RDF.type)
    ('destination', 'is a')
    """
    return _labels().get(iri) or shorten(iri)


def _term(statements: Statements, iri: str) -> Term:
    said = statements[iri]
    return Term(
        name=iri.removeprefix(NAMESPACE.cg),
        is_class=OWL_CLASS in said.get(RDF.type, ()),
        label=next(iter(said.get(RDFS.label, ())), ""),
        definition=next(iter(said.get(SKOS.definition, ())), ""),
        places={predicate: tuple(said[predicate]) for predicate in PLACES if predicate in said},
    )


def list_files(part: str | None = None) -> list[str]:
    """The files of the ontology: the terms with their alignments, or a part by its name, such as `shapes`; else none.

    >>> [Path(file).name for file in list_files()], list_files("nonsense")
    (['careergraph.ttl', 'alignments.ttl'], [])
    """
    wanted = ("careergraph", "alignments") if part is None else (part,)
    found = {Path(file).stem: file for file in list_ontology_files()}
    return [found[stem] for stem in wanted if stem in found]


def read_triples(paths: Iterable[str]) -> set[pyoxigraph.Triple]:
    """The statements of some files."""
    return {pyoxigraph.Triple(quad.subject, quad.predicate, quad.object) for path in paths for quad in parse(path)}
