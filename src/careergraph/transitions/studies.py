"""Where every route is a long shot: what a degree would change, and which role on the way is within reach.

A chain of unlikely moves is no advice. Whoever sets out on one is better served by the years that a degree in the
subject takes, and by a role that is within reach and nearer to the aim.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Record, Ref
from careergraph.rdf.standards import RDF
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.criteria import CRITERIA, DEFAULT, HOURS_PER_WEEK
from careergraph.transitions.durations import Duration, find_school_time, sum_spans
from careergraph.transitions.ease import lift_of, load_calibration
from careergraph.transitions.feasibility import round_figure
from careergraph.transitions.holdings import find_holdings
from careergraph.transitions.network import Network
from careergraph.transitions.origins import Origin, join_origins, make_origin
from careergraph.transitions.requirements import find_requirements
from careergraph.transitions.schooling import count_credential_months, count_months_of_schooling
from careergraph.transitions.steps import Leg, StepWalk

if TYPE_CHECKING:
    from careergraph.model.values import Amount, Feasibility

#: Below this feasibility, a route is a long shot.
LONG_SHOT = 0.12
#: From this feasibility on, a step is within reach.
WITHIN_REACH = 0.25
#: So many fields of study are compared, those most like the destination.
_FIELDS = 6
_ID = "https://w3id.org/careergraph/id/credential/"
#: The degree for somebody who has none, and for somebody who has one in another field.
_FIRST, _FURTHER = f"{_ID}bachelors-degree", f"{_ID}masters-degree"
#: Fields (slugs) so near to each other that who has a further degree in one takes courses, and no second degree.
_NEAR = tuple(
    frozenset(f"https://w3id.org/careergraph/id/background/{slug}" for slug in slugs.split())
    for slugs in (
        "mathematics-field statistics-field statistics-and-data-field physics-field computer-science "
        "artificial-intelligence-field machine-learning-field software-engineering-field information-technology-field "
        "cybersecurity-field robotics-field bioinformatics-field electrical-engineering-field",
        "statistics-field statistics-and-data-field economics-field finance-field",
        "business-field marketing-field hr-field logistics-field finance-field accounting-field economics-field",
        "philosophy ethics bioethics-field religion-field",
        "political-science-field public-policy public-administration-field international-relations-field "
        "science-technology-society-field law social-science sociology",
        "psychology-field neuroscience-field human-computer-interaction-field",
        "human-computer-interaction-field design-field arts-field",
        "medicine-field nursing-field public-health-field pharmacy-field",
    )
)


class Study(Record):
    """What a degree would change: the step to the destination after it."""

    degree: Ref
    """The degree: the first one, or a further one in another field."""
    field: Ref
    """The field of study."""
    feasibility: Feasibility
    """The feasibility of the step to the destination after it."""
    attempts: Amount
    """The expected attempts, with the years at school counted as on routes."""
    school: Duration
    """How long the degree takes."""
    duration: Duration
    """How long the degree and the step after it take."""


class Nearer(Record):
    """A role within reach that is nearer to the destination."""

    role: Ref
    """The role."""
    feasibility: Feasibility
    """The feasibility of the step to it."""
    duration: Duration
    """How long the step to it takes."""


class Studies:
    """What degrees would change for one person.

    Args:
        catalogue: where the fields of study are.
        origin: who asks.
        hours_per_week: how many hours a week somebody learns.
    """

    def __init__(self, catalogue: Catalogue, origin: Origin, hours_per_week: float = HOURS_PER_WEEK) -> None:
        self._catalogue, self._origin, self._hours = catalogue, origin, hours_per_week
        self._fields = catalogue.once(_Fields)
        self._walk = cache(self._set_out)
        months, first = count_months_of_schooling(origin.held), count_credential_months(catalogue, _FIRST) or 0.0
        self._degree = _FIRST if months < first else _FURTHER
        further = (count_credential_months(catalogue, _FURTHER) or 0.0) - first
        self._school = find_school_time(first if months < first else further)
        self._learned = months >= first + further

    def find(self, destination: str) -> Study | None:
        """The degree after which a destination takes the fewest attempts; None if even then it is not within reach.

        None, too, if it is a further degree in a field near to one in which the person has such a degree.

        Args:
            destination: the IRI of a role.

        Notes:
            Of the fields of study, those most like the destination are compared, whatever their number.
        """
        fields = self._fields.nearest(self._catalogue, self._origin, destination)
        degrees = [self._degree_in(field, destination) for field in fields]
        best = min(degrees, key=lambda found: (found.attempts, found.field), default=None)
        within_reach = best and round_figure(best.leg.ease) >= WITHIN_REACH
        return self._tell(best) if best and within_reach and not self._has_one_near(best.field) else None

    def _has_one_near(self, field: str) -> bool:
        if not self._learned:
            return False
        studied = {*self._origin.positions, *self._origin.held.assets}
        return any(field in near and not near.isdisjoint(studied) for near in _NEAR)

    def _set_out(self, field: str, towards: str | None) -> StepWalk:
        """The steps of somebody who has the degree in a field besides."""
        joined = join_origins(self._origin, self._fields.graduate(field))
        graduate = joined.with_assets(self._catalogue, (self._degree,), "the degree")
        network = Network(self._catalogue, graduate, towards=towards)
        return StepWalk(network, self._fields.asked, self._fields.holds, self._hours)

    def _degree_in(self, field: str, destination: str) -> _Degree:
        is_occupation = self._catalogue.kind(destination) == "occupation"
        walk = self._walk(field, destination if is_occupation else None)
        graduate = walk.network.origin
        leg = walk.leg(graduate.ref, destination, graduate.held)
        # The school for a licence in the field is the degree, and comes once.
        lacking = leg.school_time
        school = max(self._school, find_school_time(lacking), key=lambda one: one.low)
        years = load_calibration().schooling_cost * (school.low - lacking) / 12
        return _Degree(round(years + CRITERIA[DEFAULT].cost(leg), 4), field, leg, school)

    def _tell(self, found: _Degree) -> Study:
        learning = (part for part in found.leg.duration.parts if part.name != "schooling")
        return Study(
            degree=self._catalogue.ref(self._degree),
            field=self._catalogue.ref(found.field),
            feasibility=round_figure(found.leg.ease),
            attempts=found.attempts,
            school=found.school,
            duration=sum_spans([*found.school.parts, *learning]),
        )


class _Degree(NamedTuple):
    """What a degree in one field would change: the attempts, the field, the step after it, and its time."""

    attempts: float
    field: str
    leg: Leg
    school: Duration


class _Fields:
    """The fields of study of a catalogue, with what all questions share."""

    def __init__(self, catalogue: Catalogue) -> None:
        backgrounds = catalogue.by_kind.get("background", ())
        self._all = tuple(node for node in backgrounds if CG.FieldOfStudy in catalogue.values(node, RDF.type))
        self._nearest: dict[str, list[str]] = {}
        self.graduate = cache(lambda field: make_origin(catalogue, field))
        self.asked = cache(lambda role: find_requirements(catalogue, role))
        self.holds = cache(lambda position: find_holdings(catalogue, position))

    def nearest(self, catalogue: Catalogue, origin: Origin, destination: str) -> list[str]:
        """The fields most like a destination; only for who comes from a field and something else they may be others."""
        if origin.ref.id in self._all and origin.positions != (origin.ref.id,):
            return self._sort(Network(catalogue, origin), destination)
        if destination not in self._nearest:
            self._nearest[destination] = self._sort(Network(catalogue, origin), destination)
        return self._nearest[destination]

    def _sort(self, network: Network, destination: str) -> list[str]:
        alike = {node: found.value for node in self._all if (found := network.alike(node, destination, None))}
        return sorted(alike, key=lambda node: (-alike[node], node))[:_FIELDS]


def find_nearer(network: Network, destination: str, hours_per_week: float = HOURS_PER_WEEK) -> Nearer | None:
    """The role within reach of a network's origin that is most like a destination; None if none is nearer to it.

    Args:
        network: the network, seen from the origin.
        destination: the IRI of a role.
        hours_per_week: how many hours a week somebody learns.
    """
    walk, start = StepWalk(network, hours_per_week=hours_per_week), network.origin
    for role in _order_by_nearness(network, destination):
        leg = walk.leg(start.ref, role, start.held)
        if leg.ease >= WITHIN_REACH and not leg.surcharge:
            return Nearer(network.catalogue.ref(role), round_figure(leg.ease), leg.duration)
    return None


def _order_by_nearness(network: Network, destination: str) -> Iterator[str]:
    """The roles that lead on from the origin and are more like the destination than it is, the most alike first."""
    here = network.origin.ref.id
    least = _nearness(network, here, destination) or 0.0
    near = {role: _nearness(network, role, destination) or 0.0 for role in network.claims(here) if role != destination}
    for role in sorted(near, key=lambda node: (-near[node], node)):
        if near[role] > least and lift_of(near[role]) >= 1 and network.is_passable(here, role):
            yield role


def _nearness(network: Network, position: str, destination: str) -> float | None:
    alike = network.alike(position, destination, None)
    return None if alike is None else alike.value
