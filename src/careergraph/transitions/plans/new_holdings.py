"""What has been learnt since a plan was made: skills and courses that are done."""

from __future__ import annotations

from collections.abc import Iterable

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.course_levels import find_teaching_depths
from careergraph.transitions.holdings import with_implied
from careergraph.transitions.origins import Origin


def with_done(catalogue: Catalogue, origin: Origin, done: Iterable[str]) -> tuple[Origin, tuple[str, ...]]:
    """An origin that also holds what has been done since, and the courses that need not be taken any more.

    Args:
        catalogue: where to look.
        origin: who starts.
        done: the IRIs of skills, credentials and milestones, which count in full, and of courses, which count as deep
            as they teach.

    >>> from careergraph.catalogue.names import find_node
    >>> from careergraph.transitions.origins import make_origin
    >>> catalogue = Catalogue.load()
    >>> start = make_origin(catalogue, find_node(catalogue, "newcomer"))
    >>> git = find_node(catalogue, "git")
    >>> course = find_node(catalogue, "Introduction to Docker and Containers", "course")
    >>> later, taken = with_done(catalogue, start, [git, course])
    >>> later.held.level([git]), later.held.level([find_node(catalogue, "Docker")]), taken == (course,)
    (1.0, 0.5, True)
    """
    given = tuple(dict.fromkeys(done))
    courses = tuple(iri for iri in given if catalogue.kind(iri) == "course")
    held = origin.with_assets(catalogue, tuple(iri for iri in given if iri not in courses), "done since")
    learnt = {
        asset: max(levels[course] for course in courses if course in levels)
        for asset, levels in find_teaching_depths(catalogue).items()
        if not levels.keys().isdisjoint(courses)
    }
    reasons = {asset: ("taught by a course that is done", *held.reasons.get(asset, ())) for asset in learnt}
    more = held.held.plus(with_implied(catalogue, learnt))
    return Origin(held.ref, held.positions, more, {**held.reasons, **reasons}), courses
