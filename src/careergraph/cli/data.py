"""`sparql`, `export` and `validate`."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import click

from careergraph.cli.options import dataset_option, format_option, show
from careergraph.errors import NothingAsked, UnreadableFile
from careergraph.exporting import EXPORTS, export
from careergraph.locations import BUNDLED, dataset_files, ontology_files
from careergraph.sparql import FORMATS, Table, run
from careergraph.writing import write_whole


@click.command("sparql")
@click.argument("query", required=False)
@click.option("-f", "--file", "file", metavar="FILE", help="Read the query from FILE; '-' is standard input.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="Result format.",
)
@dataset_option
def sparql_command(query: str | None, file: str | None, format_: str, datasets: tuple[str, ...]) -> None:
    """Run a SPARQL QUERY; careergraph's prefixes need no declaration.

    The default graph has all statements; GRAPH ?g tells which source's graph a statement is in.
    """
    from careergraph.store import open_store

    text = _query(query, file)
    # The engine runs a query to its end before Python hears of Ctrl-C; so the system ends the process.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    result = run(open_store(_files(datasets)), text, format_)
    if isinstance(result, Table):
        from careergraph.render.table import print_table

        print_table(result)
    else:
        click.echo(result.rstrip(b"\n"))


def _query(query: str | None, file: str | None) -> str:
    if query is not None and file is not None:
        raise NothingAsked("Give the query either as an argument or with -f, not both.")
    if query is not None:
        if not query.isascii() and any("\ud800" <= sign <= "\udfff" for sign in query):
            raise UnreadableFile(path="the query", reason="it is not UTF-8")
        return query
    if file is None and (sys.stdin is None or sys.stdin.isatty()):
        raise NothingAsked("Give a query as an argument, with -f FILE, or on standard input.")
    name = "standard input" if file in (None, "-") else str(file)
    try:
        content = sys.stdin.buffer.read() if file in (None, "-") else Path(name).read_bytes()
        return content.decode("utf-8")
    except OSError as error:
        raise UnreadableFile(path=name, reason=error.strerror or str(error)) from error
    except ValueError as error:
        raise UnreadableFile(
            path=name, reason="it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        ) from error


@click.command("export")
@click.argument("format_", metavar="FORMAT", type=click.Choice(list(EXPORTS)))
@click.option("-o", "--output", metavar="FILE", help="Write to FILE; '-' is standard output.")
@dataset_option
def export_command(format_: str, output: str | None, datasets: tuple[str, ...]) -> None:
    """Write the graph as FORMAT (turtle or json-ld), to standard output or to a file."""
    content = export(_files(datasets), format_)
    if output in (None, "-"):
        click.echo(content, nl=not content.endswith(b"\n"))
    elif not output:
        raise NothingAsked("-o needs the name of a file; leave it out for standard output.")
    else:
        write_whole(Path(output), content)
        click.echo(f"Wrote {len(content):,} bytes to {output}.", err=True)


@click.command("validate")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@dataset_option
@format_option("text", "json")
def validate_command(files: tuple[str, ...], datasets: tuple[str, ...], format_: str) -> int:
    """Check the data set, or FILEs that add to it, against the ontology's shapes.

    Exit code 1 if anything is wrong.
    """
    from careergraph.render.validation_text import validation_text
    from careergraph.validation import validate

    context, ontology = _files(datasets), ontology_files()
    checked = tuple(path for name in files for path in dataset_files(name))
    found = validate(checked, context=context, ontology=ontology) if checked else validate(context, ontology=ontology)
    show(found, format_, lambda: validation_text(found))
    return 0 if found.conforms else 1


def _files(datasets: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(path for dataset in datasets or (BUNDLED,) for path in dataset_files(dataset))
