"""What a position asks for, with estimates where no source rates it."""

from __future__ import annotations

from collections.abc import Iterator

from careergraph.catalogue.alignments import find_same_positions
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_requirements
from careergraph.model.records import Ref, Requirement
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.precomputed.tables import find_similarity
from careergraph.transitions.schooling import count_credential_months, find_zone_degree

_PARAMETER = "https://w3id.org/careergraph/id/parameter/"


def find_requirements(catalogue: Catalogue, role: str) -> tuple[Requirement, ...]:
    """What a role or an occupation asks for, the most important first.

    That is what sources say it asks for. If they name no skill for an occupation, its ratings are estimated from the
    most similar rated occupations; if nobody was asked which schooling a rated one takes, its degree is estimated from
    its job zone. If they name none for a curated role itself, its skills are estimated from what people in it bring in
    the editors' judgement; and so is its degree if no source says whether it takes one. Every such requirement says so.
    A role about which the editors say nothing takes the requirements of the occupation that it is the same as.

    Args:
        catalogue: where to look.
        role: the IRI of a role or an occupation.

    >>> find_requirements(Catalogue.load("bundled"), "https://w3id.org/careergraph/id/role/ai-ethicist")[0].estimated
    False
    """
    if catalogue.kind(role) != "role":
        return _find_requirements(catalogue, role)
    known = catalogue.once(_no_roles)
    if role not in known:
        known[role] = _find_requirements(catalogue, role)
    return known[role]


def _no_roles(_: Catalogue) -> dict[str, tuple[Requirement, ...]]:
    """An empty cache of what curated roles ask for: every search needs it again, and there are few of them."""
    return {}


def _find_requirements(catalogue: Catalogue, role: str) -> tuple[Requirement, ...]:
    said = list_requirements(catalogue, role)
    kinds = {ref.kind for item in said for ref in item.any_of}
    own_kinds = {ref.kind for item in said for ref in item.any_of if item.stated_for.id == role}
    if catalogue.kind(role) == "occupation":
        more = estimate_of_occupation(catalogue, role, names_credential="credential" in kinds)
    else:
        degree = () if "credential" in kinds else _usual_degree(catalogue, role)
        more = (*degree, *(() if "skill" in own_kinds else _unnamed_skills(catalogue, role)))
    own = {ref.id for item in said for ref in item.any_of}
    added = (item for item in more if not own & {ref.id for ref in item.any_of})
    return tuple(sorted((*said, *added), key=lambda item: -item.importance)) if more else said


def _unnamed_skills(catalogue: Catalogue, role: str) -> tuple[Requirement, ...]:
    return tuple(_usual_skills(catalogue, role)) or tuple(
        item for node in _same_occupations(catalogue, role) for item in find_requirements(catalogue, node)
    )


def _usual_degree(catalogue: Catalogue, role: str) -> tuple[Requirement, ...]:
    """The degree that people in a role bring, as a requirement of the role: of several, the one that takes least."""
    claims = catalogue.about(role, "holding")
    held = [node for claim in claims for node in catalogue.values(claim, CG.holds) if _is_credential(catalogue, node)]
    months = {node: count_credential_months(catalogue, node) for node in held}
    least = min((node for node in held if months[node]), key=lambda node: (months[node] or 0.0, node), default=None)
    return () if least is None else (_usual_credential(catalogue, role, least),)


def _zone_degree(catalogue: Catalogue, occupation: str) -> tuple[Requirement, ...]:
    """The degree that an occupation takes by its job zone, if nobody was asked which one it takes."""
    degree = find_zone_degree(catalogue, occupation)
    return () if degree is None else (_usual_credential(catalogue, occupation, degree),)


def _usual_credential(catalogue: Catalogue, role: str, credential: str) -> Requirement:
    firm = catalogue.weight(f"{_PARAMETER}usual-credential", 0.7)
    return _estimate(catalogue, role, catalogue.ref(credential), "usual", None, firm, 1.0)


def _is_credential(catalogue: Catalogue, node: str) -> bool:
    return catalogue.kind(node) == "credential"


def _usual_skills(catalogue: Catalogue, role: str) -> Iterator[Requirement]:
    """What people in a role bring, as requirements of the role."""
    share = catalogue.weight(f"{_PARAMETER}usual-skill", 0.7)
    for claim in catalogue.about(role, "holding"):
        level = catalogue.value(claim, CG.level)
        for ref in map(catalogue.ref, catalogue.values(claim, CG.holds)) if level else ():
            if ref.kind == "skill" and level:
                said = "usual", catalogue.label(level)
                yield _estimate(catalogue, role, ref, *said, share, catalogue.weight(level))


def _estimate(
    catalogue: Catalogue, role: str, asset: Ref, strength: str, level: str | None, importance: float, depth: float
) -> Requirement:
    return Requirement(
        any_of=(asset,),
        strength=strength,
        level=level,
        part=None,
        stated_for=catalogue.ref(role),
        importance=importance * depth,
        needed=depth,
        evidence=(),
        notes=(),
        estimated=True,
    )


def _same_occupations(catalogue: Catalogue, role: str) -> tuple[str, ...]:
    return tuple(node for node in find_same_positions(catalogue, role) if catalogue.kind(node) == "occupation")


def estimate_of_occupation(catalogue: Catalogue, occupation: str, *, names_credential: bool) -> tuple[Requirement, ...]:
    """What is estimated of an occupation besides what sources say that it asks for.

    Args:
        catalogue: where it is described.
        occupation: its IRI.
        names_credential: whether a source names a credential that it asks for.
    """
    return estimate_requirements(catalogue, occupation) or (
        () if names_credential else _zone_degree(catalogue, occupation)
    )


def estimate_requirements(catalogue: Catalogue, occupation: str) -> tuple[Requirement, ...]:
    """What an unrated occupation asks for, estimated from the most similar rated ones; nothing for a rated one."""
    similarity = find_similarity(catalogue)
    if similarity is None or occupation not in similarity.unrated:
        return ()
    threshold = catalogue.weight(f"{_PARAMETER}asked-importance", 0.5)
    asked = similarity.requirements(occupation).items()
    return tuple(
        _estimate(
            catalogue,
            occupation,
            catalogue.ref(element),
            f"importance {importance:.0%}",
            f"depth {depth:.0%}",
            importance,
            depth,
        )
        for element, (importance, depth) in sorted(asked)
        if importance >= threshold and depth > 0
    )
