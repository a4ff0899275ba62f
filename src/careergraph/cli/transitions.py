"""`path`, `reach`, `gap`, `next-skill` and `bridges`."""

from __future__ import annotations

from functools import partial
from typing import Unpack

import click

from careergraph.cli.options import (
    completes,
    completes_files,
    dataset_option,
    deliver,
    example,
    format_option,
    load,
    output_option,
    show,
)
from careergraph.cli.origin_options import Hand, at_most_one, origin_options, start, start_and_role
from careergraph.cli.progress import show_progress
from careergraph.rdf.kinds import ASSETS, DESTINATIONS, POSITIONS
from careergraph.transitions.criteria import CRITERIA, LONGEST_ROUTE

max_steps_option = click.option(
    "--max-steps", type=click.IntRange(1, 20), default=LONGEST_ROUTE, show_default=True, help="Longest route."
)
by_option = click.option(
    "--by", type=click.Choice(list(CRITERIA)), default="feasibility", show_default=True, help="What is best."
)
derived_option = click.option(
    "--derived/--asserted",
    default=None,
    help="Consider transitions that no source names, too, or only those that sources name. If neither is given, the "
    "former are considered from and to occupations only.",
)


@click.command("path", epilog=example('careergraph path "software engineer" "AI safety researcher" -k 2 --explain'))
@click.argument(
    "names", nargs=-1, metavar="[ORIGIN] DESTINATION", shell_complete=completes(*POSITIONS, then=DESTINATIONS)
)
@origin_options
@click.option("-k", type=click.IntRange(1, 100), default=1, show_default=True, help="How many routes at most.")
@click.option(
    "--via",
    multiple=True,
    metavar="ROLE",
    shell_complete=completes(*DESTINATIONS),
    help="A role to pass; repeatable, in any order.",
)
@click.option(
    "--avoid",
    multiple=True,
    metavar="ROLE",
    shell_complete=completes(*DESTINATIONS),
    help="A role not to pass; repeatable.",
)
@max_steps_option
@by_option
@derived_option
@click.option("--rate", "rates", multiple=True, metavar="GBP:USD=1.27", help="An exchange rate for comparing pay.")
@click.option("--explain", is_flag=True, help="Break every feasibility into its factors.")
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
    derived: bool | None,
    rates: tuple[str, ...],
    explain: bool,
    datasets: tuple[str, ...],
    format_: str,
    output: str | None,
    **hand: Unpack[Hand],
) -> None:
    """The best route from ORIGIN, a background, role or occupation, to DESTINATION, a role or occupation."""
    from careergraph.catalogue.names import find_node
    from careergraph.transitions.pay import rate
    from careergraph.transitions.routes import routes

    catalogue = load(datasets)
    origin, destination = start_and_role(catalogue, names, **hand)
    found = routes(
        catalogue,
        origin,
        destination,
        k=k,
        via=[find_node(catalogue, name, *DESTINATIONS) for name in via],
        avoid=[find_node(catalogue, name, *DESTINATIONS) for name in avoid],
        max_steps=max_steps,
        by=by,
        derived=derived,
        rates=dict(map(rate, rates)),
    )
    if rates and not any(change.converted for route in found.routes for change in route.pay_changes):
        click.echo("The rate changes nothing: no two pay lines on a route are alike but for the currency.", err=True)
    if format_ == "mermaid":
        from careergraph.render.text.mermaid import routes_mermaid

        deliver(routes_mermaid(found), output)
    elif format_ == "html":
        from careergraph.render.html.page import routes_page

        deliver(routes_page(found, explain=explain), output)
    else:
        from careergraph.render.text.routes import routes_text

        show(found, format_, lambda: routes_text(found, explain=explain), output)


@click.command("reach", epilog=example('careergraph reach "data scientist" --with-skill Docker'))
@click.argument("names", nargs=-1, metavar="[ORIGIN]", shell_complete=completes(*POSITIONS))
@origin_options
@click.option(
    "--with-skill",
    "added",
    multiple=True,
    metavar="NAME",
    shell_complete=completes(*ASSETS),
    help="What if this were held, too? Repeatable.",
)
@max_steps_option
@by_option
@derived_option
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Roles, and occupations, at most."
)
@dataset_option
@format_option("text", "json")
def reach_command(
    names: tuple[str, ...],
    added: tuple[str, ...],
    max_steps: int,
    by: str,
    derived: bool | None,
    limit: int,
    datasets: tuple[str, ...],
    format_: str,
    **hand: Unpack[Hand],
) -> None:
    """Where ORIGIN can get to, the most feasible role first, with the route to each."""
    from careergraph.catalogue.names import find_node
    from careergraph.render.text.outlook import reach_text
    from careergraph.transitions.outlook import reach

    catalogue = load(datasets)
    found = reach(
        catalogue,
        start(catalogue, at_most_one(names), **hand),
        added=tuple(dict.fromkeys(find_node(catalogue, name, *ASSETS) for name in added)),
        max_steps=max_steps,
        by=by,
        derived=derived,
        limit=limit,
    )
    show(found, format_, lambda: reach_text(found))


