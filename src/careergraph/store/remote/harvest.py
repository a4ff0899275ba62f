"""What is read of an endpoint, and how: as much as careergraph works with, in parts, and provably all of it.

An endpoint may hold far more than fits here, gives a limited number of rows at once, mostly without saying so, and
need not keep an order between two answers. So:

1. the statements are counted, and too many are refused before any is fetched;
2. the nodes that have them are listed, each with the number of its statements, in the order of their IRIs; every
   page starts behind the last IRI of the one before, until the numbers add up;
3. the nodes are asked for by name, so many at a time that some thousands of statements come back, and each answer is
   counted against the list; one that falls short is asked for in halves;
4. statements with a blank node cannot be asked for by name. They come in one answer, counted likewise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import pyoxigraph

from careergraph.model.errors import DatasetTooLarge, EndpointFailed, QueryTimedOut, ResultTooLarge, UnusableDataset
from careergraph.rdf.kinds import CLAIM_KINDS, NODE_KINDS
from careergraph.rdf.standards import PROV, SCHEMA, SKOS
from careergraph.rdf.vocabulary import NAMESPACE
from careergraph.store.remote.endpoint import Endpoint

#: How many statements, and how many named graphs, are read at most.
MOST_STATEMENTS, MOST_GRAPHS = 2_000_000, 1_000
#: How many nodes are listed at once, and how many nodes and statements are asked for at once.
_LISTED, _NODES, _STATEMENTS = 10_000, 400, 4_000

_ALL = "?s ?p ?o"
_WITH_BLANK = "isBlank(?s) || isBlank(?o)"
#: Relations by which the engine gets from one node to the next, besides those of the ontology itself.
_FOLLOWED = (SCHEMA.about, SCHEMA.isPartOf, PROV.wasDerivedFrom, SKOS.broader, SKOS.inScheme)

Triples = list[pyoxigraph.Triple]
#: A node as SPARQL writes it, and how many statements there are about it.
Counted = tuple[str, int]


def fetch_career_statements(endpoint: Endpoint) -> Triples:
    """The statements that careergraph's answers are made of, in no particular order.

    Those are all about nodes of a class of the ontology, and all about the nodes that these point to by a relation
    that the engine follows, such as a source or a scheme, and so on.

    Raises:
        EndpointFailed: the endpoint does not answer, or gives fewer statements than it counts.
        UnusableDataset: it has no node of the ontology.
        DatasetTooLarge: it has too many statements about such nodes.
    """
    classes = " ".join(f"<{class_}>" for class_ in (*NODE_KINDS, *CLAIM_KINDS))
    with _patient(endpoint):
        found = _read(endpoint, f"VALUES ?class {{ {classes} }} ?s a ?class . {_ALL}")
        if not found:
            raise UnusableDataset(
                endpoint.address.shown,
                "its default graph has no node of a class of careergraph's ontology; where named graphs have them, "
                "write these into the address: ?default-graph-uri=IRI",
            )
        asked = {str(triple.subject) for triple in found}
        while new := sorted(find_objects(found) - asked):
            asked.update(new)
            for part in _parts(new, _NODES):
                found += _read(endpoint, f"VALUES ?s {{ {' '.join(part)} }} {_ALL}")
            _check_number(endpoint, len(found))
    return found


def fetch_all_statements(endpoint: Endpoint) -> Triples:
    """All statements of an endpoint's default graph, in no particular order.

    Raises:
        EndpointFailed: the endpoint does not answer, or gives fewer statements than it counts.
        DatasetTooLarge: it has too many statements.
    """
    with _patient(endpoint):
        return _read(endpoint, _ALL)


def fetch_statements_with_graphs(endpoint: Endpoint) -> Iterator[pyoxigraph.Quad]:
    """All statements of an endpoint's default graph, each in every named graph that has it, or else in none.

    Where the address says what the default graph is made of, those are the named graphs.

    Raises:
        EndpointFailed: the endpoint does not answer, or gives fewer statements than it counts.
        DatasetTooLarge: it has too many statements or graphs.
    """
    own = endpoint.address.default_graphs
    return _of_each(endpoint, own) if own else _of_all(endpoint)


def _of_each(endpoint: Endpoint, graphs: Iterable[str]) -> Iterator[pyoxigraph.Quad]:
    number = 0
    for graph in dict.fromkeys(graphs):
        found = fetch_all_statements(endpoint.narrow(graph))
        number += len(found)
        _check_number(endpoint, number)
        yield from (_quad(triple, pyoxigraph.NamedNode(graph)) for triple in found)


def _of_all(endpoint: Endpoint) -> Iterator[pyoxigraph.Quad]:
    with _patient(endpoint):
        merged = set(_read(endpoint, _ALL))
        unnamed = set(merged)
        for graph in _graphs(endpoint):
            named = merged.intersection(_read(endpoint, f"GRAPH {graph} {{ {_ALL} }}"))
            unnamed -= named
            yield from (_quad(triple, graph) for triple in named)
        yield from (_quad(triple, pyoxigraph.DefaultGraph()) for triple in unnamed)


def _quad(triple: pyoxigraph.Triple, graph: pyoxigraph.NamedNode | pyoxigraph.DefaultGraph) -> pyoxigraph.Quad:
    return pyoxigraph.Quad(triple.subject, triple.predicate, triple.object, graph)


def _graphs(endpoint: Endpoint) -> list[pyoxigraph.NamedNode]:
    rows = endpoint.rows(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ {_ALL} }} }} LIMIT {MOST_GRAPHS + 1}")
    if len(rows) > MOST_GRAPHS:
        raise DatasetTooLarge(
            endpoint.address.shown,
            f"it has more than {MOST_GRAPHS:,} named graphs; write those to read into the address: "
            "?default-graph-uri=IRI",
        )
    return [row["g"] for row in rows if isinstance(row["g"], pyoxigraph.NamedNode)]


def find_objects(found: Iterable[pyoxigraph.Triple]) -> set[str]:
    """The nodes that statements lead to by relations that the engine follows, as SPARQL writes them."""
    return {
        str(triple.object)
        for triple in found
        if isinstance(triple.object, pyoxigraph.NamedNode)
        and (triple.predicate.value in _FOLLOWED or triple.predicate.value.startswith(NAMESPACE.cg))
    }


### Reading in parts


def _read(endpoint: Endpoint, where: str) -> Triples:
    """The statements ?s ?p ?o that a pattern finds, or rather that are about the nodes ?s that it finds."""
    total, blank = _numbers(endpoint, where)
    _check_number(endpoint, total)
    found = _blank(endpoint, where, blank) if blank else []
    about = where if where.startswith("GRAPH") else _ALL
    for part in _batches(_list_nodes(endpoint, where, total - blank)):
        found += _fetch(endpoint, about, part)
    return found


def _numbers(endpoint: Endpoint, where: str) -> tuple[int, int]:
    """How many statements there are, and in how many of them a blank node takes part."""
    rows = endpoint.rows(
        f"SELECT (COUNT(*) AS ?n) (SUM(IF({_WITH_BLANK}, 1, 0)) AS ?blank) {{ SELECT DISTINCT ?s ?p ?o {{ {where} }} }}"
    )
    with reading_rows(endpoint):
        (row,) = rows
        return _number(row, "n"), _number(row, "blank")


def _list_nodes(endpoint: Endpoint, where: str, total: int) -> list[Counted]:
    found: list[Counted] = []
    number, last = 0, ""
    while number < total:
        # A literal writes itself as SPARQL does, with whatever needs escaping escaped.
        behind = f" && STR(?s) > {pyoxigraph.Literal(last)}" if last else ""
        rows = endpoint.rows(
            f"SELECT ?s (COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?p ?o {{ {where} FILTER(!({_WITH_BLANK}){behind}) }} }} "
            f"GROUP BY ?s ORDER BY ?s LIMIT {_LISTED}"
        )
        with reading_rows(endpoint):
            page = [(row["s"], _number(row, "n")) for row in rows]
        found += [(str(node), count) for node, count in page]
        number += sum(count for _, count in page)
        if not page or number > total:
            raise _short(endpoint, "all nodes", number, total)
        last = str(getattr(page[-1][0], "value", ""))
    return found


def _batches(nodes: Iterable[Counted]) -> Iterator[list[Counted]]:
    part: list[Counted] = []
    for node, count in nodes:
        if part and (len(part) == _NODES or sum(n for _, n in part) + count > _STATEMENTS):
            yield part
            part = []
        part.append((node, count))
    if part:
        yield part


def _fetch(endpoint: Endpoint, about: str, part: Sequence[Counted]) -> Triples:
    names, total = " ".join(node for node, _ in part), sum(count for _, count in part)
    found = endpoint.statements(f"CONSTRUCT {{ ?s ?p ?o }} {{ VALUES ?s {{ {names} }} {about} FILTER(!isBlank(?o)) }}")
    if _complete(found, total):
        return found
    if len(part) == 1:
        raise _short(endpoint, part[0][0], len(found), total)
    middle = len(part) // 2
    return _fetch(endpoint, about, part[:middle]) + _fetch(endpoint, about, part[middle:])


def _blank(endpoint: Endpoint, where: str, total: int) -> Triples:
    found = endpoint.statements(f"CONSTRUCT {{ ?s ?p ?o }} {{ {where} FILTER({_WITH_BLANK}) }}")
    if not _complete(found, total):
        raise _short(endpoint, "nodes without an IRI", len(found), total)
    return found


def _complete(found: Triples, total: int) -> bool:
    # Where the same stands in several graphs, some endpoints send it several times; and what is two statements to
    # some, with "a" and with "a"^^xsd:string, is one here.
    return len(set(found)) >= total or len(found) == total


def _number(row: pyoxigraph.QuerySolution, name: str) -> int:
    return int(getattr(row[name], "value", 0))


def _parts(names: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (names[start : start + size] for start in range(0, len(names), size))


### What can stand in the way


def _check_number(endpoint: Endpoint, number: int) -> None:
    if number > MOST_STATEMENTS:
        raise DatasetTooLarge(
            endpoint.address.shown,
            f"it has {number:,} statements to read, and {MOST_STATEMENTS:,} are the most; write the graphs that "
            "matter into the address (?default-graph-uri=IRI), or ask by `careergraph sparql`",
        )


def _short(endpoint: Endpoint, what: str, number: int, total: int) -> EndpointFailed:
    return EndpointFailed(
        endpoint.address.shown,
        f"of {what} it counts {total:,} statements and gives {number:,}; it limits its answers more than can be "
        "worked round, or is being changed",
    )


@contextmanager
def reading_rows(endpoint: Endpoint) -> Iterator[None]:
    """Tell rows that have not what was asked for as an error of the endpoint.

    Raises:
        EndpointFailed: a row, a column or a value is missing, or a value is of another kind.
    """
    try:
        yield
    except (KeyError, TypeError, ValueError) as error:
        reason = "its answer is well-formed, but has not the rows and columns that were asked for"
        raise EndpointFailed(endpoint.address.shown, reason) from error


@contextmanager
def _patient(endpoint: Endpoint) -> Iterator[None]:
    try:
        with endpoint:
            yield
    except QueryTimedOut as error:
        reason = f"it took longer than {error.seconds:g} s over a part of what is to be read"
        raise EndpointFailed(endpoint.address.shown, reason) from error
    except ResultTooLarge as error:
        reason = f"a part of what is to be read is larger than {error.limit:,} bytes"
        raise EndpointFailed(endpoint.address.shown, reason) from error
