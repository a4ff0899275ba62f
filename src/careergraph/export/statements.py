"""The input of exports: the statements of a data set, and their catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import UnreadableFile, UnusableDataset
from careergraph.store.datasets import is_imported
from careergraph.store.layers import is_layer
from careergraph.store.locations import is_endpoint, name_graph, to_printed_name
from careergraph.store.oxigraph import open_dataset
from careergraph.store.snapshots import tell_damage
from careergraph.store.sources import parse
from careergraph.store.statements import index_statements


class Material:
    """The statements of a data set, each in the named graph of its source.

    Literals are as in the files and not rewritten by a store: 1.50 stays 1.50. Blank nodes get their
    canonical names (RDFC-1.0), so that the same data gives the same bytes every time.

    Args:
        quads: the statements, in any order; or a function that returns them when they are needed.
        files: the files that they are read from, if any.
    """

    def __init__(self, quads: Iterable[Quad] | Callable[[], Iterable[Quad]], files: Iterable[str] = ()) -> None:
        self._quads, self.files = quads, tuple(files)

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """All statements, each once."""
        return _canonical(tuple(dict.fromkeys(self._quads() if callable(self._quads) else self._quads)))

    @classmethod
    def of_files(cls, files: Iterable[str]) -> Material:
        """The statements of RDF files and endpoints; those outside any graph go to the graph of the file.

        Raises:
            EndpointFailed: an endpoint does not answer, or not as it should.
            UnreadableFile: one of the files cannot be read.
            UnusableDataset: an endpoint has no statements in its default graph, or too many.

        >>> from careergraph.store.locations import list_dataset_files
        >>> len(Material.of_files(list_dataset_files()).triples) > 8000
        True
        """
        given = tuple(files)
        alone = len(given) == 1
        made = cls(lambda: (quad for path in given for quad in _place(path, alone=alone)), given)
        if not any(map(is_imported, given)):
            _ = made.quads  # report at once if a file cannot be read
        return made

    def with_layers(self) -> Material:
        """The same with what a query finds in addition: the layers of `careergraph.store.layers`, as graphs.

        Raises:
            EndpointFailed, OutdatedDataset, UnreadableFile, UnusableDataset: as `open_dataset`.

        >>> from careergraph.store.locations import list_dataset_files
        >>> plain = Material.of_files(list_dataset_files())
        >>> len(plain.with_layers().quads) > len(plain.quads)
        True
        """
        store, graphs = open_dataset(self.files)
        names = graphs or [graph.value for graph in store.named_graphs()]
        layers = [NamedNode(name) for name in sorted(filter(is_layer, names))]
        with tell_damage(", ".join(self.files)):
            added = [quad for layer in layers for quad in store.quads_for_pattern(None, None, None, layer)]
        return Material((*self.quads, *added), self.files)

    @cached_property
    def triples(self) -> set[Triple]:
        """All statements, merged."""
        return {quad.triple for quad in self.quads}

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue of the merged statements; that of imported data sets leaves them on disk."""
        if any(map(is_imported, self.files)):
            return Catalogue.of_files(self.files)
        return Catalogue(index_statements(self.quads))


def _place(path: str, *, alone: bool) -> Iterator[Quad]:
    graph, quad = NamedNode(name_graph(path)), None
    for quad in parse(path, alone=alone):
        subject, predicate, value, own = quad
        if isinstance(value, Triple):
            raise UnreadableFile(
                path=to_printed_name(path), reason="it makes statements about statements, which are not supported"
            )
        yield Quad(subject, predicate, value, graph if isinstance(own, DefaultGraph) else own)
    if quad is None and is_endpoint(path):
        raise UnusableDataset(
            to_printed_name(path),
            "its default graph has no statements; where named graphs have them, write these into the address: "
            "?default-graph-uri=IRI",
        )


def _canonical(quads: tuple[Quad, ...]) -> tuple[Quad, ...]:
    if not any(isinstance(term, BlankNode) for quad in quads for term in quad):
        return quads
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted(dataset, key=str))
