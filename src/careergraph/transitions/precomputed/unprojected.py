"""What a projection does not know of: positions and transitions that came to its network from elsewhere.

A projection is laid down by an import, of what was imported then and the bundled graph. Whoever joins own data with
that asks for steps that are not in it. Few as they are, they are worked out when the search comes to them.
"""

from __future__ import annotations

from collections.abc import Iterator

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Record
from careergraph.rdf.kinds import POSITIONS
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.precomputed.costs import Projection


class Unprojected(Record):
    """The positions that a projection does not know, and all that steps lead to which it does not know."""

    positions: tuple[str, ...]
    heads: frozenset[str]


def unprojected(catalogue: Catalogue, projection: Projection) -> Unprojected:
    """What a catalogue has beyond its projection.

    Takes time linear in the positions and transitions that are in memory or on shelves without this projection.

    Args:
        catalogue: all that is asked together.
        projection: the catalogue's own.
    """
    positions = tuple(node for kind in POSITIONS for node in _of_kind(catalogue, kind) if node not in projection.number)
    heads = {head for tail, head in _ends(catalogue) if not _knows(projection, tail, head)}
    return Unprojected(positions, frozenset(positions) | heads)


def _of_kind(catalogue: Catalogue, kind: str) -> Iterator[str]:
    yield from catalogue.in_memory.get(kind, ())
    for shelf in catalogue.shelves_beside_projection:
        yield from shelf.of_kind(kind)


def _ends(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for claim in _of_kind(catalogue, "transition"):
        tail, head = catalogue.value(claim, CG.origin), catalogue.value(claim, CG.destination)
        if tail and head:
            yield tail, head


def _knows(projection: Projection, tail: str, head: str) -> bool:
    if tail not in projection.number or head not in projection.number:
        return False
    steps = projection.leaving(projection.number[tail])
    return any(projection.nodes[number] == head and not computed for number, _, _, computed in steps)
