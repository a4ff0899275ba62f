"""The routes that a page without a server has."""

from __future__ import annotations

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.export.explorer.route_table import list_answers
from careergraph.transitions.all_routes import find_routes_to_all
from careergraph.transitions.origins import make_origin
from careergraph.transitions.routes import find_routes


def test_have_what_a_degree_would_change_as_the_command_line_tells_it() -> None:
    found = Catalogue.load("bundled")
    nurse, scientist = find_node(found, "nurse"), find_node(found, "data scientist")
    start = make_origin(found, nurse)
    (answer,) = list_answers(found, start, find_routes_to_all(found, start, [scientist], max_steps=2))
    asked = find_routes(found, nurse, scientist, max_steps=2)
    assert (answer.by_degree, answer.nearer) == (asked.by_degree, asked.nearer)
    assert answer.by_degree is not None
