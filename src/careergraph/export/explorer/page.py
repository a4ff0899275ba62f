"""The page itself: one self-contained file with scripts, styles and data."""

from __future__ import annotations

import json
from base64 import b64encode, b85decode, b85encode
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from hashlib import sha256
from itertools import starmap
from types import SimpleNamespace
from typing import Any
from zlib import compress, decompress

from markupsafe import Markup
from pyvis.network import Network

from careergraph.catalogue.catalogue import Catalogue
from careergraph.export.explorer.addresses import list_addresses
from careergraph.export.explorer.details import list_details
from careergraph.export.explorer.drawing import ASIDE, list_regions, list_relations, make_drawing
from careergraph.export.explorer.route_table import MOST_ENDS, make_route_table
from careergraph.export.view import View, ViewNode, view
from careergraph.model.kind_styles import KIND_STYLES, count_nodes, find_style
from careergraph.model.records import Record, Ref
from careergraph.rdf.kinds import POSITIONS
from careergraph.render import assets
from careergraph.render.html.page import list_kind_colours
from careergraph.render.map.career_map import CareerMap, draw_career_map
from careergraph.render.map.drawing import map_part
from careergraph.render.map.neighbourhood import covers, draw_neighbourhood
from careergraph.render.text.facts import word_fact, word_unit
from careergraph.render.text.node_summary import name_property
from careergraph.render.text.phrases import format_sections, mark_claim, tell_grade, to_words
from careergraph.transitions.outlook import reach

#: Parts of the scripts and of the style, in the order in which they have to stand: what comes before the first drawing,
#: what the map needs, then what the whole graph does, which runs after vis-network.
LIVE = ("career/live",)
FIRST = tuple(f"career/{name}" for name in ("basics", "names", "combobox", "address", "ways", "map", "answer", "start"))
REST = tuple(
    f"explorer/{name}"
    for name in (
        *("page", "labels", "painting", "address", "visible", "canvas", "panning"),
        *("panel", "search", "keyboard", "pictures", "start"),
    )
)
STYLES = ("base.css", "pay.css", "map.css", "cards.css", "explorer.css", "career.css")
#: Kinds that are hidden at first.
ASKED_FOR = (ASIDE, "topic")
#: In a larger graph, the page shows only the connections of a node, not all that its sources say.
MOST_DETAILS = 1000
#: How many nodes that are connected in the same way are named; the graph shows all.
MOST_JOINED = 3
#: Edges that are told in full where they start, and those that are where they end.
TOLD = ("transition", "requires", "waives")
TOLD_WHERE_THEY_END = ("transition", "teaches")

TITLE = "Careers in AI"

#: Of Python's 85 signs, those that mean something in HTML, and what stands for them.
_TO_SAFE, _FROM_SAFE = str.maketrans("&<>", ",.:"), str.maketrans(",.:", "&<>")

#: Further functions of the templates.
WORDS = {
    "graded": tell_grade,
    "in_words": to_words,
    "kinds": KIND_STYLES,
    "marks": mark_claim,
    "most_joined": MOST_JOINED,
    "sections": format_sections,
    "style": find_style,
    "titled": name_property,
    "fact_words": word_fact,
    "unit_words": word_unit,
}


class ShownKind(Record):
    """A kind of node with its nodes, and whether they are shown at first."""

    name: str
    plural: str
    count: int
    shown: bool
    nodes: tuple[ViewNode, ...]


def make_page(catalogue: Catalogue, selection: View | None = None, *, title: str | None = None) -> str:
    """The graph, or a view of it, as a page of HTML that needs no other file and no network.

    The page is what pyvis makes of our template: its nodes, edges and options, for the vis-network that it ships.
    Every text is escaped, titles are text, and the page forbids itself to run any script but its own four.

    Args:
        catalogue: where details and routes are looked up.
        selection: what to show, as `careergraph.export.view.view` gives it; the whole graph if not given.
        title: the page's heading; what it is about if not given.

    Returns:
        The page; for the same data the same on every run.

    >>> from careergraph.rdf.standards import RDF, SKOS
    >>> from careergraph.rdf.vocabulary import CG
    >>> said = {"https://example.org/clerk": {RDF.type: [CG.Role], SKOS.prefLabel: ["Clerk"]}}
    >>> page = make_page(Catalogue(said))
    >>> page.count("<article"), page.count('class="station')
    (1, 0)
    """
    found = view(catalogue, words=False) if selection is None else selection
    keys = list_addresses(found.nodes)
    network = make_drawing(found, keys)
    kinds = tuple(_kinds(found))
    joined = list_relations(found)

    def link(ref: Ref) -> str:
        return f"#{keys[ref.id]}" if ref.id in keys else ""

    content = {
        "title": title or (_heading(catalogue, found) if found.focus else TITLE),
        "heading": _heading(catalogue, found),
        "about": _about(found),
        "left_out": tuple(_tell_left_out(found)),
        "keys": keys,
        "shown_kinds": kinds,
        "connections": _connections(network, found, joined),
        "details": list_details(catalogue, found) if len(found.nodes) <= MOST_DETAILS else (),
        "map": map_part(_map(catalogue, found), link, _last),
        **WORDS,
    }
    data = {
        "relations": joined,
        "kinds": {kind.name: _looks(kind) for kind in kinds},
        "regions": list_regions(catalogue, found),
    }
    routes = pack(make_route_table(catalogue, found, link))
    # pyvis' own name for a template that is set from outside is that of a notebook's.
    network.template = SimpleNamespace(render=partial(_render, content, data, routes))
    return str(network.generate_html(notebook=True))


