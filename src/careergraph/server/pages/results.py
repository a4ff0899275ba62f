"""What a page shows of the answer to a query: rows as a table, statements as a picture and as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyoxigraph

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.kind_styles import find_style
from careergraph.model.records import Record
from careergraph.rdf.results import GRAPH_FORMATS, RESULT_FORMATS, Answer, shorten
from careergraph.server.pages.node_page import make_title
from careergraph.server.pages.vocabulary_page import label_term
from careergraph.server.urls import to_address, to_web_address

#: How many rows or statements a page shows, how many cells of rows, and how many columns; how many statements are
#: drawn. All of them can be downloaded.
MOST_ROWS, MOST_CELLS, MOST_COLUMNS, MOST_DRAWN = 1_000, 10_000, 100, 400
#: How a query's answer is asked for when it is to be shown.
SHOWN_AS = {"CONSTRUCT": "nt", "DESCRIBE": "nt"}


class Cell(Record):
    """One term: its label or text, where it leads (`outside`: into the web), and what it is in a query."""

    text: str
    href: str | None
    outside: bool
    hint: str | None


class AnswerRows(Record):
    """An answer as rows under columns; `count` is the number of all rows, also of those that are not shown.

    `columns_left_out` is how many columns there are besides those shown.

    `graph` has the nodes and edges to draw for an answer that is made of statements; else it is None. `verdict` is the
    answer to a question for yes or no; else it is None.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    count: int
    graph: dict[str, Any] | None
    verdict: bool | None
    columns_left_out: int


def format_answer(catalogue: Catalogue, answer: Answer) -> AnswerRows:
    """An answer in `json` or `nt`, as a page shows it. Linear in its length.

    >>> format_answer(Catalogue.load(), Answer("ASK", "json", b'{"head": {}, "boolean": true}', ())).verdict
    True
    """
    if answer.format in GRAPH_FORMATS:
        return _statements(catalogue, answer)
    results = pyoxigraph.parse_query_results(answer.content, RESULT_FORMATS[answer.format])
    if isinstance(results, pyoxigraph.QueryBoolean):
        return AnswerRows((), (), 0, None, bool(results), 0)
    named = tuple(variable.value for variable in results.variables)
    columns = named[:MOST_COLUMNS]
    most = min(MOST_ROWS, MOST_CELLS // max(1, len(columns)))
    rows: list[tuple[Cell | None, ...]] = []
    count = 0
    for solution in results:
        count += 1
        if count <= most:
            rows.append(tuple(_cell(catalogue, solution[name]) for name in columns))
    return AnswerRows(columns, tuple(rows), count, None, None, len(named) - len(columns))


def _statements(catalogue: Catalogue, answer: Answer) -> AnswerRows:
    quads = list(pyoxigraph.parse(answer.content, format=GRAPH_FORMATS[answer.format]))
    triples = [(quad.subject, quad.predicate, quad.object) for quad in quads[:MOST_ROWS]]
    rows = tuple(tuple(_cell(catalogue, term) for term in triple) for triple in triples)
    columns = ("subject", "predicate", "object")
    return AnswerRows(columns, rows, len(quads), _draw_cell(catalogue, triples[:MOST_DRAWN]), None, 0)


def _draw_cell(catalogue: Catalogue, triples: Sequence[tuple[Any, ...]]) -> dict[str, Any]:
    nodes: dict[str, dict[str, Any]] = {}
    edges = []
    for subject, predicate, object_ in triples:
        for term in (subject, object_):
            nodes.setdefault(str(term), _node(catalogue, term))
        edges.append({"from": str(subject), "to": str(object_), "label": _cell(catalogue, predicate).text})
    return {"nodes": [{"id": name, **node} for name, node in nodes.items()], "edges": edges}


def _node(catalogue: Catalogue, term: Any) -> dict[str, Any]:
    known = isinstance(term, pyoxigraph.NamedNode) and term.value in catalogue.statements
    ref = make_title(catalogue, term.value) if known else None
    look = find_style(ref.kind if ref else "")
    label = ref.label if ref else _cell(catalogue, term).text
    shape = "box" if isinstance(term, pyoxigraph.Literal) else look.shape
    return {"label": _brief(label), "shape": shape, "colour": look.colour, "dark": look.dark}


def _brief(text: str, longest: int = 40) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def _cell(catalogue: Catalogue, term: Any) -> Any:
    if term is None:
        return None
    if isinstance(term, pyoxigraph.NamedNode):
        return _name_of(catalogue, term.value)
    if isinstance(term, pyoxigraph.Literal):
        hint = f"language {term.language}" if term.language else _datatype(term.datatype.value)
        return Cell(term.value, None, False, hint)
    return Cell(str(term), None, False, None)


def _name_of(catalogue: Catalogue, iri: str) -> Cell:
    short, here = shorten(iri), to_address(iri)
    if iri in catalogue.statements:
        return Cell(make_title(catalogue, iri).label, here, False, short)
    if here.startswith("/ontology"):
        return Cell(label_term(iri), here, False, short)
    href = to_web_address(iri)
    return Cell(label_term(iri), href, href is not None, iri)


def _datatype(iri: str) -> str | None:
    short = shorten(iri)
    return None if short == "xsd:string" else short
