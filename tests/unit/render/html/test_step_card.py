"""The card of a step: what it says is what the step has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Pay, Transition
from careergraph.render.html.step_card import MOST_CELLS, list_skill_cells, step_card
from careergraph.render.text.routes import find_first_thing
from careergraph.render.text.verdict import format_months
from careergraph.transitions.gaps import Missing
from careergraph.transitions.route_steps import RouteStep
from careergraph.transitions.routes import find_routes

ID = "https://w3id.org/careergraph/id/"
BUNDLED = Catalogue.load("bundled")
STEPS = [
    step
    for ends in (("background/software-engineer", "role/ai-product-manager"), ("background/nurse", "role/ai-ethicist"))
    for route in find_routes(BUNDLED, *(ID + end for end in ends), k=3).routes
    for step in route.steps
]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.origin.label} to {step.destination.label}")
class TestACard:
    def test_counts_what_is_held_partly_held_and_missing(self, step: RouteStep) -> None:
        card = step_card(step)
        assert card.held == len(step.held)
        assert card.partly + card.missing == len(step.missing)
        assert card.partly == len([item for item in step.missing if item.met])
        states = [cell.state for cell in card.cells]
        counts = {"held": card.held, "partly": card.partly, "missing": card.missing}
        single = sum(counts.values()) <= MOST_CELLS  # else a cell for each share
        assert states == [state for state, count in counts.items() for _ in range(count if single else count > 0)]

    def test_says_what_the_command_line_says(self, step: RouteStep) -> None:
        card = step_card(step)
        assert (card.first, card.time) == (find_first_thing(step), format_months(step.duration))
        assert card.sourced == (step.basis == "asserted")
        assert ("no source names this step" in card.named) != card.sourced

    def test_counts_each_section_of_a_source_once(self, step: RouteStep) -> None:
        claims: list[Transition | Missing | Pay] = [*step.transitions, *step.missing, *step.pay]
        cited = {(item.source.id, item.section) for claim in claims for item in claim.evidence}
        assert step_card(step).sources == len(cited)

    def test_shows_the_first_pay_line_with_figures(self, step: RouteStep) -> None:
        card = step_card(step)
        known = [line for line in step.pay if line.low is not None or line.high is not None]
        assert (card.pay is not None) == bool(known)
        if card.pay:
            assert card.pay.more == len(step.pay) - 1


@given(st.tuples(st.integers(0, 90), st.integers(0, 90), st.integers(0, 90)))
def test_a_bar_has_the_shares_of_what_it_counts_without_gaps(counts: tuple[int, int, int]) -> None:
    named = dict(zip(("held", "partly", "missing"), counts, strict=True))
    cells = list_skill_cells(named)
    assert len(cells) <= max(MOST_CELLS, 3)
    whole = sum(cell.width for cell in cells)
    for state, count in named.items():
        share = sum(cell.width for cell in cells if cell.state == state)
        assert not count or abs(share / whole - count / sum(counts)) < 0.02
    ends = [cell.x + cell.width for cell in cells]
    assert all(abs(cell.x - end) < 0.02 for cell, end in zip(cells[1:], ends, strict=False))


def test_a_source_that_speaks_of_others_is_said_to() -> None:
    (step,) = find_routes(BUNDLED, f"{ID}background/nurse", f"{ID}role/ai-policy-role").routes[0].steps
    assert step_card(step).named.endswith(" of Non-technical person")
