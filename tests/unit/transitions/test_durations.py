"""How long steps take: schooling, experience, training and learning, as ranges of months."""

from __future__ import annotations

from careergraph.transitions.durations import (
    NOTHING_KNOWN,
    Duration,
    Preparation,
    Span,
    TimePart,
    estimate_duration,
    list_stays,
    sum_spans,
)

PHYSICIAN = Preparation(None, 5, None, None, "licence as a physician")
NURSE = Preparation(None, 4, None, None, "licence as a registered nurse")


def took(here: Preparation, there: Preparation, schooling: float = 0.0, *, named: bool = False) -> Duration:
    return estimate_duration(
        here, there, lacking=0.5, schooling=schooling, named=named, skills=0.0, hours_per_week=10.0
    )


def test_preparation_of_a_job_zone_has_schooling_in_it_and_is_not_added_to_it() -> None:
    long, short = took(NURSE, PHYSICIAN, 84.0), took(NURSE, PHYSICIAN)
    assert [part.name for part in long.parts] == ["schooling"]
    assert (long.low, long.high) == (84, 126)
    assert [part.name for part in short.parts] == ["preparation"]
    short_school = took(NURSE, PHYSICIAN, 12.0)
    assert [part.name for part in short_school.parts] == ["schooling", "preparation"]
    assert (short_school.low, short_school.high) == (short.low, short.high)


def test_experience_and_training_come_after_school() -> None:
    known = Preparation(None, 5, Span(12, 24, 0.4), Span(6, 12, 0.5), "licence as a physician")
    assert [part.name for part in took(NURSE, known, 84.0).parts] == ["schooling", "experience", "training"]


def test_a_step_that_a_source_names_may_be_taken_without_the_school() -> None:
    (part,) = took(NURSE, PHYSICIAN, 84.0, named=True).parts
    assert part.low == 0
    assert "without it" in part.reason


def test_whoever_stops_stays_a_year_or_two_and_gathers_the_experience_for_the_next_step_there() -> None:
    at_once = sum_spans([])
    experienced = sum_spans([TimePart("experience", 6, 48, 0.4, "stated", "experience")])
    trained = sum_spans([TimePart("training", 6, 48, 0.4, "stated", "training")])
    assert list_stays([experienced]) == []
    assert [(stay.low, stay.high) for stay in list_stays([at_once, trained])] == [(12, 24)]
    assert [(stay.low, stay.high) for stay in list_stays([at_once, experienced])] == [(0, 6)]
    long = sum_spans([TimePart("experience", 24, 48, 0.4, "stated", "experience")])
    assert list_stays([at_once, long]) == []


def gathering(there: Preparation, *, named: bool = False) -> list[tuple[str, str, float]]:
    """The parts of a step by somebody who lacks a background that is asked for: name, basis, months at least."""
    found = estimate_duration(
        NOTHING_KNOWN, there, lacking=1.0, schooling=0.0, named=named, skills=0.0, hours_per_week=10.0, experience=1.0
    )
    return [(part.name, part.basis, part.low) for part in found.parts]


def test_a_background_that_is_asked_for_and_not_held_takes_a_year_at_least() -> None:
    assert gathering(NOTHING_KNOWN) == [("experience", "estimated", 12)]
    assert gathering(NOTHING_KNOWN, named=True) == []


def test_of_what_a_source_and_the_editors_say_of_experience_the_longer_counts() -> None:
    long = Preparation(None, 4, Span(60, 90, 0.4), None, None)
    short = Preparation(None, 4, Span(0, 3, 0.4), None, None)
    assert gathering(long) == [("experience", "stated", 60)]
    assert gathering(short) == [("experience", "estimated", 12)]


def test_of_experience_and_training_that_share_is_new_by_which_the_two_occupations_differ() -> None:
    there = Preparation(None, 4, Span(12, 24, 0.4), Span(6, 12, 0.5), None)
    here = Preparation(None, 4, Span(24, 48, 0.4), None, None)
    asked = {"schooling": 0.0, "named": False, "skills": 0.0, "hours_per_week": 10.0}
    alike = estimate_duration(here, there, lacking=0.1, unlike=0.1, **asked)  # type: ignore[arg-type]
    unlike = estimate_duration(here, there, lacking=0.1, unlike=0.8, **asked)  # type: ignore[arg-type]
    assert unlike.low > alike.low
    assert (unlike.low, unlike.high) == (14.4, 31.2)


def test_two_grades_up_take_what_the_grades_differ_by_whatever_the_job_says() -> None:
    there = Preparation(None, 5, Span(0, 3, 0.4), Span(0, 1, 0.5), None)
    (part,) = took(Preparation(None, 3, None, None, None), there).parts
    assert (part.name, part.low, part.high) == ("preparation", 24, 108)
    (nearer,) = took(Preparation(None, 4, None, None, None), there).parts
    assert (nearer.name, nearer.low, nearer.high) == ("preparation", 12, 30)


def test_what_is_unlike_is_taught_somewhere_even_if_nobody_asks_for_experience() -> None:
    here = Preparation(None, 4, Span(24, 48, 0.4), None, None)
    there = Preparation(None, 4, Span(0, 0, 0.9), Span(0, 1, 0.5), None)
    asked = {"schooling": 0.0, "named": False, "skills": 0.1, "hours_per_week": 10.0}
    alike, unlike = (
        estimate_duration(here, there, lacking=0.1, unlike=new, **asked)  # type: ignore[arg-type]
        for new in (0.02, 0.8)
    )
    assert alike.high < 2
    assert (unlike.low, unlike.high) == (9.6, 19.2)


def test_what_takes_longer_has_the_other_in_it() -> None:
    there = Preparation(None, 4, Span(12, 24, 0.4), None, None)
    asked = {"schooling": 0.0, "named": False, "hours_per_week": 10.0}
    much, little = (
        estimate_duration(NOTHING_KNOWN, there, lacking=1.0, skills=skills, **asked)  # type: ignore[arg-type]
        for skills in (20.0, 1.0)
    )
    assert [part.name for part in much.parts] == ["learning"]
    assert [part.name for part in little.parts] == ["experience"]
