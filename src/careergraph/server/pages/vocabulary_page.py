"""The vocabulary as a page and as data: the terms of the ontology, each with its definition and its place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph

from careergraph.model.records import Record
from careergraph.rdf.vocabulary import NAMESPACE, RDF, RDFS, SKOS
from careergraph.store.locations import ontology_files
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


class Term(Record):
    """A class or a property of the ontology; `places` maps a predicate to its values."""

    name: str
    is_class: bool
    label: str
    definition: str
    places: dict[str, tuple[str, ...]]


@cache
def terms() -> tuple[Term, ...]:
    """All terms of the ontology, in alphabetical order.

    >>> terms()[0].name
    'Activity'
    """
    statements = read_statements(files())
    return tuple(_term(statements, iri) for iri in statements if iri.startswith(NAMESPACE.cg))


def _term(statements: Statements, iri: str) -> Term:
    said = statements[iri]
    return Term(
        name=iri.removeprefix(NAMESPACE.cg),
        is_class=OWL_CLASS in said.get(RDF.type, ()),
        label=next(iter(said.get(RDFS.label, ())), ""),
        definition=next(iter(said.get(SKOS.definition, ())), ""),
        places={predicate: tuple(said[predicate]) for predicate in PLACES if predicate in said},
    )


def files(part: str | None = None) -> list[str]:
    """The files of the ontology: the terms with their alignments, or a part by its name, such as `shapes`; else none.

    >>> [Path(file).name for file in files()], files("nonsense")
    (['careergraph.ttl', 'alignments.ttl'], [])
    """
    wanted = ("careergraph", "alignments") if part is None else (part,)
    found = {Path(file).stem: file for file in ontology_files()}
    return [found[stem] for stem in wanted if stem in found]


def triples(paths: Iterable[str]) -> set[pyoxigraph.Triple]:
    """The statements of some files."""
    return {pyoxigraph.Triple(quad.subject, quad.predicate, quad.object) for path in paths for quad in parse(path)}
