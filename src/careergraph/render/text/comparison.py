"""Roles side by side as short text; `careergraph.render.text.nodes` has everything that sources say."""

from __future__ import annotations

from collections.abc import Sequence

from careergraph.catalogue.node_profiles import Comparison, Profile
from careergraph.model.records import Requirement
from careergraph.render.text.citations import Citations
from careergraph.render.text.phrases import (
    count_points,
    fill_paragraph,
    format_labels,
    format_pay_figures,
    tell_whose_pay,
)

#: This many things of a kind are named; the rest are counted.
MOST_LISTED = 8
_ESTIMATED = " (estimated)"


def format_comparison(found: Comparison) -> str:
    """The answer to `compare`: what all ask for, then for each role what else it asks for, its pay and its ways in."""
    cited = Citations()
    lines = [f"Comparing {', '.join(role.label for role in found.roles)}", ""]
    shared = [format_labels(group, " or ") for group in found.shared]
    known = all(role.requirements for role in found.roles)
    estimated = any(
        item.estimated and item.any_of in found.shared for role in found.roles for item in role.requirements
    )
    asked = _some(shared) + _ESTIMATED * estimated if shared else "nothing in common" if known else "…"
    lines += fill_paragraph(f"All ask for {asked}.", hang=2)
    for role in found.roles:
        lines += ["", role.label, *_rows(role, set(found.shared), cited)]
    return "\n".join([*lines, *cited.lines(), "", "--full has everything that sources say."])


def _shared_text(shared: Sequence[str], *, known: bool) -> str:
    if shared or known:
        return f"All ask for {_some(shared) if shared else 'nothing in common'}."
    return "No source says what all of them ask for."


def _rows(role: Profile, shared: set[tuple[object, ...]], cited: Citations) -> list[str]:
    own = [item for item in role.requirements if item.any_of not in shared]
    disputed = f"sources disagree on {count_points(len(role.disagreements))}" if role.disagreements else ""
    others = f"{count_points(len(role.notes))} {'needs' if len(role.notes) == 1 else 'need'} care" if role.notes else ""
    rows = (
        ("Besides", _requirements_text(own, cited) if role.requirements else "no source says what it takes"),
        ("Pay", _pay(role, cited)),
        ("Ways in", _ways_in(role, cited)),
        ("Caution", "; ".join(filter(None, (disputed, others)))),
    )
    return [line for name, text in rows if text for line in fill_paragraph(f"{name:<8} {text}.", 2, 9)]


def _requirements_text(own: Sequence[Requirement], cited: Citations) -> str:
    evidence = [item for requirement in own for item in requirement.evidence]
    estimated = _ESTIMATED * any(item.estimated for item in own)
    return (
        _some(list(dict.fromkeys(format_labels(item.any_of, " or ") for item in own)))
        + estimated
        + cited.mark(evidence)
        if own
        else "nothing"
    )


def _pay(role: Profile, cited: Citations) -> str:
    lines = [item for item in role.pay if item.low and item.high]
    if not lines:
        return "no source says"
    more = f"; {len(lines) - 2} more" if len(lines) > 2 else ""
    figures = (
        f"{tell_whose_pay(line, role.id)}{format_pay_figures(line)}{cited.mark(line.evidence)}" for line in lines[:2]
    )
    return "; ".join(figures) + more


def _ways_in(role: Profile, cited: Citations) -> str:
    arriving = [item for item in role.transitions if item.destination.id == role.id]
    # A list of related occupations has grades of its own, which are no words on how easy a move is.
    words = [f" ({item.ease})" if item.ease and item.destination.kind == "role" else "" for item in arriving]
    texts = [f"{item.origin.label}{said}" for item, said in zip(arriving, words, strict=True)]
    evidence = [item for transition in arriving for item in transition.evidence]
    return _some(list(dict.fromkeys(texts))) + cited.mark(evidence) if texts else "no source says"


def _some(texts: Sequence[str]) -> str:
    more = len(texts) - MOST_LISTED
    return "; ".join([*texts[:MOST_LISTED], *([f"{more} more"] if more > 0 else [])])
