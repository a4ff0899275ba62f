"""What is known about a course: how many hours it takes, what it costs, what it expects; never more than pages say.

Hours are read from effort claims in three ways, and in no other:

- a total in `hours` under `effort_total`, `effort_total_alt` or `duration`: a range from the lower to the upper figure;
- hours of video or reading under `video_total` or `reading_total`: a lower bound, because practice comes on top;
- a `duration` in `weeks` times an `effort` in `hours per week`, where one page gives both: computed, and said to be.

A cost is read from a price: zero if the course is free, a sum of money that is not for a period, or a price `per month`
times a `duration` in `months`, where one page gives both. All other claims are kept beside these, without a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.alignments import add_broader, find_implying, find_same
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import is_judged, read_attribute
from careergraph.model.errors import BadFigure
from careergraph.model.records import Attribute, Record, Ref
from careergraph.rdf.standards import DCTERMS, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG

if TYPE_CHECKING:
    from careergraph.model.values import Amount, Schema


_TOTALS = ("effort_total", "effort_total_alt", "duration")
_LOWER_BOUNDS = ("video_total", "reading_total")
#: The ending of a property that says what the figure of another counts: `duration_scope` is about `duration`.
_SCOPE = "_scope"
#: The property for what a course requires; others, such as `prerequisite_soft`, are for what helps.
_HARD = "prerequisite"


class Figure(Record):
    """What a claim, or two claims of one page together, say about hours or money."""

    low: Amount | None
    """The least hours or money; null if the claims give neither."""
    high: Amount | None
    """The most hours or money; null also if there is only a lower bound."""
    computed: Annotated[str, Schema(examples=["12 weeks x 40 hours per week"])] | None
    """How the figure was computed; null if a page gives it as such."""
    pages: Annotated[tuple[str, ...], Schema(uniqueItems=True)]
    """What the pages are and how old they are, in the editors' words."""
    claims: Annotated[tuple[Attribute, ...], Schema(minItems=1, maxItems=2)]
    """The claim that gives the figure, or the two that it was computed from."""
    scope: tuple[Attribute, ...]
    """What pages say the figure counts or leaves out."""


class CourseFacts(Record):
    """A course with its hours, cost and prerequisites; `None` if no page says.

    The hours span all sources. `cost` is the highest price on record, in `currency`, which is `None` if it is free.
    `prerequisites` are claims about what it requires, `expects` the assets that the editors recognise in them.
    """

    course: Ref
    hours_low: float | None
    hours_high: float | None
    cost: float | None
    currency: str | None
    expects: tuple[Ref, ...]
    prerequisites: tuple[Attribute, ...]
    efforts: tuple[Figure, ...]
    prices: tuple[Figure, ...]


def is_takeable(catalogue: Catalogue) -> tuple[str, ...]:
    """The courses that can be taken as such, by IRI: without those that stand for several others.

    >>> [course for course in is_takeable(Catalogue.load()) if course.endswith("/deeplearning-ai-course-series")]
    []
    """
    courses = catalogue.by_kind.get("course", ())
    return tuple(sorted(course for course in courses if not catalogue.pointing(SKOS.broader, course, "course")))


def list_course_facts(catalogue: Catalogue, course: str) -> CourseFacts:
    """Everything about a course that a plan needs.

    Args:
        catalogue: where to look.
        course: the course's IRI.

    Raises:
        BadFigure: a figure is not a number from 0 up.

    >>> from careergraph.catalogue.names import find_node
    >>> catalogue = Catalogue.load()
    >>> facts = list_course_facts(catalogue, find_node(catalogue, "MATS", "course"))
    >>> facts.hours_high, facts.efforts[0].computed
    (480.0, '12 weeks x 40 hours per week')
    """
    claims = sorted(catalogue.about(course, "prerequisite"))
    hard = [claim for claim in claims if catalogue.value(claim, SCHEMA.propertyID) == _HARD]
    efforts, prices = _efforts(catalogue, course), _prices(catalogue, course)
    low, high = _span(efforts)
    cost, currency = _cost(catalogue, prices)
    return CourseFacts(
        course=catalogue.ref(course),
        hours_low=low,
        hours_high=high,
        cost=cost,
        currency=currency,
        expects=tuple(dict.fromkeys(ref for claim in hard for ref in catalogue.refs(claim, CG.expects))),
        prerequisites=tuple(read_attribute(catalogue, claim) for claim in hard),
        efforts=efforts,
        prices=prices,
    )


