"""The JSON-LD of the curated graph: nested, readable, and in terms of schema.org that fit their types."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pyoxigraph
from pyoxigraph import NamedNode, Triple

from careergraph.export import export
from careergraph.export.formats.jsonld import PLACES
from careergraph.export.statements import Material
from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.standards import RDF
from careergraph.store.locations import list_dataset_files

SCHEMA = "https://schema.org/"


@cache
def curated() -> Material:
    return Material.of_files(list_dataset_files())


@cache
def content() -> bytes:
    """The document."""
    return export(curated(), "json-ld").content


@cache
def triples() -> tuple[Triple, ...]:
    """What the document says, to pyoxigraph."""
    return tuple(quad.triple for quad in pyoxigraph.parse(content(), pyoxigraph.RdfFormat.JSON_LD))


#: Property → the types of schema.org that can have it, of those that the export uses.
DOMAINS = {
    "name": {"Thing"},
    "alternateName": {"Thing"},
    "description": {"Thing"},
    "url": {"Thing"},
    "sameAs": {"Thing"},
    "skills": {"Occupation"},
    "qualifications": {"Occupation"},
    "responsibilities": {"Occupation"},
    "estimatedSalary": {"Occupation"},
    "provider": {"Course"},
    "teaches": {"Course"},
    "coursePrerequisites": {"Course"},
    "offers": {"Course"},
}
#: Property → the types of schema.org that its value can have, where that is a node.
RANGES = {
    "skills": "DefinedTerm",
    "qualifications": "EducationalOccupationalCredential",
    "estimatedSalary": "MonetaryAmount",
    "provider": "Organization",
    "teaches": "DefinedTerm",
    "offers": "Offer",
}
TYPES = ("Occupation", "Course", "Organization", "DefinedTerm", "EducationalOccupationalCredential")


def typed() -> dict[str, set[str]]:
    """Node → its types of schema.org, in the JSON-LD of the curated graph."""
    found: dict[str, set[str]] = {}
    for triple in triples():
        if triple.predicate.value == RDF.type and triple.object.value.startswith(SCHEMA):  # type: ignore[union-attr]
            found.setdefault(triple.subject.value, set()).add(triple.object.value.removeprefix(SCHEMA))  # type: ignore[union-attr]
    return found


def told_of(types: dict[str, set[str]]) -> list[tuple[str, str, Triple]]:
    """Node, property of schema.org, and statement, for nodes of a type of schema.org that the export adds."""
    return [
        (t.subject.value, t.predicate.value.removeprefix(SCHEMA), t)  # type: ignore[union-attr]
        for t in triples()
        if t.predicate.value.startswith(SCHEMA) and types.get(t.subject.value, set()) & set(TYPES)  # type: ignore[union-attr]
    ]


def test_roles_courses_and_organisations_are_of_the_types_of_schema_org() -> None:
    catalogue, types = curated().catalogue, typed()
    for kind, type_ in (("role", "Occupation"), ("course", "Course"), ("organisation", "Organization")):
        assert catalogue.by_kind[kind]
        assert all(type_ in types[iri] for iri in catalogue.by_kind[kind])


def test_properties_of_schema_org_stand_on_types_that_can_have_them() -> None:
    types = typed()
    for node, name, _ in told_of(types):
        assert DOMAINS[name] & {*types[node], "Thing"}, (node, name)


def test_values_of_schema_org_are_of_types_that_can_be_them() -> None:
    types = typed()
    for node, name, triple in told_of(types):
        if isinstance(triple.object, NamedNode) and name in RANGES:
            assert RANGES[name] in types[triple.object.value], (node, name, triple.object)


def test_whatever_has_a_type_of_schema_org_has_a_name() -> None:
    types = typed()
    named = {node for node, name, _ in told_of(types) if name == "name"}
    assert {node for node, found in types.items() if found & set(TYPES)} == named


def node_of(name: str) -> dict[str, Any]:
    """A node of the document as JSON data."""
    (found,) = [node for node in json.loads(content())["@graph"] if node["@id"] == name]
    assert isinstance(found, dict)
    return found


def test_json_ld_reads_as_a_document() -> None:
    role = node_of("role:ai-ethicist")
    assert role["name"] == "AI ethicist"
    assert role["@type"] == ["Occupation", "cg:Role"]
    assert "skill:ai-systems" in str(role["skills"])
    pays = role["estimatedSalary"]
    assert (pays[0]["minValue"], pays[0]["currency"]) == (40000, "GBP")
    asked = role["requirements"]
    assert any(len(item["cg:anyOf"]) > 3 for item in asked if isinstance(item["cg:anyOf"], list))


def test_a_course_names_its_provider_and_what_it_teaches() -> None:
    course = node_of("course:fast-ai-practical-deep-learning")
    assert course["provider"] == "organisation:fast-ai"
    assert "skill:pytorch" in str(course["teaches"])


def test_what_a_role_does_not_need_is_no_skill_of_it_in_schema_org() -> None:
    assert "skill:model-training" not in str(node_of("role:ai-product-manager")["skills"])


def test_a_step_stands_in_its_transition_and_that_in_its_destination() -> None:
    moves = node_of("role:machine-learning-engineer")["transitions"]
    (move,) = [m for m in moves if m["@id"] == "transition:software-engineer--machine-learning-engineer"]
    assert move["cg:origin"] == "background:software-engineer"
    assert "step:software-engineer--machine-learning-engineer-1-course" in [step["@id"] for step in move["steps"]]


def test_no_key_of_the_context_means_two_things() -> None:
    keys = {place.key for place in PLACES.values()}
    assert keys.isdisjoint(PREFIXES)
    assert len(keys) == len(PLACES)
