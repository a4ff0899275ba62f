"""The transition network: positions, and the transitions that sources assert between them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from careergraph.catalogue.alignments import positions_of, same_positions
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import transition
from careergraph.model.records import Transition
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.origins import Origin
from careergraph.transitions.precomputed.opened import find_similarity

#: Transitions that lead from one position to one role: parallel claims stay apart, none means a derived one.
Hop = tuple[Transition, ...]

#: How many of the occupations that are most alike an occupation leads to.
MOST_ALIKE = 20


class Network:
    """Positions and the transitions between them, seen from an origin.

    Whoever is in a specialised position is in the general one too: a sociologist may go where social scientists go,
    and whoever arrives at a track of AI safety has arrived at AI safety. So it is with what two sources call the same.

    Args:
        catalogue: where the transitions are.
        origin: where one starts; a person may stand in several positions at once.
        derived: whether any position leads to any role that asks for something, and any occupation to those that it
            is most alike, by transitions no source names.
        towards: an occupation that is then reached from any other, however little alike.
    """

    def __init__(
        self, catalogue: Catalogue, origin: Origin, *, derived: bool = False, towards: str | None = None
    ) -> None:
        self.catalogue, self.origin, self.derived, self.towards = catalogue, origin, derived, towards
        self._claims: dict[str, dict[str, tuple[str, ...]]] = {}
        self._moves: dict[str, Transition] = {}
        self._occupations: dict[str, str | None] = {}

    def places(self, position: str) -> tuple[str, ...]:
        """All positions that somebody in a position, or who is the origin, is in: broader ones and the same ones."""
        own = self.origin.positions if position == self.origin.ref.id else (position,)
        return tuple(dict.fromkeys(node for place in own for node in positions_of(self.catalogue, place)))

    def claims(self, position: str) -> dict[str, tuple[str, ...]]:
        """Role → the claims of a transition that leads there from a position; none for one that no source names."""
        if position not in self._claims:
            nodes = self.places(position)
            asserted = self._asserted(nodes)
            computed = dict.fromkeys((*self._demanding_roles, *self._alike(nodes)), ()) if self.derived else {}
            self._claims[position] = {role: made for role, made in (computed | asserted).items() if role not in nodes}
        return self._claims[position]

    def hop(self, position: str, role: str) -> Hop:
        """The transitions that lead from a position, or from what it specialises, to a role."""
        return tuple(map(self._move, self.claims(position).get(role, ())))

    def hops(self, position: str) -> dict[str, Hop]:
        """Role → the transitions that lead there from a position or from what it specialises.

        A transition that no source names is an empty hop.
        """
        return {role: self.hop(position, role) for role in self.claims(position)}

    def occupation(self, role: str) -> str | None:
        """The occupation that a role is, by itself or by exact match, if it is known how alike that is to others."""
        if role not in self._occupations:
            similarity = find_similarity(self.catalogue)
            known = similarity.number if similarity else {}
            names = (name for name in (role, *same_positions(self.catalogue, role)) if name in known)
            self._occupations[role] = next(names, None)
        return self._occupations[role]

    def _move(self, claim: str) -> Transition:
        if claim not in self._moves:
            self._moves[claim] = transition(self.catalogue, claim)
        return self._moves[claim]

    def _asserted(self, nodes: Iterable[str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for node in nodes:
            for claim in sorted(self.catalogue.pointing(CG.origin, node, "transition")):
                destination = self.catalogue.value(claim, CG.destination) or claim
                found[destination] = (*found.get(destination, ()), claim)
        return dict(sorted(found.items()))

    @cached_property
    def _demanding_roles(self) -> tuple[str, ...]:
        roles = self.catalogue.by_kind.get("role", ())
        return tuple(sorted(role for role in roles if self.catalogue.about(role, "requirement")))

    def _alike(self, nodes: Iterable[str]) -> tuple[str, ...]:
        similarity = find_similarity(self.catalogue)
        known = [] if similarity is None else [node for node in nodes if node in similarity.number]
        if similarity is None or not known:
            return ()
        found = dict.fromkeys(other for node in known for other, _ in similarity.best(node, MOST_ALIKE))
        towards = (self.towards,) if self.towards and self.towards in similarity.number else ()
        return (*found, *towards)

    def reachable(self) -> tuple[str, ...]:
        """All roles that some sequence of transitions leads to, nearest first."""
        found = dict.fromkeys(self.claims(self.origin.ref.id))
        queue = list(found)
        for position in queue:
            new = [role for role in self.claims(position) if role not in found and role != self.origin.ref.id]
            found.update(dict.fromkeys(new))
            queue.extend(new)
        return tuple(found)

    def origins_of(self, role: str) -> tuple[str, ...]:
        """The positions from which sources lead to a role or to one of its specialisations, by IRI."""
        claims = self.catalogue.by_kind.get("transition", ())
        ends = ((self.catalogue.value(c, CG.origin), self.catalogue.value(c, CG.destination)) for c in claims)
        return tuple(sorted({o for o, d in ends if o and d and role in self.catalogue.lineage(d)}))


def considers_derived(catalogue: Catalogue, origin: Origin, destination: str | None = None) -> bool:
    """Whether derived transitions are considered if nobody says: where somebody comes from, or goes to, an occupation.

    Of occupations sources know a few neighbours at most; that they name no way from one to a role says nothing.
    """
    ends = (*origin.positions, *([destination] if destination else []))
    return any(catalogue.kind(position) == "occupation" for position in ends)
