"""The small parts that an SVG drawing is made of: texts, shapes, lines, and marks."""

from __future__ import annotations

from careergraph.export.formats.xml import element, escaped

INK, QUIET, GROUND, ALERT = "#1a1a1a", "#555555", "#ffffff", "#b00020"
RADIUS = 6
#: The corners of each shape around its middle, for a radius of one; a circle has none.
_CORNERS = {
    "square": ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    "triangle": ((0, -1), (1, 0.8), (-1, 0.8)),
    "triangleDown": ((0, 1), (1, -0.8), (-1, -0.8)),
    "diamond": ((0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)),
    "hexagon": ((-1, 0), (-0.5, -0.87), (0.5, -0.87), (1, 0), (0.5, 0.87), (-0.5, 0.87)),
    "star": (
        *((0, -1.15), (0.29, -0.38), (1.09, -0.36), (0.46, 0.15), (0.68, 0.93)),
        *((0, 0.48), (-0.68, 0.93), (-0.46, 0.15), (-1.09, -0.36), (-0.29, -0.38)),
    ),
}


def pixels(number: float) -> str:
    """A number as short as it can be written, to a tenth of a pixel.

    >>> pixels(3.0), pixels(2.25)
    ('3', '2.2')
    """
    return f"{number:.1f}".removesuffix(".0")


def text(x: float, y: float, words: str, **look: object) -> str:
    """A line of text from a point on; `font_size=16` and the like say how it looks."""
    attributes = {name.replace("_", "-"): value for name, value in look.items()}
    return element("text", {"x": pixels(x), "y": pixels(y), "fill": INK} | attributes, escaped(words))


def icon(shape: str, colour: str, x: float, y: float) -> str:
    """The shape that stands for a kind, around a point."""
    corners = _CORNERS.get(shape)
    if corners is None:
        return element("circle", {"cx": pixels(x), "cy": pixels(y), "r": RADIUS, "fill": colour})
    points = " ".join(f"{pixels(x + RADIUS * across)},{pixels(y + RADIUS * down)}" for across, down in corners)
    return element("polygon", {"points": points, "fill": colour})


def stroke(x: float, y: float, *, colour: str, width: float, dashed: bool) -> str:
    """A short line to the right, as an example of its sort."""
    look = {"d": f"M{pixels(x)} {pixels(y)} h24", "fill": "none"} | line_look(colour, width, dashed)
    return element("path", look)


def line_look(colour: str, width: float, dashed: bool) -> dict[str, str]:
    """How a line is drawn; a dashed one is for what only the editors say."""
    look = {"stroke": colour, "stroke-width": pixels(width)}
    return {**look, "stroke-dasharray": "5 4"} if dashed else look


def mark(x: float, y: float) -> str:
    """The sign for what sources disagree about, around a point."""
    dot = element("circle", {"cx": pixels(x), "cy": pixels(y), "r": 7, "fill": ALERT})
    return dot + text(x, y + 4, "!", fill=GROUND, text_anchor="middle", font_weight="bold")
