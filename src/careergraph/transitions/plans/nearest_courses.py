"""Courses that come closest to something that no course of a plan covers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from careergraph.catalogue.alignments import find_same
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.course_levels import find_teaching_depths
from careergraph.model.text import fold
from careergraph.rdf.standards import SKOS
from careergraph.transitions.gaps import Missing
from careergraph.transitions.plans.records import Nearest

#: How many courses are named, at most.
_MOST = 3


def find_nearest(catalogue: Catalogue, item: Missing, chosen: Collection[str]) -> Nearest:
    """Courses on the thing itself, whatever the wishes, else on what it is a part of, else on other parts of that.

    The curated graph and its vocabulary say what a thing is a part of. Groups of a data set on disk count only if a
    course is on the group itself: O*NET groups what is bought or rated together. The courses that go deepest come
    first, then the label decides.

    Args:
        catalogue: where to look.
        item: the requirement that no course of the plan covers.
        chosen: the IRIs of the courses in the plan.
    """
    kin = dict.fromkeys(broader for ref in item.any_of for broader in _find_broader(catalogue, ref.id))
    siblings = [other for one in kin if one in catalogue.memory for other in catalogue.pointing(SKOS.broader, one)]
    nearer = ([ref.id for ref in item.any_of], kin, siblings)
    depths = next((found for assets in nearer if (found := _find_depths(catalogue, assets))), {})
    ranked = sorted((-depth, catalogue.label(one), one) for one, depth in depths.items() if one not in chosen)
    return Nearest(item.any_of, tuple(catalogue.ref(course) for *_, course in ranked[:_MOST]))


def _find_depths(catalogue: Catalogue, assets: Iterable[str]) -> dict[str, float]:
    """The courses on some things, each with the depth of the one that it teaches deepest."""
    depths: dict[str, float] = {}
    for asset in assets:
        for course, depth in find_teaching_depths(catalogue).get(asset, {}).items():
            depths[course] = max(depth, depths.get(course, 0.0))
    return depths


def _find_broader(catalogue: Catalogue, asset: str) -> Iterator[str]:
    """What a thing is a part of, looked up for itself and for its namesake in the curated graph."""
    for one in dict.fromkeys((asset, *find_same(catalogue, asset), *_find_namesake(catalogue, asset))):
        yield from catalogue.values(one, SKOS.broader)


def _find_namesake(catalogue: Catalogue, asset: str) -> tuple[str, ...]:
    """The one node of the curated graph called like a thing that is not in it, by its label or else another name."""
    if asset in catalogue.memory:
        return ()
    kind, label = catalogue.kind(asset), fold(catalogue.label(asset))
    named = [node for other, node in catalogue.index.by_name(label) if other == kind]
    labelled = [node for node in named if label in map(fold, catalogue.values(node, SKOS.prefLabel))]
    found = labelled or named
    return tuple(found) if len(found) == 1 else ()
