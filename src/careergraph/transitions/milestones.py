"""What sources advise to have done before one applies for a role, and what that should show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import find_words, transition
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
    evidence: tuple[Evidence, ...]
    """Who says so."""


def find_milestones(catalogue: Catalogue, role: str) -> tuple[PlannedMilestone, ...]:
    """The milestones that sources name on ways to a role, each once, those that they call most important first.

    >>> from careergraph.catalogue.names import find_node
    >>> catalogue = Catalogue.load()
    >>> found = find_milestones(catalogue, find_node(catalogue, "ML engineer"))[0]
    >>> found.any_of[0].label, found.strength
    ('Portfolio of 2-3 trained and deployed ML projects', 'most important step')
    """
    ways = sorted(catalogue.pointing(CG.destination, role, "transition"))
    steps = [step for way in ways for step in transition(catalogue, way).steps if _is_milestone(step)]
    first = {step.any_of: step for step in reversed(steps)}
    made = (_milestone(catalogue, step) for step in first.values())
    return tuple(sorted(made, key=lambda item: (item.strength is None, item.any_of[0].label)))


def _is_milestone(step: Step) -> bool:
    return bool(step.any_of) and all(ref.kind == "milestone" for ref in step.any_of)


def _milestone(catalogue: Catalogue, step: Step) -> PlannedMilestone:
    shows = tuple(words for ref in step.any_of for words in find_words(catalogue, ref.id, "claim", "advice"))
    return PlannedMilestone(step.any_of, step.text, step.strength, shows, step.evidence)
