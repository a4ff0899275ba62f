"""All query tests of W3C's SPARQL suites through the sandbox: what comes out is what the engine alone finds.

The suite is no part of the checkout. Set `RDF_TESTS` to a copy of github.com/w3c/rdf-tests to run this.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.request import url2pathname

import pyoxigraph
import pytest
import rdflib
from rdflib.collection import Collection

from careergraph.model.errors import BadQuery
from careergraph.rdf.query_text import Query
from careergraph.sparql.sandbox import Sandbox
from careergraph.store.locations import to_file_iri
from careergraph.store.rdf_files import read_file

SUITE = os.environ.get("RDF_TESTS", "")
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
#: The kinds of tests that ask a query; the others update data, or speak a protocol.
ASKING = re.compile(r"(Query|CSV|TSV)\w*Test|(Positive|Negative)SyntaxTest(11)?")

pytestmark = pytest.mark.skipif(not SUITE, reason="RDF_TESTS names no copy of the suite")


class Case(NamedTuple):
    """A query, its data, and its named graphs."""

    query: Path
    data: tuple[Path, ...]
    graphs: tuple[Path, ...]


def _path(iri: rdflib.term.Node) -> Path:
    return Path(url2pathname(str(iri).removeprefix("file://")))


def _cases() -> Iterator[object]:
    manifests = sorted(Path(SUITE).glob("sparql/*/**/manifest*.ttl")) if SUITE else ()
    for path in manifests:
        manifest = rdflib.Graph().parse(path)
        for entry in (entry for start in manifest.objects(None, MF.entries) for entry in Collection(manifest, start)):
            if ASKING.fullmatch(str(manifest.value(entry, rdflib.RDF.type)).rpartition("#")[2]):
                yield pytest.param(_case(manifest, entry), id=f"{path.parent.name}-{str(entry).rpartition('#')[2]}")


def _case(manifest: rdflib.Graph, entry: rdflib.term.Node) -> Case:
    action = manifest.value(entry, MF.action)
    query = manifest.value(action, QT.query)
    if query is None:  # a test of syntax alone
        assert action is not None
        return Case(_path(action), (), ())
    data, graphs = (tuple(map(_path, manifest.objects(action, said))) for said in (QT.data, QT.graphData))
    return Case(_path(query), data, graphs)


def _by_the_engine(case: Case, query: str, format_: str) -> bytes | type[BadQuery]:
    store = pyoxigraph.Store()
    for path in case.data:
        _load(store, path, pyoxigraph.DefaultGraph())
    for path in case.graphs:
        _load(store, path, pyoxigraph.NamedNode(to_file_iri(str(path))))
    kind = pyoxigraph.RdfFormat.N_TRIPLES if format_ == "nt" else pyoxigraph.QueryResultsFormat.JSON
    try:
        found = store.query(query, base_iri=to_file_iri(str(case.query)))
        return found.serialize(format=kind) or b""  # type: ignore[arg-type, arg-type, arg-type]
    except (
        SyntaxError,
        RuntimeError,
        OSError,
    ):  # not well-formed, a function of others', an endpoint that is not there
        return BadQuery


def _load(store: pyoxigraph.Store, path: Path, graph: pyoxigraph.NamedNode | pyoxigraph.DefaultGraph) -> None:
    format_ = pyoxigraph.RdfFormat.from_extension(path.suffix[1:])
    store.load(path=path, format=format_, base_iri=to_file_iri(str(path)), to_graph=graph)


def _by_the_product(case: Case, query: str, format_: str) -> bytes | type[BadQuery]:
    files = [str(path) for path in dict.fromkeys((*case.data, *case.graphs))]
    # What a query says by FROM stays in force; the others get the graphs of their case, as by the protocol.
    graphs = {} if "FROM" in Query(query).words else _name_graphs(case)
    with Sandbox(files, fork=True) as sandbox:
        try:
            return sandbox.ask(query, format_, seconds=60, base=to_file_iri(str(case.query)), **graphs).content
        except BadQuery:
            return BadQuery


def _name_graphs(case: Case) -> dict[str, list[str]]:
    default, named = ([to_file_iri(str(path)) for path in paths] for paths in (case.data, case.graphs))
    own = {quad.graph_name for path in case.data if path.suffix == ".trig" for quad in read_file(str(path))}
    named += [graph.value for graph in own if isinstance(graph, pyoxigraph.NamedNode)]
    return {"default_graphs": default, "named_graphs": named}


def _graph(content: bytes) -> pyoxigraph.Dataset:
    found = pyoxigraph.Dataset(pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.N_TRIPLES))
    found.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return found


def _rows(content: bytes) -> object:
    found = pyoxigraph.parse_query_results(content, pyoxigraph.QueryResultsFormat.JSON)
    if isinstance(found, pyoxigraph.QueryBoolean):
        return bool(found)
    names = sorted(variable.value for variable in found.variables)
    return names, sorted([_plain(row[name]) for name in names] for row in found)


def _plain(term: object) -> str:
    return re.sub(r"_:[\w.-]+", "_:", str(term))


@pytest.mark.parametrize("case", list(_cases()))
def test_the_answer_is_the_engine_s(case: Case) -> None:
    query = case.query.read_text(encoding="utf-8")
    is_graph = any(word in query.upper() for word in ("CONSTRUCT", "DESCRIBE"))
    format_ = "nt" if is_graph else "json"
    expected, found = (ask(case, query, format_) for ask in (_by_the_engine, _by_the_product))
    if "SERVICE" in Query(query).words:
        assert found is BadQuery, "queries stay within the data set, even where the engine would ask silently"
    elif not isinstance(expected, bytes) or not isinstance(found, bytes):
        assert found is expected
    elif is_graph:
        assert _graph(found) == _graph(expected)
    elif "RAND" not in query.upper() and "UUID" not in query.upper() and "NOW" not in query.upper():
        assert _rows(found) == _rows(expected)
