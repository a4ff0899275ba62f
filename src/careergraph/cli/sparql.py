"""`sparql`."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from careergraph.cli.options import (
    Number,
    completes_files,
    dataset_option,
    deliver,
    direct_option,
    for_spreadsheets,
    format_examples,
    format_option,
    load,
    offer_names,
    show,
    spreadsheet_option,
)
from careergraph.model.decoding import decode_text
from careergraph.model.errors import BadParameter, NothingAsked, UnreadableFile
from careergraph.model.escaping import to_safe_text
from careergraph.rdf.query_errors import find_undefined_terms
from careergraph.rdf.query_text import LONGEST_QUERY, Query
from careergraph.rdf.results import Table
from careergraph.sparql.run import FORMATS, PATIENCE, QueryService, complete_query, open_query_service, run
from careergraph.store.bounded_files import read_bounded, read_stream
from careergraph.store.locations import list_files, to_file_iri

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

#: How many bytes the file of a query may have: no sign takes more than four.
_MOST = 4 * LONGEST_QUERY


def completes_queries(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """What the shell offers for the name of a saved query."""
    from careergraph.sparql.saved_queries import query_names

    return [name for name in query_names() if name.startswith(incomplete)]


def _params(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The parameters of a saved query; for the value of one that names a node, the names."""
    from click.shell_completion import CompletionItem

    from careergraph.sparql.parameters import NODE_TYPES
    from careergraph.sparql.saved_queries import load_saved_query

    # An option that still lacks its value keeps click from telling arguments apart; they are among what is left over.
    query = context.params.get("query") or "".join(context.args[:1])
    known = {known.name: known for known in load_saved_query(query).parameters}
    name, sign, begun = incomplete.partition("=")
    if not sign:
        return [CompletionItem(f"{p.name}=", help=p.about) for p in known.values() if p.name.startswith(name)]
    if name not in known or known[name].type not in NODE_TYPES:
        return []
    found = offer_names(context, begun, NODE_TYPES[known[name].type])
    return [CompletionItem(f"{name}={item.value}", help=item.help) for item in found]


@click.command(
    "sparql",
    epilog=format_examples(
        "careergraph sparql 'SELECT ?role { ?role a cg:Role }' --format csv",
        "careergraph sparql pay-in-region --param region=UK",
    ),
)
@click.argument("query", required=False, shell_complete=completes_queries)
@click.option(
    "-f",
    "--file",
    "file",
    metavar="FILE",
    shell_complete=completes_files,
    help="Read the query from FILE; '-' is standard input.",
)
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=_params,
    help="Bind the variable ?NAME to VALUE; repeatable.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="Result format.",
)
@click.option(
    "--timeout",
    type=Number(min=0.001, max=86_400),
    default=PATIENCE,
    show_default=True,
    metavar="SECONDS",
    help="How long the query may take.",
)
@spreadsheet_option
@direct_option
@dataset_option
def sparql_command(
    query: str | None,
    file: str | None,
    params: tuple[str, ...],
    format_: str,
    timeout: float,
    safe: bool,
    direct: bool,
    datasets: tuple[str, ...],
) -> None:
    """Run a SPARQL QUERY, or a saved one by its name (`careergraph queries` lists them).

    Careergraph's prefixes need no declaration. The default graph has all statements; GRAPH ?g says which source's graph
    a statement is in. What follows from the claims can be asked, too: ?position cg:leadsTo ?role, ?role schema:skills
    ?skill, ?course schema:teaches ?skill, the classes above each class (docs/sparql.md has the list). --param takes a
    term as SPARQL writes it (<IRI>, prefix:name, 42, "text"@en), or else a plain text; a saved query's parameter takes
    what it asks for, such as the name of a role.
    """
    text = Query(_with(params, query, file, datasets))
    for sentence in find_undefined_terms(text):
        _tell(sentence)
    with closing(_open(datasets, direct=direct)) as asked, _tell_broken_pipes():
        result = run(asked, text, format_, seconds=timeout, base=_base(file, datasets), tell=_tell)
    whole = for_spreadsheets(b"" if isinstance(result, Table) else result, format_, safe=safe)
    if isinstance(result, Table):
        from careergraph.render.text.table import print_table

        print_table(result)
    else:
        deliver(whole.rstrip(b"\n") + b"\n", None)


def _tell(sentence: str) -> None:
    click.echo(to_safe_text(sentence), err=True)


@contextmanager
def _tell_broken_pipes() -> Iterator[None]:
    # If a worker dies while it is written to, that has to be reported as an error. It must not end this process, as
    # it ends when the reader of its output has gone. Threads other than the first have no say in that.
    if not hasattr(signal, "SIGPIPE") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGPIPE, before)


def _with(params: tuple[str, ...], query: str | None, file: str | None, datasets: tuple[str, ...]) -> str:
    given, text = _pairs(params), _text(query, file)
    if query is not None:
        return complete_query(text, given, lambda: load(datasets))
    from careergraph.rdf.query_text import with_params
    from careergraph.sparql.parameters import to_term

    return with_params(text, {name: to_term(value, name) for name, value in given.items()})


def _base(file: str | None, datasets: tuple[str, ...]) -> str | None:
    # The file that the query is in, or else the one file that it is asked of.
    if file not in (None, "-"):
        return to_file_iri(str(file))
    return to_file_iri(datasets[0]) if len(datasets) == 1 and Path(datasets[0]).is_file() else None


def _pairs(params: tuple[str, ...]) -> Mapping[str, str]:
    given: dict[str, str] = {}
    for pair in params:
        name, sign, value = pair.partition("=")
        if not sign or not name.isidentifier():
            raise BadParameter(
                pair, "write NAME=VALUE, where NAME is a variable of the query without its question mark"
            )
        if name in given:
            raise BadParameter(name, "it is given twice")
        given[name] = value
    return given


def _open(datasets: tuple[str, ...], *, direct: bool) -> QueryService:
    from careergraph.store.joins import explain_delay

    files = list_files(datasets)
    slow = explain_delay(files)
    if slow:
        click.echo(slow, err=True)
    return open_query_service(files, direct=direct)


def _text(query: str | None, file: str | None) -> str:
    if query is not None and file is not None:
        raise NothingAsked("Give the query either as an argument or with -f, not both.")
    if query is not None:
        if not query.isascii() and any("\ud800" <= sign <= "\udfff" for sign in query):
            raise UnreadableFile(path="the query", reason="it is not UTF-8")
        return query
    if file is None and (sys.stdin is None or sys.stdin.isatty()):
        raise NothingAsked("Give a query as an argument, with -f FILE, or on standard input.")
    here = file is None or file == "-"
    name = "standard input" if here else str(file)
    content = read_stream(sys.stdin.buffer, name, _MOST) if here else read_bounded(name, _MOST)
    try:
        return decode_text(content)
    except UnicodeDecodeError as error:
        raise UnreadableFile(path=name, reason="it is not UTF-8") from error


@click.command("queries", epilog=format_examples("careergraph queries pay-in-region"))
@click.argument("name", required=False, shell_complete=completes_queries)
@format_option("text", "json")
def queries_command(name: str | None, format_: str) -> None:
    """Questions that `careergraph sparql NAME` answers, or the one called NAME in full."""
    from careergraph.render.text.queries import format_queries, query_text
    from careergraph.sparql.saved_queries import SavedQueries, load_saved_queries, load_saved_query

    if name is None:
        found = SavedQueries(load_saved_queries())
        show(found, format_, lambda: format_queries(found))
    else:
        query = load_saved_query(name)
        show(SavedQueries((query,)), format_, lambda: query_text(query))
