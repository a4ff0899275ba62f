"""Plans: the choice is the best of all, the order can be walked, and nothing that no page says is ever counted."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import cache
from itertools import combinations, cycle, product
from math import inf
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.course_levels import find_expected_levels, find_teaching_depths, to_depth
from careergraph.catalogue.courses import find_teachers, is_takeable, list_course_facts
from careergraph.catalogue.names import find_node
from careergraph.model.errors import BadFigure, ContradictoryConditions
from careergraph.model.schemas import load_schema
from careergraph.rdf.kinds import POSITIONS
from careergraph.rdf.standards import PROV, RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, ID
from careergraph.render.text.plan import plan_text
from careergraph.transitions.gaps import find_gap
from careergraph.transitions.holdings import Holdings, find_holdings
from careergraph.transitions.plans.course_prices import MEASURES
from careergraph.transitions.plans.plans import plan
from careergraph.transitions.plans.records import Money, Plan

MAIN_ROLES = tuple(
    f"{ID}role/{slug}"
    for slug in (
        "machine-learning-engineer",
        "ai-research-scientist",
        "ai-product-manager",
        "ai-ethicist",
        "ai-safety-researcher",
    )
)


@cache
def bundled() -> Catalogue:
    return Catalogue.load()


def named(name: str, *kinds: str) -> str:
    return find_node(bundled(), name, *(kinds or POSITIONS))


def course(slug: str) -> str:
    return f"{ID}course/{slug}"


def professions() -> list[str]:
    return sorted(iri for iri in bundled().statements if CG.Profession in bundled().values(iri, RDF.type))


def courses_of(found: Plan) -> list[str]:
    return [item.course.id for item in found.courses]


### The rules, told a second time and tried out on all sets of courses


class Rules:
    """What a choice of courses has to keep to, and which of two choices is better: without any solver."""

    def __init__(self, catalogue: Catalogue, origin: str, role: str, held: Holdings | None = None) -> None:
        self.held = find_holdings(catalogue, origin) if held is None else held
        self.facts = {iri: list_course_facts(catalogue, iri) for iri in is_takeable(catalogue)}
        self.taught = find_teaching_depths(catalogue)
        self.groups = [
            self.teachers([ref.id for ref in item.any_of], to_depth(catalogue, item.level))
            for item in find_gap(catalogue, origin, role, self.held).missing
        ]
        self.wanted = {iri: find_expected_levels(catalogue, iri) for iri in self.facts}
        self.expected = {
            iri: [
                self.teachers([asset], level) - {iri}
                for asset, level in wanted.items()
                if self.held.level([asset]) < level
            ]
            for iri, wanted in self.wanted.items()
        }
        self.startable = self.walked(self.facts.keys())
        paid = Counter(facts.currency for facts in self.facts.values() if facts.cost and facts.currency)
        self.currency = sorted(paid, key=lambda currency: (-paid[currency], currency))[:1]

    def teachers(self, assets: list[str], needed: float) -> set[str]:
        """Who teaches something deep enough; if nobody does, who teaches it deepest, if that is deeper than is held."""
        levels = {(self.taught.get(asset, {}).get(one, 0.0), one) for asset in assets for one in self.facts}
        deepest = max((level for level, _ in levels), default=0.0)
        least = min(needed, deepest)
        return set() if deepest <= self.held.level(assets) else {one for level, one in levels if level >= least > 0}

    def walked(self, chosen: Collection[str], first: Collection[str] = ()) -> set[str]:
        """What one gets to take of some courses, if each needs a course taken before for all that can be taught."""
        taken = set(first)
        for _ in chosen:
            taken |= {one for one in chosen if all(not other or other & taken for other in self.expected[one])}
        return taken

    def sound(self, chosen: frozenset[str]) -> bool:
        return (
            all(not group or group & chosen for group in self.groups)
            and all(not others or others & chosen for one in chosen for others in self.expected[one])
            and self.walked(chosen, chosen - self.startable) == chosen
        )

    def score(self, chosen: frozenset[str], by: str) -> tuple[Any, ...]:
        facts = [self.facts[one] for one in sorted(chosen)]
        ends = [known.hours_high for known in facts]
        blank = sum(known.hours_low is None for known in facts)
        spent = sum(round(100 * end) for end in ends if end is not None)
        passed = self.passes(chosen) if by == "time" else 0
        hours = ends.count(None), blank, passed, spent
        costs = [known.cost if known.currency in (None, *self.currency) else None for known in facts]
        paid = (costs.count(None), sum(round(100 * cost) for cost in costs if cost is not None)) if by == "cost" else ()
        return len(chosen - self.startable), *paid, *hours, len(chosen), sorted(chosen)

    def passes(self, chosen: Collection[str]) -> float:
        """The hours until all are done, with as many side by side as can be: times sink until none is too late."""
        lasts = {one: self.facts[one].hours_high or self.facts[one].hours_low or 0.0 for one in chosen}
        done = {one: lasts[one] if one not in self.startable else inf for one in chosen}
        for _ in chosen:
            for one in self.startable.intersection(chosen):
                begins = [
                    min((done[other] for other in others & done.keys()), default=0) for others in self.expected[one]
                ]
                done[one] = lasts[one] + max(begins, default=0)
        return max(done.values(), default=0)

    def best(self, by: str) -> frozenset[str]:
        sizes = range(len(self.facts) + 1)
        subsets = (frozenset(some) for size in sizes for some in combinations(sorted(self.facts), size))
        return min(filter(self.sound, subsets), key=lambda chosen: self.score(chosen, by))


def with_few_courses(number: int) -> Catalogue:
    """The curated graph with eight of its courses: as many as all their sets can be tried out of."""
    kept = set(random.Random(number).sample(is_takeable(bundled()), 8))
    gone = set(is_takeable(bundled())) - kept
    return Catalogue({iri: found for iri, found in bundled().statements.items() if iri not in gone})


@pytest.mark.parametrize("number", range(12))
def test_the_choice_is_the_best_of_all_sets_of_courses(number: int) -> None:
    catalogue = with_few_courses(number)
    for origin, role in zip(professions()[number::5], cycle(MAIN_ROLES), strict=False):
        rules = Rules(catalogue, origin, role)
        for by in MEASURES:
            assert frozenset(courses_of(plan(catalogue, origin, role, by=by))) == rules.best(by), (role, by)


### The same on made-up tables of courses

SKILLS = [f"x:skill/{number}" for number in range(5)]
LEVELS = {"basic": "0.25", "working": "0.5", "strong": "0.75"}
COURSES = [f"x:course/{number}" for number in range(5)]
ORIGIN, ROLE, PAGE = "x:origin", "x:role", "x:page"


class Table:
    """A small data set under construction."""

    def __init__(self) -> None:
        self.statements: dict[str, dict[str, list[str]]] = {}
        for iri, class_ in ((ORIGIN, CG.Profession), (ROLE, CG.Role), (PAGE, CG.Source)):
            self.add(iri, {RDF.type: [class_]})
        for skill in SKILLS:
            self.add(skill, {RDF.type: [CG.Skill]})
        for name, weight in LEVELS.items():
            listed = {RDF.type: [CG.Term], SKOS.inScheme: [f"{ID}scheme/level"], CG.weight: [weight]}
            self.add(f"{ID}level/{name}", listed | {SKOS.prefLabel: [name]})

    def add(self, iri: str, by_predicate: Mapping[str, list[str]]) -> str:
        self.statements[iri] = {predicate: list(values) for predicate, values in by_predicate.items()}
        return iri

    def claim(self, class_: str, about: str, by_predicate: Mapping[str, list[str]], page: str = PAGE) -> str:
        iri = f"x:claim/{len(self.statements)}"
        return self.add(iri, {RDF.type: [class_], SCHEMA.about: [about], PROV.wasDerivedFrom: [page], **by_predicate})

    def held(self, *skills: str) -> None:
        self.claim(CG.Holding, ORIGIN, {CG.holds: list(skills)})

    def asks(self, *groups: tuple[str, ...]) -> None:
        for any_of in groups:
            self.claim(CG.Requirement, ROLE, {CG.anyOf: list(any_of)})

    def course(
        self,
        number: int,
        teaches: tuple[str, ...],
        expects: tuple[str, ...] = (),
        hours: tuple[str, str] | None = None,
        *,
        price: tuple[str, str] | None = None,
        property_: str = "effort_total",
    ) -> str:
        iri = self.add(COURSES[number], {RDF.type: [CG.Course], SKOS.prefLabel: [f"Course {9 - number}"]})
        self.claim(CG.Teaching, iri, {CG.teaches: list(teaches), SCHEMA.propertyID: ["teaches"]})
        if expects:
            self.claim(CG.Prerequisite, iri, {CG.expects: list(expects), SCHEMA.propertyID: ["prerequisite"]})
        if hours:
            self.effort(iri, property_, "hours", *hours)
        if price:
            self.price(iri, *price)
        return iri

    def effort(self, about: str, name: str, unit: str, low: str, high: str, page: str = PAGE) -> str:
        figures = {SCHEMA.minValue: [low], SCHEMA.maxValue: [high]}
        shown = {key: value for key, value in figures.items() if value != [""]}
        words = {SCHEMA.propertyID: [name], SCHEMA.unitText: [unit], SCHEMA.value: [f"{low}-{high}"]}
        return self.claim(CG.Effort, about, words | shown, page)

    def price(self, about: str, amount: str, currency: str, unit: str = "", page: str = PAGE) -> str:
        words = {SCHEMA.propertyID: ["price"], SCHEMA.price: [amount], SCHEMA.unitText: [unit or currency]}
        more = {SCHEMA.value: [amount], SCHEMA.priceCurrency: [currency]}
        return self.claim(CG.Price, about, words | more, page)

    def put_levels(self, draw: st.DrawFn) -> None:
        """Give each claim on what is held, asked for, taught or expected a level, or none."""
        for found in self.statements.values():
            if {CG.Holding, CG.Requirement, CG.Teaching, CG.Prerequisite} & set(found[RDF.type]):
                level = draw(st.sampled_from([None, *LEVELS]))
                found |= {CG.level: [f"{ID}level/{level}"]} if level else {}

    def plan(self, by: str = "hours") -> Plan:
        return plan(Catalogue(self.statements), ORIGIN, ROLE, by=by)


def some(of: list[str], most: int, least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(of), min_size=least, max_size=most, unique=True).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Catalogue:
    table = Table()
    table.held(*draw(some(SKILLS, 1)))
    table.asks(*draw(st.lists(some(SKILLS, 2, 1), min_size=1, max_size=4, unique_by=frozenset)))
    amounts = st.sampled_from(["1", "2", "2.5", "3", "10", "40"])
    for number in range(draw(st.integers(1, len(COURSES)))):
        low, high = sorted((draw(amounts), draw(amounts)), key=float)
        table.course(
            number,
            draw(some(SKILLS, 2, 1)),
            draw(some(SKILLS, 2)),
            draw(st.sampled_from([None, (low, high), (low, high)])),
            price=draw(st.none() | st.tuples(amounts | st.just("0"), st.sampled_from(["USD", "USD", "EUR"]))),
            property_=draw(st.sampled_from(["effort_total", "effort_total", "video_total"])),
        )
    table.put_levels(draw)
    return Catalogue(table.statements)


@settings(max_examples=150, deadline=None)
@given(catalogue=tables(), by=st.sampled_from(sorted(MEASURES)))
def test_on_any_table_the_choice_is_the_best_of_all_sets(catalogue: Catalogue, by: str) -> None:
    assert frozenset(courses_of(plan(catalogue, ORIGIN, ROLE, by=by))) == Rules(catalogue, ORIGIN, ROLE).best(by)


@settings(max_examples=75, deadline=None)
@given(catalogue=tables(), by=st.sampled_from(sorted(MEASURES)))
def test_prerequisites_come_before_what_builds_on_them(catalogue: Catalogue, by: str) -> None:
    rules, found = Rules(catalogue, ORIGIN, ROLE), plan(catalogue, ORIGIN, ROLE, by=by)
    for place, item in enumerate(found.courses):
        before = set(courses_of(found)[:place])
        brought, built_on = {ref.id for ref in item.bring}, {ref.id for ref in item.after}
        assert built_on <= before
        for asset, level in rules.wanted[item.course.id].items():
            others = rules.teachers([asset], level) - {item.course.id}
            if rules.held.level([asset]) >= level:
                assert asset not in brought
            elif others & before:
                assert asset not in brought
                assert others & built_on
            else:
                assert asset in brought
                assert not others or item.course.id not in rules.startable


@settings(max_examples=75, deadline=None)
@given(catalogue=tables(), by=st.sampled_from(sorted(MEASURES)))
def test_all_that_can_be_covered_is_and_every_course_has_a_purpose(catalogue: Catalogue, by: str) -> None:
    rules, found = Rules(catalogue, ORIGIN, ROLE), plan(catalogue, ORIGIN, ROLE, by=by)
    covered = {group for item in found.courses for group in item.covers}
    missing = find_gap(catalogue, ORIGIN, ROLE).missing
    assert covered == {item.any_of for item, group in zip(missing, rules.groups, strict=True) if group}
    assert list(found.uncovered) == [item for item, group in zip(missing, rules.groups, strict=True) if not group]
    chosen = frozenset(courses_of(found))
    assert not any(rules.sound(chosen - {one}) for one in chosen)


@settings(max_examples=50, deadline=None)
@given(catalogue=tables(), by=st.sampled_from(sorted(MEASURES)))
def test_totals_add_up_what_is_known_and_name_the_rest(catalogue: Catalogue, by: str) -> None:
    found = plan(catalogue, ORIGIN, ROLE, by=by)
    known = [item for item in found.courses if item.hours_low is not None and item.hours_high is not None]
    assert found.hours_low == sum(item.hours_low or 0 for item in known)
    assert found.hours_high == sum(item.hours_high or 0 for item in known)
    assert found.unknown == tuple(item.course for item in found.courses if item not in known)
    priced: Counter[str | None] = Counter()
    for item in found.courses:
        priced[item.currency] += Decimal(str(item.cost or 0))  # type: ignore[assignment]
    assert {money.currency: Decimal(str(money.amount)) for money in found.costs} == {
        currency: amount for currency, amount in priced.items() if amount
    }
    assert found.cost_unknown == tuple(item.course for item in found.courses if item.cost is None)


### Particular situations


def test_two_courses_that_wait_for_each_other_are_both_planned_in_a_stable_order() -> None:
    table = Table()
    first, second, third = SKILLS[:3]
    table.asks((first,), (third,))
    one = table.course(0, (first,), (second,), ("5", "5"))
    other = table.course(1, (second,), (first,), ("5", "5"))
    builds_on_them = table.course(2, (third,), (first,), ("1", "1"))
    found = table.plan()
    assert courses_of(found) == [other, one, builds_on_them]  # of the two, by label; what builds on them, behind them
    assert [[ref.id for ref in item.bring] for item in found.courses] == [[first], [], []]
    assert [[ref.id for ref in item.after] for item in found.courses] == [[], [other], [one]]
    assert found == table.plan()


def test_a_circle_is_avoided_where_a_dearer_course_leads_out_of_it() -> None:
    table = Table()
    first, second = SKILLS[:2]
    table.asks((first,))
    wanted = table.course(0, (first,), (second,), ("1", "1"))
    table.course(1, (second,), (first,), ("1", "1"))
    way_out = table.course(2, (second,), (), ("30", "30"))
    assert courses_of(table.plan()) == [way_out, wanted]


def test_a_circle_is_left_alone_where_a_dearer_course_covers_the_same() -> None:
    table = Table()
    first, second, third = SKILLS[:3]
    table.asks((third,))
    table.course(0, (first, third), (second,), ("1", "1"))
    table.course(1, (second, third), (first,), ("1", "1"))
    alone = table.course(2, (third,), (), ("30", "30"))
    assert courses_of(table.plan()) == [alone]


def test_a_circle_is_not_left_by_what_only_some_of_it_needs() -> None:
    """The course that both teaches and waits has another prerequisite, which is taught without helping the circle."""
    table = Table()
    first, second, third = SKILLS[:3]
    table.asks((first,), (third,))
    wanted = table.course(0, (first,), (second, third), ("1", "1"))
    table.course(1, (second,), (first,), ("1", "1"))
    way_out = table.course(2, (second,), (), ("30", "30"))
    other = table.course(3, (third,), (), ("1", "1"))
    assert courses_of(table.plan()) == [other, way_out, wanted]


def test_what_is_taken_from_a_circle_anyway_serves_others_too() -> None:
    table = Table()
    first, second, third, fourth = SKILLS[:4]
    table.asks((first,), (fourth,))
    one = table.course(0, (first, third), (second,), ("1", "1"))
    other = table.course(1, (second,), (first,), ("1", "1"))
    builds_on_it = table.course(2, (fourth,), (third,), ("1", "1"))
    table.course(3, (third,), (), ("30", "30"))
    found = table.plan()
    assert courses_of(found) == [other, one, builds_on_it]
    assert [[ref.id for ref in item.bring] for item in found.courses] == [[first], [], []]


def test_a_circle_is_entered_where_there_is_no_other_way() -> None:
    table = Table()
    first, second, third, fourth, fifth = SKILLS
    table.asks((first,), (fourth,))
    one = table.course(0, (first, third), (second, fifth), ("1", "1"))
    other = table.course(1, (second,), (first,), ("1", "1"))
    builds_on_it = table.course(4, (fourth, fifth), (third,), ("1", "1"))
    table.course(3, (third,), (), ("30", "30"))
    found = table.plan()
    assert courses_of(found) == [other, one, builds_on_it]  # although the label of the last would come first
    assert [[ref.id for ref in item.bring] for item in found.courses] == [[first], [fifth], []]


def test_one_of_several_teachers_will_do() -> None:
    table = Table()
    first, second, third = SKILLS[:3]
    table.asks((first,), (third,))
    table.course(0, (first,), (second,), ("1", "1"))
    table.course(1, (second, third), (first,), ("1", "1"))
    table.course(2, (second,), (), ("1", "1"))
    assert courses_of(table.plan()) == [COURSES[2], COURSES[0], COURSES[1]]


def test_a_course_does_not_teach_its_own_prerequisite() -> None:
    table = Table()
    table.asks((SKILLS[0],))
    table.course(0, (SKILLS[0],), (SKILLS[0],), ("1", "1"))
    (item,) = table.plan().courses
    assert [ref.id for ref in item.bring] == [SKILLS[0]]


def test_what_only_helps_is_not_a_prerequisite() -> None:
    table = Table()
    table.asks((SKILLS[0],))
    iri = table.course(0, (SKILLS[0],))
    table.course(1, (SKILLS[1],))
    for name in ("prerequisite_soft", "prerequisite_optional", "prework", "not_required"):
        table.claim(CG.Prerequisite, iri, {SCHEMA.propertyID: [name], CG.expects: [SKILLS[1]]})
    (item,) = table.plan().courses
    assert item.bring == item.after == item.prerequisites == ()


def test_unknown_hours_serve_only_where_nothing_else_does() -> None:
    table = Table()
    table.asks((SKILLS[0],), (SKILLS[1],))
    table.course(0, (SKILLS[0],))
    table.course(1, (SKILLS[0],), (), ("1", ""))
    table.course(2, (SKILLS[0],), (), ("900", "999"))
    table.course(3, (SKILLS[1],))
    table.course(4, (SKILLS[1],), (), ("700", "700"), property_="video_total")
    found = table.plan()
    assert set(courses_of(found)) == {COURSES[2], COURSES[4]}
    assert (found.hours_low, found.hours_high) == (900, 999)
    assert [ref.id for ref in found.unknown] == [COURSES[4]]


def test_ties_go_to_fewer_courses_and_then_to_iris() -> None:
    table = Table()
    table.asks((SKILLS[0],), (SKILLS[1],))
    table.course(0, (SKILLS[0],), (), ("1", "1"))
    table.course(1, (SKILLS[1],), (), ("1", "1"))
    assert courses_of(table.plan()) == [COURSES[1], COURSES[0]]  # by label, for neither builds on the other
    for number in (4, 3):
        table.course(number, (SKILLS[0], SKILLS[1]), (), ("2", "2"))
        assert courses_of(table.plan()) == [COURSES[number]]


def test_more_courses_than_one_program_orders_by_iri() -> None:
    """Forty equal courses for one requirement, and one course for another that comes late in the order."""
    table = Table()
    table.asks((SKILLS[0],), (SKILLS[1],))
    for number in range(40):
        iri = table.add(f"x:course/many-{number:02}", {RDF.type: [CG.Course]})
        skill = SKILLS[number >= 20]
        table.claim(CG.Teaching, iri, {CG.teaches: [skill]})
        table.effort(iri, "effort_total", "hours", "3", "3")
    assert courses_of(table.plan()) == ["x:course/many-00", "x:course/many-20"]


def test_amounts_in_different_currencies_are_never_added_or_compared() -> None:
    table = Table()
    table.asks((SKILLS[0],), (SKILLS[1],))
    table.course(0, (SKILLS[0],), price=("1", "EUR"))
    table.course(1, (SKILLS[0],), price=("900", "USD"))
    table.course(2, (SKILLS[1],), price=("2", "EUR"))
    for number in (3, 4):
        table.course(number, (SKILLS[2],), price=("2", "USD"))
    found = table.plan("cost")
    assert set(courses_of(found)) == {COURSES[1], COURSES[2]}
    assert found.costs == (Money(2.0, "EUR"), Money(900.0, "USD"))


@pytest.mark.parametrize(
    ("first", "second", "best"),
    [
        ("999999.99", "999999.98", 1),
        ("99999999.99", "99999999.98", 0),  # the same to eight digits, so the first IRI
        ("1.1e12", "1e12", 1),
    ],
)
def test_figures_of_any_size_can_be_compared(first: str, second: str, best: int) -> None:
    table = Table()
    table.asks((SKILLS[0],))
    table.course(0, (SKILLS[0],), (), (first, first))
    table.course(1, (SKILLS[0],), (), (second, second))
    assert courses_of(table.plan()) == [COURSES[best]]


@pytest.mark.parametrize("figure", ["nan", "inf", "-1", "some", "1e300"])
def test_a_figure_that_is_none_is_refused(figure: str) -> None:
    table = Table()
    table.asks((SKILLS[0],))
    table.course(0, (SKILLS[0],), (), ("1", figure))
    with pytest.raises(BadFigure):
        table.plan()


### What hours and costs are made of

KNOWN_HOURS = {
    "deeplearning-ai-deep-learning-specialization": (75.0, 78.0),
    "deeplearning-ai-machine-learning-specialization": (117.0, 117.0),
    "fast-ai-practical-deep-learning": (13.5, None),
    "google-machine-learning-crash-course": (15.0, 15.0),
    "hugging-face-llm-course": (72.0, 96.0),
    "mats": (480.0, 480.0),
    "mit-18-06": (168.0, 168.0),
    "stat-110": (75.0, 150.0),
    "missing-semester": (10.0, 24.0),
    "introduction-to-github": (0.0, 1.0),
    "iapp-aigp": (30.0, None),
    "learn-pytorch": (25.0, None),
    "machine-learning-zoomcamp": (160.0, 240.0),
    "swc-git": (3.2, 3.2),
    "elements-of-ai": (50.0, 60.0),
    "rs-school-aws": (25.0, 50.0),
}
FREE = {
    "ai-safety-fundamentals",
    "fast-ai-practical-deep-learning",
    "google-machine-learning-crash-course",
    "hugging-face-llm-course",
    "mit-18-06",
    "stat-110",
    "missing-semester",
    "introduction-to-github",
    "learn-pytorch",
    "machine-learning-zoomcamp",
    "swc-git",
    "elements-of-ai",
    "rs-school-aws",
}
PRICES = {"iapp-aigp": (799.0, "USD"), "mathematics-for-machine-learning-specialization": (150.0, "USD")}


@pytest.mark.parametrize("slug", sorted(KNOWN_HOURS.keys() | FREE))
def test_hours_and_costs_of_the_bundled_courses_are_those_on_record(slug: str) -> None:
    facts = list_course_facts(bundled(), course(slug))
    assert (facts.hours_low, facts.hours_high) == KNOWN_HOURS.get(slug, (None, None))
    assert (facts.cost, facts.currency) == PRICES.get(slug, (0.0 if slug in FREE else None, None))


@pytest.mark.parametrize("iri", is_takeable(bundled()), ids=lambda iri: iri.rsplit("/", 1)[-1])
def test_every_number_of_hours_stands_in_effort_claims_with_a_source(iri: str) -> None:
    facts = list_course_facts(bundled(), iri)
    ends: set[float | None] = set()
    for figure in (figure for figure in facts.efforts if figure.low is not None):
        assert all(claim.kind == "effort" and claim.evidence for claim in figure.claims)
        lows = [float(bundled().value(claim.id, SCHEMA.minValue) or "0") for claim in figure.claims]
        highs = [float(bundled().value(claim.id, SCHEMA.maxValue) or "nan") for claim in figure.claims]
        units = [claim.unit for claim in figure.claims]
        if figure.computed:
            assert units == ["weeks", "hours per week"]
            assert len({claim.evidence for claim in figure.claims}) == 1
            assert (figure.low, figure.high) == (lows[0] * lows[1], highs[0] * highs[1])
        else:
            assert units == ["hours"]
            assert (figure.low, figure.high) in ((lows[0], highs[0]), (lows[0], None))
        ends |= {figure.low, figure.high}
    assert {facts.hours_low, facts.hours_high} <= ends | {None}


def test_all_that_pages_say_about_time_is_kept_even_without_a_figure() -> None:
    for iri in is_takeable(bundled()):
        facts = list_course_facts(bundled(), iri)
        kept = [claim.id for figure in facts.efforts for claim in (*figure.claims, *figure.scope)]
        assert sorted(kept) == sorted(bundled().about(iri, "effort"))
        assert {c.id for figure in facts.prices for c in figure.claims} == set(bundled().about(iri, "price"))


def test_weeks_without_hours_a_week_are_no_hours() -> None:
    facts = list_course_facts(bundled(), course("arena"))
    assert {claim.unit for figure in facts.efforts for claim in figure.claims} == {"days", "weeks"}
    assert all(figure.low is figure.high is None for figure in facts.efforts)


def test_computed_hours_say_what_they_are_computed_from() -> None:
    (computed,) = (figure for figure in list_course_facts(bundled(), course("mats")).efforts if figure.computed)
    assert computed.computed == "12 weeks x 40 hours per week"
    assert [claim.property for claim in computed.claims] == ["duration", "effort"]
    assert computed.pages == ("official FAQ for Summer 2026",)


def test_weeks_and_hours_a_week_of_different_pages_are_not_multiplied() -> None:
    table = Table()
    iri = table.course(0, (SKILLS[0],))
    table.effort(iri, "duration", "weeks", "3", "4")
    table.effort(iri, "effort", "hours per week", "5", "6", page="x:other-page")
    assert list_course_facts(Catalogue(table.statements), iri).hours_high is None
    table.effort(iri, "effort", "hours per week", "10", "20.5")
    facts = list_course_facts(Catalogue(table.statements), iri)
    assert (facts.hours_low, facts.hours_high) == (30, 82)


@pytest.mark.parametrize(
    ("efforts", "hours"),
    [
        pytest.param(
            [("effort_total", "hours", "10", "12"), ("duration", "hours", "8", "8")], (8, 12), id="two totals"
        ),
        pytest.param([("effort_total", "hours", "10", "")], (10, None), id="or more"),
        pytest.param([("effort_total", "hours", "", "10")], (0, 10), id="at most"),
        pytest.param([("video_total", "hours", "9", "9")], (9, None), id="videos alone"),
        pytest.param(
            [("video_total", "hours", "9", "9"), ("effort_total", "hours", "20", "20")], (20, 20), id="videos within"
        ),
        pytest.param(
            [("video_total", "hours", "30", "30"), ("effort_total", "hours", "20", "20")], (20, None), id="more videos"
        ),
        pytest.param([("lesson_length", "hours", "2", "2")], (None, None), id="another property"),
        pytest.param([("effort_total", "hours per week", "2", "2")], (None, None), id="another unit"),
        pytest.param([("earlier_duration", "weeks", "2", "2"), ("effort", "hours per week", "2", "2")], (None, None)),
    ],
)
def test_hours_span_all_totals(efforts: list[tuple[str, str, str, str]], hours: tuple[float | None, ...]) -> None:
    table = Table()
    iri = table.course(0, (SKILLS[0],))
    for effort in efforts:
        table.effort(iri, *effort)
    facts = list_course_facts(Catalogue(table.statements), iri)
    assert (facts.hours_low, facts.hours_high) == hours


@pytest.mark.parametrize(
    ("prices", "cost"),
    [
        pytest.param([("0", "USD", "")], (0, None), id="free"),
        pytest.param([("120", "USD", ""), ("0", "USD", "")], (120, "USD"), id="the highest"),
        pytest.param([("49", "USD", "USD per month")], (None, None), id="a subscription"),
        pytest.param([("49", "USD", "USD per month"), ("0", "USD", "")], (None, None), id="a subscription or free"),
        pytest.param([("49", "USD", ""), ("40", "EUR", "")], (None, None), id="two currencies"),
    ],
)
def test_cost_is_a_sum_of_money_or_unknown(prices: list[tuple[str, str, str]], cost: tuple[float | None, ...]) -> None:
    table = Table()
    iri = table.course(0, (SKILLS[0],))
    for price in prices:
        table.price(iri, *price)
    facts = list_course_facts(Catalogue(table.statements), iri)
    assert (facts.cost, facts.currency) == cost


def test_a_subscription_is_a_cost_where_the_same_page_says_for_how_many_months() -> None:
    table = Table()
    iri = table.course(0, (SKILLS[0],))
    table.effort(iri, "duration", "months", "3", "4", page="x:other-page")
    table.price(iri, "49", "USD", "USD per month")
    assert list_course_facts(Catalogue(table.statements), iri).cost is None
    table.effort(iri, "duration", "months", "2", "3")
    facts = list_course_facts(Catalogue(table.statements), iri)
    assert (facts.cost, facts.currency) == (147, "USD")
    assert [figure.computed for figure in facts.prices] == ["2-3 months x 49 USD per month"]


def test_what_a_figure_leaves_out_stands_beside_it() -> None:
    (figure,) = list_course_facts(bundled(), course("google-machine-learning-crash-course")).efforts
    assert [claim.value for claim in figure.scope] == ["without the programming exercises"]


def test_a_node_that_stands_for_several_courses_is_none_itself() -> None:
    series = course("deeplearning-ai-course-series")
    assert series not in is_takeable(bundled())
    assert not any(series in courses_of(found) for found in all_plans())
    for refs in find_teachers(bundled()).values():
        assert {ref.id for ref in refs} != {series}  # so nothing is lost


### Answers on the curated graph


@cache
def all_plans() -> tuple[Plan, ...]:
    origins = sorted(iri for kind in POSITIONS for iri in bundled().by_kind.get(kind, ()))[::12]
    asked = zip(product(origins, MAIN_ROLES), cycle(["hours", "cost"] * 8 + ["time"]), strict=False)
    return tuple(plan(bundled(), origin, role, by=by) for (origin, role), by in asked)


def test_by_cost_a_plan_pays_for_nothing_that_is_free_elsewhere() -> None:
    ends = named("newcomer"), named("ML engineer")
    shortest, cheapest = (plan(bundled(), *ends, by=by) for by in ("hours", "cost"))
    assert shortest.costs == (Money(150.0, "USD"),)
    assert cheapest.costs == ()
    assert cheapest.cost_unknown == ()


def test_a_plan_from_nothing_begins_with_what_all_else_builds_on() -> None:
    found = plan(bundled(), named("newcomer"), named("ML engineer"))
    assert found.courses[0].covers == ()  # nobody asks for first steps, but Advanced Python builds on them
    assert not any(item.bring for item in found.courses)
    assert found.uncovered == ()
    python = next(item for item in found.courses if item.course.label == "Advanced Python Mastery")
    assert [ref.label for ref in python.after] == ["Practical Python Programming"]


def test_who_knows_more_is_taught_less() -> None:
    plans = {name: plan(bundled(), named(name), named("ML engineer")) for name in ("newcomer", "software engineer")}
    taken = {name: set(courses_of(found)) for name, found in plans.items()}
    git = course("swc-git")
    assert git in taken["newcomer"]
    assert git not in taken["software engineer"]
    assert plans["software engineer"].hours_high < plans["newcomer"].hours_high


def test_credentials_milestones_and_experience_are_milestones_and_groups_stay_together() -> None:
    found = plan(bundled(), named("newcomer"), named("AI product manager"))
    groups = [{ref.label for ref in item.any_of} for item in found.milestones]
    assert {"Bachelor's degree", "Master's degree"} in groups
    assert {"Product management experience", "Product marketing experience"} in groups
    for answer in all_plans():
        assert all(ref.kind != "skill" for item in answer.milestones for ref in item.any_of)


def test_every_missing_requirement_is_covered_uncovered_or_a_milestone() -> None:
    for found in all_plans():
        covered = {group for item in found.courses for group in item.covers}
        left = [item.any_of for item in (*found.milestones, *found.uncovered)]
        by_work = {item.any_of for item in found.by_work}
        missing = find_gap(bundled(), found.origin.id, found.destination.id).missing
        assert covered.isdisjoint(left)
        assert by_work.isdisjoint(left)
        assert sorted({*covered, *left, *by_work}, key=str) == sorted((item.any_of for item in missing), key=str)


def test_whoever_holds_everything_has_nothing_to_plan() -> None:
    assets = dict.fromkeys(bundled().statements, 1.0)
    found = plan(bundled(), named("newcomer"), named("ML engineer"), Holdings(assets, {}))
    assert found.already
    assert (found.courses, found.milestones, found.uncovered, found.hours_high) == ((), (), (), 0)
    assert "Nothing is missing" in plan_text(found)


def test_a_role_of_which_no_source_says_what_it_asks_for_is_not_one_already_met() -> None:
    role = named("MLOps engineer")
    told = bundled().about(role, "holding")  # without which there is nothing to estimate from
    other = Catalogue({iri: said for iri, said in bundled().statements.items() if iri not in told})
    found = plan(other, named("newcomer"), role)
    assert not found.already
    assert "No source says" in plan_text(found)


def test_what_a_person_holds_replaces_what_is_expected_of_the_origin() -> None:
    ends = named("software engineer"), named("AI product manager")
    limits = f"{ID}skill/ml-limits"
    before, after = plan(bundled(), *ends), plan(bundled(), *ends, Holdings({limits: 1.0}, {}))
    assert any(ref.id == limits for item in before.courses for group in item.covers for ref in group)
    assert not any(ref.id == limits for item in after.courses for group in item.covers for ref in group)


def test_the_plan_does_not_depend_on_the_order_of_the_statements() -> None:
    shuffled = list(bundled().statements.items())
    random.Random(11).shuffle(shuffled)
    other = Catalogue(dict(shuffled))
    for origin, (role, by) in zip(cycle(professions()[:2]), product(MAIN_ROLES[:3], MEASURES), strict=False):
        one, two = plan(bundled(), origin, role, by=by), plan(other, origin, role, by=by)
        assert courses_of(one) == courses_of(two)
        assert [item.efforts for item in one.courses] == [item.efforts for item in two.courses]
        assert (one.hours_low, one.hours_high, one.costs) == (two.hours_low, two.hours_high, two.costs)
        assert one == plan(bundled(), origin, role, by=by)


def test_a_measure_that_there_is_not_is_refused() -> None:
    with pytest.raises(ContradictoryConditions):
        plan(bundled(), named("newcomer"), named("ML engineer"), by="luck")


def test_every_plan_keeps_to_its_schema() -> None:
    parts = {
        f"https://w3id.org/careergraph/schemas/{name}.json": load_schema(name) for name in ("common", "path", "plan")
    }
    resources: list[tuple[str, Resource[Any]]] = [(uri, Resource.from_contents(part)) for uri, part in parts.items()]
    validator = Draft202012Validator(load_schema("plan"), registry=Registry[Any]().with_resources(resources))
    for found in all_plans()[::3]:  # of every origin and role, by one measure or the other
        assert [error.message[:200] for error in validator.iter_errors(found.to_dict())] == []


def test_text_fits_eighty_columns_and_names_all_there_is_to_do() -> None:
    for found in all_plans():
        text = plan_text(found)
        assert max(len(line) for line in text.splitlines() if not line.lstrip().startswith("http")) <= 80
        flat = " ".join(text.split())
        refs = [item.course for item in found.courses]
        refs += [ref for item in (*found.milestones, *found.uncovered) for ref in item.any_of]
        assert all(ref.label in flat for ref in refs)


def test_text_says_what_is_known_what_is_not_and_who_says_so() -> None:
    found = plan(bundled(), named("newcomer"), named("ML engineer"))
    flat = " ".join(plan_text(found, full=True).split())
    assert "Practical Python Programming (David Beazley): 25-35 hours, free" in flat
    assert "15 hours (without the programming exercises), free" in flat
    assert "without the programming exercises [jjokah's summary of the relaunched Crash Course (third-party)" in flat
    ethicist = plan_text(plan(bundled(), named("newcomer"), named("AI ethicist")))
    assert "hours unknown for AI Engineering" in " ".join(ethicist.split())
    assert "no other step matters as much" in flat
    assert "Prerequisite: basic familiarity with Python, for the labs" in flat
    short = " ".join(plan_text(found).split())
    assert "Hours and price: [CS self-learning guide (third-party)" in short
    assert "Prerequisite: basic familiarity" not in short


def test_no_solver_is_imported_for_a_plan_that_a_search_finds() -> None:
    asked = "careergraph.load('bundled').plan('registered nurse', 'machine learning engineer')"
    code = f"import sys, careergraph; {asked}; sys.exit(bool({{'scipy', 'numpy'}} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=120).returncode == 0
