"""What is within reach, what would help, and which roles are bridges, as text."""

from __future__ import annotations

from careergraph.render.text.phrases import bullets, format_feasibility, labels, paragraph, section
from careergraph.transitions.outlook import Bridges, Destination, NextSkills, Reach


def reach_text(found: Reach) -> str:
    """The answer to `reach`."""
    added = f", with {labels(found.added)} added" if found.added else ""
    lines = paragraph(f"From {found.origin.label}{added}", hang=2)
    lines += section("Within reach", bullets(map(_destination, found.destinations)))
    return "\n".join(lines if found.destinations else [*lines, "", "No source names a transition from there."])


def _destination(item: Destination) -> str:
    stops = " -> ".join([item.route.steps[0].origin.label, *(step.destination.label for step in item.route.steps)])
    bases = " and ".join(dict.fromkeys(step.basis for step in item.route.steps))
    change = "" if item.before is None else _change(item.feasibility - item.before)
    return f"{item.role.label}: {format_feasibility(item.feasibility)}{change} ({stops}; {bases})"


def _change(gain: float) -> str:
    return f", {gain:+.3f} by what is added" if gain else ", unchanged"


def next_skills_text(found: NextSkills) -> str:
    """The answer to `next-skill`."""
    lines = paragraph(
        f"From {found.origin.label} to {found.destination.label}: the best route has feasibility "
        f"{format_feasibility(found.feasibility)}",
        hang=2,
    )
    gains = (f"{gain.asset.label}: +{gain.gain:.3f}, to {gain.feasibility:.3f}" for gain in found.gains)
    lines += section("Held in full, each alone would add", bullets(gains))
    return "\n".join(lines if found.gains else [*lines, "", "Nothing known would raise it."])


def bridges_text(found: Bridges) -> str:
    """The answer to `bridges`."""
    lines = [f"{found.pairs} pairs of positions have a route; best routes pass through"]
    return "\n".join(lines + bullets(f"{b.role.label}: {b.passes} ({b.betweenness:.0%} of all)" for b in found.bridges))
