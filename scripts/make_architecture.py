"""Draw the rooms of the package and what imports what, as docs/architecture.svg.

The rooms are the folders and modules at the top of src/careergraph. An arrow stands for at least one import, those in
functions and for type checking included; where a chain of arrows leads from one room to another, the arrow between the
two is left out. A test draws it again and compares.

    python scripts/make_architecture.py
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

import networkx as nx

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "careergraph"
PICTURE = ROOT / "docs" / "architecture.svg"

#: The rooms, a floor each, from the top; a floor imports only from floors below it.
FLOORS = (
    ("cli",),
    ("export", "server"),
    ("__init__",),
    ("render",),
    ("api",),
    ("importing",),
    ("transitions", "sparql"),
    ("catalogue", "validation"),
    ("store",),
    ("rdf",),
    ("model",),
    ("version",),
)
#: What stands in a room, in a few words.
ABOUT = {
    "cli": "commands, completion",
    "export": "formats, the explorer",
    "server": "SPARQL, JSON API, pages",
    "__init__": "careergraph.load()",
    "render": "text, HTML, notebooks",
    "api": "CareerGraph, the front door",
    "importing": "O*NET, CSV; data sets, similarity",
    "transitions": "routes, gaps, plans, people",
    "sparql": "queries, sandbox",
    "catalogue": "nodes, names, claims",
    "validation": "SHACL",
    "store": "files, snapshots, endpoints",
    "rdf": "vocabulary, parsing, results",
    "model": "errors, records, schemas",
    "version": "the version",
}
WIDTH, ROOM, HEIGHT, GAP = 760, 250, 42, 34


def imports(package: Path = PACKAGE) -> Iterator[tuple[str, str]]:
    """Each import between two rooms, as often as it is there: the importer's room, and the other's."""
    for path in sorted(package.rglob("*.py")):
        room = path.relative_to(package).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module] if "." in node.module else [f"{node.module}.{a.name}" for a in node.names]
            others = {name.split(".")[1] for name in names if name.startswith("careergraph.")} - {room}
            yield from ((room, other) for other in sorted(others))


def picture(pairs: Iterable[tuple[str, str]]) -> str:
    """The drawing as SVG: rooms on their floors, and an arrow for each import that no chain of others stands for."""
    places = dict(_places())
    height = len(FLOORS) * (HEIGHT + GAP) + 10
    needed = nx.transitive_reduction(nx.DiGraph(pair for pair in pairs if set(pair) <= places.keys()))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" '
            'role="img" aria-labelledby="title">',
            '<title id="title">The rooms of the package, each above those that it imports from</title>',
            '<marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
            '<path d="M0 0 L8 4 L0 8 z" fill="#5b6b7b"/></marker>',
            f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
            *(_arrow(places[a], places[b]) for a, b in sorted(needed.edges)),
            *(_room(name, *place) for name, place in places.items()),
            "</svg>",
            "",
        ]
    )


def _places() -> Iterator[tuple[str, tuple[int, int]]]:
    for number, names in enumerate(FLOORS):
        free = WIDTH - len(names) * ROOM
        for column, name in enumerate(names):
            yield name, (free * (column + 1) // (len(names) + 1) + column * ROOM, 10 + number * (HEIGHT + GAP))


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> str:
    x1, y1, x2, y2 = start[0] + ROOM // 2, start[1] + HEIGHT, end[0] + ROOM // 2, end[1]
    aside = 0 if y2 - y1 <= GAP or x1 != x2 else ROOM // 2 + 60  # past the rooms between the two
    middle = (y1 + y2) // 2
    return (
        f'<path d="M{x1} {y1} C{x1 + aside} {middle} {x2 + aside} {middle} {x2} {y2 - 1}" fill="none" '
        'stroke="#5b6b7b" stroke-width="1.5" marker-end="url(#end)"/>'
    )


def _room(name: str, x: int, y: int) -> str:
    label = name.replace("__init__", "careergraph")
    return (
        f'<g><rect x="{x}" y="{y}" width="{ROOM}" height="{HEIGHT}" rx="6" fill="#eef3f8" stroke="#33506b"/>'
        f'<text x="{x + 12}" y="{y + 18}" font-size="14" font-weight="bold" fill="#16293b">{escape(label)}</text>'
        f'<text x="{x + 12}" y="{y + 34}" font-size="12" fill="#33506b">{escape(ABOUT[name])}</text></g>'
    )


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(picture(imports()), encoding="utf-8")


if __name__ == "__main__":
    main()
