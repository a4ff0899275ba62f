"""What the search for the best choice finds is the best, as trying all and as a solver of large programs have it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careergraph.transitions.plans import course_choice
from careergraph.transitions.plans.binary_programs import Patience, Row, TooLarge, find_least
from careergraph.transitions.plans.course_choice import _solve_large

SIZE = 7
WEIGHTS = st.lists(st.integers(0, 9), min_size=SIZE, max_size=SIZE)
ROWS = st.lists(
    st.tuples(st.dictionaries(st.integers(0, SIZE - 1), st.integers(-3, 3), max_size=4), st.integers(-6, 4)), max_size=6
)
MAY = st.lists(st.integers(0, 1), min_size=SIZE, max_size=SIZE)


def total(weights: Sequence[int], values: Sequence[int]) -> int:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def keeps(values: Sequence[int], rows: Sequence[Row], upper: Sequence[int]) -> bool:
    within = all(value <= bound for value, bound in zip(values, upper, strict=True))
    return within and all(sum(weight * values[n] for n, weight in row.items()) >= bound for row, bound in rows)


def least_of_all(weights: Sequence[int], rows: Sequence[Row], upper: Sequence[int]) -> int | None:
    """The least sum of all values that keep to the rows, by trying every one."""
    possible = (values for values in product((0, 1), repeat=SIZE) if keeps(values, rows, upper))
    return min((total(weights, values) for values in possible), default=None)


@given(weights=WEIGHTS, rows=ROWS, upper=MAY)
@settings(deadline=None, max_examples=60)
def test_it_finds_the_least_that_keeps_to_the_rows(weights: list[int], rows: list[Row], upper: list[int]) -> None:
    found, least = find_least(weights, rows, upper), least_of_all(weights, rows, upper)
    assert (None if found is None else total(weights, found)) == least
    assert found is None or keeps(found, rows, upper)


@given(weights=WEIGHTS, rows=ROWS, below=st.integers(0, 30))
@settings(deadline=None, max_examples=60)
def test_it_finds_something_below_a_limit_where_there_is_any(weights: list[int], rows: list[Row], below: int) -> None:
    upper = [1] * SIZE
    least = least_of_all(weights, rows, upper)
    first = find_least(weights, rows, upper, below=below, first=True)
    best = find_least(weights, rows, upper, below=below)
    assert (first is not None) == (best is not None) == (least is not None and least < below)
    assert first is None or (total(weights, first) < below and keeps(first, rows, upper))
    assert best is None or total(weights, best) == least


@given(data=st.data())
@settings(deadline=None, max_examples=12)
def test_a_solver_of_large_programs_finds_the_same(data: st.DataObject) -> None:
    size = 24
    weights = data.draw(st.lists(st.integers(0, 40), min_size=size, max_size=size))
    covered = st.sets(st.integers(0, size - 1), min_size=2, max_size=5)
    rows: list[Row] = [(dict.fromkeys(sorted(places), 1), 1) for places in data.draw(st.lists(covered, max_size=12))]
    for taken, instead in data.draw(st.lists(st.tuples(st.integers(0, size - 1), covered), max_size=8)):
        rows.append((dict.fromkeys(sorted(instead - {taken}), 1) | {taken: -1}, 0))
    found, other = find_least(weights, rows, [1] * size), _solve_large(weights, [*rows, ({0: 0}, 0)], [1] * size)
    assert found is not None
    assert other is not None
    assert total(weights, found) == total(weights, other)


def test_what_takes_too_long_is_told() -> None:
    pairs: list[Row] = [({n: 1, m: 1}, 1) for n in range(12) for m in range(n)]
    assert total([1] * 12, find_least([1] * 12, pairs, [1] * 12) or []) == 11
    with pytest.raises(TooLarge):
        find_least([1] * 12, pairs, [1] * 12, patience=Patience(1))


def test_several_programs_share_one_patience() -> None:
    """A plan asks a program for each course; what each of them may take would add up."""
    pairs: list[Row] = [({n: 1, m: 1}, 1) for n in range(6) for m in range(n)]
    shared = Patience()
    find_least([1] * 6, pairs, [1] * 6, patience=shared)
    taken = Patience().left - shared.left
    assert taken > 0
    enough_for_two = Patience(2 * taken)
    for _ in range(2):
        find_least([1] * 6, pairs, [1] * 6, patience=enough_for_two)
    with pytest.raises(TooLarge):
        find_least([1] * 6, pairs, [1] * 6, patience=enough_for_two)


def test_a_large_program_is_solved_where_nothing_can_be_imported_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*program: Any) -> list[int] | None:
        raise OSError("Too many open files")

    monkeypatch.setattr(course_choice, "_solve_large", refused)
    pairs: list[Row] = [({n: 1, m: 1}, 1) for n in range(6) for m in range(n)]
    found = course_choice._solve([1] * 6, pairs, [1] * 6, Patience(1))
    assert found is not None
    assert sum(found) == 5
