"""From what an endpoint sends to an answer in the format that is wanted; what endpoints get wrong is mended here."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from traceback import clear_frames
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph

from careergraph.model.errors import EndpointFailed, QueryTimedOut
from careergraph.model.escaping import to_safe_line
from careergraph.rdf.bounded_parsing import check_json, check_xml, parse_bounded
from careergraph.rdf.prefixes import is_well_formed, serialize_triples
from careergraph.rdf.query_text import Query
from careergraph.rdf.results import GRAPH_FORMATS, RESULT_FORMATS, choose_format

if TYPE_CHECKING:
    from careergraph.store.remote.http import Reply

#: What is accepted for rows and truth values, and for statements, the most faithful first: Virtuoso 7 writes decimals
#: as integers in Turtle, but not in N-Triples.
RESULT_TYPES = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
STATEMENT_TYPES = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.6"

_RESULTS = {
    "application/sparql-results+json": pyoxigraph.QueryResultsFormat.JSON,
    "application/json": pyoxigraph.QueryResultsFormat.JSON,
    "application/sparql-results+xml": pyoxigraph.QueryResultsFormat.XML,
    "application/xml": pyoxigraph.QueryResultsFormat.XML,
}
_STATEMENTS = {
    "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
    "text/plain": pyoxigraph.RdfFormat.N_TRIPLES,
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/x-turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/rdf+xml": pyoxigraph.RdfFormat.RDF_XML,
}

#: How Virtuoso 7 names the one column of its answer to an ASK, which has to be a truth value.
_VIRTUOSO_ASK = "__ASK_RETVAL"
#: Format → what it writes in it that no reader takes, or none takes for the same as what was loaded: labels of blank
#: nodes with signs that no label may have, and truth values as numbers. No literal of the data can look like that,
#: since a quote in JSON and an angle bracket in XML is escaped.
_VIRTUOSO_SLIPS = {
    pyoxigraph.QueryResultsFormat.JSON: {
        re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")nodeID://'): rb"\1",
        re.compile(rb'(#boolean"\s*,\s*"value"\s*:\s*")1"'): rb'\1true"',
        re.compile(rb'(#boolean"\s*,\s*"value"\s*:\s*")0"'): rb'\1false"',
    },
    pyoxigraph.QueryResultsFormat.XML: {
        re.compile(rb"<bnode>nodeID://"): b"<bnode>",
        re.compile(rb'(<literal datatype="[^"<>]*#boolean">)1<'): rb"\1true<",
        re.compile(rb'(<literal datatype="[^"<>]*#boolean">)0<'): rb"\1false<",
    },
}

Results = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean
T = TypeVar("T")

#: The time is looked at after so many statements.
_STRIDE = 1_000
#: No query has so many columns that somebody reads.
_MOST_COLUMNS = 10_000
#: Where results name their columns, and what stands there for each: the parser compares each with all others.
_COLUMNS = re.compile(rb'"vars"\s*:\s*\[([^\]]*)|<head\b(.*?)</head', re.DOTALL)
_COLUMN = {pyoxigraph.QueryResultsFormat.JSON: b",", pyoxigraph.QueryResultsFormat.XML: b"variable"}
#: Format → what checks results before they are parsed, which a parser on its stack does not survive in any depth.
_RESULT_CHECKS: Mapping[pyoxigraph.QueryResultsFormat, Callable[[bytes], object]] = {
    pyoxigraph.QueryResultsFormat.JSON: check_json,
    pyoxigraph.QueryResultsFormat.XML: check_xml,
}


class Deadline:
    """When an answer has to be there: what an endpoint sends in time can still take long to read.

    Args:
        seconds: how long that is from now.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds, self._end = seconds, time.monotonic() + seconds

    def watch(self, items: Iterator[T]) -> Iterator[T]:
        """The items, as long as there is time.

        Raises:
            QueryTimedOut: there is none left.
        """
        for number, item in enumerate(items):
            if number % _STRIDE == 0 and time.monotonic() > self._end:
                raise QueryTimedOut(self.seconds)
            yield item


