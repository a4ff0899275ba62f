"""Which positions a title that nothing is called may stand for, judging by its words.

How often each word stands in the titles of each position is counted in O*NET's titles: `scripts/make_title_table.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from careergraph.model.text import normalise
from careergraph.rdf.vocabulary import ID
from careergraph.transitions.people.phrases import fold
from careergraph.transitions.people.titles.lines import Lines, read_lines

WORDS = "title_words.tsv.gz"
#: What the lines of the positions, and of how many titles each has, begin with; no part of a title has a capital.
POSITIONS, TOTALS = "Positions", "Titles"
#: What a word that a position's titles never have counts as, in titles; how many titles are added to each position's,
#: so that one with few is not taken for sure; what a pair of words weighs beside a word; how much it counts that a
#: position has many titles. The editors' choice, by how some forty titles that nothing was called were read.
_UNSEEN, _MORE, _PAIR, _PRIOR = 0.05, 300, 0.7, 0.3
#: A position is sure if it is so likely beside all others.
_SURE = 0.93
_MOST = 5
#: Less likely positions are not worth a question.
LEAST_LIKELY = 0.04


class Likely(NamedTuple):
    """A position, and how likely a title stands for it."""

    iri: str
    share: float


def split_title(title: str) -> Iterator[str]:
    """The words of a title, its last one marked as such, and its pairs of words.

    >>> sorted(split_title("film editor"))
    ['editor', 'editor$', 'film', 'film editor']
    """
    words = title.split()
    yield from dict.fromkeys(words)
    yield from (f"{word}$" for word in words[-1:])
    yield from dict.fromkeys(map(" ".join, pairwise(words)))


@cache
def _load() -> Lines:
    """Lines of a part of titles, and how many titles of which positions have it: pairs of a place and a number."""
    return read_lines(WORDS)


@cache
def _positions() -> tuple[tuple[str, int], ...]:
    """Each position by the end of its IRI, with how many titles it has."""
    return tuple(zip(_load().find(POSITIONS) or (), map(int, _load().find(TOTALS) or ()), strict=True))


def _counts(part: str) -> dict[int, int] | None:
    found = _load().find(part)
    return None if found is None else dict(zip(map(int, found[::2]), map(int, found[1::2]), strict=True))


def rank_positions(title: str) -> list[Likely]:
    """The positions that a title in its simplest form may stand for, the likeliest first; none if no word tells.

    Naive Bayes over words and pairs of words. Takes time linear in the number of positions.

    Args:
        title: in normal form.

    >>> [each.iri.rpartition("/")[2] for each in rank_positions("film editor")][:2]
    ['writer', 'video-editor']
    >>> rank_positions("zorgmedewerker")
    []
    """
    known = [(part, counts) for part in split_title(fold(title)) if (counts := _counts(part))]
    if not known:
        return []
    scores = [
        _PRIOR * math.log(total)
        + sum(
            (_PAIR if " " in part else 1) * math.log((counts.get(number, 0) + _UNSEEN) / (total + _MORE))
            for part, counts in known
        )
        for number, (_, total) in enumerate(_positions())
    ]
    best = max(scores)
    shares = [math.exp(score - best) for score in scores]
    ranked = sorted(((share, place) for share, (place, _) in zip(shares, _positions(), strict=True)), reverse=True)[
        :_MOST
    ]
    return [Likely(f"{ID}{place}", share / sum(shares)) for share, place in ranked]


def knows_all_words(title: str) -> bool:
    """Whether each word of a title stands in others.

    >>> knows_all_words("Admissions officer"), knows_all_words("Officier")
    (True, False)
    """
    words = fold(normalise(title)).split()
    return bool(words) and all(word in _load() for word in words)


def find_sure_position(title: str) -> Likely | None:
    """The position that a title stands for beyond reasonable doubt: each of its words is known, and they agree.

    >>> find_sure_position("film"), find_sure_position("power systems engineer").iri.rpartition("/")[2]
    (None, 'electrical-engineer')
    """
    if " " not in title or not knows_all_words(title):
        return None
    found = rank_positions(title)
    return found[0] if found and found[0].share >= _SURE else None
