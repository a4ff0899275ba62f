"""A view shows named things and what is said between them: all of it, or a part that says what it leaves out."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_transitions
from careergraph.catalogue.names import find_node, is_in_vocabulary
from careergraph.export.statements import Material
from careergraph.export.view import View, ViewEdge, view
from careergraph.model.errors import ContradictoryConditions, UnknownKind, UnknownName
from careergraph.rdf.kinds import NAMED_KINDS
from careergraph.rdf.standards import SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.routes import find_routes

CATALOGUE = Catalogue.load()
HOSTILE = Path(__file__).parents[2] / "fixtures" / "exports" / "hostile.ttl"
ROLE = "https://w3id.org/careergraph/id/role/"


@cache
def whole() -> View:
    return view(CATALOGUE)


def edges(kind: str, **wanted: object) -> list[ViewEdge]:
    return [e for e in whole().edges if e.kind == kind and all(getattr(e, k) == v for k, v in wanted.items())]


def test_every_named_thing_is_a_node_and_no_claim_is() -> None:
    named = {iri for kind in NAMED_KINDS for iri in CATALOGUE.by_kind.get(kind, ())}
    assert {node.id for node in whole().nodes} == named


def test_for_a_picture_only_what_of_the_vocabulary_is_joined_with_something_else_is_there() -> None:
    drawn = view(CATALOGUE, words=False)
    joined = {iri for edge in drawn.edges for iri in (edge.source, edge.target)}
    assert [node.label for node in drawn.nodes if is_in_vocabulary(CATALOGUE, node.id) and node.id not in joined] == []
    assert {node.id for node in drawn.nodes} < {node.id for node in whole().nodes}


def test_nothing_is_left_out_unless_something_is_chosen() -> None:
    assert (whole().left_out.nodes, whole().left_out.edges, whole().left_out.kinds) == (0, 0, {})


def test_every_edge_has_a_name_of_its_own_and_joins_two_nodes() -> None:
    nodes = {node.id for node in whole().nodes}
    assert len({edge.id for edge in whole().edges}) == len(whole().edges)
    assert all({edge.source, edge.target} <= nodes for edge in whole().edges)


def test_every_asserted_transition_is_an_edge_with_its_ease_and_evidence() -> None:
    shown = {(e.claim, e.source, e.target, e.ease, e.evidence) for e in edges("transition")}
    assert shown == {(t.id, t.origin.id, t.destination.id, t.ease, t.evidence) for t in list_transitions(CATALOGUE)}


def test_a_transition_weighs_what_a_route_of_it_alone_is_worth() -> None:
    start, goal = find_node(CATALOGUE, "software engineer"), find_node(CATALOGUE, "ML engineer")
    weights = [edge.weight or 0 for edge in edges("transition", source=start, target=goal)]
    assert weights == [find_routes(CATALOGUE, start, goal, max_steps=1).routes[0].feasibility] * 2


def test_alternatives_are_edges_of_one_group_and_a_single_asset_has_none() -> None:
    asked = edges("requires", source=f"{ROLE}machine-learning-engineer")
    groups = {edge.group for edge in asked if edge.group}
    labels = [{CATALOGUE.label(edge.target) for edge in asked if edge.group == group} for group in groups]
    assert {"PyTorch", "TensorFlow"} in labels
    assert all(len(group) > 1 for group in labels)
    assert [edge.group for edge in asked if CATALOGUE.label(edge.target) == "Statistics"] == [None]


def test_what_a_role_does_not_need_is_no_requirement() -> None:
    (waived,) = edges("waives")
    assert (waived.weight, waived.strength) == (0.0, "not needed")
    assert waived.claim not in {edge.claim for edge in edges("requires")}


def test_what_only_helps_with_a_course_is_not_expected() -> None:
    kinds = {CATALOGUE.value(edge.claim or "", "https://schema.org/propertyID") for edge in edges("expects")}
    assert kinds == {"prerequisite"}
    assert edges("eased")


def test_a_step_leaves_from_the_destination_and_names_its_transition() -> None:
    (step, *_) = edges(
        "step", claim="https://w3id.org/careergraph/id/step/software-engineer--machine-learning-engineer-2-portfolio"
    )
    assert step.source == f"{ROLE}machine-learning-engineer"
    assert step.transition == "https://w3id.org/careergraph/id/transition/software-engineer--machine-learning-engineer"
    assert step.strength == "most important step"


def test_holdings_are_told_apart_as_the_editors_judgement() -> None:
    assert {edge.basis for edge in edges("holds")} == {"judged"}
    assert {edge.basis for edge in edges("requires")} == {"asserted"}
    assert {edge.basis for edge in edges("broader")} == {"stated"}


def test_edges_that_sources_disagree_about_say_so() -> None:
    concerned = {claim for note in CATALOGUE.by_kind["disagreement"] for claim in CATALOGUE.values(note, CG.concerns)}
    assert concerned
    assert {edge.claim for edge in whole().edges if edge.disputed} == {
        e.claim for e in whole().edges if e.claim in concerned
    }


def test_pay_named_for_an_employer_is_told_in_figures() -> None:
    told = {edge.text for edge in edges("pays", target=f"{ROLE}ai-product-manager")}
    assert "USD 200,000 to 350,000 or more, US" in told


def test_what_is_part_of_what_is_an_edge_of_the_statement() -> None:
    (edge,) = edges("broader", source=find_node(CATALOGUE, "PyTorch"))
    assert (edge.predicate, edge.claim, edge.label) == (SKOS.broader, None, "is part of")


def neighbourhood(focus: str, depth: int) -> set[str]:
    graph = nx.Graph((edge.source, edge.target) for edge in whole().edges)
    graph.add_node(focus)
    return set(nx.ego_graph(graph, focus, radius=depth))


@pytest.mark.parametrize("depth", [0, 1, 2])
@pytest.mark.parametrize("name", ["Docker", "AI ethicist", "Andrew Ng"])
def test_a_focus_shows_what_networkx_finds_as_near(name: str, depth: int) -> None:
    focus = find_node(CATALOGUE, name)
    assert {node.id for node in view(CATALOGUE, focus=focus, depth=depth).nodes} == neighbourhood(focus, depth)


def test_a_focus_without_depth_shows_its_neighbours() -> None:
    focus = find_node(CATALOGUE, "Docker")
    assert view(CATALOGUE, focus=focus) == view(CATALOGUE, focus=focus, depth=1)


def test_kinds_choose_nodes_but_never_drop_the_focus() -> None:
    found = view(CATALOGUE, focus=find_node(CATALOGUE, "Docker"), kinds=["role"])
    assert {node.kind for node in found.nodes} == {"role", "skill"}
    assert [node.label for node in found.nodes if node.kind == "skill"] == ["Docker"]


def test_of_too_many_nodes_the_nearest_stay() -> None:
    focus = find_node(CATALOGUE, "Docker")
    near = neighbourhood(focus, 1)
    found = {node.id for node in view(CATALOGUE, focus=focus, depth=3, max_nodes=len(near)).nodes}
    assert found == near


@settings(max_examples=30, deadline=None)
@given(
    focus=st.none() | st.deferred(lambda: st.sampled_from([node.id for node in whole().nodes])),
    kinds=st.none() | st.lists(st.sampled_from(NAMED_KINDS), max_size=4),
    max_nodes=st.none() | st.integers(1, 400),
)
def test_a_selection_is_a_part_of_the_whole_and_counts_the_rest(
    focus: str | None, kinds: list[str] | None, max_nodes: int | None
) -> None:
    found = view(CATALOGUE, focus=focus, kinds=kinds, max_nodes=max_nodes)
    nodes = {node.id for node in found.nodes}
    assert set(found.nodes) <= set(whole().nodes)
    assert set(found.edges) == {e for e in whole().edges if e.source in nodes and e.target in nodes}
    assert max_nodes is None or len(nodes) <= max_nodes
    assert focus is None or focus in nodes
    left = found.left_out
    assert (len(nodes) + left.nodes, len(found.edges) + left.edges) == (len(whole().nodes), len(whole().edges))
    assert sum(left.kinds.values()) == left.nodes


def test_a_depth_without_focus_is_refused() -> None:
    with pytest.raises(ContradictoryConditions, match="--focus"):
        view(CATALOGUE, depth=2)


def test_a_negative_depth_is_refused() -> None:
    with pytest.raises(ContradictoryConditions, match="-1"):
        view(CATALOGUE, focus=f"{ROLE}ai-ethicist", depth=-1)


def test_no_nodes_at_all_is_refused() -> None:
    with pytest.raises(ContradictoryConditions, match="1 or more"):
        view(CATALOGUE, max_nodes=0)


def test_an_unknown_kind_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownKind, match="milestone"):
        view(CATALOGUE, kinds=["claim"])


def test_a_focus_that_is_no_named_thing_is_refused() -> None:
    with pytest.raises(UnknownName):
        view(CATALOGUE, focus="http://example.org/nowhere")


def hostile() -> View:
    return view(Material.of_files([str(HOSTILE)]).catalogue)


def test_parallel_claims_without_names_stay_apart() -> None:
    moves = [edge for edge in hostile().edges if edge.kind == "transition"]
    assert sorted(edge.text for edge in moves) == ["First.", "Second."]
    assert len({(edge.source, edge.target) for edge in moves}) == 1


def test_groups_of_claims_without_names_stay_apart() -> None:
    asked = [edge for edge in hostile().edges if edge.kind == "requires"]
    groups = {edge.group: {e.target for e in asked if e.group == edge.group} for edge in asked}
    assert sorted(map(sorted, groups.values())) == [
        ["http://example.org/one", "http://example.org/two"],
        ["http://example.org/one", "role:not-ours"],
    ]


def test_claims_without_names_are_called_the_same_every_time() -> None:
    assert hostile() == hostile()


def test_any_other_statement_between_things_is_an_edge_by_its_predicate() -> None:
    (edge,) = [edge for edge in hostile().edges if edge.kind == "related"]
    assert (edge.source, edge.target) == ("http://example.org/two", "http://example.org/one")


def test_data_that_names_nothing_gives_an_empty_view(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text("<http://a/1> <http://a/p> <http://a/2> .\n")
    found = view(Catalogue.of_files([str(tmp_path / "own.ttl")]))
    assert (found.nodes, found.edges) == ((), ())