def _efforts(catalogue: Catalogue, course: str) -> tuple[Figure, ...]:
    claims = sorted(catalogue.about(course, "effort"))
    weeks = _of(catalogue, claims, "duration", "weeks")
    pairs = tuple(_on_one_page(catalogue, weeks, _of(catalogue, claims, "effort", "hours per week")))
    scopes = {scope for claim in claims for scope in _scopes(catalogue, claim, claims)}
    told = scopes.union(*pairs)
    figures = [_multiply(catalogue, pair, claims, "weeks", "hours per week") for pair in pairs]
    figures += [_figure(catalogue, (c,), claims, *_hours(catalogue, c)) for c in claims if c not in told]
    return tuple(figures)


def _hours(catalogue: Catalogue, claim: str) -> tuple[float | None, float | None]:
    """The hours of one claim; two `None` if it does not give the hours in all."""
    if catalogue.value(claim, SCHEMA.unitText) != "hours":
        return None, None
    low, high = _range(catalogue, claim)
    if catalogue.value(claim, SCHEMA.propertyID) in _LOWER_BOUNDS:
        return low, None
    return (low, high) if catalogue.value(claim, SCHEMA.propertyID) in _TOTALS else (None, None)


def _prices(catalogue: Catalogue, course: str) -> tuple[Figure, ...]:
    claims, efforts = sorted(catalogue.about(course, "price")), sorted(catalogue.about(course, "effort"))
    months = _of(catalogue, efforts, "duration", "months")
    pairs = tuple(_on_one_page(catalogue, months, [claim for claim in claims if _per_month(catalogue, claim)]))
    told = {claim for _, claim in pairs}
    figures = [_multiply(catalogue, pair, (), "months", catalogue.value(pair[1], SCHEMA.unitText)) for pair in pairs]
    figures += [_figure(catalogue, (claim,), (), *_sum(catalogue, claim)) for claim in claims if claim not in told]
    return tuple(figures)


def _per_month(catalogue: Catalogue, claim: str) -> bool:
    currency = catalogue.value(claim, SCHEMA.priceCurrency)
    paid = bool(currency) and bool(_number(catalogue, claim, SCHEMA.price))
    return paid and catalogue.value(claim, SCHEMA.unitText) == f"{currency} per month"


def _sum(catalogue: Catalogue, claim: str) -> tuple[float | None, float | None]:
    """The sum of money of one claim; two `None` if it is for a period, or of no known currency."""
    price, currency = _number(catalogue, claim, SCHEMA.price), catalogue.value(claim, SCHEMA.priceCurrency)
    whole = currency and catalogue.value(claim, SCHEMA.unitText) in (None, currency)
    return (price, price) if whole or price == 0 else (None, None)


def _cost(catalogue: Catalogue, prices: Iterable[Figure]) -> tuple[float | None, str | None]:
    priced = [figure for figure in prices if any(catalogue.value(claim.id, SCHEMA.price) for claim in figure.claims)]
    highs = [figure.high for figure in priced if figure.high is not None]
    currencies = {
        catalogue.value(claim.id, SCHEMA.priceCurrency) for figure in priced if figure.high for claim in figure.claims
    } - {None}
    if not highs or len(highs) < len(priced) or len(currencies) > 1:
        return None, None
    return max(highs), next(iter(currencies), None)


def _span(figures: Iterable[Figure]) -> tuple[float | None, float | None]:
    """The range from the lowest to the highest figure; only a lower bound if there is no total, or a bound above it."""
    known = [(figure.low, figure.high) for figure in figures if figure.low is not None]
    bounds = [low for low, high in known if high is None]
    totals = [(low, high) for low, high in known if high is not None]
    if not totals:
        return max(bounds, default=None), None
    highest = max(high for _, high in totals)
    return min(low for low, _ in totals), highest if max(bounds, default=0.0) <= highest else None


def _of(catalogue: Catalogue, claims: Iterable[str], name: str, unit: str) -> list[str]:
    """The claims that give a property in a unit, with a figure."""
    named = (claim for claim in claims if catalogue.value(claim, SCHEMA.propertyID) == name)
    measured = (claim for claim in named if catalogue.value(claim, SCHEMA.unitText) == unit)
    return [claim for claim in measured if _range(catalogue, claim)[0] is not None]


def _on_one_page(catalogue: Catalogue, one: Iterable[str], other: Iterable[str]) -> Iterator[tuple[str, str]]:
    for pair in product(one, other):
        first, second = ({item.source for item in catalogue.evidence(claim)} for claim in pair)
        if first & second:
            yield pair


def _multiply(
    catalogue: Catalogue, pair: tuple[str, str], claims: Sequence[str], unit: str, other: str | None
) -> Figure:
    (low, high), (least, most) = (_range(catalogue, claim) for claim in pair)
    times, each = (read_attribute(catalogue, claim).value for claim in pair)
    lowest = None if low is None or least is None else round(low * least, 2)
    highest = None if high is None or most is None else round(high * most, 2)
    return _figure(catalogue, pair, claims, lowest, highest, f"{times} {unit} x {each} {other}")


