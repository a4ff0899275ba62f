"""`export`."""

from __future__ import annotations

import sys
from itertools import starmap
from pathlib import Path

import click

from careergraph.catalogue.names import find_node
from careergraph.cli.options import (
    completes,
    completes_files,
    dataset_option,
    deliver,
    for_spreadsheets,
    format_examples,
    spreadsheet_option,
)
from careergraph.cli.progress_bar import show_elapsed
from careergraph.export import EXPORTS, ExportResult, export, export_all
from careergraph.export.statements import Material
from careergraph.export.view import LeftOut
from careergraph.model.errors import ContradictoryConditions, NothingAsked
from careergraph.model.kind_styles import count_nodes
from careergraph.rdf.kinds import NAMED_KINDS
from careergraph.store.atomic_write import write_folder
from careergraph.store.locations import list_files

ALL = "all"
_SUMMARIES = {**{name: row.summary for name, row in EXPORTS.items()}, ALL: "all of these, into a folder"}
_FORMATS = "\b\nFormats:\n" + "\n".join(f"  {name:<10} {summary}" for name, summary in _SUMMARIES.items())


def _kinds(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    given, comma, begun = incomplete.rpartition(",")
    return [given + comma + kind for kind in NAMED_KINDS if kind.startswith(begun)]


@click.command("export", epilog=f"{_FORMATS}\n\n{format_examples('careergraph export html -o graph.html')}")
@click.argument("format_", metavar="FORMAT", type=click.Choice(list(_SUMMARIES)))
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    shell_complete=completes_files,
    help="Write to this file or folder; '-' is standard output.",
)
@click.option("--focus", metavar="NAME", shell_complete=completes(), help="Only what is near this node.")
@click.option("--depth", type=int, metavar="N", help="How many edges away from the focus; 1 if not given.")
@click.option(
    "--kinds", metavar="KIND,...", shell_complete=_kinds, help="Only nodes of these kinds, such as role,skill."
)
@click.option(
    "--max-nodes", type=int, metavar="N", help="At most this many nodes: the nearest, then those with most edges."
)
@click.option(
    "--direct",
    is_flag=True,
    help="Add what follows from the statements, as `careergraph sparql` has it without --no-direct: the direct layer, "
    "the ontology, what the named graphs are, and computed steps.",
)
@spreadsheet_option
@dataset_option
def export_command(
    format_: str,
    output: str | None,
    focus: str | None,
    depth: int | None,
    kinds: str | None,
    max_nodes: int | None,
    direct: bool,
    safe: bool,
    datasets: tuple[str, ...],
) -> None:
    """Write the graph as FORMAT, to standard output, or to a file or folder.

    turtle, trig, nquads and json-ld hold all statements, sssom all alignments; the others hold nodes and edges, all or
    a selection. 'all' fills the folder 'exports', unless -o names another.
    """
    for_spreadsheets(b"", format_, safe=safe)
    material = Material.of_files(list_files(datasets))
    if format_ == ALL:
        chosen = direct or any(choice is not None for choice in (focus, depth, kinds, max_nodes))
        _fill(material, output, chosen=chosen)
        return
    near = None if focus is None else find_node(material.catalogue, focus)
    wanted = None if kinds is None else [kind.strip() for kind in kinds.split(",")]
    with show_elapsed(f"Making {EXPORTS[format_].summary}"):
        found = export(material, format_, focus=near, depth=depth, kinds=wanted, max_nodes=max_nodes, direct=direct)
    _deliver(_as_tables(found, format_, safe=safe), format_, output)
    if found.left_out is not None and found.left_out.nodes:
        click.echo(_tell_left_out(found.left_out), err=True)


def _as_tables(found: ExportResult, format_: str, *, safe: bool) -> ExportResult:
    files = {name: for_spreadsheets(content, format_, safe=safe) for name, content in found.files.items()}
    return ExportResult(files, found.left_out)


def _fill(material: Material, output: str | None, *, chosen: bool) -> None:
    if chosen:
        choices = "--focus, --depth, --kinds, --max-nodes and --direct"
        raise ContradictoryConditions(f"'all' writes each format as it is; leave out {choices}.")
    found = export_all(material)
    _into("exports" if output is None else output, found.files, ALL)
    for format_, reason in found.missing.items():
        click.echo(f"Left out {format_}: {reason}", err=True)


def _deliver(found: ExportResult, format_: str, output: str | None) -> None:
    if format_ == "png" and output in (None, "-") and sys.stdout is not None and sys.stdout.isatty():
        raise NothingAsked("An image cannot be shown in a terminal; name a file for it with -o FILE.")
    if EXPORTS[format_].name in found.files:
        deliver(found.content, output)
    else:
        _into(output or "", found.files, format_)


def _into(folder: str, files: dict[str, bytes], format_: str) -> None:
    if folder in ("", "-"):
        raise NothingAsked(f"{format_} is several files; name a folder for them with -o FOLDER.")
    write_folder(Path(folder), files)
    size = sum(map(len, files.values()))
    click.echo(f"Wrote {len(files)} files, {size:,} bytes, to {folder}.", err=True)


def _tell_left_out(left: LeftOut) -> str:
    kinds = ", ".join(starmap(count_nodes, left.kinds.items()))
    return (
        f"Left out: {left.nodes:,} nodes ({kinds}) and {left.edges:,} edges; --focus, --kinds and --max-nodes choose."
    )
