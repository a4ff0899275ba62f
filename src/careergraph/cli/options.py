"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from careergraph.catalogue import Catalogue
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


def load(datasets: tuple[str, ...]) -> Catalogue:
    """The catalogue that `--dataset` asks for."""
    return Catalogue.load(*datasets)


def show(result: Record, format_: str, text: Callable[[], str]) -> None:
    """Print a result as text or as JSON."""
    if format_ == "text":
        click.echo(text())
    else:
        import json

        click.echo(json.dumps(result.to_dict(), indent=2, ensure_ascii=False))
