"""What a query gives back: the answer in one of the standard formats, and rows to print."""

from __future__ import annotations

import pyoxigraph

from careergraph.model.errors import UnsuitableFormat
from careergraph.model.records import Record
from careergraph.rdf.prefixes import PREFIXES

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

ROW_FORMS, GRAPH_FORMS = ("SELECT", "ASK"), ("CONSTRUCT", "DESCRIBE")


class Answer(Record):
    """The answer to a query of a form, such as `SELECT`, written in a format, such as `json`."""

    form: str
    format: str
    content: bytes


class Table(Record):
    """The rows of a SELECT, or the single cell of an ASK; an unbound variable is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def suitable(form: str | None, format_: str) -> None:
    """Make sure that the answer to a query of this form can be written so; any format will do for an unknown form.

    Raises:
        UnsuitableFormat: it cannot, such as CSV for a CONSTRUCT.
    """
    rows = () if form in GRAPH_FORMS else tuple(RESULT_FORMATS)
    graphs = () if form in ROW_FORMS else tuple(GRAPH_FORMATS)
    if format_ not in rows + graphs:
        raise UnsuitableFormat(format_, formats=rows + graphs)


def table(answer: Answer) -> Table:
    """The rows of an answer in `json`; IRIs are shortened by our prefixes.

    >>> table(Answer("ASK", "json", b'{"head": {}, "boolean": true}')).rows
    (('yes',),)
    """
    results = pyoxigraph.parse_query_results(answer.content, RESULT_FORMATS[answer.format])
    if isinstance(results, pyoxigraph.QueryBoolean):
        return Table(("answer",), (("yes" if results else "no",),))
    variables = results.variables
    rows = tuple(tuple(_cell(solution[variable]) for variable in variables) for solution in results)
    return Table(tuple(variable.value for variable in variables), rows)


def _cell(term: object) -> str | None:
    if isinstance(term, pyoxigraph.NamedNode):
        return shorten(term.value)
    return None if term is None else str(getattr(term, "value", term))


def shorten(iri: str) -> str:
    """An IRI with its prefix, if one of ours fits.

    >>> shorten("https://w3id.org/careergraph/id/role/ai-ethicist")
    'role:ai-ethicist'
    """
    fitting = [(len(space), prefix) for prefix, space in PREFIXES.items() if iri.startswith(space)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}" if "/" not in iri[length:] else iri
