"""The query tests of W3C's SPARQL 1.1 suite through the sandbox: what comes out is what the engine alone finds.

The suite is no part of the checkout. Set `RDF_TESTS` to a copy of github.com/w3c/rdf-tests to run this.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.request import url2pathname

import pyoxigraph
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from careergraph.model.errors import BadQuery
from careergraph.rdf.query_text import Query
from careergraph.sparql.sandbox import Sandbox
from careergraph.store.locations import to_file_iri

SUITE = os.environ.get("RDF_TESTS", "")
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
GROUPS = [
    "aggregates",
    "bind",
    "bindings",
    "cast",
    "construct",
    "exists",
    "functions",
    "grouping",
    "negation",
    "project-expression",
    "property-path",
    "subquery",
]

pytestmark = pytest.mark.skipif(not SUITE, reason="RDF_TESTS names no copy of the suite")


class Case(NamedTuple):
    """A query, its data, and its named graphs."""

    query: Path
    data: tuple[Path, ...]
    graphs: tuple[Path, ...]


def _path(iri: rdflib.term.Node) -> Path:
    return Path(url2pathname(str(iri).removeprefix("file://")))


def _cases() -> Iterator[object]:
    for group in GROUPS if SUITE else ():
        manifest = rdflib.Graph().parse(Path(SUITE) / "sparql" / "sparql11" / group / "manifest.ttl")
        (entries,) = manifest.objects(None, MF.entries)
        for entry in Collection(manifest, entries):
            action = manifest.value(entry, MF.action)
            query = manifest.value(action, QT.query)
            if query is not None:
                data, graphs = (tuple(map(_path, manifest.objects(action, p))) for p in (QT.data, QT.graphData))
                yield pytest.param(Case(_path(query), data, graphs), id=f"{group}-{str(entry).rpartition('#')[2]}")


def _by_the_engine(case: Case, query: str, format_: str) -> bytes | type[BadQuery]:
    store = pyoxigraph.Store()
    for path in case.data:
        _load(store, path, pyoxigraph.DefaultGraph())
    for path in case.graphs:
        _load(store, path, pyoxigraph.NamedNode(to_file_iri(str(path))))
    try:
        found = store.query(query, base_iri=to_file_iri(str(case.query)))
    except SyntaxError:
        return BadQuery
    kind = pyoxigraph.RdfFormat.N_TRIPLES if format_ == "nt" else pyoxigraph.QueryResultsFormat.JSON
    return found.serialize(format=kind) or b""  # type: ignore[arg-type, arg-type, arg-type]


def _load(store: pyoxigraph.Store, path: Path, graph: pyoxigraph.NamedNode | pyoxigraph.DefaultGraph) -> None:
    format_ = pyoxigraph.RdfFormat.from_extension(path.suffix[1:])
    store.load(path=path, format=format_, base_iri=to_file_iri(str(path)), to_graph=graph)


def _by_the_product(case: Case, query: str, format_: str) -> bytes | type[BadQuery]:
    files = [str(path) for path in dict.fromkeys((*case.data, *case.graphs))]
    # What a query says by FROM stays in force; the others get the graphs of their case, as by the protocol.
    chosen = {"default_graphs": case.data, "named_graphs": case.graphs} if "FROM" not in Query(query).words else {}
    graphs = {name: [to_file_iri(str(path)) for path in paths] for name, paths in chosen.items()}
    with Sandbox(files, fork=True) as sandbox:
        try:
            return sandbox.ask(query, format_, seconds=60, base=to_file_iri(str(case.query)), **graphs).content
        except BadQuery:
            return BadQuery


def _rows(content: bytes) -> object:
    found = pyoxigraph.parse_query_results(content, pyoxigraph.QueryResultsFormat.JSON)
    if isinstance(found, pyoxigraph.QueryBoolean):
        return bool(found)
    names = sorted(variable.value for variable in found.variables)
    return names, sorted([_plain(row[name]) for name in names] for row in found)


def _plain(term: object) -> str:
    return "_:" if isinstance(term, pyoxigraph.BlankNode) else str(term)


@pytest.mark.parametrize("case", list(_cases()))
def test_the_answer_is_the_engine_s(case: Case) -> None:
    query = case.query.read_text(encoding="utf-8")
    is_graph = any(word in query.upper() for word in ("CONSTRUCT", "DESCRIBE"))
    format_ = "nt" if is_graph else "json"
    expected, found = (ask(case, query, format_) for ask in (_by_the_engine, _by_the_product))
    if not isinstance(expected, bytes) or not isinstance(found, bytes):
        assert found is expected
    elif is_graph:
        assert isomorphic(*(rdflib.Graph().parse(data=content, format="nt") for content in (expected, found)))
    elif "RAND" not in query.upper() and "UUID" not in query.upper() and "NOW" not in query.upper():
        assert _rows(found) == _rows(expected)
