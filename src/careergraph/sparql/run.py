"""Ask a data set a query, wherever it is, and get rows to print or a result in one of the standard formats."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from careergraph.model.errors import BadParameter, BadQuery, UnusableDataset
from careergraph.rdf.query_errors import find_undefined_terms
from careergraph.rdf.query_text import Query, with_params
from careergraph.rdf.results import (
    GRAPH_FORMATS,
    GRAPH_FORMS,
    RESULT_FORMATS,
    Answer,
    Rows,
    Table,
    choose_format,
    read_rows,
    to_table,
)
from careergraph.store.locations import to_printed_name

if TYPE_CHECKING:
    from careergraph.catalogue.catalogue import Catalogue

FORMATS = ("table", *RESULT_FORMATS, *GRAPH_FORMATS)

#: How long a query may take by default, in seconds.
PATIENCE = 60.0


class QueryService(Protocol):
    """Something that answers queries: a `sparql.sandbox.Sandbox` or a `store.remote.endpoint.Endpoint`."""

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
        """Answer a query."""

    def close(self) -> None:
        """Release its resources."""


def run(
    service: QueryService,
    query: str | Query,
    format_: str = "table",
    *,
    seconds: float = PATIENCE,
    base: str | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> bytes | Table:
    """Ask a query and format its answer.

    Args:
        service: what answers it.
        query: SPARQL 1.1; careergraph's prefixes need no declaration.
        format_: one of `FORMATS`. `table` gives a `Table` for SELECT and ASK, and Turtle for the rest.
        seconds: how long it may take.
        base: the IRI that relative ones in the query start from, unless it names another; None for none.
        tell: told in a sentence why an answer may be empty.

    Raises:
        BadQuery: the query is not well-formed, too long, or asks for more than reading the data set.
        UnsuitableFormat: the result has no such form, such as CSV for a CONSTRUCT.
        QueryTimedOut: there was no answer within `seconds`.
        QueryTooHeavy: the query took more memory or stack than there is.
        ResultTooLarge: the answer is longer than allowed.

    >>> from careergraph.store.locations import list_dataset_files
    >>> from careergraph.sparql.sandbox import Sandbox
    >>> with Sandbox(list_dataset_files()) as sandbox:
    ...     run(sandbox, 'SELECT ?role { ?role skos:prefLabel "AI ethicist"@en }').rows
    (('role:ai-ethicist',),)
    """
    query = Query.of(query).check()
    form = query.form
    plain = "turtle" if form in GRAPH_FORMS else "json"
    choose_format(form, plain if format_ == "table" else format_)
    answer = service.ask(query, plain if format_ == "table" else format_, seconds=seconds, base=base)
    for remark in answer.remarks:
        tell(remark)
    return to_table(answer) if format_ == "table" and form not in GRAPH_FORMS else answer.content


class QueryNotice(UserWarning):
    """Something about a query that its answer does not show, such as a property that there is not."""


def ask_rows(service: QueryService, query: str, *, seconds: float = PATIENCE) -> Rows:
    """Ask a query and return its answer as rows; a CONSTRUCT or DESCRIBE gives a row for each statement.

    Why an answer may be empty is told as a warning, a `QueryNotice`.

    Args:
        service: what answers it.
        query: SPARQL 1.1; careergraph's prefixes need no declaration.
        seconds: how long it may take.

    Raises:
        BadParameter: `seconds` is zero or less.
        BadQuery, QueryTimedOut, QueryTooHeavy, ResultTooLarge: as `run`.
    """
    if seconds <= 0:
        raise BadParameter("seconds", "it is zero or less")
    text = Query.of(query).check()
    answer = service.ask(text, "nt" if text.form in GRAPH_FORMS else "json", seconds=seconds)
    for sentence in (*find_undefined_terms(text), *answer.remarks):
        warnings.warn(sentence, QueryNotice, stacklevel=3)
    return read_rows(answer)


def open_query_service(files: Sequence[str], *, direct: bool = True) -> QueryService:
    """The service that answers queries on a data set: a process of its own, or the data set's endpoint.

    Args:
        files: RDF files, folders of imported data sets; or the address of an endpoint, alone.
        direct: whether queries see the layers of `careergraph.store.layers`; an endpoint's own data decides.

    Raises:
        UnusableDataset: an endpoint is to be asked together with other data.
    """
    remote = [name for name in files if "://" in name]
    if remote and len(files) > 1:
        raise UnusableDataset(to_printed_name(remote[0]), "an endpoint is asked alone; leave out the other data sets")
    if remote:
        from careergraph.store.remote.endpoint import Endpoint

        return Endpoint(remote[0])
    from careergraph.sparql.sandbox import Sandbox

    return Sandbox(files, fork=True, direct=direct)


def complete_query(query: str, given: Mapping[str, str], load: Callable[[], Catalogue]) -> str:
    """The text of a query, or of the saved one that it names, with its parameters in place.

    Args:
        query: SPARQL, or the name of a saved query.
        given: the name of a variable, without its question mark → a term in SPARQL syntax, or a plain text; for a saved
            query, what its parameter asks for, such as the name of a role.
        load: returns the catalogue in which names are looked up.

    Raises:
        BadParameter: a parameter is unknown or missing, or its value means nothing.
        BadQuery: the query is no text.
        UnknownQuery: there is no saved query of that name.

    >>> from careergraph.catalogue.catalogue import Catalogue
    >>> complete_query("SELECT ?l { ?x skos:prefLabel ?l }", {"x": "an ethicist"}, Catalogue.load)
    'SELECT ?l { VALUES ?x { "an ethicist" } ?x skos:prefLabel ?l }'
    """
    if not isinstance(query, str):
        raise BadQuery(f"it is {query!r:.60}, and no text")
    # No query consists of a single word, so a word can only be the name of a saved one.
    if query.replace("-", "").isalnum():
        from careergraph.sparql.saved_queries import list_terms, load_saved_query

        saved = load_saved_query(query)
        return with_params(saved.text, list_terms(load, saved, given))
    from careergraph.sparql.parameters import to_term

    return with_params(query, {name: to_term(value, name) for name, value in given.items()})
