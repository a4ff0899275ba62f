"""SVG: a drawing of a view that any browser, word processor or drawing program shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from careergraph.export.formats.svg_layout import BOX, FONT_SIZE, ICON, MARGIN, Box, Curve, lay_out, measure_text
from careergraph.export.formats.xml import DECLARATION, escape_text, write_element, write_lines
from careergraph.export.rows import as_text, make_edge_row
from careergraph.export.view import View, ViewEdge
from careergraph.model.kind_styles import find_style
from careergraph.rdf.kinds import NAMED_KINDS

FONTS = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', 'Noto Sans', sans-serif"
_FAINT = "#8a8f98"
#: Pixels between two entries of the legend.
_BETWEEN = 16
#: Something to draw at a point, and what it means.
Sign = tuple[Callable[[float, float], str], str]
_TOLD = ("label", "ease", "strength", "level", "text", "sources")


def to_svg(view: View) -> bytes:
    """The view as SVG: kinds by shape and colour, labels, arrows, and a legend.

    Raises:
        TooMuchToDraw: it has more nodes than can be read.
    """
    laid_out = lay_out(view)
    title, words = _title(view), _summary(view)
    curves = sorted(laid_out.curves, key=lambda curve: curve.edge.kind == "transition")  # these on top
    shapes, signs = _shapes(view), [sign for sign, occurs in _line_signs(view.edges) if occurs]
    parts = (
        write_element("title", {}, escape_text(title)),
        write_element("desc", {}, escape_text(words)),
        write_element("rect", {"width": "100%", "height": "100%", "fill": GROUND}),
        draw_text(MARGIN, 22, title, font_size=16, font_weight="bold"),
        draw_text(MARGIN, 38, words, fill=QUIET),
        write_lines("g", {"fill": "none"}, map(_curve, curves)),
        write_lines("g", {}, map(_head, curves)),
        write_lines("g", {}, map(_box, laid_out.boxes)),
        write_lines("g", {}, (mark(*curve.centre) for curve in laid_out.curves if curve.edge.disputed)),
        write_lines(
            "g", {}, (*_legend_line(shapes, 20, laid_out.height - 36), *_legend_line(signs, 36, laid_out.height - 14))
        ),
    )
    widest = max(laid_out.width, _length(shapes, 20), _length(signs, 36), measure_text(words) + 2 * MARGIN)
    width, height = to_pixels(widest), to_pixels(laid_out.height)
    root = {"xmlns": "http://www.w3.org/2000/svg", "width": width, "height": height}
    root |= {"viewBox": f"0 0 {width} {height}", "role": "img", "font-family": FONTS, "font-size": str(FONT_SIZE)}
    return (DECLARATION + write_lines("svg", root, parts) + "\n").encode()


def _title(view: View) -> str:
    focus = next((node.label for node in view.nodes if node.id == view.focus), None)
    return f"Around {focus}" if focus else "Graph of careers"


def _summary(view: View) -> str:
    left = view.left_out
    shown = f"{len(view.nodes):,} nodes and {len(view.edges):,} edges"
    return f"{shown}; {left.nodes:,} nodes and {left.edges:,} edges are left out" if left.nodes else shown


def _curve(curve: Curve) -> str:
    start, *rest = (f"{to_pixels(x)} {to_pixels(y)}" for x, y in curve.points)
    row = make_edge_row(curve.edge)
    told = ". ".join(as_text(row[name]).rstrip(".") for name in _TOLD if row[name])
    way = {"d": f"M{start} C{', '.join(rest)}"}
    return write_element("path", way | _line(curve.edge), write_element("title", {}, escape_text(told)))


def _line(edge: ViewEdge) -> dict[str, str]:
    # The more feasible a transition is, the thicker its arrow.
    width = 1.2 + 2.4 * (edge.weight or 0) if edge.kind == "transition" else 1
    return style_line(_colour(edge), width, edge.basis == "judged")


def _colour(edge: ViewEdge) -> str:
    return INK if edge.kind == "transition" else _FAINT


def _head(curve: Curve) -> str:
    (pulled, _), (x, y) = curve.points[2:]
    back = 8 if pulled > x else -8
    corners = ((x, y), (x + back, y - 3.5), (x + back, y + 3.5))
    points = " ".join(f"{to_pixels(across)},{to_pixels(down)}" for across, down in corners)
    return write_element("polygon", {"points": points, "fill": _colour(curve.edge)})


def _box(box: Box) -> str:
    look = find_style(box.node.kind)
    frame = {"x": to_pixels(box.x), "y": to_pixels(box.y), "width": to_pixels(box.width), "height": BOX, "rx": 5}
    told = ". ".join(part.rstrip(".") for part in (box.node.label, box.node.kind, box.node.definition) if part)
    parts = (
        write_element("title", {}, escape_text(told)),
        write_element("rect", {**frame, "fill": GROUND, "stroke": look.colour, "stroke-width": "1.4"}),
        draw_icon(look.shape, look.colour, box.x + ICON / 2, box.middle),
        draw_text(box.x + ICON, box.middle + 4, box.label),
    )
    return write_lines("g", {}, parts)


def _shapes(view: View) -> list[Sign]:
    kinds = [find_style(kind) for kind in NAMED_KINDS if any(node.kind == kind for node in view.nodes)]
    return [(partial(draw_icon, look.shape, look.colour), look.plural) for look in kinds]


def _line_signs(edges: Sequence[ViewEdge]) -> Iterator[tuple[Sign, bool]]:
    moves = {edge.kind == "transition" for edge in edges}
    thick, thin = partial(draw_stroke, colour=INK, width=2.4), partial(draw_stroke, colour=_FAINT, width=1)
    yield (partial(thick, dashed=False), "leads to, the thicker the more feasible"), True in moves
    yield (partial(thin, dashed=False), "another relation"), False in moves
    yield (partial(thin, dashed=True), "only the editors say so"), any(edge.basis == "judged" for edge in edges)
    yield (mark, "sources disagree"), any(edge.disputed for edge in edges)


def _legend_line(signs: Iterable[Sign], room: float, y: float) -> Iterator[str]:
    """A line of the legend: each symbol, followed by its meaning."""
    x = float(MARGIN)
    for draw, words in signs:
        yield draw(x + RADIUS, y)
        yield draw_text(x + room, y + 4, words)
        x += room + measure_text(words) + _BETWEEN


def _length(signs: Iterable[Sign], room: float) -> float:
    return 2 * MARGIN + sum(room + measure_text(words) + _BETWEEN for _, words in signs)


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


def to_pixels(number: float) -> str:
    """A number as short as it can be written, to a tenth of a pixel.

    >>> to_pixels(3.0), to_pixels(2.25)
    ('3', '2.2')
    """
    return f"{number:.1f}".removesuffix(".0")


def draw_text(x: float, y: float, words: str, **look: object) -> str:
    """A line of text from a point on; `font_size=16` and the like say how it looks."""
    attributes = {name.replace("_", "-"): value for name, value in look.items()}
    return write_element("text", {"x": to_pixels(x), "y": to_pixels(y), "fill": INK} | attributes, escape_text(words))


def draw_icon(shape: str, colour: str, x: float, y: float) -> str:
    """The shape of a kind, around a point."""
    corners = _CORNERS.get(shape)
    if corners is None:
        return write_element("circle", {"cx": to_pixels(x), "cy": to_pixels(y), "r": RADIUS, "fill": colour})
    points = " ".join(f"{to_pixels(x + RADIUS * across)},{to_pixels(y + RADIUS * down)}" for across, down in corners)
    return write_element("polygon", {"points": points, "fill": colour})


def draw_stroke(x: float, y: float, *, colour: str, width: float, dashed: bool) -> str:
    """A short line to the right, as a sample."""
    look = {"d": f"M{to_pixels(x)} {to_pixels(y)} h24", "fill": "none"} | style_line(colour, width, dashed)
    return write_element("path", look)


def style_line(colour: str, width: float, dashed: bool) -> dict[str, str]:
    """How a line is drawn; a dashed one is for what only the editors say."""
    look = {"stroke": colour, "stroke-width": to_pixels(width)}
    return {**look, "stroke-dasharray": "5 4"} if dashed else look


def mark(x: float, y: float) -> str:
    """The mark for disagreement between sources, around a point."""
    dot = write_element("circle", {"cx": to_pixels(x), "cy": to_pixels(y), "r": 7, "fill": ALERT})
    return dot + draw_text(x, y + 4, "!", fill=GROUND, text_anchor="middle", font_weight="bold")
