"""How feasible one step is: a documented product of factors, each of which can be shown.

The formula, with all weights taken from the data (`graph/editors/schemes.ttl`), never from code:

    feasibility = ease × preparation × conditions × (floor + (1 - floor) × coverage)

- *ease*: the weight of the source's words about the transition ("most direct", "viable bridge" …);
- *coverage*: of the skills the role asks for, each weighted by strength × level, the share that is held;
- *preparation*: for each credential, experience or background asked for, 1 - penalty × strength × (1 - met);
- *conditions*: the same, with its own penalty, for each condition that the source puts on the transition.

Between two occupations, where no source names the transition, *similarity* takes the place of coverage: the probability
that experts call the two related, given how much of the destination's profile is held (`importing.derive.similarity`).

Every factor lies in (0, 1], and none falls when more is held. See docs/feasibility.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Record, Requirement, Transition
from careergraph.transitions.holdings import Holdings, share_met

if TYPE_CHECKING:
    from careergraph.model.values import Feasibility, Schema


_PARAMETER = "https://w3id.org/careergraph/id/parameter/"


class Parameters(Record):
    """The editors' parameters of the model, each between 0 and 1."""

    coverage_floor: float
    preparation_penalty: float
    condition_penalty: float
    derived_ease: float
    unknown_coverage: float

    @classmethod
    def of(cls, catalogue: Catalogue) -> Parameters:
        """Read the parameters from the data; a data set without them gets neutral ones."""
        return cls(
            coverage_floor=catalogue.weight(f"{_PARAMETER}coverage-floor", 0.5),
            preparation_penalty=catalogue.weight(f"{_PARAMETER}preparation-penalty", 0.0),
            condition_penalty=catalogue.weight(f"{_PARAMETER}condition-penalty", 0.0),
            derived_ease=catalogue.weight(f"{_PARAMETER}derived-ease", 0.5),
            unknown_coverage=catalogue.weight(f"{_PARAMETER}unknown-coverage", 0.5),
        )

    def ease(self, transitions: Sequence[Transition]) -> float:
        """The weight of the easiest wording among claims for one transition, or that of a derived one."""
        return max((transition.ease_weight for transition in transitions), default=self.derived_ease)


class Factor(Record):
    """One factor of a feasibility, with what it was made of."""

    name: Annotated[str, Schema(enum=["ease", "coverage", "preparation", "conditions"])]
    """Which factor of the formula it is."""
    value: Feasibility
    """The factor, rounded to four places."""
    reason: str
    """What the factor was made of, in words."""


def factors(
    transitions: Sequence[Transition], asked: Sequence[Requirement], held: Holdings, parameters: Parameters
) -> tuple[Factor, ...]:
    """The factors whose product is the feasibility of one step.

    Args:
        transitions: what sources assert about moving from the one position to the other; nothing if it is derived.
        asked: what the destination asks for.
        held: what is held before the step.
        parameters: the editors' parameters.
    """
    skills = [item for item in asked if is_skill(item)]
    others = [item for item in asked if not is_skill(item)]
    return (
        Factor("ease", parameters.ease(transitions), _ease_reason(transitions)),
        _coverage(skills, held, parameters) if asked else _unknown(parameters),
        _preparation(others, held, parameters.preparation_penalty),
        _conditions(_easiest(transitions), held, parameters.condition_penalty),
    )


def derived_factors(
    similarity: Factor, asked: Sequence[Requirement], held: Holdings, parameters: Parameters
) -> tuple[Factor, ...]:
    """The factors of a step between two occupations that no source names.

    Args:
        similarity: how alike the two are, which takes the place of the coverage.
        asked: what the destination asks for.
        held: what is held before the step.
        parameters: the editors' parameters.
    """
    others = [item for item in asked if not is_skill(item)]
    return (
        Factor("ease", parameters.ease(()), _ease_reason(())),
        similarity,
        _preparation(others, held, parameters.preparation_penalty),
    )


def effort(asked: Sequence[Requirement], held: Holdings) -> float:
    """How much there is to learn or reach: unmet requirements, each by strength × level × what is missing of it.

    The unit is one fully required skill at full depth. Hours are known for few of them, so none are guessed here.
    """
    return sum(item.importance * (1 - share_met(item, held)) for item in asked)


def _easiest(transitions: Sequence[Transition]) -> tuple[Transition, ...]:
    best = max((move.ease_weight for move in transitions), default=0.0)
    return tuple(move for move in transitions if move.ease_weight == best)


def _ease_reason(transitions: Sequence[Transition]) -> str:
    words = dict.fromkeys(repr(move.ease) for move in _easiest(transitions) if move.ease)
    if words:
        return f"editors' weight for {' and '.join(words)}"
    return "the source gives no wording" if transitions else "no source names this transition"


def feasibility(parts: Sequence[Factor]) -> float:
    """The product of the factors, in (0, 1].

    >>> feasibility([Factor("ease", 0.5, ""), Factor("coverage", 0.5, "")])
    0.25
    """
    return prod((part.value for part in parts), start=1.0)


def round_figure(value: float) -> float:
    """Four significant digits: what is small but possible does not become zero.

    >>> round_figure(0.123456), round_figure(0.0000123456)
    (0.1235, 1.235e-05)
    """
    return float(f"{value:.4g}")


def is_skill(item: Requirement) -> bool:
    """Whether a requirement asks for a skill rather than for a credential, a milestone or a background."""
    return any(ref.kind == "skill" for ref in item.any_of)


def _unknown(parameters: Parameters) -> Factor:
    share, floor = parameters.unknown_coverage, parameters.coverage_floor
    return Factor(
        "coverage", floor + (1 - floor) * share, f"no source says what the role asks for; {share:.0%} assumed"
    )


def _coverage(skills: Sequence[Requirement], held: Holdings, parameters: Parameters) -> Factor:
    floor = parameters.coverage_floor
    total = sum(item.importance for item in skills)
    share = sum(item.importance * share_met(item, held) for item in skills) / total if total else 1.0
    full = sum(share_met(item, held) >= 1 for item in skills)
    reason = f"{share:.0%} of the skills by weight, {full} of {len(skills)} in full; floor {floor:g}"
    return Factor("coverage", floor + (1 - floor) * share, reason)


def _preparation(others: Sequence[Requirement], held: Holdings, penalty: float) -> Factor:
    value = prod((1 - penalty * item.importance * (1 - share_met(item, held)) for item in others), start=1.0)
    lacking = [_names(item) for item in others if share_met(item, held) < 1]
    return Factor("preparation", value, f"lacks {'; '.join(lacking)}" if lacking else "lacks nothing")


def _conditions(transitions: Sequence[Transition], held: Holdings, penalty: float) -> Factor:
    conditions = dict.fromkeys(condition for move in transitions for condition in move.conditions if condition.any_of)
    degrees = {condition.text.rstrip("."): share_met(condition, held) for condition in conditions}
    unmet = [text for text, degree in degrees.items() if degree < 1]
    value = prod((1 - penalty * (1 - degree) for degree in degrees.values()), start=1.0)
    return Factor("conditions", value, f"not met in full: {'; '.join(unmet)}" if unmet else "none unmet")


def _names(item: Requirement) -> str:
    return " or ".join(ref.label for ref in item.any_of)
