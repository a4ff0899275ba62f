"""What a position pays that no statistics know: what its nearest counterpart pays, and whose pay that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import find_pay
from careergraph.rdf.standards import OWL, RDF, SCHEMA, SKOS, SSSOM
from careergraph.rdf.vocabulary import CG
from careergraph.render.text.phrases import format_pay_figures
from careergraph.store.index import INDEX, Index
from careergraph.store.index_writer import IndexWriter

ANALYST, TWIN, POORER = "urn:background/analyst", "urn:esco/analyst", "urn:onet/assistant"


def aligned(one: str, other: str, mapping: str, confidence: str) -> dict[str, list[str]]:
    ends = {OWL.annotatedSource: [one], OWL.annotatedTarget: [other], OWL.annotatedProperty: [mapping]}
    return {RDF.type: [CG.Alignment], SSSOM.confidence: [confidence], **ends}


def paid(node: str, low: int) -> dict[str, list[str]]:
    figures = {SCHEMA.minValue: [str(low)], SCHEMA.maxValue: [str(2 * low)], SCHEMA.currency: ["USD"]}
    return {RDF.type: [CG.PayRange], SCHEMA.about: [node], **figures}


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """An analyst that editors align with a reporter, and that is the same as one that titles liken to an assistant."""
    labels = {
        TWIN: "data analyst",
        POORER: "Assistants",
        "urn:onet/reporter": "Reporters",
        "urn:esco/unpaid": "monk",
        "urn:esco/clerk": "clerk",
    }
    imported = {iri: {RDF.type: [CG.Occupation], SKOS.prefLabel: [label]} for iri, label in labels.items()}
    imported |= {
        "urn:a3": aligned(TWIN, POORER, SKOS.closeMatch, "0.9"),
        "urn:a4": aligned("urn:esco/clerk", POORER, SKOS.closeMatch, "0.9"),
        "urn:p1": paid(POORER, 30_000),
        "urn:p2": paid("urn:onet/reporter", 50_000),
    }
    with IndexWriter(str(tmp_path / INDEX)) as writer:
        for iri, said in imported.items():
            writer.add(iri, said)
    bundled = {
        ANALYST: {RDF.type: [CG.Profession], SKOS.prefLabel: ["Analyst"], SKOS.exactMatch: [TWIN]},
        "urn:a1": aligned(ANALYST, TWIN, SKOS.exactMatch, "1.0"),
        "urn:a2": aligned(ANALYST, "urn:onet/reporter", SKOS.closeMatch, "0.8"),
    }
    return Catalogue(bundled, [Index(str(tmp_path))])


@pytest.mark.parametrize(
    ("asked", "whose", "low"),
    [
        (ANALYST, "Reporters", 50_000),  # its twin is nearer, and has no pay
        (TWIN, "Reporters", 50_000),  # what editors aligned by hand comes first
        ("urn:esco/clerk", "Assistants", 30_000),
        (POORER, "Assistants", 30_000),
    ],
)
def test_the_nearest_counterpart_that_has_pay_lends_it(catalogue: Catalogue, asked: str, whose: str, low: int) -> None:
    assert [(line.role.label, line.low) for line in find_pay(catalogue, asked)] == [(whose, low)]


def test_without_counterparts_pay_stays_unknown(catalogue: Catalogue) -> None:
    assert find_pay(catalogue, "urn:esco/unpaid") == ()


def reported(low: int, region: str, reports: int, level: str = "senior") -> dict[str, list[str]]:
    more = {CG.region: [region], CG.reports: [str(reports)], CG.seniority: [level], CG.year: ["2025"]}
    return {**paid("urn:role", low), **more, SCHEMA.median: [str(low + 1)]}


def test_what_sources_say_comes_first_then_official_figures_then_reports_from_where_there_are_most() -> None:
    official = {**paid("urn:occupation", 85_000), SCHEMA.median: ["100000"], CG.region: ["US"], CG.year: ["2025"]}
    role = {RDF.type: [CG.Role], SKOS.prefLabel: ["Data scientist"], SKOS.exactMatch: ["urn:occupation"]}
    said = {
        "urn:role": role,
        "urn:occupation": {RDF.type: [CG.Occupation], SKOS.prefLabel: ["Data Scientists"]},
        "urn:p1": reported(40_000, "CA", 10),
        "urn:p2": reported(90_000, "US", 30, "entry level"),
        "urn:p3": reported(60_000, "US", 900),
        "urn:p4": official,
        "urn:p5": {**paid("urn:role", 70_000), CG.region: ["UK"]},
    }
    found = find_pay(Catalogue(said), "urn:role")
    assert [(line.role.label, line.low) for line in found] == [
        ("Data scientist", 70_000),
        ("Data Scientists", 85_000),
        ("Data scientist", 60_000),
        ("Data scientist", 90_000),
        ("Data scientist", 40_000),
    ]
    assert format_pay_figures(found[3]) == "USD 90,000-180,000, US, entry level, 2025"
