"""Compute the table of step costs of a network: each step once, for people who hold what is usual at its origin.

All steps to one role are computed at once, as columns over the positions they come from, by the same formula as
`transitions.feasibility`; a test compares the two. The table also has the bounds
that `step_bounds` computes from the steps.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.ratings import find_usual_credentials, list_asks, list_demanded_tools
from careergraph.importing.derive.step_bounds import find_bounds
from careergraph.model.records import Ref, Requirement
from careergraph.rdf.kinds import POSITIONS
from careergraph.rdf.standards import PROV, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.store.memory import give_freed_memory_back
from careergraph.transitions.criteria import HOURS_PER_WEEK
from careergraph.transitions.durations import Preparation, asks_for_experience, estimate_duration
from careergraph.transitions.ease import load_calibration
from careergraph.transitions.feasibility import Parameters, is_skill, judge_feasibility, judge_firmness
from careergraph.transitions.holdings import Holdings, find_holdings
from careergraph.transitions.network import STEP_DOWN, Network
from careergraph.transitions.openings import find_scarcity
from careergraph.transitions.origins import Origin
from careergraph.transitions.precomputed.arrays import write_arrays
from careergraph.transitions.precomputed.bundled_similarity import find_bundled
from careergraph.transitions.precomputed.costs import (
    ARRAYS,
    DOWN,
    FORMAT,
    HEADER,
    NO_STOP,
    NOBODY,
    TYPES,
    UNSAID,
    ProjectedStep,
    StepCosts,
    strip_words,
)
from careergraph.transitions.precomputed.tables import find_similarity, set_similarity
from careergraph.transitions.requirements import estimate_of_occupation, find_requirements
from careergraph.transitions.schooling import (
    count_firm_months,
    count_months_of_schooling,
    find_licence_school,
    keep_stated,
)
from careergraph.transitions.steps import StepWalk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from careergraph.transitions.precomputed.similarity import Similarity

    Floats = NDArray[np.float64]

#: The kinds of node that feasibilities depend on.
_KINDS = (
    *POSITIONS,
    *("skill", "credential", "milestone", "term", "alignment", "activity"),
    *("requirement", "transition", "condition", "step", "holding", "rating", "tool-use", "task"),
    *("preparation", "schooling"),
)
#: The kinds of claim that there are so many of that predicates no figure depends on are dropped, to save memory.
_MANY = frozenset({"rating", "tool-use", "task", "schooling"})
_UNUSED = frozenset({PROV.wasDerivedFrom, SCHEMA.text, CG.collected, CG.respondents, CG.standardError})


def write_step_costs(catalogue: Catalogue, similarity: Similarity | None, folder: Path) -> None:
    """Compute the table of step costs of a catalogue's network and write it into a folder.

    Args:
        catalogue: all data that is going to be used together.
        similarity: the derived transitions between occupations.
        folder: where to write; it has to exist.

    Raises:
        OSError: the folder cannot be written to.
    """
    step_costs = compute_step_costs(catalogue, similarity)
    contents = {
        name: np.asarray(step_costs.array(name), dtype=np.dtype(code)).tobytes() for name, code in TYPES.items()
    }
    said = {"nodes": step_costs.nodes, "assets": step_costs.assets, "licences": step_costs.licences}
    write_arrays(str(folder), HEADER, ARRAYS, types=TYPES, format_=FORMAT, said=said, contents=contents)


def compute_step_costs(catalogue: Catalogue, similarity: Similarity | None) -> StepCosts:
    """Compute the table of step costs of a catalogue's network.

    Takes time linear in the statements that feasibilities depend on, and memory for those; then O(r·p·a) for r roles
    and occupations of which each asks for a things, and p positions, and O(s·p) for s steps.
    """
    nodes, assets, licences, steps, arrays = _project_steps(catalogue, similarity)
    gc.collect()  # what was known, which refers to itself, takes more than all that follows
    give_freed_memory_back()
    nearest = (nodes[int(number)] if number != NOBODY else "" for number in arrays["nearest"])
    scarcity = [find_scarcity(catalogue.value(node, SKOS.notation) or "") for node in nearest]
    return StepCosts(nodes, assets, {**_steps(steps), **find_bounds(steps, scarcity), **arrays}, licences)


class _Projected(NamedTuple):
    nodes: list[str]
    assets: list[str]
    licences: list[str]
    steps: list[list[ProjectedStep]]
    arrays: dict[str, Sequence[float]]


def _project_steps(catalogue: Catalogue, similarity: Similarity | None) -> _Projected:
    shared: dict[str, list[str]] = {}
    known = Catalogue(dict(item for kind in _KINDS for item in _each(catalogue, kind, shared)))
    set_similarity(known, similarity)
    nodes = sorted(iri for kind in POSITIONS for iri in known.by_kind.get(kind, ()))
    columns = _Columns(known, nodes)
    steps = [sorted(columns.steps(node)) for node in nodes]
    arrays = {**columns.arrays(), **_to_columns(columns.prepared, columns.licences)}
    return _Projected(nodes, columns.assets, columns.licences, steps, arrays)


def _each(catalogue: Catalogue, kind: str, shared: dict[str, list[str]]) -> Iterator[tuple[str, dict[str, list[str]]]]:
    if kind not in _MANY:
        return catalogue.each(kind)
    # Most claims say one thing of few by each predicate: as one list for all of them, they take a third of the memory.
    return (
        (iri, {p: shared.setdefault(v[0], v) if len(v) == 1 else v for p, v in said.items() if p not in _UNUSED})
        for iri, said in catalogue.each(kind)
    )


def _steps(found: Sequence[Sequence[ProjectedStep]]) -> dict[str, Sequence[float]]:
    flat = list(chain.from_iterable(found))
    names = dict(
        zip(ProjectedStep._fields, ("heads", "ease", "effort", "surcharge", "months", "derived", "last"), strict=True)
    )
    arrays = {f"step_{name}": [getattr(step, field) for step in flat] for field, name in names.items()}
    return {"step_offsets": _offsets(found), **arrays}


class _Columns:
    """For each role a column over all positions: how much of what it asks for people there hold, what that costs.

    Args:
        known: what is known of the positions.
        nodes: the positions, in the order of the columns.
    """

    def __init__(self, known: Catalogue, nodes: Sequence[str]) -> None:
        self.known, self.nodes, self.parameters = known, nodes, Parameters.of(known)
        self.number = {node: number for number, node in enumerate(nodes)}
        self.network = Network(known, Origin(Ref("", "person", "", None), (), Holdings({}, {}), {}))
        self.asked = {node: _requirements_without_evidence(known, node) for node in nodes}
        self.held = {node: find_holdings(known, node) for node in nodes}
        self.similarity = find_similarity(known)
        rated = self.similarity.elements if self.similarity else ()
        named = {ref.id for items in self.asked.values() for item in items for ref in item.any_of}
        self.assets = sorted(named.union(rated))
        self._place = {asset: place for place, asset in enumerate(self.assets)}
        self._levels = np.array([[self.held[n].assets.get(asset, 0.0) for asset in self.assets] for n in nodes])
        self._levels = self._levels.reshape(len(nodes), len(self.assets))
        made = {node: self._measure(self.asked[node]) for node in nodes}
        self.preparation = {node: prepared for node, (prepared, _, _) in made.items()}
        self.coverage = {node: covered for node, (_, covered, _) in made.items()}
        self.effort = {node: learn for node, (_, _, learn) in made.items()}
        self.skills = {node: self._skills(node) for node in nodes}
        self.experience = {node: self._experience(node) for node in nodes}
        self.missing, self.alike = self._alike()
        self.prepared = {node: self.network.preparation(node) for node in nodes}
        self.licences = sorted({found.licence for found in self.prepared.values() if found.licence})
        schooled = np.array([count_months_of_schooling(self.held[node]) for node in nodes])
        self.schooling = {
            node: self._schooling(self.asked[node], schooled, *self._licence_months(node)) for node in nodes
        }
        self.stated_schooling = {node: self._schooling(keep_stated(self.asked[node]), schooled) for node in nodes}

    def _network(self, node: str) -> Network:
        origin = Origin(self.known.ref(node), (node,), Holdings({}, {}), {})
        # What leads on from a family of roles depends on whether somebody starts there; all else is the same for all.
        return Network(self.known, origin) if self.network.is_family(node) else self.network.for_origin(origin)

    def _measure(self, asked: Sequence[Requirement]) -> tuple[Floats, Floats, Floats]:
        """Preparation and coverage as `transitions.feasibility` has them, and the effort, from each position."""
        parameters, none = self.parameters, np.zeros(len(self.nodes))
        floor, penalty = parameters.coverage_floor, parameters.preparation_penalty
        total, covered, effort, ready = 0.0, none.copy(), none.copy(), np.ones(len(self.nodes))
        for item in asked:
            met = self._share_met(item)
            effort += item.importance * (1 - met)
            if is_skill(item):
                total += item.importance
                covered += item.importance * met
            else:
                ready *= 1 - penalty * item.importance * (1 - met)
        firm = judge_firmness(filter(is_skill, asked), parameters)
        share = covered / total if total else none + parameters.unknown_coverage
        return ready, 1 - firm * (1 - floor) * (1 - share), effort

    def _share_met(self, item: Requirement) -> Floats:
        deepest = np.max([self._levels[:, self._place[ref.id]] for ref in item.any_of], axis=0)
        return np.minimum(1.0, deepest / item.needed) if item.needed else np.ones(len(self.nodes))

    def _schooling(
        self, asked: Sequence[Requirement], held: Floats, most: Floats | float = 0.0, own: Floats | float = 0.0
    ) -> Floats:
        """The months of schooling that are lacking, from each position; `most` and `own` are those for a licence."""
        for item in asked:
            months = count_firm_months(self.known, item)
            if months:
                most = np.maximum(most, np.where(self._share_met(item) < 1, months, 0.0))
        return np.where(np.asarray(most) > 0, np.maximum(own, most - held), 0.0)

    def _licence_months(self, node: str) -> tuple[Floats, Floats]:
        """The months of schooling that an occupation's licence takes from each position, and those that are its own."""
        there = self.prepared[node]
        if self.known.kind(node) != "occupation" or there.licence is None:
            return np.zeros(len(self.nodes)), np.zeros(len(self.nodes))
        whole, own = zip(*(find_licence_school(self.prepared[here], there) for here in self.nodes), strict=True)
        return np.array(whole), np.array(own)

    def _skills(self, node: str) -> Floats:
        parts = [item.importance * (1 - self._share_met(item)) for item in self.asked[node] if is_skill(item)]
        return np.asarray(np.sum([np.zeros(len(self.nodes)), *parts], axis=0))

    def _experience(self, node: str) -> Floats:
        parts = [1 - self._share_met(item) for item in self.asked[node] if asks_for_experience(item)]
        return np.asarray(np.max([np.zeros(len(self.nodes)), *parts], axis=0))

    def _alike(self) -> tuple[Floats, dict[str, tuple[Floats, Floats]]]:
        """What is missing of each comparable occupation from each position; and how alike each position is to it."""
        similarity = self.similarity
        if similarity is None:
            return np.zeros((len(self.nodes), 0)), {}
        size, missing = len(similarity.occupations), np.zeros((len(self.nodes), len(similarity.occupations)))
        for number, target in enumerate(similarity.occupations):
            asked = similarity.requirements(target)
            importance, depth = (np.array([found[end] for found in asked.values()]) for end in (0, 1))
            levels = self._levels[:, [self._place[element] for element in asked]]
            total = float(importance @ depth)
            if total > 0:
                missing[:, number] = np.maximum(0.0, depth - levels) @ importance / total
        static, slope = similarity.static_logits()
        logits = np.asarray(static, dtype=np.float32).reshape(size, size)
        return missing, {
            node: self._alike_from(node, logits, slope * missing[self.number[node]]) for node in self.nodes
        }

    def _alike_from(self, node: str, logits: NDArray[np.float32], missing: Floats) -> tuple[Floats, Floats]:
        """How alike each occupation is to a position, weighted by how far others represent the position; and bare."""
        similarity, known = self.similarity, load_calibration()
        best, bare_ease = np.zeros(logits.shape[1]), np.zeros(logits.shape[1])
        for place, stands in self.network.leaving_from(node).items():
            row = similarity.number[place] if similarity else 0
            found = np.exp(-known.ease_slope * (known.ease_cap - np.minimum(logits[row] + missing, known.ease_cap)))
            found[row] = 1.0
            bare_ease = np.where(stands * found > best, found, bare_ease)
            best = np.maximum(best, stands * found)
        return best, bare_ease

    def steps(self, node: str) -> Iterator[ProjectedStep]:
        """The steps from one position."""
        network, held = self._network(node), self.held[node]
        step_walk = StepWalk(network, self.asked.__getitem__, self.held.__getitem__)
        here = self.number[node]
        for head, claims in network.claims(node).items():
            if head not in self.number:
                continue
            worded = bool(claims) and bool(step_walk.with_words(network.hop(node, head)))
            ease = (
                judge_feasibility(step_walk.factors(node, head, network.hop(node, head), held, with_reasons=False))
                if worded
                else self._ease(node, head)
            )
            named = worded and step_walk.is_named(node, network.hop(node, head))
            last = NO_STOP * (not network.is_stop(node, head)) + DOWN * self._is_step_down(node, head)
            surcharge = 0.0 if named else self._surcharge(node, head)
            months = self._months(node, head, named=named)
            effort = float(self.effort[head][here])
            computed = not network.claims_of(node, head)
            yield ProjectedStep(self.number[head], ease, effort, surcharge, months, computed, last)

    def _is_step_down(self, node: str, head: str) -> bool:
        above, below = self.prepared[node].zone, self.prepared[head].zone
        return above is not None and below is not None and above - below >= STEP_DOWN

    def _ease(self, node: str, head: str) -> float:
        here, found = self.number[node], self._likeness(node, head)
        ease = (self.parameters.derived_ease if found is None else found[0]) * float(self.preparation[head][here])
        is_compared = found is not None and self.network.is_rated(head)
        return ease if is_compared else ease * float(self.coverage[head][here])

    def _likeness(self, node: str, head: str) -> tuple[float, float] | None:
        """How easy a move is by the occupations that represent its ends, weighted by how far they do, and bare."""
        similarity, stand_ins = self.similarity, self.network.stand_ins
        if similarity is None:
            alike = find_bundled(self.network.places(node), head)
            return None if alike is None else (alike.value, alike.ease)
        targets = stand_ins(head) if stand_ins(node) else {}
        values, eases = self.alike[node]
        places = [(speaks, similarity.number[target]) for target, speaks in targets.items()]
        return max(((speaks * float(values[at]), float(eases[at])) for speaks, at in places), default=None)

    def _surcharge(self, node: str, head: str) -> float:
        known, licence = load_calibration(), self.prepared[head].licence
        lacks = licence is not None and licence != self.prepared[node].licence
        years = float(self.schooling[head][self.number[node]]) / 12
        return known.schooling_cost * years + (known.licence_cost if lacks else 0.0)

    def _months(self, node: str, head: str, *, named: bool) -> float:
        here, lacking, alike = self.number[node], self._lacking(node, head), self._likeness(node, head)
        found = estimate_duration(
            self.prepared[node],
            self.prepared[head],
            lacking=lacking,
            unlike=lacking if alike is None else max(lacking, 1 - alike[1]),
            schooling=float((self.stated_schooling if named else self.schooling)[head][here]),
            named=named,
            skills=float(self.skills[head][here]),
            hours_per_week=HOURS_PER_WEEK,
            experience=float(self.experience[head][here]),
        )
        return (found.low + found.high) / 2

    def _lacking(self, node: str, head: str) -> float:
        similarity, here = self.similarity, self.number[node]
        if similarity is not None and head in similarity.number:
            return float(self.missing[here, similarity.number[head]])
        total = sum(item.importance for item in self.asked[head])
        return float(self.effort[head][here]) / total if total else self.parameters.unknown_coverage

    def arrays(self) -> dict[str, Sequence[float]]:
        """What is held and asked for, as the table of step costs has it."""
        held = [
            [
                (self._place[asset], level)
                for asset, level in sorted(self.held[node].assets.items())
                if asset in self._place
            ]
            for node in self.nodes
        ]
        asking = [[(self._place[i.any_of[0].id], i) for i in self.asked[n] if len(i.any_of) == 1] for n in self.nodes]
        return {
            "held_offsets": _offsets(held),
            "held_assets": [place for found in held for place, _ in found],
            "held_levels": [level for found in held for _, level in found],
            "asked_offsets": _offsets(asking),
            "asked_assets": [place for found in asking for place, _ in found],
            "asked_skill": [is_skill(item) for found in asking for _, item in found],
            "asked_importance": [item.importance for found in asking for _, item in found],
            "asked_needed": [item.needed for found in asking for _, item in found],
        }


