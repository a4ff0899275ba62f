"""What a position or a person holds, and whether that meets what is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from careergraph.catalogue import Catalogue
from careergraph.records import Condition, Record, Ref, Requirement
from careergraph.vocabulary import CG, RDF, SKOS

K = TypeVar("K")


class Held(Record):
    """Assets with their levels, and any-of groups of which one unknown member is held.

    `assets` maps an asset's IRI to a level between 0 and 1 (1 for what has no levels); `groups` maps the IRIs of a
    group's members to the level at which one of them is held. A `Held` is never changed: `plus` makes a new one.
    """

    assets: Mapping[str, float]
    groups: Mapping[frozenset[str], float]

    def level(self, any_of: Iterable[str]) -> float:
        """The deepest level at which some alternative is held for certain; 0 if none is.

        A group of which one member is held counts when whichever member it is would do.

        >>> held = Held({"a": 0.5}, {frozenset("bc"): 1.0})
        >>> held.level(["a", "b"]), held.level(["b", "c", "d"]), held.level(["b"])
        (0.5, 1.0, 0.0)
        """
        wanted = frozenset(any_of)
        singles = [self.assets[asset] for asset in wanted if asset in self.assets]
        return max(singles + [level for group, level in self.groups.items() if group <= wanted], default=0.0)

    def plus(self, assets: Mapping[str, float], groups: Mapping[frozenset[str], float] | None = None) -> Held:
        """Return this and more; of two levels of one thing the deeper stays."""
        return Held(_deeper(self.assets, assets), _deeper(self.groups, groups or {}))


def _deeper(one: Mapping[K, float], other: Mapping[K, float]) -> dict[K, float]:
    merged = dict(one)
    for key, level in other.items():
        merged[key] = max(level, merged.get(key, 0.0))
    return merged


def met(item: Requirement | Condition, held: Held) -> float:
    """How far a requirement or condition is met, from 0 (not at all) to 1 (in full)."""
    level = held.level(ref.id for ref in item.any_of)
    return min(1.0, level / item.needed) if item.needed else 1.0


def held_by(catalogue: Catalogue, position: str) -> Held:
    """What people in a position hold by the editors' judgement, with what that implies and the position itself.

    Args:
        catalogue: where to look.
        position: the IRI of a role or a background.
    """
    held = Held(implied(catalogue, {position: 1.0}), {})
    for claim in (c for node in catalogue.lineage(position) for c in catalogue.about(node, "holding")):
        level = catalogue.weight(catalogue.value(claim, CG.level))
        held = held.plus(implied(catalogue, dict.fromkeys(catalogue.values(claim, CG.holds), level)))
    return held


def taught_by(catalogue: Catalogue, requirements: Iterable[Requirement]) -> Held:
    """What a role's requirements add to whoever has come to meet them."""
    singles: dict[str, float] = {}
    groups: dict[frozenset[str], float] = {}
    for item in requirements:
        if len(item.any_of) == 1:
            singles[item.any_of[0].id] = max(item.needed, singles.get(item.any_of[0].id, 0.0))
        else:
            groups[frozenset(ref.id for ref in item.any_of)] = item.needed
    return Held(implied(catalogue, singles), groups)


def implied(catalogue: Catalogue, assets: Mapping[str, float]) -> dict[str, float]:
    """Assets together with the broader ones that they imply, at the same level.

    A tool implies the skill it belongs to, a doctorate in one field implies a doctorate, sociology implies social
    science. Knowing part of a subject does not imply knowing the subject, and mastering one skill does not imply
    the broader one.
    """
    found = dict(assets)
    queue = list(assets)
    for asset in queue:
        if _is(catalogue, asset, CG.Knowledge, CG.Skill):
            continue
        for broader in catalogue.values(asset, SKOS.broader):
            if not _is(catalogue, broader, CG.Knowledge) and found.get(broader, 0.0) < found[asset]:
                found[broader] = found[asset]
                queue.append(broader)
    return found


def _is(catalogue: Catalogue, iri: str, *classes: str) -> bool:
    return any(class_ in classes for class_ in catalogue.values(iri, RDF.type))


def refs_held(requirement: Requirement, held: Held) -> tuple[Ref, ...]:
    """The alternatives of a requirement that are held; the whole group if it is not known which."""
    single = tuple(ref for ref in requirement.any_of if ref.id in held.assets)
    return single or requirement.any_of
