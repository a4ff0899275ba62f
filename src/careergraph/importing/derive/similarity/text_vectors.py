"""From texts to numbers: words, their weights by tf-idf, and vectors that are close for words of similar use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from scipy.sparse.linalg import svds

Floats = NDArray[np.float64]

#: Words that say nothing about an occupation.
FUNCTION_WORDS = frozenset(
    """
    a all also an and any are as at be been but by can do each etc for from had has have how if in into is it its
    may more most no nor not of off on or other others our out over own per same should so some such than that the
    their them then these they this those through to too under up upon use used using was were what when where
    whether which while who whom whose will with within without you your
    """.split()  # noqa: SIM905 - one to a line would hide what is below
)
#: Ending → what takes its place, the first that fits; so that "testing", "tested" and "tests" are one word.
_ENDINGS = (
    ("ization", "ize"),
    ("ational", "ate"),
    ("sses", "ss"),
    ("ies", "y"),
    ("ing", ""),
    ("ment", ""),
    ("ers", "er"),
    ("ors", "or"),
    ("ed", ""),
    ("es", "e"),
    ("ss", "ss"),
    ("s", ""),
)
#: Up to so many documents all their inner products are computed.
MOST_PRODUCTS = 5_000
_SHORTEST = 4
_RUN = 4
_WORD = re.compile(r"[a-z][a-z0-9+#]*")


def split_words(text: str) -> list[str]:
    """The words of a text, in lower case, without their endings and without function words.

    >>> split_words("Testing the tests, and C++ programmers")
    ['test', 'test', 'c++', 'programmer']
    """
    return [_stem(word) for word in _WORD.findall(text.lower()) if word not in FUNCTION_WORDS]


def _stem(word: str) -> str:
    for ending, instead in _ENDINGS:
        stem = word.removesuffix(ending) + instead
        if word.endswith(ending) and len(stem) >= _SHORTEST:
            word = stem
            break
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST else word


def split_letters(text: str) -> list[str]:
    """The runs of four letters of each word of a text, with a space where a word begins or ends.

    >>> split_letters("Nurse")
    [' nur', 'nurs', 'urse', 'rse ']
    """
    padded = [f" {word} " for word in _WORD.findall(text.lower())]
    return [word[at : at + _RUN] for word in padded for at in range(len(word) - _RUN + 1)]


class Vocabulary:
    """The terms that occur in at least two documents of a collection, numbered in alphabetical order.

    Args:
        documents: the terms of each document.
    """

    def __init__(self, documents: Iterable[Sequence[str]]) -> None:
        found = Counter(chain.from_iterable(map(set, documents)))
        self.number = {term: place for place, term in enumerate(sorted(t for t, count in found.items() if count > 1))}

    def counts(self, documents: Sequence[Sequence[str]]) -> csr_matrix[np.float64]:
        """How often each term is in each document: documents × terms."""
        number, nowhere = self.number.get, repeat(-1)
        places = np.fromiter(map(number, chain.from_iterable(documents), nowhere), dtype=np.int32)
        ends = np.cumsum([0, *map(len, documents)])
        starts = np.concatenate(([0], np.cumsum(places >= 0)))[ends]
        flat = places[places >= 0]
        made = csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(documents), len(self.number)))
        made.sum_duplicates()
        return made


def compute_tf_idf(counts: csr_matrix[np.float64]) -> csr_matrix[np.float64]:
    """Weights of terms: (1 + ln tf) × (1 + ln((1 + documents) / (1 + df))); rows have length 1, or 0 if empty.

    The formula is the usual smoothed one (Manning, Raghavan and Schütze, Introduction to Information Retrieval, 6.2).
    """
    weights = counts.copy()
    weights.data = 1 + np.log(weights.data)
    frequency = np.bincount(weights.indices, minlength=weights.shape[1])
    return scale_sparse_rows(weights @ diags(1 + np.log((1 + weights.shape[0]) / (1 + frequency))))


def find_weights(documents: Sequence[Sequence[str]]) -> csr_matrix[np.float64]:
    """Weights of the terms that at least two documents have: documents × terms."""
    return compute_tf_idf(Vocabulary(documents).counts(documents))


def scale_sparse_rows(matrix: csr_matrix[np.float64]) -> csr_matrix[np.float64]:
    """The matrix with every row brought to length 1; empty rows stay empty."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return csr_matrix(diags(np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)) @ matrix)


def make_bags(documents: Sequence[Sequence[str]], split: Callable[[str], list[str]]) -> list[list[str]]:
    """The terms of each document, which is given as several texts; `split` is asked once for each different word."""
    terms = cache(split)
    return [
        list(chain.from_iterable(map(terms, chain.from_iterable(_WORD.findall(text.lower()) for text in texts))))
        for texts in documents
    ]


def find_axes(weights: csr_matrix[np.float64], dimensions: int) -> tuple[Floats, Floats]:
    """The main directions of a collection: documents × dimensions, and how long the collection is along each.

    These are the left singular vectors and the singular values (latent semantic analysis: Deerwester et al., 1990),
    for up to `MOST_PRODUCTS` documents by way of their inner products, which takes time cubic in their number. For more
    by Lanczos iterations, in time linear in the terms of all documents for each.
    """
    if weights.shape[0] > MOST_PRODUCTS:
        # The start is given, so that the same documents have the same directions.
        left, lengths, _ = svds(weights, k=min(dimensions, min(weights.shape) - 1), v0=np.ones(min(weights.shape)))
        return np.ascontiguousarray(left[:, ::-1]), np.asarray(lengths[::-1], dtype=np.float64)
    products = np.asarray((weights @ weights.T).todense())
    values, vectors = np.linalg.eigh(products)
    kept = [place for place in range(len(values) - 1, -1, -1) if values[place] > 1e-9][:dimensions]
    return vectors[:, kept], np.sqrt(values[kept])


def make_word_vectors(weights: csr_matrix[np.float64], directions: Floats) -> Floats:
    """A vector of length 1 for each term, near to each other for terms of the same documents: terms × dimensions.

    Args:
        weights: documents × terms.
        directions: the main directions of the documents, as `find_axes` gives them.
    """
    return scale_rows(np.asarray(weights.T @ directions))


def scale_rows(rows: Floats) -> Floats:
    """The rows brought to length 1; those of length 0 stay as they are."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    found: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-12)
    return found
