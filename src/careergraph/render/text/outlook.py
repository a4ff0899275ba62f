"""What is within reach, what would help, and which roles are bridges, as text."""

from __future__ import annotations

from careergraph.render.text.phrases import bullets, format_feasibility, labels, paragraph, section
from careergraph.render.text.routes import grade, months
from careergraph.transitions.outlook import Bridges, Destination, NextSkills, Reach


def reach_text(found: Reach) -> str:
    """The answer to `reach`: a role in a line or two, those first that take the fewest attempts."""
    added = f", with {labels(found.added)} added" if found.added else ""
    lines = paragraph(f"From {found.origin.label}{added}", hang=2)
    lines += section("Within reach", bullets(map(_destination, found.destinations)))
    return "\n".join(lines if found.destinations else [*lines, "", "Nothing leads on from there."])


def _destination(item: Destination) -> str:
    stops = labels((step.destination for step in item.route.steps[:-1]), ", then ")
    parts = [
        f"{item.role.label}: {grade(item.feasibility)} ({format_feasibility(item.feasibility)})",
        months(item.route.duration),
        f"by way of {stops}" if stops else "",
        "computed" if any(step.basis != "asserted" for step in item.route.steps) else "",
        "" if item.before is None else _change(item.feasibility - item.before),
    ]
    return ", ".join(filter(None, parts))


def _change(gain: float) -> str:
    return f"{gain:+.3f} by what is added" if gain else "unchanged"


def next_skills_text(found: NextSkills) -> str:
    """The answer to `next-skill`."""
    ends = f"From {found.origin.label} to {found.destination.label}"
    now = f"the best route is {grade(found.feasibility)} ({format_feasibility(found.feasibility)})"
    lines = paragraph(f"{ends}: {now}", hang=2)
    gains = (f"{gain.asset.label}: +{gain.gain:.3f}, to {gain.feasibility:.3f}" for gain in found.gains)
    lines += section("In an order to learn them, each alone would add", bullets(gains))
    return "\n".join(lines if found.gains else [*lines, "", "Nothing known would raise it."])


def bridges_text(found: Bridges) -> str:
    """The answer to `bridges`."""
    lines = [f"{found.pairs} pairs of positions have a route; best routes pass through"]
    return "\n".join(lines + bullets(f"{b.role.label}: {b.passes} ({b.betweenness:.0%} of all)" for b in found.bridges))
