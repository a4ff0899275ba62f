"""What the pages of the reference share: tables, and the fault that something is not documented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class Undocumented(Exception):
    """Something public has no words to it."""


def words(text: str | None, whose: str) -> str:
    """The text on one line.

    Raises:
        Undocumented: there is none.
    """
    if not text or not text.strip():
        raise Undocumented(f"{whose} is not documented")
    return " ".join(text.split())


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; nothing, if it has no rows."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    if not lines:
        return ""
    return "\n".join([f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *lines])


def page(*parts: str) -> str:
    """Parts with an empty line between them; empty ones are left out."""
    return "\n\n".join(part.strip("\n") for part in parts if part.strip())


def in_angles(text: str) -> str:
    """A text in which angle brackets are no HTML."""
    return text.replace("<", "\\<")
