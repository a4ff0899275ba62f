"""`path`, `reach`, `gap`, `next-skill` and `bridges`."""

from __future__ import annotations

from typing import Unpack

import click

from careergraph.api import ROLES, ROUTES, STEPS
from careergraph.cli.options import (
    Number,
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
from careergraph.cli.origin_options import Hand, origin_options, start, start_and_role
from careergraph.rdf.kinds import ASSETS, DESTINATIONS, POSITIONS
from careergraph.transitions.criteria import CRITERIA, DEFAULT, HOURS_PER_WEEK

max_steps_option = click.option(
    "--max-steps",
    type=make_range(STEPS),
    default=STEPS.default,
    show_default=True,
    help="How many steps a route may have.",
)
by_option = click.option(
    "--by", type=click.Choice(list(CRITERIA)), default=DEFAULT, show_default=True, help="What makes a route best."
)
derived_option = click.option(
    "--derived/--asserted",
    default=True,
    help="Use computed steps where no source names one, which is the default, or only steps that sources name.",
)
step_down_option = click.option(
    "--allow-step-down",
    "step_down",
    is_flag=True,
    help="Allow a stop that needs two grades of preparation less than an earlier one.",
)
hours_option = click.option(
    "--hours-per-week",
    type=Number(1, 168),
    default=HOURS_PER_WEEK,
    show_default=True,
    help="How many hours a week you learn.",
)


within_option = click.option(
    "--within", metavar="12m", help="Only routes that take no longer, by the middle of their range."
)


@click.command(
    "path", epilog=format_examples('careergraph path "software engineer" "AI safety researcher" -k 2 --explain')
)
@click.argument(
    "names", nargs=-1, metavar="[ORIGIN] DESTINATION", shell_complete=completes(*POSITIONS, then=DESTINATIONS)
)
@origin_options
@click.option("-k", type=make_range(ROUTES), default=ROUTES.default, show_default=True, help="How many routes at most.")
@click.option(
    "--via",
    multiple=True,
    metavar="ROLE",
    shell_complete=completes(*DESTINATIONS),
    help="A role that the route has to pass; repeatable, in any order.",
)
@click.option(
    "--avoid",
    multiple=True,
    metavar="ROLE",
    shell_complete=completes(*DESTINATIONS),
    help="A role that the route must not pass; repeatable.",
)
@max_steps_option
@by_option
@derived_option
@step_down_option
@hours_option
@click.option("--rate", "rates", multiple=True, metavar="GBP:USD=1.27", help="An exchange rate for comparing pay.")
@click.option("--explain", is_flag=True, help="Break every feasibility into its factors.")
@full_option
@dataset_option
@format_option("text", "json", "mermaid", "html")
@output_option
def path_command(
    names: tuple[str, ...],
    k: int,
    via: tuple[str, ...],
    avoid: tuple[str, ...],
    max_steps: int,
    by: str,
    derived: bool,
    step_down: bool,
    hours_per_week: float,
    rates: tuple[str, ...],
    explain: bool,
    full: bool,
    datasets: tuple[str, ...],
    format_: str,
    output: str | None,
    **hand: Unpack[Hand],
) -> None:
    """The best route from ORIGIN, a background, role or occupation, to DESTINATION, a role or occupation."""
    by_names = len(names) == 2 and not any((*hand.values(), via, avoid))
    graph = open_graph(datasets, ("path", *names) if by_names else ())
    found = graph.routes(
        *start_and_role(graph, names, **hand),
        k=k,
        via=via,
        avoid=avoid,
        max_steps=max_steps,
        by=by,
        derived=derived,
        step_down=step_down,
        hours_per_week=hours_per_week,
        rates=rates,
    )
    if rates and not any(change.converted for route in found.routes for change in route.pay_changes):
        click.echo("The rate changes nothing: no two pay lines on a route differ only in currency.", err=True)
    if format_ == "mermaid":
        from careergraph.render.text.mermaid import draw_routes

        deliver(draw_routes(found), output)
    elif format_ == "html":
        from careergraph.render.html.page import make_routes_page

        deliver(make_routes_page(found, explain=explain), output)
    else:
        from careergraph.render.text.full import format_full_routes
        from careergraph.render.text.routes import format_routes

        as_text = format_full_routes if full else format_routes
        show(found, format_, lambda: as_text(found, explain=explain), output)


@click.command("reach", epilog=format_examples('careergraph reach "data scientist" --with-skill Docker'))
@click.argument("names", nargs=-1, metavar="[ORIGIN]", shell_complete=completes(*POSITIONS))
@origin_options
@click.option(
    "--with-skill",
    "added",
    multiple=True,
    metavar="NAME",
    shell_complete=completes(*ASSETS),
    help="What if you also held this? Repeatable.",
)
@max_steps_option
@by_option
@derived_option
@step_down_option
@hours_option
@within_option
@click.option(
    "--limit",
    type=make_range(ROLES),
    default=ROLES.default,
    show_default=True,
    help="How many roles, and how many occupations, to show at most.",
)
@dataset_option
@format_option("text", "json")
def reach_command(
    names: tuple[str, ...],
    added: tuple[str, ...],
    max_steps: int,
    by: str,
    derived: bool,
    step_down: bool,
    hours_per_week: float,
    within: str | None,
    limit: int,
    datasets: tuple[str, ...],
    format_: str,
    **hand: Unpack[Hand],
) -> None:
    """Where ORIGIN can get to, the most feasible role first, with the route to each."""
    from careergraph.render.text.outlook import reach_text

    graph = open_graph(datasets)
    found = graph.reach(
        start(graph, *names, **hand),
        with_skills=added,
        max_steps=max_steps,
        by=by,
        derived=derived,
        step_down=step_down,
        hours_per_week=hours_per_week,
        within=within,
        limit=limit,
    )
    show(found, format_, lambda: reach_text(found))


@click.command("gap", epilog=format_examples('careergraph gap "policy professional" "AI safety researcher"'))
@click.argument("names", nargs=-1, metavar="[ORIGIN] ROLE", shell_complete=completes(*POSITIONS, then=DESTINATIONS))
@origin_options
@full_option
@dataset_option
@format_option("text", "json")
def gap_command(
    names: tuple[str, ...], full: bool, datasets: tuple[str, ...], format_: str, **hand: Unpack[Hand]
) -> None:
    """What ROLE asks for: what ORIGIN holds of it, what is missing, and who teaches that."""
    from careergraph.render.text.full import format_full_gap
    from careergraph.render.text.gap import format_gap

    by_names = len(names) == 2 and not any(hand.values())
    graph = open_graph(datasets, ("gap", *names) if by_names else ())
    found = graph.gap(*start_and_role(graph, names, **hand))
    show(found, format_, lambda: (format_full_gap if full else format_gap)(found))


@click.command("next-skill", epilog=format_examples('careergraph next-skill "data scientist" "AI research scientist"'))
@click.argument("names", nargs=-1, metavar="[ORIGIN] ROLE", shell_complete=completes(*POSITIONS, then=DESTINATIONS))
@origin_options
@derived_option
@dataset_option
@format_option("text", "json")
def next_skill_command(
    names: tuple[str, ...], derived: bool, datasets: tuple[str, ...], format_: str, **hand: Unpack[Hand]
) -> None:
    """The single skills, credentials and milestones that would help ORIGIN most towards ROLE."""
    from careergraph.render.text.outlook import format_next_skills

    graph = open_graph(datasets)
    found = graph.next_skills(*start_and_role(graph, names, **hand), derived=derived)
    show(found, format_, lambda: format_next_skills(found))


@click.command("bridges", epilog=format_examples("careergraph bridges"))
@dataset_option
@format_option("text", "json")
def bridges_command(datasets: tuple[str, ...], format_: str) -> None:
    """The roles that open up most others: how many best routes pass through each."""
    from careergraph.render.text.outlook import format_bridges

    found = open_graph(datasets).bridges()
    show(found, format_, lambda: format_bridges(found))
