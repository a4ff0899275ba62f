"""Check the facts of courses: the form of addresses, duplicates, and how old the pages are that facts were read on.

    python scripts/check_courses.py [--today 2026-11-29]

Prints every fault and, behind it, the pages that are older than two years, or of no known date: facts read there may
have changed. Ends with exit code 1 if there is a fault; age is none.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.course_ages import is_old
from careergraph.catalogue.course_levels import homepage_of
from careergraph.catalogue.courses import takeable
from careergraph.rdf.vocabulary import DCTERMS, PROV, SCHEMA, SKOS


def find_faults(catalogue: Catalogue) -> Iterator[str]:
    """What is wrong: addresses of the wrong form, and courses with the name or the address of another."""
    by_name, by_address = defaultdict(list), defaultdict(list)
    for course in takeable(catalogue):
        by_name[catalogue.label(course).casefold()].append(course)
        address = homepage_of(catalogue, course)
        if address is not None:
            by_address[address.rstrip("/").casefold()].append(course)
            if not is_address(address):
                yield f"{course}: {address!r} is no address of a page"
    for page in pages_of(catalogue):
        for address in catalogue.values(page, SCHEMA.url):
            if not is_address(address):
                yield f"{page}: {address!r} is no address of a page"
    for what, found in (("name", by_name), ("address", by_address)):
        yield from (f"one {what} for several: {', '.join(some)}" for some in found.values() if len(some) > 1)


def is_address(text: str) -> bool:
    """Whether a text is an address of a page: https or http, a host with a dot, no spaces, no user name."""
    parts = urlsplit(text)
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and "." in host and not parts.username and not any(map(str.isspace, text))


def pages_of(catalogue: Catalogue) -> list[str]:
    """The pages that facts about courses were read on."""
    claims = (claim for course in takeable(catalogue) for claim in catalogue.about(course))
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


def main() -> int:
    """Print faults and old pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--today", type=date.fromisoformat, default=date.today())
    options = parser.parse_args()
    catalogue = Catalogue.load("bundled")
    faults = list(find_faults(catalogue))
    for fault in faults:
        print(fault)
    for page, age in find_old(catalogue, options.today):
        print(f"old: {catalogue.value(page, SKOS.prefLabel)} ({age})")
    return int(bool(faults))


if __name__ == "__main__":
    raise SystemExit(main())
