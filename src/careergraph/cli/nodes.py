"""`show`, `compare` and `stats`."""

from __future__ import annotations

import click

from careergraph.api import NODES
from careergraph.cli.options import (
    completes,
    dataset_option,
    deliver,
    format_examples,
    format_option,
    full_option,
    make_range,
    open_graph,
    output_option,
    show,
)
from careergraph.model.errors import NothingAsked, NothingFound
from careergraph.model.records import Refs
from careergraph.rdf.kinds import CLAIM_KINDS, DESTINATIONS, NAMED_KINDS


@click.command("show", epilog=format_examples("careergraph show PyTorch"))
@click.argument("name", shell_complete=completes())
@full_option
@dataset_option
@format_option("text", "json")
def show_command(name: str, full: bool, datasets: tuple[str, ...], format_: str) -> None:
    """What is said about NAME, with its sources; all of it, with their disagreements, by --full."""
    found = open_graph(datasets, ("show", name)).show(name)
    if full:
        from careergraph.render.text.nodes import format_profile as as_text
    else:
        from careergraph.render.text.node_summary import format_summary as as_text
    show(found, format_, lambda: as_text(found))


@click.command("compare", epilog=format_examples('careergraph compare "AI ethicist" "AI product manager"'))
@click.argument("roles", nargs=-1, required=True, metavar="ROLE ROLE...", shell_complete=completes(*DESTINATIONS))
@full_option
@dataset_option
@format_option("text", "json", "html")
@output_option
def compare_command(
    roles: tuple[str, ...], full: bool, datasets: tuple[str, ...], format_: str, output: str | None
) -> None:
    """Roles side by side: what they share, what each asks for besides, what it pays."""
    found = open_graph(datasets).compare(*roles)
    if len(found.roles) < 2:
        raise NothingAsked("Name at least two different roles to compare.")
    if format_ == "html":
        from careergraph.render.html.comparison_page import make_comparison_page

        deliver(make_comparison_page(found), output)
    else:
        from careergraph.render.text.comparison import format_comparison
        from careergraph.render.text.nodes import format_full_comparison

        show(found, format_, lambda: (format_full_comparison if full else format_comparison)(found), output)


@click.command("stats", epilog=format_examples("careergraph stats --format json"))
@dataset_option
@format_option("text", "json")
def stats_command(datasets: tuple[str, ...], format_: str) -> None:
    """How many statements, nodes and claims there are, of each kind."""
    from careergraph.render.text.nodes import format_stats

    found = open_graph(datasets).stats()
    show(found, format_, lambda: format_stats(found))


_KINDS = tuple(dict.fromkeys((*NAMED_KINDS, *CLAIM_KINDS.values())))


@click.command("search", epilog=format_examples('careergraph search "machine learning" --limit 5'))
@click.argument("text", shell_complete=completes())
@click.option(
    "--limit", type=make_range(NODES), default=NODES.default, show_default=True, help="How many nodes to show at most."
)
@dataset_option
@format_option("text", "json")
def search_command(text: str, limit: int, datasets: tuple[str, ...], format_: str) -> None:
    """Nodes whose name or definition has all words of TEXT, best match first.

    If there are none, nodes with a name that looks like TEXT.
    """
    from careergraph.catalogue.text_search import list_reasons
    from careergraph.catalogue.twins import Found, list_twins
    from careergraph.render.text.phrases import format_refs

    graph = open_graph(datasets, ("search", text))
    found = graph.search(text)
    if not found:
        raise NothingFound(text)
    shown = found[:limit]
    answer = Found(shown, list_twins(graph.catalogue, shown))
    show(answer, format_, lambda: format_refs(shown, list_reasons(graph.catalogue, shown, text), answer.same))
    if len(found) > limit:
        click.echo(f"{len(found) - limit:,} more; --limit shows more of them.", err=True)


def _kinds(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    return [kind for kind in _KINDS if kind.startswith(incomplete)]


@click.command("list", epilog=format_examples("careergraph list role"))
@click.argument("kind", shell_complete=_kinds)
@dataset_option
@format_option("text", "json")
def list_command(kind: str, datasets: tuple[str, ...], format_: str) -> None:
    """All nodes of a KIND: role, background, skill, credential, course, organisation, source, transition ..."""
    from careergraph.render.text.phrases import format_refs

    found = open_graph(datasets).list(kind)
    show(Refs(found), format_, lambda: format_refs(found))
