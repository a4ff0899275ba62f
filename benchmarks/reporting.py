"""The one shape that all benchmarks give their figures in; `results.schema.json` describes it.

A measurement is what one side takes, in a unit; a ratio is what two sides take, one by the other. Either has the median
of its rounds and how far they lie apart, and may have a goal. A benchmark adds them to its report on the way:

>>> report = Report()
>>> report.ratio("start", "ours / theirs", [1.9, 2.0, 2.3], Goal("at most", 2.5))
>>> report.to_dict()["ratios"][0]["value"], report.met
(2.0, True)
"""

from __future__ import annotations

import json
import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any, Literal

from benchmarks.machine import machine, versions

#: From so many rounds on, their spread is told by quartiles; the range of more would only tell of the worst moment.
ENOUGH_FOR_QUARTILES = 8
#: Significant digits of a figure; no clock here is good for more.
_DIGITS = 5


@dataclass(frozen=True)
class Goal:
    """What a figure has to be.

    >>> Goal("at least", 10).met_by(9.9)
    False
    """

    relation: Literal["at most", "at least"]
    value: float

    def met_by(self, figure: float) -> bool:
        """Whether a figure is good enough."""
        return figure <= self.value if self.relation == "at most" else figure >= self.value


class Report:
    """The figures of one benchmark, collected while it runs.

    `met` is whether all goals so far are met; `details` may take what this benchmark alone has to say in JSON, `notes`
    sentences for the page.
    """

    def __init__(self) -> None:
        self.met = True
        self.details: dict[str, Any] = {}
        self.notes: list[str] = []
        self._began = time.perf_counter()
        self._load = os.getloadavg()[0]
        self._measurements: list[dict[str, Any]] = []
        self._ratios: list[dict[str, Any]] = []
        self._others: dict[str, str] = {}

    def measured(
        self,
        name: str,
        side: str,
        unit: str,
        values: Sequence[float],
        goal: Goal | None = None,
        *,
        value: float | None = None,
        at_least: bool = False,
    ) -> None:
        """Add what one side takes.

        Args:
            name: what was measured.
            side: whose figures these are.
            unit: such as `ms`, `MB`, `statements`; empty for a plain number.
            values: one for each round.
            goal: what the figure has to be.
            value: the figure where it is not the median of the rounds', such as their mean.
            at_least: whether the true figure is known only not to be less, since nobody waited for the end.
        """
        figures = self._figures(values, value, goal)
        self._measurements.append({"name": name, "side": side, "unit": unit, **figures, "at_least": at_least})

    def ratio(
        self,
        name: str,
        sides: str,
        values: Sequence[float],
        goal: Goal | None = None,
        *,
        value: float | None = None,
        at_least: bool = False,
    ) -> None:
        """Add what two sides take, one by the other.

        Args:
            name: what was measured.
            sides: what is divided by what.
            values: one for each round.
            goal: what the ratio has to be.
            value: the ratio itself where it is not the median of the rounds', such as that of two medians.
            at_least: as for `measured`.
        """
        figures = self._figures(values, value, goal)
        self._ratios.append({"name": name, "sides": sides, **figures, "at_least": at_least})

    def used(self, **others: str) -> None:
        """Add versions of what is no library of this environment: `name=version`."""
        self._others |= others

    def _figures(self, values: Sequence[float], given: float | None, goal: Goal | None) -> dict[str, Any]:
        low, high, spread = _spread(values)
        value = median(values) if given is None else given
        met = goal.met_by(value) if goal else None
        self.met &= met is not False
        return {
            "value": _round(value),
            "low": _round(low),
            "high": _round(high),
            "spread": spread,
            "rounds": len(values),
            "goal": {"relation": goal.relation, "value": goal.value} if goal else None,
            "met": met,
        }

    def to_dict(self) -> dict[str, Any]:
        """All of it as JSON; what is of this benchmark alone comes first."""
        return {
            **self.details,
            "machine": machine(),
            "versions": dict(sorted({**versions(), **self._others}.items(), key=lambda item: item[0].lower())),
            "load": round(self._load, 2),
            "seconds": round(time.perf_counter() - self._began, 1),
            "measurements": self._measurements,
            "ratios": self._ratios,
            "notes": self.notes,
        }


def add_format(parser: ArgumentParser) -> None:
    """Add the option `--format` to a benchmark's command line."""
    parser.add_argument("--format", choices=("text", "json"), default="text")


@contextmanager
def reporting(format_: str) -> Iterator[Report]:
    """A report to fill. As `json` it is printed at the end, and what is printed meanwhile goes to standard error."""
    report = Report()
    if format_ == "text":
        yield report
        return
    with redirect_stdout(sys.stderr):
        yield report
    print(json.dumps(report.to_dict(), indent=2))


def _spread(values: Sequence[float]) -> tuple[float, float, str]:
    if len(values) < ENOUGH_FOR_QUARTILES:
        return min(values), max(values), "range"
    low, _, high = quantiles(values, n=4)
    return low, high, "quartiles"


def _round(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
