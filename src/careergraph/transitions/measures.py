"""The measures of a step: its ease, what there is to learn, what schooling costs, how long it takes."""

from __future__ import annotations

from typing import Protocol

from careergraph.model.records import Record


class Measurable(Protocol):
    """The measures of a step that criteria use."""

    @property
    def ease(self) -> float:
        """The feasibility of the step, in (0, 1]."""

    @property
    def effort(self) -> float:
        """What there is to learn: unmet requirements by importance."""

    @property
    def surcharge(self) -> float:
        """What schooling and a licence that are lacking cost, in units of an easy move."""

    @property
    def months(self) -> float:
        """How long the step takes: the middle of its range."""


class Measure(Record):
    """The measures of a step, computed in advance."""

    ease: float
    effort: float
    surcharge: float
    months: float


#: A step that costs no more than any other, by any criterion.
EASIEST = Measure(1.0, 0.0, 0.0, 0.0)
