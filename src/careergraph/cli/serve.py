"""`serve`."""

from __future__ import annotations

import click

from careergraph.cli.options import (
    Number,
    Whole,
    dataset_option,
    direct_option,
    find_language,
    format_examples,
)
from careergraph.model.errors import UnusableDataset
from careergraph.model.extras import need_extra
from careergraph.store.locations import list_files


@click.command("serve", epilog=format_examples("careergraph serve --port 8000"))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=Whole(0, 65535), default=8000, show_default=True, help="Port; 0 for any that is free.")
@click.option(
    "--workers",
    type=Whole(1, 64),
    default=2,
    show_default=True,
    help="How many queries to compute side by side; one more process is kept for cheap ones.",
)
@click.option(
    "--timeout",
    type=Number(0.0, 3600.0, min_open=True),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a query may take, and how long it may wait for its turn.",
)
@click.option("--queue", type=Whole(0, 10_000), default=32, show_default=True, help="How many queries may wait.")
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Let pages of ORIGIN, such as https://example.org, ask from a browser. Repeat for several.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="Answer to NAME besides localhost and the address itself. Repeat for several.",
)
@direct_option
@dataset_option
def serve_command(
    host: str,
    port: int,
    workers: int,
    timeout: float,
    queue: int,
    origins: tuple[str, ...],
    hosts: tuple[str, ...],
    direct: bool,
    datasets: tuple[str, ...],
) -> None:
    """Serve the graph on this machine: pages, a JSON API, and SPARQL 1.1 Protocol at /sparql. Reading only.

    Ctrl-C ends it.
    """
    files = list_files_to_serve(datasets)
    with need_extra("serve", "`careergraph serve`", "starlette", "uvicorn"):
        from careergraph.catalogue.catalogue import Catalogue
        from careergraph.server.serving import serve
        from careergraph.server.settings import read_settings
        from careergraph.store.joins import explain_delay
    slow = explain_delay(files)
    if slow:
        click.echo(slow, err=True)
    serve(
        read_settings(
            files,
            host=host,
            port=port,
            workers=workers,
            timeout=timeout,
            queue=queue,
            origins=origins,
            hosts=hosts,
            direct=direct,
            language=find_language(lambda: Catalogue.of_files(files)),
        ),
        lambda url: click.echo(f"careergraph listens at {url} (SPARQL at {url}sparql); Ctrl-C ends it.", err=True),
    )


def list_files_to_serve(datasets: tuple[str, ...]) -> tuple[str, ...]:
    """The files of what `--dataset` names.

    Raises:
        UnusableDataset: one of them is an endpoint.
    """
    for dataset in datasets:
        if "://" in dataset:
            raise UnusableDataset(dataset, "only files can be served; an endpoint can be asked directly")
    return list_files(datasets)
