"""How feasible one step is: its ease, a documented product of factors, each of which can be shown.

One scale for all steps, whether a source names them or not (see docs/feasibility.md):

    between two occupations        likeness × preparation, and × coverage if no source rates the destination
    named by a source, in words    words × conditions
    computed, into a curated role  likeness to its proxies × coverage × preparation

- *likeness*: `transitions.ease`, calibrated on observed moves, given how much of the destination's profile is held;
- *words*: the weight of the source's words ("most direct", "viable bridge" …), for people who hold what is usual at the
  claim's origin; the step is easier for those who lack less, harder for those who lack more;
- *coverage*: of the skills the role asks for, each weighted by strength × level, the share that is held; for skills
  that are estimated from what people in the role bring, what is missing counts less;
- *preparation*: for each credential, experience or background asked for, 1 - penalty × strength × (1 - met);
- *conditions*: the same, with its own penalty, for each condition that the source puts on the transition; of claims
  with equal ease, that with the fewest unmet counts.

Weights of words are data (`graph/editors/schemes.ttl`), and so are the calibration's parameters. Every factor lies in
(0, 1], and none falls when more is held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import prod, sqrt
from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Condition, Record, Requirement, Transition
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
    usual_skill: float

    @classmethod
    def of(cls, catalogue: Catalogue) -> Parameters:
        """Read the parameters from the data; a data set without them gets neutral ones."""
        return cls(
            coverage_floor=catalogue.weight(f"{_PARAMETER}coverage-floor", 0.5),
            preparation_penalty=catalogue.weight(f"{_PARAMETER}preparation-penalty", 0.0),
            condition_penalty=catalogue.weight(f"{_PARAMETER}condition-penalty", 0.0),
            derived_ease=catalogue.weight(f"{_PARAMETER}derived-ease", 0.3),
            unknown_coverage=catalogue.weight(f"{_PARAMETER}unknown-coverage", 0.5),
            usual_skill=catalogue.weight(f"{_PARAMETER}usual-skill", 0.7),
        )


class Factor(Record):
    """One factor of a feasibility, with what it was computed from."""

    name: Annotated[str, Schema(enum=["likeness", "words", "coverage", "preparation", "conditions"])]
    """Which factor of the formula it is."""
    value: Feasibility
    """The factor, rounded to four places."""
    reason: str
    """What the factor was computed from, in words."""


def make_unknown_likeness(known: Parameters) -> Factor:
    """The factor of a step whose two ends have no known likeness."""
    return Factor("likeness", known.derived_ease, "nobody knows how alike the two are; what is assumed then")


def find_word_factors(
    moves: Sequence[Transition],
    asked: Sequence[Requirement],
    held: Holdings,
    known: Parameters,
    usual: Callable[[str], Holdings],
    speaks_for: Callable[[Transition, bool], float] = lambda move, as_much: 1.0,
) -> tuple[Factor, ...]:
    """The factors of a step that sources name in words: those of the claim that makes it easiest.

    The words speak of people who hold what is usual where the claim starts from. For whoever lacks a share m of what
    the role asks for, where they lack u, the weight is raised to (1 + m) / (1 + u), which lies between 1/2 and 2.
    What is said of a large and mixed group counts for one of its members as far as it speaks for them, as far as they
    cover what is asked for, and as far as they bring the degrees and the experience: the group has people in it who
    hold much of that, and many who hold nothing. Its conditions say which members are meant, so that they weigh as much
    as what the role itself asks for. What is true even of such a group is true of whoever lacks no more than is usual
    in it, member or not, provided that sources say what this role asks for, and not only what all of its family do.

    Args:
        moves: the claims; at least one.
        asked: what the destination asks for.
        held: what is held before the step.
        known: the editors' parameters.
        usual: a position → what people in it usually hold.
        speaks_for: a claim, and whether the person lacks no more than is usual where it starts from → how far it
            applies to the person, in (0, 1].
    """
    lacking, covered = find_lacking_share(asked, held), judge_coverage(asked, held, known).value
    ready = judge_preparation(asked, held, known.preparation_penalty).value

    def factors(move: Transition) -> tuple[Factor, Factor]:
        usually = find_lacking_share(asked, usual(move.origin.id))
        as_much = lacking <= usually and any(is_stated_for(item, move.destination.id) for item in asked)
        speaks, penalty = speaks_for(move, as_much), known.condition_penalty
        if speaks < 1:
            speaks, penalty = speaks * sqrt(covered * ready), known.preparation_penalty
        return _words(move, lacking, usually, speaks), _conditions(move, held, penalty)

    return max(map(factors, moves), key=lambda parts: round(prod(part.value for part in parts), 12))


def _words(move: Transition, lacking: float, usually: float, speaks: float) -> Factor:
    words = f"editors' weight for {move.ease!r}, {move.ease_weight:g}" if move.ease else "the source gives no wording"
    compared = f"lacks {lacking:.0%} of what is asked for, where {usually:.0%} is usual"
    at_large = f"; said of {move.origin.label!r} in general, which counts for {speaks:.2g}" if speaks < 1 else ""
    value = move.ease_weight ** ((1 + lacking) / (1 + usually)) * speaks
    return Factor("words", value, f"{words}; {compared}{at_large}")


def find_lacking_share(asked: Sequence[Requirement], held: Holdings) -> float:
    """The share of all that is asked for that is not met, by importance: from 0 to 1, and 0 if nothing is asked for.

    >>> find_lacking_share((), Holdings({}, {}))
    0.0
    """
    total = sum(item.importance for item in asked)
    return sum(item.importance * (1 - share_met(item, held)) for item in asked) / total if total else 0.0


def estimate_effort(asked: Sequence[Requirement], held: Holdings) -> float:
    """How much there is to learn or reach: unmet requirements, each by strength × level × the share that is missing.

    The unit is one fully required skill at full depth. Hours are known for few of them, so none are guessed here.
    """
    return sum(item.importance * (1 - share_met(item, held)) for item in asked)


def judge_feasibility(parts: Sequence[Factor]) -> float:
    """The product of the factors, in (0, 1].

    >>> judge_feasibility([Factor("words", 0.5, ""), Factor("conditions", 0.5, "")])
    0.25
    """
    return prod((part.value for part in parts), start=1.0)


def round_figure(value: float) -> float:
    """Round to four significant digits, so that a small but possible value does not become zero.

    >>> round_figure(0.123456), round_figure(0.0000123456)
    (0.1235, 1.235e-05)
    """
    return float(f"{value:.4g}")


def is_stated_for(item: Requirement, role: str) -> bool:
    """Whether a source states a requirement for a role itself, and not for the family that it belongs to."""
    return item.stated_for.id == role and not item.estimated


def is_skill(item: Requirement) -> bool:
    """Whether a requirement asks for a skill rather than for a credential, a milestone or a background."""
    # Most ask for one thing, and this is asked a million times for a page.
    return item.any_of[0].kind == "skill" if len(item.any_of) == 1 else any(ref.kind == "skill" for ref in item.any_of)


def judge_coverage(asked: Sequence[Requirement], held: Holdings, known: Parameters) -> Factor:
    """The share of the skills asked for that is held, each weighted by strength × level.

    Args:
        asked: what the destination asks for.
        held: what is held before the step.
        known: the editors' parameters.
    """
    skills, floor = [item for item in asked if is_skill(item)], known.coverage_floor
    total = sum(item.importance for item in skills)
    if not total:
        share, reason = known.unknown_coverage, f"no source says which skills it takes; {known.unknown_coverage:.0%}"
        return Factor("coverage", floor + (1 - floor) * share, f"{reason} assumed; floor {floor:g}")
    met = [share_met(item, held) for item in skills]
    share = sum(item.importance * part for item, part in zip(skills, met, strict=True)) / total
    full, firm = sum(part >= 1 for part in met), judge_firmness(skills, known)
    estimated = f"; estimated, so that lacking them counts {firm:.0%}" if firm < 1 else ""
    reason = f"{share:.0%} of the skills by weight, {full} of {len(skills)} in full; floor {floor:g}{estimated}"
    return Factor("coverage", 1 - firm * (1 - floor) * (1 - share), reason)


def judge_firmness(skills: Iterable[Requirement], known: Parameters) -> float:
    """How far lacking the skills of a role counts: not in full if they are what people in it bring, by estimate."""
    return known.usual_skill if any(item.estimated for item in skills) else 1.0


def judge_preparation(asked: Sequence[Requirement], held: Holdings, penalty: float) -> Factor:
    """The factor for lacking credentials, experience and backgrounds: 1 - penalty × strength × (1 - met) for each.

    Args:
        asked: what the destination asks for.
        held: what is held before the step.
        penalty: how much lacking a fully required one takes away, from 0 to 1.
    """
    others = [item for item in asked if not is_skill(item)]
    met = [(item, share_met(item, held)) for item in others]
    value = prod((1 - penalty * item.importance * (1 - part) for item, part in met), start=1.0)
    lacking = [_names(item) for item, part in met if part < 1]
    return Factor("preparation", value, f"lacks {'; '.join(lacking)}" if lacking else "lacks nothing")


def _conditions(move: Transition, held: Holdings, penalty: float) -> Factor:
    degrees = {_text_of(item): share_met(item, held) for item in move.conditions if item.any_of}
    unmet = [text for text, degree in degrees.items() if degree < 1]
    value = prod((1 - penalty * (1 - degree) for degree in degrees.values()), start=1.0)
    return Factor("conditions", value, f"not met in full: {'; '.join(unmet)}" if unmet else "none unmet")


def _text_of(condition: Condition) -> str:
    return condition.text.rstrip(".")


def _names(item: Requirement) -> str:
    return " or ".join(ref.label for ref in item.any_of)
