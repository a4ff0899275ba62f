"""The answer to a question about one of many people: a row of plain columns, the same for all questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import CareergraphError, NoAnswer, UnexpectedFault
from careergraph.model.escaping import to_safe_line
from careergraph.model.records import Record
from careergraph.transitions.batch.errors import BadRow
from careergraph.transitions.batch.people import LONGEST_ID, People, remember
from careergraph.transitions.batch.people import Question as Asked
from careergraph.transitions.batch.releases import Release
from careergraph.transitions.gaps import Missing, find_gap
from careergraph.transitions.origins import Origin
from careergraph.transitions.outlook import reach
from careergraph.transitions.plans.plans import plan
from careergraph.transitions.route_steps import Route
from careergraph.transitions.routes import find_routes

if TYPE_CHECKING:
    from careergraph.model.values import Amount, Count, Feasibility, Iri, NonEmpty, Schema

#: A row has at most this many roles within reach.
MOST_REACHED = 20


class ReachableRole(Record):
    """A role within reach, with its best route."""

    role: Iri
    """The role itself."""
    route: tuple[Iri, ...]
    """The positions that the best route leads to, in order."""
    feasibility: Feasibility
    """How feasible the route is."""
    cost: Amount
    """What the route costs in expected attempts, in units of an easy move."""
    months_low: Amount
    """At least so many months; 0 if nothing is known."""
    months_high: Amount
    """At most so many months; 0 if nothing is known."""


class Answer(Record):
    """The answer to a question for one person. Columns that do not apply to the question are null or empty."""

    row: Count
    """The person's row in the input, counted from 0."""
    id: NonEmpty | None
    """What the row calls the person; null if it does not."""
    question: Annotated[str, Schema(enum=["routes", "reach", "gap", "plan"])]
    """What was asked."""
    to: Iri | None
    """The role that was asked for."""
    route: tuple[Iri, ...]
    """The positions that the best route leads to, in order; one, if a plan goes straight."""
    feasibility: Feasibility | None
    """How feasible the route is."""
    cost: Amount | None
    """What the route costs in expected attempts, in units of an easy move."""
    months_low: Amount | None
    """The route takes at least so many months; 0 if nothing is known."""
    months_high: Amount | None
    """The route takes at most so many months; 0 if nothing is known."""
    missing: tuple[tuple[Iri, ...], ...]
    """What is asked for on the way and not held in full, each as its alternatives."""
    courses: tuple[Iri, ...]
    """The courses of a plan, in their order."""
    hours_low: Amount | None
    """The courses take at least so many hours, as far as pages say."""
    hours_high: Amount | None
    """The courses take at most so many hours, as far as pages say."""
    reach: tuple[ReachableRole, ...]
    """The roles within reach, those that take the fewest attempts first."""
    reason: NonEmpty | None
    """Why there is no answer; null if there is one."""
    data: NonEmpty
    """The release of the data that the answer was made with."""
    parameters: NonEmpty
    """The release of the parameters that it was made with."""


class BadPerson(Record):
    """A row of the input that is not a valid question."""

    row: Count
    """Which row of the input it is, counted from 0."""
    id: NonEmpty | None
    """What the row calls the person; null if it does not."""
    error: NonEmpty
    """The kind of fault."""
    reason: NonEmpty
    """What is wrong, in one line."""


class Facts(NamedTuple):
    """The part of an answer that equal questions have in common."""

    to: str | None = None
    route: tuple[str, ...] = ()
    feasibility: float | None = None
    cost: float | None = None
    months_low: float | None = None
    months_high: float | None = None
    missing: tuple[tuple[str, ...], ...] = ()
    courses: tuple[str, ...] = ()
    hours_low: float | None = None
    hours_high: float | None = None
    reach: tuple[ReachableRole, ...] = ()
    reason: str | None = None


def answer_routes(catalogue: Catalogue, origin: Origin, to: str) -> Facts:
    """The best route, as `careergraph path` finds it."""
    return _of_route(to, find_routes(catalogue, origin, to).routes[0])


