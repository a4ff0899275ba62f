"""Exports: one module for each format, in a table. The same data gives the same bytes.

Formats for statements hold everything that a data set says. Formats for graphs hold a view of it, in which named things
are nodes and claims are edges (`careergraph.export.view`): the whole of it, or a selection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module

from careergraph.export.statements import Material
from careergraph.export.view import LeftOut, view
from careergraph.model.errors import ContradictoryConditions, MissingExtra, NoFont, TooMuchToDraw, UnsuitableFormat
from careergraph.model.records import Record

Files = dict[str, bytes]

#: The kinds that pictures show by default: where people come from, and where they go.
_MAP = ("role", "background")


class Export(Record):
    """A format.

    `name` is the name of its file or folder in `export_all`, `holds` its content (`statements`, `alignments`, a
    `graph`, or a `page` with a graph and what is known about its nodes), `writer` names the function that writes it and
    `kinds` are the kinds of node to draw when nothing is chosen; all, if there are none.
    """

    name: str
    holds: str
    writer: str
    kinds: tuple[str, ...]
    summary: str


EXPORTS = {
    "turtle": Export("careergraph.ttl", "statements", "formats.rdf:to_turtle", (), "Turtle, all statements merged"),
    "trig": Export("careergraph.trig", "statements", "formats.rdf:to_trig", (), "TriG, a named graph for each source"),
    "nquads": Export(
        "careergraph.nq", "statements", "formats.rdf:to_nquads", (), "N-Quads, the same, one statement a line"
    ),
    "json-ld": Export(
        "careergraph.jsonld", "statements", "formats.jsonld:to_jsonld", (), "JSON-LD, nested, with schema.org"
    ),
    "sssom": Export(
        "careergraph.sssom.tsv", "alignments", "formats.sssom:to_sssom", (), "SSSOM, what is what in other sources"
    ),
    "html": Export("careergraph.html", "page", "explorer.page:to_html", (), "HTML page to explore, one file"),
    "graphml": Export("careergraph.graphml", "graph", "formats.graphml:to_graphml", (), "GraphML, typed attributes"),
    "gexf": Export("careergraph.gexf", "graph", "formats.gexf:to_gexf", (), "GEXF for Gephi, with places and colours"),
    "cytoscape": Export("careergraph.cyjs", "graph", "formats.cytoscape:to_cytoscape", (), "Cytoscape JSON"),
    "csv": Export("csv", "graph", "formats.tables:to_tables", (), "CSV, a folder with nodes and edges"),
    "neo4j": Export("neo4j", "graph", "formats.neo4j:to_neo4j", (), "CSV for neo4j-admin import, a folder"),
    "cypher": Export("careergraph.cypher", "graph", "formats.cypher:to_cypher", (), "Cypher script for Neo4j"),
    "mermaid": Export("careergraph.mmd", "graph", "formats.mermaid:to_mermaid", _MAP, "Mermaid flowchart"),
    "dot": Export("careergraph.dot", "graph", "formats.dot:to_dot", _MAP, "DOT for Graphviz"),
    "svg": Export("careergraph.svg", "graph", "formats.svg:to_svg", _MAP, "SVG picture"),
    "png": Export("careergraph.png", "graph", "formats.png:to_png", _MAP, "PNG picture"),
}


class ExportResult(Record):
    """The result of an export: the content of each file by name, and what a selection left out."""

    files: Files
    left_out: LeftOut | None

    @property
    def content(self) -> bytes:
        """The content of the only file; not for formats that are a folder."""
        (found,) = self.files.values()
        return found


def export(
    data: Material | Iterable[str],
    format_: str,
    *,
    focus: str | None = None,
    depth: int | None = None,
    kinds: Iterable[str] | None = None,
    max_nodes: int | None = None,
    direct: bool = False,
) -> ExportResult:
    """Write a data set in one of `EXPORTS`.

    Args:
        data: the statements, or the paths of the RDF files that have them.
        format_: the format's name.
        focus: for graphs, the IRI of a node to stay near; `depth`, `kinds` and `max_nodes` as for `export.view`.
        depth: how many edges away from the focus a node may be.
        kinds: the kinds of node to keep.
        max_nodes: how many nodes there may be at most.
        direct: for statements, whether to add what follows from them: see `Material.with_layers`.

    Raises:
        UnsuitableFormat: there is no such format.
        ContradictoryConditions: a selection is given for a format of statements, or contradicts itself; or `direct` is
            given for a format of nodes and edges.
        UnreadableFile: a file cannot be read.
        TooMuchToDraw: a picture would have too much in it.
        MissingExtra, NoFont: an image needs a package or a font that is missing.

    >>> from careergraph.store.locations import list_dataset_files
    >>> export(list_dataset_files(), "dot", kinds=["credential"]).content.splitlines()[0]
    b'digraph careergraph {'
    """
    if format_ not in EXPORTS:
        raise UnsuitableFormat(format_, formats=tuple(EXPORTS))
    row = EXPORTS[format_]
    if direct and row.holds != "statements":
        raise ContradictoryConditions(f"{format_} holds no single statements; leave out --direct.")
    material = data if isinstance(data, Material) else Material.of_files(data)
    if row.holds in ("statements", "alignments"):
        if any(choice is not None for choice in (focus, depth, kinds, max_nodes)):
            raise ContradictoryConditions(
                f"{format_} holds all {row.holds}; leave out --focus, --depth, --kinds and --max-nodes."
            )
        return ExportResult(_name_files(row, _writer(row)(material.with_layers() if direct else material)), None)
    chosen = row.kinds if kinds is None and focus is None and row.kinds else kinds
    drawn = row.holds == "page" or bool(row.kinds)
    seen = view(material.catalogue, focus=focus, depth=depth, kinds=chosen, max_nodes=max_nodes, words=not drawn)
    given = (material.catalogue, seen) if row.holds == "page" else (seen,)
    return ExportResult(_name_files(row, _writer(row)(*given)), seen.left_out)


class Everything(Record):
    """A data set in all formats: relative path → content; and format that could not be written → reason."""

    files: Files
    missing: dict[str, str]


def export_all(data: Material | Iterable[str]) -> Everything:
    """Write a data set in all formats; pictures only if their packages are installed and it is not too much to draw.

    Raises:
        UnreadableFile: a file cannot be read.
    """
    material = data if isinstance(data, Material) else Material.of_files(data)
    files: Files = {}
    missing: dict[str, str] = {}
    for format_, row in EXPORTS.items():
        try:
            found = export(material, format_).files
        except (MissingExtra, NoFont, TooMuchToDraw) as error:
            missing[format_] = str(error)
        else:
            files |= {name if name == row.name else f"{row.name}/{name}": found[name] for name in found}
    return Everything(files, missing)


def _writer(row: Export) -> Callable[..., bytes | Files]:
    # A module is imported when its format is needed: some have large dependencies.
    module, name = row.writer.split(":")
    found: Callable[..., bytes | Files] = getattr(import_module(f"careergraph.export.{module}"), name)
    return found


def _name_files(row: Export, written: bytes | Files) -> Files:
    return {row.name: written} if isinstance(written, bytes) else written
