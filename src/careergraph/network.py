"""The transition network: positions, and the transitions that sources assert between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careergraph.catalogue import Catalogue
from careergraph.claims import transition, transitions
from careergraph.records import Transition
from careergraph.vocabulary import CG

if TYPE_CHECKING:
    import networkx as nx

#: Transitions that lead from one position to one role: parallel claims stay apart.
Hop = tuple[Transition, ...]


class Network:
    """Positions and asserted transitions.

    Whoever is in a specialised position is in the general one too: a sociologist may go where social scientists go,
    and whoever arrives at a track of AI safety has arrived at AI safety.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def hops(self, position: str) -> dict[str, Hop]:
        """Role → the transitions that lead there from a position or from what it specialises."""
        found: dict[str, list[Transition]] = {}
        for node in self.catalogue.lineage(position):
            for claim in sorted(self.catalogue.pointing(CG.origin, node, "transition")):
                move = transition(self.catalogue, claim)
                found.setdefault(move.destination.id, []).append(move)
        return {role: tuple(hop) for role, hop in sorted(found.items())}

    def reachable(self, origin: str) -> tuple[str, ...]:
        """All roles that some sequence of transitions leads to, nearest first."""
        found = [origin]
        for position in found:
            found.extend(role for role in self.hops(position) if role not in found)
        return tuple(found[1:])


def to_networkx(network: Network) -> nx.MultiDiGraph[str]:
    """The network as a NetworkX multigraph: a node for each position, an edge for each asserted transition.

    Nodes carry `kind` and `label`; edges are keyed by the transition's IRI, so parallel claims survive, and carry
    `text`, `ease`, `ease_weight`, `basis` and `sources`.

    >>> graph = to_networkx(Network(Catalogue.load()))
    >>> graph.nodes["https://w3id.org/careergraph/id/role/ai-ethicist"]["label"]
    'AI ethicist'
    """
    import networkx as nx

    catalogue = network.catalogue
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for kind in ("role", "background"):
        graph.add_nodes_from(
            (iri, {"kind": kind, "label": catalogue.label(iri)}) for iri in catalogue.by_kind.get(kind, ())
        )
    for move in transitions(catalogue):
        graph.add_edge(
            move.origin.id,
            move.destination.id,
            key=move.id,
            text=move.text,
            ease=move.ease,
            ease_weight=move.ease_weight,
            basis="asserted",
            sources=tuple(evidence.source.id for evidence in move.evidence),
        )
    return graph
