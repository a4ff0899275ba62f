"""Routes as records, and how a step becomes one: what sources say about it, what is missing, what to note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import find_pay
from careergraph.catalogue.observed_moves import ObservedMove, find_observed_moves
from careergraph.model.records import Evidence, Pay, Record, Ref, Transition
from careergraph.rdf.standards import SKOS
from careergraph.transitions.criteria import CRITERIA, DEFAULT
from careergraph.transitions.durations import Duration
from careergraph.transitions.ease import lift_of
from careergraph.transitions.feasibility import Factor, is_skill, round_figure
from careergraph.transitions.gaps import Missing, find_assets_that_meet
from careergraph.transitions.holdings import share_met
from careergraph.transitions.network import Network
from careergraph.transitions.openings import load_jobs
from careergraph.transitions.pay import PayChange
from careergraph.transitions.steps import Leg
from careergraph.transitions.stops import find_scarcity_of, is_support
from careergraph.transitions.studies import Nearer, Study

if TYPE_CHECKING:
    from careergraph.model.values import Amount, Effort, Feasibility, NonEmpty, Schema

#: Below this feasibility, a chain of moves is no advice.
_HOPELESS = 0.02


class Remark(Record):
    """Something to know about a step."""

    kind: Annotated[
        str,
        Schema(enum=["computed", "estimated", "unknown", "step-down", "licence", "schooling", "few-jobs", "observed"]),
    ]
    """Its subject: a computed step, estimated or unknown requirements, preparation, few jobs, observed moves."""
    text: NonEmpty
    """The remark in words."""


class RouteStep(Record):
    """One move of a route, for somebody who has taken the steps before it."""

    origin: Ref
    """Where the step starts."""
    destination: Ref
    """The role that the step leads to."""
    basis: Annotated[str, Schema(enum=["asserted", "derived"])]
    """Whether a source asserts the move or it was derived by computing."""
    estimated: bool
    """Whether its requirements are estimated, because no source rates them."""
    feasibility: Feasibility
    """How easy the step is: the product of the factors, rounded to four places."""
    attempts: Amount
    """What the step costs in expected attempts, in units of an easy move."""
    lift: Amount | None
    """How many times as common as chance moves between the two occupations in `between` are; null if not known."""
    between: Annotated[tuple[Ref, ...], Schema(maxItems=2)]
    """The occupations compared: the ends of the step, or those that represent them; one if both are the same."""
    effort: Effort
    """What there is to learn or reach on the step, rounded to four places."""
    duration: Duration
    """How long the step takes."""
    remarks: tuple[Remark, ...]
    """Other things to know about the step."""
    factors: tuple[Factor, ...]
    """What the feasibility is made of."""
    held: tuple[Ref, ...]
    """What the role asks for that is held in full before the step."""
    missing: tuple[Missing, ...]
    """What the role asks for that is not held in full before the step."""
    milestones: tuple[Ref, ...]
    """The credentials and milestones to reach on the step."""
    transitions: tuple[Transition, ...]
    """What sources assert about the move; empty for a derived one."""
    pay: tuple[Pay, ...]
    """What the role pays, one line for each claim."""
    evidence: tuple[Evidence, ...]
    """Who asserts the move; empty for a derived one."""


class Route(Record):
    """A sequence of steps."""

    labels: tuple[str, ...]
    """What it is best by among the alternatives, in words, such as "fewest moves"; empty if it is the only one."""
    feasibility: Feasibility
    """The product of the steps' feasibilities, rounded to four places."""
    attempts: Amount
    """The sum of the steps' expected attempts."""
    effort: Effort
    """The sum of the steps' efforts, rounded to four places."""
    duration: Duration
    """How long all steps take."""
    steps: Annotated[tuple[RouteStep, ...], Schema(minItems=1)]
    """The steps, from the origin to the destination."""
    pay_changes: tuple[PayChange, ...]
    """How the roles on the route differ in pay, where lines can be compared."""


class Routes(Record):
    """The best routes from a position to a role."""

    origin: Ref
    """The position that was asked from."""
    destination: Ref
    """The role that was asked for; a route may end at a specialisation of it."""
    by: Annotated[str, Schema(enum=["attempts", "feasibility", "steps", "effort", "time"])]
    """The criterion by which the first route is best."""
    proven: bool
    """Whether it is proven that no route is better; among thousands of steps, only the best candidates are compared."""
    routes: Annotated[tuple[Route, ...], Schema(minItems=1, uniqueItems=True)]
    """The routes, the best first."""
    by_degree: Study | None
    """Where the best route is a long shot: a degree that takes fewer attempts; null otherwise, or if there is none."""
    nearer: Nearer | None
    """Where the best route is a long shot: a role within reach that is nearer; null otherwise, or if there is none."""

    def with_routes(self, routes: tuple[Route, ...]) -> Routes:
        """The same answer with other routes."""
        return Routes(**{**self.__dict__, "routes": routes})


def is_hopeless(route: Route) -> bool:
    """Whether a route is a chain that nobody should set out on, and whose steps need no advice."""
    return len(route.steps) > 1 and route.feasibility < _HOPELESS


