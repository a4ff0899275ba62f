"""Run a SPARQL query and write its result in one of the standard formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pyoxigraph

from careergraph.errors import BadQuery, UnsuitableFormat
from careergraph.prefixes import PREFIXES, serialized
from careergraph.records import Record

LONGEST_QUERY = 100_000

#: Formats for the rows of a SELECT and the answer of an ASK.
RESULT_FORMATS = {
    "csv": pyoxigraph.QueryResultsFormat.CSV,
    "tsv": pyoxigraph.QueryResultsFormat.TSV,
    "json": pyoxigraph.QueryResultsFormat.JSON,
    "xml": pyoxigraph.QueryResultsFormat.XML,
}

#: Formats for the statements of a CONSTRUCT or DESCRIBE.
GRAPH_FORMATS = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "json-ld": pyoxigraph.RdfFormat.JSON_LD,
    "rdf-xml": pyoxigraph.RdfFormat.RDF_XML,
}

FORMATS = ("table", *RESULT_FORMATS, *GRAPH_FORMATS)


class Table(Record):
    """The rows of a SELECT, or the single cell of an ASK; an unbound variable is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def run(store: pyoxigraph.Store, query: str, format_: str = "table") -> bytes | Table:
    """Evaluate a query and write its result.

    Nothing outside the store can be reached: while the query runs, the process may open no file and no connection.

    Args:
        store: the data set.
        query: SPARQL 1.1; careergraph's prefixes need no declaration.
        format_: one of `FORMATS`. `table` gives a `Table` for SELECT and ASK, and Turtle for the rest.

    Raises:
        BadQuery: the query is not well-formed, too long, or reaches outside.
        UnsuitableFormat: the result has no such form, such as CSV for a CONSTRUCT.

    >>> from careergraph.locations import dataset_files
    >>> from careergraph.store import open_store
    >>> run(open_store(dataset_files()), 'ASK { role:ai-ethicist a cg:Role }', "csv")
    b'true'
    """
    if not query.strip():
        raise BadQuery("it is empty")
    if len(query) > LONGEST_QUERY:
        raise BadQuery(f"it is {len(query):,} characters long; at most {LONGEST_QUERY:,} are allowed")
    try:
        with _nothing_opened():
            results = store.query(query, prefixes=PREFIXES)
            return _written(results, format_)
    except SyntaxError as error:
        raise BadQuery(_where(query, error.msg)) from error
    except (OSError, RuntimeError) as error:
        raise BadQuery(f"it reaches outside the data set or fails in the engine ({error})") from error


def _where(query: str, message: str) -> str:
    # The engine says `error at 1:12: expected one of …`, with all that its grammar would take. Where the list holds
    # a reason in words, that is what the user needs.
    place = re.match(r"error at (\d+):(\d+): ", message)
    if place is None:
        return message.partition("\n")[0]
    line, column = map(int, place.groups())
    text = query.splitlines()[line - 1][max(0, column - 21) : column + 19].strip() if query else ""
    reasons = [reason for reason in _REASONS if reason in message]
    return f"line {line}, column {column}, near {text!r}: {reasons[0] if reasons else 'unexpected here'}"


_REASONS = ("Prefix not found", "The SELECT contains a variable that is unbound", "IRI parsing failed")

Results = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples


def _written(results: Results, format_: str) -> bytes | Table:
    if isinstance(results, pyoxigraph.QueryTriples):
        return _graph(results, "turtle" if format_ == "table" else format_)
    if format_ == "table":
        return _table(results)
    if format_ not in RESULT_FORMATS:
        raise UnsuitableFormat(format_, formats=("table", *RESULT_FORMATS))
    return results.serialize(format=RESULT_FORMATS[format_]) or b""


def _graph(triples: pyoxigraph.QueryTriples, format_: str) -> bytes:
    if format_ not in GRAPH_FORMATS:
        raise UnsuitableFormat(format_, formats=tuple(GRAPH_FORMATS))
    return serialized(set(triples), GRAPH_FORMATS[format_])


def _table(results: pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean) -> Table:
    if isinstance(results, pyoxigraph.QueryBoolean):
        return Table(("answer",), (("yes" if results else "no",),))
    variables = results.variables
    rows = tuple(tuple(_cell(solution[variable]) for variable in variables) for solution in results)
    return Table(tuple(variable.value for variable in variables), rows)


def _cell(term: object) -> str | None:
    if isinstance(term, pyoxigraph.NamedNode):
        return shortened(term.value)
    return None if term is None else str(getattr(term, "value", term))


def shortened(iri: str) -> str:
    """An IRI with its prefix, if one of ours fits.

    >>> shortened("https://w3id.org/careergraph/id/role/ai-ethicist")
    'role:ai-ethicist'
    """
    fitting = [(len(space), prefix) for prefix, space in PREFIXES.items() if iri.startswith(space)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}" if "/" not in iri[length:] else iri


@contextmanager
def _nothing_opened() -> Iterator[None]:
    # The engine itself would follow SERVICE to any address. Without a descriptor to spare it cannot.
    try:
        import resource
    except ImportError:  # not a POSIX system: refuse nothing that the parser does not
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
