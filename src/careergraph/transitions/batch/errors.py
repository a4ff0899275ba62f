"""Errors of a batch, besides those of any question."""

from __future__ import annotations

from careergraph.model.errors import NoAnswer, WrongCall
from careergraph.model.escaping import to_safe_line


class ClusterFailed(WrongCall):
    """A cluster cannot be reached, or has given up on a batch."""

    def __init__(self, master: str, reason: str) -> None:
        super().__init__(
            f"The cluster {to_safe_line(master)} has failed: {to_safe_line(reason.rstrip('.'), longest=400)}."
        )
        self.master, self.reason = master, reason


class BadRow(WrongCall):
    """A row of a batch is not a valid question."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"This row cannot be asked about: {to_safe_line(reason, longest=300)}.")
        self.reason = reason

    def __reduce__(self) -> tuple[type[BadRow], tuple[str]]:  # a row that is none goes to a process like all others
        return BadRow, (self.reason,)


class OtherBatch(WrongCall):
    """A folder has the answers to a different batch."""

    def __init__(self, folder: str, *, differing: tuple[str, ...]) -> None:
        super().__init__(
            f"{to_safe_line(folder)} has the answers to another batch, which differs in {', '.join(differing)}; name "
            "another folder, or remove that one."
        )
        self.folder, self.differing = folder, differing


class BatchStopped(WrongCall):
    """A process of a batch ended early; complete parts stay, and are not answered again."""

    def __init__(self, *, parts: int) -> None:
        super().__init__(
            "A process that answers was ended from outside, or by want of memory. Parts that are complete stay "
            f"({parts:,} so far); the same command goes on from there."
        )
        self.parts = parts


class NobodyAnswered(NoAnswer):
    """No row of a batch is a valid question; each is in `errors/` with its reason."""

    def __init__(self, path: str, *, rows: int, folder: str) -> None:
        super().__init__(
            f"None of the {rows:,} rows of {to_safe_line(path)} can be asked about; {to_safe_line(folder)} says why."
        )
        self.path, self.rows, self.folder = path, rows, folder
