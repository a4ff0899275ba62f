"""What is to be checked, read into rdflib's terms: files, endpoints, and imported data sets."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph

from careergraph.model.decoding import find_encoding
from careergraph.model.errors import UnreadableFile
from careergraph.store.datasets import dataset_folder, is_imported, list_imported
from careergraph.store.locations import is_endpoint, to_printed_name
from careergraph.store.sources import parse
from careergraph.validation.line_numbers import find_lines
from careergraph.validation.samples import read_about, read_sample
from careergraph.validation.shacl import Fault, find_local_name

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    Triple: TypeAlias = tuple[Node, Node, Node]

FilePath: TypeAlias = str | os.PathLike[str]


_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"


@dataclass(frozen=True)
class Document:
    """A parsed file: its statements in rdflib's terms, what it describes, and on which lines.

    Of an imported data set with many nodes, `triples` is about a sample of them, and `population` is their number;
    `broader` has all that it says of what is broader than what.
    """

    path: str
    triples: frozenset[Triple]
    ill_typed: tuple[Fault, ...]
    population: int | None = None
    broader: frozenset[Triple] = frozenset()

    @cached_property
    def subjects(self) -> frozenset[Node]:
        """The nodes that it says something about."""
        return frozenset(subject for subject, _, _ in self.triples)

    @cached_property
    def lines(self) -> Mapping[str, int]:
        """The line of each node, where it is a file of lines."""
        if is_endpoint(self.path) or is_imported(self.path):
            return {}
        return find_lines(_in_utf_8(self.path))


def _in_utf_8(path: str) -> str:
    content = Path(path).read_bytes()
    return content.decode(find_encoding(content), errors="replace")


def read_documents(files: Iterable[FilePath], mark: str) -> list[Document]:
    """Read what is to be checked as a whole; of large imported data sets, a sample.

    Args:
        files: RDF files, folders of imported data sets, addresses of endpoints.
        mark: what the names of blank nodes begin with, so that they differ from those of other files.

    Raises:
        EndpointFailed, OutdatedDataset, UnreadableFile, UnusableDataset: one of them cannot be read.
    """
    return [_read(os.fspath(path), f"{mark}{number}") for number, path in enumerate(files, start=1)]


def read_around(checked: Sequence[Document], context: Sequence[FilePath]) -> list[Document]:
    """Read what documents may refer to: files and endpoints as a whole, of imported data sets what is referred to.

    Whatever is imported may refer to everything else that is.

    Raises:
        EndpointFailed, OutdatedDataset, UnreadableFile, UnusableDataset: one of them cannot be read.
    """
    from rdflib import URIRef

    paths = [os.fspath(path) for path in context]
    sets = [path for path in (*paths, *(document.path for document in checked)) if is_imported(path)]
    if any(is_imported(document.path) for document in checked):
        sets += map(dataset_folder, list_imported())
    named = {str(value) for document in checked for _, _, value in document.triples if isinstance(value, URIRef)}
    wanted = sorted(named - {str(node) for document in checked for node in document.subjects}) if sets else []
    return [
        *read_documents([path for path in paths if not is_imported(path)], "c"),
        _to_document("", "i", read_about(wanted, list(dict.fromkeys(sets)))),
    ]


def _read(path: str, mark: str) -> Document:
    if not is_imported(path):
        return _to_document(path, mark, parse(path))
    quads, broader, population = read_sample(path)
    found = _to_document(path, mark, quads)
    return replace(found, population=population, broader=_to_document(path, mark, broader).triples)


def _to_document(path: str, mark: str, quads: Iterable[pyoxigraph.Quad]) -> Document:
    faults: list[Fault] = []
    triples = frozenset(_to_triples(path, mark, quads, faults))
    return Document(to_printed_name(path), triples, tuple(faults))


def _to_triples(path: str, mark: str, quads: Iterable[pyoxigraph.Quad], faults: list[Fault]) -> Iterator[Triple]:
    blank: dict[str, str] = {}
    for quad in quads:
        node, predicate = _term(quad.subject, mark, blank), _term(quad.predicate, mark, blank)
        value = _term(quad.object, mark, blank)
        if node is None or predicate is None or value is None:
            reason = "it makes statements about statements, which are not supported"
            raise UnreadableFile(path=to_printed_name(path), reason=reason)
        if getattr(value, "ill_typed", False) or _is_endless(value) or _has_exponent(value):
            value, fault = _stand_in(node, predicate, value)
            faults.append(fault)
        yield node, predicate, value


def _term(term: object, mark: str, blank: dict[str, str]) -> Node | None:
    # Blank nodes are numbered, so that they differ between files but not between runs.
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(blank.setdefault(term.value, f"{mark}b{len(blank) + 1}"))
    if not isinstance(term, pyoxigraph.Literal):
        return None
    if term.language:
        return Literal(term.value, lang=term.language)
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def _is_endless(term: Node) -> bool:
    # NaN and INF are of type double, but no figure of anything, and pyshacl fails when it compares them with a decimal.
    value = getattr(term, "value", None)
    return isinstance(value, float) and not isfinite(value)


def _has_exponent(term: Node) -> bool:
    # rdflib reads what XML Schema has for doubles and floats only.
    return str(getattr(term, "datatype", "")) == _DECIMAL and "e" in str(term).lower()


def _stand_in(node: Node, path: Node, literal: Node) -> tuple[Node, Fault]:
    # pyshacl fails when it compares a literal that does not fit its datatype. A plain string serves instead.
    from rdflib import Literal

    value = Literal(str(literal))
    datatype = find_local_name(getattr(literal, "datatype", ""))
    message = (
        f'"{literal}" is not a {"number" if _is_endless(literal) else datatype}: correct the value or its datatype.'
    )
    return value, Fault("ill-typed-value", node, path, value, message)


def to_graph(documents: Iterable[Document]) -> Graph:
    """All that documents say, and what is broader than what, as one graph."""
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    for document in documents:
        for triple in (*document.triples, *document.broader):
            graph.add(triple)
    return graph
