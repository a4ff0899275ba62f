"""Which positions a title that nothing is called may stand for, judging by its words.

How often each word stands in the titles of each position is counted in O*NET's titles: `scripts/make_title_table.py`.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from careergraph.model.text import normalise
from careergraph.rdf.vocabulary import ID
from careergraph.transitions.people.phrases import fold

WORDS = "title_words.json.gz"
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
def _load() -> dict[str, Any]:
    table = json.loads(gzip.decompress((Path(__file__).parent / WORDS).read_bytes()))
    return {**table, "words": {part: dict(counts) for part, counts in table["words"].items()}}


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
    table, parts = _load(), [*split_title(fold(title))]
    known = [(part, table["words"][part]) for part in parts if part in table["words"]]
    if not known:
        return []
    totals = table["words"][""]
    scores = [
        _PRIOR * math.log(totals[number])
        + sum(
            (_PAIR if " " in part else 1) * math.log((counts.get(number, 0) + _UNSEEN) / (totals[number] + _MORE))
            for part, counts in known
        )
        for number in range(len(table["positions"]))
    ]
    best = max(scores)
    shares = [math.exp(score - best) for score in scores]
    ranked = sorted(zip(shares, table["positions"], strict=True), reverse=True)[:_MOST]
    return [Likely(f"{ID}{place}", share / sum(shares)) for share, place in ranked]


def knows_all_words(title: str) -> bool:
    """Whether each word of a title stands in others.

    >>> knows_all_words("Admissions officer"), knows_all_words("Officier")
    (True, False)
    """
    words = fold(normalise(title)).split()
    return bool(words) and all(word in _load()["words"] for word in words)


def find_sure_position(title: str) -> Likely | None:
    """The position that a title stands for beyond reasonable doubt: each of its words is known, and they agree.

    >>> find_sure_position("film"), find_sure_position("power systems engineer").iri.rpartition("/")[2]
    (None, 'electrical-engineer')
    """
    if " " not in title or not knows_all_words(title):
        return None
    found = rank_positions(title)
    return found[0] if found and found[0].share >= _SURE else None
