"""Numbers that several lists have in common."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from careergraph.store.shared_numbers import rank_shared

LISTS = st.lists(st.lists(st.integers(0, 30), unique=True), max_size=25)


@given(LISTS, st.integers(1, 12))
def test_numbers_in_most_lists_come_first_however_many_are_likely_to_do(lists: list[list[int]], most: int) -> None:
    counts = Counter(number for numbers in lists for number in numbers)
    enough = max(counts.values(), default=0) / 3
    ranked = sorted((number for number in counts if counts[number] >= enough), key=lambda n: (-counts[n], n))
    assert list(rank_shared(lists, most)) == ranked
