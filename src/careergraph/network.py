"""The transition network: positions, and the transitions that sources assert between them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from careergraph.catalogue import POSITIONS, Catalogue
from careergraph.claims import transition, transitions
from careergraph.origins import Origin
from careergraph.records import Transition
from careergraph.vocabulary import CG

if TYPE_CHECKING:
    import networkx as nx

#: Transitions that lead from one position to one role: parallel claims stay apart, none means a derived one.
Hop = tuple[Transition, ...]


class Network:
    """Positions and the transitions between them, seen from an origin.

    Whoever is in a specialised position is in the general one too: a sociologist may go where social scientists go,
    and whoever arrives at a track of AI safety has arrived at AI safety.

    Args:
        catalogue: where the transitions are.
        origin: where one starts; a person may stand in several positions at once.
        derived: whether any position leads to any role that asks for something, by transitions no source names.
    """

    def __init__(self, catalogue: Catalogue, origin: Origin, *, derived: bool = False) -> None:
        self.catalogue, self.origin, self.derived = catalogue, origin, derived
        self._hops: dict[str, dict[str, Hop]] = {}

    def hops(self, position: str) -> dict[str, Hop]:
        """Role → the transitions that lead there from a position or from what it specialises.

        A transition that no source names is an empty hop.
        """
        if position not in self._hops:
            places = self.origin.positions if position == self.origin.ref.id else (position,)
            nodes = dict.fromkeys(node for place in places for node in self.catalogue.lineage(place))
            asserted = self._asserted(nodes)
            computed = dict.fromkeys(self._demanding_roles, ()) if self.derived else {}
            self._hops[position] = {role: hop for role, hop in (computed | asserted).items() if role not in nodes}
        return self._hops[position]

    def _asserted(self, nodes: Iterable[str]) -> dict[str, Hop]:
        found: dict[str, Hop] = {}
        for node in nodes:
            for claim in sorted(self.catalogue.pointing(CG.origin, node, "transition")):
                move = transition(self.catalogue, claim)
                found[move.destination.id] = (*found.get(move.destination.id, ()), move)
        return dict(sorted(found.items()))

    @cached_property
    def _demanding_roles(self) -> tuple[str, ...]:
        roles = self.catalogue.by_kind.get("role", ())
        return tuple(sorted(role for role in roles if self.catalogue.about(role, "requirement")))

    def reachable(self) -> tuple[str, ...]:
        """All roles that some sequence of transitions leads to, nearest first."""
        found = dict.fromkeys(self.hops(self.origin.ref.id))
        queue = list(found)
        for position in queue:
            new = [role for role in self.hops(position) if role not in found and role != self.origin.ref.id]
            found.update(dict.fromkeys(new))
            queue.extend(new)
        return tuple(found)

    def origins_of(self, role: str) -> tuple[str, ...]:
        """The positions from which sources lead to a role or to one of its specialisations, by IRI."""
        claims = self.catalogue.by_kind.get("transition", ())
        ends = ((self.catalogue.value(c, CG.origin), self.catalogue.value(c, CG.destination)) for c in claims)
        return tuple(sorted({o for o, d in ends if o and d and role in self.catalogue.lineage(d)}))


def to_networkx(catalogue: Catalogue) -> nx.MultiDiGraph[str]:
    """Show the transitions as a NetworkX multigraph: a node for each position, an edge for each asserted transition.

    Nodes carry `kind` and `label`. Edges are keyed by the transition's IRI, so parallel claims survive, and carry all
    fields of its `Transition` record; `from_networkx` brings them back.

    >>> graph = to_networkx(Catalogue.load())
    >>> graph.nodes["https://w3id.org/careergraph/id/role/ai-ethicist"]["label"]
    'AI ethicist'
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for kind in POSITIONS:
        for iri in catalogue.by_kind.get(kind, ()):
            graph.add_node(iri, kind=kind, label=catalogue.label(iri))
    for move in transitions(catalogue):
        graph.add_edge(move.origin.id, move.destination.id, key=move.id, basis="asserted", **vars(move))
    return graph


def from_networkx(graph: nx.MultiDiGraph[str]) -> tuple[Transition, ...]:
    """Read back the transitions of a graph that `to_networkx` made, by IRI.

    >>> catalogue = Catalogue.load()
    >>> from_networkx(to_networkx(catalogue)) == transitions(catalogue)
    True
    """
    fields = Transition.__match_args__
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: str(edge[2]))
    return tuple(Transition(**{name: data[name] for name in fields}) for _, _, _, data in edges)
