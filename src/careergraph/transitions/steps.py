"""What is carried along a route: at each step what is held by then, and how feasible that makes the step."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_requirements
from careergraph.model.records import Record, Ref, Requirement
from careergraph.transitions.feasibility import Factor, Parameters, derived_factors, factors
from careergraph.transitions.holdings import Holdings, holdings_of, learned_from, share_met
from careergraph.transitions.network import Hop, Network
from careergraph.transitions.precomputed.opened import find_similarity

#: A role → what it asks for.
Asked = Callable[[str], tuple[Requirement, ...]]
#: A position → what people in it hold.
Holds = Callable[[str], Holdings]


class Leg(Record):
    """A step on its way to becoming a `RouteStep`: the claims for it, what it asks for, what was held before it."""

    origin: Ref
    destination: str
    hop: Hop
    asked: tuple[Requirement, ...]
    held: Holdings
    factors: tuple[Factor, ...]


class StepWalk:
    """Steps through a network by somebody who keeps what they hold.

    Args:
        network: the network to walk through.
        asked: what a role asks for; as the catalogue has it if not given.
        holds: what people in a position hold; as the catalogue has it if not given.
    """

    def __init__(self, network: Network, asked: Asked | None = None, holds: Holds | None = None) -> None:
        catalogue = network.catalogue
        self.network, self.parameters = network, Parameters.of(catalogue)
        self._asked, self._holds = asked or (lambda role: list_requirements(catalogue, role)), holds
        self._cache: dict[str, tuple[Requirement, ...]] = {}

    def asked(self, role: str) -> tuple[Requirement, ...]:
        """What a role asks for."""
        if role not in self._cache:
            self._cache[role] = self._asked(role)
        return self._cache[role]

    def factors(self, tail: str, role: str, hop: Hop, held: Holdings) -> tuple[Factor, ...]:
        """The factors of one step, taken by somebody who holds this."""
        similarity = None if hop else self._likeness(tail, role, held)
        if similarity is not None:
            return derived_factors(similarity, self.asked(role), held, self.parameters)
        return factors(hop, self.asked(role), held, self.parameters)

    def easiest(self, tail: str, role: str, hop: Hop) -> float:
        """A feasibility that no one exceeds on a step, whatever they hold."""
        alike = None if hop else self._alike(tail, role, 0.0)
        return self.parameters.ease(hop) * (alike[0] if alike else 1.0)

    def after(self, held: Holdings, role: str) -> Holdings:
        """What is held after arriving at a role."""
        return holdings_after(self.network.catalogue, held, role, self.asked(role), self._holds)

    def legs(self, nodes: tuple[str, ...]) -> Iterator[Leg]:
        """The steps of a route, given by the IRIs of its positions, with what is carried along."""
        network = self.network
        held, here = network.origin.held, network.origin.ref
        for role in nodes[1:]:
            yield self.leg(here, role, held)
            held, here = self.after(held, role), network.catalogue.ref(role)

    def leg(self, here: Ref, role: str, held: Holdings) -> Leg:
        """The step from a position to a role, for somebody who holds this by then."""
        hop = self.network.hop(here.id, role)
        return Leg(here, role, hop, self.asked(role), held, self.factors(here.id, role, hop, held))

    def _likeness(self, tail: str, role: str, held: Holdings) -> Factor | None:
        """How likely experts are to call two occupations related, seen by whoever holds this."""
        similarity, target = find_similarity(self.network.catalogue), self.network.occupation(role)
        if similarity is None or target is None:
            return None
        missing = similarity.missing_share(target, held.assets)
        alike = self._alike(tail, role, missing)
        return alike and Factor("likeness", alike[0], similarity.explained(alike[1], target, missing))

    def _alike(self, tail: str, role: str, missing: float) -> tuple[float, str] | None:
        """How alike an occupation is to the likest of those that somebody at the tail is in, and which that is."""
        similarity, target = find_similarity(self.network.catalogue), self.network.occupation(role)
        if similarity is None or target is None:
            return None
        places = [place for place in self.network.places(tail) if place in similarity.number]
        return max(((similarity.probability(place, target, missing), place) for place in places), default=None)


def holdings_after(
    catalogue: Catalogue, held: Holdings, role: str, asked: tuple[Requirement, ...], holds: Holds | None = None
) -> Holdings:
    """What is held after arriving at a role: all from before, what the role asked for, what people in it hold."""
    arrived = holds(role) if holds else holdings_of(catalogue, role)
    learned = learned_from(catalogue, (item for item in asked if share_met(item, held) < 1))
    return held.plus(arrived.assets, arrived.groups).plus(learned.assets, learned.groups)
