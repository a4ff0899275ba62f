"""Steps of a route: what is held before each of them, and what the step costs with that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from functools import cached_property
from itertools import compress
from math import sqrt

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Ref, Requirement, Transition
from careergraph.rdf.kinds import POSITIONS
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.criteria import HOURS_PER_WEEK
from careergraph.transitions.durations import Duration, Preparation, estimate_duration, list_schooling
from careergraph.transitions.ease import load_calibration
from careergraph.transitions.feasibility import (
    Factor,
    Parameters,
    find_word_factors,
    judge_feasibility,
    make_unknown_likeness,
)
from careergraph.transitions.fit import Fit
from careergraph.transitions.holdings import Holdings, find_holdings, find_lessons, share_met, with_implied
from careergraph.transitions.measures import Measure
from careergraph.transitions.network import Hop, Network
from careergraph.transitions.origins import Origin
from careergraph.transitions.precomputed.bundled_similarity import Alike
from careergraph.transitions.requirements import find_requirements
from careergraph.transitions.schooling import NO_SCHOOL, count_schooling_lacking, find_licence_school, keep_stated
from careergraph.transitions.stops import find_scarcity_of

#: A role → what it asks for.
Asked = Callable[[str], tuple[Requirement, ...]]
#: A position → what people in it hold.
Holds = Callable[[str], Holdings]
#: A position → what preparation it takes.
Prepared = Callable[[str], Preparation]


class Leg:
    """A step before it becomes a `RouteStep`: the claims for it, what it asks for, and what is held before it.

    Args:
        carrying: the walk that the step belongs to.
        origin: where the step starts.
        destination: the IRI of the role that it leads to.
        held: what is held before it.
        fit: how far that meets what is asked for, if that is known.
        is_stop: whether the route goes on from there.
    """

    def __init__(
        self,
        step_walk: StepWalk,
        origin: Ref,
        destination: str,
        held: Holdings,
        fit: Fit | None = None,
        *,
        is_stop: bool = False,
    ) -> None:
        self.is_stop, self._known_fit = is_stop, fit
        self.origin, self.destination, self.held, self._carrying = origin, destination, held, step_walk

    @cached_property
    def hop(self) -> Hop:
        """The claims for the step."""
        return self._carrying.network.hop(self.origin.id, self.destination)

    @cached_property
    def asked(self) -> tuple[Requirement, ...]:
        """What the destination asks for."""
        return self._carrying.requirements(self.destination)

    @cached_property
    def fit(self) -> Fit:
        """How far what is held meets that."""
        return self._known_fit or Fit(
            self._carrying.network.catalogue, self.asked, self.held, self._carrying.parameters
        )

    @property
    def least(self) -> Measure:
        """The least figures and the greatest ease that the step can have: quicker to compute than its own."""
        return self._carrying.least(self.origin.id, self.destination, self.hop)

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """The factors of the step's ease."""
        return self._carrying.factors(self.origin.id, self.destination, self.hop, self.held, self.fit)

    @cached_property
    def ease(self) -> float:
        """The feasibility of the step, in (0, 1]."""
        # A search compares many steps whose reasons nobody reads.
        found = self._carrying.factors(
            self.origin.id, self.destination, self.hop, self.held, self.fit, with_reasons=False
        )
        return judge_feasibility(found)

    @property
    def effort(self) -> float:
        """What there is to learn: unmet requirements by importance."""
        return self.fit.effort

    @property
    def is_worded(self) -> bool:
        """Whether a source names the step in words; O*NET's list of related occupations does not count."""
        return bool(self._carrying.with_words(self.hop))

    @cached_property
    def is_named(self) -> bool:
        """Whether a source names the step for people from just here, whatever their school and experience."""
        return self._carrying.is_named(self.origin.id, self.hop)

    @cached_property
    def alike(self) -> Alike | None:
        """How similar the two ends are, if that is known and counts."""
        return None if self.is_worded else self._carrying.alike(self.origin.id, self.destination, self.held)

    @property
    def schooling(self) -> float:
        """How many months of schooling are lacking."""
        return self._carrying.schooling(self.origin.id, self.destination, self.fit)

    @property
    def _stated_schooling(self) -> float:
        """The same, without degrees that no source asks for: where a source names a step, people take it without."""
        return count_schooling_lacking(self._carrying.network.catalogue, keep_stated(self.asked), self.held)

    @cached_property
    def surcharge(self) -> float:
        """What lacking schooling, a licence and the want of jobs in a stop cost, in units of an easy move."""
        scarce = self.scarcity if self.is_stop else 0.0
        if self.is_named:
            return scarce
        return scarce + self._carrying.surcharge(self.origin.id, self.destination, self.fit)

    @property
    def scarcity(self) -> float:
        """What it costs besides that there are few jobs in the destination, where it is a stop."""
        scarce = find_scarcity_of(self._carrying.network, self.destination)
        return scarce / self.ease if scarce and self.ease > 0 else 0.0

    @property
    def _schooling_ahead(self) -> float:
        return self._stated_schooling if self.is_named else self.schooling

    @property
    def school_time(self) -> float:
        """How many months of the least duration are schooling."""
        return sum(part.low for part in list_schooling(self._schooling_ahead, optional=self.is_named))

    @cached_property
    def duration(self) -> Duration:
        """How long the step takes."""
        prepared = self._carrying.prepared
        lacking = self._carrying.lacking(self.destination, self.fit, self.held)
        return estimate_duration(
            prepared(self.origin.id),
            prepared(self.destination),
            lacking=lacking,
            unlike=max(lacking, 1 - self.alike.ease) if self.alike else lacking,
            schooling=self._schooling_ahead,
            named=self.is_named,
            skills=self.fit.skills,
            hours_per_week=self._carrying.hours_per_week,
            experience=self.fit.experience,
        )

    @property
    def months(self) -> float:
        """How long the step takes: the middle of its range."""
        return (self.duration.low + self.duration.high) / 2


