"""The feasibility model: bounded, monotone, indifferent to order and to which alternative of a group is held."""

from __future__ import annotations

from functools import cache, partial
from math import isclose

from hypothesis import given, settings
from hypothesis import strategies as st

from careergraph.catalogue.alignments import add_broader
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_requirements, list_transitions
from careergraph.catalogue.names import find_node
from careergraph.model.records import Requirement, Transition
from careergraph.transitions.feasibility import Parameters, find_word_factors, judge_coverage, judge_feasibility
from careergraph.transitions.gaps import find_gap
from careergraph.transitions.holdings import Holdings, find_holdings, share_met


@cache
def bundled() -> Catalogue:
    return Catalogue.load()


@cache
def moves() -> tuple[Transition, ...]:
    return list_transitions(bundled())


@cache
def assets() -> tuple[str, ...]:
    kinds = ("skill", "credential", "milestone", "background", "role")
    return tuple(sorted(iri for kind in kinds for iri in bundled().by_kind.get(kind, ())))


def holdings() -> st.SearchStrategy[dict[str, float]]:
    return st.dictionaries(st.sampled_from(assets()), st.sampled_from([0.25, 0.4, 0.5, 0.6, 0.75, 1.0]), max_size=30)


def value(move: Transition, held: Holdings, asked: tuple[Requirement, ...] | None = None) -> float:
    wanted = list_requirements(bundled(), move.destination.id) if asked is None else asked
    usual = partial(find_holdings, bundled())
    return judge_feasibility(find_word_factors([move], wanted, held, Parameters.of(bundled()), usual))


@settings(max_examples=150, deadline=None)
@given(held=holdings(), number=st.integers(min_value=0))
def test_a_feasibility_lies_in_the_half_open_unit_interval(held: dict[str, float], number: int) -> None:
    assert 0 < value(moves()[number % len(moves())], Holdings(held, {})) <= 1


@settings(max_examples=150, deadline=None)
@given(held=holdings(), more=holdings(), number=st.integers(min_value=0))
def test_holding_more_never_lowers_a_feasibility(held: dict[str, float], more: dict[str, float], number: int) -> None:
    move, before = moves()[number % len(moves())], Holdings(held, {})
    assert value(move, before.plus(more)) >= value(move, before)


@settings(max_examples=100, deadline=None)
@given(held=holdings(), number=st.integers(min_value=0), seed=st.randoms(use_true_random=False))
def test_the_order_of_requirements_and_holdings_does_not_matter(
    held: dict[str, float], number: int, seed: object
) -> None:
    move = moves()[number % len(moves())]
    asked = list(list_requirements(bundled(), move.destination.id))
    seed.shuffle(asked)  # type: ignore[attr-defined]
    backwards = dict(reversed(held.items()))
    assert isclose(value(move, Holdings(held, {})), value(move, Holdings(backwards, {}), tuple(asked)))


@settings(max_examples=100, deadline=None)
@given(number=st.integers(min_value=0), level=st.sampled_from([0.25, 0.5, 1.0]))
def test_any_alternative_of_a_group_is_as_good_as_another(number: int, level: float) -> None:
    move = moves()[number % len(moves())]
    for item in list_requirements(bundled(), move.destination.id):
        degrees = {share_met(item, Holdings({ref.id: level}, {})) for ref in item.any_of}
        assert len(degrees) == 1
        assert degrees == {share_met(item, Holdings({ref.id: level for ref in item.any_of}, {}))}


def test_pytorch_or_tensorflow_is_one_group_and_either_closes_it() -> None:
    origin, role = find_node(bundled(), "software engineer"), find_node(bundled(), "ML engineer")
    labels = {"PyTorch", "TensorFlow"}
    before = find_gap(bundled(), origin, role)
    assert [{ref.label for ref in m.any_of} for m in before.missing if labels & {r.label for r in m.any_of}] == [labels]
    for tool in labels:
        held = find_holdings(bundled(), origin).plus(add_broader(bundled(), {find_node(bundled(), tool): 1.0}))
        after = find_gap(bundled(), origin, role, held)
        assert not [m for m in after.missing if labels & {ref.label for ref in m.any_of}]
        assert tool in {ref.label for ref in after.held}


def test_a_tool_implies_its_skill_but_a_part_of_a_subject_does_not_imply_the_subject() -> None:
    pytorch, probability = find_node(bundled(), "pytorch"), find_node(bundled(), "probability")
    found = {bundled().label(iri) for iri in add_broader(bundled(), {pytorch: 1.0, probability: 1.0})}
    assert found == {"PyTorch", "Probability", "Deep-learning frameworks"}


def test_the_weights_are_data() -> None:
    doubled = {iri: dict(predicates) for iri, predicates in bundled().statements.items()}
    floor = "https://w3id.org/careergraph/id/parameter/coverage-floor"
    doubled[floor]["https://w3id.org/careergraph/ontology#weight"] = ["0.9"]
    assert Parameters.of(Catalogue(doubled)).coverage_floor == 0.9
    assert Parameters.of(bundled()).coverage_floor == 0.3


def test_the_words_hold_for_whoever_holds_what_is_usual_there() -> None:
    for move in moves():
        asked = list_requirements(bundled(), move.destination.id)
        held = find_holdings(bundled(), move.origin.id)
        usual = partial(find_holdings, bundled())
        words = find_word_factors([move], asked, held, Parameters.of(bundled()), usual)[0]
        assert (words.name, isclose(words.value, move.ease_weight)) == ("words", True)


def test_a_role_without_a_single_skill_is_never_fully_covered_whatever_else_it_asks_for() -> None:
    degree = bundled().ref(find_node(bundled(), "Bachelor's degree"))
    asked = Requirement((degree,), "required", None, None, degree, 1.0, 1.0, (), (), estimated=False)
    parameters = Parameters.of(bundled())
    factor = judge_coverage([asked], Holdings({degree.id: 1.0}, {}), parameters)
    floor, share = parameters.coverage_floor, parameters.unknown_coverage
    assert (factor.name, factor.value) == ("coverage", floor + (1 - floor) * share)
    assert "no source says which skills it takes" in factor.reason
