"""Roles side by side as a page of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from careergraph.catalogue.node_profiles import Comparison, Profile
from careergraph.model.records import Pay, Record, Ref, Requirement, Statement, Transition
from careergraph.render.html.citations import (
    Citation,
    CitedText,
    Remark,
    list_citations,
    list_remarks,
    list_short_marks,
)
from careergraph.render.html.page import fill_page
from careergraph.render.html.pay_chart import PayChart, draw_pay_charts
from careergraph.render.text.phrases import tell_grade

#: How many rows of what only some roles ask for are shown at once; the rest unfolds.
MOST_ROWS = 16


class Demand(Record):
    """How firmly one role asks for something; `stated_for` is that role or a broader one."""

    grading: str
    part: str | None
    stated_for: Ref
    marks: tuple[str, ...]
    cited: tuple[Citation, ...]


class RequirementRow(Record):
    """One requirement with what each role says of it; None where a role does not ask for it."""

    any_of: tuple[Ref, ...]
    asked: tuple[Demand | None, ...]


class Arrival(Record):
    """A position that a source says people come from."""

    origin: Ref
    ease: str | None
    cited: tuple[Citation, ...]


class RoleColumn(Record):
    """One role of a comparison; `known` if any source says what it asks for."""

    ref: Ref
    known: bool
    definitions: tuple[str, ...]
    pay: PayChart
    tasks: tuple[CitedText, ...]
    arrivals: tuple[Arrival, ...]
    remarks: tuple[Remark, ...]


class ComparisonView(Record):
    """Roles as columns; what all of them ask for, and what some do, as rows; and all who say so, each once.

    `rest` is what some ask for beyond the first rows; it unfolds.
    """

    roles: tuple[RoleColumn, ...]
    shared: tuple[RequirementRow, ...]
    distinct: tuple[RequirementRow, ...]
    rest: tuple[RequirementRow, ...]
    cited: tuple[Citation, ...]


def make_comparison_page(found: Comparison) -> bytes:
    """The answer to `compare` as one HTML file; the same answer gives the same bytes."""
    return fill_page("comparison.html", view=arrange_comparison(found), layout="pages/page.html", link=None, before="")


def arrange_comparison(found: Comparison) -> ComparisonView:
    """Arrange a comparison as a table.

    What more of the roles ask for comes first, then what a source says before what is only estimated, else the order of
    the roles.
    """
    asked = [{item.any_of: item for item in role.requirements} for role in found.roles]
    groups = dict.fromkeys(group for role in asked for group in role if group not in found.shared)
    distinct = sorted(groups, key=lambda group: _prominence([role[group] for role in asked if group in role]))
    charts = draw_pay_charts([role.pay for role in found.roles], nodes=[role.id for role in found.roles])

    def rows(groups: Iterable[tuple[Ref, ...]]) -> tuple[RequirementRow, ...]:
        return tuple(
            RequirementRow(group, tuple(_requirements_of(role.get(group)) for role in asked)) for group in groups
        )

    cited = list_citations(item for role in found.roles for claim in _claims(role) for item in claim.evidence)
    some = rows(distinct)
    columns = tuple(map(_column, found.roles, charts))
    return ComparisonView(columns, rows(found.shared), some[:MOST_ROWS], some[MOST_ROWS:], cited)


def _prominence(asked: Sequence[Requirement]) -> tuple[int, bool]:
    return -len(asked), all(item.estimated for item in asked)


def _claims(role: Profile) -> Iterable[Requirement | Pay | Statement | Transition]:
    arriving = (item for item in role.transitions if item.destination.id == role.id)
    return (*role.requirements, *role.pay, *role.tasks, *arriving)


def _requirements_of(item: Requirement | None) -> Demand | None:
    if item is None:
        return None
    return Demand(
        tell_grade(item.strength, item.level, estimated=item.estimated),
        item.part,
        item.stated_for,
        list_short_marks(item.notes),
        list_citations(item.evidence),
    )


def _column(role: Profile, chart: PayChart) -> RoleColumn:
    arriving = [item for item in role.transitions if item.destination.id == role.id]
    return RoleColumn(
        ref=Ref(role.id, role.kind, role.label, role.language),
        known=bool(role.requirements),
        definitions=role.definitions or tuple(item.text for item in role.statements if item.kind == "definition")[:1],
        pay=chart,
        tasks=tuple(map(_task, role.tasks)),
        arrivals=tuple(Arrival(move.origin, move.ease, list_citations(move.evidence)) for move in arriving),
        remarks=list_remarks((*role.disagreements, *role.notes)),
    )


def _task(item: Statement) -> CitedText:
    details = f" ({'; '.join(item.details)})" if item.details else ""
    return CitedText(f"{item.text}{details}", list_citations(item.evidence))
