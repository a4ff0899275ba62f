"""How far holdings meet what all roles ask for, as rows of numbers on which the costs of steps depend."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import read_transition
from careergraph.model.records import Condition, Requirement
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.coverage import Holdings, share_met
from careergraph.transitions.schooling import count_months_of_schooling

#: For each role one after the other: how far each requirement is met, then each condition of a move to it, from 0 to 1;
#: last, the months of schooling that the holdings include.
Row: TypeAlias = npt.NDArray[np.float64]


class CoverageTable:
    """Rows for holdings. The row of two holdings together has the larger of the two numbers each: `numpy.maximum`.

    Args:
        catalogue: has the roles and the transitions to them.
        asked: a role → what it asks for.

    >>> from careergraph.transitions.requirements import find_requirements
    >>> catalogue = Catalogue.load("bundled")
    >>> shares = CoverageTable(catalogue, lambda role: find_requirements(catalogue, role))
    >>> role = "https://w3id.org/careergraph/id/role/machine-learning-engineer"
    >>> any(shares.lacking(role, shares.met(shares.row(Holdings({}, {})), role)))
    True
    """

    def __init__(self, catalogue: Catalogue, asked: Callable[[str], tuple[Requirement, ...]]) -> None:
        self._asked = {role: len(asked(role)) for role in _heads(catalogue)}
        self._items: list[Requirement | Condition] = []
        self._parts: dict[str, slice] = {}
        for role in self._asked:
            first = len(self._items)
            self._items += [*asked(role), *_conditions(catalogue, role)]
            self._parts[role] = slice(first, len(self._items))

    def row(self, held: Holdings) -> Row:
        """The row of what is held. Takes time linear in all that roles ask for."""
        shares = (share_met(item, held) for item in self._items)
        return np.fromiter(chain(shares, [count_months_of_schooling(held)]), np.float64, len(self._items) + 1)

    def met(self, row: Row, role: str) -> bytes:
        """The part of a row that a step to a role depends on."""
        return row[self._parts[role]].tobytes() + row[-1:].tobytes()

    def lacking(self, role: str, met: bytes) -> tuple[bool, ...]:
        """For each requirement of a role, whether it is not met in full."""
        return tuple((np.frombuffer(met, np.float64, self._asked[role]) < 1).tolist())


def _heads(catalogue: Catalogue) -> Iterable[str]:
    """All positions that steps may lead to."""
    claims = catalogue.by_kind.get("transition", ())
    named = (role for claim in claims for role in catalogue.values(claim, CG.destination))
    return dict.fromkeys((*catalogue.by_kind.get("role", ()), *sorted(named)))


def _conditions(catalogue: Catalogue, role: str) -> Iterable[Condition]:
    claims = sorted(catalogue.pointing(CG.destination, role, "transition"))
    return (condition for claim in claims for condition in read_transition(catalogue, claim).conditions)
