"""Dates of CVs: in figures and words, of months, quarters and seasons, in several languages, from one to another."""

from __future__ import annotations

from datetime import date

import pytest

from careergraph.transitions.people.dates import Span, find_span, is_ongoing, is_to_come, to_iso, to_month, to_span

TODAY = date(2024, 6, 15)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2014", "2014-07"),
        ("2014-03-15", "2014-03"),
        ("03/2014", "2014-03"),
        ("15.03.2014", "2014-03"),
        ("Mar '14", "2014-03"),
        ("March 1st, 2014", "2014-03"),
        ("März 2014", "2014-03"),
        ("août 2014", "2014-08"),
        ("enero de 2014", "2014-01"),
        ("maggio 2014", "2014-05"),
        ("Q3 2020", "2020-08"),
        ("3. Quartal 2020", "2020-08"),
        ("summer 2019", "2019-07"),
        ("Ende 2019", "2019-12"),
        ("since 2019", "2019-07"),
        ("ca. 2015", "2015-07"),
    ],
)
def test_a_date_is_read_whatever_way_it_is_written(text: str, iso: str) -> None:
    found = to_month(text)
    assert found is not None
    assert to_iso(found) == iso


@pytest.mark.parametrize("text", ["2014-13", "", "March", "14", "Foo 2014", "soon", "Marketing 2014"])
def test_what_is_no_date_has_no_month(text: str) -> None:
    assert to_month(text) is None


@pytest.mark.parametrize(
    ("text", "start", "end", "over"),
    [
        ("2019–2021", "2019-07", "2021-07", True),
        ("2019–present", "2019-07", "2024-06", False),
        ("2019-", "2019-07", "2024-06", False),
        ("seit 03/2019", "2019-03", "2024-06", False),
        ("depuis mars 2019", "2019-03", "2024-06", False),
        ("03/2019 bis heute", "2019-03", "2024-06", False),
        ("de 2015 à 2018", "2015-07", "2018-07", True),
        ("janv. 2015 - déc. 2016", "2015-01", "2016-12", True),
        ("ene 2015 - actualidad", "2015-01", "2024-06", False),
        ("Q3 2020 - Q1 2022", "2020-08", "2022-02", True),
        ("2019/21", "2019-07", "2021-07", True),
        ("04.2016–09.2019", "2016-04", "2019-09", True),
        ("2022 - 2027", "2022-07", "2024-06", False),
    ],
)
def test_a_time_is_found_in_a_line_with_its_end_and_whether_it_is_over(
    text: str, start: str, end: str, over: bool
) -> None:
    found = find_span(f"Nurse, {text}, Vale Hospital", today=TODAY)
    assert found is not None
    assert found.span is not None
    assert (to_iso(found.span.first), to_iso(found.span.last), found.over) == (start, end, over)


@pytest.mark.parametrize("text", ["Nurse 2019", "Nurse, 2019-11", "Junior developer de 2019", "no date at all"])
def test_a_line_without_an_end_or_a_since_tells_no_time(text: str) -> None:
    assert find_span(text, today=TODAY) is None


def test_words_around_a_time_stay_as_they_are() -> None:
    text = "Marketing lead, März 2014 – heute (Köln)"
    found = find_span(text, today=TODAY)
    assert found is not None
    assert (text[: found.start], text[found.end :]) == ("Marketing lead, ", " (Köln)")


def test_a_start_may_tell_the_end_as_well() -> None:
    assert to_span("2019–2021", None, today=TODAY) == Span(2019 * 12 + 6, 2021 * 12 + 6)
    assert to_span("2019", "bis heute", today=TODAY) == to_span("2019", None, today=TODAY)


def test_an_end_that_has_not_come_is_told_from_one_that_has() -> None:
    assert [is_ongoing(text) for text in ("present", "à ce jour", "laufend", "2014", "soon")] == [True] * 3 + [
        False
    ] * 2
    assert [is_to_come(text, today=TODAY) for text in ("expected 2025", "2024")] == [True, False]
