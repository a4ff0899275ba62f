"""Answers fit on a screen, whoever asks."""

from __future__ import annotations

from functools import cache

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import NoAnswer
from careergraph.rdf.kinds import POSITIONS
from careergraph.render.text.phrases import WIDTH
from careergraph.render.text.routes import format_routes
from careergraph.transitions.route_steps import Routes
from careergraph.transitions.routes import find_routes


@cache
def catalogue() -> Catalogue:
    return Catalogue.load("bundled")


ORIGINS = sorted(iri for kind in POSITIONS for iri in catalogue().by_kind.get(kind, ()))


def answer(origin: str, role: str, k: int) -> Routes | None:
    try:
        return find_routes(catalogue(), origin, f"https://w3id.org/careergraph/id/{role}", k=k)
    except NoAnswer:
        return None


@pytest.mark.parametrize("role", ["role/machine-learning-engineer", "role/ai-product-manager", "role/ai-ethicist"])
def test_every_answer_fits_on_a_screen(role: str) -> None:
    answers = [answer(origin, role, 3) for origin in ORIGINS[::4]]
    told = [item for item in answers if item is not None]
    assert len(told) > 5
    for item in told:
        best = item.routes[:1]
        known = item.by_degree, item.nearer
        one = format_routes(Routes(item.origin, item.destination, item.by, item.proven, best, *known)).splitlines()
        assert len(one) <= 40 + 20 * (len(best[0].steps) - 1)
        three = format_routes(item).splitlines()
        assert len(three) <= 90
        assert max(map(len, three)) <= WIDTH
