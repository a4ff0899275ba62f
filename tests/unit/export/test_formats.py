"""Every format for graphs brings back, by the reader made for it, what it holds; and no text breaks any of them."""

from __future__ import annotations

import hashlib
import html
import io
import os
import re
import struct
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

import networkx as nx
import pydot
import pytest
import resvg_py
from antlr4 import CommonTokenStream, InputStream
from antlr4.error.ErrorListener import ErrorListener
from antlr4_cypher import CypherLexer, CypherParser
from hypothesis import example, given, settings
from hypothesis import strategies as st

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.export import EXPORTS, export
from careergraph.export.formats.cypher import to_cypher, to_literal
from careergraph.export.formats.cytoscape import to_cytoscape
from careergraph.export.formats.dot import to_dot
from careergraph.export.formats.gexf import to_gexf
from careergraph.export.formats.graphml import to_graphml
from careergraph.export.formats.mermaid import to_mermaid
from careergraph.export.formats.neo4j import to_neo4j
from careergraph.export.formats.png import read_digest, to_png
from careergraph.export.formats.svg import to_svg
from careergraph.export.formats.svg_layout import BOX, ROW, cut, lay_out
from careergraph.export.formats.tables import to_tables
from careergraph.export.formats.xml import can_hold
from careergraph.export.rows import EDGE_COLUMNS, NODE_COLUMNS, make_edge_row, make_node_row
from careergraph.export.statements import Material
from careergraph.export.view import LeftOut, View, ViewEdge, ViewNode, view
from careergraph.model.errors import NoFont
from careergraph.model.escaping import quote_mermaid
from careergraph.model.kind_styles import KIND_STYLES
from careergraph.model.records import Evidence, Ref
from graph_readers import ROUND_TRIPS, read_cytoscape, read_gexf, read_graphml, rows_of

CATALOGUE = Catalogue.load()
NEAR = view(CATALOGUE, focus=find_node(CATALOGUE, "AI ethicist"))
SVG = "{http://www.w3.org/2000/svg}"
#: pydot is behind the times of pyparsing.
pytestmark = pytest.mark.filterwarnings("ignore:'.*' deprecated - use:DeprecationWarning")
NASTY = (
    "<script>alert('1')</script> & \"q\" ]]> &amp; &#0;",
    "a\nb\rc\r\nd\te",
    "\x00\x01\x1b\x7f\x85\u2028\ufeff\ufffe",
    "😀 漢字 é e\u0301 \u202eabc",
    "'; MATCH (n) DETACH DELETE n; // \\' \\\\u0027 \\u0027",
    "%%{init: {}}%% #quot; `**x**` $$y$$ end",
    "\\",
    '"',
    "C:\\new\\u0041",
    "=1+1",
    "a | b",
)


def pair(text: str) -> View:
    """Two nodes with an edge, all of whose texts are the same."""
    source = Evidence(Ref("http://a/source", "source", text, "en"), text, "official")
    nodes = tuple(ViewNode(f"http://a/{n}", "skill", "Tool", text, (text,), text, None) for n in (1, 2))
    ids = ("http://a/e", "http://a/1", "http://a/2", "requires", text, "http://a/p", "http://a/claim", None, None)
    edge = ViewEdge(*ids, "asserted", 0.5, text, text, text, text, True, (source,))
    return View(nodes, (edge,), None, LeftOut(0, 0, {}))


def test_rows_have_the_columns_that_are_announced() -> None:
    assert list(make_node_row(NEAR.nodes[0])) == list(NODE_COLUMNS)
    assert list(make_edge_row(NEAR.edges[0])) == list(EDGE_COLUMNS)


# The whole graph in each of these: `tests/acceptance/graph/test_graph_formats.py`.
@pytest.mark.parametrize("seen", [NEAR, *map(pair, NASTY)], ids=["curated", *map(repr, range(len(NASTY)))])
@pytest.mark.parametrize("format_", ROUND_TRIPS)
def test_a_reader_brings_back_what_was_written(format_: str, seen: View) -> None:
    ROUND_TRIPS[format_](seen)


