"""Schooling: what degrees and licences take, in months after secondary school, and what of it is lacking.

The tables stand in `months.json`: see `durations`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Requirement
from careergraph.transitions.coverage import Holdings, share_met
from careergraph.transitions.durations import FIRM, Preparation, list_zones, load_tables

_ID = "https://w3id.org/careergraph/id/"


class School(NamedTuple):
    """The months of schooling after secondary school that a licence takes, and those of them that are its own.

    A degree in another subject counts towards the whole, and never towards the part that is the licence's own school.
    """

    whole: float
    own: float


NO_SCHOOL = School(0.0, 0.0)


def find_licence_school(here: Preparation, there: Preparation) -> School:
    """The schooling that a licence takes for somebody who comes from a position.

    None if there is no licence, if both need the same one, or if the licence here takes the school for the other.

    >>> from careergraph.transitions.durations import NOTHING_KNOWN
    >>> physician = Preparation(None, 5, None, None, "licence as a physician")
    >>> find_licence_school(NOTHING_KNOWN, physician), find_licence_school(physician, physician)
    (School(whole=132.0, own=84.0), School(whole=0.0, own=0.0))
    """
    tables = load_tables()
    if there.licence in (None, here.licence) or here.licence in tables["covered"].get(there.licence, ()):
        return NO_SCHOOL
    found = (
        School(float(whole), float(own)) for name, whole, own in tables["licences"].values() if name == there.licence
    )
    return next(found, NO_SCHOOL)


def is_of_one_school(one: Preparation, other: Preparation) -> bool:
    """Whether two positions take the same licence, or the school for one of the two licences has that for the other.

    >>> from careergraph.transitions.durations import NOTHING_KNOWN
    >>> nurse = Preparation(None, 3, None, None, "licence as a registered nurse")
    >>> practical = Preparation(None, 3, None, None, "licence as a practical nurse")
    >>> is_of_one_school(practical, nurse), is_of_one_school(practical, NOTHING_KNOWN)
    (True, False)
    """
    covered = load_tables()["covered"]
    either = (one.licence, other.licence)
    return either[0] == either[1] or any(a in covered.get(b, ()) for a, b in (either, either[::-1]))


def count_credential_months(catalogue: Catalogue, credential: str) -> float | None:
    """How many months of schooling after secondary school a credential takes; None if no source says.

    >>> count_credential_months(Catalogue.load("bundled"), "https://w3id.org/careergraph/id/credential/phd-statistics")
    108.0
    """
    table = load_tables()["credentials"]
    found = (table.get(node.removeprefix(_ID)) for node in catalogue.lineage(credential))
    return next((float(months) for months in found if months is not None), None)


def find_zone_degree(catalogue: Catalogue, occupation: str) -> str | None:
    """The degree that most occupations of a job zone take, for one about whose schooling nobody was asked.

    None where a source has asked, and for job zones in which most occupations take none.

    Args:
        catalogue: where the occupation is described.
        occupation: its IRI.
    """
    if catalogue.about(occupation, "schooling"):
        return None
    degrees = load_tables()["zone_degrees"]
    return next((_ID + degrees[str(zone)] for zone in list_zones(catalogue, occupation) if str(zone) in degrees), None)


def count_months_of_schooling(held: Holdings) -> float:
    """How many months at school the highest credential stands for that is held."""
    table = load_tables()["credentials"]
    return max((float(months) for name, months in table.items() if _ID + name in held.assets), default=0.0)


def count_schooling_lacking(
    catalogue: Catalogue, asked: Iterable[Requirement], held: Holdings, licence: School = NO_SCHOOL
) -> float:
    """How many months of schooling are lacking for the credentials that are firmly asked for; 0 if none are.

    Args:
        catalogue: where the credentials are described.
        asked: what a role asks for.
        held: what is held.
        licence: the schooling that the role's licence takes, if it is not held.
    """
    firm = (count_firm_months(catalogue, item) for item in asked if share_met(item, held) < 1)
    most = max(max(firm, default=0.0), licence.whole)
    return max(licence.own, most - count_months_of_schooling(held)) if most else 0.0


def keep_stated(asked: Iterable[Requirement]) -> list[Requirement]:
    """The requirements that a source states."""
    return [item for item in asked if not item.estimated]


def count_firm_months(catalogue: Catalogue, item: Requirement) -> float:
    """The months of schooling that a firm requirement takes, by its shortest alternative; 0 for all others."""
    if item.importance < FIRM or any(ref.kind != "credential" for ref in item.any_of):
        return 0.0
    months = (count_credential_months(catalogue, ref.id) for ref in item.any_of)
    return min((found for found in months if found is not None), default=0.0)
