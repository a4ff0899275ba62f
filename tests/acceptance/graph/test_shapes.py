"""The data that comes with the package conforms to the shapes beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from careergraph.importing.dataset.install import install
from careergraph.importing.source import Advance, Node
from careergraph.rdf.standards import RDF, SKOS
from careergraph.rdf.vocabulary import CG, NAMESPACE
from careergraph.validation.validate import ValidationReport, validate
from onet_release import ignore_progress

ROOT = Path(__file__).parents[3]
ONTOLOGY = sorted((ROOT / "ontology").glob("*.ttl"))
NAMES = "courses organisations positions schemes skills topics"
EDITORS = [ROOT / "graph" / "editors" / f"{name}.ttl" for name in NAMES.split()]


def check(*files: Path) -> ValidationReport:
    return validate(files, context=EDITORS, ontology=ONTOLOGY)


def test_the_editors_names_conform() -> None:
    """A skill of theirs may be a part of one that stands in their vocabulary."""
    vocabulary = sorted((ROOT / "graph" / "vocabulary").glob("*.ttl"))
    report = validate(EDITORS, context=vocabulary, ontology=ONTOLOGY)
    assert report.findings == ()
    assert report.nodes > 200


# What a report says about what was checked.


def test_a_finding_in_an_imported_data_set_has_no_line(tmp_path: Path) -> None:
    said = [(RDF.type, CG.Role, "iri"), (SKOS.prefLabel, "Cooper", "@en"), (SKOS.prefLabel, "Barrel maker", "@en")]
    node, graph = Node(f"{NAMESPACE.id}role/cooper", f"{NAMESPACE.id}graph", said), f"{NAMESPACE.id}graph"

    class Guild:
        name, title, release, source, licence, attribution = "guild", "A list", "1905", None, None, "The guild"
        graphs, files = (graph,), {"trades.txt": 1}

        def nodes(self, advance: Advance) -> Iterator[Node]:
            yield node

    install(Guild(), str(tmp_path / "guild"), progress=ignore_progress)
    found = {(item.rule, item.line) for item in check(tmp_path / "guild").findings}
    assert ("Named-prefLabel", None) in found


# Nothing is changed, nothing leaks, nothing odd breaks it.


# Files.


# Lines.


def test_the_example_in_the_readme_is_our_own_data_and_conforms(tmp_path: Path) -> None:
    text = (ROOT / "ontology" / "README.md").read_text(encoding="utf-8")
    example = tmp_path / "example.ttl"
    example.write_text(text.partition("```turtle\n")[2].partition("```")[0], encoding="utf-8")
    graph = sorted((ROOT / "graph").rglob("*.ttl"))
    curated = {quad for path in graph for quad in pyoxigraph.parse(path.read_bytes(), pyoxigraph.RdfFormat.TURTLE)}
    assert {*pyoxigraph.parse(example.read_bytes(), pyoxigraph.RdfFormat.TURTLE)} <= curated
    report = validate([example], context=graph, ontology=ONTOLOGY)
    assert (report.findings, report.nodes) == ((), 3)