def test_every_edge_of_the_neo4j_files_has_its_two_nodes() -> None:
    files = to_neo4j(NEAR)
    ids = {row["id:ID"] for row in rows_of(files["nodes.csv"])}
    assert len(ids) == len(NEAR.nodes)
    assert all({row[":START_ID"], row[":END_ID"]} <= ids for row in rows_of(files["relationships.csv"]))


# Gephi


def test_gexf_gives_each_node_a_place_of_its_own_and_the_colour_of_its_kind() -> None:
    graph = nx.read_gexf(io.BytesIO(to_gexf(NEAR)))
    places = {(data["viz"]["position"]["x"], data["viz"]["position"]["y"]) for _, data in graph.nodes(data=True)}
    assert len(places) == len(graph)
    for _, data in graph.nodes(data=True):
        colour = "#" + "".join(f"{data['viz']['color'][channel]:02x}" for channel in "rgb")
        assert colour == data["colour"] == KIND_STYLES[data["kind"]].colour


def test_gexf_declares_every_attribute_with_a_type_it_knows() -> None:
    space = {"g": "http://gexf.net/1.3"}
    root = ET.fromstring(to_gexf(NEAR))
    assert (root.tag, root.get("version")) == (f"{{{space['g']}}}gexf", "1.3")
    for class_, elements in (("node", ".//g:node"), ("edge", ".//g:edge")):
        declared = {
            a.get("id"): a.get("type") for a in root.findall(f".//g:attributes[@class='{class_}']/g:attribute", space)
        }
        assert set(declared.values()) <= {"string", "double", "boolean"}
        used = {v.get("for") for e in root.findall(elements, space) for v in e.findall("g:attvalues/g:attvalue", space)}
        assert used <= declared.keys()
    drawn = root.find("g:graph", space)
    assert drawn is not None
    assert [child.tag.partition("}")[2] for child in drawn] == [*("attributes", "attributes", "nodes", "edges")]


def test_graphml_names_everything_as_its_schema_has_it() -> None:
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    root = ET.fromstring(to_graphml(NEAR))
    ids = [element.get("id", "") for kind in ("node", "edge", "key") for element in root.findall(f".//g:{kind}", space)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[\w.:-]+", name, re.ASCII) for name in ids)  # NMTOKEN
    types = {key.get("attr.type") for key in root.findall("g:key", space)}
    assert types == {"string", "double", "boolean", "int"}
    nodes = {node.get("id") for node in root.findall(".//g:node", space)}
    assert all({e.get("source"), e.get("target")} <= nodes for e in root.findall(".//g:edge", space))


# Cypher


class Strict(ErrorListener):  # type: ignore[misc]
    """Any error of syntax fails the test."""

    def syntaxError(self, recognizer: Any, symbol: Any, line: int, column: int, message: str, error: Any) -> None:  # noqa: N802
        raise AssertionError(f"{line}:{column} {message}")


def cypher_strings(statement: str) -> list[str]:
    """The string literals of a statement, after checking its syntax by an independent grammar."""
    lexer = CypherLexer(InputStream(statement))
    lexer.removeErrorListeners()
    lexer.addErrorListener(Strict())
    tokens = CommonTokenStream(lexer)
    parser = CypherParser(tokens)
    parser.removeErrorListeners()
    parser.addErrorListener(Strict())
    parser.script()
    return [neo4j_string(token.text) for token in tokens.tokens if token.text.startswith("'")]


def neo4j_string(token: str) -> str:
    """A string literal as Neo4j reads it: first numbers become signs, though not behind an escaped backslash."""
    signs = re.sub(r"\\(?:u+([0-9a-fA-F]{4})|(.))", lambda m: chr(int(m[1], 16)) if m[1] else m[0], token, flags=re.S)
    assert signs[0] == signs[-1] == "'"
    body = signs[1:-1]
    assert re.fullmatch(r"(?:[^'\\]|\\[\\'\"bfnrt])*", body, re.S), "a quote or a stray backslash ends the string early"
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "r": "\r", "t": "\t"}.get(m[1], m[1]), body, flags=re.S)


