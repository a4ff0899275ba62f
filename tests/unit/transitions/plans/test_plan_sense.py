"""Plans make sense: more money, time or knowledge never makes one worse, nothing comes too early or twice."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import careergraph
from careergraph.api import CareerGraph
from careergraph.catalogue.claims import list_requirements
from careergraph.catalogue.course_levels import find_teaching_depths
from careergraph.catalogue.courses import list_course_facts
from careergraph.catalogue.names import find_node
from careergraph.cli import cli
from careergraph.model.errors import CareergraphError, ContradictoryConditions
from careergraph.rdf.vocabulary import ID
from careergraph.render.text.plan import plan_text
from careergraph.transitions.criteria import PLAN_CRITERIA
from careergraph.transitions.plans.course_prices import MEASURES
from careergraph.transitions.plans.records import Plan

#: Twenty-five people, each with a role to get to.
PEOPLE = (
    ("nurse", "machine learning engineer"),
    ("physicist", "machine learning engineer"),
    ("software engineer", "machine learning engineer"),
    ("lawyer", "AI policy role"),
    ("marketing manager", "AI product manager"),
    ("teacher", "AI ethicist"),
    ("accountant", "data scientist"),
    ("journalist", "AI ethicist"),
    ("economist", "data scientist"),
    ("mathematician", "AI research scientist"),
    ("data scientist", "AI research scientist"),
    ("data engineer", "MLOps engineer"),
    ("consultant", "AI product manager"),
    ("policy adviser", "AI safety governance researcher"),
    ("historian", "machine learning engineer"),
    ("newcomer", "machine learning engineer"),
    ("newcomer", "AI product manager"),
    ("statistician", "machine learning engineer"),
    ("machine learning engineer", "AI safety researcher"),
    ("AI research scientist", "AI safety researcher"),
    ("psychologist", "AI ethicist"),
    ("architect of buildings", "data scientist"),
    ("customer service representative", "AI product manager"),
    ("veterinarian", "data scientist"),
    ("software product manager", "AI product manager"),
)
#: Requirement → why no course covers it.
NOT_TAUGHT = {"Domain expertise": "it is whatever field one comes from, which no course on AI teaches"}


@cache
def graph() -> CareerGraph:
    return careergraph.load("bundled")


@cache
def planned(origin: str, role: str, *skills: str, budget: str | None = None) -> Plan:
    start = graph().start(origin, skills=skills)
    return graph().plan(start, role, straight=True, budget=budget)


def groups(found: Plan) -> set[frozenset[str]]:
    """All that is missing, whether a course covers it or not."""
    covered = [group for item in found.courses for group in item.covers]
    left = [item.any_of for item in (*found.milestones, *found.uncovered, *found.by_work)]
    return {frozenset(ref.id for ref in group) for group in (*covered, *left)}


def met_by_the_way(found: Plan) -> set[frozenset[str]]:
    """What the courses of a plan teach beside what they are taken for, so that the plan need not name it."""
    taken = {item.course.id for item in found.courses}
    taught = find_teaching_depths(graph().catalogue)
    return {frozenset([skill]) for skill, levels in taught.items() if not taken.isdisjoint(levels)}


def worth(found: Plan) -> tuple[int, int, float]:
    """What a plan keeps low, in this order: courses of open length, those without even a lower bound, hours."""
    return len(found.unknown), sum(item.hours_low is None for item in found.courses), found.hours_high


def in_pairs(values: st.SearchStrategy[int]) -> st.SearchStrategy[list[int]]:
    return st.lists(values, min_size=2, max_size=2).map(sorted)


def some_skills(most: int) -> st.SearchStrategy[list[str]]:
    """Any skills that some course teaches."""
    taught = sorted(skill for skill in find_teaching_depths(graph().catalogue) if f"{ID}skill/" in skill)
    return st.lists(st.sampled_from(taught), max_size=most, unique=True)


people = st.sampled_from(PEOPLE)
#: What courses cost apart or together, and anything else.
sums = st.sampled_from([0, 20, 50, 150, 500, 799, 2000]) | st.integers(0, 12_000)


@settings(deadline=None)
@given(person=people, budgets=in_pairs(sums))
def test_more_budget_never_leaves_more_out_nor_takes_longer(person: tuple[str, str], budgets: list[int]) -> None:
    less, more = (planned(*person, budget=f"{amount}USD") for amount in budgets)
    assert len(more.uncovered) <= len(less.uncovered)
    if len(more.uncovered) == len(less.uncovered):
        assert worth(more) <= worth(less)
    for found, amount in zip((less, more), budgets, strict=True):
        assert sum(money.amount for money in found.costs) <= amount
        assert found.cost_unknown == ()


@settings(deadline=None)
@given(data=st.data(), person=people)
def test_knowing_more_never_adds_an_item_nor_takes_longer(data: st.DataObject, person: tuple[str, str]) -> None:
    known, more = data.draw(some_skills(2)), data.draw(some_skills(3))
    before, after = planned(*person, *sorted(known)), planned(*person, *sorted({*known, *more}))
    assert groups(after) <= groups(before) | met_by_the_way(before)
    assert worth(after) <= worth(before)


@settings(deadline=None)
@given(person=people, paces=in_pairs(st.integers(1, 168)))
def test_more_hours_a_week_never_take_more_weeks(person: tuple[str, str], paces: list[int]) -> None:
    weeks = []
    for hours in paces:
        table = graph().plan(*person, straight=True, hours_per_week=hours).timetable
        assert table is not None
        weeks.append(table.weeks)
    assert weeks[1] <= weeks[0]


@pytest.mark.parametrize("person", PEOPLE, ids=" to ".join)
def test_no_course_precedes_its_prerequisite_and_nothing_held_is_taught_again(person: tuple[str, str]) -> None:
    found = graph().plan(*person)
    held = graph().start(person[0]).held
    before: list[str] = []
    for item in found.courses:
        assert {ref.id for ref in item.after} <= set(before)
        assert item.covers or item.prepares, item.course.label
        assert not any(held.level([ref.id for ref in group]) == 1 for group in item.covers)
        assert not any(held.level([ref.id]) == 1 for ref in item.prepares)
        before.append(item.course.id)
    assert len(before) == len(set(before))


@pytest.mark.parametrize("by", PLAN_CRITERIA)
def test_side_by_side_a_plan_is_done_no_later(by: str) -> None:
    """Than another one of which as much is known: hours that nobody says are no time that is saved."""
    person = "nurse", "ML engineer"
    quick, other = (graph().plan(*person, by=one, hours_per_week=8) for one in ("time", by))
    assert quick.timetable is not None
    assert other.timetable is not None
    assert (len(quick.unknown), quick.timetable.weeks) <= (len(other.unknown), other.timetable.weeks)


def test_what_is_only_estimated_is_learnt_to_the_working_level_and_what_is_basic_comes_with_the_work() -> None:
    found = planned("nurse", "data scientist")
    levels = {item.any_of[0].label: item.level for item in found.by_work if item.estimated}
    covered = {ref.label for item in found.courses for group in item.covers for ref in group}
    assert levels["Statistics"] == "strong"  # of people there; a course to the working level covers it
    assert "Statistics" in covered
    assert levels["Optimisation"] == "basic"  # so no course is taken for it
    assert "Optimisation" not in covered
    assert "Convex Optimization (EE 364A)" not in {item.course.label for item in found.courses}
    assert "Optimisation" in plan_text(found).partition("Left to the work itself")[2]


def test_what_a_role_asks_for_is_learnt_as_deep_as_it_says() -> None:
    found = planned("nurse", "machine learning engineer")
    assert "Advanced Python Mastery" in {item.course.label for item in found.courses}  # Python is asked for: strong


@pytest.mark.parametrize(("origin", "course"), [("software engineer", "The Unix Shell"), ("nurse", "MIT 18.06SC")])
def test_nobody_is_sent_to_a_course_that_is_far_from_what_they_lack(origin: str, course: str) -> None:
    assert not any(
        item.course.label.startswith(course) for item in planned(origin, "machine learning engineer").courses
    )


def test_what_others_build_on_comes_first_whatever_takes_fewest_hours() -> None:
    order = [item.course.label for item in planned("nurse", "machine learning engineer").courses]
    numpy, learning = "Python for Scientific Computing", "Google Machine Learning Crash Course"
    assert order.index("The Unix Shell") < order.index("Introduction to Docker and Containers")
    assert order.index(numpy) < order.index(learning)  # which advises to know it


def test_a_course_does_not_teach_what_it_builds_on() -> None:
    catalogue = graph().catalogue
    taught = find_teaching_depths(catalogue)
    assert f"{ID}course/mit-18-06" in taught[f"{ID}skill/linear-algebra"]
    assert f"{ID}course/mit-18-06" not in taught[f"{ID}skill/school-mathematics"]
    assert f"{ID}course/python-for-data-analysis" not in taught[f"{ID}skill/python"]  # which it expects
    assert f"{ID}course/python-for-data-analysis" not in taught[f"{ID}skill/programming"]  # nor what that implies
    assert f"{ID}course/python-mastery" in taught[f"{ID}skill/programming"]  # for Python it teaches itself, deeper


def test_the_measures_are_those_that_can_be_asked_for() -> None:
    assert tuple(MEASURES) == PLAN_CRITERIA


def test_every_requirement_of_a_curated_role_is_taught_by_two_courses_one_of_them_free() -> None:
    catalogue = graph().catalogue
    taught, short = find_teaching_depths(catalogue), set()
    for role in catalogue.by_kind["role"]:
        for item in list_requirements(catalogue, role):
            courses = {course for ref in item.any_of for course in taught.get(ref.id, ())}
            free = [course for course in courses if list_course_facts(catalogue, course).cost == 0]
            if any(ref.kind == "skill" for ref in item.any_of) and (len(courses) < 2 or not free):
                short.add(" or ".join(ref.label for ref in item.any_of))
    assert short == NOT_TAUGHT.keys()


#: What courses are to be found for, whether a role asks for it in these words or not.
SUBJECTS = (
    "Python", "git", "Command line", "Docker", "CI/CD pipelines", "AWS", "Azure", "GCP", "SQL", "Statistics",
    "Probability", "Linear algebra", "Calculus", "NumPy", "pandas", "scikit-learn", "PyTorch", "TensorFlow", "MLflow",
    "Kubeflow", "Vertex AI", "Large language models", "LLM evaluation", "Model evaluation", "Prompt engineering",
    "AI technical literacy", "AI capabilities and limits", "Ethical rigour", "Fairness of AI", "AI law",
    "AI governance", "Policy analysis", "AI safety", "AI alignment", "Robustness", "Product strategy", "Roadmapping",
    "Stakeholder management", "Research skills", "Clear communication",
)  # fmt: skip


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_is_taught_by_two_courses_one_of_them_free(subject: str) -> None:
    catalogue = graph().catalogue
    courses = find_teaching_depths(catalogue)[find_node(catalogue, subject, "skill")]
    assert len(courses) >= 2
    assert any(list_course_facts(catalogue, course).cost == 0 for course in courses)


def test_facts_older_than_two_years_are_marked_from_the_first_day_on() -> None:
    then, later = (
        {item.course.label: item.old for item in graph().plan("nurse", "ML engineer", start=day).courses}
        for day in ("2024-01-01", "2027-01-11")
    )
    assert then["Practical Python Programming"] is None
    assert later["Practical Python Programming"] == "2023-02-27"
    assert later["The Unix Shell"] is None
    assert "since 2023-02-27 it may have changed" in " ".join(plan_text(graph().plan("nurse", "ML engineer")).split())


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ({"budget": "500XYZ"}, "No course is priced in XYZ, and prices are not converted; give the budget in USD"),
        ({"languages": ["de", "xx"]}, "No course on record is held in de or xx; there are courses in en"),
    ],
)
def test_what_no_course_on_record_can_meet_is_refused(wishes: dict[str, Any], said: str) -> None:
    with pytest.raises(ContradictoryConditions, match=said):
        graph().plan("nurse", "ML engineer", **wishes)
    assert graph().plan("nurse", "ML engineer", languages=["fi", "xx"]).destination.label == "Machine learning engineer"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--start", "2027-01-11"), "--start gives dates only together with --hours-per-week."),
        (("-o", "plan.docx"), "Nothing is written as .docx here: a plan ends in .txt"),
        (("--budget", "500EUR"), "No course is priced in EUR"),
        (("--hours-per-week", "8", "--start", "soon"), "There is no day 'soon'"),
        (("--done", "course:no such thing"), "is called 'no such thing'"),
        (("--lang", "Deutsch"), "'Deutsch' is not a code of a language; write it like en."),
    ],
)
def test_what_cannot_be_is_told_in_one_line(arguments: tuple[str, ...], said: str) -> None:
    refused = CliRunner().invoke(cli, ["plan", "nurse", "ML engineer", "--dataset", "bundled", *arguments]).exception
    assert isinstance(refused, CareergraphError)
    assert refused.exit_code == 2
    assert said in str(refused)
    assert "\n" not in str(refused)


def test_a_plan_along_a_route_says_how_hard_it_is_and_how_long_it_takes_in_all() -> None:
    route = graph().routes("mechanical engineer", "ML engineer").routes[0]
    found = graph().plan("mechanical engineer", "ML engineer")
    assert (found.feasibility, found.duration) == (route.feasibility, route.duration)
    assert [(stage.feasibility, stage.duration) for stage in found.stages] == [
        (step.feasibility, step.duration) for step in route.steps
    ]
    text = " ".join(plan_text(found).split())
    assert "Route: Mechanical engineer -> Data engineer -> Machine learning engineer: a long shot" in text
    assert "with a year or two in each stop; courses are a part of it." in text
    assert "`path` weighs other ways, such as a degree." in text
    assert "weighs other ways" not in plan_text(graph().plan("software engineer", "ML engineer"))
    straight = graph().plan("mechanical engineer", "ML engineer", straight=True)
    assert (straight.feasibility, straight.duration) == (None, None)
    assert "Route: " not in plan_text(straight)


@pytest.mark.parametrize("person", PEOPLE, ids=" to ".join)
def test_what_practice_and_work_do_is_told_once_and_no_course_covers_a_thing_twice(person: tuple[str, str]) -> None:
    found = graph().plan(*person)
    assert {item.any_of for item in found.by_work}.isdisjoint({item.any_of for item in found.partly})
    text = plan_text(found)
    assert "accessible with" not in text
    for block in text.split("\n   - Covers: ")[1:]:
        covers, _, rest = block.partition("\n   - ")
        again = rest.partition("Covers again: ")[2].partition("\n   - ")[0] if rest.startswith("Covers again") else ""
        assert set(covers.split("; ")).isdisjoint(filter(None, again.split("; ")))


def test_of_plans_that_cost_the_same_the_shortest_is_taken() -> None:
    cheap, free = (graph().plan("nurse", "ML engineer", **wish) for wish in ({"by": "cost"}, {"free": True}))
    assert cheap.costs == ()
    assert worth(cheap) <= worth(free)


@pytest.mark.parametrize("typed", ["2027-01-11", "20270111", "2027-W02-1"])
def test_a_day_is_one_day_however_it_is_typed(typed: str) -> None:
    table = graph().plan("nurse", "ML engineer", hours_per_week=8, start=typed).timetable
    assert table is not None
    assert (table.start, table.slots[0].first_day) == ("2027-01-11", "2027-01-11")


def test_of_a_course_whose_least_hours_are_known_the_plan_counts_those() -> None:
    text = " ".join(plan_text(planned("lawyer", "AI policy role", budget="1000USD")).split())
    assert "Courses, in order: at least 36 hours (hours unknown for AI Governance Professional (AIGP)); USD 799" in text


def test_a_course_that_a_cv_says_is_passed_is_not_planned_again(tmp_path: Path) -> None:
    resume = tmp_path / "resume.json"
    passed = ["Google Machine Learning Crash Course", "Advanced Python Mastery (2026)"]
    resume.write_text(json.dumps({"basics": {"label": "Physicist"}, "certificates": [{"name": n} for n in passed]}))
    start = graph().start(profile=str(resume))
    found, before = graph().plan(start, "machine learning engineer"), graph().plan("physicist", "ML engineer")
    labels, usual = ({item.course.label for item in each.courses} for each in (found, before))
    assert {"Google Machine Learning Crash Course", "Advanced Python Mastery"} <= usual
    assert labels == usual - {"Google Machine Learning Crash Course", "Advanced Python Mastery"}
    assert start.held.level([f"{ID}skill/python"]) == 0.75
    assert "taught by Advanced Python Mastery" in start.reasons[f"{ID}skill/python"]


def test_nobody_is_sent_along_a_chain_that_is_less_likely_than_going_straight() -> None:
    asked = "accountant", "MLOps engineer"
    chain, found, along = graph().routes(*asked).routes[0], graph().plan(*asked), graph().plan(*asked, route=1)
    assert len(chain.steps) > 1
    assert len(found.stages) == 1
    assert found.feasibility is not None
    assert found.feasibility > chain.feasibility
    assert [stage.destination for stage in along.stages] == [step.destination for step in chain.steps]


@pytest.mark.parametrize("ways", ["1", "3"])
def test_a_report_is_on_the_route_that_the_plan_follows(tmp_path: Path, ways: str) -> None:
    file = tmp_path / "report.html"
    asked = ["report", "accountant", "MLOps engineer", "--dataset", "bundled", "-k", ways, "-o", str(file)]
    assert CliRunner().invoke(cli, asked).exit_code == 0
    text = file.read_text("utf-8")
    assert "One step, a long shot" in text
    assert ("Other ways" in text) == (ways == "3")
