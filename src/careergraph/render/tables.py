"""Results as titled tables of plain text, such as a notebook shows: short, with who says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from careergraph.catalogue.node_profiles import Comparison, Profile, Stats
from careergraph.model.records import Evidence, Pay, Record, Ref, Requirement
from careergraph.rdf.results import Rows, Table, Value, shorten
from careergraph.render.html.pay_chart import format_figures
from careergraph.render.text.phrases import (
    format_feasibility,
    format_labels,
    format_note,
    format_sections,
    mark_claim,
    tell_grade,
    tell_whose_pay,
)
from careergraph.render.text.plan import cost_text, format_hours, format_totals
from careergraph.transitions.gaps import Gap, Missing
from careergraph.transitions.origins import Origin
from careergraph.transitions.outlook import Bridges, NextSkills, Reach
from careergraph.transitions.people.person import Person
from careergraph.transitions.plans.records import Plan
from careergraph.transitions.route_steps import Route, Routes

Row = tuple[str, ...]


class Grid(Record):
    """A table of texts."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Sheet(Record):
    """A title, lines of text, and tables; a table without rows is left out."""

    title: str
    lines: tuple[str, ...]
    grids: tuple[Grid, ...]


def make_sheet(title: str, lines: Iterable[str | None], *grids: Grid) -> Sheet:
    """A sheet without its empty parts.

    >>> make_sheet("Nobody", ["", None], Grid("Skills", ("skill",), ())).grids
    ()
    """
    return Sheet(title, tuple(line for line in lines if line), tuple(grid for grid in grids if grid.rows))


def make_grid(heading: str, columns: str, rows: Iterable[Row]) -> Grid:
    """A table; `columns` are separated by commas."""
    return Grid(heading, tuple(columns.split(",")), tuple(rows))


def tabulate_routes(found: Routes) -> Sheet:
    """The answer to `routes`: a table for each route, a row for each step."""
    grids = (_route(number, route) for number, route in enumerate(found.routes, 1))
    return make_sheet(f"From {found.origin.label} to {found.destination.label}", [], *grids)


def _route(number: int, route: Route) -> Grid:
    rows = (
        (
            f"{step.origin.label} → {step.destination.label}",
            format_feasibility(step.feasibility),
            "; ".join(format_labels(item.any_of, " or ") for item in step.missing),
            "; ".join(
                f"{tell_whose_pay(line, step.destination.id)}{_pay(line)}, {line.region or 'place not stated'}"
                f"{mark_claim(line.notes)}"
                for line in step.pay
            ),
            _sources(step.evidence) or f"nobody ({step.basis})",
        )
        for step in route.steps
    )
    heading = (
        f"{'Best route' if number == 1 else f'Route {number}'}, feasibility {format_feasibility(route.feasibility)}"
    )
    return make_grid(heading, "Step,Feasibility,Missing,Pays,Who says so", rows)


def tabulate_gap(found: Gap) -> Sheet:
    """The answer to `gap`: what is held, and what is missing with who teaches it."""
    held = found.held and f"Held already: {format_labels(found.held)}"
    unknown = not found.held and not found.missing and "No source says what this role asks for."
    title = f"From {found.origin.label} to {found.destination.label}"
    return make_sheet(title, [held or unknown or ""], _missing("Missing", found.missing))


def _missing(heading: str, found: Iterable[Missing]) -> Grid:
    rows = (
        (
            format_labels(item.any_of, " or ") + mark_claim(item.notes),
            tell_grade(item.strength, item.level),
            f"{item.met:.0%}",
            format_labels(item.courses),
            _sources(item.evidence),
        )
        for item in found
    )
    return make_grid(heading, "What,How firmly,Held,Taught by,Who says so", rows)


def plan_sheet(found: Plan) -> Sheet:
    """The answer to `plan`: courses in order, and what none of them covers."""
    courses = (
        (
            f"{place}. {item.course.label}",
            "; ".join(format_labels(group, " or ") for group in item.covers),
            format_hours(item),
            cost_text(item),
        )
        for place, item in enumerate(found.courses, 1)
    )
    return make_sheet(
        f"From {found.origin.label} to {found.destination.label}",
        [format_totals(found) if found.courses else "", "Nothing is missing." if found.already else ""],
        make_grid("Courses, in order", "Course,Covers,Hours,Cost", courses),
        _missing("Milestones", found.milestones),
        _missing("No course covers", found.uncovered),
    )


def reach_sheet(found: Reach) -> Sheet:
    """The answer to `reach`: a row for each destination."""
    rows = (
        (
            item.role.label,
            format_feasibility(item.feasibility),
            " → ".join([item.route.steps[0].origin.label, *(step.destination.label for step in item.route.steps)]),
            " and ".join(dict.fromkeys(step.basis for step in item.route.steps)),
        )
        for item in found.destinations
    )
    added = f"With {format_labels(found.added)} added" if found.added else ""
    return make_sheet(
        f"From {found.origin.label}", [added], make_grid("Within reach", "Where,Feasibility,Route,Basis", rows)
    )


def tabulate_next_skills(found: NextSkills) -> Sheet:
    """The answer to `next_skills`: a row for each asset."""
    rows = ((item.asset.label, f"+{item.gain:.3f}", f"{item.feasibility:.3f}") for item in found.gains)
    title = (
        f"From {found.origin.label} to {found.destination.label}: feasibility {format_feasibility(found.feasibility)}"
    )
    return make_sheet(title, [], make_grid("Held in full, each alone would add", "What,Gain,Feasibility then", rows))


