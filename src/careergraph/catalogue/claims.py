"""From claims to records: requirements, pay, transitions with their steps, and claims made of words."""

from __future__ import annotations

from collections.abc import Iterable

from careergraph.catalogue.alignments import find_same_positions
from careergraph.catalogue.catalogue import Catalogue, group_by_source
from careergraph.catalogue.proxies import find_proxies
from careergraph.catalogue.ratings import find_requirements_by_ratings
from careergraph.model.records import Attribute, Condition, Pay, Ref, Requirement, Spread, Statement, Step, Transition
from careergraph.rdf.standards import PROV, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, NAMESPACE

#: The agent that judges what no source states.
EDITORS = f"{NAMESPACE.id}agent/editors"
_UNWORDED = "https://w3id.org/careergraph/id/parameter/unworded-ease"
#: Kinds of position that another classification may know the pay of.
_KNOWN_ELSEWHERE = ("occupation", "background")
_UNSTATED = "https://w3id.org/careergraph/id/level/unstated"
_DETAILS = (CG.employerType, CG.frequency, CG.strength, CG.level, CG.category, SKOS.note)


def list_requirements(catalogue: Catalogue, role: str, *, waived: bool = False) -> tuple[Requirement, ...]:
    """What a role or an occupation asks for, including what more general roles ask for; the most important first.

    Requirements with the same alternatives are one, and what another requirement implies is not asked for twice. What
    sources say about the role itself has precedence over what they say about more general roles; of several claims
    about one role, the firmest is used. The evidence is that of the claims that state the strength and the level shown.

    Args:
        catalogue: where to look.
        role: the role's IRI.
        waived: whether to include what a source says is *not* needed.
    """
    merged: dict[tuple[str, ...], Requirement] = {}
    for stated_for in catalogue.lineage(role):
        for claim in catalogue.about(stated_for, "requirement"):
            found = read_requirement(catalogue, claim, stated_for)
            key = tuple(ref.id for ref in found.any_of)
            if key and (waived or found.importance > 0):
                merged[key] = _merge(merged[key], found) if key in merged else found
    asked = (*_drop_implied(catalogue, merged.values()), *find_requirements_by_ratings(catalogue, role))
    return tuple(sorted(asked, key=lambda item: -item.importance))


def _drop_implied(catalogue: Catalogue, asked: Iterable[Requirement]) -> list[Requirement]:
    """Requirements without those that another one implies: a doctorate in a certain field already is a doctorate."""
    found: list[Requirement] = []
    for item in sorted(asked, key=lambda item: (-len(item.any_of), -_reach(catalogue, item))):
        wider = next((n for n, other in enumerate(found) if _implies(catalogue, other, item)), None)
        if wider is None:
            found.append(item)
        else:
            found[wider] = _merge(found[wider], item, keep=found[wider])
    return found


def _reach(catalogue: Catalogue, item: Requirement) -> int:
    return sum(len(catalogue.values(ref.id, CG.implies)) for ref in item.any_of)


def _implies(catalogue: Catalogue, one: Requirement, other: Requirement) -> bool:
    wanted = {ref.id for ref in other.any_of}
    credentials = all(ref.kind == "credential" for ref in (*one.any_of, *other.any_of))
    if credentials:
        return all(wanted & set(catalogue.lineage(ref.id)) for ref in one.any_of)
    deep_enough = one.needed >= other.needed
    return deep_enough and all(wanted & set(catalogue.values(ref.id, CG.implies)) for ref in one.any_of)


def name_level(catalogue: Catalogue, claim: str) -> str | None:
    """The label of the level that a claim names, if it names one."""
    level = catalogue.value(claim, CG.level)
    return level and catalogue.label(level)


def is_judged(catalogue: Catalogue, claim: str) -> bool:
    """Whether a holding or a teaching is the editors' judgement or their reading of a page, not stated by a source.

    If a source states it, the claim is attributed to that source.
    """
    attributed = catalogue.values(claim, PROV.wasAttributedTo)
    return not attributed or EDITORS in attributed


def read_requirement(catalogue: Catalogue, claim: str, stated_for: str) -> Requirement:
    """The record of one requirement claim."""
    strength = catalogue.value(claim, CG.strength)
    alternatives = catalogue.refs(claim, CG.anyOf)
    importance, needed = weigh_requirement(catalogue, claim, graded=any(ref.kind == "skill" for ref in alternatives))
    return Requirement(
        any_of=alternatives,
        strength=catalogue.label(strength) if strength else "required",
        level=name_level(catalogue, claim),
        part=catalogue.value(claim, CG.part),
        stated_for=catalogue.ref(stated_for),
        importance=importance,
        needed=needed,
        evidence=catalogue.evidence(claim),
        notes=catalogue.notes(claim),
        estimated=False,
    )


