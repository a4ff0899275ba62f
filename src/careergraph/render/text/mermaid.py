"""Routes as a Mermaid flowchart, to be pasted into Markdown."""

from __future__ import annotations

from careergraph.model.escaping import quote_mermaid
from careergraph.model.records import Ref
from careergraph.render.text.phrases import format_feasibility
from careergraph.transitions.route_steps import Routes


def draw_routes(found: Routes) -> str:
    """Draw all routes as one flowchart in a Markdown block: positions as nodes, steps as arrows with their feasibility.

    A step that stands in several routes is drawn for the first of them; derived steps are dotted.
    """
    names: dict[str, str] = {}
    arrows: dict[tuple[str, str], str] = {}
    for route in found.routes:
        for step in route.steps:
            ends = _name(names, step.origin), _name(names, step.destination)
            line = "-->" if step.basis == "asserted" else "-.->"
            arrows.setdefault(
                ends, f'{ends[0]} {line}|"{step.basis}, {format_feasibility(step.feasibility)}"| {ends[1]}'
            )
    refs = {ref.id: ref for route in found.routes for step in route.steps for ref in (step.origin, step.destination)}
    nodes = [_node(name, refs[iri]) for iri, name in names.items()]
    drawing = ["flowchart LR", *(f"    {line}" for line in (*nodes, *arrows.values()))]
    return "\n".join(["```mermaid", *drawing, "```"])


def _name(names: dict[str, str], ref: Ref) -> str:
    return names.setdefault(ref.id, f"n{len(names)}")


def _node(name: str, ref: Ref) -> str:
    return f"{name}[{quote_mermaid(ref.label)}]" if ref.kind == "role" else f"{name}([{quote_mermaid(ref.label)}])"
