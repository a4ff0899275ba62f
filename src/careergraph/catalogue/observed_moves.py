"""Observed moves: how many people went from one occupation to another. Evidence, not an assertion."""

from __future__ import annotations

from collections.abc import Iterable

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Evidence, Record
from careergraph.rdf.vocabulary import CG

#: With fewer cases than this, or fewer people if cases are not given, a figure is noisy.
FEW_CASES, FEW_PEOPLE = 10, 1_000


class ObservedMove(Record):
    """How many of those who left a group of occupations went to another.

    `share` and `leavers` are in percent: of those who left, and of all who were there. `people` is how many were there,
    `cases` how many of those asked made the move; None where the source does not say.
    """

    id: str
    share: float
    leavers: float | None
    people: int | None
    cases: int | None
    evidence: tuple[Evidence, ...]

    @property
    def is_small(self) -> bool:
        """Whether so few people made the move that the share is noisy; also true if their number is not given."""
        if self.cases is not None:
            return self.cases < FEW_CASES
        if self.people is None or self.leavers is None:
            return True
        return self.people * self.leavers / 100 * self.share / 100 < FEW_PEOPLE


def find_observed_moves(
    catalogue: Catalogue, origins: Iterable[str], destinations: Iterable[str]
) -> tuple[ObservedMove, ...]:
    """The moves that were observed from some occupations to others, the largest share first.

    Args:
        catalogue: where to look.
        origins: IRIs of occupations.
        destinations: IRIs of occupations.
    """
    left, arrived = (
        {claim for node in nodes for claim in catalogue.pointing(predicate, node, "observed-move")}
        for predicate, nodes in ((CG.movedFrom, origins), (CG.movedTo, destinations))
    )
    found = (_read_move(catalogue, claim) for claim in left & arrived)
    return tuple(sorted(found, key=lambda move: (-move.share, move.id)))


def _read_move(catalogue: Catalogue, claim: str) -> ObservedMove:
    return ObservedMove(
        id=claim,
        share=catalogue.number(claim, CG.shareOfLeavers) or 0.0,
        leavers=catalogue.number(claim, CG.leavers),
        people=catalogue.integer(claim, CG.peopleBefore),
        cases=catalogue.integer(claim, CG.cases),
        evidence=catalogue.evidence(claim),
    )
