"""The answers to questions as parts of pages: a map with routes, cards, bars, and what unfolds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.courses import find_teachers
from careergraph.model.records import Ref
from careergraph.render.assets import load_templates
from careergraph.render.html.route_view import make_route_views, route_in_short
from careergraph.render.html.step_card import count_skills
from careergraph.render.map.career_map import Line, draw_career_map
from careergraph.render.map.drawing import map_part
from careergraph.render.map.families import find_family
from careergraph.render.map.neighbourhood import covers, draw_neighbourhood
from careergraph.render.text.phrases import tell_grade
from careergraph.render.text.plan import cost_text, format_hours, format_totals, tell_route, tell_stage
from careergraph.render.text.verdict import grade, tell_outlook
from careergraph.server.templates import fill_template
from careergraph.server.urls import link
from careergraph.transitions.gaps import Gap
from careergraph.transitions.outlook import Gain, NextSkills, Reach
from careergraph.transitions.plans.records import Plan
from careergraph.transitions.route_steps import Route, Routes


class Family(NamedTuple):
    """A family of roles within reach: its label, which destinations are of it, and a map of them, or none."""

    label: str
    places: tuple[int, ...]
    map: Markup


def answer_part(catalogue: Catalogue, found: Any) -> str:
    """An answer as a part of a page.

    Args:
        catalogue: where it comes from, for the map.
        found: the answer to a question that has a page.
    """
    part = _PARTS[type(found)]
    return fill_template(part.template, found=found, **part.values(catalogue, found))


def prepare(catalogue: Catalogue) -> None:
    """Read the templates and lay out the map, as long as files can be opened."""
    draw_career_map(catalogue)
    for part in _PARTS.values():
        load_templates().get_template(f"server/{part.template}")
    answer_part(catalogue, Routes(Ref("", "", "", None), Ref("", "", "", None), "", True, (), None, None))


def _routes(catalogue: Catalogue, found: Routes) -> dict[str, Any]:
    outlook = tell_outlook(found, figures=False) if found.routes else []
    return {
        "routes": make_route_views(found),
        "outlook": outlook,
        "map": _map(catalogue, found.origin, found.routes[:1]),
    }


def _reach(catalogue: Catalogue, found: Reach) -> dict[str, Any]:
    ways = [item.route for item in found.destinations]
    return {
        "map": _map(catalogue, found.origin, ways),
        "families": [] if covers(draw_career_map(catalogue), ways) else list(_families(catalogue, ways)),
        "said": [route_in_short(route) for route in ways],
        "stops": [[route.steps[0].origin, *(step.destination for step in route.steps)] for route in ways],
        "sourced": [[step.basis == "asserted" for step in route.steps] for route in ways],
    }


def _families(catalogue: Catalogue, ways: Sequence[Route]) -> Iterator[Family]:
    """What is within reach by family, the nearest family first; a map of those that the first one has not in full."""
    ends = [way.steps[-1].destination for way in ways]
    shown = {station.ref.id for station in draw_neighbourhood(catalogue, ways).stations}
    members: dict[str, list[int]] = {}
    for place, ref in enumerate(ends):
        members.setdefault(find_family(catalogue, ref.id), []).append(place)
    for label, places in members.items():
        near = draw_neighbourhood(catalogue, [ways[place] for place in places])
        left_out = any(ends[place].id not in shown for place in places)
        yield Family(label, tuple(places), map_part(near, link, lambda ref: ref.label) if left_out else Markup())


def _gap(catalogue: Catalogue, found: Gap) -> dict[str, Any]:
    return {
        "counted": count_skills(len(found.held), [item.met for item in found.missing]),
        "gradings": [tell_grade(item.strength, item.level, estimated=item.estimated) for item in found.missing],
    }


#: So many cards are in sight, whatever they help.
_FEW = 8


def _next_skills(catalogue: Catalogue, found: NextSkills) -> dict[str, Any]:
    most = max((item.attempts for item in found.gains), default=1.0)
    courses = find_teachers(catalogue)
    shares = [round(100 * item.attempts / most, 1) for item in found.gains]
    return {
        "now": grade(found.feasibility),
        "then": [_then(item, grade(found.feasibility)) for item in found.gains],
        "shares": shares,
        "helps": list(map(_helps, shares)),
        "little": _list_little(found.gains, shares) if len(shares) > _FEW else [],
        "courses": [courses.get(item.asset.id, ()) for item in found.gains],
    }


def _list_little(gains: Sequence[Gain], shares: Sequence[float]) -> list[int]:
    """The places of what helps little, and of what another node of the same name helps as well with."""
    best: dict[str, int] = {}
    for at, (gain, share) in enumerate(zip(gains, shares, strict=True)):
        name = gain.asset.label.casefold()
        if name not in best or share > shares[best[name]]:
            best[name] = at
    return [at for at, share in enumerate(shares) if share < 1 or at not in best.values()]


def _then(gain: Gain, now: str) -> str:
    """What becomes of the best route with one thing more, where that is another grade or another route."""
    if gain.gain < 0:  # fewer moves, each of them harder
        return "it makes a shorter route the best one"
    then = grade(gain.feasibility)
    return f"the route is then {then}" if then != now else ""


def _helps(share: float) -> str:
    if share >= 100:
        return "Helps most"
    return f"Helps {share:.0f}% as much as the best" if share >= 1 else "Helps a little"


def _plan(catalogue: Catalogue, found: Plan) -> dict[str, Any]:
    facts = {item.course.id: f"{format_hours(item)}, {cost_text(item)}" for item in found.courses}
    number = "1 course" if len(found.courses) == 1 else f"{len(found.courses)} courses"
    return {
        "route": tell_route(found),
        "totals": f"{number}: {format_totals(found)}" if found.courses else "",
        "facts": facts,
        "hard": [tell_stage(stage) for stage in found.stages],
    }


def _map(catalogue: Catalogue, start: Ref, ways: Sequence[Route]) -> str:
    """The map with routes drawn over it; where they leave it, a map of their own."""
    shown = draw_career_map(catalogue)
    if not covers(shown, ways):
        return map_part(draw_neighbourhood(catalogue, ways), link, lambda ref: ref.label)
    steps = {(step.origin.id, step.destination.id): step for way in ways for step in way.steps}
    lines = [Line(*ends, step.feasibility, step.basis == "asserted", None) for ends, step in steps.items()]
    return map_part(shown, link, lambda ref: ref.label, lines, start)


class _Part(NamedTuple):
    """The template for a type of answer, and what it shows besides the answer itself."""

    template: str
    values: Callable[[Catalogue, Any], dict[str, Any]]


_PARTS: dict[type, _Part] = {
    Routes: _Part("_routes.html", _routes),
    Reach: _Part("_reach.html", _reach),
    Gap: _Part("_gap.html", _gap),
    NextSkills: _Part("_next_skill.html", _next_skills),
    Plan: _Part("_plan.html", _plan),
}
