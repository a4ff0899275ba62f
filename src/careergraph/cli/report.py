"""`careergraph report`: two pages and an appendix for a client."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from careergraph.api import ROUTES
from careergraph.cli.options import (
    Number,
    Whole,
    choose_data,
    completes,
    completes_files,
    deliver,
    find_ending,
    format_examples,
    open_graph,
    output_option,
)
from careergraph.cli.origin_options import Hand, origin_options, start_and_role
from careergraph.rdf.kinds import DESTINATIONS, POSITIONS

if TYPE_CHECKING:
    from careergraph.transitions.plans.records import Plan
    from careergraph.transitions.route_steps import Route, Routes

#: How many routes a report compares if not told otherwise.
_WAYS = 3


@click.command(
    "report",
    epilog=format_examples('careergraph report nurse "AI ethicist" --hours-per-week 8 -o report.html'),
)
@click.argument("names", nargs=-1, metavar="[ORIGIN] ROLE", shell_complete=completes(*POSITIONS, then=DESTINATIONS))
@origin_options
@click.option("-k", type=Whole(1, ROUTES.most), default=_WAYS, show_default=True, help="How many routes to compare.")
@click.option("--free", is_flag=True, help="Only courses that cost nothing.")
@click.option("--budget", metavar="500USD", help="What all courses may cost together.")
@click.option("--lang", "languages", multiple=True, metavar="en", help="A language courses may be in; repeatable.")
@click.option(
    "--hours-per-week",
    type=Number(1, 168),
    default=8,
    show_default=True,
    help="Time for courses; gives weeks.",
)
@click.option("--start", metavar="2027-01-11", help="The first day; gives dates.")
@click.option(
    "--template",
    metavar="FILE",
    shell_complete=completes_files,
    help="Whose report it is: a TOML file with logo, accent, name and paragraph.",
)
@choose_data
@output_option
def report_command(
    names: tuple[str, ...],
    k: int,
    template: str | None,
    datasets: tuple[str, ...],
    output: str | None,
    **wishes: Any,
) -> None:
    """A report on the best route from ORIGIN to ROLE, to hand over: HTML, or PDF with -o report.pdf."""
    from careergraph.rdf.standards import SCHEMA
    from careergraph.render.html.report import report_html
    from careergraph.render.html.report_brand import NOBODY, read_brand
    from careergraph.render.html.report_pdf import to_pdf

    ending = find_ending(output, ("html", "htm", "pdf"), "a report ends in .html or .pdf")
    brand = read_brand(template) if template else NOBODY
    hand = Hand(profile=wishes.pop("profile"), skills=wishes.pop("skills"), backgrounds=wishes.pop("backgrounds"))
    graph = open_graph(datasets)
    origin, role = start_and_role(graph, names, **hand)
    found, plan = graph.routes(origin, role, k=k), graph.plan(origin, role, **wishes)
    found = _as_planned(found, plan, lambda: graph.routes(origin, role, max_steps=len(plan.stages)))
    made = report_html(found, plan, brand, lambda source: graph.catalogue.value(source, SCHEMA.url))
    deliver(to_pdf(made) if ending == "pdf" else made, output)


def _as_planned(found: Routes, plan: Plan, straight: Callable[[], Routes]) -> Routes:
    """The routes with the one first that the plan follows, which need not be that of the fewest attempts."""
    stops = [stage.destination.id for stage in plan.stages[:-1]]

    def is_planned(route: Route) -> bool:
        return [step.destination.id for step in route.steps[:-1]] == stops

    first = next(filter(is_planned, found.routes), None) or straight().routes[0]
    others = tuple(route for route in found.routes if route != first)
    return found.with_routes((first, *others)[: len(found.routes)])
