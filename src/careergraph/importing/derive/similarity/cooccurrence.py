"""Vectors for words by co-occurrence: words are similar if they occur beside the same words in short texts.

The directions of `text_vectors` come from whole occupations, where a nurse's *patient* and a nurse's *chart* are much
the same. Within single titles and sentences they are not, but *patient* and *client* are: they occur in the same
places.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

from careergraph.importing.derive.similarity.profiles import Floats
from careergraph.importing.derive.similarity.text_vectors import Vocabulary, make_bags, scale_rows, split_words

#: The probabilities of context words are smoothed by this power; otherwise rare words would weigh most.
EVENED = 0.75
#: Up to this many words for each direction, all directions are computed: it is quicker, and always converges.
_ALL = 4


def count_mentions(vocabulary: Vocabulary, texts: Sequence[str]) -> csr_matrix[np.float64]:
    """Which words are in which text: texts × words, each 1 or 0."""
    found = vocabulary.counts(make_bags([[text] for text in texts], split_words))
    found.data[:] = 1.0
    return found


def find_associations(found: csr_matrix[np.float64]) -> csr_matrix[np.float64]:
    """How much more often than by chance two words are in the same text: words × words.

    Positive pointwise mutual information, with the chances of the second word evened out (Levy, Goldberg and Dagan,
    Improving Distributional Similarity with Lessons Learned from Word Embeddings, 2015).

    Args:
        found: texts × words, as `count_mentions` gives it.
    """
    together = (found.T @ found).tocoo()
    apart = together.row != together.col
    row, column, count = together.row[apart], together.col[apart], together.data[apart]
    often = np.bincount(row, weights=count, minlength=found.shape[1])
    chance = often**EVENED
    gain = np.log(count * max(chance.sum(), 1.0) / (often[row] * chance[column]))
    kept = gain > 0
    return csr_matrix((gain[kept], (row[kept], column[kept])), shape=(found.shape[1], found.shape[1]))


def make_company_vectors(found: csr_matrix[np.float64], dimensions: int) -> Floats:
    """A vector of length 1 for each word, close to each other for words in the same contexts: words × dimensions.

    Takes time linear in the pairs of words that occur together, for each of some hundreds of rounds.

    Args:
        found: texts × words, as `count_mentions` gives it.
        dimensions: how many of the main directions of the associations are kept.
    """
    matrix = find_associations(found)
    size = matrix.shape[0]
    if size <= _ALL * dimensions:
        left, lengths, _ = np.linalg.svd(matrix.toarray(), full_matrices=False)
        left, lengths = left[:, :dimensions], lengths[:dimensions]
    else:
        # The start is given, so that the same associations have the same directions.
        left, lengths, _ = svds(matrix, k=dimensions, v0=np.ones(size))
    return scale_rows(left * lengths)


def find_middles(items: Floats, counts: Sequence[int]) -> Floats:
    """The mean of each group of vectors, normalised to length 1; 0 for an empty group: groups × dimensions.

    Args:
        items: vectors, those of the first group before those of the second, and so on.
        counts: how many there are in each group.
    """
    starts = np.cumsum([0, *counts])
    groups = csr_matrix((np.ones(len(items)), np.arange(len(items)), starts), shape=(len(counts), len(items)))
    return scale_rows(np.asarray(groups @ items))


def find_centre(rows: Floats) -> Floats:
    """Rows minus the mean of all, with widely shared directions damped by the square root of their spread.

    Rows of length 0 carry no information and are not changed.
    """
    known = np.linalg.norm(rows, axis=1) > 0
    found = rows - np.where(known[:, None], rows.sum(axis=0) / max(1, known.sum()), 0.0)
    directions, spread, _ = np.linalg.svd(found, full_matrices=False)
    return np.asarray(directions * np.sqrt(np.where(spread > 1e-9, spread, 0.0)))
