"""How a plan is going: what is done, late and left; and plans as files, to be resumed later."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from math import inf
from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import ContradictoryConditions, UnreadableFile
from careergraph.model.records import Record, Ref, read_record
from careergraph.store.bounded_files import read_bounded
from careergraph.transitions.holdings import with_implied
from careergraph.transitions.plans.records import SIDE_BY_SIDE, Plan, PlannedCourse
from careergraph.transitions.plans.timetables import Timetable, make_timetable, read_day

if TYPE_CHECKING:
    from datetime import date

    from careergraph.model.values import NonEmpty, Schema

#: The largest size of a plan's file, in bytes.
_LARGEST = 10_000_000


class Outstanding(Record):
    """A course that is not done yet."""

    course: Ref
    """The course itself."""
    url: NonEmpty | None
    """Its address; null if none is known."""
    state: Annotated[str, Schema(enum=["late", "under way", "to come"])]
    """Whether its days are past, now, or to come; `to come` also for a course without days."""
    first_day: Annotated[str, Schema(format="date")] | None
    """The day on which it was to begin; null if the plan gives none."""
    last_day: Annotated[str, Schema(format="date")] | None
    """The day by which it was to be done; null if the plan gives none."""


class Progress(Record):
    """How a plan is going on a day."""

    plan: Plan
    """The plan as it was made, with all that is done so far."""
    today: Annotated[str, Schema(format="date")]
    """The day."""
    done: tuple[Ref, ...]
    """The courses of the plan that are done, or whose subjects are, in its order."""
    left: tuple[Outstanding, ...]
    """The courses that are not done, in its order."""
    milestones: tuple[Annotated[tuple[Ref, ...], Schema(minItems=1)], ...]
    """What else is to be shown or reached and is not done; each as its alternatives."""
    timetable: Timetable | None
    """The timetable of what is left, from today on; null if the plan has no hours per week."""


def track_progress(
    catalogue: Catalogue,
    plan: Plan,
    done: Iterable[Ref] = (),
    today: str | None = None,
    hours_per_week: float | None = None,
) -> Progress:
    """Compare a plan with what has been done since.

    A course is done if it is named, or if everything it is there for is done: what it covers, and what others expect.

    Args:
        catalogue: says what a skill implies: somebody who knows git knows version control.
        plan: the plan.
        done: skills, credentials, milestones and courses that are done, beyond those that the plan knows.
        today: the day, as an ISO 8601 date; the real one by default.
        hours_per_week: how many hours a week there are from now on; as many as the plan has by default.

    Raises:
        ContradictoryConditions: there is no such day, or no time in a week.
    """
    finished = tuple(dict.fromkeys((*plan.done, *done)))
    given = {ref.id: 1.0 for ref in finished}
    known = given.keys() | {asset for asset, level in with_implied(catalogue, given).items() if level == 1}
    day = (read_day(today) or _today()).isoformat()  # days are compared as texts, however they are typed
    left = [item for item in plan.courses if not _is_done(item, known)]
    return Progress(
        plan=Plan(**{**plan.__dict__, "done": finished}),
        today=day,
        done=tuple(item.course for item in plan.courses if item not in left),
        left=tuple(_outstanding(plan, item, day) for item in left),
        milestones=_open_milestones(plan, known),
        timetable=_make_rest(plan, left, day, hours_per_week),
    )


def _today() -> date:
    from datetime import date

    return date.today()


def _is_done(item: PlannedCourse, known: Collection[str]) -> bool:
    subjects = [any(ref.id in known for ref in group) for group in (*item.covers, *((ref,) for ref in item.prepares))]
    return item.course.id in known or (bool(subjects) and all(subjects))


def _outstanding(plan: Plan, item: PlannedCourse, day: str) -> Outstanding:
    slots = plan.timetable.slots if plan.timetable else ()
    slot = next((slot for slot in slots if slot.course == item.course), None)
    first, last = (slot.first_day, slot.last_day) if slot else (None, None)
    state = "to come"
    if first is not None and last is not None and first <= day:
        state = "late" if last < day else "under way"
    return Outstanding(item.course, item.url, state, first, last)


def _open_milestones(plan: Plan, known: Collection[str]) -> tuple[tuple[Ref, ...], ...]:
    groups = [item.any_of for stage in plan.stages for item in stage.milestones if not item.advised_to or item.strength]
    groups += [item.any_of for item in plan.milestones]
    return tuple(group for group in dict.fromkeys(groups) if not any(ref.id in known for ref in group))


def _make_rest(plan: Plan, left: Sequence[PlannedCourse], day: str, hours_per_week: float | None) -> Timetable | None:
    """The timetable of what is left, from a day on; side by side if the plan is."""
    planned = plan.timetable.hours_per_week if plan.timetable else None
    a_week = planned if hours_per_week is None else hours_per_week
    spans = [(item.course, _hours_of(item), item.hours_known) for item in left]
    return make_timetable(spans, a_week, day, _find_ends(left) if plan.by == SIDE_BY_SIDE else None)


def _hours_of(item: PlannedCourse) -> float | None:
    return item.hours_high if item.hours_known else item.hours_low


def _find_ends(left: Iterable[PlannedCourse]) -> dict[str, float]:
    """After how many hours each course is done if it begins when those before it are done."""
    ends: dict[str, float] = {}
    for item in left:
        begin = max((ends.get(ref.id, 0.0) for ref in item.after), default=0.0)
        ends[item.course.id] = begin + (_hours_of(item) or 0.0)
    return ends


def read_plan(path: str) -> Plan:
    """A plan from a file that `careergraph plan -o plan.json` wrote.

    Raises:
        UnreadableFile: the file cannot be read, is too large, or is no plan.
    """
    content = read_bounded(path, _LARGEST)
    try:
        found = read_record(Plan, json.loads(content))
        _check_days(found)
        _check_figures(found)
    except (ValueError, TypeError, RecursionError, ContradictoryConditions) as error:
        reason = " ".join(str(error).split())[:160]
        raise UnreadableFile(path=path, reason=f"it is not a plan as `plan -o plan.json` writes it: {reason}") from None
    return found


def _check_figures(plan: Plan) -> None:
    for item in plan.courses:
        for figure in (item.hours_low, item.hours_high, item.cost):
            if figure is not None and not 0 <= figure < inf:
                raise ValueError(f"{figure} stands where there should be hours or money")


def _check_days(plan: Plan) -> None:
    table = plan.timetable
    if table is not None:
        for day in (table.start, table.end, *(day for one in table.slots for day in (one.first_day, one.last_day))):
            read_day(day)
