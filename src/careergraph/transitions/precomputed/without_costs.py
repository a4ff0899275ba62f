"""What a catalogue has beyond its table of step costs: positions and steps from other data."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Record
from careergraph.rdf.kinds import POSITIONS
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.precomputed.costs import StepCosts
from careergraph.transitions.precomputed.tables import find_indexes_without_costs


class WithoutCosts(Record):
    """The positions that a table of step costs does not have, and the destinations of steps that it does not have."""

    positions: tuple[str, ...]
    heads: frozenset[str]


def find_without_costs(catalogue: Catalogue, step_costs: StepCosts, towards: str | None = None) -> WithoutCosts:
    """What a catalogue has beyond its table of step costs.

    Occupations of other data sets count if a source names a step to them, or if they are the destination: there are
    thousands, and nothing else leads to them.

    Takes time linear in the positions and transitions that are in memory or in indexes without this table.

    Args:
        catalogue: all that is asked together.
        step_costs: the catalogue's own.
        towards: the destination, if there is only one.
    """
    known, pairs = step_costs.number, tuple(_ends(catalogue))
    heads = frozenset(head for tail, head in pairs if not _knows(step_costs, tail, head))
    named = {end for pair in pairs for end in pair} | {towards}
    stops = (node for kind in POSITIONS for node in _stops(catalogue, kind, named))
    positions = tuple(node for node in stops if node not in known)
    # No step is computed to a background: where people come from is where they are already.
    destinations = (node for node in positions if catalogue.kind(node) != "background")
    return WithoutCosts(positions, heads.union(destinations))


def _stops(catalogue: Catalogue, kind: str, named: Collection[str | None]) -> Iterator[str]:
    if kind != "occupation":
        return _of_kind(catalogue, kind)
    asked = sorted(node for node in named if node and catalogue.kind(node) == kind)
    others = (node for index in find_indexes_without_costs(catalogue) for node in asked if node in index)
    return chain(catalogue.in_memory.get(kind, ()), others)


def _of_kind(catalogue: Catalogue, kind: str) -> Iterator[str]:
    yield from catalogue.in_memory.get(kind, ())
    for index in find_indexes_without_costs(catalogue):
        yield from index.of_kind(kind)


def _ends(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for claim in _of_kind(catalogue, "transition"):
        tail, head = catalogue.value(claim, CG.origin), catalogue.value(claim, CG.destination)
        if tail and head:
            yield tail, head


def _knows(step_costs: StepCosts, tail: str, head: str) -> bool:
    if tail not in step_costs.number or head not in step_costs.number:
        return False
    steps = step_costs.leaving(step_costs.number[tail])
    return any(step_costs.nodes[step.head] == head and not step.computed for step in steps)
