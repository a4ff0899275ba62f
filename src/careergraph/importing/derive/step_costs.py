"""Compute the table of step costs of a network: each step once, for whoever holds what is usual at its origin.

All steps to one role are worked out at once, as columns over the positions they come from, by the same formula as
`careergraph.transitions.feasibility`; a test compares the two.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_requirements, transition
from careergraph.catalogue.ratings import asks, usual_credentials
from careergraph.model.records import Requirement
from careergraph.rdf.kinds import POSITIONS
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.feasibility import Parameters, factors, feasibility, is_skill
from careergraph.transitions.holdings import Holdings, holdings_of
from careergraph.transitions.network import Network
from careergraph.transitions.origins import Origin
from careergraph.transitions.precomputed.arrays import lay_down
from careergraph.transitions.precomputed.costs import ARRAYS, FORMAT, HEADER, TYPES, StepCosts, bare
from careergraph.transitions.precomputed.opened import set_similarity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from careergraph.transitions.precomputed.similarity import Similarity

_TINY = 1e-9
#: The kinds of node that feasibilities are made of.
_KINDS = (
    *POSITIONS,
    *("skill", "credential", "milestone", "term", "alignment"),
    *("requirement", "transition", "condition", "step", "holding", "rating", "tool-use", "task"),
)


def write_step_costs(catalogue: Catalogue, similarity: Similarity | None, folder: Path) -> None:
    """Work out the table of step costs of a catalogue's network and write it into a folder.

    Args:
        catalogue: all that is going to be asked together.
        similarity: the derived transitions between occupations.
        folder: where to write; it has to exist.

    Raises:
        OSError: the folder cannot be written to.
    """
    step_costs = project(catalogue, similarity)
    contents = {
        name: np.asarray(step_costs.array(name), dtype=np.dtype(code)).tobytes() for name, code in TYPES.items()
    }
    said = {"nodes": step_costs.nodes, "assets": step_costs.assets}
    lay_down(str(folder), HEADER, ARRAYS, types=TYPES, format_=FORMAT, said=said, contents=contents)


def project(catalogue: Catalogue, similarity: Similarity | None) -> StepCosts:
    """Work out the table of step costs of a catalogue's network.

    Takes time linear in the statements that feasibilities are made of, and memory for those; then O(r·p·a) for r roles
    and occupations of which each asks for a things, and p positions.
    """
    known = Catalogue(dict(item for kind in _KINDS for item in catalogue.each(kind)))
    set_similarity(known, similarity)
    nodes = sorted(iri for kind in POSITIONS for iri in known.by_kind.get(kind, ()))
    asked = {node: _requirements_without_evidence(known, node) for node in nodes}
    assets = sorted({ref.id for items in asked.values() for item in items for ref in item.any_of})
    held = {node: holdings_of(known, node) for node in nodes}
    levels = np.array([[held[node].assets.get(asset, 0.0) for asset in assets] for node in nodes])
    columns = _Columns(nodes, {asset: levels[:, number] for number, asset in enumerate(assets)}, asked, known)
    steps = [sorted(_steps(known, similarity, columns, node)) for node in nodes]
    number = {asset: place for place, asset in enumerate(assets)}
    holding = [[(number[a], level) for a, level in sorted(held[n].assets.items()) if a in number] for n in nodes]
    asking = [[(number[i.any_of[0].id], i) for i in asked[n] if len(i.any_of) == 1] for n in nodes]
    ends = [[columns.number[head] for head, *_ in found] for found in steps]
    values = [[value for _, value, _, _ in found] for found in steps]
    return StepCosts(
        nodes,
        assets,
        {
            "least": _least(ends, values),
            "step_offsets": _offsets(steps),
            "step_heads": list(chain.from_iterable(ends)),
            "step_feasibility": list(chain.from_iterable(values)),
            "step_effort": [effort for found in steps for _, _, effort, _ in found],
            "step_derived": [computed for found in steps for *_, computed in found],
            "held_offsets": _offsets(holding),
            "held_assets": [place for found in holding for place, _ in found],
            "held_levels": [level for found in holding for _, level in found],
            "asked_offsets": _offsets(asking),
            "asked_assets": [place for found in asking for place, _ in found],
            "asked_skill": [is_skill(item) for found in asking for _, item in found],
            "asked_importance": [item.importance for found in asking for _, item in found],
            "asked_needed": [item.needed for found in asking for _, item in found],
        },
    )


class _Columns:
    """For each role a column over all positions: how much of what it asks for people there hold, what is left to learn.

    Args:
        nodes: the positions, in the order of the columns.
        levels: asset → the level at which people in each position hold it.
        asked: role → what it asks for.
        known: where the editors' parameters are.
    """

    def __init__(
        self,
        nodes: Sequence[str],
        levels: Mapping[str, NDArray[np.float64]],
        asked: Mapping[str, Sequence[Requirement]],
        known: Catalogue,
    ) -> None:
        self.number = {node: number for number, node in enumerate(nodes)}
        self.parameters = Parameters.of(known)
        self._levels, self.asked, self._size = levels, asked, len(nodes)
        made = {node: self._made(asked[node]) for node in nodes}
        self.preparation = {node: prepared for node, (prepared, _, _) in made.items()}
        self.coverage = {node: covered for node, (_, covered, _) in made.items()}
        self.effort = {node: effort for node, (_, _, effort) in made.items()}

    def readiness(self, node: str, origin: str) -> float:
        """Preparation × coverage of people in one position for another."""
        place = self.number[origin]
        return float(self.preparation[node][place] * self.coverage[node][place])

    def _made(self, asked: Sequence[Requirement]) -> tuple[NDArray[np.float64], ...]:
        """Preparation and coverage as `transitions.feasibility` has them, and the effort, from each position."""
        parameters, none = self.parameters, np.zeros(self._size)
        floor, penalty = parameters.coverage_floor, parameters.preparation_penalty
        total, covered, effort, ready = 0.0, none.copy(), none.copy(), np.ones(self._size)
        for item in asked:
            met = self._met(item)
            effort += item.importance * (1 - met)
            if is_skill(item):
                total += item.importance
                covered += item.importance * met
            else:
                ready *= 1 - penalty * item.importance * (1 - met)
        share = covered / total if total else np.ones(self._size) if asked else none + parameters.unknown_coverage
        return ready, floor + (1 - floor) * share, effort

    def _met(self, item: Requirement) -> NDArray[np.float64]:
        deepest = np.max([self._levels[ref.id] for ref in item.any_of], axis=0)
        return np.minimum(1.0, deepest / item.needed) if item.needed else np.ones(self._size)


def _requirements_without_evidence(known: Catalogue, node: str) -> tuple[Requirement, ...]:
    """What a position asks for; of an occupation without the evidence, since that takes long to read."""
    if known.kind(node) != "occupation":
        return list_requirements(known, node) if known.kind(node) == "role" else ()
    rated = (bare(known.ref(item.element), item.importance * item.depth, item.depth) for item in asks(known, node))
    usual = (bare(ref, weight, 1.0) for _, ref, weight in usual_credentials(known, node))
    return (*rated, *usual)


def _steps(
    known: Catalogue, similarity: Similarity | None, columns: _Columns, node: str
) -> Iterator[tuple[str, float, float, bool]]:
    """The steps from one position: destination, feasibility, effort, whether no source names it."""
    network = Network(known, Origin(known.ref(node), (node,), Holdings({}, {}), {}), derived=True)
    here, ease = columns.number[node], columns.parameters.derived_ease
    for head, claims in network.claims(node).items():
        if head not in columns.number:
            continue
        alike = None if claims else _alike(similarity, network, node, head)
        if claims:
            value = _asserted_feasibility(known, columns, node, head, claims)
        elif alike is None:
            value = ease * columns.readiness(head, node)
        else:
            value = ease * alike * float(columns.preparation[head][here])
        yield head, value, float(columns.effort[head][here]), not claims


def _alike(similarity: Similarity | None, network: Network, node: str, head: str) -> float | None:
    target = network.occupation(head)
    if similarity is None or target is None:
        return None
    places = (place for place in network.places(node) if place in similarity.number)
    return max((similarity.probability(place, target) for place in places), default=None)


def _asserted_feasibility(known: Catalogue, columns: _Columns, node: str, head: str, claims: Sequence[str]) -> float:
    """The feasibility of a step that sources name; by the engine itself where it has conditions."""
    if any(known.pointing(CG.transition, claim, "condition") for claim in claims):
        hop = tuple(transition(known, claim) for claim in claims)
        return feasibility(factors(hop, columns.asked[head], holdings_of(known, node), columns.parameters))
    eases = [max(map(known.weight, known.values(claim, CG.ease)), default=1.0) for claim in claims]
    return max(eases) * columns.readiness(head, node)


def _least(ends: Sequence[Sequence[int]], values: Sequence[Sequence[float]]) -> array[float]:
    """For every position as a destination, and every one as an origin, the least −ln of a route's feasibility.

    Never more than that, since it guides the search: what has to be rounded is rounded down.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    # A step that costs nothing would be no step at all in a sparse matrix.
    costs = np.maximum(-np.log(np.fromiter(chain.from_iterable(values), float)), _TINY)
    heads, size = np.fromiter(chain.from_iterable(ends), int), len(ends)
    backwards = csr_array((costs, heads, _offsets(ends)), shape=(size, size)).T.tocsr()
    least = dijkstra(backwards).astype(np.float32)
    below = np.nextafter(least, np.float32(-1), dtype=np.float32).clip(0)
    return array("f", below.tobytes())


def _offsets(found: Sequence[Sequence[object]]) -> list[int]:
    return list(accumulate(map(len, found), initial=0))
