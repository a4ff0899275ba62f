"""What somebody holds, and how far that meets what is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from careergraph.model.records import Condition, Record, Requirement

K = TypeVar("K")


class Holdings(Record):
    """Assets with their levels, and any-of groups of which one unknown member is held.

    A `Holdings` is never changed: `plus` makes a new one.
    """

    assets: Mapping[str, float]
    """The IRI of an asset to a level between 0 and 1, which is 1 for what has no levels."""
    groups: Mapping[frozenset[str], float]
    """The IRIs of a group's members, of which there are two or more, to the level at which one of them is held."""

    def level(self, any_of: Iterable[str]) -> float:
        """The deepest level at which some alternative is held for certain; 0 if none is.

        A group of which one member is held counts when whichever member it is would do.

        >>> held = Holdings({"a": 0.5}, {frozenset("bc"): 1.0})
        >>> held.level(["a", "b"]), held.level(["b", "c", "d"]), held.level(["b"])
        (0.5, 1.0, 0.0)
        """
        wanted = frozenset(any_of)
        singles = [self.assets[asset] for asset in wanted if asset in self.assets]
        return max(singles + [level for group, level in self.groups.items() if group <= wanted], default=0.0)

    def plus(self, assets: Mapping[str, float], groups: Mapping[frozenset[str], float] | None = None) -> Holdings:
        """Holdings with more added; of two levels of one asset, the deeper is kept."""
        return Holdings(_deeper(self.assets, assets), _deeper(self.groups, groups or {}))


def _deeper(one: Mapping[K, float], other: Mapping[K, float]) -> dict[K, float]:
    merged = dict(one)
    for key, level in other.items():
        merged[key] = max(level, merged.get(key, 0.0))
    return merged


def share_met(item: Requirement | Condition, held: Holdings) -> float:
    """How far a requirement or condition is met, from 0 (not at all) to 1 (in full)."""
    if not item.needed:
        return 1.0
    if len(item.any_of) == 1:  # true of most, and called millions of times; a group has at least two members
        return min(1.0, held.assets.get(item.any_of[0].id, 0.0) / item.needed)
    return min(1.0, held.level(ref.id for ref in item.any_of) / item.needed)