def _requirements_without_evidence(known: Catalogue, node: str) -> tuple[Requirement, ...]:
    """What a position asks for; of an occupation without the evidence, since that takes long to read."""
    if known.kind(node) != "occupation":
        return find_requirements(known, node) if known.kind(node) == "role" else ()
    rated = (
        strip_words(known.ref(item.element), item.importance * item.depth, item.depth)
        for item in list_asks(known, node)
    )
    usual = [strip_words(ref, weight, 1.0) for _, ref, weight in find_usual_credentials(known, node)]
    tools = (strip_words(tool, weight, needed) for _, tool, weight, needed in list_demanded_tools(known, node))
    return (*rated, *usual, *tools, *estimate_of_occupation(known, node, names_credential=bool(usual)))


def _to_columns(prepared: Mapping[str, Preparation], licences: Sequence[str]) -> dict[str, Sequence[float]]:
    number = {node: place for place, node in enumerate(prepared)}
    nearest = [NOBODY if found.stated_for is None else number[found.stated_for] for found in prepared.values()]
    spans = [
        end
        for found in prepared.values()
        for span in (found.experience, found.training)
        for end in ((span.low, span.high, UNSAID if span.share is None else span.share) if span else (UNSAID,) * 3)
    ]
    licence = [licences.index(found.licence) + 1 if found.licence else 0 for found in prepared.values()]
    zones = [found.zone or 0 for found in prepared.values()]
    return {"nearest": nearest, "zones": zones, "spans": spans, "licences": licence}


def _offsets(found: Sequence[Sequence[object]]) -> list[int]:
    return list(accumulate(map(len, found), initial=0))