def tell_step(network: Network, leg: Leg) -> RouteStep:
    """Make a record of a step."""
    catalogue = network.catalogue
    is_named, alike = _is_named(network, leg), leg.alike
    named = leg.hop if is_named else ()  # what is said of people at large, nobody says of this step
    evidence = dict.fromkeys(item for transition in named for item in transition.evidence)
    return RouteStep(
        origin=leg.origin,
        destination=catalogue.ref(leg.destination),
        basis="asserted" if is_named else "derived",
        estimated=any(item.estimated for item in leg.asked),
        feasibility=round_figure(leg.ease),
        attempts=round(CRITERIA[DEFAULT].cost(leg), 4),
        lift=round(lift_of(alike.ease), 1) if alike and alike.place != alike.target else None,
        between=tuple(dict.fromkeys((alike.place, alike.target))) if alike else (),
        effort=round(leg.effort, 4),
        duration=leg.duration,
        remarks=tuple(_remarks(network, leg)),
        factors=tuple(Factor(part.name, round_figure(part.value), part.reason) for part in leg.factors),
        held=find_assets_that_meet(leg.asked, leg.held),
        missing=leg.fit.missing,
        milestones=_milestones(catalogue, leg),
        transitions=named,
        pay=find_pay(catalogue, leg.destination),
        evidence=tuple(evidence),
    )


#: From so many more attempts on, as a multiple of those that a stop takes anyway, its few jobs are told.
_SCARCE = 0.25
#: The remarks about estimates: on an occupation, on the skills of a role, on its degree.
_UNRATED = "No source rates what it takes: that is estimated from the rated occupations most alike."
_UNNAMED = "No source says which skills it takes: that is estimated from what people in it bring."
_NO_SCHOOLING = "No source says which schooling it takes: its degree is estimated from the grade of preparation it has."
_NO_DEGREE = "No source says whether it takes a degree: that is estimated from what people in it have."


_FEW_JOBS = "Few jobs, about {:,.0f} in the U.S.: finding one may take longer."
_WITHOUT_SCHOOL = "Many ask for schooling that takes {:.0f} years; the source names the step for people without it."


def _is_named(network: Network, leg: Leg) -> bool:
    """Whether a source names the step for these people, and not only for a group that they may belong to."""
    return bool(network.claims_of(leg.origin.id, leg.destination))


def _remarks(network: Network, leg: Leg) -> Iterator[Remark]:
    here, there = network.preparation(leg.origin.id), network.preparation(leg.destination)
    if not _is_named(network, leg):
        yield Remark("computed", "No source names this step: it is computed from what is held and asked for.")
    estimated = [item for item in leg.asked if item.estimated]
    if estimated:
        of_occupation, of_role = (_UNRATED, _UNNAMED) if any(map(is_skill, estimated)) else (_NO_SCHOOLING, _NO_DEGREE)
        yield Remark("estimated", of_occupation if network.catalogue.kind(leg.destination) == "occupation" else of_role)
    if not any(is_skill(item) for item in leg.asked):
        yield Remark("unknown", "No source says which skills it takes.")
    yield from _tell_step_down(network, leg)
    if there.licence and there.licence != here.licence:
        yield Remark("licence", f"Needed in most places: {there.licence}.")
    for part in leg.duration.parts:
        if part.name == "schooling":
            yield Remark("schooling", f"{part.low:.0f} to {part.high:.0f} months: {part.reason}.")
    if leg.is_named and leg.schooling and not any(part.name == "schooling" for part in leg.duration.parts):
        yield Remark("schooling", _WITHOUT_SCHOOL.format(leg.schooling / 12))
    yield from _tell_few_jobs(network, leg)
    for move in _list_observed_moves(network, leg)[:1]:
        yield Remark("observed", _tell_observed(move))


def _tell_step_down(network: Network, leg: Leg) -> Iterator[Remark]:
    here, there = leg.origin.id, leg.destination
    if network.is_step_down(here, there):
        zone = network.preparation(there).zone
        yield Remark("step-down", f"A step down: job zone {zone}, two or more grades of preparation below.")
    elif is_support(network, here, there):
        yield Remark("step-down", "A step down: it supports the work of people like these.")


def _tell_few_jobs(network: Network, leg: Leg) -> Iterator[Remark]:
    if leg.is_stop and find_scarcity_of(network, leg.destination) >= _SCARCE:
        occupation = network.preparation(leg.destination).stated_for or leg.destination
        jobs = float(f"{load_jobs()[network.code(occupation)]:.2g}")
        yield Remark("few-jobs", _FEW_JOBS.format(jobs))


def _list_observed_moves(network: Network, leg: Leg) -> tuple[ObservedMove, ...]:
    """Observed moves between the ends of a step, or between the occupations that represent them."""
    ends = (leg.origin.id, leg.destination) if leg.alike is None else (leg.alike.place.id, leg.alike.target.id)
    return find_observed_moves(network.catalogue, ends[:1], ends[1:])


def _tell_observed(move: ObservedMove) -> str:
    whose = ", ".join(dict.fromkeys(item.source.label for item in move.evidence))
    left = "" if move.leavers is None else f" ({move.leavers:.2g} % of all did)"
    noisy = "; a small cell, so this is uncertain" if move.is_small else ""
    return f"Of those who left such a job{left}, {move.share:.2g} % made this move [{whose}]{noisy}."


def _milestones(catalogue: Catalogue, leg: Leg) -> tuple[Ref, ...]:
    """Credentials and milestones to reach on a step; a group of alternatives by what they have in common."""
    groups = [item.any_of for item in leg.asked if share_met(item, leg.held) < 1]
    groups += [step.any_of for transition in leg.hop for step in transition.steps]
    groups += [condition.any_of for transition in leg.hop for condition in transition.conditions]
    found = (ref for group in groups for ref in _in_common(catalogue, group))
    return tuple(dict.fromkeys(ref for ref in found if _is_milestone(ref) and not leg.held.level([ref.id])))


def _is_milestone(ref: Ref) -> bool:
    return ref.kind in ("credential", "milestone")


def _in_common(catalogue: Catalogue, group: tuple[Ref, ...]) -> tuple[Ref, ...]:
    if len(group) < 2:
        return group
    shared = set.intersection(*(set(catalogue.values(ref.id, SKOS.broader)) for ref in group))
    return tuple(map(catalogue.ref, sorted(shared)))
