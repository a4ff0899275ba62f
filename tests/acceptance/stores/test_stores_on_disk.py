"""The store that an import leaves, beside other data: what is merged, made anew, and left as it was."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import AbstractContextManager
from pathlib import Path

import pyoxigraph
import pytest

from careergraph.model.errors import UnwritableFile
from careergraph.sparql.evaluation import evaluate
from careergraph.sparql.sandbox import Sandbox
from careergraph.store import atomic_write, joins
from careergraph.store.datasets import read_manifest, seal
from careergraph.store.joins import explain_delay
from careergraph.store.layers import is_layer
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import open_dataset, open_store

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


def stated(store: pyoxigraph.Store) -> set[pyoxigraph.Quad]:
    """What a store has in named graphs that are no layers: what was read."""
    return {
        quad
        for quad in store
        if isinstance(quad.graph_name, pyoxigraph.NamedNode) and not is_layer(quad.graph_name.value)
    }


def test_merged_it_has_what_both_have(small_onet: Path) -> None:
    files = [*list_dataset_files(), str(small_onet)]
    merged = open_dataset(files)
    assert merged.graphs is None
    assert stated(merged.store) == stated(open_store(files))


def test_a_process_that_may_open_nothing_more_answers_everything(small_onet: Path) -> None:
    for fork in (False, True):
        with Sandbox([str(small_onet)], fork=fork, direct=False) as sandbox:
            for query in QUERIES:
                assert sandbox.ask(query, "csv", seconds=60) == evaluate(open_store([str(small_onet)]), query, "csv")


@pytest.mark.parametrize("own", [True, False])
def test_other_joins_are_made_anew_and_say_so(small_onet: Path, tmp_path: Path, own: bool) -> None:
    data = tmp_path / "own.ttl"
    data.write_text("<urn:a> <urn:b> <urn:c> .")
    files = [*(list_dataset_files() if own else ()), str(small_onet), str(data)]
    assert "put together first" in (explain_delay(files) or "")
    found = open_dataset(files)
    assert found.graphs is None
    assert stated(found.store) == stated(open_store(files))
    assert evaluate(found.store, "ASK { <urn:a> <urn:b> <urn:c> . ?o a cg:Occupation }", "csv").content == b"true"


def test_bundled_data_that_has_changed_since_is_not_taken_from_the_disk(small_onet: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(small_onet, tmp_path / "onet"))
    (said,) = folder.glob("snapshots/*/dataset.json")
    said.write_text(seal(read_manifest(str(folder)).to_dict() | {"bundled": "another"}))
    files = [*list_dataset_files(), str(folder)]
    assert "has changed since" in (explain_delay(files) or "")
    assert explain_delay([str(folder)]) is None
    assert stated(open_dataset(files).store) == stated(open_store(files))


def test_a_join_leaves_the_data_set_as_it_was_and_no_files(small_onet: Path, tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    before = {path: path.stat().st_size for path in small_onet.rglob("*")}
    found = open_dataset([str(small_onet), str(tmp_path / "own.ttl")])
    assert {path: path.stat().st_size for path in small_onet.rglob("*")} == before
    assert len(stated(found.store)) == len(stated(open_store([str(small_onet)]))) + 1


def test_what_a_killed_join_has_left_is_gone_with_the_next(small_onet: Path, tmp_path: Path) -> None:
    dataset = Path(shutil.copytree(small_onet, tmp_path / "onet"))
    (tmp_path / "own.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    left = dataset / ".careergraph-abcdefgh" / "whole" / "store"
    left.mkdir(parents=True)
    open_dataset([str(dataset), str(tmp_path / "own.ttl")])
    assert not left.exists()


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_where_a_data_set_cannot_be_written_to_it_is_joined_elsewhere(
    number: int, small_onet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another user's, or on a disk that is mounted to be read only."""
    (tmp_path / "own.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    make, copy = atomic_write.make_hidden_folder, Path(shutil.copytree(small_onet, tmp_path / "onet"))
    in_place = open_dataset([str(copy), str(tmp_path / "own.ttl")])

    def closed(parent: Path) -> AbstractContextManager[Path]:
        if parent == small_onet:
            raise OSError(number, os.strerror(number))
        return make(parent)

    monkeypatch.setattr(atomic_write, "make_hidden_folder", closed)
    joined = open_dataset([str(small_onet), str(tmp_path / "own.ttl")])
    assert stated(joined.store) == stated(in_place.store)
    assert len(joined.store) > 10_000


@pytest.mark.parametrize("told", ["IO error: No space left on device: While appending to file", ""])
def test_a_full_disk_is_told_as_that_and_not_as_damage(
    told: str, small_onet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other process tells what the engine says; Python's own errors have a number."""
    (tmp_path / "own.ttl").write_text("<urn:a> <urn:b> <urn:c> .")

    def full(*_: object) -> None:
        raise OSError(told) if told else OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "a", None, "b")

    monkeypatch.setattr(joins, "_replace_apart" if told else "_copy_store", full)
    with pytest.raises(UnwritableFile, match=r"put together in: .*No space left on device.*; make room, or set TMPDIR"):
        open_dataset([str(small_onet), str(tmp_path / "own.ttl")])
