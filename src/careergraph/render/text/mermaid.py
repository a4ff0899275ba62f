"""Routes as a Mermaid flowchart, to be pasted into Markdown."""

from __future__ import annotations

import re

from careergraph.model.records import Ref
from careergraph.render.text.phrases import format_feasibility
from careergraph.transitions.routes import Routes

#: Everything that has a meaning in a quoted label, in Markdown within it, or anywhere in a Mermaid text.
_SIGNS = re.compile('["#&<>%$:;`*_~\\\\\\x00-\\x1f\\x7f-\\x9f\u2028-\u202e\u2066-\u2069\ufeff]')
#: How a list, a rule or a block of code begins in Markdown: none of them can be drawn in a label.
_LIST = re.compile(r"^([0-9]+(?=[.)])|(?=[-+ ]))(.)")


def routes_mermaid(found: Routes) -> str:
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
    return f"{name}[{quoted(ref.label)}]" if ref.kind == "role" else f"{name}([{quoted(ref.label)}])"


def quoted(text: str) -> str:
    """Text as a quoted label, its signs by their numbers.

    >>> quoted('C# "and" <b>'), quoted("1. Officer")
    ('"C#35; #34;and#34; #60;b#62;"', '"1#46; Officer"')
    """
    told = _SIGNS.sub(lambda sign: f"#{ord(sign[0])};", text)
    return '"' + _LIST.sub(lambda begun: f"{begun[1]}#{ord(begun[2])};", told) + '"'
