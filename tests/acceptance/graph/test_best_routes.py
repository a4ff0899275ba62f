"""From every position, the best route is the best of all there are."""

from __future__ import annotations

from functools import cache

import pytest

from all_paths import assert_best, list_origins
from careergraph.catalogue.catalogue import Catalogue
from careergraph.transitions.criteria import CRITERIA, LONGEST_ROUTE


@cache
def bundled() -> Catalogue:
    return Catalogue.load()


def positions() -> list[str]:
    return list_origins(bundled())


@pytest.mark.parametrize("origin", positions(), ids=lambda iri: iri.rsplit("/", 2)[-1])
def test_the_best_route_that_sources_name_is_the_best_of_all_paths(origin: str) -> None:
    assert_best(bundled(), origin, CRITERIA, derived=False, max_steps=LONGEST_ROUTE)


@pytest.mark.parametrize("origin", positions()[::6], ids=lambda iri: iri.rsplit("/", 2)[-1])
def test_the_best_route_with_computed_steps_is_the_best_of_all_paths(origin: str) -> None:
    assert_best(bundled(), origin, ["attempts", "feasibility", "steps"], derived=True, max_steps=2)
