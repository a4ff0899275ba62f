"""`mcp`."""

from __future__ import annotations

import click

from careergraph.cli.options import (
    Number,
    Whole,
    dataset_option,
    find_language,
    format_examples,
)
from careergraph.cli.serve import list_files_to_serve
from careergraph.model.extras import need_extra

HOST = "127.0.0.1"


@click.command("mcp", epilog=format_examples("careergraph mcp --http --port 8001"))
@click.option("--http", is_flag=True, help="Listen on this machine by streamable HTTP, rather than on standard input.")
@click.option(
    "--port",
    type=Whole(0, 65535),
    default=8001,
    show_default=True,
    help="Port for --http; 0 for any free one.",
)
@click.option(
    "--timeout",
    type=Number(0.0, 3600.0, min_open=True),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="How long an answer may take, and how long a question may wait for its turn.",
)
@dataset_option
def mcp_command(http: bool, port: int, timeout: float, datasets: tuple[str, ...]) -> None:
    """Give agents the graph as tools and resources, by the Model Context Protocol. Reading only.

    An agent's program starts this command and talks to it on standard input and output; docs/agents.md has what to
    write into its configuration.
    """
    files = list_files_to_serve(datasets)
    with need_extra("mcp", "`careergraph mcp`", "mcp", "starlette", "uvicorn"):
        from careergraph.catalogue.catalogue import Catalogue
        from careergraph.server.mcp.transports import serve_http, serve_stdio
        from careergraph.server.settings import read_settings
    chosen = read_settings(
        files,
        host=HOST,
        port=port,
        workers=1,
        timeout=timeout,
        language=find_language(lambda: Catalogue.of_files(files)),
    )
    if http:
        serve_http(chosen, lambda url: click.echo(f"careergraph listens at {url}; Ctrl-C ends it.", err=True))
    else:
        serve_stdio(chosen)
