"""Years of experience: by dates and in words, those at the same time once, and how deep they go."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.transitions.people.cv.text import match_text
from careergraph.transitions.people.dates import to_span
from careergraph.transitions.people.matching import match_profile
from careergraph.transitions.people.person import find_holdings_of_person, list_reasons
from careergraph.transitions.people.years import count_years, find_deepening, find_level_after, find_years

TODAY = date(2024, 6, 15)


@pytest.fixture(scope="module")
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2014-01", "2016-01", 2.0),
        ("2014-01-15", "2014-07-01", 0.5),
        ("2014", "2016", 2.0),
        ("Mar 2014", "Mar 2015", 1.0),
        ("2023-06", None, 1.0),
        ("2023-06", "2030-01", 1.0),
    ],
)
def test_a_job_lasts_from_its_first_month_to_its_last_or_until_today(start: str, end: str | None, years: float) -> None:
    lasted = to_span(start, end, today=TODAY)
    assert lasted is not None
    assert count_years([lasted]) == years


@pytest.mark.parametrize(
    ("start", "end"), [(None, None), ("soon", None), ("2016", "2014"), ("2014", "soon"), ("2031", None)]
)
def test_without_a_start_or_with_an_end_before_it_nothing_is_known(start: str | None, end: str | None) -> None:
    assert to_span(start, end, today=TODAY) is None


def test_months_at_the_same_time_count_once_and_gaps_do_not() -> None:
    spans = [
        to_span("2010-01", "2012-01"),
        to_span("2011-01", "2013-01"),
        to_span("2010-06", "2010-09"),
        to_span("2015-01", "2016-01"),
    ]
    assert count_years([lasted for lasted in spans if lasted]) == 4.0
    assert count_years([]) == 0.0


@pytest.mark.parametrize(
    ("phrase", "years"),
    [
        ("sql (3 years)", 3),
        ("5+ yrs of java", 5),
        ("3-5 years of r", 3),
        ("ubuntu 22", None),
        ("sql, 2,5 jahre", 2.5),
        ("six months of rust", 0.5),
        ("5 ans de java", 5),
    ],
)
def test_years_are_read_in_words(phrase: str, years: float | None) -> None:
    assert find_years(phrase) == years


def test_time_tells_less_and_less_and_never_everything() -> None:
    levels = [find_level_after(years) for years in (0, 1, 2, 6, 20, 40)]
    assert levels == sorted(levels)
    assert (levels[0], levels[2], levels[3]) == (0, 0.5, 0.75)
    assert levels[-1] < 1
    assert [find_deepening(years) for years in (0, 2, 3, 5)] == [1, 1, 1, 1.19]


def engineer(*jobs: tuple[str, str, str]) -> dict[str, Any]:
    return {"work": [dict(zip(("position", "startDate", "endDate"), job, strict=True)) for job in jobs]}


def test_one_position_in_two_jobs_at_the_same_time_is_counted_once_and_facts_are_kept(bundled: Catalogue) -> None:
    jobs = engineer(
        ("Senior Software Engineer II (contract)", "2012-01", "2016-01"), ("Developer", "2014-01", "2018-01")
    )
    found = match_profile(bundled, jobs).positions
    assert [(match.ref.label, match.years) for match in found] == [
        ("Software engineer", 6.0),
        ("Software engineer", 6.0),
    ]
    assert [match.facts for match in found] == [("senior", "contract", "ii"), ()]


def test_many_years_deepen_what_a_position_brings_and_say_so(bundled: Catalogue) -> None:
    short, long = (
        match_profile(bundled, engineer(("Software engineer", "2010-01", end))) for end in ("2012-01", "2020-01")
    )
    brief, deep = (find_holdings_of_person(bundled, person).assets for person in (short, long))
    assert brief.keys() == deep.keys()
    skills = {iri for iri in brief if bundled.kind(iri) == "skill"}
    assert all(deep[iri] == pytest.approx(min(1.0, brief[iri] * find_deepening(10))) for iri in skills)
    assert all(deep[iri] == brief[iri] for iri in brief.keys() - skills)
    assert any("10 years there" in why for why in list_reasons(bundled, long)[next(iter(skills))])


@pytest.mark.parametrize(
    ("phrase", "level"), [("Python (6 years)", 0.75), ("expert Python, 1 year", 1.0), ("Python", 0.5)]
)
def test_a_word_for_a_level_comes_before_years_and_years_before_nothing(
    bundled: Catalogue, phrase: str, level: float
) -> None:
    assert [match.level for match in match_profile(bundled, {"skills": [{"name": phrase}]}).assets] == [level]


def test_a_line_of_a_document_tells_its_years(bundled: Catalogue) -> None:
    person = match_text(bundled, ["Experience\nSenior Data Engineer, Initech, Jan 2015 - Jan 2019\n"])
    assert [(match.ref.label, match.facts, match.years) for match in person.positions] == [
        ("Data engineer", ("senior",), 4.0)
    ]
