"""Roles side by side: what all of them ask for, what is estimated among it."""

from __future__ import annotations

from functools import partial

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.catalogue.node_profiles import Comparison, compare
from careergraph.render.text.comparison import format_comparison
from careergraph.transitions.requirements import find_requirements


@pytest.fixture(scope="module")
def found() -> Comparison:
    catalogue = Catalogue.load("bundled")
    roles = tuple(find_node(catalogue, name) for name in ("data scientist", "ML engineer"))
    return compare(catalogue, roles, partial(find_requirements, catalogue))


def test_what_is_only_estimated_of_a_role_counts_among_what_both_ask_for(found: Comparison) -> None:
    assert {"Python", "Statistics"} <= {group[0].label for group in found.shared}


def test_what_is_estimated_is_marked(found: Comparison) -> None:
    marked = {role.label: any(item.estimated for item in role.requirements) for role in found.roles}
    assert marked == {"Data scientist": True, "Machine learning engineer": False}
    assert "(estimated)" in format_comparison(found)
