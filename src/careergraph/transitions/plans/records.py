"""What a plan is made of: courses, the steps of a route, what is left, and when to take what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.courses import Figure
from careergraph.model.records import Attribute, Record, Ref
from careergraph.transitions.durations import Duration
from careergraph.transitions.gaps import Missing
from careergraph.transitions.plans.milestones import PlannedMilestone
from careergraph.transitions.plans.timetables import Timetable

if TYPE_CHECKING:
    from careergraph.model.values import Amount, Currency, Feasibility, NonEmpty, Schema

#: The measure by which courses are taken side by side.
SIDE_BY_SIDE = "time"
#: The share from which a requirement is nearly met, so that practice at work does the rest.
NEARLY = 0.8


class Money(Record):
    """An amount in one currency."""

    amount: Annotated[float, Schema(exclusiveMinimum=0)]
    """How much it is, neither converted nor adjusted."""
    currency: Currency
    """What the amount is counted in, as an ISO 4217 code."""


class PlannedCourse(Record):
    """A course to take, what it is there for, and what it takes."""

    course: Ref
    """The course itself."""
    provider: Ref | None
    """Who offers it; null if that is not known."""
    url: NonEmpty | None
    """Its address; null if none is known."""
    stage: Annotated[int, Schema(minimum=1)]
    """The step of the route that it is taken for, the first being 1."""
    covers: tuple[Annotated[tuple[Ref, ...], Schema(minItems=1)], ...]
    """The missing requirements that the course covers, each as its alternatives; empty for one that others build on."""
    prepares: tuple[Ref, ...]
    """What it teaches that other courses of the plan expect."""
    hours_low: Amount | None
    """The fewest hours that a page gives, or the lower bound; null if there is none."""
    hours_high: Amount | None
    """The most hours that a page gives; null if no upper end is known."""
    hours_known: bool
    """Whether both ends are known."""
    computed: Annotated[str, Schema(examples=["12 weeks x 40 hours per week"])] | None
    """How hours were computed that no page gives as such; null if none were."""
    cost: Amount | None
    """The highest price on record, 0 if it is free; null if the total price is not known."""
    currency: Currency | None
    """The currency of the cost, as an ISO 4217 code; null if it is free or the cost is unknown."""
    after: tuple[Ref, ...]
    """The courses of the plan to take before it, for what they teach."""
    bring: tuple[Ref, ...]
    """What the course expects that is neither held nor taught by a course before it."""
    prerequisites: tuple[Attribute, ...]
    """What pages say the course requires."""
    efforts: tuple[Figure, ...]
    """What pages say about the time that the course takes."""
    prices: tuple[Figure, ...]
    """What pages say about what the course costs."""
    as_of: Annotated[str, Schema(format="date")] | None
    """The date of the oldest page on hours and price; null if none has one."""
    undated: bool
    """Whether a page on hours and price has no date, or there is none."""
    old: Annotated[str, Schema(format="date")] | None
    """The date of the oldest page on hours and price, if that is two years before the start or the newest page."""


class Partly(Record):
    """A requirement that courses teach to a lower level than the role asks for: practice has to do the rest."""

    any_of: Annotated[tuple[Ref, ...], Schema(minItems=1)]
    """The requirement, as its alternatives."""
    taught: NonEmpty
    """The level to which the deepest course goes."""
    asked: NonEmpty
    """The level that the role asks for."""


class Nearest(Record):
    """The courses that come closest to a requirement that no course of the plan covers."""

    any_of: Annotated[tuple[Ref, ...], Schema(minItems=1)]
    """The requirement, as its alternatives."""
    courses: tuple[Ref, ...]
    """Courses that would cover it but are ruled out, or else that teach something of the same kind."""


class Stage(Record):
    """A step of the route: what to learn and show before applying."""

    destination: Ref
    """The role to apply for at its end."""
    courses: tuple[Ref, ...]
    """The courses taken for it, in their order."""
    milestones: tuple[PlannedMilestone, ...]
    """What sources advise to have done by then, and what it should show."""
    conditions: tuple[Missing, ...]
    """The missing credentials, milestones and experience that the role asks for."""
    apply_when: Annotated[tuple[NonEmpty, ...], Schema(minItems=1)]
    """What has to be done before applying, in words."""
    feasibility: Feasibility | None
    """How easy the move is, as `path` has it; null if the plan follows no route."""
    duration: Duration | None
    """How long the move takes in all, courses being a part of it; null if the plan follows no route."""


class Plan(Record):
    """The courses and milestones that close the gap between a position and a role."""

    origin: Ref
    """The position that was asked from."""
    destination: Ref
    """The role whose requirements the plan meets; a track of the role asked for if that asks for nothing itself."""
    by: Annotated[str, Schema(enum=["hours", "cost", "time"])]
    """What the plan minimises."""
    already: bool
    """Whether nothing that the role asks for is missing; false where no source says what it asks for."""
    courses: Annotated[tuple[PlannedCourse, ...], Schema(uniqueItems=True)]
    """The courses to take, in this order."""
    milestones: tuple[Missing, ...]
    """The missing credentials, milestones and experience; no source says how long they take."""
    uncovered: tuple[Missing, ...]
    """The missing skills that no course covers."""
    hours_low: Amount
    """The sum of the lower ends of the courses whose hours are known."""
    hours_high: Amount
    """The sum of the upper ends of the courses whose hours are known."""
    unknown: tuple[Ref, ...]
    """The courses whose hours are not known, which the sums leave out."""
    costs: Annotated[tuple[Money, ...], Schema(uniqueItems=True)]
    """The sums of the courses of known cost, one for each currency; empty if all these are free."""
    cost_unknown: tuple[Ref, ...]
    """The courses whose cost is not known, which the amounts leave out."""
    tracks: tuple[Ref, ...]
    """The tracks of the role asked for, if it asks for nothing itself; else empty."""
    partly: tuple[Partly, ...]
    """The requirements that the courses teach less deep than asked for."""
    by_work: tuple[Missing, ...]
    """The requirements that are only estimated and that courses do not close in full: the work itself does the rest."""
    nearest: tuple[Nearest, ...]
    """The courses that come closest to each of `uncovered`, in the same order."""
    stages: Annotated[tuple[Stage, ...], Schema(minItems=1)]
    """The steps of the route in their order; one if the plan goes straight to the role."""
    feasibility: Feasibility | None
    """How easy all moves of the route are in a row, as `path` has it; null if the plan follows no route."""
    duration: Duration | None
    """How long the route takes in all, with the time in each stop; null if the plan follows no route."""
    timetable: Timetable | None
    """When to take each course; null if no hours per week are given."""
    done: tuple[Ref, ...]
    """The skills, credentials, milestones and courses that were done when the plan was made, beyond the origin."""


class Plans(Record):
    """Plans for several routes, that of the best route first."""

    plans: Annotated[tuple[Plan, ...], Schema(minItems=1, uniqueItems=True)]
    """The plans, one for each route."""
