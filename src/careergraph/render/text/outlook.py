"""What is within reach, what would help, and which roles are bridges, as text."""

from __future__ import annotations

from careergraph.catalogue.jobs import count_jobs
from careergraph.render.text.phrases import bullets, format_feasibility, labels, paragraph, pay_range, section
from careergraph.render.text.routes import grade, how_hard, months
from careergraph.transitions.outlook import Bridges, Destination, NextSkills, Reach
from careergraph.transitions.route_steps import RouteStep


def reach_text(found: Reach) -> str:
    """The answer to `reach`: a role in a line or two, those first that take the fewest attempts."""
    added = f", with {labels(found.added)} added" if found.added else ""
    lines = paragraph(f"From {found.origin.label}{added}", hang=2)
    lines += section("Within reach", bullets(map(_destination, found.destinations)))
    return "\n".join(lines if found.destinations else [*lines, "", "Nothing leads on from there."])


def _destination(item: Destination) -> str:
    stops = labels((step.destination for step in item.route.steps[:-1]), ", then ")
    parts = [
        f"{item.role.label}: {how_hard(item.route)}",
        months(item.route.duration),
        _pays(item.route.steps[-1]),
        f"{in_round_numbers(count_jobs(item.jobs))} jobs" if item.jobs else "",
        f"by way of {stops}" if stops else "",
        "a step down" if any(remark.kind == "step-down" for remark in item.route.steps[-1].remarks) else "",
        "computed" if any(step.basis != "asserted" for step in item.route.steps) else "",
        "" if item.before is None else _change(item.feasibility - item.before),
    ]
    return ", ".join(filter(None, parts))


def _pays(step: RouteStep) -> str:
    """The first pay line that has figures, in short."""
    line = next((item for item in step.pay if item.low and item.high), None)
    return f"pays {pay_range(line)}" if line else ""


def in_round_numbers(count: int) -> str:
    """A large number in words that can be compared at a glance.

    >>> in_round_numbers(3_282_010), in_round_numbers(48_300), in_round_numbers(940)
    ('3.3 million', '48,000', '940')
    """
    if count >= 1_000_000:
        return f"{count / 1_000_000:.1f} million"
    return f"{round(count, -3):,}" if count >= 10_000 else f"{count:,}"


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
