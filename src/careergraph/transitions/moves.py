"""All moves of a network with their costs: the edges that a search for routes follows, as data."""

from __future__ import annotations

from collections.abc import Iterator

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Record, Ref
from careergraph.rdf.kinds import POSITIONS
from careergraph.transitions.criteria import CRITERIA, DEFAULT
from careergraph.transitions.holdings import Holdings, find_holdings
from careergraph.transitions.network import Network
from careergraph.transitions.origins import NOWHERE_ELSE, Origin
from careergraph.transitions.precomputed.routes import Walker
from careergraph.transitions.precomputed.tables import find_costs
from careergraph.transitions.steps import StepWalk

#: The criterion that these costs belong to.
BEST_BY = DEFAULT
_NOBODY = Origin(Ref(NOWHERE_ELSE, "person", "", None), (), Holdings({}, {}), {})


class Move(Record):
    """A step from a position to a role, by IRI, for somebody who holds what is usual where it starts.

    `claims` are the IRIs of the transitions that sources assert, those of broader positions included; a computed step
    has none. `ease` lies in (0, 1]; `cost` is what the search for routes adds up.
    """

    origin: str
    destination: str
    claims: tuple[str, ...]
    ease: float
    cost: float


class Moves:
    """The moves of a network, position by position.

    Args:
        catalogue: where the transitions are.
        derived: whether to compute the steps that no source names.

    Notes:
        Linear in the number of moves if an import has stored their costs; otherwise, each takes the time to compare
        what is held with what is asked for.
    """

    def __init__(self, catalogue: Catalogue, *, derived: bool = False) -> None:
        self._network, costs = Network(catalogue, _NOBODY, derived=derived), find_costs(catalogue)
        self._walker = None if costs is None else Walker(self._network, costs)

    def leaving(self, position: str) -> Iterator[Move]:
        """The moves from a position."""
        figures = _work_out(self._network, position) if self._walker is None else _look_up(self._walker, position)
        for role, (ease, cost) in figures.items():
            yield Move(position, role, self._network.claims_of(position, role), ease, cost)


def list_moves(catalogue: Catalogue, *, derived: bool = False) -> Iterator[Move]:
    """All moves between positions, by kind and IRI of the position that they start from.

    Args:
        catalogue: where the transitions are.
        derived: whether to compute the steps that no source names.

    >>> moves = list(list_moves(Catalogue.load("bundled")))
    >>> all(move.claims and 0 < move.ease <= 1 for move in moves)
    True
    """
    moves = Moves(catalogue, derived=derived)
    for kind in POSITIONS:
        for position in catalogue.by_kind.get(kind, ()):
            yield from moves.leaving(position)


def _work_out(network: Network, position: str) -> dict[str, tuple[float, float]]:
    walk, held = StepWalk(network), find_holdings(network.catalogue, position)
    here, cost = network.catalogue.ref(position), CRITERIA[BEST_BY].cost
    legs = {role: walk.leg(here, role, held) for role in network.claims(position)}
    return {role: (leg.ease, cost(leg)) for role, leg in legs.items()}


def _look_up(walker: Walker, position: str) -> dict[str, tuple[float, float]]:
    cost = CRITERIA[BEST_BY].cost
    return {role: (step.ease, cost(step)) for role, step in walker.leaving(position).items()}
