"""Options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import click

from careergraph.catalogue import Catalogue
from careergraph.errors import CareergraphError
from careergraph.records import Record

F = TypeVar("F", bound=Callable[..., object])


def dataset_option(command: F) -> F:
    """`--dataset`, repeatable: several data sets are taken together."""
    return click.option(
        "--dataset",
        "datasets",
        multiple=True,
        metavar="NAME|PATH",
        help="Data to ask: 'bundled' (the default), an RDF file or a folder of them. Repeat to join several.",
    )(command)


def format_option(*formats: str) -> Callable[[F], F]:
    """`--format`: how to print the result; the first format is the default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to print the result.",
    )


def completes(*kinds: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """What the shell offers for a name: labels and aliases of these kinds of node that begin as it does."""

    def offered(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        from careergraph.names import beginning_with

        # A shell that asks for completion cannot show an error: without readable data nothing is offered.
        with suppress(CareergraphError):
            return beginning_with(load(context.params.get("datasets") or ()), incomplete, *kinds)
        return []

    return offered


def load(datasets: tuple[str, ...]) -> Catalogue:
    """The catalogue that `--dataset` asks for."""
    return Catalogue.load(*datasets)


def show(result: Record, format_: str, text: Callable[[], str]) -> None:
    """Print a result as text or as JSON."""
    if format_ == "text":
        click.echo(text())
    else:
        import json

        # Signs that the terminal's encoding lacks have to be escaped as JSON escapes them.
        known = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
        click.echo(json.dumps(result.to_dict(), indent=2, ensure_ascii=not known))
