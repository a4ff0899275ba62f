"""`show`, `compare` and `stats`."""

from __future__ import annotations

import click

from careergraph.cli.options import (
    completes,
    dataset_option,
    deliver,
    example,
    format_option,
    load,
    output_option,
    show,
)
from careergraph.model.errors import NothingAsked
from careergraph.rdf.kinds import DESTINATIONS


@click.command("show", epilog=example("careergraph show PyTorch"))
@click.argument("name", shell_complete=completes())
@dataset_option
@format_option("text", "json")
def show_command(name: str, datasets: tuple[str, ...], format_: str) -> None:
    """Everything that is said about NAME, with its sources and their disagreements."""
    from careergraph.catalogue.names import resolve
    from careergraph.catalogue.node_profiles import profile
    from careergraph.render.text.nodes import profile_text

    catalogue = load(datasets)
    found = profile(catalogue, resolve(catalogue, name))
    show(found, format_, lambda: profile_text(found))


@click.command("compare", epilog=example('careergraph compare "AI ethicist" "AI product manager"'))
@click.argument("roles", nargs=-1, required=True, metavar="ROLE ROLE...", shell_complete=completes(*DESTINATIONS))
@dataset_option
@format_option("text", "json", "html")
@output_option
def compare_command(roles: tuple[str, ...], datasets: tuple[str, ...], format_: str, output: str | None) -> None:
    """Roles side by side: what they share, what each asks for besides, what it pays."""
    from careergraph.catalogue.names import resolve
    from careergraph.catalogue.node_profiles import compare

    catalogue = load(datasets)
    named = tuple(dict.fromkeys(resolve(catalogue, role, *DESTINATIONS) for role in roles))
    if len(named) < 2:
        raise NothingAsked("Name at least two different roles to compare.")
    found = compare(catalogue, named)
    if format_ == "html":
        from careergraph.render.html.comparison_page import comparison_page

        deliver(comparison_page(found), output)
    else:
        from careergraph.render.text.nodes import comparison_text

        show(found, format_, lambda: comparison_text(found), output)


@click.command("stats", epilog=example("careergraph stats --format json"))
@dataset_option
@format_option("text", "json")
def stats_command(datasets: tuple[str, ...], format_: str) -> None:
    """How much there is of what."""
    from careergraph.catalogue.node_profiles import stats
    from careergraph.render.text.nodes import stats_text

    found = stats(load(datasets))
    show(found, format_, lambda: stats_text(found))
