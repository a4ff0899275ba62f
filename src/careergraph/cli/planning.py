"""`plan` and `profile`."""

from __future__ import annotations

from typing import Unpack

import click

from careergraph.cli.options import completes, completes_files, dataset_option, example, format_option, load, show
from careergraph.cli.origin_options import Hand, origin_options, start_and_role
from careergraph.rdf.kinds import DESTINATIONS, POSITIONS


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
