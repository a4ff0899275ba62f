"""Where occupations lie in the spaces in which they are compared: arrays with a row for each occupation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from careergraph.importing.derive.similarity.cooccurrence import (
    count_mentions,
    find_centre,
    find_middles,
    make_company_vectors,
)
from careergraph.importing.derive.similarity.profiles import Floats, Profiles, Ratings
from careergraph.importing.derive.similarity.text_vectors import (
    Vocabulary,
    compute_tf_idf,
    find_axes,
    find_weights,
    make_bags,
    make_word_vectors,
    scale_rows,
    split_letters,
    split_words,
)

#: Directions of the space of words and texts.
DIMENSIONS = 150
#: Directions of the space of words by the company they keep.
COMPANY = 100
#: How many similar occupations replace one without ratings.
STAND_INS = 10
#: Groups of ratings that can be asked for and be missing.
ASKED = ("skills", "knowledge")
#: The arrays that make up a sparse matrix, in the order in which it is made of them.
_SPARSE = ("data", "indices", "indptr")
#: Those that are sparse, and the file with the numbers of their columns.
_LETTERS = ("title_letters", "task_letters")
_TERMS = "terms.txt"


class Coordinates(NamedTuple):
    """All that features are computed from, as `OccupationProfiles` has it; each array has a row for each occupation."""

    everything: Floats
    titles: Floats
    in_context: Floats
    descriptions: Floats
    knowledge: Floats
    interests: Floats
    zone: Floats
    asked_importance: Floats
    asked_depth: Floats
    title_letters: csr_matrix[np.float64]
    task_letters: csr_matrix[np.float64]
    task_counts: NDArray[np.int64]
    tasks: NDArray[np.float32]

    @property
    def size(self) -> int:
        """How many occupations there are."""
        return len(self.zone)

    def save(self, folder: Path) -> None:
        """Write the arrays into an empty folder.

        Raises:
            OSError: the disk is full, or closed to writing.
        """
        for name, found in self._asdict().items():
            parts = {part: getattr(found, part) for part in _SPARSE} if isinstance(found, csr_matrix) else {"": found}
            for part, array in parts.items():
                np.save(folder / f"{name}{part}.npy", array)
        (folder / _TERMS).write_text(" ".join(str(getattr(self, name).shape[1]) for name in _LETTERS))

    @classmethod
    def open(cls, folder: Path) -> Coordinates:
        """The arrays that `save` wrote, mapped into memory, so that several processes share them."""
        terms = dict(zip(_LETTERS, map(int, (folder / _TERMS).read_text().split()), strict=True))
        # Fields are of several types, each as `save` had it.
        found: dict[str, Any] = {
            name: _map_sparse(folder, name, terms[name]) if name in terms else _map(folder / f"{name}.npy")
            for name in cls._fields
        }
        return cls(**found)


def _map_sparse(folder: Path, name: str, terms: int) -> csr_matrix[np.float64]:
    data, indices, starts = (_map(folder / f"{name}{part}.npy") for part in _SPARSE)
    return csr_matrix((data, indices, starts), shape=(len(starts) - 1, terms))


def _map(path: Path) -> NDArray[Any]:
    try:
        return np.asarray(np.load(path, mmap_mode="r"))
    except ValueError:  # an array without items cannot be mapped
        return np.asarray(np.load(path))


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
        return make_bags([[text for texts in found for text in texts] for found in parts], split_words)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that occur with more than one occupation."""
        return Vocabulary(self.words)

    @cached_property
    def weights(self) -> csr_matrix[np.float64]:
        """How much each word says about each occupation: occupations × words."""
        return compute_tf_idf(self.vocabulary.counts(self.words))

    @cached_property
    def axes(self) -> tuple[Floats, Floats]:
        """The main directions of the space of all words about occupations, and its lengths along them."""
        return find_axes(self.weights, DIMENSIONS)

    @cached_property
    def everything(self) -> Floats:
        """All words about occupations, along the main directions."""
        directions, lengths = self.axes
        return scale_rows(directions * lengths)

    @cached_property
    def vectors(self) -> Floats:
        """A vector for each word of the vocabulary."""
        return make_word_vectors(self.weights, self.axes[0])

    def place(self, texts: Sequence[Sequence[str]]) -> Floats:
        """Texts as sums of the vectors of their words, by tf-idf, seen from the middle of all texts."""
        found = np.asarray(compute_tf_idf(self.vocabulary.counts(make_bags(texts, split_words))) @ self.vectors)
        return np.asarray(found - found.sum(axis=0) / max(1, len(found)))

    @cached_property
    def titles(self) -> Floats:
        """Titles, as sums of the vectors of their words."""
        return scale_rows(self.place(self.profiles.titles))

    @cached_property
    def descriptions(self) -> Floats:
        """Descriptions, as sums of the vectors of their words."""
        return scale_rows(self.place(self.profiles.descriptions))

    @cached_property
    def title_letters(self) -> csr_matrix[np.float64]:
        """Titles, as weights of runs of letters."""
        return find_weights(make_bags(self.profiles.titles, split_letters))

    @cached_property
    def task_letters(self) -> csr_matrix[np.float64]:
        """Tasks, as weights of runs of letters."""
        return find_weights(make_bags(self.profiles.tasks, split_letters))

    @cached_property
    def tasks(self) -> NDArray[np.float32]:
        """Each task, those of the first occupation before those of the second, and so on."""
        return scale_rows(self.place([[task] for found in self.profiles.tasks for task in found])).astype(np.float32)

    @cached_property
    def task_counts(self) -> NDArray[np.int64]:
        """How many tasks each occupation has."""
        return np.array([len(found) for found in self.profiles.tasks], dtype=np.int64)

    @cached_property
    def knowledge(self) -> Floats:
        """Which knowledge stands out, however important all of it is."""
        return scale_rows(_contrasts(self.importance("knowledge")))

    @cached_property
    def interests(self) -> Floats:
        """How strong each interest is."""
        return self.importance("interests")

    @cached_property
    def zone(self) -> Floats:
        """How much preparation it takes; NaN where nobody says."""
        return self.profiles.zone

    @cached_property
    def asked_importance(self) -> Floats:
        """How important each skill and each field of knowledge is."""
        return self.importance(*ASKED)

    @cached_property
    def asked_depth(self) -> Floats:
        """How deep each skill and each field of knowledge goes."""
        return self.depth(*ASKED)

    @cached_property
    def in_context(self) -> Floats:
        """Titles in the space of the company that words keep in single titles, tasks, descriptions and activities."""
        known = self.profiles
        titles = [title for found in known.titles for title in found]
        told = [text for column in (known.tasks, known.descriptions) for found in column for text in found]
        # Each activity once: how many occupations have it says nothing about its words.
        activities = sorted({name for found in self.named_activities for name in found})
        called = count_mentions(self.vocabulary, titles)
        vectors = make_company_vectors(vstack([called, count_mentions(self.vocabulary, [*told, *activities])]), COMPANY)
        return scale_rows(
            find_centre(find_middles(scale_rows(np.asarray(called @ vectors)), [len(found) for found in known.titles]))
        )

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
            similar = self.everything @ self.everything[number]
            alike = np.argsort(-np.where(rated, similar, -np.inf), kind="stable")[:STAND_INS]
            share = np.maximum(similar[alike], 0.0) * rated[alike]
            if share.sum() > 0:
                found[number] = share @ found[alike] / share.sum()
        return found

    @property
    def coordinates(self) -> Coordinates:
        """All that features are computed from."""
        return Coordinates(*(getattr(self, name) for name in Coordinates._fields))


def _contrasts(rows: Floats) -> Floats:
    # The cosines of these are correlations: whether the same elements stand out, however high all of them are.
    return rows - rows.mean(axis=1, keepdims=True) if rows.size else rows
