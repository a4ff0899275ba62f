"""How far holdings meet what roles ask for, as rows of numbers."""

from __future__ import annotations

import numpy as np
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.transitions.coverage import Holdings, share_met
from careergraph.transitions.coverage_table import CoverageTable
from careergraph.transitions.holdings import find_holdings
from careergraph.transitions.requirements import find_requirements

ID = "https://w3id.org/careergraph/id/"
BUNDLED = Catalogue.load("bundled")
SHARES = CoverageTable(BUNDLED, lambda role: find_requirements(BUNDLED, role))
ROLES = BUNDLED.by_kind["role"]
SWE, NURSE = (find_holdings(BUNDLED, f"{ID}background/{name}") for name in ("software-engineer", "nurse"))
GROUP = Holdings({}, {frozenset({f"{ID}skill/pytorch", f"{ID}skill/tensorflow"}): 1.0})


@pytest.mark.parametrize("other", [NURSE, GROUP], ids=["assets", "one of several, unknown which"])
def test_of_two_holdings_together_each_number_is_the_larger_one(other: Holdings) -> None:
    both = SHARES.row(SWE.plus(other.assets, other.groups))
    assert np.array_equal(both, np.maximum(SHARES.row(SWE), SHARES.row(other)))
    assert not np.array_equal(SHARES.row(SWE), SHARES.row(other))


def test_what_is_lacking_is_what_is_not_met_in_full() -> None:
    row = SHARES.row(SWE)
    for role in ROLES:
        lacking = [share_met(item, SWE) < 1 for item in find_requirements(BUNDLED, role)]
        assert list(SHARES.lacking(role, SHARES.met(row, role))) == lacking


def test_a_condition_of_a_move_and_schooling_tell_people_apart() -> None:
    asked = CoverageTable(BUNDLED, lambda role: ())
    met = {role: {asked.met(asked.row(held), role) for held in (SWE, NURSE, Holdings({}, {}))} for role in ROLES}
    assert all(len(found) >= 2 for found in met.values())
