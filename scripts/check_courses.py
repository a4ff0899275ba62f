"""Check the facts of courses: the form of addresses, duplicates, and how old the pages are that facts were read on.

    python scripts/check_courses.py [--today 2026-11-29] [--coverage]

Prints every fault and, behind it, the pages that are older than two years, or of no known date: facts read there may
have changed. Ends with exit code 1 if there is a fault; age is none. With `--coverage` it prints, for each skill that
each curated role asks for, how many courses teach it, how many of them are free, and how many teach it deep enough.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.course_ages import is_old
from careergraph.catalogue.course_levels import find_homepage, find_teaching_depths, to_depth
from careergraph.catalogue.courses import is_takeable, list_course_facts
from careergraph.model.records import Requirement
from careergraph.rdf.standards import DCTERMS, PROV, SCHEMA, SKOS
from careergraph.transitions.requirements import find_requirements


class Coverage(NamedTuple):
    """How many courses teach what a role asks for; `deep` counts those that teach it to the level asked for."""

    role: str
    skill: str
    level: str
    courses: int
    free: int
    deep: int


def find_faults(catalogue: Catalogue) -> Iterator[str]:
    """What is wrong: addresses of the wrong form, and courses with the name or the address of another."""
    by_name, by_address = defaultdict(list), defaultdict(list)
    for course in is_takeable(catalogue):
        by_name[catalogue.label(course).casefold()].append(course)
        address = find_homepage(catalogue, course)
        if address is not None:
            by_address[address.rstrip("/").casefold()].append(course)
            if not is_address(address):
                yield f"{course}: {address!r} is not an address of a page"
    for page in pages_of(catalogue):
        for address in catalogue.values(page, SCHEMA.url):
            if not is_address(address):
                yield f"{page}: {address!r} is not an address of a page"
    for what, found in (("name", by_name), ("address", by_address)):
        yield from (f"one {what} for several: {', '.join(some)}" for some in found.values() if len(some) > 1)


def is_address(text: str) -> bool:
    """Whether a text is an address of a page: https or http, a host with a dot, no spaces, no user name."""
    parts = urlsplit(text)
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and "." in host and not parts.username and not any(map(str.isspace, text))


def pages_of(catalogue: Catalogue) -> list[str]:
    """The pages that facts about courses were read on."""
    claims = (claim for course in is_takeable(catalogue) for claim in catalogue.about(course))
    sources = {source for claim in claims for source in catalogue.values(claim, PROV.wasDerivedFrom)}
    return sorted(source for source in sources if catalogue.values(source, SCHEMA.url))


def find_old(catalogue: Catalogue, today: date) -> Iterator[tuple[str, str]]:
    """The pages that are older than two years, with their dates, and those of no known date."""
    for page in pages_of(catalogue):
        issued = catalogue.value(page, DCTERMS.issued)
        if issued is None:
            yield page, "of no known date"
        elif is_old(issued, today.isoformat()):
            yield page, issued


def list_coverage(catalogue: Catalogue) -> Iterator[Coverage]:
    """The courses for each skill that a curated role asks for, alternatives taken together."""
    free = {course for course in is_takeable(catalogue) if list_course_facts(catalogue, course).cost == 0}
    for role in sorted(catalogue.by_kind["role"], key=catalogue.label):
        for item in find_requirements(catalogue, role):
            if any(ref.kind == "skill" for ref in item.any_of):
                yield _cover(catalogue, role, item, free)


def _cover(catalogue: Catalogue, role: str, item: Requirement, free: set[str]) -> Coverage:
    depths: dict[str, float] = defaultdict(float)
    for ref in item.any_of:
        for course, depth in find_teaching_depths(catalogue).get(ref.id, {}).items():
            depths[course] = max(depth, depths[course])
    deep = sum(depth >= to_depth(catalogue, item.level) for depth in depths.values())
    name = " or ".join(ref.label for ref in item.any_of)
    return Coverage(catalogue.label(role), name, item.level or "", len(depths), len(free & depths.keys()), deep)


def print_coverage(catalogue: Catalogue) -> None:
    """Print the table, a role after the other."""
    print(f"{'':60} {'level':8} {'courses':>7} {'free':>5} {'deep enough':>11}")
    role = ""
    for row in list_coverage(catalogue):
        if row.role != role:
            print(role := row.role)
        print(f"  {row.skill:58} {row.level:8} {row.courses:7} {row.free:5} {row.deep:11}")


def main() -> int:
    """Print faults and old pages, or what the courses cover."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--today", type=date.fromisoformat, default=date.today())
    parser.add_argument("--coverage", action="store_true", help="print what the courses cover")
    options = parser.parse_args()
    catalogue = Catalogue.load("bundled")
    if options.coverage:
        print_coverage(catalogue)
        return 0
    faults = list(find_faults(catalogue))
    for fault in faults:
        print(fault)
    for page, age in find_old(catalogue, options.today):
        print(f"old: {catalogue.value(page, SKOS.prefLabel)} ({age})")
    return int(bool(faults))


if __name__ == "__main__":
    raise SystemExit(main())
