"""Imported data sets that are checked: small ones as a whole, large ones by a sample, each beside what it refers to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

import pytest

from careergraph.importing.dataset import build
from careergraph.importing.dataset.install import install
from careergraph.importing.source import Node
from careergraph.rdf.standards import RDF, SKOS
from careergraph.rdf.vocabulary import CG, NAMESPACE
from careergraph.render.text.validation import format_validation
from careergraph.store.datasets import dataset_folder
from careergraph.store.locations import list_ontology_files
from careergraph.validation import documents, samples
from careergraph.validation.samples import read_sample
from careergraph.validation.validate import validate
from light_import import LIGHTER
from onet_release import ignore_progress

ID = f"{NAMESPACE.id}guild/"
#: More than one of a kind that a sample has.
TRADES = 40


def store(name: str, nodes: Iterable[Node]) -> str:
    """An imported data set of some nodes, in the user's data folder."""
    graph = f"https://w3id.org/careergraph/graph/{name}"
    about = {"title": name, "release": "1", "source": None, "licence": None, "attribution": ""}
    given = [node._replace(graph=graph) for node in nodes]
    reading = SimpleNamespace(name=name, graphs=(graph,), files={}, nodes=lambda _: iter(given), **about)
    install(reading, dataset_folder(name), progress=ignore_progress)
    return dataset_folder(name)


def trade(number: int) -> Node:
    said = [(RDF.type, CG.Occupation, "iri"), (SKOS.prefLabel, f"Trade {number}", "@en")]
    return Node(f"{ID}trade/{number:02}", "", said)


def move(number: int, destination: str) -> Node:
    said = [
        (RDF.type, CG.ObservedMove, "iri"),
        (CG.movedFrom, f"{ID}trade/00", "iri"),
        (CG.movedTo, destination, "iri"),
    ]
    return Node(f"{ID}move/{number:02}", "", said)


@pytest.fixture
def trades(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A data set of trades, the only one in the data folder."""
    monkeypatch.setenv("CAREERGRAPH_DATA", str(tmp_path))
    for name, function in LIGHTER.items():
        monkeypatch.setattr(build, name, function)
    return store("trades", map(trade, range(TRADES)))


def test_a_small_data_set_is_read_as_a_whole(trades: str) -> None:
    found = read_sample(trades)
    assert (len({quad.subject for quad in found.quads}), found.population) == (TRADES, None)


def test_of_a_large_one_some_of_each_kind_are_read_the_same_each_time(trades: str) -> None:
    found, again = (read_sample(trades, large=10, most=7) for _ in range(2))
    assert sorted({str(quad.subject) for quad in found.quads}) == sorted({str(quad.subject) for quad in again.quads})
    assert (len({quad.subject for quad in found.quads}), found.population) == (7, TRADES)


def test_what_another_imported_data_set_describes_may_be_referred_to(trades: str) -> None:
    moves = store("moves", [move(1, f"{ID}trade/17"), move(2, f"{ID}trade/99")])
    found = validate([moves], ontology=list_ontology_files())
    undeclared = [(item.node, item.value) for item in found.findings if item.rule == "undeclared-node"]
    assert undeclared == [(f"{ID}move/02", f"{ID}trade/99")]


def test_a_report_says_of_how_many_nodes_it_checked_a_sample(trades: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "read_sample", lambda path: samples.read_sample(path, large=10, most=7))
    found = validate([trades], ontology=list_ontology_files())
    assert (found.nodes, found.sample_of) == (7, TRADES)
    told = " ".join(format_validation(found).split())
    assert told.startswith(
        f"A sample, 7 of {TRADES} nodes, some of every kind, and the {found.triples} statements about"
    )


def test_a_file_may_refer_to_any_node_of_a_large_data_set(trades: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text(
        f"<{ID}more> a <{CG.Occupation}> ; <{SKOS.prefLabel}> 'More'@en ; <{SKOS.broader}> <{ID}trade/17> ."
    )
    found = validate([file], context=[trades], ontology=list_ontology_files())
    assert "undeclared-node" not in {item.rule for item in found.findings}