def test_cypher_is_cypher_and_brings_every_value_back() -> None:
    for text in NASTY[:6]:
        constraint, *statements = re.split(r"(?<=;)\n(?=UNWIND)", to_cypher(pair(text)).decode().strip())
        assert "CREATE CONSTRAINT" in constraint
        assert len(statements) == 2
        for statement in statements:
            strings = [string for string in cypher_strings(statement) if string == text]
            assert len(strings) == (6 if "aliases" in statement else 5)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=40) | st.text(alphabet="\\u0027'\"n\n", max_size=20))
@example(text="\\u0027")
@example(text="\\\\u0027; MATCH (n) DETACH DELETE n //")
def test_no_text_leaves_a_string_of_cypher(text: str) -> None:
    assert neo4j_string(to_literal(text)) == text
    # A reader that turns every number into its sign, wherever it stands, is not led astray either.
    simple = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), to_literal(text))
    assert re.fullmatch(r"'(?:[^'\\]|\\.)*'", simple, re.S)


def test_cypher_brings_every_node_and_edge_once() -> None:
    script = to_cypher(NEAR).decode()
    rows = [line for line in script.splitlines() if line.startswith("{")]
    assert len(rows) == len(NEAR.nodes) + len(NEAR.edges)
    merged = re.findall(r"^MERGE .*", script, re.M)
    assert merged
    assert all(" CREATE " not in line for line in script.splitlines()[2:])


# Graphviz and Mermaid


def dot_text(quoted: str) -> str:
    """A label as Graphviz shows it."""
    assert quoted[0] == quoted[-1] == '"'
    signs = quoted[1:-1].replace('\\"', '"')
    return html.unescape(re.sub(r"\\(.)", lambda m: {"n": "\n", "\\": "\\"}[m[1]], signs))


