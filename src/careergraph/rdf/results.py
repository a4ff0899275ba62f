"""The results of a query: the answer in one of the standard formats, and rows to print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Self

import pyoxigraph

from careergraph.model.display import Displayable
from careergraph.model.errors import UnsuitableFormat
from careergraph.model.records import Record
from careergraph.rdf.prefixes import PREFIXES

if TYPE_CHECKING:
    import pandas as pd

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
    """The answer to a query of a form, such as `SELECT`, written in a format, such as `json`.

    `remarks` are sentences on why it may be empty.
    """

    form: str
    format: str
    content: bytes
    remarks: tuple[str, ...]


class Table(Record):
    """The rows of a SELECT, or the single cell of an ASK; an unbound variable is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


#: The values in cells of `Rows`; None for an unbound variable.
Value = str | int | float | bool | None


class Rows(tuple[dict[str, Value], ...], Displayable):
    """The rows that a query found, for use in Python: for each, a dict from the name of a variable to its value.

    IRIs and texts are strings, numbers and truth values those of Python.
    """

    columns: tuple[str, ...]

    def __new__(cls, columns: Iterable[str], rows: Iterable[Sequence[Value]]) -> Self:
        """Make rows of values in the order of the columns."""
        names = tuple(columns)
        found = super().__new__(cls, (dict(zip(names, row, strict=True)) for row in rows))
        found.columns = names
        return found

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a data frame.

        Raises:
            MissingExtra: pandas is not installed.
        """
        from careergraph.rdf.data_frames import rows_to_frame

        return rows_to_frame(self.columns, (list(row.values()) for row in self))


def read_rows(answer: Answer) -> Rows:
    """The rows of an answer in `json`, or the statements of one in `nt`: a row for each.

    >>> read_rows(Answer("ASK", "json", b'{"head": {}, "boolean": true}', ()))
    ({'answer': True},)
    """
    if answer.form in GRAPH_FORMS:
        triples = pyoxigraph.parse(answer.content, format=GRAPH_FORMATS[answer.format])
        return Rows(("subject", "predicate", "object"), (list(map(_python, quad.triple)) for quad in triples))
    results = pyoxigraph.parse_query_results(answer.content, RESULT_FORMATS[answer.format])
    if isinstance(results, pyoxigraph.QueryBoolean):
        return Rows(("answer",), [[bool(results)]])
    names = [variable.value for variable in results.variables]
    return Rows(names, ([_python(row[name]) for name in names] for row in results))


def _python(term: object) -> Value:
    if isinstance(term, pyoxigraph.Literal):
        read = _READERS.get(term.datatype.value.removeprefix(_XSD))
        try:
            return read(term.value) if read else term.value
        except ValueError:  # a literal need not be what its type says
            return term.value
    return None if term is None else str(getattr(term, "value", term))


_XSD = "http://www.w3.org/2001/XMLSchema#"
_READERS: Mapping[str, Callable[[str], Value]] = {
    **dict.fromkeys(("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"), int),
    **dict.fromkeys(("decimal", "double", "float"), float),
    "boolean": lambda text: text in ("true", "1"),
}


def choose_format(form: str | None, format_: str) -> None:
    """Make sure that the answer to a query of this form can be written in a format; an unknown form suits any format.

    Raises:
        UnsuitableFormat: it cannot, such as CSV for a CONSTRUCT.
    """
    rows = () if form in GRAPH_FORMS else tuple(RESULT_FORMATS)
    graphs = () if form in ROW_FORMS else tuple(GRAPH_FORMATS)
    if format_ not in rows + graphs:
        raise UnsuitableFormat(format_, formats=rows + graphs)


def to_table(answer: Answer) -> Table:
    """The rows of an answer in `json`; IRIs are shortened by our prefixes.

    >>> to_table(Answer("ASK", "json", b'{"head": {}, "boolean": true}', ())).rows
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
