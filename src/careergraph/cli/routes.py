"""`path` and `gap`."""

from __future__ import annotations

import click

from careergraph.catalogue import POSITIONS
from careergraph.cli.options import dataset_option, format_option, load, show
from careergraph.gaps import gap
from careergraph.names import resolve
from careergraph.render.routes_text import gap_text, routes_text
from careergraph.routes import CRITERIA, LONGEST_ROUTE, routes


@click.command("path")
@click.argument("origin")
@click.argument("destination")
@click.option("-k", type=click.IntRange(1, 100), default=1, show_default=True, help="How many routes at most.")
@click.option("--via", multiple=True, metavar="ROLE", help="A role to pass; repeatable, in any order.")
@click.option("--avoid", multiple=True, metavar="ROLE", help="A role not to pass; repeatable.")
@click.option(
    "--max-steps", type=click.IntRange(1, 20), default=LONGEST_ROUTE, show_default=True, help="Longest route."
)
@click.option("--by", type=click.Choice(list(CRITERIA)), default="feasibility", show_default=True, help="What is best.")
@click.option("--explain", is_flag=True, help="Break every feasibility into its factors.")
@dataset_option
@format_option
def path_command(
    origin: str,
    destination: str,
    k: int,
    via: tuple[str, ...],
    avoid: tuple[str, ...],
    max_steps: int,
    by: str,
    explain: bool,
    datasets: tuple[str, ...],
    format_: str,
) -> None:
    """The best route from ORIGIN, a background or role, to DESTINATION, a role."""
    catalogue = load(datasets)
    found = routes(
        catalogue,
        resolve(catalogue, origin, *POSITIONS),
        resolve(catalogue, destination, "role"),
        k=k,
        via=[resolve(catalogue, name, "role") for name in via],
        avoid=[resolve(catalogue, name, "role") for name in avoid],
        max_steps=max_steps,
        by=by,
    )
    show(found, format_, lambda: routes_text(found, explain=explain))


@click.command("gap")
@click.argument("origin")
@click.argument("role")
@dataset_option
@format_option
def gap_command(origin: str, role: str, datasets: tuple[str, ...], format_: str) -> None:
    """What ORIGIN holds of what ROLE asks for, what is missing, and who teaches that."""
    catalogue = load(datasets)
    found = gap(catalogue, resolve(catalogue, origin, *POSITIONS), resolve(catalogue, role, "role"))
    show(found, format_, lambda: gap_text(found))
