"""Which asset is learnt before which: from what courses that teach the one expect of the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.course_levels import find_advised_assets, find_expected_levels, find_teaching_depths


def order_by_learning(catalogue: Catalogue, assets: Sequence[str]) -> list[str]:
    """Sort assets so that what others build on comes first.

    One asset comes before another if more courses that teach the other expect or advise it than the other way round.
    Among those that depend on nothing left, the first in the given order is next; a cycle is entered at its first.

    Args:
        catalogue: where the courses are.
        assets: the IRIs of assets, the most useful first.

    >>> from careergraph.rdf.vocabulary import ID
    >>> names = ["pytorch", "docker", "python", "command-line"]
    >>> ordered = order_by_learning(Catalogue.load("bundled"), [f"{ID}skill/{name}" for name in names])
    >>> [asset.rsplit("/", 1)[1] for asset in ordered]
    ['command-line', 'python', 'pytorch', 'docker']
    """
    before = find_first(catalogue, assets)
    waiting, ordered = list(assets), list[str]()
    while waiting:
        ready = (asset for asset in waiting if not before[asset].intersection(waiting))
        following = next(ready, waiting[0])
        ordered.append(following)
        waiting.remove(following)
    return ordered


def find_first(catalogue: Catalogue, assets: Sequence[str]) -> Mapping[str, set[str]]:
    """Asset → the others that come before it."""
    taught, balance = find_teaching_depths(catalogue), Counter[tuple[str, str]]()
    for asset in assets:
        for course in taught.get(asset, ()):
            earlier = find_expected_levels(catalogue, course).keys() | find_advised_assets(catalogue, course)
            for other in earlier & set(assets) - {asset}:
                balance[other, asset] += 1
                balance[asset, other] -= 1
    return {asset: {first for (first, then), more in balance.items() if then == asset and more > 0} for asset in assets}
