"""Exports read back as what they hold, come out the same every time, and are checked in as they are written."""

from __future__ import annotations

import json
import os
import re
import sys
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Dataset, Literal, NamedNode, Quad, RdfFormat
from rdflib import Graph
from rdflib.compare import isomorphic

from careergraph.catalogue.names import find_node
from careergraph.export import EXPORTS, export, export_all
from careergraph.export import statements as where_files_are_read
from careergraph.export.formats.jsonld import to_schema_org
from careergraph.export.statements import Material
from careergraph.model.errors import (
    ContradictoryConditions,
    MissingExtra,
    UnreadableFile,
    UnsuitableFormat,
    UnusableDataset,
    UnwritableFile,
)
from careergraph.rdf.kinds import NAMED_KINDS
from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.standards import RDF, SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.store.atomic_write import write_folder, write_whole
from careergraph.store.layers import is_layer
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import open_store, to_rdflib
from careergraph.store.sources import parse
from command_line import careergraph, complaint

XSD = "http://www.w3.org/2001/XMLSchema#"
SCHEMA = "https://schema.org/"
STATEMENTS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "json-ld": RdfFormat.JSON_LD,
}
HOSTILE = str(Path(__file__).parents[2] / "fixtures" / "exports" / "hostile.ttl")


@cache
def curated() -> Material:
    return Material.of_files(list_dataset_files())


def canonical(quads: set[Quad]) -> Dataset:
    """Statements with their blank nodes named alike, to be compared."""
    found = Dataset(quads)
    found.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return found


def read(content: bytes, format_: str) -> set[Quad]:
    return set(pyoxigraph.parse(content, STATEMENTS[format_]))


def merged(quads: set[Quad]) -> set[Quad]:
    return {Quad(*quad.triple) for quad in quads}


# What is checked in


# Statements


@pytest.mark.parametrize(("format_", "theirs"), [("turtle", "turtle"), ("json-ld", "json-ld")])
def test_rdflib_reads_what_pyoxigraph_reads(format_: str, theirs: str) -> None:
    content = export([HOSTILE], format_).content
    lines = pyoxigraph.serialize(read(content, format_), format=RdfFormat.N_QUADS) or b""
    assert isomorphic(Graph().parse(data=content, format=theirs), Graph().parse(data=lines, format="nt"))


@pytest.mark.parametrize("format_", STATEMENTS)
def test_hostile_statements_come_back(format_: str) -> None:
    expected = {Quad(q.subject, q.predicate, q.object) for q in parse(HOSTILE)}
    if format_ == "json-ld":
        expected |= {Quad(*triple) for triple in to_schema_org({quad.triple for quad in expected})}
    assert canonical(merged(read(export([HOSTILE], format_).content, format_))) == canonical(expected)


def test_literals_are_exported_as_they_were_written() -> None:
    for format_ in STATEMENTS:
        assert b"1.50" in export([HOSTILE], format_).content


def test_blank_nodes_of_two_files_stay_two(tmp_path: Path) -> None:
    for name in ("one.ttl", "two.ttl"):
        (tmp_path / name).write_text(f'_:same <http://a/p> "{name}" .\n')
    found = read(export([str(path) for path in tmp_path.iterdir()], "turtle").content, "turtle")
    assert len({quad.subject for quad in found}) == 2


def test_statements_about_statements_are_refused(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text("<http://a/1> <http://a/p> <<( <http://a/s> <http://a/p> <http://a/o> )>> .\n")
    with pytest.raises(UnreadableFile, match="statements about statements"):
        export([str(tmp_path / "own.ttl")], "turtle")


IRIS = st.sampled_from(
    (
        *("http://a/b", "role:1", "cg:anyOf", "urn:x:@id", RDF.type),
        *(f"{SCHEMA}{local}" for local in ("name", "role", "tasks", "a/b")),
        *(PREFIXES[prefix] + local for prefix, local in (("role", "x"), ("role", "//x"), ("skos", "broader"))),
        *(CG.Role, CG.Requirement, CG.PayRange, CG.Transition, CG.destination, SKOS.prefLabel),
    )
).map(NamedNode)
LITERALS = st.one_of(
    st.builds(Literal, st.text(max_size=8)),
    st.builds(
        lambda text, tag: Literal(text, language=tag), st.text(max_size=8), st.sampled_from(["en", "de", "en-GB"])
    ),
    st.builds(
        lambda text, type_: Literal(text, datatype=NamedNode(XSD + type_)),
        st.sampled_from(["1", "01", "-0", "1.50", "true", "1e3", "NaN", "x", "9" * 30]),
        st.sampled_from(["integer", "boolean", "decimal", "double", "date"]),
    ),
)
BLANKS = st.sampled_from(["a", "b"]).map(BlankNode)
QUADS = st.builds(Quad, IRIS | BLANKS, IRIS, IRIS | BLANKS | LITERALS)


@settings(max_examples=150, deadline=None)
@given(quads=st.lists(QUADS, min_size=1, max_size=12))
def test_any_statements_come_back_from_json_ld(quads: list[Quad]) -> None:
    material = Material(quads)
    expected = {Quad(*triple) for triple in material.triples | to_schema_org(material.triples)}
    assert canonical(read(export(material, "json-ld").content, "json-ld")) == canonical(expected)


@settings(max_examples=50, deadline=None)
@given(quads=st.lists(QUADS, min_size=1, max_size=12))
def test_any_statements_come_back_from_the_other_formats(quads: list[Quad]) -> None:
    material = Material(quads)
    for format_ in ("turtle", "trig", "nquads"):
        assert canonical(read(export(material, format_).content, format_)) == canonical(set(material.quads))


# All formats


def test_all_formats_write_what_each_writes_alone() -> None:
    together = export_all([HOSTILE])
    for format_ in EXPORTS.keys() - together.missing.keys():
        row = EXPORTS[format_]
        for name, content in export([HOSTILE], format_).files.items():
            assert together.files[name if name == row.name else f"{row.name}/{name}"] == content


def test_formats_for_statements_refuse_a_selection() -> None:
    for format_ in STATEMENTS:
        with pytest.raises(ContradictoryConditions, match="all statements"):
            export(curated(), format_, kinds=["role"])


def test_all_formats_but_those_that_cannot_be_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "own.ttl"
    data.write_text("\n".join(f"<http://a/{number}> a <{CG.Background}> ." for number in range(500)))
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    found = export_all([str(data)])
    assert found.missing.keys() == {"svg", "png"}
    assert "400" in found.missing["svg"]
    assert "careergraph.gexf" in found.files


def test_an_endpoint_with_nothing_in_its_default_graph_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(where_files_are_read, "parse", lambda path, alone: iter(()))
    with pytest.raises(UnusableDataset, match="default-graph-uri"):
        export(["http://127.0.0.1:9/sparql"], "turtle")


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnsuitableFormat, match="graphml"):
        export(curated(), "docx")


