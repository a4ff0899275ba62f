"""Ask a SPARQL 1.1 endpoint as one asks the data at hand: the same queries, the same answers, the same errors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from careergraph.model.errors import BadQuery, EndpointFailed, ResultTooLarge
from careergraph.rdf.query_errors import explain
from careergraph.rdf.query_text import Query, with_base, with_prefixes
from careergraph.rdf.results import GRAPH_FORMS, ROW_FORMS, Answer, choose_format
from careergraph.store.remote import responses
from careergraph.store.remote.address import Address, parse_address
from careergraph.store.remote.responses import RESULT_TYPES, STATEMENT_TYPES

if TYPE_CHECKING:
    import pyoxigraph

    from careergraph.store.remote.http import Exchange, Form, Reply

_ACCEPTED = {**dict.fromkeys(ROW_FORMS, RESULT_TYPES), **dict.fromkeys(GRAPH_FORMS, STATEMENT_TYPES)}


class Endpoint:
    """A SPARQL endpoint.

    Every query is posted as a form, as the SPARQL 1.1 Protocol has it. Rows are asked for in JSON and statements in
    N-Triples, which endpoints write most faithfully, and turned here into the format that is wanted; so the answers
    look as those of the data at hand do. Within a `with` block the connection is kept between queries. Not for two
    threads at once. A query raises `MissingExtra` where httpx is not installed, which the extra `remote` brings.

    Args:
        url: the address: `http://` or `https://`, with `user:password@` before the host if need be. The graphs to ask
            can be named in its query string by `default-graph-uri` and `named-graph-uri`.
        connect: how long a connection may take, in seconds.
        read: how long the endpoint may say nothing, in seconds; None for as long as the deadline allows.
        total: how long a request of `rows` or `statements` may take with all that belongs to it, in seconds.
        largest: how long an answer may be, in bytes.

    Raises:
        UnusableDataset: the url is not an address of an endpoint.

    >>> Endpoint("https://ann:secret@example.org/sparql")
    <Endpoint https://example.org/sparql>
    """

    def __init__(
        self, url: str, *, connect: float = 10.0, read: float | None = None, total: float = 60.0, largest: int = 1 << 28
    ) -> None:
        self.address = parse_address(url)
        self.total = total
        self._connect, self._read, self._largest = connect, read, largest
        self._exchange: Exchange | None = None
        self._kept = False

    def __repr__(self) -> str:
        return f"<Endpoint {self.address.shown}>"

    def __enter__(self) -> Self:
        self._kept = True
        return self

    def __exit__(self, *_: object) -> None:
        self._kept = False
        self.close()

    def narrow(self, graph: str) -> Endpoint:
        """The same endpoint with one of its graphs for a default graph, and no other."""
        found = Endpoint(
            self.address.shown, connect=self._connect, read=self._read, total=self.total, largest=self._largest
        )
        found.address = Address(**{**vars(self.address), "default_graphs": (graph,), "named_graphs": ()})
        return found

    def ask(
        self,
        query: str | Query,
        format_: str,
        *,
        seconds: float,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        base: str | None = None,
    ) -> Answer:
        """Answer a query.

        Args:
            query: SPARQL 1.1; careergraph's prefixes need no declaration.
            format_: the name of one of `careergraph.rdf.results.RESULT_FORMATS` or `GRAPH_FORMATS`.
            seconds: how long it may take, with connection and retries.
            default_graphs: names of the graphs that make up the default graph, whatever FROM says; None for those of
                FROM, or else of the address, or else the endpoint's own.
            named_graphs: the graphs that GRAPH can name, whatever FROM NAMED says; None likewise.
            base: the IRI that relative ones in the query start from, unless it names another; None for the endpoint's.

        Raises:
            BadQuery: the query is empty, too long or too deep, an update, or calls other servers; or the endpoint
                says that it is wrong.
            EndpointFailed: there is no answer, or not the one that was asked for, or only a part of it.
            QueryTimedOut: it took longer than `seconds`.
            ResultTooLarge: the answer is longer than `largest`.
            UnsuitableFormat: the answer has no such form, such as CSV for a CONSTRUCT.
        """
        found = Query.of(query).check()
        choose_format(found.form, format_)
        deadline = responses.Deadline(seconds)
        accept = _ACCEPTED.get(found.form or "", f"{RESULT_TYPES}, {STATEMENT_TYPES}")
        sent = with_base(with_prefixes(found), base)
        try:
            reply = self._post(sent, accept, seconds, self._graphs(found, default_graphs, named_graphs))
        except BadQuery as error:
            raise _explain(found, len(sent) - len(found.text), error.reason) from error
        if reply.cut_to is not None and _most_rows(found) > reply.cut_to:
            raise self._failure(
                f"it gives {reply.cut_to:,} rows at most, and there are more; ask in parts, by LIMIT and OFFSET"
            )
        content = responses.write_answer(reply, found, format_, self.address.shown, deadline)
        if len(content) > self._largest:
            raise ResultTooLarge(self._largest)
        return Answer(found.form or "", format_, content, ())

    def rows(self, query: str) -> list[pyoxigraph.QuerySolution]:
        """The rows of a SELECT that careergraph itself has written.

        Raises:
            EndpointFailed: there is no answer, or not the one that was asked for.
            QueryTimedOut: it took longer than `total`.
            ResultTooLarge: the answer is longer than `largest`.
        """
        return responses.read_rows(self._post_own(query, RESULT_TYPES), self.address.shown)

    def statements(self, query: str) -> list[pyoxigraph.Triple]:
        """The statements of a CONSTRUCT that careergraph itself has written, as often as the endpoint sends them.

        Raises:
            EndpointFailed: there is no answer, or not the one that was asked for.
            QueryTimedOut: it took longer than `total`.
            ResultTooLarge: the answer is longer than `largest`.
        """
        return responses.read_statements(self._post_own(query, STATEMENT_TYPES), self.address.shown)

    def close(self) -> None:
        """End the connection, if there is one; the next query opens another."""
        if self._exchange is not None:
            self._exchange.close()
            self._exchange = None

    def _post_own(self, query: str, accept: str) -> Reply:
        try:
            return self._post(query, accept, self.total, self._graphs(None, None, None))
        except BadQuery as error:
            raise self._failure(f"it does not take a query that SPARQL 1.1 allows ({error.reason})") from error

    def _post(self, query: str, accept: str, seconds: float, graphs: Form) -> Reply:
        try:
            return self._open().post([("query", query), *graphs], accept, seconds=seconds)
        finally:
            if not self._kept:
                self.close()

    def _graphs(
        self, found: Query | None, default_graphs: Sequence[str] | None, named_graphs: Sequence[str] | None
    ) -> Form:
        # The address speaks for queries that do not say themselves which graphs they are about.
        silent = found is None or "FROM" not in found.words
        own = (self.address.default_graphs, self.address.named_graphs) if silent else ((), ())
        default = own[0] if default_graphs is None else default_graphs
        named = own[1] if named_graphs is None else named_graphs
        return [*(("default-graph-uri", graph) for graph in default), *(("named-graph-uri", graph) for graph in named)]

    def _open(self) -> Exchange:
        if self._exchange is None:
            from careergraph.store.remote.http import Exchange

            self._exchange = Exchange(self.address, connect=self._connect, read=self._read, largest=self._largest)
        return self._exchange

    def _failure(self, reason: str) -> EndpointFailed:
        return EndpointFailed(self.address.shown, reason)


def _most_rows(found: Query) -> float:
    """How many rows a query asks for at most."""
    pairs = zip(found.tokens, found.tokens[1:], strict=False)
    limits = [number.text for word, number in pairs if word.word == "LIMIT" and not word.depth]
    return int(limits[-1]) if limits and limits[-1].isdecimal() and len(limits[-1]) < 19 else float("inf")


def _explain(query: Query, shift: int, said: str) -> BadQuery:
    """What an endpoint says of a query, with the place if that can be told; `shift` is what was put before it."""
    oxigraph = re.search(r"error at (\d+):(\d+): .*", said)
    if oxigraph is None:
        known = explain(query, said)
        words = known.reason if said in known.reason else f"{known.reason} ({said})"
        return BadQuery(words, line=known.line, column=known.column, text=known.text)
    column = int(oxigraph[2]) - (shift if oxigraph[1] == "1" else 0)
    return explain(query, re.sub(r"(error at \d+):\d+", rf"\1:{column}", oxigraph[0]))
