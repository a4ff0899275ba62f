"""What a role asks for, split into what is held and what is missing, with the courses that teach the missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.courses import Teachers, find_teachers
from careergraph.catalogue.ratings import IN_DEMAND
from careergraph.model.records import Evidence, Note, Record, Ref, Requirement
from careergraph.rdf.standards import SKOS
from careergraph.transitions.holdings import Holdings, list_held_refs, share_met
from careergraph.transitions.origins import Origin, make_origin
from careergraph.transitions.requirements import find_requirements
from careergraph.transitions.tool_ranks import rank_tools

if TYPE_CHECKING:
    from careergraph.model.values import Level, NonEmpty, Part, Schema, Share, Strength


class Missing(Record):
    """A requirement that is not met in full; a group of alternatives is listed once."""

    any_of: Annotated[tuple[Ref, ...], Schema(minItems=1)]
    """The alternatives, each of which would close the gap."""
    strength: Strength
    """How firmly the role asks for it."""
    level: Level
    """How deep the skill has to be."""
    met: Share
    """How far the requirement is met already, rounded to four places."""
    part: Part
    """The heading under which the source files it."""
    courses: tuple[Ref, ...]
    """The courses that teach one of the alternatives, by label."""
    stated: tuple[Ref, ...]
    """Those of the courses for which a source itself states that they teach it, not the editors' reading."""
    evidence: tuple[Evidence, ...]
    """The sources that say so."""
    notes: tuple[Note, ...]
    """What the editors remark on the requirement."""
    estimated: bool
    """Whether no source states it: it is estimated from rated occupations, or from what people in the role bring."""


class Grounds(Record):
    """Why an asset counts as held."""

    asset: Ref
    """The asset that is held."""
    because: tuple[NonEmpty, ...]
    """The grounds in words; there may be several."""


class Gap(Record):
    """What a position holds of what a role asks for, what is missing, and who teaches that."""

    origin: Ref
    """The origin of the question."""
    destination: Ref
    """The role whose requirements are compared; a track of the role asked for if that asks for nothing itself."""
    held: tuple[Ref, ...]
    """What the role asks for that is held in full."""
    grounds: tuple[Grounds, ...]
    """Why each asset in `held` counts as held, in the same order."""
    missing: tuple[Missing, ...]
    """What the role asks for that is not held in full, the most important and most lacking first."""
    tracks: tuple[Ref, ...]
    """The tracks of the role asked for, if it asks for nothing itself; else empty."""


def find_gap(catalogue: Catalogue, origin: str | Origin, role: str, held: Holdings | None = None) -> Gap:
    """Compare what is held at an origin with what a role asks for.

    Args:
        catalogue: where to look.
        origin: the IRI of a position, or an origin.
        role: the IRI of a role.
        held: what is held, if not what the origin holds.

    >>> from careergraph.catalogue.names import find_node
    >>> catalogue = Catalogue.load()
    >>> found = find_gap(catalogue, find_node(catalogue, "software engineer"), find_node(catalogue, "ML engineer"))
    >>> [[ref.label for ref in item.any_of] for item in found.missing if len(item.any_of) == 2][0]
    ['PyTorch', 'TensorFlow']
    """
    start = make_origin(catalogue, origin)
    holding = start.held if held is None else held
    tracks = () if find_requirements(catalogue, role) else find_narrower_roles(catalogue, role)
    target = max(tracks, key=lambda track: (_track_fit(catalogue, track, holding), track), default=role)
    asked = find_requirements(catalogue, target)
    holds = find_assets_that_meet(asked, holding)
    return Gap(
        origin=start.ref,
        destination=catalogue.ref(target),
        held=holds,
        grounds=tuple(Grounds(ref, tuple(start.reasons.get(ref.id, ()))) for ref in holds),
        missing=find_missing(catalogue, asked, holding),
        tracks=tuple(map(catalogue.ref, tracks)),
    )


def find_assets_that_meet(asked: Iterable[Requirement], held: Holdings) -> tuple[Ref, ...]:
    """The assets that meet requirements in full, in the order of the requirements."""
    refs = [ref for item in asked if share_met(item, held) >= 1 for ref in list_held_refs(item, held)]
    return tuple(dict.fromkeys(refs))


def find_missing(catalogue: Catalogue, asked: Iterable[Requirement], held: Holdings) -> tuple[Missing, ...]:
    """The requirements that are not met in full, with the courses for each, in order of what is missing.

    That is how firmly and how deep something is asked for, times the share of it that is missing; of technologies that
    employers ask for alike, those come first that tell most about the occupation.
    """
    courses, stated = find_teachers(catalogue), find_teachers(catalogue, stated=True)
    lacking = [(item, share_met(item, held)) for item in asked if share_met(item, held) < 1]
    told = _rank_alike(catalogue, [item for item, _ in lacking])
    lacking.sort(key=lambda found: (-found[0].importance * (1 - found[1]), -told.get(found[0].any_of[0].id, 0.0)))
    return tuple(_missing(item, met, courses, stated) for item, met in lacking)


def _rank_alike(catalogue: Catalogue, lacking: Iterable[Requirement]) -> Mapping[str, float]:
    tools: dict[str, list[str]] = {}
    for item in lacking:
        if item.strength == IN_DEMAND:
            tools.setdefault(item.stated_for.id, []).append(item.any_of[0].id)
    return {
        tool: told
        for occupation, named in tools.items()
        for tool, told in rank_tools(catalogue, occupation, named).items()
    }


def _missing(item: Requirement, degree: float, courses: Teachers, stated: Teachers) -> Missing:
    return Missing(
        any_of=item.any_of,
        strength=item.strength,
        level=item.level,
        met=round(degree, 4),
        part=item.part,
        courses=_teaching(item, courses),
        stated=_teaching(item, stated),
        evidence=item.evidence,
        notes=item.notes,
        estimated=item.estimated,
    )


def _teaching(item: Requirement, courses: Teachers) -> tuple[Ref, ...]:
    found = dict.fromkeys(course for ref in item.any_of for course in courses.get(ref.id, ()))
    return tuple(sorted(found, key=lambda ref: ref.label))


def find_narrower_roles(catalogue: Catalogue, role: str) -> tuple[str, ...]:
    """The direct specialisations of a role, by label."""
    return tuple(sorted(catalogue.pointing(SKOS.broader, role, "role"), key=catalogue.label))


def _track_fit(catalogue: Catalogue, role: str, held: Holdings) -> float:
    asked = find_requirements(catalogue, role)
    total = sum(item.importance for item in asked)
    return sum(item.importance * share_met(item, held) for item in asked) / total if total else 0.0