def tabulate_bridges(found: Bridges) -> Sheet:
    """The answer to `bridges`: a row for each role."""
    rows = ((item.role.label, str(item.passes), f"{item.betweenness:.0%}") for item in found.bridges)
    title = f"{found.pairs} pairs of positions have a route"
    return make_sheet(title, [], make_grid("Best routes pass through", "Role,Routes,Share", rows))


def tabulate_profile(found: Profile) -> Sheet:
    """The answer to `show`: what a node is, what it asks for and pays, and where people come from and go."""
    return make_sheet(
        f"{found.label} ({found.kind})",
        [
            *found.definitions,
            f"Also called {', '.join(found.aliases)}" if found.aliases else "",
            *map(format_note, (*found.disagreements, *found.notes)),
            f"Asked for by {format_labels(found.required_by)}" if found.required_by else "",
            f"Taught by {format_labels(found.taught_by)}" if found.taught_by else "",
            f"Holds {format_labels(found.holds)}" if found.holds else "",
        ],
        make_grid("Asks for", "What,How firmly,Who says so", map(_requirement, found.requirements)),
        _pays("Pays", [(found.label, found.pay)]),
        make_grid(
            "Transitions",
            "From,To,Ease,Who says so",
            ((t.origin.label, t.destination.label, t.ease or "", _sources(t.evidence)) for t in found.transitions),
        ),
        make_grid(
            "What is said about it", "Claim,Who says so", ((s.text, _sources(s.evidence)) for s in found.statements)
        ),
    )


def _requirement(item: Requirement) -> Row:
    return (
        format_labels(item.any_of, " or ") + mark_claim(item.notes),
        tell_grade(item.strength, item.level),
        _sources(item.evidence),
    )


def _pays(heading: str, roles: Iterable[tuple[str, Sequence[Pay]]]) -> Grid:
    rows = (
        (
            role,
            _pay(line) + mark_claim(line.notes),
            line.region or "",
            " / ".join(line.segments),
            _sources(line.evidence),
        )
        for role, lines in roles
        for line in lines
    )
    return make_grid(heading, "Role,Pay,Where,With whom,Who says so", rows)


def tabulate_comparison(found: Comparison) -> Sheet:
    """The answer to `compare`: a column for each role."""
    asked = [{item.any_of: tell_grade(item.strength, item.level) for item in role.requirements} for role in found.roles]
    groups = dict.fromkeys(group for group in (*found.shared, *(group for role in asked for group in role)))
    rows = ((format_labels(group, " or "), *(role.get(group, "") for role in asked)) for group in groups)
    names = tuple(role.label for role in found.roles)
    return make_sheet(
        f"Comparing {', '.join(names)}",
        [],
        Grid("Asked for", ("What", *names), tuple(rows)),
        _pays("Pays", [(role.label, role.pay) for role in found.roles]),
    )


def tabulate_stats(found: Stats, title: str = "Statistics") -> Sheet:
    """The answer to `stats`: how many there are of what."""
    counts = {"Nodes": found.nodes, "Claims": found.claims, "Sources by standing": found.standings}
    return make_sheet(title, [f"{found.statements:,} statements"], *(_counts(*item) for item in counts.items()))


def _counts(heading: str, found: Mapping[str, int]) -> Grid:
    return make_grid(heading, "Kind,Count", ((name, f"{count:,}") for name, count in found.items()))


def tabulate_person(found: Person) -> Sheet:
    """What was recognised in a CV, and what was not."""
    known = ((item.text, item.ref.label, item.ref.kind, item.method) for item in (*found.positions, *found.assets))
    return make_sheet(
        found.name,
        [],
        make_grid("Recognised", "Entry,Is,Kind,How", known),
        make_grid("Not matched", "Entry,Where,Why", ((item.text, item.where, item.why) for item in found.unmatched)),
    )


def tabulate_origin(found: Origin) -> Sheet:
    """A starting point: what counts as held, and why."""
    rows = ((iri.rsplit("/", 1)[-1], "; ".join(why)) for iri, why in found.reasons.items())
    return make_sheet(found.ref.label, [], make_grid("Counts as held", "What,Because", rows))


def tabulate_refs(found: Sequence[Ref]) -> Sheet:
    """References: one row for each."""
    title = "1 node" if len(found) == 1 else f"{len(found):,} nodes"
    return make_sheet(title, [], make_grid("By label", "Label,Kind", ((ref.label, ref.kind) for ref in found)))


def tabulate_table(found: Table) -> Sheet:
    """The rows that a SPARQL query found."""
    return _answer(found.columns, found.rows)


def tabulate_rows(found: Rows) -> Sheet:
    """The rows that a SPARQL query found, as `CareerGraph.sparql` gives them; IRIs are shortened by our prefixes."""
    return _answer(found.columns, ([as_cell(value) for value in row.values()] for row in found))


def as_cell(value: Value) -> str | None:
    """A value as a table shows it."""
    return shorten(value) if isinstance(value, str) else None if value is None else str(value)


def _answer(columns: tuple[str, ...], found: Iterable[Sequence[str | None]]) -> Sheet:
    rows = tuple(tuple(cell or "" for cell in row) for row in found)
    title = "1 row" if len(rows) == 1 else f"{len(rows):,} rows"
    return make_sheet(title, [], Grid("Answer", columns, rows))


def _pay(line: Pay) -> str:
    return format_figures(line) or line.text or "no figure"


def _sources(evidence: Iterable[Evidence]) -> str:
    return " | ".join(format_sections(evidence))
