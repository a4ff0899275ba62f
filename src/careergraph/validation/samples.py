"""Imported data sets to be checked: all of a small one, some nodes of every kind of a large one, and what is around.

Shapes look at a node, at what it points to, and at the classes of that. So what is needed beside the nodes that are
checked is what they point to, in their own data set or in another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Quad

from careergraph.rdf.standards import SKOS
from careergraph.store.datasets import read_manifest
from careergraph.store.index import Index
from careergraph.store.snapshots import open_live, open_snapshot, tell_damage

#: A data set with at most so many nodes is checked as a whole.
LARGE = 5_000
#: So many nodes of each kind are a sample of a larger one.
MOST_OF_A_KIND = 250


class Sample(NamedTuple):
    """Some nodes of an imported data set.

    `quads` is what the data set says about them, `broader` what it says is broader than what, about all its nodes;
    `population` is how many nodes it has, or None if these are all of them.
    """

    quads: list[Quad]
    broader: list[Quad]
    population: int | None


def read_sample(path: str, *, large: int = LARGE, most: int = MOST_OF_A_KIND) -> Sample:
    """Read the nodes of an imported data set that are to be checked: the same ones each time.

    Takes time linear in the size of the sample, and in the number of nodes.

    Args:
        path: the data set's folder.
        large: how many nodes a data set may have to be checked as a whole.
        most: how many nodes of a kind are taken of a larger one, evenly spread over their IRIs.

    Raises:
        OutdatedDataset, UnreadableFile, UnusableDataset: it cannot be read.
    """
    index, store = open_live(path, Index), open_live(path, open_snapshot)
    is_large = len(index) > large
    nodes = {iri for kind in index.tally for iri in _spread(index.of_kind(kind), most if is_large else None)}
    graphs = [NamedNode(graph) for graph in read_manifest(path).graphs]
    with tell_damage(path):
        about = (store.quads_for_pattern(NamedNode(iri), None, None, graph) for graph in graphs for iri in nodes)
        broader = (store.quads_for_pattern(None, NamedNode(SKOS.broader), None, graph) for graph in graphs)
        found = Sample(list(chain.from_iterable(about)), list(chain.from_iterable(broader)), len(index))
    return found if is_large else found._replace(population=None)


def read_about(nodes: Sequence[str], paths: Sequence[str]) -> Iterator[Quad]:
    """What imported data sets, with what follows from them, say about some nodes.

    Args:
        nodes: IRIs.
        paths: the data sets' folders.

    Raises:
        OutdatedDataset, UnreadableFile, UnusableDataset: one of them cannot be read.
    """
    for path in paths:
        store = open_live(path, open_snapshot)
        with tell_damage(path):
            for iri in nodes:
                yield from store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph())


def _spread(nodes: list[str], most: int | None) -> list[str]:
    """So many of a list at most, evenly spread."""
    return nodes if most is None else nodes[:: -(-len(nodes) // most) or 1]
