"""Exports of what is imported: all of it unless somebody says otherwise, ratings and tools among the edges."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest
import rdflib

import careergraph as library
from careergraph.catalogue.catalogue import Catalogue
from careergraph.export import export
from careergraph.export.statements import Material
from careergraph.export.view import View, view
from careergraph.store.locations import list_dataset_files
from careergraph.store.sources import parse
from command_line import careergraph


@pytest.fixture
def onet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_onet: Path) -> Path:
    """A data folder in which `onet` is."""
    monkeypatch.setenv("CAREERGRAPH_DATA", str(tmp_path / "data"))
    return Path(shutil.copytree(small_onet, tmp_path / "data" / "datasets" / "onet"))


def kinds(folder: Path) -> Counter[str]:
    with (folder / "nodes.csv").open(newline="", encoding="utf-8") as file:
        return Counter(row["kind"] for row in csv.DictReader(file))


def of(found: View, kind: str) -> list[tuple[str, str, str | None]]:
    return [(edge.source, edge.target, edge.claim) for edge in found.edges if edge.kind == kind]


def test_what_is_imported_is_exported_unless_a_data_set_is_named(onet: Path, tmp_path: Path) -> None:
    assert careergraph("export", "csv", "-o", str(tmp_path / "all")).returncode == 0
    assert careergraph("export", "csv", "--dataset", "bundled", "-o", str(tmp_path / "own")).returncode == 0
    everything, bundled = kinds(tmp_path / "all"), kinds(tmp_path / "own")
    assert everything["occupation"] == len(Catalogue.load("onet").by_kind["occupation"])
    assert everything["role"] == bundled["role"] > 0
    assert bundled["occupation"] == 0
    assert "onet" in careergraph("export", "trig").stdout
    assert "graph/onet" not in careergraph("export", "trig", "--dataset", "bundled").stdout


def test_every_rating_use_of_a_tool_and_activity_is_an_edge(onet: Path) -> None:
    catalogue = Catalogue.load()
    found = view(catalogue)
    for kind, claims in {"rates": "rating", "uses": "tool-use"}.items():
        assert sorted(claim or "" for _, _, claim in of(found, kind)) == sorted(catalogue.by_kind[claims])
    weighed = [edge for edge in found.edges if edge.kind == "rates" and edge.weight is not None]
    assert all(0 <= (edge.weight or 0) <= 1 for edge in weighed)
    assert any((edge.strength or "").startswith("importance ") for edge in weighed)
    assert any((edge.level or "").startswith("depth ") for edge in weighed)
    graph = library.load().to_networkx()
    counted = Counter(data["kind"] for *_, data in graph.edges(data=True))
    assert (counted["rates"], counted["uses"]) == (len(of(found, "rates")), len(of(found, "uses")))
    assert counted["does"] == len(of(found, "does")) > 0


def test_what_stays_on_disk_is_exported_as_if_it_were_read(onet: Path) -> None:
    files = [*list_dataset_files("bundled"), str(onet)]
    read = Material(quad for path in files for quad in parse(path))
    # Steps between occupations are weighed by what an import has computed, which statements do not have.
    stored, plain = view(Material.of_files(files).catalogue), view(read.catalogue)
    assert stored.nodes == plain.nodes
    assert [edge.id for edge in stored.edges] == [edge.id for edge in plain.edges]
    assert export(Material.of_files(files), "nquads").content.count(b" .\n") == len(set(read.quads))


def test_rdflib_sees_the_imported_data_alone_and_cannot_change_them(onet: Path) -> None:
    dataset = library.load("onet").to_rdflib()
    names = {str(graph.identifier).rpartition("/")[2] for graph in dataset.graphs()}
    assert {"onet", "onet-editors"} <= names
    assert "article" not in names
    role, occupation = (
        rdflib.URIRef(f"https://w3id.org/careergraph/ontology#{name}") for name in ("Role", "Occupation")
    )
    assert not bool(dataset.query(f"ASK {{ ?x a <{role}> }}"))
    occupations = Catalogue.load("onet").by_kind["occupation"]
    assert {str(node) for node in dataset.subjects(rdflib.RDF.type, occupation)} == set(occupations)
    (row,) = library.load("onet").sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert len(dataset) == row["n"]
    for opened in (dataset, library.load().to_rdflib()):
        with pytest.raises(RuntimeError):
            opened.add((rdflib.URIRef("urn:a"), rdflib.URIRef("urn:b"), rdflib.URIRef("urn:c")))
    assert not len(dataset.default_graph)
    assert len(list(dataset.quads())) == sum(map(len, dataset.graphs()))
    assert len(list(dataset.triples((None, None, None)))) == len(dataset)
    joined = library.load().to_rdflib()
    assert len(list(joined.quads())) == sum(map(len, joined.graphs()))
    assert bool(joined.query(f"ASK {{ ?x a <{role}> . ?y a <{occupation}> }}"))
