"""The career map: what the editors put on it, where it stands, and how it is drawn."""

from __future__ import annotations

from functools import cache
from itertools import combinations, pairwise
from xml.etree.ElementTree import Element

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Ref
from careergraph.render.map.career_map import ONE_LANE, CareerMap, draw_career_map
from careergraph.render.map.drawing import draw, map_part
from careergraph.render.map.layout import lay_out
from careergraph.transitions.moves import list_moves
from html_reading import elements, having, parse_page, words

ID = "https://w3id.org/careergraph/id/"
#: Some pixels that a letter of a label takes, on average.
LETTER = 7


@cache
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


def shown() -> CareerMap:
    return draw_career_map(bundled())


def last(ref: Ref) -> str:
    return ref.id.rsplit("/", 1)[-1]


class TestWhatIsOnTheMap:
    def test_are_the_positions_that_the_editors_put_into_lanes_in_the_order_of_the_lanes(self) -> None:
        assert shown().lanes == ("Policy and ethics", "Product", "Engineering", "Research and safety")
        lanes = [shown().lanes.index(station.lane) for station in shown().stations]
        assert lanes == sorted(lanes)
        assert len(lanes) > 25

    def test_are_all_roles_that_are_no_families(self) -> None:
        catalogue = bundled()
        families = {broader for role in catalogue.by_kind["role"] for broader in catalogue.lineage(role)[1:]}
        roles = {station.ref.id for station in shown().stations if station.ref.kind == "role"}
        assert roles >= set(catalogue.by_kind["role"]) - families

    def test_puts_backgrounds_first_and_roles_that_nothing_leaves_last(self) -> None:
        columns = {station.ref.id: station.column for station in shown().stations}
        leaving = {line.origin for line in shown().lines}
        for station in shown().stations:
            assert (station.column == 0) == (station.ref.kind == "background")
            assert (station.column == shown().columns - 1) == (station.ref.id not in leaving)
        assert columns[f"{ID}role/data-engineer"] < columns[f"{ID}role/machine-learning-engineer"]

    def test_has_lines_that_sources_name_with_their_ease_and_words(self) -> None:
        eases = {(move.origin, move.destination): move.ease for move in list_moves(bundled())}
        named = [line for line in shown().lines if line.sourced]
        assert named
        assert all(line.ease == eases[line.origin, line.destination] and line.words for line in named)

    def test_leaves_no_role_without_a_line_and_says_which_lines_are_computed(self) -> None:
        ends = {end for line in shown().lines for end in (line.origin, line.destination)}
        assert ends == {station.ref.id for station in shown().stations}
        computed = {line.destination for line in shown().lines if not line.sourced}
        assert computed == {f"{ID}role/{name}-researcher" for name in ("alignment", "interpretability", "robustness")}

    def test_is_one_lane_where_nobody_has_put_anything_into_lanes(self, own_moves: Catalogue) -> None:
        found = draw_career_map(own_moves)
        assert found.lanes == (ONE_LANE,)
        assert {station.ref.label for station in found.stations} == {"Cook", "Chef"}

    def test_is_empty_where_there_are_no_moves(self) -> None:
        assert draw_career_map(Catalogue({})) == CareerMap((), (), (), 1)


class TestWhereItStands:
    def test_no_station_stands_upon_another_or_outside_its_lane(self) -> None:
        layout = lay_out(shown())
        for one, other in combinations(layout.stations, 2):
            assert one.x != other.x or abs(one.y - other.y) >= 14, (one, other)
        bands = {band.label: band for band in layout.bands}
        for placed in layout.stations:
            band = bands[placed.station.lane]
            assert band.y + 8 < placed.y < band.y + band.height - 8
        assert all(one.y + one.height < other.y for one, other in pairwise(layout.bands))

    def test_every_label_is_within_the_picture(self) -> None:
        drawing = draw(shown())
        for sign in drawing.signs:
            width = LETTER * len(sign.ref.label)
            left = sign.text_x - {"start": 0.0, "middle": width / 2, "end": width}[sign.anchor]
            assert left >= -8
            assert left + width <= drawing.width + 8

    def test_no_line_passes_through_a_station_of_its_lane(self) -> None:
        layout = lay_out(shown())
        at = {placed.station.ref.id: placed for placed in layout.stations}
        for track in layout.tracks:
            ends = at[track.line.origin], at[track.line.destination]
            if ends[0].station.lane == ends[1].station.lane:
                others = {(p.x, p.y) for p in layout.stations if p not in ends}
                assert others.isdisjoint(track.points)

    def test_is_the_same_on_every_run(self) -> None:
        assert lay_out(shown()) == lay_out(draw_career_map(Catalogue.load("bundled")))


class TestHowItIsDrawn:
    def tree(self) -> Element:
        part = map_part(shown(), lambda ref: f"#{last(ref)}", last)
        return parse_page(f"<!doctype html><html lang=en><title>m</title><body>{part}</body></html>".encode())

    def test_every_station_is_a_link_with_its_name(self) -> None:
        links = having(self.tree(), "station")
        assert {words(link) for link in links} == {station.ref.label for station in shown().stations}
        assert {link.get("href") for link in links} == {f"#{last(station.ref)}" for station in shown().stations}

    def test_solid_is_sourced_and_dashed_computed_and_wide_is_easy(self) -> None:
        drawing = draw(shown())
        paths = [path for path in having(self.tree(), "line") if path.get("data-from")]
        assert len(paths) == len(drawing.curves)
        for path, curve in zip(paths, drawing.curves, strict=True):
            assert (path.get("class") or "").split() == ["line", "sourced" if curve.line.sourced else "computed"]
        widths = [(curve.line.ease, curve.width) for curve in drawing.curves]
        assert sorted(widths) == sorted(widths, key=lambda pair: pair[1])

    def test_nested_lists_say_the_same(self) -> None:
        (outline,) = having(self.tree(), "outline")
        assert [words(heading) for heading in elements(outline, "h2")] == list(shown().lanes)
        told = set()
        for item in outline.iter("li"):
            inner = item.find("./ul")
            start = item.find("./a")
            if inner is not None and start is not None:
                told |= {(words(start), words(end)) for end in inner.iter("a")}
        labels = {station.ref.id: station.ref.label for station in shown().stations}
        assert told == {(labels[line.origin], labels[line.destination]) for line in shown().lines}
        assert "(computed)" in words(outline)
