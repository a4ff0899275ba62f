"""Pairwise comparison of profiles: how similar occupations are in one respect, as arrays of origins × destinations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from scipy.stats import rankdata

from careergraph.importing.derive.similarity.cooccurrence import centre, company_vectors, mentions, middles
from careergraph.importing.derive.similarity.profiles import Floats, Profiles, Ratings
from careergraph.importing.derive.similarity.text_vectors import (
    Vocabulary,
    axes,
    bags,
    tf_idf,
    unit,
    word_vectors,
    words,
)

#: Directions of the space of words and texts.
DIMENSIONS = 150
#: Directions of the space of words by the company they keep.
COMPANY = 100
#: Added to the place of a destination before its logarithm is taken.
OFFSET = 3.0
#: How many similar occupations replace one without ratings.
STAND_INS = 10
#: About how many items are compared with all others at a time.
BLOCK = 1024
#: Groups of ratings that can be asked for and be missing.
ASKED = ("skills", "knowledge")


class OccupationProfiles:
    """Profiles to compare; what several features share is computed once.

    Args:
        profiles: what is known of each occupation.
    """

    def __init__(self, profiles: Profiles) -> None:
        self.profiles = profiles

    @cached_property
    def named_activities(self) -> tuple[tuple[str, ...], ...]:
        """The names of each occupation's activities."""
        names = self.profiles.activity_names
        return tuple(tuple(names.get(iri, "") for iri in found) for found in self.profiles.activities)

    @cached_property
    def words(self) -> list[list[str]]:
        """All words about each occupation: tasks, descriptions, activities and titles."""
        known = self.profiles
        parts = zip(known.tasks, known.descriptions, self.named_activities, known.titles, strict=True)
        return bags([[text for texts in found for text in texts] for found in parts], words)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that occur with more than one occupation."""
        return Vocabulary(self.words)

    @cached_property
    def weights(self) -> csr_matrix[np.float64]:
        """How much each word says about each occupation: occupations × words."""
        return tf_idf(self.vocabulary.counts(self.words))

    @cached_property
    def axes(self) -> tuple[Floats, Floats]:
        """The main directions of the space of all words about occupations, and its lengths along them."""
        return axes(self.weights, DIMENSIONS)

    @cached_property
    def everything(self) -> Floats:
        """Cosines of all words about occupations, along the main directions."""
        directions, lengths = self.axes
        return cosines(directions * lengths)

    @cached_property
    def vectors(self) -> Floats:
        """A vector for each word of the vocabulary."""
        return word_vectors(self.weights, self.axes[0])

    def place(self, texts: Sequence[Sequence[str]]) -> Floats:
        """Texts as sums of the vectors of their words, by tf-idf, seen from the middle of all texts."""
        found = np.asarray(tf_idf(self.vocabulary.counts(bags(texts, words))) @ self.vectors)
        return np.asarray(found - found.sum(axis=0) / max(1, len(found)))

    @cached_property
    def in_context(self) -> Floats:
        """Titles in the space of the company that words keep in single titles, tasks, descriptions and activities."""
        known = self.profiles
        titles = [title for found in known.titles for title in found]
        told = [text for column in (known.tasks, known.descriptions) for found in column for text in found]
        # Each activity once: how many occupations have it says nothing about its words.
        activities = sorted({name for found in self.named_activities for name in found})
        called = mentions(self.vocabulary, titles)
        vectors = company_vectors(vstack([called, mentions(self.vocabulary, [*told, *activities])]), COMPANY)
        return centre(middles(unit(np.asarray(called @ vectors)), [len(found) for found in known.titles]))

    @cached_property
    def coverage(self) -> Floats:
        """How well the tasks of each origin cover those of each destination: origins × destinations.

        Of each task of the destination, the cosine with the nearest task of the origin; and of those the mean.
        """
        tasks = self.profiles.tasks
        placed = unit(self.place([[task] for found in tasks for task in found])).astype(np.float32)
        return best_matches(placed, np.array([len(found) for found in tasks]))

    def importance(self, *groups: str) -> Floats:
        """How important each element of some groups is; those most alike stand in for what has no ratings."""
        return self._side_by_side([found.importance for found in self._ratings(groups)])

    def depth(self, *groups: str) -> Floats:
        """How deep each element of some groups goes; those most alike stand in for what has no ratings."""
        return self._side_by_side([found.depth for found in self._ratings(groups)])

    def elements(self, *groups: str) -> tuple[str, ...]:
        """The elements of some groups, in the order of the columns of their importance and depth."""
        return tuple(element for found in self._ratings(groups) for element in found.elements)

    def unrated(self, *groups: str) -> tuple[str, ...]:
        """The occupations without a single rating in some groups, for which those most alike stand in."""
        rated = np.zeros(self.profiles.size, dtype=bool)
        for found in self._ratings(groups):
            rated |= ~np.isnan(found.importance).all(axis=1)
        return tuple(iri for iri, known in zip(self.profiles.occupations, rated, strict=True) if not known)

    def _ratings(self, groups: Sequence[str]) -> list[Ratings]:
        return [self.profiles.ratings[name] for name in groups if name in self.profiles.ratings]

    def _side_by_side(self, parts: Sequence[Floats]) -> Floats:
        return np.hstack([np.empty((self.profiles.size, 0)), *map(self._complete, parts)])

    def _complete(self, ratings: Floats) -> Floats:
        known = np.asarray(~np.isnan(ratings))
        means = np.where(known, ratings, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
        found, rated = np.where(known, ratings, means), np.asarray(known.any(axis=1))
        for number in np.flatnonzero(~rated):
            alike = np.argsort(-np.where(rated, self.everything[number], -np.inf), kind="stable")[:STAND_INS]
            share = np.maximum(self.everything[number, alike], 0.0) * rated[alike]
            if share.sum() > 0:
                found[number] = share @ found[alike] / share.sum()
        return found

    @cached_property
    def missing(self) -> Floats:
        """What is missing of each destination's profile to those who hold each origin's."""
        return missing_shares(self.importance(*ASKED), self.depth(*ASKED))

    @cached_property
    def climb(self) -> Floats:
        """How many grades of preparation a destination is above an origin; 0 where that is not known."""
        zone = self.profiles.zone
        return np.nan_to_num(zone[None, :] - zone[:, None])


def cosines(rows: Floats) -> Floats:
    """Cosines between all rows; 0 for rows of length 0."""
    found = unit(rows)
    return np.asarray(found @ found.T)


def best_matches(items: NDArray[np.float32], counts: NDArray[np.int64]) -> Floats:
    """Of each item of the second of two groups the cosine with the nearest one of the first; and of those the mean.

    Args:
        items: vectors of length 1, those of the first group before those of the second, and so on.
        counts: how many there are in each group; 0 for all pairs with a group that has none.

    Takes time quadratic in the number of items, and memory linear in it.
    """
    starts, some = np.cumsum([0, *counts]), np.flatnonzero(counts)
    found = np.zeros((len(counts), len(counts)))
    for block in _blocks(some, starts):
        first, last = starts[block[0]], starts[block[-1] + 1]
        nearest = np.maximum.reduceat(items[first:last] @ items.T, starts[block] - first, axis=0)
        found[np.ix_(block, some)] = np.add.reduceat(nearest, starts[some], axis=1) / counts[some]
    return found


def _blocks(groups: NDArray[np.int64], starts: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    number = starts[groups] // BLOCK
    for block in np.unique(number):
        yield groups[number == block]


def by_terms(documents: Sequence[Sequence[str]]) -> Floats:
    """Cosines of documents by the tf-idf weights of their terms."""
    weights = tf_idf(Vocabulary(documents).counts(documents))
    return np.asarray((weights @ weights.T).todense())


def correlations(rows: Floats) -> Floats:
    """Correlations between rows: whether the same elements stand out, however high all of them are."""
    return cosines(rows - rows.mean(axis=1, keepdims=True)) if rows.size else np.zeros((len(rows), len(rows)))


def z_scores(rows: Floats) -> Floats:
    """How far each figure is from what is usual in its column, in standard deviations; 0 where all are alike."""
    spread = rows.std(axis=0)
    found: Floats = np.divide(rows - rows.mean(axis=0), spread, out=np.zeros_like(rows), where=spread > 1e-12)
    return found


def nearness(rows: Floats) -> Floats:
    """Euclidean distances between rows, with the sign turned."""
    squares = (rows**2).sum(axis=1)
    return np.asarray(-np.sqrt(np.maximum(squares[:, None] + squares[None, :] - 2 * rows @ rows.T, 0.0)))


def places(similarity: Floats) -> Floats:
    """`-ln(place + 3)` of each destination (column) among those of an origin (row); those as similar share a place.

    >>> places(np.array([[1.0, 0.5, 0.2], [0.5, 1.0, 0.1], [0.2, 0.1, 1.0]])).round(2).tolist()
    [[0.0, -1.1, -1.39], [-1.1, 0.0, -1.39], [-1.1, -1.39, 0.0]]
    """
    ordered = similarity.round(6)  # what differs by rounding alone is as similar
    np.fill_diagonal(ordered, -np.inf)
    found: Floats = -np.log(rankdata(-ordered, axis=1) - 1 + OFFSET)
    np.fill_diagonal(found, 0.0)
    return found


def missing_shares(importance: Floats, depth: Floats) -> Floats:
    """What is missing of each destination's profile to those who hold each origin's: origins × destinations.

    The formula stands in `transitions.precomputed.similarity.missing_share`; nothing is missing of an empty profile.
    """
    found = np.zeros((len(depth), len(depth)))
    for destination, (asked, counts) in enumerate(zip(depth, importance, strict=True)):
        total = counts @ asked
        if total > 0:
            found[:, destination] = np.maximum(0.0, asked - depth) @ counts / total
    return found
