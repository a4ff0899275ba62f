"""Which occupations make sense as stops of a route, by the groups of their classification and what they take.

A stop is a job that somebody takes in order to get to another. Whether steps lead there is the network's business.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from careergraph.transitions.durations import Preparation
from careergraph.transitions.openings import find_scarcity
from careergraph.transitions.origins import Origin
from careergraph.transitions.schooling import NO_SCHOOL, find_licence_school, is_of_one_school

#: How the codes of those who teach a subject at a university begin, assistants included (SOC).
_UNIVERSITY_TEACHERS = ("25-1", "25-9044")
#: How the codes of professions begin, and of the work that supports them: technicians, assistants, clerks.
_PROFESSIONS = ("11", "13", "15", "17", "19", "21", "23", "25", "27", "29")
_SUPPORT = ("17-3", "19-4", "23-2", "25-904", "29-2", "31", "43")
_MANAGERS = "11"


class Known(Protocol):
    """What is known of positions: see `network.Network`."""

    origin: Origin

    def code(self, position: str, /) -> str:
        """The code of an occupation."""

    def preparation(self, position: str, /) -> Preparation:
        """What preparation a position takes."""

    def stand_ins(self, position: str, /) -> Iterable[str]:
        """The occupations that represent a position."""


def is_academic(code: str) -> bool:
    """Whether an occupation teaches a subject at a university.

    >>> is_academic("25-1022.00"), is_academic("25-2031.00")
    (True, False)
    """
    return code.startswith(_UNIVERSITY_TEACHERS)


def is_support(network: Known, tail: str, head: str) -> bool:
    """Whether a stop supports the work of professionals, and somebody was one before it, or is at the origin.

    Nobody becomes a clerk or an assistant on the way, whose job zone can be the same.

    Args:
        network: the network, seen from the origin.
        tail: the position before the stop.
        head: the stop.
    """
    if not network.code(head).startswith(_SUPPORT):
        return False
    before = (network.preparation(node).stated_for or node for node in (tail, network.origin.ref.id))
    return any(code.startswith(_PROFESSIONS) and not code.startswith(_SUPPORT) for code in map(network.code, before))


def is_on_the_way(network: Known, tail: str, head: str, towards: str) -> bool:
    """Whether a stop makes sense for whoever wants to get to a position.

    Nobody climbs above both ends of a route to come down again, becomes a manager to do in the end what others manage,
    or goes to school for a licence that the destination does not take.

    Args:
        network: the network, seen from the origin.
        tail: the position before the stop.
        head: the stop.
        towards: where the route is to end.
    """
    start, stop, end = map(network.preparation, (network.origin.ref.id, head, towards))
    if stop.zone and end.zone and start.zone and stop.zone > max(start.zone, end.zone):
        return False
    if _manages(network, head) and not _manages(network, towards):
        return False
    return find_licence_school(network.preparation(tail), stop) == NO_SCHOOL or is_of_one_school(stop, end)


def _manages(network: Known, position: str) -> bool:
    """Whether a position is that of a manager, or an occupation that represents it is."""
    return any(network.code(node).startswith(_MANAGERS) for node in (position, *network.stand_ins(position)))


def find_scarcity_of(network: Known, stop: str) -> float:
    """How many more attempts a stop takes because there are few jobs in it: see `openings.find_scarcity`.

    For a curated role, that of its nearest proxy.
    """
    return find_scarcity(network.code(network.preparation(stop).stated_for or stop))