def weigh_requirement(catalogue: Catalogue, claim: str, *, graded: bool) -> tuple[float, float]:
    """How important a requirement claim is, and at which level it asks for something.

    Args:
        catalogue: where it is.
        claim: its IRI.
        graded: whether what it asks for has levels, as skills do.
    """
    level = catalogue.value(claim, CG.level)
    needed = catalogue.weight(level or _UNSTATED, 0.5) if graded else 1.0
    return catalogue.weight(catalogue.value(claim, CG.strength)) * needed, needed


def _merge(one: Requirement, other: Requirement, keep: Requirement | None = None) -> Requirement:
    """Merge two requirements; if they are stated for two roles, the first one is more specific."""
    own = one.stated_for != other.stated_for or one.importance >= other.importance
    first, second = (one, other) if own else (other, one)
    agree = (first.strength, first.level) == (second.strength, second.level)
    return Requirement(
        any_of=(keep or first).any_of,
        strength=first.strength,
        level=first.level,
        part=first.part or second.part,
        stated_for=first.stated_for,
        importance=first.importance,
        needed=first.needed,
        evidence=tuple(sorted({*first.evidence, *(second.evidence if agree else ())}, key=group_by_source)),
        notes=tuple(dict.fromkeys(first.notes + second.notes)),
        estimated=first.estimated,
    )


def list_pay(catalogue: Catalogue, role: str) -> tuple[Pay, ...]:
    """What a role pays, one line for each claim, comparable lines together; nothing is merged or converted."""
    return _sort_pay(read_pay_line(catalogue, claim, role) for claim in catalogue.about(role, "pay"))


def find_pay(catalogue: Catalogue, node: str) -> tuple[Pay, ...]:
    """What a role or position pays by all sources, with what is paid for the same elsewhere, by exact match.

    Where nothing says so, it is what the nearest occupations of another source pay that do. The `role` of each line
    says whose pay it is.
    """
    own = list_pay(catalogue, node)
    if own:
        return _sort_pay(
            (*own, *(pay for same in find_same_positions(catalogue, node) for pay in list_pay(catalogue, same)))
        )
    return _list_pay_of_neighbours(catalogue, node) if catalogue.kind(node) in _KNOWN_ELSEWHERE else ()


def _list_pay_of_neighbours(catalogue: Catalogue, occupation: str) -> tuple[Pay, ...]:
    # What the editors have aligned by hand with what is the same comes before what a crosswalk's titles suggest.
    same = find_same_positions(catalogue, occupation) if occupation not in catalogue.memory else ()
    for node in (*(one for one in same if one in catalogue.memory), occupation):
        close = find_proxies(catalogue, node)
        paid = {other: lines for other in close if other != occupation and (lines := list_pay(catalogue, other))}
        if paid:
            nearest = max(close[other] for other in paid)
            return tuple(line for other in sorted(paid) if close[other] == nearest for line in paid[other])
    return ()


def _sort_pay(lines: Iterable[Pay]) -> tuple[Pay, ...]:
    """Lines of pay, those that can be compared together.

    What sources say about a role comes before statistics, and official ones before what people report, first from
    where most do. Within one currency and region, the latest year and most reports come first, then the highest; lines
    without figures or region come last.
    """
    given = tuple(lines)
    most: dict[tuple[str | None, str | None], int] = {}
    for line in given:
        place = line.currency, line.region
        most[place] = max(_count_reports(line), most.get(place, 0))

    def find_place(line: Pay) -> tuple[object, ...]:
        reports = _count_reports(line)
        reported = (bool(reports), -most[line.currency, line.region] if reports else 0)
        year = -(line.year or 0) if line.spread else 0
        where = (line.currency or "~", line.region or "~")
        return (line.spread is not None, *reported, *where, year, -reports, -(line.high or 0), line.id)

    return tuple(sorted(given, key=find_place))


def _count_reports(line: Pay) -> int:
    return line.spread.reports or 0 if line.spread else 0


def read_pay_line(catalogue: Catalogue, claim: str, role: str) -> Pay:
    """The record of one pay claim."""
    open_ended = catalogue.value(claim, CG.openEnded)
    catalogue.check_order(claim, SCHEMA.minValue, SCHEMA.maxValue)
    catalogue.check_order(claim, SCHEMA.percentile10, SCHEMA.median, SCHEMA.percentile90)
    basis = catalogue.value(claim, CG.basis)
    return Pay(
        id=claim,
        role=catalogue.ref(role),
        low=catalogue.integer(claim, SCHEMA.minValue),
        high=catalogue.integer(claim, SCHEMA.maxValue),
        open_ended=None if open_ended is None else open_ended in ("true", "1"),
        currency=catalogue.value(claim, SCHEMA.currency),
        region=catalogue.value(claim, CG.region),
        segments=tuple(map(catalogue.label, catalogue.values(claim, CG.segment))),
        employers=catalogue.refs(claim, CG.employer),
        seniority=catalogue.value(claim, CG.seniority),
        basis=basis and catalogue.label(basis),
        equity=catalogue.value(claim, CG.equity),
        year=catalogue.integer(claim, CG.year),
        spread=_spread(catalogue, claim),
        text=catalogue.value(claim, SCHEMA.text),
        evidence=catalogue.evidence(claim),
        notes=catalogue.notes(claim),
    )


