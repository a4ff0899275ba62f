"""Routes to all roles at once: those that a search for each pair finds."""

from __future__ import annotations

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import NoAnswer
from careergraph.transitions.all_routes import MOST_STEPS, SharedFacts, find_routes_to_all
from careergraph.transitions.route_steps import Route
from careergraph.transitions.routes import find_routes

ID = "https://w3id.org/careergraph/id/"
BUNDLED = Catalogue.load("bundled")
KNOWN = SharedFacts(BUNDLED)
ROLES = BUNDLED.by_kind["role"]


def searched(origin: str, role: str) -> tuple[Route, ...]:
    try:
        return find_routes(BUNDLED, origin, role, k=3, max_steps=MOST_STEPS).routes
    except NoAnswer:  # already there
        return ()


@pytest.mark.parametrize(
    "origin",
    ["background/software-engineer", "background/nurse", "background/academic-law", "role/data-scientist"],
)
class TestRoutesToAll:
    def test_are_those_that_a_search_for_each_pair_finds_whatever_was_asked_before(self, origin: str) -> None:
        found = find_routes_to_all(BUNDLED, ID + origin, ROLES, k=3, known=KNOWN)
        for role in ROLES:
            assert found.get(role, ()) == searched(ID + origin, role), role
        assert len(found) > 10

    def test_are_of_a_few_steps_and_lead_somewhere_else(self, origin: str) -> None:
        found = find_routes_to_all(BUNDLED, ID + origin, ROLES, k=3, known=KNOWN)
        assert ID + origin not in found
        assert all(1 <= len(route.steps) <= MOST_STEPS for ways in found.values() for route in ways)