def _map(catalogue: Catalogue, found: View) -> CareerMap:
    """The editors' map; for a position that is not on it, a map of what is within reach from there."""
    shown, focus = draw_career_map(catalogue), found.focus
    if focus is None or catalogue.kind(focus) not in POSITIONS or any(s.ref.id == focus for s in shown.stations):
        return shown
    ways = [item.route for item in reach(catalogue, focus, limit=MOST_ENDS).destinations]
    return shown if covers(shown, ways) else draw_neighbourhood(catalogue, ways)


def _last(ref: Ref) -> str:
    return ref.id.rstrip("/#").rsplit("/", 1)[-1]


def pack(data: object) -> str:
    """Data in the form that the page contains: JSON or text, deflated and in base 85, with signs that are safe in HTML.

    >>> unpack(pack({"a": 1})), unpack(pack("text"))
    ('{"a":1}', 'text')
    """
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return b85encode(compress(text.encode("utf-8", "backslashreplace"), 9)).decode().translate(_TO_SAFE)


def unpack(packed: str) -> str:
    """What `pack` has packed, as text; the page does the same by a script."""
    return decompress(b85decode(packed.translate(_FROM_SAFE))).decode()


def _render(content: Mapping[str, Any], data: Mapping[str, Any], routes: str, **drawn: Any) -> str:
    css, library = Markup(_css()), _library()
    live, first, program = Markup(_script(LIVE)), Markup(_script(FIRST)), _script(REST)
    graph = {**data, "nodes": drawn["nodes"], "edges": drawn["edges"], "options": json.loads(drawn["options"])}
    return (
        assets.load_templates()
        .get_template("explorer/page.html")
        .render(
            content,
            live=live,
            first=first,
            css=css,
            policy=_policy((live, first, library, program), css),
            packed={"routes": routes, "graph": pack(graph), "library": pack(library), "program": pack(program)},
            nodes=drawn["nodes"],
        )
    )


def _kinds(found: View) -> Iterable[ShownKind]:
    counts = Counter(node.kind for node in found.nodes)
    for kind in counts:
        nodes = tuple(node for node in found.nodes if node.kind == kind)
        shown = kind not in ASKED_FOR or len(counts) == 1 or found.focus is not None
        yield ShownKind(kind, find_style(kind).plural, len(nodes), shown, nodes)


def _looks(kind: ShownKind) -> dict[str, object]:
    look = find_style(kind.name)
    return {"light": look.colour, "dark": look.dark, "plural": kind.plural, "shown": kind.shown}


def _heading(catalogue: Catalogue, found: View) -> str:
    return f"Around {catalogue.label(found.focus)}" if found.focus else "Everything"


def _about(found: View) -> str:
    counts = Counter(node.kind for node in found.nodes)
    kinds = ", ".join(starmap(count_nodes, counts.items()))
    return f"{len(found.nodes):,} nodes ({kinds}) and {len(found.edges):,} connections between them."


def _tell_left_out(found: View) -> Iterable[str]:
    if found.left_out.nodes:
        kinds = ", ".join(starmap(count_nodes, found.left_out.kinds.items()))
        yield f"Not shown: {found.left_out.nodes:,} nodes ({kinds}) and all that is said of them."
    if len(found.nodes) > MOST_DETAILS:
        yield "A page of so many nodes comes without their details; careergraph show NAME tells all of one."


def _connections(
    network: Network, found: View, joined: Mapping[str, tuple[str, str]]
) -> dict[str, dict[str, list[ViewNode]]]:
    """IRI → the nodes connected to it that are not shown in full, by how the connection reads from it."""
    ties: dict[str, dict[str, list[ViewNode]]] = {node.id: {} for node in found.nodes}
    for edge in network.edges:
        tail, head = found.nodes[edge["from"]], found.nodes[edge["to"]]
        forwards, backwards = joined[edge["kind"]]
        judged = ", as the editors judge" if edge.get("judged") else ""
        if edge["kind"] not in TOLD:
            ties[tail.id].setdefault(f"{forwards}{judged}", []).append(head)
        if edge["kind"] not in TOLD_WHERE_THEY_END:
            ties[head.id].setdefault(f"{backwards}{judged}", []).append(tail)
    return ties


def _library() -> str:
    # Developer tools would look for the map that the last line names; HTML has no place for a control character,
    # which stands in two strings.
    return assets.read_vis_network().partition("//# sourceMappingURL")[0].replace("\x85", "\\x85")


def _script(names: Iterable[str]) -> str:
    return "\n".join(('"use strict";', *(assets.read_static(f"{name}.js") for name in names)))


def _css() -> str:
    return "\n".join((*map(assets.read_static, STYLES), list_kind_colours()))


def _policy(scripts: Iterable[str], css: str) -> str:
    """The content security policy: run these scripts, use these styles, save pictures; nothing from elsewhere."""
    hashes = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {hashes}; style-src {_hash(css)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types careergraph"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def to_html(catalogue: Catalogue, view: View) -> bytes:
    """The view as a page to explore, with all that is said about its nodes."""
    return make_page(catalogue, view).encode()
