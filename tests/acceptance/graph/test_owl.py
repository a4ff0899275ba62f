"""The ontology is one that OWL tools read: owlready2 loads it, HermiT reasons over it, and nothing false follows.

Skipped, by name, where owlready2 or a Java virtual machine is missing.
"""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from careergraph.rdf.standards import OWL, RDF, RDFS, SCHEMA
from careergraph.rdf.vocabulary import CG, NAMESPACE
from careergraph.store.statements import Statements, read_statements

ONTOLOGY = Path(__file__).parents[3] / "ontology"
FILES = [str(ONTOLOGY / name) for name in ("careergraph.ttl", "alignments.ttl")]
#: The datatypes of the OWL 2 datatype map that the ontology may use as ranges, and the one that all literals are of.
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL_2 = {XSD + name for name in ("string", "boolean", "decimal", "double", "integer", "dateTime")} | {
    f"{NAMESPACE.rdfs}Literal"
}

#: A course, what it teaches, and a claim that says so, beside a pay range and a note: one of each that could go wrong.
EXAMPLE = f"""
@prefix cg: <{CG.Claim.removesuffix("Claim")}> .
@prefix schema: <{SCHEMA.about.removesuffix("about")}> .
<urn:course> a cg:Course . <urn:skill> a cg:Knowledge . <urn:role> a cg:Role . <urn:firm> a cg:Organisation .
<urn:teaching> a cg:Teaching ; schema:about <urn:course> ; cg:teaches <urn:skill> .
<urn:offering> a cg:Offering ; schema:about <urn:course> ; cg:provider <urn:firm> .
<urn:pay> a cg:PayRange ; schema:about <urn:role> ; cg:employer <urn:firm> ; cg:openEnded true ; cg:year "2024" .
<urn:editors> a cg:Source .
"""


@pytest.fixture(scope="module")
def terms() -> Statements:
    return read_statements(FILES)


@pytest.fixture(scope="module")
def owlready2() -> Any:
    return pytest.importorskip("owlready2", reason="owlready2 is not installed")


def load(owlready2: Any, *turtle: str) -> Any:
    """A world of its own with the ontology and its alignments, and what else is given as Turtle."""
    texts = [*(Path(path).read_text(encoding="utf-8") for path in FILES), *turtle]
    triples = [
        triple
        for text in texts
        for triple in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)
        if triple.predicate.value != f"{NAMESPACE.owl}imports"
    ]
    world = owlready2.World()
    file = io.BytesIO(pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b"")
    world.get_ontology("urn:test#").load(fileobj=file)
    return world


@pytest.fixture(scope="module")
def reasoned(owlready2: Any) -> Any:
    """The same after HermiT has gone over it."""
    if shutil.which("java") is None:
        pytest.skip("HermiT needs a Java virtual machine, and there is none")
    world = load(owlready2, EXAMPLE)
    owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0)
    return world


def test_owlready2_loads_all_classes_and_properties(owlready2: Any, terms: dict[str, Any]) -> None:
    world = load(owlready2)
    declared = {iri for iri in terms if iri.startswith(CG.Claim.removesuffix("Claim"))}
    loaded = {entity.iri for entity in (*world.classes(), *world.properties())}
    assert len(declared) > 100
    assert declared - loaded == set()


def test_ranges_are_datatypes_that_reasoners_know(terms: dict[str, dict[str, list[str]]]) -> None:
    ranges = {
        iri: said.get(RDFS.range, [])
        for iri, said in terms.items()
        if f"{NAMESPACE.owl}DatatypeProperty" in said.get(RDF.type, [])
    }
    assert len(ranges) > 20
    assert {iri: found for iri, found in ranges.items() if not found or not set(found) <= OWL_2} == {}


def test_no_word_of_owl_itself_is_a_class_of_ours(terms: dict[str, dict[str, list[str]]]) -> None:
    above = {other for said in terms.values() for other in said.get(RDFS.subClassOf, [])}
    assert OWL.Axiom not in above
    assert [iri for iri in above if iri.startswith(NAMESPACE.owl)] == []


def test_hermit_finds_every_class_satisfiable(reasoned: Any) -> None:
    assert list(reasoned.inconsistent_classes()) == []


def test_what_holds_follows(reasoned: Any) -> None:
    def of(iri: str) -> set[str]:
        return {cls.iri for cls in reasoned[iri].INDIRECT_is_a}

    assert SCHEMA.Course in of("urn:course")
    assert SCHEMA.Claim in of("urn:teaching")
    assert SCHEMA.Occupation in of("urn:role")
    assert SCHEMA.MonetaryAmount in of("urn:pay")


def test_a_claim_neither_teaches_nor_provides_nor_hires(reasoned: Any) -> None:
    """And the editors are no creative work."""
    for subject, predicate in (
        ("urn:teaching", SCHEMA.teaches),
        ("urn:offering", SCHEMA.provider),
        ("urn:pay", SCHEMA.hiringOrganization),
    ):
        query = f"SELECT ?o {{ <{subject}> <{predicate}> ?o }}"
        assert list(reasoned.sparql(query)) == [], (subject, predicate)
    assert SCHEMA.CreativeWork not in {cls.iri for cls in reasoned["urn:editors"].INDIRECT_is_a}


def test_only_names_are_properties_of_schema_org(terms: dict[str, dict[str, list[str]]]) -> None:
    """A property of a claim is no property of what the claim is about."""
    above = {iri: said[RDFS.subPropertyOf] for iri, said in terms.items() if RDFS.subPropertyOf in said}
    assert above == {CG.section: [SCHEMA.name]}


def test_neighbours_are_named_without_making_concepts_of_classes() -> None:
    """SKOS has whatever is mapped be a concept, which classes and properties are not."""
    text = (ONTOLOGY / "alignments.ttl").read_text(encoding="utf-8")
    assert re.findall(r"^cg:\w+ .*skos:\w+Match", text, flags=re.MULTILINE) == []
    assert "rdfs:seeAlso esco:Occupation" in text
