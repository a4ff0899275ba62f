"""How kinds of node look in all pictures: a colour for light and one for dark backgrounds, a shape, a plural."""

from __future__ import annotations

from careergraph.model.records import Record


class KindStyle(Record):
    """The look of one kind.

    The colours can be told apart by people who confuse red and green or blue and yellow, and have a contrast of 3 : 1
    or better with their background. The shape distinguishes kinds without any colour; it is one of the shapes of
    vis-network that have their label outside.
    """

    colour: str
    dark: str
    shape: str
    plural: str


KIND_STYLES = {
    "role": KindStyle("#0b62a4", "#6db3f2", "dot", "roles"),
    "background": KindStyle("#a65f00", "#f0a63c", "square", "backgrounds"),
    "occupation": KindStyle("#7a3b12", "#d9a27c", "hexagon", "occupations"),
    "skill": KindStyle("#007a55", "#3fcf9e", "triangle", "skills"),
    "credential": KindStyle("#a2447f", "#e79ac8", "diamond", "credentials"),
    "milestone": KindStyle("#b5400a", "#ff9566", "star", "milestones"),
    "course": KindStyle("#1f7f9c", "#7fd3ea", "hexagon", "courses"),
    "organisation": KindStyle("#6b5b00", "#d8c53a", "triangleDown", "organisations"),
    "person": KindStyle("#5d4aa8", "#b3a4f5", "dot", "people"),
    "topic": KindStyle("#6a6a6a", "#b0b0b0", "square", "topics"),
    "activity": KindStyle("#3f6b3f", "#9ccf9c", "triangleDown", "activities"),
    "source": KindStyle("#333333", "#dddddd", "diamond", "sources"),
}

#: The style of a kind that has none of its own.
OTHER = KindStyle("#6a6a6a", "#b0b0b0", "dot", "other nodes")


def find_style(kind: str) -> KindStyle:
    """The look of a kind.

    >>> find_style("role").shape
    'dot'
    """
    return KIND_STYLES.get(kind, OTHER)


def count_nodes(kind: str, count: int) -> str:
    """So many nodes of a kind, in words.

    >>> count_nodes("activity", 1), count_nodes("activity", 2437)
    ('1 activity', '2,437 activities')
    """
    return f"1 {kind}" if count == 1 else f"{count:,} {find_style(kind).plural}"
