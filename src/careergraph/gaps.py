"""What a role asks for, split into what is held and what is missing, with the courses that teach the missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from careergraph.alignments import same
from careergraph.catalogue import Catalogue
from careergraph.claims import requirements
from careergraph.holdings import Held, implied, met, refs_held
from careergraph.origins import Origin, origin_at
from careergraph.records import Evidence, Note, Record, Ref, Requirement
from careergraph.vocabulary import CG, SCHEMA, SKOS


class Missing(Record):
    """A requirement that is not met in full: an any-of group once, with how far it is met already (0 to 1)."""

    any_of: tuple[Ref, ...]
    strength: str
    level: str | None
    met: float
    part: str | None
    courses: tuple[Ref, ...]
    evidence: tuple[Evidence, ...]
    notes: tuple[Note, ...]


class Grounds(Record):
    """Why an asset counts as held."""

    asset: Ref
    because: tuple[str, ...]


class Gap(Record):
    """What stands between a position and a role.

    `tracks` names the specialisations of a role that asks for nothing by itself; the gap is then the one to the
    track in `destination`, which the origin meets best.
    """

    origin: Ref
    destination: Ref
    held: tuple[Ref, ...]
    grounds: tuple[Grounds, ...]
    missing: tuple[Missing, ...]
    tracks: tuple[Ref, ...]


def gap(catalogue: Catalogue, origin: str | Origin, role: str, held: Held | None = None) -> Gap:
    """Compare what is held at an origin with what a role asks for.

    Args:
        catalogue: where to look.
        origin: the IRI of a position, or an origin.
        role: the IRI of a role.
        held: what is held, if not what the origin holds.

    >>> from careergraph.names import resolve
    >>> catalogue = Catalogue.load()
    >>> found = gap(catalogue, resolve(catalogue, "software engineer"), resolve(catalogue, "ML engineer"))
    >>> [[ref.label for ref in item.any_of] for item in found.missing if len(item.any_of) == 2][0]
    ['PyTorch', 'TensorFlow']
    """
    start = origin_at(catalogue, origin)
    holding = start.held if held is None else held
    tracks = () if requirements(catalogue, role) else narrower_roles(catalogue, role)
    target = max(tracks, key=lambda track: (_fit(catalogue, track, holding), track), default=role)
    asked = requirements(catalogue, target)
    holds = held_of(asked, holding)
    return Gap(
        origin=start.ref,
        destination=catalogue.ref(target),
        held=holds,
        grounds=tuple(Grounds(ref, tuple(start.reasons.get(ref.id, ()))) for ref in holds),
        missing=missing_of(asked, holding, teachers(catalogue)),
        tracks=tuple(map(catalogue.ref, tracks)),
    )


def held_of(asked: Iterable[Requirement], held: Held) -> tuple[Ref, ...]:
    """The assets that meet requirements in full, in the order of the requirements."""
    refs = [ref for item in asked if met(item, held) >= 1 for ref in refs_held(item, held)]
    return tuple(dict.fromkeys(refs))


def missing_of(asked: Iterable[Requirement], held: Held, courses: Mapping[str, tuple[Ref, ...]]) -> tuple[Missing, ...]:
    """The requirements that are not met in full, in their order, with the courses for each."""
    return tuple(_missing(item, met(item, held), courses) for item in asked if met(item, held) < 1)


def _missing(item: Requirement, degree: float, courses: Mapping[str, tuple[Ref, ...]]) -> Missing:
    teaching = dict.fromkeys(course for ref in item.any_of for course in courses.get(ref.id, ()))
    return Missing(
        any_of=item.any_of,
        strength=item.strength,
        level=item.level,
        met=round(degree, 4),
        part=item.part,
        courses=tuple(sorted(teaching, key=lambda ref: ref.label)),
        evidence=item.evidence,
        notes=item.notes,
    )


def teachers(catalogue: Catalogue) -> dict[str, tuple[Ref, ...]]:
    """Skill → the courses that teach it, or a tool that belongs to it, by the editors' reading of their pages.

    What another source calls a skill is taught by the same courses.
    """
    found: dict[str, dict[Ref, None]] = {}
    for claim in catalogue.by_kind.get("teaching", ()):
        taught = implied(catalogue, dict.fromkeys(catalogue.values(claim, CG.teaches), 1.0))
        called = dict.fromkeys(name for skill in taught for name in (skill, *same(catalogue, skill)))
        for course in map(catalogue.ref, catalogue.values(claim, SCHEMA.about)):
            for skill in called:
                found.setdefault(skill, {})[course] = None
    return {skill: tuple(sorted(courses, key=lambda ref: ref.label)) for skill, courses in found.items()}


def narrower_roles(catalogue: Catalogue, role: str) -> tuple[str, ...]:
    """The direct specialisations of a role, by label."""
    return tuple(sorted(catalogue.pointing(SKOS.broader, role, "role"), key=catalogue.label))


def _fit(catalogue: Catalogue, role: str, held: Held) -> float:
    asked = requirements(catalogue, role)
    total = sum(item.importance for item in asked)
    return sum(item.importance * met(item, held) for item in asked) / total if total else 0.0
