"""0-1 programs: minimise a sum over variables that are 0 or 1, subject to constraints, by branch and bound.

The programs of a plan are small: some hundred courses, and each requirement is taught by a few of them. A search that
works out what follows from each choice, and a lower bound of what is still to come, solves them in less time than it
takes to import a solver for large programs. Each constraint is a *row*.

    bound       each row that is not met yet pays for its cheapest variable; what one row has paid of the cost of a
                variable, the next ones need not: dual ascent, as Erlenkotter (1978) has it for locations
    following   what is left of a row is too little without a variable, or with it
    branching   on the row with the fewest variables left, the cheapest first

Everything is in whole numbers, so the answer is exact. A search that takes too long says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, inf

#: `Σ coefficient · variable ≥ bound` over whole numbers; the variables by number.
Row = tuple[Mapping[int, int], float]
#: How many terms of rows may be examined in all: that takes about as long as importing a solver for large programs.
PATIENCE = 1_000_000
#: Sums are whole numbers: exceeding a bound by less than this does not count.
_SLIGHT = 1e-6


class TooLarge(Exception):
    """Programs take more work than is allowed."""


class Patience:
    """How many terms of rows may still be examined, by all searches that share it.

    Args:
        left: their number.
    """

    def __init__(self, left: float = PATIENCE) -> None:
        self.left = left

    def spend(self, terms: int) -> None:
        """Count terms that are examined.

        Raises:
            TooLarge: fewer are left.
        """
        self.left -= terms
        if self.left < 0:
            raise TooLarge


def find_least(
    objective: Sequence[int],
    rows: Sequence[Row],
    upper: Sequence[int],
    *,
    below: float = inf,
    first: bool = False,
    patience: Patience | None = None,
) -> list[int] | None:
    """Values, 0 or 1, that satisfy all rows and minimise an objective; None if there are none.

    Args:
        objective: the weights of the variables, none of them negative.
        rows: the constraints.
        upper: which variables may be 1.
        below: what the objective has to stay below.
        first: whether to stop at the first values that satisfy all of this.
        patience: how much work is allowed; unlimited if None.

    Raises:
        TooLarge: there is no patience left.

    >>> find_least([2, 1, 1], [({0: 1, 1: 1}, 1), ({0: 1, 2: 1}, 1)], [1, 1, 1], below=2)
    >>> find_least([1, 1, 1], [({0: 1, 1: 1}, 1), ({0: 1, 2: 1}, 1)], [1, 1, 1])
    [1, 0, 0]
    """
    search = _Search(objective, rows, below, first, patience)
    if search.begin(upper):
        search.branch()
    return search.best


def find_open(objective: Sequence[int], rows: Sequence[Row], upper: Sequence[int], *, below: float) -> list[bool]:
    """Which variables may be 1, as far as that shows without a search: no solution has any other variable at 1.

    Args:
        objective: the weights of the variables, none of them negative.
        rows: the constraints.
        upper: which variables may be 1.
        below: what the objective has to stay below.

    >>> find_open([5, 1, 1], [({0: 1, 1: 1, 2: 1}, 1)], [1, 1, 1], below=3)
    [False, True, True]
    """
    search = _Search(objective, rows, below, True, None)
    if search.begin(upper):
        search.narrow()
    return [value != 0 for value in search.value]


class _Search:
    """A search: the values chosen so far, and for each row its current sum and the greatest it can reach."""

    def __init__(
        self, objective: Sequence[int], rows: Sequence[Row], below: float, first: bool, patience: Patience | None
    ) -> None:
        self.costs, self.least, self.first = objective, below, first
        self.patience = patience or Patience(inf)
        self.best: list[int] | None = None
        self.value: list[int | None] = [None] * len(objective)
        self.chosen: list[int] = []
        self.spent = 0
        self.terms = [[(place, weight) for place, weight in row.items() if weight] for row, _ in rows]
        self.bounds = [ceil(bound - _SLIGHT) for _, bound in rows]
        self.widest = [max((abs(weight) for _, weight in terms), default=0) for terms in self.terms]
        self.held = [0] * len(rows)
        self.reach = [sum(weight for _, weight in terms if weight > 0) for terms in self.terms]
        self.uses: list[list[tuple[int, int]]] = [[] for _ in objective]
        for number, terms in enumerate(self.terms):
            for place, weight in terms:
                self.uses[place].append((number, weight))

    def begin(self, upper: Sequence[int]) -> bool:
        """Exclude variables that may not be 1; return whether a solution is still possible."""
        for place, bound in enumerate(upper):
            if not bound:
                self._set(place, 0)
        return self._follow(range(len(self.terms)))

    def branch(self) -> None:
        """Examine all completions of the values chosen so far, and keep the best."""
        mark = len(self.chosen)
        rows = self.narrow()
        if rows == []:
            self.best, self.least = [value or 0 for value in self.value], -inf if self.first else self.spent
        elif rows:
            self._branch_on(min(rows, key=len))
        self._undo(mark)

    def _branch_on(self, row: list[int]) -> None:
        for place in sorted(row, key=lambda place: (self.costs[place], -len(self.uses[place]))):
            if self.value[place] is not None:
                continue
            mark = len(self.chosen)
            if self._choose(place, 1):
                self.branch()
            self._undo(mark)
            if not self._choose(place, 0):
                return
        # The consequences of the others may have met the row.
        if any(self.value[place] for place in row):
            self.branch()

    def narrow(self) -> list[list[int]] | None:
        """The rows not met yet, with the free variables of each; None if no better solution is possible from here.

        A variable that would make every solution too expensive is left out.
        """
        while self.spent < self.least:
            rows = self._open_rows()
            lower, left = self._bound(rows)
            dear = [place for place, cost in left.items() if cost >= self.least - lower]
            if lower >= self.least:
                return None
            if not dear:
                return rows
            if not all(self.value[place] == 0 or self._choose(place, 0) for place in dear):
                return None
        return None

    def _open_rows(self) -> list[list[int]]:
        value = self.value
        opened = (number for number, bound in enumerate(self.bounds) if self.held[number] < bound)
        found = [[p for p, weight in self.terms[number] if weight > 0 and value[p] is None] for number in opened]
        return sorted(found, key=len)

    def _bound(self, rows: Iterable[list[int]]) -> tuple[int, dict[int, int]]:
        """A lower bound of the cost of meeting all rows, and what is left of the cost of each variable in them."""
        lower, costs = self.spent, self.costs
        left: dict[int, int] = {}
        for row in rows:
            for place in row:
                left.setdefault(place, costs[place])
            pays = min([left[place] for place in row])
            if pays:
                lower += pays
                for place in row:
                    left[place] -= pays
        return lower, left

    def _choose(self, place: int, value: int) -> bool:
        """Give a variable a value, with its consequences; return whether a solution is still possible."""
        if self.value[place] is not None:
            return self.value[place] == value
        return self._follow(self._set(place, value))

    def _follow(self, numbers: Iterable[int]) -> bool:
        """Give variables the only value that a row leaves them, repeatedly; whether a solution is still possible."""
        queue, value = list(numbers), self.value
        while queue:
            number = queue.pop()
            spare = self.reach[number] - self.bounds[number]
            if spare < 0:
                return False
            if self.widest[number] <= spare:  # the row can do without any of them
                continue
            self.patience.spend(len(self.terms[number]))
            for place, weight in self.terms[number]:
                if value[place] is None and abs(weight) > spare:
                    queue += self._set(place, int(weight > 0))
        return self.spent < self.least

    def _set(self, place: int, value: int) -> list[int]:
        """Give a variable a value; return the rows that this leaves less room."""
        self.value[place] = value
        self.chosen.append(place)
        self.patience.spend(len(self.uses[place]))
        self._count(place, value, 1)
        return [number for number, weight in self.uses[place] if (weight < 0) == bool(value)]

    def _undo(self, mark: int) -> None:
        """Undo the choices made since there were `size` of them."""
        while len(self.chosen) > mark:
            place = self.chosen.pop()
            value, self.value[place] = self.value[place], None
            self._count(place, value or 0, -1)

    def _count(self, place: int, value: int, sign: int) -> None:
        held, reach = self.held, self.reach
        self.spent += sign * value * self.costs[place]
        for number, weight in self.uses[place]:
            if value:
                held[number] += sign * weight
            if (weight < 0) == bool(value):
                reach[number] -= sign * abs(weight)