def test_a_picture_without_its_package_says_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(MissingExtra, match=re.escape("pip install 'careergraph[pictures]'")):
        export(curated(), "png")


def test_the_store_shows_the_same_statements_through_rdflib() -> None:
    dataset = to_rdflib(list_dataset_files())
    plain = [graph for graph in dataset.graphs() if not is_layer(str(graph.identifier))]
    assert sum(map(len, plain)) == len(curated().quads)


def test_each_source_has_a_named_graph() -> None:
    graphs = {graph.value.rsplit("/", 1)[1] for graph in open_store(list_dataset_files()).named_graphs()}
    assert graphs == {"alignments", "article", "courses", "editors", "proxies", "vocabulary"}


# The command


def test_a_selection_says_what_it_leaves_out() -> None:
    finished = careergraph("export", "cytoscape", "--focus", "docker", "--kinds", "skill")
    assert finished.returncode == 0
    assert finished.stderr.startswith("Left out: ")
    shown = {node["data"]["label"] for node in json.loads(finished.stdout)["elements"]["nodes"]}
    assert {"Docker", "Containerisation"} <= shown
    assert "PyTorch" not in shown


def test_the_whole_graph_is_written_without_remark() -> None:
    finished = careergraph("export", "dot", "--kinds", ",".join(NAMED_KINDS))
    assert (finished.returncode, finished.stderr) == (0, "")


@pytest.mark.parametrize("format_", ["csv", "neo4j"])
def test_several_files_do_not_go_to_standard_output(format_: str) -> None:
    assert "-o FOLDER" in complaint(careergraph("export", format_), 2)
    assert "-o FOLDER" in complaint(careergraph("export", format_, "-o", "-"), 2)


def test_several_files_go_to_a_folder_that_need_not_be_there(tmp_path: Path) -> None:
    finished = careergraph("export", "csv", "-o", str(tmp_path / "new"), "--dataset", HOSTILE)
    assert (finished.returncode, finished.stdout) == (0, "")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["edges.csv", "nodes.csv"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("turtle", "--focus", "docker"), "all statements"),
        (("all", "--max-nodes", "3"), "as it is"),
        (("all", "--direct"), "leave out --focus, --depth, --kinds, --max-nodes and --direct"),
        (("csv", "--direct", "-o", "csv"), "leave out --direct"),
        (("sssom", "--direct"), "leave out --direct"),
        (("svg", "--depth", "2"), "--focus"),
        (("svg", "--kinds", "claim"), "kinds are role"),
        (("svg", "--kinds", ""), "kinds are role"),
        (("svg", "--focus", "nobody at all"), "nobody at all"),
        (("svg", "--max-nodes", "0"), "1 or more"),
        (("svg", "-o", ""), "-o needs"),
        (("docx",), "'docx' is not one of"),
    ],
)
def test_a_wrong_call_is_one_line(arguments: tuple[str, ...], message: str) -> None:
    assert message in complaint(careergraph("export", *arguments), 2)


def test_a_graph_too_large_to_draw_is_refused_with_what_to_do(tmp_path: Path) -> None:
    data = tmp_path / "own.ttl"
    role = f"<http://a/{{0}}> a <{CG.Role}> ; <{SKOS.broader}> <http://a/0> ."
    data.write_text("\n".join(role.format(number) for number in range(600)))
    for format_ in ("svg", "mermaid"):
        said = complaint(careergraph("export", format_, "--dataset", str(data)), 2)
        assert "--max-nodes" in said
    finished = careergraph("export", "svg", "--max-nodes", "10", "--dataset", str(data))
    assert finished.returncode == 0


def test_the_focus_is_found_by_alias() -> None:
    found = export(curated(), "cytoscape", focus=find_node(curated().catalogue, "ML engineer"), depth=0)
    assert b"Machine learning engineer" in found.content


# Writing files


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here already")
    with pytest.raises(UnwritableFile):
        write_folder(tmp_path / "file", {"a": b""})
    assert (tmp_path / "file").read_text() == "here already"


def test_a_folder_without_a_parent_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFile):
        write_folder(tmp_path / "no" / "where", {"a": b""})


def test_when_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(UnwritableFile):
        write_folder(tmp_path, {"a": b"new", "b\0": b""})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_folder_and_its_files_are_as_open_as_new_files_are(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "file").write_bytes(b"")
    write_folder(tmp_path / "made", {"file": b""})
    for name in ("", "file"):
        assert (tmp_path / "made" / name).stat().st_mode == (tmp_path / "plain" / name).stat().st_mode


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
