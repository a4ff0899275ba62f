"""The store that an import leaves on disk: the same answers as from memory, and nothing of other data sets."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import UnusableDataset
from careergraph.sparql.evaluation import evaluate
from careergraph.store.datasets import read_manifest
from careergraph.store.joins import explain_delay
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import OpenStore, open_dataset, open_store
from careergraph.store.sources import parse
from careergraph.store.statements import read_statements
from onet_release import ONET

GRAPH = "https://w3id.org/careergraph/graph/"
OWN = [f"{GRAPH}onet", f"{GRAPH}onet-editors"]
QUERIES = [
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "SELECT (COUNT(*) AS ?n) FROM graph:onet { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) FROM graph:onet FROM graph:onet-editors { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) FROM graph:editors { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) FROM NAMED graph:onet { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) FROM NAMED graph:onet-editors FROM NAMED graph:editors { GRAPH ?g { ?s ?p ?o } }",
    "SELECT (COUNT(*) AS ?n) FROM graph:onet-editors FROM NAMED graph:onet { ?s ?p ?o GRAPH ?g { ?s ?q ?r } }",
    "SELECT (COUNT(*) AS ?n) FROM graph:onet { GRAPH ?g { ?s ?p ?o } }",
    "BASE <https://w3id.org/careergraph/> PREFIX x: <graph/> SELECT (COUNT(*) AS ?n) FROM <graph/onet> { ?s ?p ?o }",
    "PREFIX x: <https://w3id.org/careergraph/graph/> SELECT (COUNT(*) AS ?n) FROM x:onet-editors { ?s ?p ?o }",
    "SELECT ?label { ?o a cg:Occupation ; skos:prefLabel ?label } ORDER BY ?label",
    "SELECT ?s { ?s ?p 'FROM graph:editors' } # FROM graph:editors",
]
ASKED = [(None, None), ([OWN[0]], None), (None, [OWN[1]]), ([f"{GRAPH}editors"], None), ([], OWN), (OWN, [OWN[0]])]


@pytest.fixture(scope="module")
def alone(small_onet: Path) -> OpenStore:
    return open_dataset([str(small_onet)], direct=False)


@pytest.fixture(scope="module")
def in_memory(small_onet: Path) -> pyoxigraph.Store:
    return open_store([str(small_onet)])


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(("default", "named"), ASKED)
def test_alone_it_answers_as_if_nothing_else_were_there(
    alone: OpenStore, in_memory: pyoxigraph.Store, query: str, default: list[str] | None, named: list[str] | None
) -> None:
    expected = evaluate(in_memory, query, "csv", default_graphs=default, named_graphs=named)
    assert alone.graphs is not None
    assert (
        evaluate(alone.store, query, "csv", default_graphs=default, named_graphs=named, among=alone.graphs) == expected
    )


def test_the_queries_tell_graphs_apart(in_memory: pyoxigraph.Store) -> None:
    answers = [evaluate(in_memory, query, "csv").content for query in QUERIES]
    assert len(set(answers)) > 6


def test_it_parses_to_its_own_graphs(small_onet: Path) -> None:
    quads = list(parse(str(small_onet)))
    assert {quad.graph_name.value for quad in quads} == set(OWN)  # type: ignore[union-attr]
    assert len({quad.triple for quad in quads}) == read_manifest(str(small_onet)).statements


def test_its_index_tells_what_its_store_has(small_onet: Path) -> None:
    on_disk, expected = Catalogue.load(str(small_onet)), read_statements([str(small_onet)])
    assert dict(on_disk.statements.items()) == expected


def test_joined_with_the_bundled_data_it_is_both(small_onet: Path) -> None:
    files = [*list_dataset_files(), str(small_onet)]
    on_disk, expected = Catalogue.of_files(files), read_statements(files)
    assert dict(on_disk.statements.items()) == expected
    assert on_disk.label(f"{ONET}occupation/15-2051.00") == "Data Scientists"


def test_without_imported_data_nothing_is_said(small_onet: Path) -> None:
    for files in ([], list_dataset_files(), [str(small_onet)], [*list_dataset_files(), str(small_onet)]):
        assert explain_delay(list(files)) is None


def test_a_store_that_is_not_there_is_told(small_onet: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(small_onet, tmp_path / "onet"))
    (current,) = folder.glob("snapshots/*/store/CURRENT")
    current.unlink()
    with pytest.raises(UnusableDataset, match="import it again"):
        open_dataset([str(folder)])


def test_many_may_have_it_open_at_once(small_onet: Path) -> None:
    one, other = open_dataset([str(small_onet)]), open_dataset([str(small_onet)])
    assert len(one.store) == len(other.store) > 0
