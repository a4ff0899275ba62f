"""The ways to begin with: along the map, from where people start, by moves that sources name."""

from __future__ import annotations

from itertools import pairwise

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.render.map.career_map import CareerMap, draw_career_map
from careergraph.render.map.examples import find_examples


@pytest.fixture(scope="module")
def shown() -> CareerMap:
    return draw_career_map(Catalogue.load("bundled"))


def test_there_is_one_from_each_lane(shown: CareerMap) -> None:
    lanes = {station.ref.id: station.lane for station in shown.stations}
    assert [lanes[found.stops[0].id] for found in find_examples(shown)] == list(shown.lanes)


def test_each_step_is_a_line_of_the_map_that_a_source_names(shown: CareerMap) -> None:
    lines = {(line.origin, line.destination) for line in shown.lines if line.sourced}
    for found in find_examples(shown):
        ends = [ref.id for ref in found.stops]
        assert set(pairwise(ends)) <= lines
        assert found.sourced == (True,) * (len(ends) - 1)


def test_it_goes_on_to_where_nothing_leads_on(shown: CareerMap) -> None:
    ways = [[ref.label for ref in found.stops] for found in find_examples(shown)]
    assert ["PhD student (ML or CS)", "AI research scientist", "Technical AI safety researcher"] in ways
