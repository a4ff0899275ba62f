"""Plans as files and how they are going: done, late, under way, to come; and files that are no plans."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import careergraph
from careergraph.api import CareerGraph
from careergraph.cli import cli
from careergraph.model.errors import ContradictoryConditions, NothingAsked, UnreadableFile
from careergraph.model.records import read_record
from careergraph.render.text.plan_progress import format_progress
from careergraph.transitions.plans.progress import Progress, read_plan
from careergraph.transitions.plans.records import Plan

GIT = "Version Control with Git"


@cache
def graph() -> CareerGraph:
    return careergraph.load("bundled")


@cache
def made() -> Plan:
    return graph().plan("registered nurse", "ML engineer", hours_per_week=8, start="2027-01-11")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["plan", *arguments, "--dataset", "bundled"])


def labels_by_state(found: Progress) -> dict[str, list[str]]:
    return {
        state: [item.course.label for item in found.left if item.state == state]
        for state in ("late", "under way", "to come")
    }


def test_a_plan_comes_back_from_json_as_it_was() -> None:
    assert read_record(Plan, json.loads(made().to_json())) == made()


def test_before_it_begins_nothing_is_done_and_nothing_late() -> None:
    found = graph().resume(made(), today="2027-01-01")
    assert found.done == ()
    assert {item.state for item in found.left} == {"to come"}
    assert [item.course for item in found.left] == [item.course for item in made().courses]


def test_what_is_over_and_not_done_is_late() -> None:
    table = made().timetable
    assert table is not None
    ended = {slot.course.label for slot in table.slots if str(slot.last_day) < "2027-03-01"}
    found = labels_by_state(graph().resume(made(), today="2027-03-01"))
    assert set(found["late"]) == ended
    assert found["under way"]
    assert set(found["to come"]).isdisjoint(ended)


@pytest.mark.parametrize("typed", ["20270301", "2027-W09-1"])
def test_today_is_one_day_however_it_is_typed(typed: str) -> None:
    assert graph().resume(made(), today=typed) == graph().resume(made(), today="2027-03-01")


def test_a_course_is_done_by_its_name_or_by_all_that_it_is_there_for() -> None:
    assert GIT in {ref.label for ref in graph().resume(made(), done=[f"course:{GIT}"], today="2027-03-01").done}
    assert GIT in {ref.label for ref in graph().resume(made(), done=["git"], today="2027-03-01").done}
    one_of_four = graph().resume(made(), done=["calculus"], today="2027-03-01")
    assert "Mathematics for Machine Learning and Data Science" not in {ref.label for ref in one_of_four.done}


def test_what_only_leads_to_others_is_done_with_what_it_teaches() -> None:
    first = next(item for item in made().courses if not item.covers and item.prepares)
    found = graph().resume(made(), done=[ref.label for ref in first.prepares], today="2027-03-01")
    assert first.course in found.done


def test_milestones_that_are_reached_are_no_longer_named() -> None:
    before, after = (
        graph().resume(made(), done=done, today="2027-03-01") for done in ([], ["Demonstrated practical skills"])
    )
    names = {ref.label for group in before.milestones for ref in group}
    assert "Demonstrated practical skills" in names
    assert "Portfolio of 2-3 trained and deployed ML projects" in names
    assert {ref.label for group in after.milestones for ref in group} == names - {"Demonstrated practical skills"}


def test_what_is_left_goes_on_from_today() -> None:
    found = graph().resume(made(), done=[f"course:{GIT}"], today="2027-03-01")
    assert found.timetable is not None
    assert found.timetable.start == "2027-03-01"
    assert {slot.course for slot in found.timetable.slots}.isdisjoint(found.done)
    text = format_progress(found)
    assert f"done by {found.timetable.end}" in " ".join(text.split())
    assert "Late" in text


def test_knowing_more_never_adds_an_item() -> None:
    names = [item.course.label for item in made().courses]
    left = [len(graph().resume(made(), done=names[:some], today="2027-03-01").left) for some in range(len(names) + 1)]
    assert left == sorted(left, reverse=True)
    assert left[-1] == 0


def test_a_plan_without_dates_knows_nothing_of_late() -> None:
    found = graph().resume(graph().plan("registered nurse", "ML engineer"), today="2027-03-01")
    assert {item.state for item in found.left} == {"to come"}
    assert "has no dates" in format_progress(found)


### Files


def test_a_file_is_written_resumed_and_remembers_what_is_done(tmp_path: Path) -> None:
    first, later = str(tmp_path / "plan.json"), str(tmp_path / "later.json")
    asked = ("nurse", "ML engineer", "--hours-per-week", "8", "--start", "2027-01-11")
    assert run(*asked, "-o", first).exit_code == 0
    told = run("--resume", first, "--done", GIT, "--today", "2027-03-01", "-o", later)
    assert told.exit_code == 0, told.output
    assert "Done: 1 of" in told.output
    assert "Done: 1 of" in run("--resume", later, "--today", "2027-03-01").output
    assert [ref.label for ref in read_plan(later).done] == [GIT]
    assert read_plan(first).done == ()


@pytest.mark.parametrize(("ending", "begins"), [("md", "# From"), ("csv", "place,"), ("ics", "BEGIN:VCALENDAR")])
def test_the_ending_of_the_file_says_the_format(ending: str, begins: str, tmp_path: Path) -> None:
    file = tmp_path / f"plan.{ending}"
    asked = ("nurse", "ML engineer", "--hours-per-week", "8", "--start", "2027-01-11")
    assert run(*asked, "-o", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8").startswith(begins)


def changed(key: str, value: Any) -> str:
    return json.dumps(made().to_dict() | {key: value})


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="nothing"),
        pytest.param("[]", id="a list"),
        pytest.param("null", id="null"),
        pytest.param('{"basics": {"name": "A"}}', id="a CV"),
        pytest.param("[" * 100_000, id="deep"),
        pytest.param("\x00\xff", id="no text"),
        pytest.param(json.dumps(made().to_dict())[:5000], id="cut"),
        pytest.param(changed("hours_low", "many"), id="text for a number"),
        pytest.param(changed("courses", [{}]), id="courses of nothing"),
        pytest.param(changed("origin", None), id="no origin"),
        pytest.param(changed("done", "git"), id="text for a list"),
        pytest.param(
            changed("timetable", made().to_dict()["timetable"] | {"start": "soon"}), id="a day that there is not"
        ),
    ],
)
def test_a_file_that_is_no_plan_is_one_line(content: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(content, encoding="latin-1")
    with pytest.raises(UnreadableFile) as caught:
        read_plan(str(file))
    assert "\n" not in str(caught.value)
    assert str(file) in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No such file"):
        read_plan(str(tmp_path / "none.json"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("nurse", "ML engineer", "--resume", "plan.json"),
        ("nurse", "ML engineer", "--today", "2027-01-01"),
        ("--resume", "plan.json", "--format", "ics"),
        ("nurse", "ML engineer", "-k", "2", "--route", "1"),
        ("nurse", "ML engineer", "-k", "2", "--format", "ics"),
    ],
)
def test_options_that_do_not_go_together_are_refused(arguments: tuple[str, ...]) -> None:
    assert isinstance(run(*arguments).exception, NothingAsked)


### Several routes


def test_plans_follow_the_routes_that_path_lists() -> None:
    ends = "data scientist", "ML engineer"
    routes, plans = graph().routes(*ends, k=3).routes, graph().plans(*ends, k=3).plans
    assert len(plans) == len(routes) == 3
    for number, (route, plan) in enumerate(zip(routes, plans, strict=True), 1):
        assert [stage.destination for stage in plan.stages] == [step.destination for step in route.steps]
        assert graph().plan(*ends, route=number) == graph().plan(*ends, route=route) == plan


def test_roles_to_pass_are_steps_of_every_plan() -> None:
    for plan in graph().plans("software engineer", "AI product manager", k=2, via=["data engineer"]).plans:
        assert "Data engineer" in {stage.destination.label for stage in plan.stages}


def test_a_route_that_there_is_not_is_refused() -> None:
    with pytest.raises(ContradictoryConditions, match="no route 2"):
        graph().plan("nurse", "ML engineer", straight=True, route=2)


def test_several_plans_are_told_apart() -> None:
    text = run("data scientist", "ML engineer", "-k", "2").output
    assert "Plan 1 of 2: Data scientist -> Machine learning engineer" in text
    assert "Plan 2 of 2: " in text


def test_what_is_left_of_a_plan_side_by_side_stays_side_by_side() -> None:
    plan = graph().plan("physicist", "ML engineer", by="time", hours_per_week=8, start="2027-01-11")
    found = graph().resume(plan, today="2027-01-11")
    assert plan.timetable is not None
    assert found.timetable is not None
    assert (found.timetable.weeks, found.timetable.end) == (plan.timetable.weeks, plan.timetable.end)
    assert found.timetable.side_by_side == plan.timetable.side_by_side > 1


def test_more_hours_a_week_from_now_on_end_a_plan_sooner_also_one_without_weeks() -> None:
    slow, quick = (graph().resume(made(), today="2027-01-11", hours_per_week=hours) for hours in (None, 20))
    assert slow.timetable is not None
    assert quick.timetable is not None
    assert str(quick.timetable.end) < str(slow.timetable.end)
    bare = graph().plan("registered nurse", "ML engineer")
    found = graph().resume(bare, today="2027-01-11", hours_per_week=20)
    assert found.timetable == quick.timetable
    assert f"done by {quick.timetable.end}." in " ".join(format_progress(found).split())


def test_to_resume_takes_no_wishes_for_another_plan(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(made().to_json())
    refused = run("--resume", str(file), "--free", "--by", "cost").exception
    assert isinstance(refused, NothingAsked)
    assert str(refused) == "--resume goes on with the plan in its file; leave out --by, --free."
    assert run("--resume", str(file), "--hours-per-week", "20", "--done", "git", "--today", "2027-03-01").exit_code == 0


@pytest.mark.parametrize("figure", ["-5", "1e999", "NaN"])
def test_figures_that_no_course_can_have_are_no_plan(tmp_path: Path, figure: str) -> None:
    content = json.loads(made().to_json())
    content["courses"][0]["hours_high"] = "FIGURE"
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(content).replace('"FIGURE"', figure))
    with pytest.raises(UnreadableFile, match="hours or money"):
        read_plan(str(file))
    file.write_text("[]")
    with pytest.raises(UnreadableFile, match="is an object"):
        read_plan(str(file))
