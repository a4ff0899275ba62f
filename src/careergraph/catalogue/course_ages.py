"""How old the pages with facts about courses are; facts older than two years may have changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.courses import CourseFacts
from careergraph.rdf.standards import DCTERMS, PROV

#: The age from which a fact is marked.
OLD = timedelta(days=2 * 365)


def find_oldest_page(catalogue: Catalogue, facts: CourseFacts) -> str | None:
    """The date of the oldest page that says how long a course takes or what it costs; None if none is dated."""
    return min((day for days in _days_of_pages(catalogue, facts) for day in days), default=None)


def has_undated_page(catalogue: Catalogue, facts: CourseFacts) -> bool:
    """Whether a page that says how long a course takes or what it costs has no date, or no page says either."""
    pages = _days_of_pages(catalogue, facts)
    return not pages or not all(pages)


def _days_of_pages(catalogue: Catalogue, facts: CourseFacts) -> list[Sequence[str]]:
    claims = [claim for figure in (*facts.efforts, *facts.prices) for claim in figure.claims]
    sources = {item.source.id for claim in claims for item in claim.evidence}
    return [catalogue.values(source, DCTERMS.issued) for source in sorted(sources)]


def find_newest_page(catalogue: Catalogue) -> str | None:
    """The date of the newest page about courses, from which ages are counted if no day is given."""
    return catalogue.once(_newest_page)


def _newest_page(catalogue: Catalogue) -> str | None:
    claims = (claim for course in catalogue.by_kind.get("course", ()) for claim in catalogue.about(course))
    sources = {source for claim in claims for source in catalogue.values(claim, PROV.wasDerivedFrom)}
    return max((day for source in sources for day in catalogue.values(source, DCTERMS.issued)), default=None)


def is_old(day: str | None, today: str | None) -> bool:
    """Whether a day lies more than two years before another; False if either is None, or not known to the day.

    >>> is_old("2023-05-05", "2026-01-01"), is_old("2025", "2026-01-01"), is_old(None, "2026-01-01")
    (True, False, False)
    """
    try:
        return date.fromisoformat(today or "") - date.fromisoformat(day or "") > OLD
    except ValueError:
        return False
