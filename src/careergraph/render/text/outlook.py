"""What is within reach, what would help, and which roles are bridges, as text."""

from __future__ import annotations

from careergraph.catalogue.jobs import count_jobs
from careergraph.render.text.phrases import (
    fill_paragraph,
    format_bullets,
    format_feasibility,
    format_labels,
    format_pay_range,
    format_section,
)
from careergraph.render.text.routes import MOST_MISSING
from careergraph.render.text.verdict import format_months, grade, tell_how_hard
from careergraph.transitions.outlook import Bridges, Destination, Gain, NextSkills, Reach
from careergraph.transitions.route_steps import RouteStep
from careergraph.transitions.studies import LONG_SHOT

#: A gain is named if it saves at least this share of the attempts; at most this many gains are named.
_WORTHWHILE, _MOST_SKILLS = 0.005, 12


#: What is said where nothing is within reach, as the question had it.
_NOWHERE = (
    "Nothing is within reach on these terms: allow more steps or time, or ask without --asserted or --within. "
    "`path` to a role that you have in mind says what it takes."
)


def reach_text(found: Reach) -> str:
    """The answer to `reach`: each role in a line or two, the one that takes the fewest attempts first."""
    added = f", with {format_labels(found.added)} added" if found.added else ""
    lines = fill_paragraph(f"From {found.origin.label}{added}", hang=2)
    near = [item for item in found.destinations if item.feasibility >= LONG_SHOT]
    far = [item for item in found.destinations if item.feasibility < LONG_SHOT]
    lines += format_section("Within reach", format_bullets(map(_destination, near)))
    lines += format_section(
        "Long shots; `path` says what each takes",
        fill_paragraph(f"{'; '.join(map(_long_shot, far))}.", 2) if far else [],
    )
    return "\n".join(lines if found.destinations else [*lines, "", *fill_paragraph(_NOWHERE)])


def _long_shot(item: Destination) -> str:
    change = "" if item.before is None else f", {_change(item.feasibility - item.before)}"
    return f"{item.role.label} ({format_feasibility(item.feasibility)}{change})"


def _destination(item: Destination) -> str:
    stops = format_labels((step.destination for step in item.route.steps[:-1]), ", then ")
    parts = [
        f"{item.role.label}: {tell_how_hard(item.route)}",
        format_months(item.route.duration),
        _pays(item.route.steps[-1]),
        f"{round_in_words(count_jobs(item.jobs))} jobs" if item.jobs else "",
        f"by way of {stops}" if stops else "",
        "a step down" if any(remark.kind == "step-down" for remark in item.route.steps[-1].remarks) else "",
        "computed" if any(step.basis != "asserted" for step in item.route.steps) else "",
        "" if item.before is None else _change(item.feasibility - item.before),
    ]
    return ", ".join(filter(None, parts))


def _pays(step: RouteStep) -> str:
    """The first pay line that has figures, in short."""
    line = next((item for item in step.pay if item.low and item.high), None)
    whose = f" as {line.role.label}" if line and line.role.id != step.destination.id else ""
    return f"pays {format_pay_range(line)}{whose}" if line else ""


def round_in_words(count: int) -> str:
    """A large number in words that can be compared at a glance.

    >>> round_in_words(3_282_010), round_in_words(48_300), round_in_words(940)
    ('3.3 million', '48,000', '940')
    """
    if count >= 1_000_000:
        return f"{count / 1_000_000:.1f} million"
    return f"{round(count, -3):,}" if count >= 10_000 else f"{count:,}"


def _change(gain: float) -> str:
    return f"feasibility {gain:+.3f}" if gain else "unchanged"


def format_next_skills(found: NextSkills) -> str:
    """The answer to `next-skill`: what helps most, in the order to learn it; what hardly helps is left out."""
    ends = f"From {found.origin.label} to {found.destination.label}"
    now = f"the best route is {grade(found.feasibility)} ({format_feasibility(found.feasibility)})"
    gains = {f"{gain.asset.label}: {_saving(gain, found)}": gain for gain in find_worthwhile(found)}
    lines = fill_paragraph(f"{ends}: {now}", hang=2)
    lines += format_section(_order(found), format_bullets(gains))
    return "\n".join(
        lines if gains else [*lines, "", "No single thing would make it easier; `gap` lists all that is missing."]
    )


def _order(found: NextSkills) -> str:
    helps = any(gain.attempts >= _WORTHWHILE * found.attempts for gain in found.gains)
    if helps:
        return "In the order to learn them, with what each alone would do"
    return "No single thing helps much; in the order to learn them"


def find_worthwhile(found: NextSkills) -> tuple[Gain, ...]:
    """The gains that help most, in the order given.

    Those that help next to nothing are left out; if all do, the first few are kept.
    """
    ranked = sorted(found.gains, key=lambda gain: -gain.attempts)
    best = [gain for gain in ranked if gain.attempts >= _WORTHWHILE * found.attempts][:_MOST_SKILLS]
    chosen = best or ranked[:MOST_MISSING]
    return tuple(gain for gain in found.gains if gain in chosen)


def _saving(gain: Gain, found: NextSkills) -> str:
    saved = f"saves {gain.attempts / found.attempts:.1%} of the attempts"
    if gain.gain < 0:  # fewer moves, each of them harder
        return f"{saved}, by another way"
    return f"{saved}, feasibility {format_feasibility(gain.feasibility)}"


def format_bridges(found: Bridges) -> str:
    """The answer to `bridges`."""
    lines = [f"{found.pairs} pairs of positions have a route; best routes pass through"]
    return "\n".join(
        lines + format_bullets(f"{b.role.label}: {b.passes} ({b.betweenness:.0%} of all)" for b in found.bridges)
    )
