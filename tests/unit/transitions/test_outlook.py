"""Reach, what-if, next skills, bridges, and pay along a route."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from math import inf
from pathlib import Path
from typing import Any

import click
import networkx as nx
import pytest

import careergraph
from careergraph.api import CareerGraph
from careergraph.cli.plan import plan_command
from careergraph.cli.progress_bar import show_progress
from careergraph.model.errors import BadRate, ContradictoryConditions
from careergraph.model.records import Pay, Ref
from careergraph.rdf.standards import SKOS
from careergraph.render.text.mermaid import draw_routes
from careergraph.transitions.coverage import Holdings
from careergraph.transitions.learning_order import order_by_learning
from careergraph.transitions.moves import list_moves
from careergraph.transitions.network import Network
from careergraph.transitions.origins import Origin
from careergraph.transitions.outlook import Reach
from careergraph.transitions.pay import compare_pay, read_rate
from careergraph.transitions.plans.course_prices import MEASURES
from in_process import call

NOBODY = Origin(Ref("urn:nobody", "person", "", None), (), Holdings({}, {}), {})
ONE, OTHER = Ref("id:one", "role", "One", "en"), Ref("id:other", "role", "Other", "en")


@cache
def graph() -> CareerGraph:
    return careergraph.load()


def values(found: Reach) -> dict[str, float]:
    return {item.role.label: item.feasibility for item in found.destinations}


def test_reach_ranks_the_best_route_to_every_role_that_sources_lead_to() -> None:
    found = graph().reach("software engineer", derived=False)
    ranked = [item.attempts for item in found.destinations]
    assert ranked == sorted(ranked)
    assert {item.role.label for item in found.destinations} == {
        "AI infrastructure engineer",
        "Data engineer",
        "MLOps engineer",
        "Machine learning engineer",
        "AI product manager",
        "Technical AI safety researcher",
    }
    for item in found.destinations:
        assert item.route == graph().routes("software engineer", item.role.label, derived=False).routes[0]


def test_nothing_is_in_reach_from_where_no_source_leads_and_derived_transitions_say_so() -> None:
    assert graph().reach("AI ethicist", derived=False).destinations == ()
    derived = graph().reach("AI ethicist").destinations
    assert derived
    for step in (step for item in derived for step in item.route.steps):
        assert (step.basis == "derived") == (not step.evidence) == (not step.transitions)


def test_a_derived_transition_never_replaces_an_asserted_one() -> None:
    (route,) = graph().routes("software engineer", "ML engineer").routes
    assert [step.basis for step in route.steps] == ["asserted"]


def test_what_if_tells_before_and_after_and_never_lowers_anything() -> None:
    plain, richer = (
        graph().reach("data scientist"),
        graph().reach("data scientist", with_skills=["Kubeflow", "PhD in statistics"]),
    )
    assert values(plain).keys() == values(richer).keys()
    for item in richer.destinations:
        assert item.before == values(plain)[item.role.label]
        assert item.feasibility >= item.before
    assert values(richer)["AI research scientist"] > values(plain)["AI research scientist"]


def test_next_skills_are_in_an_order_to_learn_and_each_gain_is_what_holding_it_brings() -> None:
    found = graph().next_skills("data scientist", "AI research scientist")
    ranked = sorted(found.gains, key=lambda gain: (-gain.attempts, gain.asset.label, gain.asset.id))
    ordered = order_by_learning(graph().catalogue, [gain.asset.id for gain in ranked])
    assert [gain.asset.id for gain in found.gains] == ordered
    for gain in found.gains:
        origin = graph()._origin("data scientist").with_assets(graph().catalogue, (gain.asset.id,), "test")
        best = graph().routes(origin, "AI research scientist").routes[0]
        assert best.feasibility == gain.feasibility
        assert gain.attempts == round(found.attempts - best.attempts, 4) > 0


def test_bridges_count_the_best_routes_that_pass_through() -> None:
    catalogue, found = graph().catalogue, graph().bridges()
    # Where a way may end, it need not be possible to go on: an end is a node of its own.
    stops = Network(catalogue, NOBODY)
    network: nx.DiGraph[str] = nx.DiGraph()
    for move in list_moves(catalogue, derived=True):
        network.add_edge(move.origin, f"end {move.destination}", cost=move.cost)
        if stops.is_passable(move.origin, move.destination):
            network.add_edge(move.origin, move.destination, cost=move.cost)
    origins = [node for node in network if not node.startswith("end ")]
    families = {role for role in catalogue.by_kind["role"] if catalogue.pointing(SKOS.broader, role, "role")}
    lengths = dict(nx.all_pairs_dijkstra_path_length(network, weight="cost"))
    for bridge in found.bridges:
        assert bridge.role.id not in families
        assert bridge.betweenness == round(bridge.passes / found.pairs, 4)
        # What a role is passed by at the least: pairs of which every best way has to pass it.
        without = network.subgraph(set(network) - {bridge.role.id})
        around = dict(nx.all_pairs_dijkstra_path_length(without, weight="cost"))
        needed = sum(
            cost < around[o].get(d, inf) - 1e-9
            for o in origins
            if o in around
            for d, cost in lengths[o].items()
            if d.startswith("end ") and d not in (f"end {o}", f"end {bridge.role.id}")
        )
        assert bridge.passes >= needed


def line(role: Ref, **fields: Any) -> Pay:
    given: dict[str, Any] = {
        "id": f"pay:{role.label}", "role": role, "low": 100, "high": 200, "open_ended": False, "currency": "USD",
        "region": "US", "segments": ("startup",), "employers": (), "seniority": None, "basis": "cash", "equity": None,
        "year": None, "spread": None, "text": None, "evidence": (), "notes": (),
    }  # fmt: skip
    return Pay(**(given | fields))


def test_like_is_compared_with_like() -> None:
    (change,) = compare_pay([(ONE, [line(ONE)]), (OTHER, [line(OTHER, low=150, high=220, open_ended=True)])])
    assert (change.low, change.high, change.currency, change.open_ended) == (50, 20, "USD", True)


@pytest.mark.parametrize(
    "fields",
    [
        {"currency": "GBP"},
        {"currency": None},
        {"region": "UK"},
        {"region": None},
        {"segments": ("university",)},
        {"basis": "total compensation"},
        {"basis": None},
        {"seniority": "senior"},
        {"low": None, "high": None},
    ],
    ids=str,
)
def test_unlike_is_not_compared(fields: dict[str, object]) -> None:
    assert compare_pay([(ONE, [line(ONE)]), (OTHER, [line(OTHER, **fields)])]) == ()


def test_a_rate_of_the_users_makes_currencies_alike_in_both_directions_and_nothing_else() -> None:
    pounds = line(OTHER, currency="GBP")
    (change,) = compare_pay([(ONE, [line(ONE)]), (OTHER, [pounds])], {("GBP", "USD"): 2.0})
    assert (change.low, change.high, change.currency, change.converted) == (50, 100, "GBP", True)
    (back,) = compare_pay([(OTHER, [pounds]), (ONE, [line(ONE)])], {("GBP", "USD"): 2.0})
    assert (back.low, back.high, back.currency) == (-100, -200, "USD")
    elsewhere = line(OTHER, currency="GBP", region="UK")
    assert compare_pay([(ONE, [line(ONE)]), (OTHER, [elsewhere])], {("GBP", "USD"): 2.0}) == ()


@pytest.mark.parametrize(
    "text", ["", "GBP:USD", "GBP=1", "GBP:USD=0", "GBP:USD=-1", "GBP:USD=nan", "GBP:USD=inf", "a:b=1"]
)
def test_what_is_not_a_rate_is_refused(text: str) -> None:
    with pytest.raises(BadRate):
        read_rate(text)


def test_a_route_compares_the_uk_lines_of_its_roles() -> None:
    (route,) = graph().routes("software engineer", "AI product manager", via=["machine learning engineer"]).routes
    assert [(change.region, change.low, change.high) for change in route.pay_changes] == [("UK", 20_000, 0)]


def test_mermaid_draws_every_step_once_and_escapes_labels() -> None:
    found = graph().routes("software engineer", "AI product manager", k=3)
    lines = draw_routes(found).splitlines()
    assert (lines[0], lines[1], lines[-1]) == ("```mermaid", "flowchart LR", "```")
    steps = {(step.origin.id, step.destination.id) for route in found.routes for step in route.steps}
    assert sum("-->" in drawn or "-.->" in drawn for drawn in lines) == len(steps)
    quoted = replace_label(found.to_dict()["origin"]["label"])
    assert any(f'"{quoted}"' in drawn for drawn in lines)


def replace_label(label: str) -> str:
    return label.replace('"', "#quot;")


def test_what_cannot_be_asked_for_is_refused() -> None:
    for ask in (
        lambda: graph().routes("consultant", "AI PM", k=0),
        lambda: graph().routes("consultant", "AI PM", max_steps=0),
        lambda: graph().routes("consultant", "AI PM", by="luck"),
        lambda: graph().plan("consultant", "AI PM", by="luck"),
    ):
        with pytest.raises(ContradictoryConditions):
            ask()


def test_the_command_line_offers_every_measure_of_a_plan() -> None:
    (option,) = (option for option in plan_command.params if option.name == "by")
    assert isinstance(option.type, click.Choice)
    assert tuple(option.type.choices) == tuple(MEASURES)


def test_records_are_frozen() -> None:
    with pytest.raises(AttributeError, match="cannot assign"):
        ONE.label = "changed"  # type: ignore[misc]
    with pytest.raises(TypeError, match="takes id, kind, label"):
        Ref("a", "b")  # type: ignore[call-arg]
    assert replace(ONE, label="Two") == Ref("id:one", "role", "Two", "en")


def test_bridges_among_imported_occupations_are_counted_beforehand(small_onet: Path) -> None:
    finished = call("bridges", "--dataset", "bundled", "--dataset", str(small_onet), "--format", "json")
    assert (finished.code, finished.err) == (0, "")
    quiet = call("bridges", "--dataset", "bundled", "--format", "json")
    assert quiet.err == ""
    assert json.loads(finished.out)["pairs"] > json.loads(quiet.out)["pairs"]


def test_the_rate_of_progress_is_that_of_the_last_stretch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter([0.0, 1.0, 3.0])
    monkeypatch.setattr("careergraph.cli.progress_bar.monotonic", lambda: next(clock))
    with show_progress("rows") as progress:
        for done in (0, 50, 100):
            progress("Reading", done, 200)
    assert capsys.readouterr().err.splitlines() == [
        "Reading ...",
        "  25%, 50 of 200 rows, 50 a second, 3 s left",
        "  50%, 100 of 200 rows, 25 a second, 4 s left",
    ]