def write_answer(reply: Reply, found: Query, format_: str, url: str, deadline: Deadline) -> bytes:
    """The answer to a query, in the format that is wanted.

    Args:
        reply: what the endpoint sends.
        found: the query.
        format_: the name of one of `RESULT_FORMATS` or `GRAPH_FORMATS`.
        url: the endpoint, as errors name it.
        deadline: when it has to be there.

    Raises:
        EndpointFailed: the reply is no answer to a query of this form, or is not well-formed.
        QueryTimedOut: it takes longer than that to read it.
        UnsuitableFormat: the query turns out to be of a form whose answer cannot be written so.
    """
    if found.form in ("CONSTRUCT", "DESCRIBE") or (found.form is None and reply.media_type in _STATEMENTS):
        choose_format("CONSTRUCT", format_)
        sent = _format(reply, _STATEMENTS, url)
        read = deadline.watch(quad.triple for quad in parse_bounded(reply.content, sent))
        return _well_formed(lambda: serialize_triples(read, GRAPH_FORMATS[format_]), url)
    choose_format("SELECT", format_)

    def converted() -> bytes:
        results = _results(reply, url)
        if found.form is not None and isinstance(results, pyoxigraph.QueryBoolean) != (found.form == "ASK"):
            raise EndpointFailed(url, f"its answer is none to a query that begins with {found.form}")
        content = _in_order(results, found).serialize(format=RESULT_FORMATS[format_]) or b""
        return is_well_formed(content) if format_ == "xml" else content

    return _well_formed(converted, url)


def read_rows(reply: Reply, url: str) -> list[pyoxigraph.QuerySolution]:
    """The rows that an endpoint sends.

    Raises:
        EndpointFailed: the reply has no rows, or is not well-formed.
    """

    def take() -> list[pyoxigraph.QuerySolution]:
        results = _results(reply, url)
        if isinstance(results, pyoxigraph.QueryBoolean):
            raise EndpointFailed(url, "its answer is none to a query that begins with SELECT")
        return list(results)

    return _well_formed(take, url)


def read_statements(reply: Reply, url: str) -> list[pyoxigraph.Triple]:
    """The statements that an endpoint sends, as often as it sends them.

    Raises:
        EndpointFailed: the reply has no statements, or is not well-formed.
    """
    format_ = _format(reply, _STATEMENTS, url)
    return _well_formed(lambda: [quad.triple for quad in parse_bounded(reply.content, format_)], url)


def _results(reply: Reply, url: str) -> Results:
    format_ = _format(reply, _RESULTS, url)
    content = reply.content
    for slip, mended in _VIRTUOSO_SLIPS[format_].items():
        content = slip.sub(mended, content)
    _RESULT_CHECKS.get(format_, bytes)(content)
    if any(found.count(_COLUMN[format_]) > _MOST_COLUMNS for head in _COLUMNS.findall(content) for found in head):
        raise ValueError(f"it has more than {_MOST_COLUMNS:,} columns")
    results = pyoxigraph.parse_query_results(content, format_)
    if isinstance(results, pyoxigraph.QueryBoolean):
        if format_ == pyoxigraph.QueryResultsFormat.JSON:
            json.loads(reply.content)  # the parser does not look at what comes behind
        return results
    if [variable.value for variable in results.variables] != [_VIRTUOSO_ASK]:
        return results
    answers = [getattr(row[0], "value", "") for row in results]
    return _parse({"head": {}, "boolean": answers in (["1"], ["true"])})


def _in_order(results: Results, found: Query) -> Results:
    """Rows with the columns of a `SELECT *` in the order in which the query first mentions them."""
    if isinstance(results, pyoxigraph.QueryBoolean) or found.star is None:
        return results
    columns = [variable.value for variable in results.variables]
    ordered = [name[1:] for name in found.variables if name[1:] in columns]
    if ordered == columns or len(ordered) != len(columns):
        return results
    content = json.loads(results.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"")
    return _parse({**content, "head": {"vars": ordered}})


def _parse(content: Mapping[str, object]) -> Results:
    return pyoxigraph.parse_query_results(json.dumps(content), pyoxigraph.QueryResultsFormat.JSON)


def _format(reply: Reply, formats: Mapping[str, T], url: str) -> T:
    if reply.media_type in formats:
        return formats[reply.media_type]
    if "html" in reply.media_type:
        raise EndpointFailed(url, "it answers with a web page; is this the address of the endpoint itself?")
    kind = to_safe_line(reply.media_type) if reply.media_type else "something of no stated media type"
    raise EndpointFailed(url, f"it answers with {kind}, which is none of the formats asked for")


def _well_formed(convert: Callable[[], T], url: str) -> T:
    """The result of a conversion, or an error that says why the reply is not well-formed."""
    try:
        return convert()
    except EndpointFailed as error:
        clear_frames(error.__traceback__)
        raise
    except MemoryError:
        reason = "a text in it is longer than 16,777,216 bytes"
    except (SyntaxError, ValueError) as error:
        # Results may not be freed by another thread, which they would be if an error's traceback kept them.
        clear_frames(error.__traceback__)
        reason = (error.msg if isinstance(error, SyntaxError) else str(error)) or "it breaks off"
    raise EndpointFailed(url, f"its answer is not well-formed ({to_safe_line(reason)})")
