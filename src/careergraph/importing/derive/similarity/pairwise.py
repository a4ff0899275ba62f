"""Comparison of some origins with all destinations: how similar they are in one respect, as origins × destinations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from careergraph.importing.derive.similarity.coordinates import Coordinates, OccupationProfiles
from careergraph.importing.derive.similarity.profiles import Floats
from careergraph.importing.derive.similarity.text_vectors import scale_rows

#: Added to the place of a destination before its logarithm is taken.
OFFSET = 3.0
#: About how many items of origins, and of destinations, are compared at a time.
HIGH, WIDE = 1024, 32_768
#: All origins.
ALL = slice(0, None)


class Block:
    """Some origins beside all destinations; what several features share is computed once.

    Args:
        located: the occupations.
        origins: which of them are origins; without a step.
    """

    def __init__(self, located: Coordinates | OccupationProfiles, origins: slice = ALL) -> None:
        self.located, self.origins = located, origins

    def cosines(self, rows: Floats) -> Floats:
        """Cosines of rows of length 1."""
        return np.asarray(rows[self.origins] @ rows.T)

    def by_terms(self, weights: csr_matrix[np.float64]) -> Floats:
        """Cosines of sparse rows of length 1."""
        return np.asarray((weights[self.origins] @ weights.T).todense())

    def places(self, similarity: Floats) -> Floats:
        """The places of destinations by a similarity: see the function `rank_places`."""
        return rank_places(similarity, self.origins.start)

    @cached_property
    def coverage(self) -> tuple[Floats, Floats]:
        """How well the tasks of each origin cover those of each destination, and the other way round.

        Of each task of one, the cosine with the nearest task of the other; and of those the mean.
        """
        return find_best_matches(self.located.tasks, self.located.task_counts, self.origins)

    @cached_property
    def missing(self) -> Floats:
        """What is missing of each destination's profile to those who hold each origin's."""
        return compute_missing_shares(self.located.asked_importance, self.located.asked_depth, self.origins)

    @cached_property
    def climb(self) -> Floats:
        """How many grades of preparation a destination is above an origin; 0 where that is not known."""
        zone = self.located.zone
        return np.nan_to_num(zone[None, :] - zone[self.origins, None])


def compute_cosines(rows: Floats) -> Floats:
    """Cosines between all rows; 0 for rows of length 0."""
    found = scale_rows(rows)
    return np.asarray(found @ found.T)


def find_best_matches(
    items: NDArray[np.float32], counts: NDArray[np.int64], origins: slice = ALL
) -> tuple[Floats, Floats]:
    """For each pair of groups, the mean over the items of the second of their best cosine with one of the first.

    Args:
        items: vectors of length 1, those of the first group before those of the second, and so on.
        counts: how many there are in each group; 0 for all pairs with a group that has none.
        origins: which groups are compared with all groups.

    Returns:
        Origins × groups, with an origin as the first of the two; and the same with an origin as the second.

    Takes time in the product of the items of both, and constant memory apart from the result.
    """
    starts, some = np.cumsum([0, *counts]), np.flatnonzero(counts)
    first, last, _ = origins.indices(len(counts))
    everything = last - first == len(counts)
    there = np.zeros((last - first, len(counts)))
    back = there.T if everything else np.zeros_like(there)
    for high in _blocks(some[(some >= first) & (some < last)], starts, HIGH):
        for wide in _blocks(some, starts, WIDE):
            similar = _items(items, high, starts) @ _items(items, wide, starts).T
            here = np.ix_(high - first, wide)
            there[here] = _means(np.maximum.reduceat(similar, starts[high] - starts[high[0]], axis=0), wide, starts)
            if not everything:
                nearest = np.maximum.reduceat(similar, starts[wide] - starts[wide[0]], axis=1)
                back[here] = _means(np.ascontiguousarray(nearest.T), high, starts).T
    return there, back


def _items(items: NDArray[np.float32], groups: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.float32]:
    return items[starts[groups[0]] : starts[groups[-1] + 1]]


def _means(rows: NDArray[np.float32], groups: NDArray[np.int64], starts: NDArray[np.int64]) -> Floats:
    counts = starts[groups + 1] - starts[groups]
    return np.asarray(np.add.reduceat(rows, starts[groups] - starts[groups[0]], axis=1) / counts)


def _blocks(groups: NDArray[np.int64], starts: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
    number = starts[groups] // size
    for block in np.unique(number):
        yield groups[number == block]


def compute_z_scores(rows: Floats) -> Floats:
    """How far each figure is from what is usual in its column, in standard deviations; 0 where all are alike."""
    spread = rows.std(axis=0)
    found: Floats = np.divide(rows - rows.mean(axis=0), spread, out=np.zeros_like(rows), where=spread > 1e-12)
    return found


def compute_nearness(rows: Floats, origins: slice = ALL) -> Floats:
    """Euclidean distances of rows from all rows, with the sign turned."""
    squares = (rows**2).sum(axis=1)
    products = 2 * rows[origins] @ rows.T
    return np.asarray(-np.sqrt(np.maximum(squares[origins, None] + squares[None, :] - products, 0.0)))


def rank_places(similarity: Floats, first: int = 0) -> Floats:
    """`-ln(place + 3)` of each destination (column) among those of an origin (row); those as similar share a place.

    Args:
        similarity: origins × destinations.
        first: which destination the first origin is; the second is the next one, and so on. Its own place is 0.

    >>> rank_places(np.array([[1.0, 0.5, 0.2], [0.5, 1.0, 0.1], [0.2, 0.1, 1.0]])).round(2).tolist()
    [[0.0, -1.1, -1.39], [-1.1, 0.0, -1.39], [-1.1, -1.39, 0.0]]
    """
    ordered, own = similarity.round(6), np.arange(len(similarity))  # what differs by rounding alone is as similar
    ordered[own, first + own] = -np.inf
    found: Floats = -np.log(np.array([_find_ranks(row) for row in -ordered]) - 1 + OFFSET)
    found[own, first + own] = 0.0
    return found


def _find_ranks(values: Floats) -> Floats:
    # As `scipy.stats.rankdata`, the import of which takes half a second: what is equal shares the mean of its ranks.
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[places])


def compute_missing_shares(importance: Floats, depth: Floats, origins: slice = ALL) -> Floats:
    """What is missing of each destination's profile to those who hold each origin's: origins × destinations.

    The formula stands in `transitions.precomputed.similarity.missing_share`; nothing is missing of an empty profile.
    """
    held = depth[origins]
    found = np.zeros((len(held), len(depth)))
    for destination, (asked, counts) in enumerate(zip(depth, importance, strict=True)):
        total = counts @ asked
        if total > 0:
            found[:, destination] = np.maximum(0.0, asked - held) @ counts / total
    return found
