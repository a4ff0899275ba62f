"""How far somebody meets what a role asks for."""

from __future__ import annotations

from functools import cache

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.transitions.coverage import Holdings
from careergraph.transitions.feasibility import Parameters
from careergraph.transitions.fit import Fit
from careergraph.transitions.gaps import find_gap
from careergraph.transitions.holdings import find_holdings
from careergraph.transitions.requirements import find_requirements


@cache
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


def fit_of(origin: str, role: str) -> Fit:
    catalogue = bundled()
    held = find_holdings(catalogue, find_node(catalogue, origin)) if origin else Holdings({}, {})
    return Fit(catalogue, find_requirements(catalogue, find_node(catalogue, role)), held, Parameters.of(catalogue))


def test_what_is_missing_is_what_the_gap_is() -> None:
    origin, role = (find_node(bundled(), name) for name in ("software engineer", "machine learning engineer"))
    found = fit_of("software engineer", "machine learning engineer")
    assert found.missing == find_gap(bundled(), origin, role).missing
    assert found.missing is found.missing


def test_whoever_holds_nothing_has_most_to_learn_and_least_covered() -> None:
    nothing, some = (fit_of(name, "machine learning engineer") for name in ("", "software engineer"))
    assert nothing.effort > some.effort > 0
    assert nothing.skills > some.skills
    assert nothing.coverage.value < some.coverage.value
    assert nothing.preparation.value <= some.preparation.value


def test_whoever_is_there_has_nothing_to_learn() -> None:
    there = fit_of("machine learning engineer", "machine learning engineer")
    assert (there.schooling(), there.preparation.reason) == (0.0, "lacks nothing")
