"""Exports hold the whole graph, read back as the same graph, and are checked in as they are written."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import isomorphic

from careergraph.exporting import EXPORTS, export
from careergraph.loading import parse
from careergraph.locations import dataset_files
from careergraph.store import as_rdflib, open_store
from careergraph.writing import write_whole
from make_exports import EXPORTS as FOLDER
from make_exports import FILES

INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
FORMATS = {"turtle": pyoxigraph.RdfFormat.TURTLE, "json-ld": pyoxigraph.RdfFormat.JSON_LD}


@pytest.mark.parametrize("name", FILES)
def test_a_checked_in_export_is_current(name: str) -> None:
    written = export(dataset_files(), FILES[name])
    assert (FOLDER / name).read_bytes() == written, "python scripts/make_exports.py writes it anew"


@pytest.mark.parametrize("format_", EXPORTS)
def test_an_export_holds_every_statement_and_no_other(format_: str) -> None:
    read = {
        (q.subject, q.predicate, q.object) for q in pyoxigraph.parse(export(dataset_files(), format_), FORMATS[format_])
    }
    assert read == {(q.subject, q.predicate, q.object) for path in dataset_files() for q in parse(path)}


@pytest.mark.parametrize(("format_", "theirs"), [("turtle", "turtle"), ("json-ld", "json-ld")])
def test_rdflib_reads_an_export_as_the_same_graph(format_: str, theirs: str, tmp_path: Path) -> None:
    source = tmp_path / "own.ttl"
    source.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<http://a/1> skos:prefLabel "één"@nl , "a \\"quoted\\" label"@en ; skos:broader <http://a/2> .\n'
        '<http://a/2> <http://a/p> 1.50 , "2024"^^<http://www.w3.org/2001/XMLSchema#gYear> , true .\n'
    )
    expected = Graph().parse(source, format="turtle")
    assert isomorphic(Graph().parse(data=export([str(source)], format_), format=theirs), expected)


def test_literals_are_exported_as_they_were_written(tmp_path: Path) -> None:
    source = tmp_path / "own.ttl"
    source.write_text("<http://a/1> <http://a/p> 1.50 .\n")
    assert b"1.50" in export([str(source)], "turtle")


def test_the_store_shows_the_same_statements_through_rdflib() -> None:
    store = open_store(dataset_files())
    dataset = as_rdflib(store)
    (row,) = dataset.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    merged = {(q.subject, q.predicate, q.object) for path in dataset_files() for q in parse(path)}
    assert str(row) == f"(rdflib.term.Literal('{len(merged)}', datatype=rdflib.term.URIRef('{INTEGER}')),)"


def test_each_source_has_a_named_graph() -> None:
    graphs = {graph.value.rsplit("/", 1)[1] for graph in open_store(dataset_files()).named_graphs()}
    assert graphs == {"article", "courses", "editors"}


def test_a_link_is_followed_and_a_file_keeps_its_mode(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, b"content")
    assert os.read(reader, 100) == b"content"
    os.close(reader)
    assert pipe.is_fifo()


@settings(max_examples=25, deadline=None)
@given(content=st.binary(max_size=2000))
def test_a_file_is_written_whole(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("written")
    write_whole(folder / "file", content)
    assert (folder / "file").read_bytes() == content
    assert len(list(folder.iterdir())) == 1