def dot_shown(text: str) -> str:
    return re.sub("[\x00-\x09\x0b-\x1f\x7f-\x9f]", " ", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_dot(content: bytes) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    graphs = pydot.graph_from_dot_data(content.decode())
    assert graphs is not None
    (graph,) = graphs
    nodes = {n.get_name(): dot_text(n.get("label")) for n in graph.get_nodes() if n.get("label")}
    ends = [(str(edge.get_source()), str(edge.get_destination())) for edge in graph.get_edges()]
    said = [dot_text(edge.get("label")) for edge in graph.get_edges()]
    return nodes, [(tail, head, label) for (tail, head), label in zip(ends, said, strict=True)]


@pytest.mark.parametrize("text", NASTY)
def test_pydot_reads_dot_with_every_label(text: str) -> None:
    nodes, edges = read_dot(to_dot(pair(text)))
    assert list(nodes.values()) == [dot_shown(text)] * 2
    assert edges == [("n0", "n1", f"{dot_shown(text)}: {', '.join([dot_shown(text)] * 3)}")]


def test_dot_has_every_node_and_edge_of_a_selection() -> None:
    nodes, edges = read_dot(to_dot(NEAR))
    assert list(nodes.values()) == [node.label for node in NEAR.nodes]
    ends = [(CATALOGUE.label(edge.source), CATALOGUE.label(edge.target)) for edge in NEAR.edges]
    assert sorted((nodes[tail], nodes[head]) for tail, head, _ in edges) == sorted(ends)


MERMAID_NODE = re.compile(r'    (n\d+)(?:\(\[|\[/|\[\\|\{\{|\{|\[|>)"([^"]*)"(?:\]\)|/\]|\\\]|\}\}|\}|\]):::\w+')
MERMAID_EDGE = re.compile(r'    (n\d+) (?:-->|-\.->)\|"([^"]*)"\| (n\d+)')


def read_mermaid(content: bytes) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """Nodes and edges of a flowchart; every line has to be one of those that are known."""
    first, *lines = content.decode().splitlines()
    assert first == "flowchart LR"
    nodes, edges = {}, []
    for line in lines:
        if node := MERMAID_NODE.fullmatch(line):
            nodes[node[1]] = mermaid_text(node[2])
        elif edge := MERMAID_EDGE.fullmatch(line):
            edges.append((edge[1], edge[3], mermaid_text(edge[2])))
        else:
            assert re.fullmatch(r"    classDef \w+ [\w:#,-]+", line), line
    return nodes, edges


def mermaid_text(quoted: str) -> str:
    assert not re.search(r"[<>%$`:&\\]|#(?!\d+;)", quoted), "a sign that means something to Mermaid"
    return re.sub(r"#(\d+);", lambda m: chr(int(m[1])), quoted)


@pytest.mark.parametrize("text", NASTY)
def test_mermaid_has_every_label(text: str) -> None:
    nodes, edges = read_mermaid(to_mermaid(pair(text)))
    assert nodes == {"n0": text, "n1": text}
    assert edges == [("n0", "n1", f"{text}: {text}, {text}, {text}")]


@pytest.mark.parametrize("text", ["1. Officer", "23) x", "- Officer", "+ x", "   x", "--- x", "* x", "# x", "> x"])
def test_no_label_of_mermaid_begins_as_a_list_or_a_block_of_markdown(text: str) -> None:
    for chart in (to_mermaid(pair(text)).decode(), quote_mermaid(text)):
        assert not re.search(r'"(\d+[.)]|[-+*#> ])(?!\d+;)', chart)
    assert read_mermaid(to_mermaid(pair(text)))[0] == {"n0": text, "n1": text}


def test_mermaid_has_every_node_and_edge_of_a_selection() -> None:
    nodes, edges = read_mermaid(to_mermaid(NEAR))
    assert list(nodes.values()) == [node.label for node in NEAR.nodes]
    assert len(edges) == len(NEAR.edges)


# Any text in any format


def labels_of(format_: str, content: bytes) -> list[str]:
    readers: dict[str, Callable[[bytes], list[str]]] = {
        "graphml": lambda c: [node["label"] for node in read_graphml(c)[0]],
        "gexf": lambda c: [node["label"] for node in read_gexf(c)[0]],
        "cytoscape": lambda c: [node["label"] for node in read_cytoscape(c)[0]],
        "dot": lambda c: list(read_dot(c)[0].values()),
        "mermaid": lambda c: list(read_mermaid(c)[0].values()),
        "svg": svg_labels,
    }
    return readers[format_](content)


WRITERS = {
    "graphml": to_graphml,
    "gexf": to_gexf,
    "cytoscape": to_cytoscape,
    "dot": to_dot,
    "mermaid": to_mermaid,
    "svg": to_svg,
}
SHOWN: dict[str, Callable[[str], str]] = {
    "graphml": can_hold,
    "gexf": can_hold,
    "dot": dot_shown,
    "svg": lambda text: can_hold(cut(text, 280.0)),
}


@pytest.mark.parametrize("format_", WRITERS)
@settings(max_examples=40, deadline=None)
@given(text=st.text(min_size=1, max_size=30))
def test_any_text_comes_back_as_a_label(format_: str, text: str) -> None:
    shown = SHOWN.get(format_, str)(text)
    found = labels_of(format_, WRITERS[format_](pair(text)))
    assert found == [shown] * 2


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=30))
def test_any_text_comes_back_from_tables(text: str) -> None:
    assert [row["label"] for row in rows_of(to_tables(pair(text))["nodes.csv"])] == [text] * 2
    assert [row["label:string"] for row in rows_of(to_neo4j(pair(text))["nodes.csv"])] == [text] * 2


@pytest.mark.parametrize("format_", [name for name, row in EXPORTS.items() if row.holds == "graph" and name != "png"])
def test_an_empty_view_can_be_written(format_: str) -> None:
    assert all(export(Material(()), format_).files.values())


def test_an_empty_view_can_be_drawn() -> None:
    assert image_of(View((), (), None, LeftOut(0, 0, {})))


# Pictures


def svg_labels(content: bytes) -> list[str]:
    root = ET.fromstring(content)
    groups = [g for g in root.iter(f"{SVG}g") if g.find(f"{SVG}rect") is not None]
    return [group.findtext(f"{SVG}text") or "" for group in groups]


def test_a_picture_shows_every_node_and_every_edge_with_all_it_says() -> None:
    root = ET.fromstring(to_svg(NEAR))
    assert sorted(svg_labels(to_svg(NEAR))) == sorted(cut(node.label, 280.0) for node in NEAR.nodes)
    told = [
        path.findtext(f"{SVG}title") or "" for path in root.iter(f"{SVG}path") if path.find(f"{SVG}title") is not None
    ]
    assert len(told) == len(NEAR.edges)
    assert any("Role 4 / Required background" in text for text in told)
    assert root.findtext(f"{SVG}title") == "Around AI ethicist"
    assert f"{NEAR.left_out.nodes:,} nodes" in (root.findtext(f"{SVG}desc") or "")


