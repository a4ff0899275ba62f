"""What a position asks for, with estimates where no source rates it."""

from __future__ import annotations

from careergraph.catalogue.alignments import same_positions
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_requirements
from careergraph.model.records import Requirement
from careergraph.transitions.precomputed.opened import find_similarity

_PARAMETER = "https://w3id.org/careergraph/id/parameter/"


def list_asked(catalogue: Catalogue, role: str) -> tuple[Requirement, ...]:
    """What a role or an occupation asks for, the most important first.

    That is what sources say it asks for. Where that is not a single rated skill, the occupation's ratings are
    estimated from the rated occupations most alike, and every such requirement says that it is estimated. A curated
    role without a single skill takes the requirements of the occupation that it is the same as.

    Args:
        catalogue: where to look.
        role: the IRI of a role or an occupation.

    >>> list_asked(Catalogue.load("bundled"), "https://w3id.org/careergraph/id/role/ai-ethicist")[0].estimated
    False
    """
    said = list_requirements(catalogue, role)
    if catalogue.kind(role) == "occupation":
        more: tuple[Requirement, ...] = estimate_requirements(catalogue, role)
    elif any(ref.kind == "skill" for item in said for ref in item.any_of):
        more = ()
    else:
        more = tuple(item for node in _same_occupations(catalogue, role) for item in list_asked(catalogue, node))
    own = {ref.id for item in said for ref in item.any_of}
    added = (item for item in more if not own & {ref.id for ref in item.any_of})
    return tuple(sorted((*said, *added), key=lambda item: -item.importance)) if more else said


def _same_occupations(catalogue: Catalogue, role: str) -> tuple[str, ...]:
    return tuple(node for node in same_positions(catalogue, role) if catalogue.kind(node) == "occupation")


def estimate_requirements(catalogue: Catalogue, occupation: str) -> tuple[Requirement, ...]:
    """What an unrated occupation asks for, estimated from the rated ones most alike; nothing for a rated one."""
    similarity = find_similarity(catalogue)
    if similarity is None or occupation not in similarity.unrated:
        return ()
    threshold = catalogue.weight(f"{_PARAMETER}asked-importance", 0.5)
    asked = similarity.asked(occupation).items()
    return tuple(
        Requirement(
            any_of=(catalogue.ref(element),),
            strength=f"importance {importance:.0%}",
            level=f"depth {depth:.0%}",
            part=None,
            stated_for=catalogue.ref(occupation),
            importance=importance * depth,
            needed=depth,
            evidence=(),
            notes=(),
            estimated=True,
        )
        for element, (importance, depth) in sorted(asked)
        if importance >= threshold and depth > 0
    )
