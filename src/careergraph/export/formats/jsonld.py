"""JSON-LD for people and search engines: things that contain what is said about them, in terms of schema.org.

A framing algorithm cannot do this: it nests by predicate, and all claims about a role have the same predicate,
`schema:about`. Here each kind of claim has a key of its own in the thing that it is about.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any, TypeGuard

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from careergraph.catalogue.catalogue import Catalogue
from careergraph.export.formats.jsonld_context import Context, Term, name_node
from careergraph.export.statements import Material
from careergraph.model.records import Record
from careergraph.rdf.kinds import NAMED_KINDS
from careergraph.rdf.standards import RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, NAMESPACE


class Place(Record):
    """Where claims of a kind go: into the list `key` of the node that `predicate` names, if it is of the kinds."""

    key: str
    predicate: str
    under: tuple[str, ...]


def _about(key: str) -> Place:
    return Place(key, SCHEMA.about, NAMED_KINDS)


PLACES = {
    "definition": _about("definitions"),
    "advice": _about("advice"),
    "task": _about("tasks"),
    "collaboration": _about("collaborations"),
    "variant": _about("variants"),
    "requirement": _about("requirements"),
    "pay": _about("payRanges"),
    "transition": Place("transitions", CG.destination, ("role",)),
    "condition": Place("conditions", CG.transition, ("transition",)),
    "step": Place("steps", CG.transition, ("transition",)),
    "recommendation": _about("recommendations"),
    "classification": _about("classifications"),
    "offering": _about("offerings"),
    "teaching": _about("teachings"),
    "prerequisite": _about("expectations"),
    "effort": _about("efforts"),
    "price": _about("prices"),
    "naming": _about("namings"),
    "attribute": _about("attributes"),
    "holding": _about("holdings"),
    "disagreement": _about("disagreements"),
    "ambiguity": _about("ambiguities"),
    "correction": _about("corrections"),
    "omission": _about("omissions"),
    "claim": _about("claims"),
    "section": Place("sections", SCHEMA.isPartOf, ("source",)),
}
#: Terms of schema.org whose value is the claim itself: it goes there rather than into the list of its kind.
_HOLDING = (f"{NAMESPACE.schema}estimatedSalary", f"{NAMESPACE.schema}offers")
#: The first keys of a node; all others follow by name.
_FIRST = (SCHEMA.name, SKOS.prefLabel, SKOS.altLabel, SKOS.definition, SCHEMA.text)

#: Subject → predicate → objects.
Index = dict[str, dict[str, list[Term]]]


def to_jsonld(material: Material) -> bytes:
    """All statements, merged, also expressed in schema.org, as JSON-LD.

    Roles, courses and organisations contain what is said about them; each node is in the document once.
    """
    triples = material.triples | to_schema_org(material.triples)
    context = Context(triples, {place.key: place.predicate for place in PLACES.values()})
    document = {
        "@context": context.document(),
        "@graph": _Nesting(_index(triples), material.catalogue, context).roots(),
    }
    return json.dumps(document, indent=1, ensure_ascii=False).encode() + b"\n"


def to_schema_org(triples: Iterable[Triple]) -> set[Triple]:
    """Statements expressed in schema.org, by the query `schema_org.rq`."""
    store = Store()
    store.bulk_extend(Quad(*triple) for triple in triples)
    query = (files("careergraph.export.formats") / "schema_org.rq").read_text(encoding="utf-8")
    return set(store.query(query))  # type: ignore[arg-type]


class _Nesting:
    """The nodes of a document, each in its place."""

    def __init__(self, index: Index, catalogue: Catalogue, context: Context) -> None:
        self.index, self.catalogue, self.context = index, catalogue, context
        self.parents = {name: found for name in index if (found := self._parent(name))}
        self.held = {claim for name in index for claim in self._claims_in(name)}
        self.children: dict[str, dict[str, list[str]]] = {}
        for name in sorted(self.parents.keys() - self.held):
            parent, place = self.parents[name]
            self.children.setdefault(parent, {}).setdefault(place.key, []).append(name)

    def roots(self) -> list[dict[str, Any]]:
        """The nodes that are in no other node: named things by kind and label, then all others."""
        return [self._node(name) for name in sorted(self.index.keys() - self.parents.keys(), key=self._order)]

    def _order(self, name: str) -> tuple[int, str, str]:
        kind = self._kind(name)
        named = kind in NAMED_KINDS
        return NAMED_KINDS.index(kind) if named else len(NAMED_KINDS), self.catalogue.label(name) if named else "", name

    def _kind(self, name: str) -> str:
        return self.catalogue.kind(name.removeprefix("_:"))

    def _parent(self, name: str) -> tuple[str, Place] | None:
        place = PLACES.get(self._kind(name))
        if place is None:
            return None
        named = [name_node(term) for term in self.index[name].get(place.predicate, ()) if not isinstance(term, Literal)]
        # Kinds are nested in one direction only, so no node can end up inside itself.
        fitting = [parent for parent in named if parent in self.index and self._kind(parent) in place.under]
        return (fitting[0], place) if fitting else None

    def _node(self, name: str) -> dict[str, Any]:
        node: dict[str, Any] = {"@id": self.context.reference(name)}
        types = [term for term in self.index[name].get(RDF.type, ()) if not isinstance(term, Literal)]
        if types:
            node["@type"] = [self.context.key(name_node(term)) for term in types]
        for predicate in sorted(self.index[name], key=_order_of_keys):
            values = [self._value(name, predicate, term) for term in self._objects_to_write(name, predicate)]
            if values:
                node[self.context.key(predicate)] = values if len(values) > 1 else values[0]
        inside = self.children.get(name, {})
        return node | {key: [self._node(child) for child in inside[key]] for key in sorted(inside)}

    def _claims_in(self, name: str) -> Iterator[str]:
        """The claims that are nested in a node."""
        for predicate in _HOLDING:
            for term in self.index[name].get(predicate, ()):
                if self._stands_in(term, name):
                    yield name_node(term)

    def _stands_in(self, term: Term, name: str) -> TypeGuard[NamedNode | BlankNode]:
        return not isinstance(term, Literal) and self.parents.get(name_node(term), ("",))[0] == name

    def _value(self, name: str, predicate: str, term: Term) -> Any:
        if predicate in _HOLDING and self._stands_in(term, name):
            return self._node(name_node(term))
        return self.context.value(predicate, term)

    def _objects_to_write(self, name: str, predicate: str) -> list[Term]:
        """The objects that are written out: not types, and not the node that contains this one."""
        parent, place = self.parents.get(name, (None, None))
        hides = place is not None and place.predicate == predicate and name not in self.held
        return [
            term
            for term in self.index[name][predicate]
            if isinstance(term, Literal) or (predicate != RDF.type and not (hides and name_node(term) == parent))
        ]


def _order_of_keys(predicate: str) -> tuple[int, str]:
    return _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST), predicate


def _index(triples: Iterable[Triple]) -> Index:
    found: Index = {}
    for subject, predicate, value in sorted(triples, key=str):
        found.setdefault(name_node(subject), {}).setdefault(predicate.value, []).append(value)
    return found
