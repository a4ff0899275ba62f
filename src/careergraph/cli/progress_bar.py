"""Progress of long work."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from careergraph.importing.dataset.build import Progress

#: After each such share of a stage, another line is printed.
_STRETCH = 0.2


@contextmanager
def show_elapsed(text: str) -> Iterator[None]:
    """On a terminal, say on standard error what is going on and for how many seconds, until it is done.

    Args:
        text: what is going on.
    """
    if not (sys.stderr and sys.stderr.isatty()):
        yield
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bars.add_task(text, total=None)
        yield


@contextmanager
def show_progress(unit: str) -> Iterator[Progress]:
    """Progress on standard error: bars on a terminal, a line now and then otherwise.

    Args:
        unit: what is counted, such as `rows`.

    Yields:
        A function to report progress to: the stage, how much of it is done, and how much there is in all.
    """
    if not sys.stderr.isatty():
        yield _Lines(unit)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

    rate, left = TextColumn("{task.fields[rate]}"), TimeRemainingColumn(compact=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), rate, left)
    with Progress(*columns, console=Console(stderr=True), transient=False) as bars:
        tasks: dict[str, TaskID] = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total if total > 1 else None, rate="")
            speed = bars.tasks[tasks[stage]].speed
            rate = f"{speed:,.0f} {unit} a second" if speed and total > 1 else ""
            bars.update(tasks[stage], completed=done, total=total if total > 1 or done else None, rate=rate)

        yield progress


class _Lines:
    """Progress as plain lines: when a stage begins, every fifth of it, and its end.

    The rate is that of the last stretch: the first rows may take no time, and the last ones most of it.
    """

    def __init__(self, unit: str) -> None:
        self._unit, self._stage = unit, ""
        self._told, self._since = 0, 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell how far a stage is."""
        if stage != self._stage:
            self._stage, self._told, self._since = stage, 0, monotonic()
            click.echo(f"{stage} ...", err=True)
        if total > 1 and ((done - self._told) / total >= _STRETCH or self._told < done == total):
            now = monotonic()
            rate = (done - self._told) / max(now - self._since, 1e-3)
            self._told, self._since = done, now
            click.echo(
                f"  {done / total:.0%}, {done:,} of {total:,} {self._unit}, {rate:,.0f} a second, "
                f"{(total - done) / rate:.0f} s left",
                err=True,
            )
