"""Results in a notebook: a small piece of HTML that fits any theme, and the text of the command line.

Every text is escaped. The HTML includes its styles, takes its colours from the notebook, runs no script and loads
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from markupsafe import Markup

from careergraph.api import CareerGraph
from careergraph.catalogue.node_profiles import Comparison, Profile, Stats
from careergraph.catalogue.twins import Found
from careergraph.model.records import Listing, Refs
from careergraph.rdf.results import Rows, Table
from careergraph.render import tables
from careergraph.render.assets import load_templates, read_static
from careergraph.render.text.comparison import format_comparison
from careergraph.render.text.gap import format_gap
from careergraph.render.text.node_summary import format_summary
from careergraph.render.text.nodes import format_stats
from careergraph.render.text.outlook import format_bridges, format_next_skills, reach_text
from careergraph.render.text.person import format_person
from careergraph.render.text.phrases import format_refs
from careergraph.render.text.plan import plan_text
from careergraph.render.text.routes import format_routes
from careergraph.transitions.gaps import Gap
from careergraph.transitions.origins import Origin
from careergraph.transitions.outlook import Bridges, NextSkills, Reach
from careergraph.transitions.people.person import Person
from careergraph.transitions.plans.records import Plan
from careergraph.transitions.route_steps import Routes

#: How many rows of a table are shown; the result itself has them all.
MOST_ROWS = 40


class Look(NamedTuple):
    """How a type of result looks: as tables, and as text where Python's own is not meant for people."""

    sheet: Callable[[Any], tables.Sheet]
    text: Callable[[Any], str] | None


_LOOKS: dict[type, Look] = {
    Routes: Look(tables.tabulate_routes, format_routes),
    Gap: Look(tables.tabulate_gap, format_gap),
    Plan: Look(tables.plan_sheet, plan_text),
    Reach: Look(tables.reach_sheet, reach_text),
    NextSkills: Look(tables.tabulate_next_skills, format_next_skills),
    Bridges: Look(tables.tabulate_bridges, format_bridges),
    Profile: Look(tables.tabulate_profile, format_summary),
    Comparison: Look(tables.tabulate_comparison, format_comparison),
    Stats: Look(tables.tabulate_stats, format_stats),
    Person: Look(tables.tabulate_person, format_person),
    Origin: Look(tables.tabulate_origin, None),
    Listing: Look(tables.tabulate_refs, format_refs),
    Found: Look(lambda found: tables.tabulate_refs(found.results), lambda found: format_refs(found.results)),
    Refs: Look(lambda found: tables.tabulate_refs(found.results), lambda found: format_refs(found.results)),
    Table: Look(tables.tabulate_table, None),
    Rows: Look(tables.tabulate_rows, None),
    CareerGraph: Look(
        lambda graph: tables.tabulate_stats(graph.stats(), "A graph of careers"),
        lambda graph: format_stats(graph.stats()),
    ),
}


def draw(result: object) -> dict[str, str]:
    """A result by media type, for `_repr_mimebundle_`; empty for types without a look of their own.

    >>> import careergraph
    >>> sorted(draw(careergraph.load().gap("consultant", "AI product manager")))
    ['text/html', 'text/plain']
    """
    look = _LOOKS.get(type(result))
    if look is None:
        return {}
    return {"text/html": _html(look.sheet(result)), "text/plain": to_text(result)}


def to_text(result: object) -> str:
    """A result as the command line prints it.

    Raises:
        KeyError: it is of no type that has a text.
    """
    text = _LOOKS[type(result)].text
    return repr(result) if text is None else text(result)


def _html(sheet: tables.Sheet) -> str:
    template = load_templates().get_template("notebook/sheet.html")
    return template.render(sheet=sheet, styles=Markup(read_static("notebook.css")), most=MOST_ROWS)
