"""Pay as bars: no line lost, nothing converted, and what is not stated stays unknown."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careergraph.model.records import Evidence, Note, Pay, Ref
from careergraph.render.assets import load_templates
from careergraph.render.html.pay_chart import Bar, draw_pay_charts
from html_reading import HEAD, having, one, parse_page, words


def line(**given: Any) -> Pay:
    """A pay line with what is given; the source leaves out the rest."""
    role = Ref("https://example.org/role", "role", "Role", "en")
    values: dict[str, Any] = dict.fromkeys(Pay.__match_args__)
    values |= {"id": "https://example.org/pay", "role": role, "segments": (), "employers": ()}
    return Pay(**{**values, "evidence": (), "notes": (), **given})


def bars(*lines: Pay) -> list[Bar]:
    (chart,) = draw_pay_charts([lines])
    return [bar for scale in chart.scales for bar in scale.bars]


def test_a_line_of_another_role_says_whose_pay_it_is() -> None:
    lines = [line(low=100, high=200, currency="USD", region="US")]
    charts = draw_pay_charts([lines, lines], nodes=["https://example.org/role", "https://example.org/other"])
    told = [bar.details for chart in charts for scale in chart.scales for bar in scale.bars]
    assert told == [("US",), ("pay of Role", "US")]


def test_currencies_have_scales_of_their_own_and_nothing_is_converted() -> None:
    (chart,) = draw_pay_charts([[line(low=100, high=200, currency="GBP"), line(low=1000, high=2000, currency="USD")]])
    assert [(scale.currency, scale.ticks[-1].label) for scale in chart.scales] == [("GBP", "200"), ("USD", "2k")]
    assert [(bar.start, bar.end) for scale in chart.scales for bar in scale.bars] == [(50.0, 100.0)] * 2


def test_all_roles_share_the_scale_of_a_currency() -> None:
    one, other = draw_pay_charts([[line(low=10, high=20, currency="USD")], [line(low=50, high=100, currency="USD")]])
    assert one.scales[0].ticks == other.scales[0].ticks
    assert (one.scales[0].bars[0].end, other.scales[0].bars[0].end) == (20.0, 100.0)


def test_a_figure_without_currency_is_on_no_other_scale() -> None:
    (chart,) = draw_pay_charts([[line(low=1, high=2), line(low=1, high=2, currency="USD")]])
    assert [scale.currency for scale in chart.scales] == [None, "USD"]


def drawn(*roles: list[Pay]) -> Element:
    """The charts as a server's page would have them: by the macro alone."""
    macros: Any = load_templates().get_template("pages/_pay.html").module
    charts = "".join(macros.pay(chart) for chart in draw_pay_charts(roles))
    return parse_page(f"{HEAD}{charts}".encode())


@pytest.mark.parametrize(
    ("given", "text", "ends", "open_", "unknown"),
    [
        ({"low": 50_000, "high": 60_000, "open_ended": False}, "USD 50,000–60,000", 2, 0, 0),
        ({"low": 50_000, "high": 60_000}, "USD 50,000–60,000", 2, 0, 0),
        ({"low": 50_000, "high": 60_000, "open_ended": True}, "USD 50,000–60,000+", 2, 1, 0),
        ({"low": 50_000, "open_ended": True}, "USD 50,000+", 1, 1, 0),
        ({"low": 50_000}, "USD 50,000, upper end not stated", 1, 0, 1),
        ({"high": 60_000}, "USD up to 60,000", 1, 0, 1),
    ],
)
def test_an_end_is_drawn_as_closed_open_or_unknown(
    given: dict[str, Any], text: str, ends: int, open_: int, unknown: int
) -> None:
    chart = drawn([line(currency="USD", **given)])
    assert words(one(chart, "pay-words")).startswith(text)
    assert [len(having(chart, mark)) for mark in ("end", "open", "unknown")] == [ends, open_, unknown]


def test_a_line_without_figures_is_told_in_words_and_not_drawn() -> None:
    (chart,) = draw_pay_charts([[line(text="Less than elsewhere.", currency="USD"), line()]])
    assert chart.scales == ()
    assert [bar.words for bar in chart.unscaled] == ["Less than elsewhere.", "no figure"]


def test_what_a_source_leaves_out_is_named() -> None:
    (bar,) = bars(line(low=1, high=2, currency="USD", region="UK", year=2024))
    assert bar.details == ("UK", "2024")
    assert bar.unstated == ("kind of employer", "what it includes")


def test_a_disagreement_is_marked_in_words_and_by_pattern() -> None:
    source = Evidence(Ref("https://example.org/source", "source", "Source", "en"), None, None)
    note = Note("https://example.org/note", "disagreement", "One says more.", None, (), (source,))
    (bar,) = bars(line(low=1, high=2, currency="USD", notes=(note,)))
    assert bar.disputed
    assert bar.marks == ("sources disagree",)


figures = st.none() | st.integers(0, 10**40)


@given(st.lists(st.tuples(figures, figures, st.sampled_from(["USD", "GBP", None])), max_size=8))
def test_no_line_is_lost_and_every_bar_is_on_its_scale_in_order(
    found: list[tuple[int | None, int | None, str | None]],
) -> None:
    lines = [line(low=low, high=high, currency=currency) for low, high, currency in found]
    (chart,) = draw_pay_charts([lines])
    drawn = [bar for scale in chart.scales for bar in scale.bars]
    assert len(drawn) + len(chart.unscaled) == len(lines)
    for scale in chart.scales:
        places = [tick.at for tick in scale.ticks]
        assert places[0] == 0.0
        assert places[-1] == 100.0
        assert 2 <= len(places) <= 6
        assert all(before < after for before, after in pairwise(places))
        for bar in scale.bars:
            assert 0 <= bar.start <= bar.end <= 100
        known = sorted((bar for bar in scale.bars if bar.high_known), key=lambda bar: bar.pay.high or 0)
        tops = [bar.end for bar in known if (bar.pay.low or 0) <= (bar.pay.high or 0)]
        assert tops == sorted(tops)


@pytest.mark.parametrize(("lines", "shown", "folded"), [(3, 3, 0), (4, 4, 0), (9, 3, 6)])
def test_a_long_list_unfolds_with_every_line_in_it(lines: int, shown: int, folded: int) -> None:
    """A single line more is shown: to unfold it would take as much room."""
    (chart,) = draw_pay_charts([[line(low=1_000 * n, high=2_000 * n, currency="GBP") for n in range(1, lines + 1)]])
    template = load_templates().from_string('{% from "pages/_pay.html" import pay %}{{ pay(chart, none, at_once=3) }}')
    root = parse_page(f"{HEAD}{template.render(chart=chart)}".encode())
    inside = [words(item) for item in having(root, "further") for item in having(item, "pay-words")]
    assert len(inside) == folded
    assert len({words(item) for item in having(root, "pay-words")} - set(inside)) == shown
    assert [f"{folded} more" in words(item) for item in having(root, "further")] == [True] * bool(folded)
