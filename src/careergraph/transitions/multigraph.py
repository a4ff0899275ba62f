"""The whole graph as a NetworkX multigraph: named things are nodes, their connections edges, attributes scalars.

A move has what it costs as its `cost`, by the function that the search for routes adds up; being in a position is being
in a broader one and in one that another source calls the same, which costs nothing. Any other edge is no way to go
anywhere: it costs `NO_MOVE`. So `networkx.shortest_path(graph, origin, role, weight="cost")` finds the route that
`path` finds, wherever what a step costs does not depend on the steps before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from careergraph.catalogue.alignments import find_same_positions
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import read_transition
from careergraph.catalogue.edges import Link, find_basis, find_links, name_sources
from careergraph.model.errors import UnknownKind
from careergraph.model.records import Transition, read_record
from careergraph.rdf.kinds import DESTINATIONS, NAMED_KINDS, POSITIONS
from careergraph.rdf.results import shorten
from careergraph.rdf.standards import SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.computed_steps import find_estimates, find_unstated
from careergraph.transitions.moves import Move, list_moves

if TYPE_CHECKING:
    import networkx as nx

Scalar = str | float
#: From, to, key, attributes.
Edge = tuple[str, str, str, dict[str, Scalar]]

#: The cost of an edge that is not a move: more than any route costs. Not infinity, which JSON does not have, and not a
#: missing cost, which NetworkX takes for 1.
NO_MOVE = 1e9
#: What stays as it is in a record on an edge. No quotation marks, nor what begins a comment: not all readers bear them.
_PLAIN = " {}[]:,/"


def to_networkx(
    catalogue: Catalogue, *, kinds: Iterable[str] | None = None, derived: bool = True
) -> nx.MultiDiGraph[str]:
    """The graph as a NetworkX multigraph.

    Nodes are IRIs and have a `kind`, a `label`, and the label once more as `name`, for formats in which `label`
    means something else. Edges have a `kind`, a `label`, the `predicate` that joins the two in the data, a `basis`
    (`stated`, `asserted`, `judged` by the editors alone, `derived`, or `estimated` where also what the move leads
    to is only estimated to ask for what it does) and a `cost`; those that a claim makes, its IRI as `claim` and who
    says so as `sources`; and moves their `ease`, in (0, 1]. All of it is text or a number, so every writer of
    NetworkX takes it. Parallel claims are parallel edges.

    Whoever is in a position is in the broader ones, too, so that moves start from wherever they can be made. No moves
    are computed from a family of roles: somebody in it is in one of its members.

    Args:
        catalogue: where to look.
        kinds: the kinds of node that are wanted, of `careergraph.rdf.kinds.NAMED_KINDS`; all if not given.
        derived: whether to compute the moves that no source names, as `path` does unless it is told not to.

    Raises:
        UnknownKind: a kind is none of those named.

    Notes:
        Linear in the number of statements and edges, but for `list_moves`.

    >>> graph = to_networkx(Catalogue.load("bundled"), kinds=["role", "background"])
    >>> graph.nodes["https://w3id.org/careergraph/id/role/ai-ethicist"]["label"]
    'AI ethicist'
    """
    import networkx as nx

    wanted = _choose(kinds)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for kind in wanted:
        for iri in catalogue.by_kind.get(kind, ()):
            label = catalogue.label(iri)
            graph.add_node(iri, kind=kind, label=label, name=label)
    edges = (*_list_moves(catalogue, derived), *_list_same(catalogue), *_list_links(catalogue))
    for tail, head, key, said in edges:
        if tail in graph and head in graph:
            graph.add_edge(tail, head, key, **said)
    return graph


def from_networkx(graph: nx.MultiDiGraph[str]) -> tuple[Transition, ...]:
    """Read back the transitions that sources assert of a graph that `to_networkx` made, by IRI.

    >>> from careergraph.catalogue.claims import list_transitions
    >>> catalogue = Catalogue.load("bundled")
    >>> from_networkx(to_networkx(catalogue)) == list_transitions(catalogue)
    True
    """
    found = {data["claim"]: data["record"] for _, _, data in graph.edges(data=True) if "record" in data}
    return tuple(read_record(Transition, json.loads(unquote(found[claim]))) for claim in sorted(found))


def _choose(kinds: object) -> tuple[str, ...]:
    one = isinstance(kinds, str) or not isinstance(kinds, Iterable)
    wanted = NAMED_KINDS if kinds is None else (kinds,) if one else tuple(kinds)  # type: ignore[arg-type]
    for kind in wanted:
        if kind not in NAMED_KINDS:
            raise UnknownKind(str(kind), kinds=NAMED_KINDS)
    return tuple(dict.fromkeys(map(str, wanted)))


def _list_moves(catalogue: Catalogue, derived: bool) -> Iterator[Edge]:
    unstated = find_unstated(find_estimates(catalogue)) if derived else set[str]()
    for move in list_moves(catalogue, derived=derived):
        figures: dict[str, Scalar] = {"ease": move.ease, "cost": move.cost}
        if not move.claims:
            basis = "estimated" if move.destination in unstated else "derived"  # as `graph:derived` has it
            said: dict[str, Scalar] = {"kind": "transition", "label": "leads to", "basis": basis}
            yield move.origin, move.destination, "derived", said | figures
        for claim in move.claims:
            link = Link("transition", "leads to", move.origin, move.destination, CG.destination, claim, 0)
            yield _edge(catalogue, link, _describe(catalogue, move, claim) | figures)


def _describe(catalogue: Catalogue, move: Move, claim: str) -> dict[str, Scalar]:
    found = read_transition(catalogue, claim)
    own = (found.origin.id, found.destination.id) == (move.origin, move.destination)
    return {"record": quote(json.dumps(found.to_dict()), safe=_PLAIN)} if own else {"stated_for": found.origin.id}


def _list_same(catalogue: Catalogue) -> Iterator[Edge]:
    for iri in (iri for kind in POSITIONS for iri in catalogue.by_kind.get(kind, ())):
        for other in find_same_positions(catalogue, iri):
            link = Link("exactMatch", "is the same as", iri, other, SKOS.exactMatch, None, 0)
            yield _edge(catalogue, link, {"cost": 0.0})


def _list_links(catalogue: Catalogue) -> Iterator[Edge]:
    for link in find_links(catalogue):
        if link.kind not in ("transition", "exactMatch"):
            yield _edge(catalogue, link, {"cost": 0.0 if _is_arrival(catalogue, link) else NO_MOVE})


def _is_arrival(catalogue: Catalogue, link: Link) -> bool:
    """Whether being at one end means being at the other: a role is part of a broader role."""
    return link.kind == "broader" and all(catalogue.kind(end) in DESTINATIONS for end in (link.source, link.target))


def _edge(catalogue: Catalogue, link: Link, more: dict[str, Scalar]) -> Edge:
    # Lists of edges take a # for the beginning of a comment, and spaces for the end of a key: neither is in either.
    predicate = shorten(link.predicate)
    said: dict[str, Scalar] = {"kind": link.kind, "label": link.label, "predicate": predicate, "basis": "stated"}
    if link.claim is not None:
        evidence = catalogue.evidence(link.claim)
        names = " | ".join(name_sources(evidence))
        said |= {"claim": link.claim, "basis": find_basis(evidence), "sources": names}
    key = (link.claim or predicate) + (f"/{link.number}" if link.number else "")
    return link.source, link.target, key, said | more
