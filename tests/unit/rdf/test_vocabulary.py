"""The ontology and its shapes hold together, and the generated vocabulary says what they say."""

from __future__ import annotations

import runpy
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest

from careergraph.rdf import standards
from careergraph.rdf.standards import RDF, RDFS, SKOS
from careergraph.rdf.vocabulary import CG, NAMESPACE

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "scripts" / "make_vocabulary.py"
SH = "http://www.w3.org/ns/shacl#"
SHAPES = "https://w3id.org/careergraph/ontology/shapes#"
OWL = "http://www.w3.org/2002/07/owl#"
PROPERTY_KINDS = (f"{OWL}ObjectProperty", f"{OWL}DatatypeProperty")


@cache
def statements(*parts: str) -> list[tuple[str, str, str]]:
    """The statements of a Turtle file or of all in a folder, as plain strings."""
    path = ROOT.joinpath(*parts)
    files = sorted(path.rglob("*.ttl")) if path.is_dir() else [path]
    quads = [quad for file in files for quad in pyoxigraph.parse(file.read_bytes(), pyoxigraph.RdfFormat.TURTLE)]
    return [tuple(str(getattr(term, "value", term)) for term in quad.triple) for quad in quads]  # type: ignore[misc]


def subjects(predicate: str, value: str | None = None, *, of: str = "careergraph.ttl") -> set[str]:
    return {s for s, p, o in statements("ontology", of) if p == predicate and value in (None, o)}


def objects(predicate: str, *, of: str = "shapes.ttl") -> set[str]:
    return {o for _, p, o in statements("ontology", of) if p == predicate}


def classes() -> set[str]:
    return subjects(RDF.type, f"{OWL}Class")


def properties() -> set[str]:
    return set().union(*(subjects(RDF.type, kind) for kind in PROPERTY_KINDS))


def test_the_vocabulary_is_current() -> None:
    script = runpy.run_path(str(SCRIPT))
    made = script["to_modules"](script["careergraph_terms"]())
    assert {path.name for path in made} == {"vocabulary.py", "standards.py"}
    for path, text in made.items():
        assert path.read_text(encoding="utf-8") == text, f"run `{script['COMMAND']}`"


def test_the_vocabulary_has_the_terms_of_the_ontology_and_no_others() -> None:
    in_code = {value for name, value in vars(CG).items() if not name.startswith("__")}
    assert in_code == classes() | properties()


def test_a_misspelt_term_is_an_error() -> None:
    with pytest.raises(AttributeError):
        _ = CG.Requirment  # type: ignore[attr-defined]


def test_the_outside_terms_that_the_data_uses_are_in_the_vocabulary() -> None:
    tables = [table for table in vars(standards).values() if isinstance(table, type)]
    listed = {value for table in tables for name, value in vars(table).items() if not name.startswith("__")}
    own = {
        getattr(NAMESPACE, prefix) for prefix in ("dcterms", "prov", "rdf", "rdfs", "schema", "semapv", "skos", "sssom")
    }
    used = {
        term
        for _, predicate, value in statements("graph") + statements("ontology", "alignments.ttl")
        for term in (predicate, value)
        if any(term.startswith(namespace) for namespace in own)
    }
    assert used - listed == set(), "add them to OUTSIDE_TERMS in scripts/make_vocabulary.py and run it"


def test_every_term_has_a_label_and_a_definition() -> None:
    assert classes() | properties() == subjects(RDFS.label)
    assert classes() | properties() == subjects(SKOS.definition)


def test_every_class_is_targeted_by_a_shape() -> None:
    assert classes() - objects(f"{SH}targetClass") == set()


def test_every_property_is_constrained_by_a_shape() -> None:
    assert properties() - objects(f"{SH}path") == set()


def test_every_property_has_a_shape_that_says_where_it_belongs() -> None:
    assert properties() == objects(f"{SH}targetSubjectsOf")


def test_shapes_mention_no_term_that_the_ontology_lacks() -> None:
    mentioned = {term for triple in statements("ontology") for term in triple if term.startswith(NAMESPACE.cg)}
    assert mentioned == classes() | properties()


def test_every_property_shape_in_use_has_a_name_and_one_line_that_says_what_to_do() -> None:
    named = {shape for shape in objects(f"{SH}property") if shape.startswith(SHAPES)}
    assert named == subjects(f"{SH}name", of="shapes.ttl")
    assert named - subjects(f"{SH}message", of="shapes.ttl") == set()
    assert all("\n" not in message and message.endswith(".") for message in objects(f"{SH}message"))


@pytest.mark.parametrize(
    ("rule", "others"),
    [
        ("Claim-hasText", "PayRange Attribute Rating ToolUse Schooling Preparation ObservedMove Alignment"),
        ("Claim-hasAbout", "Transition Step Condition ObservedMove Alignment"),
    ],
)
def test_a_rule_that_lists_kinds_of_claim_forgets_none(rule: str, others: str) -> None:
    listed = {o for s, p, o in statements("ontology", "shapes.ttl") if (s, p) == (SHAPES + rule, f"{SH}targetClass")}
    assert listed == subjects(RDFS.subClassOf, CG.Claim) - {NAMESPACE.cg + name for name in others.split()}


def test_every_shape_that_is_used_exists() -> None:
    links = ("property", "node", "not", "qualifiedValueShape")
    used = {shape for link in links for shape in objects(f"{SH}{link}") if shape.startswith(SHAPES)}
    assert used - subjects(RDF.type, of="shapes.ttl") == set()


def test_ranges_and_domains_are_classes_of_the_ontology_or_datatypes() -> None:
    named = objects(RDFS.range, of="careergraph.ttl") | objects(RDFS.domain, of="careergraph.ttl")
    assert {iri for iri in named if iri.startswith(NAMESPACE.cg)} <= classes()
