"""How far somebody meets what a role asks for: the quantities that a step's figures need, each computed once."""

from __future__ import annotations

from functools import cached_property

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Requirement
from careergraph.transitions.coverage import Holdings
from careergraph.transitions.durations import find_lacking_experience
from careergraph.transitions.feasibility import (
    Factor,
    Parameters,
    estimate_effort,
    is_skill,
    judge_coverage,
    judge_preparation,
)
from careergraph.transitions.gaps import Missing, find_missing
from careergraph.transitions.schooling import NO_SCHOOL, School, count_schooling_lacking


class Fit:
    """What somebody holds compared with what a role asks for.

    Args:
        catalogue: where courses and credentials are looked up.
        asked: what the role asks for.
        held: what is held. Only how far it meets each requirement counts, and the schooling that it includes.
        known: the editors' parameters.
    """

    def __init__(self, catalogue: Catalogue, asked: tuple[Requirement, ...], held: Holdings, known: Parameters) -> None:
        self._catalogue, self._requirements, self._holdings, self._parameters = catalogue, asked, held, known
        self._schooling: dict[School, float] = {}

    @cached_property
    def coverage(self) -> Factor:
        """The share of the skills that is held, as a factor of the step's ease."""
        return judge_coverage(self._requirements, self._holdings, self._parameters)

    @cached_property
    def preparation(self) -> Factor:
        """What credentials and experience are lacking, as a factor of the step's ease."""
        return judge_preparation(self._requirements, self._holdings, self._parameters.preparation_penalty)

    @cached_property
    def effort(self) -> float:
        """What there is to learn or reach: unmet requirements by importance."""
        return estimate_effort(self._requirements, self._holdings)

    @cached_property
    def skills(self) -> float:
        """How much there is to learn, in skills from nothing to full depth; what is asked less firmly counts less."""
        return estimate_effort(list(filter(is_skill, self._requirements)), self._holdings)

    def schooling(self, licence: School = NO_SCHOOL) -> float:
        """The months of schooling that are lacking.

        Args:
            licence: the schooling that a licence takes in addition.
        """
        if licence not in self._schooling:
            self._schooling[licence] = count_schooling_lacking(
                self._catalogue, self._requirements, self._holdings, licence
            )
        return self._schooling[licence]

    @cached_property
    def experience(self) -> float:
        """How much is lacking of the backgrounds that are asked for firmly, from 0 to 1."""
        return find_lacking_experience(self._requirements, self._holdings)

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """The requirements that are not met in full."""
        return find_missing(self._catalogue, self._requirements, self._holdings)
