"""What O*NET says about occupations, as claims: one node for each, with the file that has it."""

from __future__ import annotations

from collections.abc import Iterator

from careergraph.importing.onet.files import (
    GRAPH,
    NOT_AVAILABLE,
    ONET,
    Files,
    make_element_iri,
    make_grade_iri,
    make_occupation_iri,
)
from careergraph.importing.onet.reference import Reference
from careergraph.importing.onet.things import TIERS, make_tier_iri
from careergraph.importing.slugs import find_free_slug, state_type
from careergraph.importing.source import Advance, Node, Said
from careergraph.importing.tables import Table
from careergraph.rdf.standards import SCHEMA
from careergraph.rdf.vocabulary import CG

#: The files of ratings; of those that a release does without there are none.
_RATED = ("Skills", "Essential Skills", "Transferable Skills", "Knowledge", "Work Styles", "Interests", "Work Values")
#: Scale → the predicates of what it measures: as a share of the scale, as stated, and reservations about it. Figures
#: on other scales, such as the ranks of a person's interests, only repeat what these say.
_SCALES = {
    **dict.fromkeys(("IM", "OI", "EX", "WI"), (CG.importance, CG.statedImportance, CG.importanceMark)),
    "LV": (CG.depth, CG.statedDepth, CG.depthMark),
}
_MARKS = ("recommend suppress", "not relevant")
_FLAGS = {"Y": True, "N": False}


def read_ratings(files: Files, reference: Reference, advance: Advance) -> Iterator[Node]:
    """How much each element matters in each occupation, and how deep it has to be."""
    for name in _RATED:
        if name in files.tables:
            yield from _ratings(files, reference, name, advance)


def _ratings(files: Files, reference: Reference, name: str, advance: Advance) -> Iterator[Node]:
    table, rated = files.tables[name], dict[tuple[str, str], dict[str, list[Said]]]()
    for line, (code, element, scale, value, month, respondents, *marks) in table.rows(advance):
        reference.check(table, line, "occupation", code, reference.occupations)
        reference.check(table, line, "element", element, reference.elements)
        said = _figure(reference, table, line, scale, value, marks)
        by_scale = rated.setdefault((code, element), {})
        if scale in by_scale:
            raise table.fault(line, f"{element} of {code} is there a second time on the scale {scale}")
        by_scale[scale] = [*said, *files.collect(name, line, month, respondents)] if said else []
    for (code, element), by_scale in rated.items():
        yield from _rating(files, reference, name, code, element, by_scale)


def _rating(
    files: Files, reference: Reference, name: str, code: str, element: str, by_scale: dict[str, list[Said]]
) -> Iterator[Node]:
    figures = dict.fromkeys(said for of_scale in by_scale.values() for said in of_scale)
    if figures:
        reference.used.add(element)
        said = [*_about(CG.Rating, code), (CG.element, make_element_iri(element), "iri"), *figures, files.derive(name)]
        yield Node(f"{ONET}rating/{code}/{element}", GRAPH, said)


def _figure(reference: Reference, table: Table, line: int, scale: str, value: str, marks: list[str]) -> list[Said]:
    if value == NOT_AVAILABLE or scale not in _SCALES:
        reference.check(table, line, "scale", scale, reference.scales)
        return []
    figure = reference.figure(table, line, scale, value)
    share, stated, mark = _SCALES[scale]
    said: list[Said] = [(share, figure.share, "decimal"), (stated, figure.stated, "decimal")]
    said += [(mark, text, "") for text, flag in zip(_MARKS, marks, strict=False) if _is_set(table, line, flag)]
    return said


def _is_set(table: Table, line: int, flag: str) -> bool:
    if flag == NOT_AVAILABLE:
        return False
    if flag not in _FLAGS:
        raise table.fault(line, f"the mark {flag!r} is none of Y, N and {NOT_AVAILABLE}")
    return _FLAGS[flag]


def _about(class_: str, code: str) -> list[Said]:
    return [state_type(class_), (SCHEMA.about, make_occupation_iri(code), "iri")]


def read_tool_uses(files: Files, reference: Reference, advance: Advance) -> Iterator[Node]:
    """Which tools people in each occupation work with; fills `reference.tools`."""
    table, derived = files.tables["Technology Skills"], files.derive("Technology Skills")
    taken: dict[str, int] = {}
    seen: set[tuple[str, str]] = set()
    for line, (code, name, commodity, *flags) in table.rows(advance):
        reference.check(table, line, "occupation", code, reference.occupations)
        reference.check(table, line, "commodity", commodity, reference.commodities)
        if name not in reference.tools:
            reference.tools[name] = (f"{ONET}technology/{find_free_slug(name, taken)}", set())
        iri, commodities = reference.tools[name]
        commodities.add(commodity)
        marks = [_is_set(table, line, flag) for flag in flags]
        if (code, name) not in seen:  # a tool of two commodities has a row for each
            seen.add((code, name))
            yield Node(
                f"{ONET}tool-use/{code}/{iri.rpartition('/')[2]}", GRAPH, [*_tool_uses(code, iri, marks), derived]
            )


def _tool_uses(code: str, tool: str, marks: list[bool]) -> list[Said]:
    keys = (CG.hot, CG.inDemand)
    flags = [(key, "true" if mark else "false", "boolean") for key, mark in zip(keys, marks, strict=True)]
    return [*_about(CG.ToolUse, code), (CG.tool, tool, "iri"), *flags]