class StepWalk:
    """Steps through a network, with what is held at each of them.

    Args:
        network: the network to walk through.
        asked: what a role asks for; from the catalogue if not given.
        holds: what people in a position hold; from the catalogue if not given.
        hours_per_week: how many hours a week somebody learns.
    """

    def __init__(
        self,
        network: Network,
        asked: Asked | None = None,
        holds: Holds | None = None,
        hours_per_week: float = HOURS_PER_WEEK,
    ) -> None:
        catalogue = network.catalogue
        self.network, self.parameters, self.hours_per_week = network, Parameters.of(catalogue), hours_per_week
        self.prepared: Prepared = network.preparation
        self.similarity = network.similarity
        self._ask = asked or (lambda role: find_requirements(catalogue, role))
        self._holds = holds or (lambda position: find_holdings(catalogue, position))
        self._cache: dict[str, tuple[Requirement, ...]] = {}
        self._usual: dict[str, Holdings] = {}
        self._gains: dict[tuple[str, tuple[bool, ...]], Holdings] = {}

    def for_origin(self, origin: Origin) -> StepWalk:
        """The same walk for somebody in the same positions who holds something else; what is known is shared."""
        found = copy(self)
        found.network = self.network.for_origin(origin)
        return found

    def requirements(self, role: str) -> tuple[Requirement, ...]:
        """What a role asks for."""
        if role not in self._cache:
            self._cache[role] = self._ask(role)
        return self._cache[role]

    def usual(self, position: str) -> Holdings:
        """What people in a position usually hold."""
        if position not in self._usual:
            self._usual[position] = self._holds(position)
        return self._usual[position]

    def with_words(self, hop: Hop) -> Hop:
        """The claims whose words say how easy a step is; those between comparable occupations do not count."""
        known = self.similarity.number if self.similarity else {}
        return tuple(move for move in hop if not (move.origin.id in known and move.destination.id in known))

    def is_named(self, tail: str, hop: Hop) -> bool:
        """Whether the words of a source are on people from just here, and not on a large and mixed group at large."""
        return any(self.network.speaks_for(move, tail) == 1 for move in self.with_words(hop))

    def factors(
        self,
        tail: str,
        role: str,
        hop: Hop,
        held: Holdings,
        fit: Fit | None = None,
        *,
        with_reasons: bool = True,
    ) -> tuple[Factor, ...]:
        """The factors of one step for somebody with given holdings.

        What sources say in words about the position itself comes before what is computed. What they say only about a
        large and mixed group is used unless the computed ease is greater.

        Args:
            tail: where the step starts.
            role: where it leads.
            hop: the claims for it.
            held: what is held before it.
            fit: how far that meets what is asked for, if that is known.
            with_reasons: whether to explain the likeness, which takes longer than computing it.
        """
        asked, with_words = self.requirements(role), self.with_words(hop)
        fit = fit or Fit(self.network.catalogue, asked, held, self.parameters)
        if not with_words:
            return self._computed_factors(tail, role, held, fit, with_reasons)

        def speaks_for(move: Transition, as_much: bool) -> float:
            return self.network.speaks_for(move, tail, as_much=as_much)

        said = find_word_factors(with_words, asked, held, self.parameters, self.usual, speaks_for)
        if self.is_named(tail, hop):
            return said
        return max(said, self._computed_factors(tail, role, held, fit, with_reasons), key=judge_feasibility)

    def _computed_factors(
        self, tail: str, role: str, held: Holdings, fit: Fit, with_reasons: bool
    ) -> tuple[Factor, ...]:
        alike = self.alike(tail, role, held)
        if alike is None:
            return make_unknown_likeness(self.parameters), fit.coverage, fit.preparation
        reason = self._explain(alike, tail, role, held) if with_reasons else ""
        factor = Factor("likeness", alike.value, reason)
        if self.network.is_rated(role):
            return factor, fit.preparation
        return factor, fit.coverage, fit.preparation

    def least(self, tail: str, role: str, hop: Hop) -> Measure:
        """The least figures and the greatest ease that a step between two positions can have, whatever is held."""
        return Measure(self._easiest(tail, role, hop), 0.0, 0.0, 0.0)

    def _easiest(self, tail: str, role: str, hop: Hop) -> float:
        with_words = self.with_words(hop)
        said = sqrt(max((move.ease_weight for move in with_words), default=0.0))
        if self.is_named(tail, hop):
            return said
        alike = self.alike(tail, role, None)
        return max(said, self.parameters.derived_ease if alike is None else alike.value)

    def surcharge(self, tail: str, role: str, fit: Fit) -> float:
        """What schooling and a licence that are lacking cost, in units of an easy move."""
        known, prepared = load_calibration(), self.prepared(role)
        years = self.schooling(tail, role, fit) / 12
        licence = prepared.licence is not None and prepared.licence != self.prepared(tail).licence
        return known.schooling_cost * years + (known.licence_cost if licence else 0.0)

    def schooling(self, tail: str, role: str, fit: Fit) -> float:
        """How many months of schooling are lacking, for a role's requirements or an occupation's licence.

        A licence of an occupation that represents a curated role is not needed for the role.
        """
        is_licensed = self.network.catalogue.kind(role) == "occupation"
        return fit.schooling(
            find_licence_school(self.prepared(tail), self.prepared(role)) if is_licensed else NO_SCHOOL
        )

    def lacking(self, role: str, fit: Fit, held: Holdings) -> float:
        """The share of a role's profile that is missing, from 0 to 1."""
        if self.similarity is not None and role in self.similarity.number:
            return self.similarity.missing_share(role, held.assets)
        total = sum(item.importance for item in self.requirements(role))
        return fit.effort / total if total else self.parameters.unknown_coverage

    def after(self, held: Holdings, role: str) -> Holdings:
        """What is held after arriving at a role."""
        asked = self.requirements(role)
        lacking = tuple(share_met(item, held) < 1 for item in asked)
        if (role, lacking) not in self._gains:
            self._gains[role, lacking] = find_gains(self.network.catalogue, role, compress(asked, lacking))
        gained = self._gains[role, lacking]
        return held.plus(gained.assets, gained.groups)

    def legs(self, nodes: tuple[str, ...]) -> Iterator[Leg]:
        """The steps of a route, given by the IRIs of its positions, with what is held at each."""
        network = self.network
        held, here = network.origin.held, network.origin.ref
        for place, role in enumerate(nodes[1:], 2):
            yield Leg(self, here, role, held, is_stop=place < len(nodes))
            if place < len(nodes):  # nobody needs what is held at the end
                held, here = self.after(held, role), network.catalogue.ref(role)

    def leg(self, here: Ref, role: str, held: Holdings) -> Leg:
        """The step from a position to a role, for somebody with given holdings."""
        return Leg(self, here, role, held)

    def alike(self, tail: str, role: str, held: Holdings | None) -> Alike | None:
        """How similar a role is to a position: see `Network.alike`."""
        return self.network.alike(tail, role, held)

    def _explain(self, alike: Alike, tail: str, role: str, held: Holdings) -> str:
        place, target = alike.place, alike.target
        if place == target:
            return f"{target.label} represents both, by {alike.closeness:g}"
        ends = "" if (place.id, target.id) == (tail, role) else f"{place.label} to {target.label}, "
        closeness = f"which represent the two by {alike.closeness:g}: " if ends else ""
        if self.similarity is None:
            return f"{ends}{closeness}as computed from O*NET for what is usual"
        missing = self.similarity.missing_share(target.id, held.assets)
        return f"{ends}{closeness}{self.similarity.explain(place.id, target.id, missing)}"


def find_gains(catalogue: Catalogue, role: str, lacking: Iterable[Requirement]) -> Holdings:
    """What arriving at a role adds to what is held: what was missing and so learned, and the position itself.

    What counts for what was learned, by alignment or as a part of it, counts as well. Nothing else is held that people
    in the role may hold besides: no step said that it had to be learned.

    Args:
        catalogue: where the role is described.
        role: its IRI.
        lacking: what it asks for and was not held in full.
    """
    learned = find_lessons(catalogue, lacking)
    gained = Holdings(with_implied(catalogue, learned.assets), learned.groups)
    return gained.plus(_position(catalogue, role))


def _position(catalogue: Catalogue, role: str) -> Mapping[str, float]:
    """Being in a position as an asset: the position, those it is part of, and the experience of being there."""
    claims = catalogue.about(role, "holding")
    experience = (asset for claim in claims for asset in catalogue.values(claim, CG.holds))
    own = (role, *(asset for asset in experience if catalogue.kind(asset) in POSITIONS))
    return with_implied(catalogue, dict.fromkeys(own, 1.0))
