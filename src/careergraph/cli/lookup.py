"""`search` and `list`."""

from __future__ import annotations

import click

from careergraph.cli.options import dataset_option, format_option, load, show
from careergraph.errors import NothingFound
from careergraph.names import listed, search
from careergraph.records import Refs
from careergraph.render.layout import refs_text


@click.command("search")
@click.argument("text")
@dataset_option
@format_option("text", "json")
def search_command(text: str, datasets: tuple[str, ...], format_: str) -> None:
    """Nodes whose name or definition has all words of TEXT, best match first."""
    found = search(load(datasets), text)
    if not found:
        raise NothingFound(text)
    show(Refs(found), format_, lambda: refs_text(found))


@click.command("list")
@click.argument("kind")
@dataset_option
@format_option("text", "json")
def list_command(kind: str, datasets: tuple[str, ...], format_: str) -> None:
    """All nodes of a KIND: role, background, skill, credential, course, organisation, source, transition ..."""
    found = listed(load(datasets), kind)
    show(Refs(found), format_, lambda: refs_text(found))
