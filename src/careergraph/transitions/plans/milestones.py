"""What sources advise people to do before they apply for a role, and what that should show."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.alignments import find_positions
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import find_words, read_transition
from careergraph.model.records import Evidence, Record, Ref, Statement, Step
from careergraph.rdf.vocabulary import CG

if TYPE_CHECKING:
    from careergraph.model.values import Schema


class PlannedMilestone(Record):
    """Something to do that is no course, such as projects of one's own."""

    any_of: Annotated[tuple[Ref, ...], Schema(minItems=1)]
    """The alternatives of which one will do."""
    text: str
    """What to do, in this project's words."""
    strength: Annotated[str, Schema(examples=["most important step"])] | None
    """How firmly the source recommends it; null if it does not say."""
    shows: tuple[Statement, ...]
    """What sources say about it: what it should show, and what it is worth."""
    advised_to: tuple[Ref, ...]
    """The positions to whose people sources advise it; empty if the origin of the plan is one of them."""
    evidence: tuple[Evidence, ...]
    """Who says so."""


def find_milestones(catalogue: Catalogue, role: str, positions: Collection[str] = ()) -> tuple[PlannedMilestone, ...]:
    """The milestones that sources name on ways to a role, each once.

    Those advised to people from one of the given positions come first, then those called most important, then the
    others, with the people they are meant for.

    Args:
        catalogue: where to look.
        role: the IRI of the role.
        positions: the IRIs of the positions that the person comes from.

    >>> from careergraph.catalogue.names import find_node
    >>> catalogue = Catalogue.load()
    >>> found = find_milestones(catalogue, find_node(catalogue, "ML engineer"))[0]
    >>> found.any_of[0].label, found.strength, [ref.label for ref in found.advised_to]
    ('Portfolio of 2-3 trained and deployed ML projects', 'most important step', ['Software engineer'])
    """
    ways = [read_transition(catalogue, way) for way in sorted(catalogue.pointing(CG.destination, role, "transition"))]
    found: dict[tuple[Ref, ...], list[tuple[Step, Ref]]] = {}
    for way in ways:
        for step in filter(_is_milestone, way.steps):
            found.setdefault(step.any_of, []).append((step, way.origin))
    known = frozenset(other for position in positions for other in find_positions(catalogue, position))
    made = (_milestone(catalogue, advice, known) for advice in found.values())
    return tuple(sorted(made, key=lambda item: (bool(item.advised_to), item.strength is None, item.any_of[0].label)))


def _is_milestone(step: Step) -> bool:
    return bool(step.any_of) and all(ref.kind == "milestone" for ref in step.any_of)


def _milestone(
    catalogue: Catalogue, advice: Sequence[tuple[Step, Ref]], positions: Collection[str]
) -> PlannedMilestone:
    step, origins = advice[0][0], tuple(dict.fromkeys(origin for _, origin in advice))
    shows = tuple(words for ref in step.any_of for words in find_words(catalogue, ref.id, "claim", "advice"))
    others = () if any(ref.id in positions for ref in origins) else origins
    return PlannedMilestone(step.any_of, step.text, step.strength, shows, others, step.evidence)