def _spread(catalogue: Catalogue, claim: str) -> Spread | None:
    median, low, high = (
        catalogue.integer(claim, figure) for figure in (SCHEMA.median, SCHEMA.percentile10, SCHEMA.percentile90)
    )
    reports = catalogue.integer(claim, CG.reports)
    if median is None and reports is None:
        return None
    return Spread(median, low, high, reports, catalogue.number(claim, CG.standardError))


def list_transitions(catalogue: Catalogue) -> tuple[Transition, ...]:
    """All asserted transitions, by IRI."""
    claims = sorted(catalogue.by_kind.get("transition", ()))
    return tuple(read_transition(catalogue, claim) for claim in claims)


def read_transition(catalogue: Catalogue, claim: str) -> Transition:
    """The record of one transition claim, with its conditions and steps."""
    eases = sorted(catalogue.values(claim, CG.ease), key=catalogue.weight, reverse=True)
    return Transition(
        id=claim,
        origin=_end(catalogue, claim, CG.origin),
        destination=_end(catalogue, claim, CG.destination),
        text=catalogue.value(claim, SCHEMA.text) or "",
        ease=catalogue.label(eases[0]) if eases else None,
        ease_weight=catalogue.weight(eases[0] if eases else _UNWORDED, 0.5),
        origin_as_worded=catalogue.value(claim, CG.originAsWorded),
        destination_as_worded=catalogue.value(claim, CG.destinationAsWorded),
        conditions=tuple(_condition(catalogue, c) for c in catalogue.pointing(CG.transition, claim, "condition")),
        steps=_steps(catalogue, claim),
        evidence=catalogue.evidence(claim),
        notes=catalogue.notes(claim),
    )


def _end(catalogue: Catalogue, claim: str, predicate: str) -> Ref:
    return catalogue.ref(catalogue.value(claim, predicate) or claim)


def _steps(catalogue: Catalogue, claim: str) -> tuple[Step, ...]:
    found = [_step(catalogue, step) for step in catalogue.pointing(CG.transition, claim, "step")]
    # Steps without a position come after those that have one, by IRI.
    return tuple(sorted(found, key=lambda step: step.position if step.position is not None else len(found) + 1))


def _step(catalogue: Catalogue, claim: str) -> Step:
    strength = catalogue.value(claim, CG.strength)
    return Step(
        id=claim,
        position=catalogue.integer(claim, SCHEMA.position),
        text=catalogue.value(claim, SCHEMA.text) or "",
        strength=strength and catalogue.label(strength),
        any_of=catalogue.refs(claim, CG.anyOf),
        evidence=catalogue.evidence(claim),
    )


def _condition(catalogue: Catalogue, claim: str) -> Condition:
    level = catalogue.value(claim, CG.level)
    alternatives = catalogue.refs(claim, CG.anyOf)
    graded = any(ref.kind == "skill" for ref in alternatives)
    return Condition(
        id=claim,
        text=catalogue.value(claim, SCHEMA.text) or "",
        any_of=alternatives,
        needed=catalogue.weight(level or _UNSTATED, 0.5) if graded else 1.0,
        evidence=catalogue.evidence(claim),
    )


def find_words(catalogue: Catalogue, iri: str, *kinds: str) -> tuple[Statement, ...]:
    """The claims of the given kinds about a node that consist of words."""
    return tuple(read_statement(catalogue, claim) for claim in catalogue.about(iri, *kinds))


def read_statement(catalogue: Catalogue, claim: str) -> Statement:
    """The record of one claim made of words."""
    details = [value for predicate in _DETAILS for value in catalogue.values(claim, predicate)]
    return Statement(
        id=claim,
        kind=catalogue.kind(claim),
        text=catalogue.value(claim, SCHEMA.text) or "",
        details=tuple(catalogue.label(value) if "://" in value else value for value in details),
        evidence=catalogue.evidence(claim),
        notes=catalogue.notes(claim),
    )


def list_attributes(catalogue: Catalogue, iri: str, *kinds: str) -> tuple[Attribute, ...]:
    """The attributes of a thing, as the pages give them, by property."""
    claims = [c for c in catalogue.about(iri, *kinds) if catalogue.value(c, SCHEMA.propertyID)]
    return tuple(
        sorted((read_attribute(catalogue, claim) for claim in claims), key=lambda item: (item.property, item.id))
    )


def read_attribute(catalogue: Catalogue, claim: str) -> Attribute:
    """The record of one attribute claim."""
    return Attribute(
        id=claim,
        kind=catalogue.kind(claim),
        property=catalogue.value(claim, SCHEMA.propertyID) or "",
        value=catalogue.value(claim, SCHEMA.value) or "",
        unit=catalogue.value(claim, SCHEMA.unitText),
        remark=catalogue.value(claim, SKOS.note),
        evidence=catalogue.evidence(claim),
        notes=catalogue.notes(claim),
    )
