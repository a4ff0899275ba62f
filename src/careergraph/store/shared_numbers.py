"""Numbers that several lists have in common, those in most of the lists first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from math import inf

#: A number is left out if it is in this many times fewer lists than another one.
_FEWER = 3
#: One in so many lists is only looked through for numbers that are in enough of the others: the longest ones.
_LAST = 5


def rank_shared(lists: Sequence[Collection[int]], most: int) -> Iterator[int]:
    """The numbers that are in most of some lists, the first of which are likely to do; ties by number.

    Takes time linear in the lists.

    Args:
        lists: the lists, none of which has a number twice.
        most: how many numbers are likely to do; more take longer.

    >>> list(rank_shared([[1, 2], [2, 3], [2, 3], [2, 3], [2]], 1))
    [2, 3]
    """
    shared, least = _count_likely(lists, most)
    enough = max(shared.values(), default=0) / _FEWER
    yield from _in_order(shared, max(least, enough), inf)
    if least > enough:
        yield from _in_order(Counter(chain.from_iterable(lists)), enough, least)


def _count_likely(lists: Sequence[Collection[int]], most: int) -> tuple[Counter[int], int]:
    """How many lists numbers are in, and from how many on all are counted; if possible, that is true of `most`."""
    ordered, last = sorted(lists, key=len), len(lists) // _LAST
    shared: Counter[int] = Counter()
    for numbers in ordered[: len(ordered) - last]:
        shared.update(numbers)
    least = _find_count_of(shared, most)
    if least <= last:  # a number that is in the last lists alone might be among them
        for numbers in ordered[len(ordered) - last :]:
            shared.update(numbers)
        return shared, 0
    likely = {number: count for number, count in shared.items() if count + last >= least}
    shared, known = Counter(likely), set(likely)
    for numbers in ordered[len(ordered) - last :]:
        shared.update(known.intersection(numbers))
    return shared, least


def _find_count_of(shared: Mapping[int, int], most: int) -> int:
    """The greatest count that at least so many numbers have or exceed; 0 if there are fewer numbers."""
    found = 0
    for count, numbers in sorted(Counter(shared.values()).items(), reverse=True):
        found += numbers
        if found >= most:
            return count
    return 0


def _in_order(shared: Mapping[int, int], least: float, below: float) -> Iterator[int]:
    by_count: dict[int, list[int]] = {}
    for number, count in shared.items():
        if least <= count < below:
            by_count.setdefault(count, []).append(number)
    # Most have little in common, and are never looked at: so they need not be sorted.
    return (number for count in sorted(by_count, reverse=True) for number in sorted(by_count[count]))
