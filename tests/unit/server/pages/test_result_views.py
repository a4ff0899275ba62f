"""Answers to queries as bars, as lines on the map, and in small."""

from __future__ import annotations

from careergraph.catalogue.catalogue import Catalogue
from careergraph.render.map.career_map import draw_career_map
from careergraph.server.pages.question_pictures import draw_picture, draw_question_pictures
from careergraph.server.pages.result_charts import MOST_BARS, find_bars
from careergraph.server.pages.result_maps import find_moves, move_lines
from careergraph.server.pages.results import AnswerRows, Cell
from careergraph.sparql.saved_queries import query_names


def cells(*texts: str | None) -> list[Cell | None]:
    return [None if text is None else Cell(text, None, False, None) for text in texts]


def answer(columns: tuple[str, ...], *rows: tuple[str, ...]) -> AnswerRows:
    return AnswerRows(columns, tuple(tuple(cells(*row)) for row in rows), len(rows), None, None, 0)


class TestBars:
    def test_go_from_the_low_to_the_high_end_on_a_scale_for_each_unit(self) -> None:
        rows = [cells("UK", "50", "100", "GBP"), cells("US", "100", "200", "USD"), cells("EU", "25", "50", "GBP")]
        pounds, dollars = find_bars(["region", "low", "high", "currency"], rows)
        assert (pounds.unit, dollars.unit) == ("GBP", "USD")
        assert [(bar.label, bar.start, bar.width) for bar in pounds.bars] == [("UK", 50.0, 50.0), ("EU", 25.0, 25.0)]
        assert dollars.bars[0].words == "USD 100–200"

    def test_say_what_a_source_leaves_open_and_leave_out_rows_without_figures(self) -> None:
        rows = [cells("a", "1", None, "true"), cells("b", None, None, "false"), cells("c", "2", "4", "false")]
        (group,) = find_bars(["role", "low", "high", "open_ended"], rows)
        assert [(bar.label, bar.words) for bar in group.bars] == [("a", "1+"), ("c", "2–4")]

    def test_of_amounts_begin_at_nought_and_are_named_by_what_tells_them_apart(self) -> None:
        (group,) = find_bars(["as_a", "to", "claims"], [cells("x", "y", "1"), cells("x", "z", "2")])
        assert [(bar.label, bar.start, bar.width) for bar in group.bars] == [("y", 0.0, 50.0), ("z", 0.0, 100.0)]

    def test_are_not_drawn_of_years_of_words_and_of_a_single_row(self) -> None:
        assert find_bars(["role", "year"], [cells("a", "2024"), cells("b", "2025")]) == ()
        assert find_bars(["role", "task"], [cells("a", "b"), cells("b", "c")]) == ()
        assert find_bars(["role", "claims"], [cells("a", "3")]) == ()
        assert find_bars(["role", "claims"], [cells("a", "nan"), cells("b", "inf")]) == ()

    def test_are_as_many_as_can_be_looked_at(self) -> None:
        (group,) = find_bars(["role", "claims"], [cells(f"r{n}", str(n)) for n in range(MOST_BARS + 9)])
        assert len(group.bars) == MOST_BARS


class TestMoves:
    catalogue = Catalogue.load("bundled")

    def test_join_the_stations_that_a_row_names(self) -> None:
        found = answer(("from", "to", "weight"), ("Software engineer", "Machine learning engineer", "0.5"))
        (line,) = move_lines(self.catalogue, found, {})
        assert (line.origin.rsplit("/", 1)[1], line.ease) == ("software-engineer", 0.5)
        assert 'class="drawn"' in find_moves(self.catalogue, found, {})

    def test_join_the_two_ends_that_statements_about_a_claim_name(self) -> None:
        def said(property_: str, value: str) -> tuple[Cell | None, ...]:
            claim, end = Cell("a move", "/id/transition/x", False, None), Cell(value, None, False, None)
            return claim, Cell(property_, None, False, f"cg:{property_}"), end

        rows = (said("origin", "Software engineer"), said("ease", "easy"), said("destination", "AI ethicist"))
        found = AnswerRows(("subject", "predicate", "object"), rows, 3, {"nodes": [], "edges": []}, None, 0)
        (line,) = move_lines(self.catalogue, found, {})
        assert (line.origin.rsplit("/", 1)[1], line.destination.rsplit("/", 1)[1]) == (
            "software-engineer",
            "ai-ethicist",
        )

    def test_take_the_end_that_no_column_holds_from_what_was_asked(self) -> None:
        found = answer(("from",), ("Data scientist",), ("nobody",))
        (line,) = move_lines(self.catalogue, found, {"role": "AI research scientist"})
        assert line.destination.endswith("/ai-research-scientist")

    def test_are_none_where_rows_tell_of_something_else(self) -> None:
        assert find_moves(self.catalogue, answer(("role", "task"), ("AI ethicist", "reads")), {}) == ""


class TestPictures:
    def test_there_is_one_for_each_saved_question(self) -> None:
        assert set(draw_question_pictures()) == set(query_names())

    def test_of_words_have_a_bar_for_each_cell(self) -> None:
        picture = draw_picture(answer(("a", "b"), ("x", "yy")), (), draw_career_map(Catalogue({})), ())
        assert picture.count("<rect") == 3

    def test_of_a_verdict_is_a_sign(self) -> None:
        yes, no = (
            draw_picture(AnswerRows((), (), 0, None, said, 0), (), draw_career_map(Catalogue({})), ())
            for said in (True, False)
        )
        assert yes != no
