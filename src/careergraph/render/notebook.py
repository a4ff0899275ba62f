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
from careergraph.model.records import Listing, Refs
from careergraph.rdf.results import Rows, Table
from careergraph.render import tables
from careergraph.render.assets import environment, static_text
from careergraph.render.text.comparison import comparison_text
from careergraph.render.text.gap import gap_text
from careergraph.render.text.node_summary import profile_summary
from careergraph.render.text.nodes import stats_text
from careergraph.render.text.outlook import bridges_text, next_skills_text, reach_text
from careergraph.render.text.person import person_text
from careergraph.render.text.phrases import refs_text
from careergraph.render.text.plan import plan_text
from careergraph.render.text.routes import routes_text
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
    Routes: Look(tables.routes_sheet, routes_text),
    Gap: Look(tables.gap_sheet, gap_text),
    Plan: Look(tables.plan_sheet, plan_text),
    Reach: Look(tables.reach_sheet, reach_text),
    NextSkills: Look(tables.next_skills_sheet, next_skills_text),
    Bridges: Look(tables.bridges_sheet, bridges_text),
    Profile: Look(tables.profile_sheet, profile_summary),
    Comparison: Look(tables.comparison_sheet, comparison_text),
    Stats: Look(tables.stats_sheet, stats_text),
    Person: Look(tables.person_sheet, person_text),
    Origin: Look(tables.origin_sheet, None),
    Listing: Look(tables.refs_sheet, refs_text),
    Refs: Look(lambda found: tables.refs_sheet(found.results), lambda found: refs_text(found.results)),
    Table: Look(tables.table_sheet, None),
    Rows: Look(tables.rows_sheet, None),
    CareerGraph: Look(
        lambda graph: tables.stats_sheet(graph.stats(), "A graph of careers"), lambda graph: stats_text(graph.stats())
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
    template = environment().get_template("notebook/sheet.html")
    return template.render(sheet=sheet, styles=Markup(static_text("notebook.css")), most=MOST_ROWS)
