"""Evaluate a query on a store and write its answer. Nothing here bounds time or memory: `sparql.sandbox` does."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase
from typing import Any

import pyoxigraph

from careergraph.model.errors import BadQuery, CareergraphError, ResultTooLarge, UnusableDataset
from careergraph.model.escaping import to_safe_line
from careergraph.rdf.prefixes import PREFIXES, is_well_formed, serialize_triples
from careergraph.rdf.query_errors import explain
from careergraph.rdf.query_text import Query, with_columns
from careergraph.rdf.results import GRAPH_FORMATS, RESULT_FORMATS, Answer, choose_format
from careergraph.sparql.empty_answers import explain_empty, is_empty

Results = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples
Graphs = Sequence[str] | None

#: The predicates by which a claim points to what it is about.
_ABOUT = "?claim schema:about|cg:origin|cg:destination|cg:concerns ?thing ; ?said ?value"
_CLAIMS_ABOUT = "CONSTRUCT { ?claim ?said ?value }"
#: What the engine calls the graphs that a query sees.
_GRAPHS = ("default_graph", "named_graphs")
#: Prefixes as bytes, and a table by which all but them and the colon behind them becomes spaces.
_PREFIXES = {prefix.encode(): prefix for prefix in PREFIXES}
_APART = bytes(code if chr(code) in f"{ascii_lowercase}:" else ord(" ") for code in range(256))


def evaluate(
    store: pyoxigraph.Store,
    query: str | Query,
    format_: str,
    *,
    default_graphs: Graphs = None,
    named_graphs: Graphs = None,
    among: Graphs = None,
    base: str | None = None,
    largest: int = 1 << 28,
) -> Answer:
    """Evaluate a query and write its answer.

    Args:
        store: the data set, and maybe others.
        query: SPARQL 1.1; careergraph's prefixes need no declaration.
        format_: the name of one of `RESULT_FORMATS` or `GRAPH_FORMATS`.
        default_graphs: names of the graphs that make up the default graph, whatever FROM says; None for the store's.
        named_graphs: the graphs that GRAPH can name, whatever FROM NAMED says; None for all.
        among: the graphs that are the data set's; None if all of the store is. No query sees statements in other
        graphs.
        base: the IRI that relative ones in the query start from, unless it names another; None for none.
        largest: how long the answer may be, in bytes.

    Raises:
        BadQuery: the query is not well-formed, or reaches outside the store.
        UnsuitableFormat: the answer has no such form, such as CSV for a CONSTRUCT.
        ResultTooLarge: the answer is longer than `largest`.

    >>> from careergraph.store.locations import list_dataset_files
    >>> from careergraph.store.oxigraph import open_store
    >>> evaluate(open_store(list_dataset_files()), "ASK { role:ai-ethicist a cg:Role }", "csv").content
    b'true'
    """
    query = Query.of(query)
    chosen = _choose(query, among, base, default_graphs, named_graphs)
    results: Results | None = None
    started = time.monotonic()
    try:
        results = store.query(query.text, **chosen)
        if isinstance(results, pyoxigraph.QuerySolutions):
            ordered = with_columns(query, [variable.value for variable in results.variables])
            results = results if ordered is None else store.query(ordered, **chosen)
        form = _form(results, query)
        if form == "DESCRIBE":
            return Answer(form, format_, _describe(store, results, query, chosen, format_, largest), ())
        content = _write(results, format_, largest)
        remarks = _find_remarks(store, query, chosen, time.monotonic() - started) if is_empty(content, format_) else ()
        return Answer(form, format_, content, remarks)
    except SyntaxError as error:
        raise explain(query, error.msg, based=base is not None) from error
    except ValueError as error:
        raise BadQuery(f"its base {base!r} is not an IRI ({error})") from error
    except RuntimeError as error:
        raise _to_error(error) from error
    except OSError as error:
        raise BadQuery(f"it reaches outside the data set or fails in the engine ({error})") from error
    finally:
        results = None  # an error keeps this frame alive, and another thread may be the one to drop it


def _find_remarks(store: pyoxigraph.Store, query: Query, chosen: Mapping[str, Any], took: float) -> tuple[str, ...]:
    return explain_empty(store, query, took=took, **{name: chosen[name] for name in _GRAPHS if name in chosen})


def _to_error(error: RuntimeError) -> CareergraphError:
    if str(error).startswith("Corruption"):
        return UnusableDataset("the data set", f"its store is damaged ({to_safe_line(str(error))}); import it again")
    unknown = re.search(r"custom function (<.*>) is not supported", str(error))
    if unknown:
        return BadQuery(f"there is no function {to_safe_line(unknown[1])}")
    return BadQuery(f"it reaches outside the data set or fails in the engine ({error})")


def _choose(
    query: Query, among: Graphs, base: str | None, default_graphs: Graphs, named_graphs: Graphs
) -> dict[str, Any]:
    """The options that the engine gets with the query."""
    if among is not None:
        default_graphs, named_graphs = _within(query, among, base, default_graphs, named_graphs)
    chosen: dict[str, Any] = {"prefixes": _prefixes(query.text)}
    if base is not None:
        chosen["base_iri"] = base
    if default_graphs is not None:
        chosen["default_graph"] = [_as_named_nodes(graph) for graph in default_graphs]
    if named_graphs is not None:
        chosen["named_graphs"] = [_as_named_nodes(graph) for graph in named_graphs]
    return chosen


def _form(results: Results, query: Query) -> str:
    if isinstance(results, pyoxigraph.QueryTriples):
        return query.form or ""
    return "ASK" if isinstance(results, pyoxigraph.QueryBoolean) else "SELECT"


def _describe(
    store: pyoxigraph.Store, results: Any, query: Query, chosen: Mapping[str, Any], format_: str, largest: int
) -> bytes:
    """What is said about things, and the claims about them: SPARQL leaves it to each store what DESCRIBE returns."""
    choose_format("DESCRIBE", format_)
    found = list(results)
    things = " ".join({str(triple.subject) for triple in found if isinstance(triple.subject, pyoxigraph.NamedNode)})
    stated = {key: value for key, value in chosen.items() if key in _GRAPHS}
    if "default_graph" not in stated:
        stated |= _from_clauses(query, chosen.get("base_iri"))
    about = store.query(f"{_CLAIMS_ABOUT} {{ VALUES ?thing {{ {things} }} {_ABOUT} }}", prefixes=PREFIXES, **stated)
    lines = pyoxigraph.serialize([*found, *about], format=pyoxigraph.RdfFormat.N_TRIPLES) or b""  # type: ignore[misc]
    return _bounded_graph(lines, format_, largest)


def _from_clauses(query: Query, base: str | None) -> dict[str, list[pyoxigraph.NamedNode]]:
    clauses = _dataset_clauses(query, base)
    return {"default_graph": [_as_named_nodes(graph) for graph in clauses[0]]} if clauses else {}


def _prefixes(query: str) -> dict[str, str]:
    # The engine reads all prefixes for each query, so it gets only those that may be used.
    before_colons = query.encode(errors="replace").translate(_APART).split(b":")
    words = [text[text.rfind(b" ") + 1 :] for text in before_colons]
    return {_PREFIXES[word]: PREFIXES[_PREFIXES[word]] for word in words if word in _PREFIXES}


def _within(query: Query, among: Sequence[str], base: str | None, *asked: Graphs) -> Iterator[list[str]]:
    """The default and named graphs that a query sees, among those in the store."""
    for wanted, stated in zip(asked, _dataset_clauses(query, base) or (None, None), strict=True):
        chosen = stated if wanted is None else wanted
        yield [graph for graph in among if chosen is None or graph in chosen]


def _dataset_clauses(query: Query, base: str | None) -> tuple[list[str], list[str]] | None:
    """What FROM and FROM NAMED say, as IRIs; None if they say nothing."""
    if not query.sources:
        return None
    # Only the engine can resolve a name by BASE and PREFIX.
    columns = " ".join(f"({term} AS ?g{number})" for number, (_, term) in enumerate(query.sources))
    try:
        asked = f"{query.prologue} SELECT {columns} {{}}"
        (row,) = pyoxigraph.Store().query(asked, prefixes=PREFIXES, base_iri=base)  # type: ignore
    except SyntaxError:
        return None  # running the query will report what is wrong with it
    graphs = [(named, row[number].value) for number, (named, _) in enumerate(query.sources)]
    return [graph for named, graph in graphs if not named], [graph for named, graph in graphs if named]


def _as_named_nodes(graph: str) -> pyoxigraph.NamedNode:
    try:
        return pyoxigraph.NamedNode(graph)
    except ValueError as error:
        raise BadQuery(f"{graph!r} cannot name a graph: it is not an IRI") from error


def _write(results: Results, format_: str, largest: int) -> bytes:
    sink = _BoundedSink(largest)
    file: Any = sink  # not a real file, but all that the engine needs of one
    try:
        if isinstance(results, pyoxigraph.QueryTriples):
            choose_format("CONSTRUCT", format_)
            results.serialize(file, format=pyoxigraph.RdfFormat.N_TRIPLES)
            return _bounded_graph(sink.getvalue(), format_, largest)
        choose_format("SELECT", format_)
        results.serialize(file, format=RESULT_FORMATS[format_])
        return is_well_formed(sink.getvalue()) if format_ == "xml" else sink.getvalue()
    finally:
        del results


def _bounded_graph(statements: bytes, format_: str, largest: int) -> bytes:
    content = _graph(statements, format_)
    if len(content) > largest:  # RDF/XML and JSON-LD can be longer than the lines they are made of
        raise ResultTooLarge(largest)
    return content


def _graph(statements: bytes, format_: str) -> bytes:
    # Each statement once, in a fixed order. Lines of N-Triples sort several times as fast as statements do.
    lines = b"".join(sorted(set(statements.splitlines(keepends=True))))
    if format_ == "nt":
        return lines
    used = {prefix: space for prefix, space in PREFIXES.items() if f"<{space}".encode() in lines}
    triples = pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
    if format_ == "rdf-xml":
        return serialize_triples((quad.triple for quad in triples), GRAPH_FORMATS[format_])
    return pyoxigraph.serialize(triples, format=GRAPH_FORMATS[format_], prefixes=used) or b""


class _BoundedSink:
    """A sink that refuses to hold more than a number of bytes."""

    def __init__(self, largest: int) -> None:
        self._parts: list[bytes] = []
        self._left = self._largest = largest

    def write(self, content: bytes) -> int:
        """Take a chunk; the engine writes some kilobytes at once."""
        self._parts.append(content)
        self._left -= len(content)
        if self._left < 0:
            raise ResultTooLarge(self._largest)
        return len(content)

    def flush(self) -> None:
        """Do nothing: the engine calls it at the end."""

    def getvalue(self) -> bytes:
        """All chunks together."""
        return b"".join(self._parts)
