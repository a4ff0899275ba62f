"""Routes in brief: what to do first, how hard and how long it is, and who says so, on one screen."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.catalogue.node_profiles import compare
from careergraph.model.records import Evidence, Ref
from careergraph.render.text.citations import Citations
from careergraph.render.text.comparison import format_comparison
from careergraph.render.text.full import format_full_gap, format_full_routes
from careergraph.render.text.gap import format_gap
from careergraph.render.text.routes import MOST_MISSING, format_routes, shorten_pay, tell_times_chance
from careergraph.render.text.verdict import format_months, grade
from careergraph.transitions.durations import Duration
from careergraph.transitions.gaps import find_gap
from careergraph.transitions.route_steps import Routes
from careergraph.transitions.routes import find_routes


@cache
def catalogue() -> Catalogue:
    return Catalogue.load("bundled")


def found(origin: str, destination: str, k: int = 1) -> Routes:
    return find_routes(catalogue(), find_node(catalogue(), origin), find_node(catalogue(), destination), k=k)


def test_a_route_begins_with_the_way_how_hard_it_is_and_how_long_it_takes() -> None:
    lines = format_routes(found("software engineer", "machine learning engineer")).splitlines()
    assert lines[0] == "From Software engineer to Machine learning engineer"
    assert lines[2] == "Route: Software engineer -> Machine learning engineer"
    assert re.fullmatch(r"  1 step, easy \(0\.\d\d\); about \d+-\d+ months\.", lines[3])


def test_a_step_that_a_source_names_has_its_words_and_a_numbered_citation() -> None:
    text = format_routes(found("software engineer", "machine learning engineer"))
    assert re.search(r'calls it\s+"most\s+direct"\s+\[1\]', text)
    assert "\n  [1] Article on careers in AI (2024): Role 1 / Transition path" in text


def test_pay_of_another_occupation_says_whose_it_is() -> None:
    step = found("software engineer", "machine learning engineer").routes[0].steps[0]
    other = replace(step, destination=Ref("urn:esco", "occupation", "AI engineer", "en"))
    assert shorten_pay(step, Citations()).startswith("GBP 70,000-150,000, UK, 2024")
    assert shorten_pay(other, Citations()).startswith("Machine learning engineer: GBP 70,000-150,000, UK, 2024")


def test_each_alternative_says_what_makes_it_one() -> None:
    heads = re.findall(
        r"^Route \d+.*", format_routes(found("software engineer", "AI safety researcher", 4)), re.MULTILINE
    )
    assert len(heads) >= 2
    assert all(re.match(r"Route \d+ \([a-z, ]+\):", head) for head in heads), heads
    assert any("by other stops" in head for head in heads)


def test_a_long_route_among_several_has_only_its_first_step_in_full() -> None:
    answer = found("software engineer", "AI safety researcher", 2)
    best, other = answer.routes
    long = replace(other, steps=other.steps * 2, feasibility=0.5)
    assert format_routes(answer.with_routes((long,))).count("How hard") == 6
    assert format_routes(answer.with_routes((long, best))).count("How hard") == 1


def test_a_computed_step_says_so() -> None:
    text = " ".join(format_routes(found("data analyst", "data scientist")).split())
    assert "no source names this step: it is computed" in text


def test_a_long_shot_says_so_first_with_the_degree_that_would_help() -> None:
    lines = format_routes(found("chef", "data scientist")).splitlines()
    assert lines[2] == "No realistic direct way: this one move is a long shot."
    assert re.match(r"With a bachelor's degree in statistics, about 4-6 years, Data scientist", lines[3])


def test_a_chain_of_long_shots_is_told_in_a_line_where_a_degree_is_the_better_way() -> None:
    lines = format_routes(found("newcomer", "AI infrastructure engineer")).splitlines()
    assert lines[2].startswith("No realistic way by changing jobs alone")
    assert any(line.startswith("With a ") for line in lines)
    assert not any("Do first" in line or line.startswith("  1. ") for line in lines)
    assert any(re.fullmatch(r"  Sources name \d+ of these moves; the rest is computed\.", line) for line in lines)


def test_a_chain_of_long_shots_is_told_step_by_step_where_no_degree_helps() -> None:
    best = found("newcomer", "AI infrastructure engineer")
    alone = Routes(best.origin, best.destination, best.by, best.proven, best.routes, None, None)
    lines = format_routes(alone).splitlines()
    assert not any("Do first" in line for line in lines)
    assert any(line.startswith("  1. ") for line in lines)
    assert any("computed" in line for line in lines)


def test_the_full_text_begins_with_what_to_think_of_a_long_shot() -> None:
    short, full = (make(found("nurse", "data scientist")).splitlines() for make in (format_routes, format_full_routes))
    assert full[:4] == short[:4]
    assert full[2] == "No realistic direct way: this one move is a long shot."


def test_what_is_no_long_shot_has_no_verdict() -> None:
    lines = format_routes(found("software engineer", "machine learning engineer")).splitlines()
    assert lines[2].startswith("Route: ")


def test_each_source_is_listed_once_and_every_number_stands_for_one() -> None:
    text = format_routes(found("software engineer", "AI product manager", 3))
    body, _, sources = text.partition("\nSources\n")
    cited = {int(number) for group in re.findall(r"\[([\d, ]+)\]", body) for number in group.split(", ")}
    listed = [int(number) for number in re.findall(r"^  \[(\d+)\]", sources, re.M)]
    assert listed == sorted(cited) == list(range(1, len(listed) + 1))


def test_no_more_is_missing_in_brief_than_fits_and_the_rest_is_counted() -> None:
    text = " ".join(format_routes(found("software engineer", "machine learning engineer")).split())
    (missing,) = re.findall(r"Missing (.*?)\. Time", text)
    parts = missing.split("; ")
    assert len(parts) == MOST_MISSING + 1
    assert re.fullmatch(r"\d+ more", parts[-1])


def test_the_full_text_has_what_the_brief_one_leaves_out() -> None:
    answered = found("software engineer", "machine learning engineer")
    assert len(format_full_routes(answered).splitlines()) > 2 * len(format_routes(answered).splitlines())
    asked = find_gap(catalogue(), answered.origin.id, answered.destination.id)
    assert len(format_full_gap(asked)) > len(format_gap(asked))


def test_a_gap_counts_what_is_held_partly_held_and_missing() -> None:
    asked = find_gap(catalogue(), find_node(catalogue(), "software engineer"), find_node(catalogue(), "ML engineer"))
    partly = sum(item.met > 0 for item in asked.missing)
    counted = f"{len(asked.held)} held, {partly} partly, {len(asked.missing) - partly} missing."
    assert counted in format_gap(asked)


def test_roles_that_are_compared_have_pay_and_ways_in_with_their_sources() -> None:
    roles = tuple(find_node(catalogue(), name) for name in ("AI ethicist", "AI product manager"))
    text = format_comparison(compare(catalogue(), roles))
    assert text.count("\n  Pay ") == text.count("\n  Ways in ") == 2
    assert "\nSources\n" in text


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 0, "time unknown"),
        (0, 0.4, "less than a month"),
        (1, 1, "about 1 month"),
        (5, 5, "about 5 months"),
        (3, 8, "about 3-8 months"),
        (1, 30, "about 1 month to 2 years"),
        (36, 72, "about 3-6 years"),
    ],
)
def test_a_time_is_a_range_in_months_or_years(low: float, high: float, expected: str) -> None:
    assert format_months(Duration(low, high, ())) == expected


def test_the_words_for_how_hard_a_step_is_come_in_the_order_of_the_numbers() -> None:
    words = [grade(value / 100) for value in range(100, 0, -1)]
    assert list(dict.fromkeys(words)) == ["easy", "manageable", "demanding", "hard", "a long shot"]


def test_a_move_that_is_rarer_than_chance_is_called_so() -> None:
    assert [tell_times_chance(lift) for lift in (0.2, 1.0, 3.6)] == [
        "rarer than chance",
        "about as common as chance",
        "about 4 times as common as chance",
    ]


def test_a_third_party_is_named_as_one() -> None:
    cited = Citations()
    cited.mark([Evidence(Ref("urn:a", "source", "Page", "en"), None, "third-party")])
    assert cited.lines()[-1] == "  [1] Page (third-party)"