def _figure(
    catalogue: Catalogue,
    found: tuple[str, ...],
    claims: Iterable[str],
    low: float | None,
    high: float | None,
    computed: str | None = None,
) -> Figure:
    stated = tuple(read_attribute(catalogue, claim) for claim in found)
    scope = tuple(read_attribute(catalogue, scope) for claim in found for scope in _scopes(catalogue, claim, claims))
    sources = dict.fromkeys(item.source.id for claim in (*stated, *scope) for item in claim.evidence)
    pages = dict.fromkeys(text for source in sources for text in catalogue.values(source, DCTERMS.description))
    return Figure(low, high, computed, tuple(pages), stated, tuple(dict.fromkeys(scope)))


def _scopes(catalogue: Catalogue, claim: str, claims: Iterable[str]) -> list[str]:
    """The claims that say what the figure of a claim counts."""
    name = f"{catalogue.value(claim, SCHEMA.propertyID)}{_SCOPE}"
    return [other for other in claims if catalogue.value(other, SCHEMA.propertyID) == name]


def _range(catalogue: Catalogue, claim: str) -> tuple[float | None, float | None]:
    """The lower and the upper figure of a claim, or its price as both; "at most" starts from 0."""
    price = _number(catalogue, claim, SCHEMA.price)
    if price is not None:
        return price, price
    low, high = _number(catalogue, claim, SCHEMA.minValue), _number(catalogue, claim, SCHEMA.maxValue)
    catalogue.check_order(claim, SCHEMA.minValue, SCHEMA.maxValue)
    return (0.0 if low is None and high is not None else low), high


def _number(catalogue: Catalogue, claim: str, predicate: str) -> float | None:
    found = catalogue.number(claim, predicate)
    if found is not None and found < 0:
        value = catalogue.value(claim, predicate) or ""
        raise BadFigure(node=claim, predicate=predicate, value=value, wanted="a number from 0 up")
    return found if found is None else round(found, 2)


class Teachers(Mapping[str, tuple[Ref, ...]]):
    """Skill → the courses that teach it, by label; those of a skill are looked up when it is asked for.

    Args:
        catalogue: where to look.
        counts: whether a claim that a course teaches something is to count.
    """

    def __init__(self, catalogue: Catalogue, counts: Callable[[str], bool] = lambda claim: True) -> None:
        self._catalogue, self._counts = catalogue, counts
        self._known: dict[str, tuple[Ref, ...]] = {}

    def __getitem__(self, skill: str) -> tuple[Ref, ...]:
        if skill not in self._known:
            self._known[skill] = self._find(skill)
        if not self._known[skill]:
            raise KeyError(skill)
        return self._known[skill]

    def __iter__(self) -> Iterator[str]:
        catalogue = self._catalogue
        claims = filter(self._counts, catalogue.by_kind.get("teaching", ()))
        named = dict.fromkeys(asset for claim in claims for asset in catalogue.values(claim, CG.teaches))
        taught = add_broader(catalogue, dict.fromkeys(named, 1.0))
        skills = dict.fromkeys(name for skill in taught for name in (skill, *find_same(catalogue, skill)))
        return (skill for skill in skills if skill in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _find(self, skill: str) -> tuple[Ref, ...]:
        catalogue = self._catalogue
        claims = catalogue.once(_no_claims)
        if skill not in claims:
            claims[skill] = _find_claims(catalogue, skill)
        counting = filter(self._counts, claims[skill])
        courses = dict.fromkeys(course for claim in counting for course in catalogue.values(claim, SCHEMA.about))
        return tuple(sorted(map(catalogue.ref, courses), key=lambda ref: ref.label))


def _no_claims(_: Catalogue) -> dict[str, list[str]]:
    """An empty cache of who teaches a skill: asked for twice, once for all courses and once for what sources state."""
    return {}


def _find_claims(catalogue: Catalogue, skill: str) -> list[str]:
    taught = find_implying(catalogue, (skill, *find_same(catalogue, skill)))
    return sorted({claim for asset in taught for claim in catalogue.pointing(CG.teaches, asset, "teaching")})


def find_teachers(catalogue: Catalogue, *, stated: bool = False) -> Teachers:
    """Skill → the courses that teach it, or a tool that belongs to it, mostly as the editors read pages.

    A skill's counterpart in another source is taught by the same courses.

    Args:
        catalogue: where to look; computed once for each.
        stated: whether to keep only courses for which a source itself states that they teach it.
    """
    return catalogue.once(_stated_teachers if stated else Teachers)


def _stated_teachers(catalogue: Catalogue) -> Teachers:
    return Teachers(catalogue, lambda claim: not is_judged(catalogue, claim))
