"""What the page shows about a node beyond its profile: pay to scale, courses, who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.courses import find_teachers
from careergraph.catalogue.node_profiles import Profile, describe_node
from careergraph.export.view import View, ViewNode
from careergraph.model.records import Evidence, Record, Ref, Requirement, Transition
from careergraph.render.html.pay_chart import PayChart, draw_pay_charts


class CourseFor(Record):
    """A course, with the required things that it teaches; none if it is only recommended."""

    course: Ref
    teaches: tuple[Ref, ...]
    recommended: bool


class Details(Record):
    """A node with all that the page shows about it; `footnotes` are the sources, numbered from 1."""

    node: ViewNode
    profile: Profile
    arriving: tuple[Transition, ...]
    leaving: tuple[Transition, ...]
    pay: PayChart
    courses: tuple[CourseFor, ...]
    footnotes: dict[Evidence, int]

    def numbers(self, evidence: Iterable[Evidence]) -> str:
        """The footnotes of a claim."""
        return ", ".join(map(str, sorted({self.footnotes[item] for item in evidence})))


def list_details(catalogue: Catalogue, view: View) -> tuple[Details, ...]:
    """Everything that is said about each node of a view, in the order of the view."""
    teaching = find_teachers(catalogue)
    advised: dict[str, list[Ref]] = {}
    for edge in view.edges:
        if edge.kind == "recommended" and catalogue.kind(edge.source) == "course":
            advised.setdefault(edge.target, []).append(catalogue.ref(edge.source))
    return tuple(
        _details(catalogue, node, number, teaching, advised.get(node.id, ())) for number, node in enumerate(view.nodes)
    )


def _details(
    catalogue: Catalogue,
    node: ViewNode,
    number: int,
    teaching: Mapping[str, tuple[Ref, ...]],
    recommended: Iterable[Ref],
) -> Details:
    found = describe_node(catalogue, node.id)
    return Details(
        node=node,
        profile=found,
        arriving=tuple(move for move in found.transitions if move.destination.id == node.id),
        leaving=tuple(move for move in found.transitions if move.origin.id == node.id),
        pay=draw_pay_charts([found.pay], f"pay-{number}", [found.id])[0],
        courses=_courses(found.requirements, teaching, recommended),
        footnotes={item: number for number, item in enumerate(dict.fromkeys(_evidence(found)), start=1)},
    )


def _evidence(value: object) -> Iterator[Evidence]:
    """All evidence within a record, in the order of its fields."""
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, Record | tuple):
        for item in vars(value).values() if isinstance(value, Record) else value:
            yield from _evidence(item)


def _courses(
    asked: Iterable[Requirement], teaching: Mapping[str, tuple[Ref, ...]], recommended: Iterable[Ref]
) -> tuple[CourseFor, ...]:
    taught: dict[Ref, dict[Ref, None]] = {course: {} for course in recommended}
    named = set(taught)
    for skill in (ref for item in asked if item.importance > 0 for ref in item.any_of):
        for course in teaching.get(skill.id, ()):
            taught.setdefault(course, {})[skill] = None
    found = (CourseFor(course, tuple(skills), course in named) for course, skills in taught.items())
    return tuple(sorted(found, key=lambda item: (not item.recommended, -len(item.teaches), item.course.label)))
