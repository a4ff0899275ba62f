"""Maps of where somebody can get to, where the editors' map has it not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Ref
from careergraph.rdf.standards import SKOS
from careergraph.render.map.career_map import CareerMap, Station, draw_career_map
from careergraph.render.map.drawing import LEADING, draw
from careergraph.render.map.families import OTHERS, find_family
from careergraph.render.map.layout import lay_out
from careergraph.render.map.neighbourhood import MOST, covers, draw_neighbourhood
from careergraph.transitions.route_steps import Route
from careergraph.transitions.routes import find_routes

ID = "https://w3id.org/careergraph/id/"
BUNDLED = Catalogue.load("bundled")


def ways(origin: str, *roles: str) -> list[Route]:
    return [find_routes(BUNDLED, ID + origin, f"{ID}role/{role}", max_steps=2).routes[0] for role in roles]


NEAR = ways("background/nurse", "ai-ethicist", "ai-policy-role", "ai-product-manager", "data-scientist")


class TestANeighbourhood:
    def test_has_the_start_first_and_every_stop_in_a_later_column(self) -> None:
        found = draw_neighbourhood(BUNDLED, NEAR)
        columns = {station.ref.id: station.column for station in found.stations}
        assert columns[f"{ID}background/nurse"] == 0
        assert all(columns[line.origin] < columns[line.destination] for line in found.lines)
        assert set(columns) == {ref.id for way in NEAR for step in way.steps for ref in (step.origin, step.destination)}

    def test_puts_stations_into_the_lanes_of_the_editors_and_says_which_lines_are_computed(self) -> None:
        found = draw_neighbourhood(BUNDLED, NEAR)
        lanes = {station.ref.label: station.lane for station in found.stations}
        assert (lanes["AI ethicist"], lanes["AI product manager"]) == ("Policy and ethics", "Product")
        sourced = {(step.origin.id, step.destination.id): bool(step.transitions) for way in NEAR for step in way.steps}
        assert {(line.origin, line.destination): line.sourced for line in found.lines} == sourced

    def test_has_so_many_stations_as_can_be_read_at_a_glance(self) -> None:
        roles = [iri.rpartition("/")[2] for iri in BUNDLED.by_kind["role"]]
        many = [*NEAR, *ways("background/lawyer", *roles)]
        assert len(draw_neighbourhood(BUNDLED, many).stations) <= MOST

    def test_can_be_laid_out(self) -> None:
        assert len({(placed.x, placed.y) for placed in lay_out(draw_neighbourhood(BUNDLED, NEAR)).stations}) > 3

    @pytest.mark.parametrize("columns", [2, 3, 5, 7])
    def test_long_names_stand_whole_in_lines_that_do_not_touch(self, columns: int) -> None:
        names = [
            "Elementary School Teachers, Except Special Education",
            "Licensed Practical and Licensed Vocational Nurses",
            "Computer and Information Research Scientists",
            "Transportation Security Screeners",
        ]
        refs = [Ref(f"urn:{n}", "occupation", names[n % len(names)], "en") for n in range(3 * columns)]
        stations = tuple(Station(ref, "Lane", n % columns) for n, ref in enumerate(refs))
        drawing = draw(CareerMap(("Lane",), stations, (), columns))
        spans: dict[float, list[tuple[float, float]]] = {}
        for sign in drawing.signs:
            assert " ".join(sign.lines) == sign.ref.label
            bottom = max(sign.text_y + LEADING * (len(sign.lines) - 1), sign.y + 6.5)
            spans.setdefault(sign.x, []).append((min(sign.text_y - 10, sign.y - 6.5), bottom))
        for column in spans.values():
            assert all(one[1] <= other[0] + 1 for one, other in pairwise(sorted(column)))

    @pytest.mark.parametrize(("without", "expected"), [((), True), (("role/ai-ethicist",), False)])
    def test_is_needed_where_a_map_lacks_a_stop(self, without: tuple[str, ...], expected: bool) -> None:
        whole = draw_career_map(BUNDLED)
        left = tuple(s for s in whole.stations if s.ref.id.removeprefix(ID) not in without)
        shown = type(whole)(whole.lanes, left, whole.lines, whole.columns)
        assert covers(shown, NEAR) == expected


class TestFamilies:
    @pytest.mark.parametrize(
        ("statements", "expected"),
        [
            ({SKOS.notation: ["29-1141.00"]}, "Healthcare: practitioners and technicians"),
            ({SKOS.notation: ["2221.1"], SKOS.broader: ["urn:narrow"]}, "Professionals"),
            ({SKOS.notation: ["99-1141.00"]}, OTHERS),
        ],
    )
    def test_follow_from_codes_or_else_from_groups(self, statements: dict[str, list[str]], expected: str) -> None:
        groups = {
            "urn:narrow": {SKOS.prefLabel: ["Nursing professionals"], SKOS.broader: ["urn:wide"]},
            "urn:wide": {SKOS.prefLabel: ["Professionals"]},
        }
        assert find_family(Catalogue({"urn:job": statements, **groups}), "urn:job") == expected
