"""The labels of stations in the lines that they take: at the sides, there is room for long lines, between them none."""

from __future__ import annotations

from textwrap import shorten, wrap

#: How many signs of a label find room in a line in thin letters and in thick ones; how many pixels one takes, for those
#: labels that have others beside them.
LONGEST, LONGEST_BOLD, SIGN = 35, 31, 7
#: How many lines a label has at most: beside its station, and above it.
BESIDE, OVER = 2, 6


def wrap_label(label: str, column: int, columns: int, pitch: float) -> tuple[str, ...]:
    """A label in lines; the last one is cut if that is not enough.

    Args:
        label: the label.
        column: the column that its station stands in.
        columns: how many columns there are.
        pitch: how far they are apart, in pixels.

    >>> wrap_label("Elementary School Teachers, Except Special Education", 0, 4, 187)
    ('Elementary School Teachers, Except', 'Special Education')
    >>> wrap_label("AI ethicist", 3, 4, 187)
    ('AI ethicist',)
    """
    if column in (0, columns - 1):
        most, longest = BESIDE, LONGEST if column == 0 else LONGEST_BOLD
    else:
        most, longest = OVER, int(pitch / SIGN)
    # A word that is no longer than that is not broken.
    lines = wrap(label, longest, break_long_words=False, break_on_hyphens=True)
    if len(lines) > most:
        lines = [*lines[: most - 1], shorten(" ".join(lines[most - 1 :]), longest, placeholder=" …")]
    return tuple(lines)
