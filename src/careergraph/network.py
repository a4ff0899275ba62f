"""The transition network: positions, and the transitions that sources assert between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from careergraph.catalogue import Catalogue
from careergraph.claims import transitions
from careergraph.records import Transition

if TYPE_CHECKING:
    import networkx as nx

#: Transitions that lead from one position to one role: parallel claims stay apart.
Hop = tuple[Transition, ...]


@dataclass(frozen=True)
class Network:
    """Positions and asserted transitions.

    Whoever is in a specialised position is in the general one too: a sociologist may go where social scientists go,
    and whoever arrives at a track of AI safety has arrived at AI safety.
    """

    catalogue: Catalogue

    @cached_property
    def _leaving(self) -> Mapping[str, list[Transition]]:
        found: dict[str, list[Transition]] = defaultdict(list)
        for transition in transitions(self.catalogue):
            found[transition.origin.id].append(transition)
        return found

    def hops(self, position: str) -> dict[str, Hop]:
        """Role → the transitions that lead there from a position or from what it specialises."""
        found: dict[str, list[Transition]] = {}
        for node in self.catalogue.lineage(position):
            for transition in self._leaving.get(node, ()):
                found.setdefault(transition.destination.id, []).append(transition)
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
    for transition in transitions(catalogue):
        graph.add_edge(
            transition.origin.id,
            transition.destination.id,
            key=transition.id,
            text=transition.text,
            ease=transition.ease,
            ease_weight=transition.ease_weight,
            basis="asserted",
            sources=tuple(evidence.source.id for evidence in transition.evidence),
        )
    return graph
