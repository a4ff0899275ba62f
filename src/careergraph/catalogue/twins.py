"""What is the same in several data sets: one thing to ask for, whose other references are listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.alignments import find_same
from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Record, Ref
from careergraph.model.text import fold, normalise, to_singular
from careergraph.model.values import Schema

if TYPE_CHECKING:
    from careergraph.model.values import Iri


class Same(Record):
    """A node, and what other data sets have that is exactly the same."""

    id: Iri
    """The node."""
    others: Annotated[tuple[Ref, ...], Schema(minItems=1)]
    """The same in other data sets, by label."""


class Found(Record):
    """The nodes that a search finds."""

    results: tuple[Ref, ...]
    """The nodes, the best match first; what several data sets have stands once."""
    same: tuple[Same, ...]
    """Which of the results other data sets have as well."""


def merge_twins(catalogue: Catalogue, found: Sequence[Ref]) -> list[Ref]:
    """Of nodes that are the same the one in memory, or else the first, in the place of the first; and all others.

    The same are those that an exact match declares so, and those of the same kind and name in two data sets. Takes time
    linear in the nodes and their alignments.

    Args:
        catalogue: where they are.
        found: the nodes.
    """
    first: dict[tuple[str, str], Ref] = {}
    meant: dict[str, Ref] = {}
    for ref in sorted(found, key=lambda ref: ref.id not in catalogue.memory):
        alike = first.setdefault((ref.kind, to_singular(fold(ref.label))), ref)
        known = meant.get(alike.id, ref) if not _share_a_data_set(catalogue, ref.id, alike.id) else ref
        known = meant.setdefault(ref.id, known)
        for other in find_same(catalogue, ref.id):
            meant.setdefault(other, known)
    return list(dict.fromkeys(meant[ref.id] for ref in found))


def list_twins(catalogue: Catalogue, found: Iterable[Ref]) -> tuple[Same, ...]:
    """What other data sets have for nodes: what is the same by an exact match, or of the same kind and name.

    Args:
        catalogue: where they are.
        found: the nodes; those that no other data set has are left out.
    """
    named = ((ref, {*find_same(catalogue, ref.id), *_list_namesakes(catalogue, ref)}) for ref in found)
    others = ((ref, sorted(map(catalogue.ref, same), key=lambda other: (other.label, other.id))) for ref, same in named)
    return tuple(Same(ref.id, tuple(same)) for ref, same in others if same)


def _list_namesakes(catalogue: Catalogue, ref: Ref) -> Iterator[str]:
    for index in catalogue.indexes:
        if ref.id not in index:
            alike = index.names_in_the_singular(to_singular(normalise(ref.label)))
            yield from (n.node for n in alike if n.rank == 0 and n.kind == ref.kind and n.node not in catalogue.memory)


def _share_a_data_set(catalogue: Catalogue, one: str, other: str) -> bool:
    in_memory = one in catalogue.memory and other in catalogue.memory
    return in_memory or any(one in index and other in index for index in catalogue.indexes)
