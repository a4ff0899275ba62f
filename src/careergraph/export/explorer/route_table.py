"""The best routes between all positions of a view, worked out beforehand, for a page that cannot ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from careergraph.catalogue.catalogue import Catalogue
from careergraph.export.view import View
from careergraph.model.errors import NoAnswer
from careergraph.model.records import Ref, Transition
from careergraph.rdf.kinds import POSITIONS
from careergraph.render.text.phrases import grade_phrase, sections
from careergraph.transitions.routes import Route, RouteStep, routes

#: Routes for one pair at most, and pairs that are tried at most: a few seconds' work.
ALTERNATIVES = 3
MOST_PAIRS = 4_000


class RouteTable:
    """Routes as plain data: `pairs` says which `steps` make the routes from one node to another.

    Nodes are given by their number in the view; `refs` are all others that steps name, by label and, if the view has
    them, number.
    """

    def __init__(self, view: View) -> None:
        self._numbers = {node.id: number for number, node in enumerate(view.nodes)}
        self._refs: dict[Ref, int] = {}
        self._steps: dict[RouteStep, int] = {}
        self._pairs: dict[str, list[tuple[float, list[int]]]] = {}

    def add(self, origin: str, destination: str, found: Iterable[Route]) -> None:
        """Take in the routes from one node to another, the best first."""
        ways = [(route.feasibility, [self._number(self._steps, step) for step in route.steps]) for route in found]
        self._pairs[f"{self._numbers[origin]}-{self._numbers[destination]}"] = ways

    def to_dict(self) -> dict[str, Any]:
        """The table as dicts, lists, strings and numbers."""
        steps = [self._step(step) for step in self._steps]  # makes the refs
        refs = [{"label": ref.label, "node": self._numbers.get(ref.id)} for ref in self._refs]
        return {"refs": refs, "steps": steps, "pairs": self._pairs}

    @staticmethod
    def _number(table: dict[Any, int], item: Any) -> int:
        return table.setdefault(item, len(table))

    def _numbered(self, refs: Iterable[Ref]) -> list[int]:
        return [self._number(self._refs, ref) for ref in refs]

    def _step(self, step: RouteStep) -> dict[str, Any]:
        return {
            "from": self._numbered([step.origin])[0],
            "to": self._numbered([step.destination])[0],
            "basis": step.basis,
            "feasibility": step.feasibility,
            "held": self._numbered(step.held),
            "missing": [
                {
                    "anyOf": self._numbered(item.any_of),
                    "asked": grade_phrase(item.strength, item.level),
                    "met": item.met,
                    "courses": self._numbered(item.courses),
                }
                for item in step.missing
            ],
            "milestones": self._numbered(step.milestones),
            "says": [_saying(transition) for transition in step.transitions],
        }


def _saying(transition: Transition) -> dict[str, Any]:
    return {
        "text": transition.text,
        "ease": transition.ease,
        "conditions": [condition.text for condition in transition.conditions],
        "steps": [step.text for step in transition.steps],
        "sources": sections(transition.evidence),
        "disputed": any(note.kind == "disagreement" for note in transition.notes),
    }


def route_table(catalogue: Catalogue, view: View) -> dict[str, Any] | None:
    """The best routes from each position of a view to each of its roles, as `transitions.routes` finds them.

    Args:
        catalogue: where routes are looked for; they may pass roles that the view leaves out.
        view: whose positions count.

    Returns:
        What `RouteTable.to_dict` gives, or None if there are too many positions for that.

    >>> from careergraph.export.view import view
    >>> catalogue = Catalogue.load()
    >>> table = route_table(catalogue, view(catalogue, kinds=["role", "background"]))
    >>> len(table["pairs"]), table["steps"][0]["basis"]
    (81, 'asserted')
    """
    origins = [node.id for node in view.nodes if node.kind in POSITIONS]
    roles = [node.id for node in view.nodes if node.kind == "role"]
    if len(origins) * len(roles) > MOST_PAIRS:
        return None
    table = RouteTable(view)
    for pair, found in _answers(catalogue, origins, roles).items():
        table.add(*pair, found)
    return table.to_dict()


def _answers(
    catalogue: Catalogue, origins: Iterable[str], roles: Iterable[str]
) -> Mapping[tuple[str, str], Iterable[Route]]:
    found = {}
    for origin in origins:
        for role in roles:
            try:
                found[origin, role] = routes(catalogue, origin, role, k=ALTERNATIVES, derived=False).routes
            except NoAnswer:  # already there, or no source names a way; the page says so
                continue
    return found