def read_tasks(files: Files, reference: Reference, advance: Advance) -> Iterator[Node]:
    """What people in each occupation do, with the activities that it is an instance of."""
    name = "Task Statements"
    table, found = files.tables[name], dict[str, tuple[str, list[Said]]]()
    for line, (code, task, text, sort, month, respondents) in table.rows(advance):
        reference.check(table, line, "occupation", code, reference.occupations)
        if task in found or not (task.isascii() and task.isdecimal()):
            raise table.fault(line, f"{task!r} is not a number of a task, or it is there a second time")
        said = [*_about(CG.Task, code), (SCHEMA.text, text, "@en"), *files.collect(name, line, month, respondents)]
        said += [(CG.taskType, sort, "")] if sort != NOT_AVAILABLE else []
        found[task] = (code, [*said, files.derive(name)])
    _add_activities(files, reference, found, advance)
    for task, (_, said) in found.items():
        yield Node(f"{ONET}task/{task}", GRAPH, said)


def _add_activities(
    files: Files, reference: Reference, tasks: dict[str, tuple[str, list[Said]]], advance: Advance
) -> None:
    table, derived = files.tables["Tasks to DWAs"], files.derive("Tasks to DWAs")
    for line, (code, task, activity) in table.rows(advance):
        reference.check(table, line, "activity", activity, reference.activities)
        if task not in tasks or tasks[task][0] != code:
            raise table.fault(line, f"there is no task {task!r} of {code!r} in Task Statements.txt")
        said = tasks[task][1]
        said.append((CG.activity, f"{ONET}activity/{activity}", "iri"))
        if derived not in said:
            said.append(derived)


def read_schooling(files: Files, reference: Reference, advance: Advance) -> Iterator[Node]:
    """What share of the respondents names which grade of education, experience or training; fills `reference.shares`.

    Two questions of the same file have no grades: what they say is a rating.
    """
    name = "Education, Training, and Experience"
    table, seen = files.tables[name], set[str]()
    for line, (code, element, scale, value, month, respondents, mark, category) in table.rows(advance):
        reference.check(table, line, "occupation", code, reference.occupations)
        reference.check(table, line, "element", element, reference.elements)
        collected = files.collect(name, line, month, respondents)
        if category == NOT_AVAILABLE:
            said = _figure(reference, table, line, scale, value, [mark])
            iri, class_ = f"{ONET}rating/{code}/{element}", CG.Rating
        else:
            said = _share(reference, table, line, (code, element, category, scale, value, mark))
            iri, class_ = f"{ONET}schooling/{code}/{element}/{category}", CG.Schooling
        if iri in seen:
            raise table.fault(line, f"{element} of {code} is there a second time")
        seen.add(iri)
        if said:
            reference.used.add(element)
            about = [*_about(class_, code), (CG.element, make_element_iri(element), "iri")]
            yield Node(iri, GRAPH, [*about, *said, *collected, files.derive(name)])


def _share(reference: Reference, table: Table, line: int, row: tuple[str, str, str, str, str, str]) -> list[Said]:
    code, element, category, scale, value, mark = row
    if (element, category) not in reference.grades:
        raise table.fault(line, f"there is no category {category!r} of {element} in the reference files")
    if value == NOT_AVAILABLE:
        reference.check(table, line, "scale", scale, reference.scales)
        return []
    share = reference.figure(table, line, scale, value).stated
    reference.shares.setdefault((code, element), {})[int(category)] = float(share)
    said: list[Said] = [(CG.category, make_grade_iri(element, category), "iri"), (CG.share, share, "decimal")]
    return [*said, (CG.shareMark, _MARKS[0], "")] if _is_set(table, line, mark) else said


def read_preparations(files: Files, reference: Reference, advance: Advance) -> Iterator[Node]:
    """How much preparation each occupation takes in all."""
    name = "Job Zones"
    table, seen = files.tables[name], set[str]()
    for line, (code, zone, month, respondents) in table.rows(advance):
        reference.check(table, line, "occupation", code, reference.occupations)
        reference.check(table, line, "job zone", zone, reference.zones)
        if code in seen:
            raise table.fault(line, f"{code} is there a second time")
        seen.add(code)
        said = [*_about(CG.Preparation, code), (CG.zone, f"{ONET}zone/{zone}", "iri")]
        collected = files.collect(name, line, month, respondents)
        yield Node(f"{ONET}preparation/{code}", GRAPH, [*said, *collected, files.derive(name)])


def relate_occupations(files: Files, reference: Reference, advance: Advance) -> Iterator[Node]:
    """The occupations that O*NET relates to each other, as transitions from the one to the other."""
    if "Related Occupations" not in files.tables:
        return
    table, derived, seen = files.tables["Related Occupations"], files.derive("Related Occupations"), set[str]()
    for line, (code, other, tier, place) in table.rows(advance):
        for end in (code, other):
            reference.check(table, line, "occupation", end, reference.occupations)
        reference.check(table, line, "tier", tier, TIERS)
        iri = f"{ONET}related/{code}/{other}"
        if code == other or iri in seen or not (place.isascii() and place.isdecimal() and int(place)):
            raise table.fault(line, f"{code} and {other} are one, or there a second time, or the index is not a number")
        seen.add(iri)
        said: list[Said] = [
            state_type(CG.Transition),
            (CG.origin, make_occupation_iri(code), "iri"),
            (CG.destination, make_occupation_iri(other), "iri"),
            (CG.ease, make_tier_iri(tier), "iri"),
            (SCHEMA.position, str(int(place)), "integer"),
            (SCHEMA.text, f"O*NET lists it as a related occupation: tier {tier}, place {int(place)}.", "@en"),
        ]
        yield Node(iri, GRAPH, [*said, derived])
