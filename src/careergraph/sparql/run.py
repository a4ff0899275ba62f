"""Put a query to a data set, wherever it is, and get rows to print or a result in one of the standard formats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from careergraph.rdf.query_text import Query
from careergraph.rdf.results import GRAPH_FORMATS, GRAPH_FORMS, RESULT_FORMATS, Answer, Table, suitable, table

FORMATS = ("table", *RESULT_FORMATS, *GRAPH_FORMATS)

#: How long a query may take, in seconds, unless somebody says otherwise.
PATIENCE = 60.0


class Asked(Protocol):
    """What answers queries: a `sparql.sandbox.Sandbox` or a `store.remote.endpoint.Endpoint`."""

    def ask(
        self,
        query: str | Query,
        format_: str,
        *,
        seconds: float,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Answer:
        """Answer a query."""

    def close(self) -> None:
        """Give up what it holds."""


def run(asked: Asked, query: str | Query, format_: str = "table", *, seconds: float = PATIENCE) -> bytes | Table:
    """Put a query and shape its answer.

    Args:
        asked: what answers it.
        query: SPARQL 1.1; careergraph's prefixes need no declaration.
        format_: one of `FORMATS`. `table` gives a `Table` for SELECT and ASK, and Turtle for the rest.
        seconds: how long it may take.

    Raises:
        BadQuery: the query is not well-formed, too long, or asks for more than reading the data set.
        UnsuitableFormat: the result has no such form, such as CSV for a CONSTRUCT.
        QueryTimedOut: there was no answer within `seconds`.
        QueryTooHeavy: the query took more memory or stack than there is.
        ResultTooLarge: the answer is longer than what is given out at once.

    >>> from careergraph.store.locations import dataset_files
    >>> from careergraph.sparql.sandbox import Sandbox
    >>> with Sandbox(dataset_files()) as sandbox:
    ...     run(sandbox, 'SELECT ?role { ?role skos:prefLabel "AI ethicist"@en }').rows
    (('role:ai-ethicist',),)
    """
    query = Query.of(query).check()
    form = query.form
    if format_ == "table":
        plain = "turtle" if form in GRAPH_FORMS else "json"
        answer = asked.ask(query, plain, seconds=seconds)
        return answer.content if form in GRAPH_FORMS else table(answer)
    suitable(form, format_)
    return asked.ask(query, format_, seconds=seconds).content
