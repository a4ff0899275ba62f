"""How long steps take, in months: schooling, experience and training as respondents say, and hours to learn.

Every figure is a range. What people in an occupation say it takes is compared with what the person has already: the
months at school of the degrees that are held, and the experience that the occupation they come from takes. The tables
from grades to months stand in `months.json` beside this module.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Annotated, Any

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.ratings import read_schooling
from careergraph.model.records import Record, Requirement
from careergraph.transitions.coverage import Holdings, share_met
from careergraph.transitions.ease import load_calibration

if TYPE_CHECKING:
    from careergraph.model.values import Amount, NonEmpty, ScaledFigure, Schema

MONTHS = "months.json"
#: Weeks in a month.
_WEEKS = 52 / 12
#: From so many grades of preparation above, the difference between the grades is what a step takes at least.
GRADES_ABOVE = 2
#: The parts of a step's time that are spent in the previous job.
_GAINED_IN_A_JOB = ("experience", "preparation")
#: A credential that is asked for less firmly than this is no reason to go back to school.
FIRM = 0.5


class Span(Record):
    """A range of months, and the share of respondents who name it, between 0 and 1; None if nobody was asked."""

    low: float
    high: float
    share: float | None


class Preparation(Record):
    """What preparation a position takes: its grade (O*NET's job zone), experience, training, and a licence's name.

    None where no source says. `stated_for` is the occupation that this is stated for: for a role, its nearest proxy.
    """

    stated_for: str | None
    zone: int | None
    experience: Span | None
    training: Span | None
    licence: str | None


NOTHING_KNOWN = Preparation(None, None, None, None, None)


class TimePart(Record):
    """A part of how long a step takes."""

    name: Annotated[str, Schema(enum=["schooling", "experience", "training", "preparation", "learning", "stay"])]
    """What takes the time; `preparation` means all of it, where sources say no more; a stay is time spent in a stop."""
    low: Amount
    """At least so many months."""
    high: Amount
    """At most so many months."""
    share: ScaledFigure
    """The share of a source's respondents who say so; null if nobody was asked."""
    basis: Annotated[str, Schema(enum=["stated", "estimated"])]
    """Whether a source states it or the editors judge it."""
    reason: NonEmpty
    """Why, in words."""


class Duration(Record):
    """How long something takes, in months."""

    low: Amount
    """At least so many months; 0 if nothing is known."""
    high: Amount
    """At most so many months; 0 if nothing is known."""
    parts: tuple[TimePart, ...]
    """What the time is made of; empty if nothing is known."""


@cache
def load_tables() -> dict[str, Any]:
    """The tables of `months.json`."""
    import json  # not on the start path: most commands need no table

    with open(os.path.join(os.path.dirname(__file__), MONTHS), encoding="utf-8") as file:
        return dict(json.load(file))


def find_preparation(catalogue: Catalogue, occupation: str) -> Preparation:
    """What preparation an occupation takes, according to sources.

    Takes time linear in the claims about the occupation.
    """
    shares = read_schooling(catalogue, occupation)
    zone = next(iter(list_zones(catalogue, occupation)), None)
    experience, training = (_span(shares, name) for name in ("experience", "training"))
    return Preparation(occupation, zone, experience, training, _licence(catalogue, occupation))


def list_zones(catalogue: Catalogue, occupation: str) -> Iterable[int]:
    """The grades of preparation that sources give an occupation."""
    from careergraph.rdf.standards import SCHEMA
    from careergraph.rdf.vocabulary import CG

    for claim in catalogue.about(occupation, "preparation"):
        for zone in catalogue.values(claim, CG.zone):
            rank = catalogue.integer(zone, SCHEMA.position)
            if rank is not None:
                yield rank


def _span(shares: Mapping[str, Mapping[int, float]], name: str) -> Span | None:
    """The median range that respondents give to the questions of one kind, added up over the questions.

    Not those that most name: a third may say *over ten years* where the rest say one to four.
    """
    table: Mapping[str, Sequence[Sequence[float]]] = load_tables()[name]
    found = [(table[element], shares[element]) for element in table if shares.get(element)]
    if not found:
        return None
    middles = [_median(named) for _, named in found]
    spans = [ranges[middle - 1] for (ranges, _), middle in zip(found, middles, strict=True) if middle <= len(ranges)]
    least = min(named[middle] / sum(named.values()) for (_, named), middle in zip(found, middles, strict=True))
    return Span(sum(low for low, _ in spans), sum(high for _, high in spans), round(least, 4))


def _median(named: Mapping[int, float]) -> int:
    """The category up to which at least half of the answers go.

    >>> _median({1: 40.0, 5: 25.0, 11: 35.0})
    5
    """
    categories = sorted(named)
    sums = accumulate(named[category] for category in categories)
    return next(
        category for category, so_far in zip(categories, sums, strict=True) if 2 * so_far >= sum(named.values())
    )


def _licence(catalogue: Catalogue, occupation: str) -> str | None:
    from careergraph.rdf.standards import SKOS

    code = catalogue.value(occupation, SKOS.notation) or ""
    return next((name for prefix, (name, *_) in load_tables()["licences"].items() if code.startswith(prefix)), None)


def find_lacking_experience(asked: Iterable[Requirement], held: Holdings) -> float:
    """How much is lacking of the backgrounds that are asked for firmly, from 0 to 1: of several, the most."""
    return max((1 - share_met(item, held) for item in asked if asks_for_experience(item)), default=0.0)


def asks_for_experience(item: Requirement) -> bool:
    """Whether a requirement asks firmly for a background, such as *product management experience* or *law*."""
    return item.importance >= FIRM and all(ref.kind == "background" for ref in item.any_of)


def estimate_duration(
    here: Preparation,
    there: Preparation,
    *,
    lacking: float,
    schooling: float,
    named: bool,
    skills: float,
    hours_per_week: float,
    experience: float = 0.0,
    unlike: float | None = None,
) -> Duration:
    """How long a step takes.

    Args:
        here: the preparation for the position that somebody comes from.
        there: the preparation for the destination.
        lacking: the share of the destination's profile that is missing, from 0 to 1.
        schooling: the months of schooling that are lacking.
        named: whether a source names the step in words, and so for people from there whatever their schooling and
        experience.
        skills: how much there is to learn first, in skills from nothing to full depth.
        hours_per_week: how many hours a week somebody learns.
        experience: how much is lacking of the backgrounds that are asked for firmly, from 0 to 1.
        unlike: the share of the destination's experience and training that is new, from 0 to 1: general skills may be
            there although the job is another; as much as is lacking if not given.

    Returns:
        The sum of the parts: those that are known.
    """
    school, learning = list_schooling(schooling, optional=named), _learning(skills, hours_per_week)
    if named:
        return sum_spans([*school, *learning])
    gathered, new = _gathered(experience), lacking if unlike is None else unlike
    # What is learned at so many hours a week is learned beside the job that gives the experience.
    before = _longer(learning, _longer(gathered, _experience(here, there, new)))
    found = [*school, *before, *_training(there, new)]
    by_zone = _by_zone(here, there, lacking)
    is_stated = (there.experience or there.training) and not _is_far_above(here, there)
    if not is_stated and _longer(found, by_zone) is by_zone:
        found = [*school, *_after_school(by_zone, school)]
    return sum_spans(_longer(_taught(there, new), found))


def _is_far_above(here: Preparation, there: Preparation) -> bool:
    """Whether a position takes two grades of preparation more, which nobody makes up for within the job."""
    return here.zone is not None and there.zone is not None and there.zone - here.zone >= GRADES_ABOVE


def _longer(ones: list[TimePart], others: list[TimePart]) -> list[TimePart]:
    """The longer of the two: what one says has the other in it, as the preparation of a job zone has schooling."""
    return max(others, ones, key=lambda parts: sum(part.high for part in parts))


def _after_school(prepared: Iterable[TimePart], school: Sequence[TimePart]) -> Iterator[TimePart]:
    """What is left of the preparation of a job zone, which has the schooling in it."""
    taught = sum_spans(school)
    for part in prepared:
        low, high = (round(max(0.0, getattr(part, end) - getattr(taught, end)), 1) for end in ("low", "high"))
        if high:
            yield TimePart(part.name, low, high, part.share, part.basis, part.reason)


def _gathered(lacking: float) -> list[TimePart]:
    if not lacking:
        return []
    known, reason = load_calibration(), "background that is asked for and not held: work or study in it"
    low, high = (round(months * lacking, 1) for months in (known.experience_low, known.experience_high))
    return [TimePart("experience", low, high, None, "estimated", reason)]


def list_stays(steps: Sequence[Duration]) -> list[TimePart]:
    """How long somebody stays at each stop of a route, beyond the experience that the next step takes anyway.

    Args:
        steps: how long each step takes, in order.

    >>> [(stay.low, stay.high) for stay in list_stays([sum_spans([]), sum_spans([])])]
    [(12.0, 24.0)]
    """
    known, reason = load_calibration(), "in a stop, before the next move"
    stays = []
    for step in steps[1:]:
        gained = sum_spans([part for part in step.parts if part.name in _GAINED_IN_A_JOB])
        low, high = max(0.0, known.stay_low - gained.low), max(0.0, known.stay_high - gained.high)
        stays.append(TimePart("stay", min(low, high), max(low, high), None, "estimated", reason))
    return [stay for stay in stays if stay.high]


def sum_spans(parts: Sequence[TimePart]) -> Duration:
    """The parts as one duration.

    >>> sum_spans([]).high
    0
    """
    low, high = (round(sum(getattr(part, end) for part in parts), 1) for end in ("low", "high"))
    return Duration(low, high, tuple(parts))


def find_school_time(months: float) -> Duration:
    """How long a degree takes that somebody goes back to school for.

    Args:
        months: how long it takes full time, the least.
    """
    high = round(months * load_calibration().schooling_high, 1)
    return sum_spans(
        [TimePart("schooling", months, high, None, "estimated", "studying for a degree, at least full time")]
    )


def list_schooling(months: float, *, optional: bool) -> list[TimePart]:
    """The part of a duration that is spent at school; none if nothing is lacking.

    Args:
        months: how many months of schooling are lacking.
        optional: whether a source names the step in words, for people without that schooling, too.
    """
    if not months:
        return []
    reason = "studying for what is asked for and not held, at least full time"
    if optional:
        reason += "; the source names the step for people without it"
    low, high = 0.0 if optional else months, months * load_calibration().schooling_high
    return [TimePart("schooling", low, round(high, 1), None, "estimated", reason)]


def _learning(skills: float, hours_per_week: float) -> list[TimePart]:
    if not skills:
        return []
    known = load_calibration()
    ends = (known.skill_hours_low * skills, known.skill_hours_high * skills)
    low, high = (round(hours / hours_per_week / _WEEKS, 1) for hours in ends)
    reason = f"{ends[0]:.0f} to {ends[1]:.0f} hours of learning at {hours_per_week:g} a week"
    return [TimePart("learning", low, high, None, "estimated", reason)]


def _experience(here: Preparation, there: Preparation, lacking: float) -> list[TimePart]:
    if there.experience is None:
        return []
    low, high = _to_gain(here.experience or _of_zone(here.zone), there.experience, lacking)
    reason = f"experience that it takes: what the occupation before gives less of, at least for the {lacking:.0%} new"
    return [TimePart("experience", low, high, there.experience.share, "stated", reason)] if high else []


def _to_gain(had: Span | None, asked: Span, lacking: float) -> tuple[float, float]:
    """The experience still to gain: what was not there before, but at least the share that is new."""
    low, high = (had.low, had.high) if had else (0.0, 0.0)
    ends = max(asked.low - high, lacking * asked.low), max(asked.high - low, lacking * asked.high)
    return round(ends[0], 1), round(ends[1], 1)


def _training(there: Preparation, lacking: float) -> list[TimePart]:
    asked = there.training
    if asked is None or not asked.high:
        return []
    reason = f"training in the job, at least for the {lacking:.0%} of it that are new"
    return [TimePart("training", round(asked.low * lacking, 1), asked.high, asked.share, "stated", reason)]


def _by_zone(here: Preparation, there: Preparation, lacking: float) -> list[TimePart]:
    asked = _of_zone(there.zone)
    if asked is None:
        return []
    low, high = _to_gain(_of_zone(here.zone), asked, lacking)
    beyond = f"beyond that of the occupation before, at least for the {lacking:.0%} new"
    reason = f"preparation of job zone {there.zone}: {beyond}"
    return [TimePart("preparation", low, high, None, "stated", reason)] if high else []


def _taught(there: Preparation, new: float) -> list[TimePart]:
    """What the school for an occupation teaches and another one does not, whatever experience people say it takes.

    Many who enter an occupation need none, because they come from its school.
    """
    asked, share = _of_zone(there.zone), new * load_calibration().taught_share
    if asked is None or not share:
        return []
    reason = f"preparation of job zone {there.zone}: for {share:.0%}, what another school or job does not teach of it"
    return [TimePart("preparation", round(asked.low * share, 1), round(asked.high * share, 1), None, "stated", reason)]


def _of_zone(zone: int | None) -> Span | None:
    found: Sequence[float] | None = load_tables()["zones"].get(str(zone))
    return None if found is None else Span(float(found[0]), float(found[1]), None)