def test_a_legend_explains_what_is_in_the_picture_and_nothing_else() -> None:
    texts = [text.text for text in ET.fromstring(to_svg(NEAR)).iter(f"{SVG}text")]
    kinds = {node.kind for node in NEAR.nodes}
    for kind, look in KIND_STYLES.items():
        assert (look.plural in texts) == (kind in kinds)
    assert "only the editors say so" in texts
    assert "sources disagree" in texts
    alone = [text.text for text in ET.fromstring(to_svg(pair("x"))).iter(f"{SVG}text")]
    assert "only the editors say so" not in alone


def test_kinds_differ_by_shape_and_by_colour() -> None:
    icons = set()
    for group in ET.fromstring(to_svg(NEAR)).iter(f"{SVG}g"):
        if group.find(f"{SVG}rect") is not None:
            icon = next(e for e in group if e.tag in (f"{SVG}circle", f"{SVG}polygon"))
            icons.add((icon.tag, len(icon.get("points", "").split()), icon.get("fill")))
    kinds = {node.kind for node in NEAR.nodes}
    assert len({fill for _, _, fill in icons}) == len(kinds)


def test_no_two_boxes_of_a_picture_overlap() -> None:
    boxes = lay_out(view(CATALOGUE, kinds=("role", "course", "organisation"))).boxes
    for one in boxes:
        for other in boxes:
            if one is not other and one.column == other.column:
                assert abs(one.y - other.y) >= ROW > BOX
            elif one.column < other.column:
                assert one.x + one.width < other.x


def test_what_only_the_editors_say_is_dashed() -> None:
    judged = [path for path in ET.fromstring(to_svg(NEAR)).iter(f"{SVG}path") if path.get("stroke-dasharray")]
    assert len([path for path in judged if path.find(f"{SVG}title") is not None]) == len(
        [edge for edge in NEAR.edges if edge.basis == "judged"]
    )


def test_a_picture_asks_for_nothing_outside_itself() -> None:
    content = to_svg(NEAR).decode()
    assert "href" not in content
    assert "<script" not in content
    assert "url(" not in content


def image_of(seen: View) -> bytes:
    """A PNG; where there is no font to draw it with, the test is skipped, unless it must not."""
    try:
        return to_png(seen)
    except NoFont as error:
        if os.environ.get("CAREERGRAPH_REQUIRE_BROWSER") == "1":
            raise
        pytest.skip(str(error))


def test_an_image_is_a_png_that_names_the_drawing_it_was_made_of() -> None:
    image = image_of(NEAR)
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    assert image.endswith(b"IEND\xaeB`\x82")
    assert read_digest(image) == hashlib.sha256(to_svg(NEAR)).hexdigest()
    assert image_of(NEAR) == image


def test_the_parts_of_an_image_have_the_checksums_they_should() -> None:
    image, at, names = image_of(pair("x")), 8, []
    while at < len(image):
        (length,) = struct.unpack(">I", image[at : at + 4])
        chunk = image[at + 4 : at + 8 + length]
        assert struct.unpack(">I", image[at + 8 + length : at + 12 + length]) == (zlib.crc32(chunk),)
        names.append(chunk[:4])
        at += 12 + length
    assert names[:2] == [b"IHDR", b"tEXt"]
    assert names[-1] == b"IEND"


def test_without_a_font_there_is_no_image_with_blank_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resvg_py, "svg_to_bytes", partial(resvg_py.svg_to_bytes, skip_system_fonts=True))
    with pytest.raises(NoFont, match="export svg"):
        to_png(NEAR)


def test_a_label_that_is_too_long_is_cut_in_the_picture_and_whole_in_its_title() -> None:
    long = "word " * 40
    root = ET.fromstring(to_svg(pair(long)))
    assert all(label.endswith("…") for label in svg_labels(to_svg(pair(long))))
    assert any(long.strip() in (title.text or "") for title in root.iter(f"{SVG}title"))