@click.command("gap", epilog=example('careergraph gap "policy professional" "AI safety researcher"'))
@click.argument("names", nargs=-1, metavar="[ORIGIN] ROLE", shell_complete=completes(*POSITIONS, then=DESTINATIONS))
@origin_options
@dataset_option
@format_option("text", "json")
def gap_command(names: tuple[str, ...], datasets: tuple[str, ...], format_: str, **hand: Unpack[Hand]) -> None:
    """What ORIGIN holds of what ROLE asks for, what is missing, and who teaches that."""
    from careergraph.render.text.routes import gap_text
    from careergraph.transitions.gaps import gap

    catalogue = load(datasets)
    found = gap(catalogue, *start_and_role(catalogue, names, **hand))
    show(found, format_, lambda: gap_text(found))


@click.command("next-skill", epilog=example('careergraph next-skill "data scientist" "AI research scientist"'))
@click.argument("names", nargs=-1, metavar="[ORIGIN] ROLE", shell_complete=completes(*POSITIONS, then=DESTINATIONS))
@origin_options
@derived_option
@dataset_option
@format_option("text", "json")
def next_skill_command(
    names: tuple[str, ...], derived: bool | None, datasets: tuple[str, ...], format_: str, **hand: Unpack[Hand]
) -> None:
    """The single skills, credentials and milestones that would help ORIGIN most towards ROLE."""
    from careergraph.render.text.outlook import next_skills_text
    from careergraph.transitions.outlook import next_skills

    catalogue = load(datasets)
    found = next_skills(catalogue, *start_and_role(catalogue, names, **hand), derived=derived)
    show(found, format_, lambda: next_skills_text(found))


@click.command("bridges", epilog=example("careergraph bridges"))
@dataset_option
@format_option("text", "json")
def bridges_command(datasets: tuple[str, ...], format_: str) -> None:
    """The roles that open most others: how many best routes pass through each.

    With imported occupations that is a matter of minutes; --dataset bundled leaves them out.
    """
    from careergraph.render.text.outlook import bridges_text
    from careergraph.transitions.outlook import bridges
    from careergraph.transitions.precomputed.opened import find_costs

    catalogue = load(datasets)
    if find_costs(catalogue) is None:
        found = bridges(catalogue)
    else:
        with show_progress("positions") as progress:
            found = bridges(catalogue, partial(progress, "Looking for routes"))
    show(found, format_, lambda: bridges_text(found))


@click.command("plan", epilog=example('careergraph plan "software engineer" "machine learning engineer" --by cost'))
@click.argument("names", nargs=-1, metavar="[ORIGIN] ROLE", shell_complete=completes(*POSITIONS, then=DESTINATIONS))
@origin_options
@click.option(
    "--by", type=click.Choice(["hours", "cost"]), default="hours", show_default=True, help="What to keep low."
)
@dataset_option
@format_option("text", "json")
def plan_command(
    names: tuple[str, ...], by: str, datasets: tuple[str, ...], format_: str, **hand: Unpack[Hand]
) -> None:
    """The courses and milestones that close the gap from ORIGIN to ROLE, in order, in the fewest hours."""
    from careergraph.render.text.plan import plan_text
    from careergraph.transitions.plans import plan

    catalogue = load(datasets)
    found = plan(catalogue, *start_and_role(catalogue, names, **hand), by=by)
    show(found, format_, lambda: plan_text(found))


@click.command("profile", epilog=example("careergraph profile resume.json"))
@click.argument("file", shell_complete=completes_files)
@dataset_option
@format_option("text", "json")
def profile_command(file: str, datasets: tuple[str, ...], format_: str) -> None:
    """What of a CV, a JSON Resume FILE, is known here, how it was matched, and what matches nothing.

    The file stays on this machine and as it is.
    """
    from careergraph.render.text.person import person_text
    from careergraph.transitions.people.matching import match_profile
    from careergraph.transitions.people.resume import read_profile

    found = match_profile(load(datasets), read_profile(file))
    show(found, format_, lambda: person_text(found))