def answer_reach(catalogue: Catalogue, origin: Origin, to: str | None) -> Facts:
    """The roles within reach, as `careergraph reach` finds them."""
    found = reach(catalogue, origin, limit=MOST_REACHED)
    return Facts(reach=tuple(_to_reachable(item.role.id, item.route) for item in found.destinations))


def answer_gap(catalogue: Catalogue, origin: Origin, to: str) -> Facts:
    """What is missing, as `careergraph gap` lists it."""
    return Facts(to, missing=_alternatives(find_gap(catalogue, origin, to).missing))


def answer_plan(catalogue: Catalogue, origin: Origin, to: str) -> Facts:
    """The courses on the best route, as `careergraph plan` chooses them; straight to the role if none leads there."""
    try:
        route = find_routes(catalogue, origin, to).routes[0]
    except NoAnswer:
        route = None
    found = plan(catalogue, origin, to, route=route)
    facts = _of_route(to, route) if route else Facts(to, route=tuple(stage.destination.id for stage in found.stages))
    courses = tuple(item.course.id for item in found.courses)
    return facts._replace(courses=courses, hours_low=found.hours_low, hours_high=found.hours_high)


#: Question → the function that answers it.
QUESTIONS: Mapping[str, Callable[..., Facts]] = {
    "routes": answer_routes,
    "reach": answer_reach,
    "gap": answer_gap,
    "plan": answer_plan,
}


class Answerer:
    """Answers one question for person after person; equal questions are answered once.

    Args:
        catalogue: what to ask.
        question: a name in `QUESTIONS`.
        to: the role for rows that name none.
        release: the releases of data and parameters that each answer names.

    >>> from careergraph.transitions.batch.releases import tell_release
    >>> catalogue = Catalogue.load("bundled")
    >>> answerer = Answerer(catalogue, "routes", "AI ethicist", tell_release(catalogue.files))
    >>> found = answerer.answer(0, {"id": "ann", "position": "philosopher"})
    >>> found.id, found.reason, len(found.route) > 0
    ('ann', None, True)
    >>> answerer.answer(1, {"position": "philosofer"}).error
    'UnknownName'
    """

    def __init__(self, catalogue: Catalogue, question: str, to: str | None, release: Release) -> None:
        self._catalogue, self._question, self._release = catalogue, question, release
        self._people = People(catalogue, question, to)
        self._facts = remember(self._work_out)

    def answer(self, row: int, said: Mapping[str, Any] | BadRow) -> Answer | BadPerson:
        """The answer or the error for a row.

        Args:
            row: its number.
            said: the columns of the row, or the reason why it has none.
        """
        id_ = _identifier(said)
        try:
            if isinstance(said, BadRow):
                raise said
            facts = self._facts(self._people.ask(said))
        except CareergraphError as error:
            return BadPerson(row, id_, type(error).__name__, str(error))
        except Exception as error:  # unforeseen, but it concerns only this row
            return BadPerson(row, id_, UnexpectedFault.__name__, str(UnexpectedFault.of(error)))
        return Answer(row, id_, self._question, *facts, *self._release)

    def _work_out(self, asked: Asked) -> Facts:
        try:
            return QUESTIONS[self._question](self._catalogue, self._people.origin(asked), asked.to)
        except NoAnswer as error:
            return Facts(asked.to, reason=str(error))


def _identifier(said: Mapping[str, Any] | BadRow) -> str | None:
    value = None if isinstance(said, BadRow) else said.get("id")
    return None if value is None or value == "" else to_safe_line(str(value), longest=LONGEST_ID)


def _of_route(to: str, route: Route) -> Facts:
    missing = dict.fromkeys(item for step in route.steps for item in _alternatives(step.missing))
    months = route.duration.low, route.duration.high
    return Facts(to, _stops(route), route.feasibility, route.attempts, *months, tuple(missing))


def _to_reachable(role: str, route: Route) -> ReachableRole:
    months = route.duration.low, route.duration.high
    return ReachableRole(role, _stops(route), route.feasibility, route.attempts, *months)


def _stops(route: Route) -> tuple[str, ...]:
    return tuple(step.destination.id for step in route.steps)


def _alternatives(missing: Iterable[Missing]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(ref.id for ref in item.any_of) for item in missing)
