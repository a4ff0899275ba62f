"""`careergraph plan`: what to learn, when, and how it is going."""

from __future__ import annotations

from typing import Any

import click
from click.core import ParameterSource

from careergraph.api import ROUTES
from careergraph.cli.options import (
    Number,
    choose_data,
    completes,
    completes_files,
    deliver,
    find_ending,
    for_spreadsheets,
    format_examples,
    make_range,
    open_graph,
    output_option,
    show,
    spreadsheet_option,
)
from careergraph.cli.origin_options import Hand, origin_options, start_and_role
from careergraph.model.errors import NothingAsked
from careergraph.rdf.kinds import ASSETS, DESTINATIONS, POSITIONS
from careergraph.transitions.criteria import PLAN_CRITERIA

_FORMATS = ("text", "json", "ics", "md", "csv")
_ADVICE = "a plan ends in .txt, .json, .ics, .md or .csv, and `careergraph report` writes .html and .pdf"
#: The parameters that --resume goes together with.
_WITH_RESUME = {"resume", "today", "done", "hours_per_week", "datasets", "format_", "output"}


@click.command(
    "plan",
    epilog=format_examples(
        'careergraph plan "software engineer" "machine learning engineer" --by cost',
        'careergraph plan newcomer "machine learning engineer" --hours-per-week 8 --start 2027-01-11',
    ),
)
@click.argument("names", nargs=-1, metavar="[ORIGIN] ROLE", shell_complete=completes(*POSITIONS, then=DESTINATIONS))
@origin_options
@click.option(
    "--by",
    type=click.Choice(PLAN_CRITERIA),
    default=PLAN_CRITERIA[0],
    show_default=True,
    help="What to minimise; for time, courses are taken side by side.",
)
@click.option("-k", type=make_range(ROUTES), default=ROUTES.default, show_default=True, help="How many routes to plan.")
@click.option(
    "--route", type=make_range(ROUTES), help="Plan only this one of the routes that `path -k` lists, counted from 1."
)
@click.option(
    "--via",
    multiple=True,
    metavar="ROLE",
    shell_complete=completes(*DESTINATIONS),
    help="A role that the route has to pass.",
)
@click.option("--straight", is_flag=True, help="Plan straight for ROLE, without the stops of the best route.")
@click.option(
    "--done",
    multiple=True,
    metavar="NAME",
    shell_complete=completes(*ASSETS, "course"),
    help="A skill or course that you have finished; repeatable.",
)
@click.option("--free", is_flag=True, help="Only courses that cost nothing.")
@click.option("--budget", metavar="500USD", help="What all courses may cost together.")
@click.option("--lang", "languages", multiple=True, metavar="en", help="A language courses may be in; repeatable.")
@click.option("--hours-per-week", type=Number(1, 168), metavar="HOURS", help="Time for courses; gives weeks.")
@click.option("--start", metavar="2027-01-11", help="The first day; gives dates.")
@click.option(
    "--resume",
    metavar="FILE",
    shell_complete=completes_files,
    help="Say how the plan in FILE, written by -o plan.json, is going.",
)
@click.option("--today", metavar="2027-03-01", help="With --resume: the date to take for today.")
@click.option("--full", is_flag=True, help="Print everything that pages say about each course.")
@choose_data
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    help="How to print the result; by default what the ending of FILE says, or text.",
)
@spreadsheet_option
@output_option
def plan_command(
    names: tuple[str, ...],
    resume: str | None,
    today: str | None,
    datasets: tuple[str, ...],
    format_: str | None,
    safe: bool,
    output: str | None,
    **wishes: Any,
) -> None:
    """The courses and milestones on the best route from ORIGIN to ROLE, in order, in the fewest hours."""
    if resume is not None:
        _refuse_others()
        _resume(names, resume, wishes["done"], today, wishes["hours_per_week"], datasets, format_, output)
    elif today is not None:
        raise NothingAsked("--today belongs to --resume.")
    elif wishes["start"] is not None and wishes["hours_per_week"] is None:
        raise NothingAsked("--start gives dates only together with --hours-per-week.")
    else:
        _plan(names, datasets, format_ or _ending(output), output, safe=safe, **wishes)


def _refuse_others() -> None:
    """Refuse what makes another plan than that of the file of --resume."""
    context = click.get_current_context()
    options = {one.name: one.opts[0] for one in context.command.params if isinstance(one, click.Option)}
    odd = [
        option
        for name, option in options.items()
        if name not in _WITH_RESUME and context.get_parameter_source(str(name)) is ParameterSource.COMMANDLINE
    ]
    if odd:
        raise NothingAsked(f"--resume goes on with the plan in its file; leave out {', '.join(odd)}.")


def _ending(output: str | None) -> str:
    """The format that a file's ending names; text without an ending."""
    ending = find_ending(output, (*_FORMATS[1:], "txt"), _ADVICE)
    return ending if ending in _FORMATS else "text"


def _plan(
    names: tuple[str, ...],
    datasets: tuple[str, ...],
    format_: str,
    output: str | None,
    *,
    safe: bool,
    k: int,
    route: int | None,
    full: bool,
    **wishes: Any,
) -> None:
    from careergraph.render.plan_files import PLAN_FILES
    from careergraph.render.text.plan import format_plans, plan_text

    if k > 1 and (route is not None or format_ == "ics"):
        raise NothingAsked("-k gives several plans; --route and a calendar are for one.")
    for_spreadsheets(b"", format_, safe=safe)
    hand = Hand(profile=wishes.pop("profile"), skills=wishes.pop("skills"), backgrounds=wishes.pop("backgrounds"))
    graph = open_graph(datasets)
    asked = start_and_role(graph, names, **hand)
    found = graph.plans(*asked, k=k, **wishes) if route is None else None
    plans = found.plans if found is not None else (graph.plan(*asked, route=route or 1, **wishes),)
    if format_ in PLAN_FILES:
        content = "\n".join(map(PLAN_FILES[format_], plans)).encode()
        deliver(for_spreadsheets(content, format_, safe=safe), output)
    elif found is not None and k > 1:
        show(found, format_, lambda: format_plans(found, full=full), output)
    else:
        show(plans[0], format_, lambda: plan_text(plans[0], full=full), output)


def _resume(
    names: tuple[str, ...],
    file: str,
    done: tuple[str, ...],
    today: str | None,
    hours_per_week: float | None,
    datasets: tuple[str, ...],
    format_: str | None,
    output: str | None,
) -> None:
    """Print how a plan is going; -o writes the plan with what is done so far, to be resumed again."""
    from careergraph.render.text.plan_progress import format_progress

    if names:
        raise NothingAsked("--resume takes ORIGIN and ROLE from its file; leave them out.")
    if format_ not in (None, "text", "json"):
        raise NothingAsked("--resume prints text or JSON.")
    found = open_graph(datasets).resume(file, done=done, today=today, hours_per_week=hours_per_week)
    show(found, format_ or "text", lambda: format_progress(found))
    if output not in (None, "-"):
        deliver(found.plan.to_json(), output)
