"""What degrees and licences take at school, and what of it is lacking."""

from __future__ import annotations

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.rdf.standards import RDF, SCHEMA
from careergraph.rdf.vocabulary import CG, ID
from careergraph.transitions.coverage import Holdings
from careergraph.transitions.durations import NOTHING_KNOWN, Preparation, load_tables
from careergraph.transitions.schooling import (
    NO_SCHOOL,
    School,
    count_schooling_lacking,
    find_licence_school,
    find_zone_degree,
)

BACHELOR, OCCUPATION = f"{ID}credential/bachelors-degree", f"{ID}occupation/a"
PHYSICIAN = Preparation(None, 5, None, None, "licence as a physician")
NURSE = Preparation(None, 4, None, None, "licence as a registered nurse")


def test_a_licence_takes_its_school_for_whoever_has_not_got_it() -> None:
    assert find_licence_school(NURSE, PHYSICIAN) == (132, 84)
    assert find_licence_school(PHYSICIAN, NURSE) == (24, 18)
    assert find_licence_school(PHYSICIAN, PHYSICIAN) == NO_SCHOOL
    assert find_licence_school(NURSE, NOTHING_KNOWN) == NO_SCHOOL


def test_a_higher_licence_of_the_same_field_takes_the_school_for_the_lower() -> None:
    dentist, hygienist = (
        Preparation(None, None, None, None, f"licence as a dent{end}") for end in ("ist", "al hygienist")
    )
    assert find_licence_school(dentist, hygienist) == NO_SCHOOL
    assert find_licence_school(hygienist, dentist).own == 48


def test_what_was_at_school_already_counts_towards_a_licence_but_not_for_its_own_school() -> None:
    catalogue = Catalogue.load("bundled")
    bachelor = Holdings({BACHELOR: 1.0}, {})
    assert count_schooling_lacking(catalogue, (), bachelor, licence=School(132, 84)) == 84
    assert count_schooling_lacking(catalogue, (), Holdings({}, {}), licence=School(132, 84)) == 132
    assert count_schooling_lacking(catalogue, (), bachelor, licence=School(24, 18)) == 18
    assert count_schooling_lacking(catalogue, (), bachelor) == 0


LICENCES = load_tables()["licences"]


@pytest.mark.parametrize("name", sorted({name for name, *_ in LICENCES.values()}))
def test_one_licence_takes_one_time_at_school(name: str) -> None:
    schools = {School(*months) for other, *months in LICENCES.values() if other == name}
    assert len(schools) == 1
    whole, own = schools.pop()
    assert 0 <= own <= whole <= 144


def test_no_licence_hides_behind_a_more_general_code() -> None:
    codes = list(LICENCES)
    hidden = [(code, other) for at, code in enumerate(codes) for other in codes[:at] if code.startswith(other)]
    assert hidden == []


def occupation(zone: int, *, asked: bool) -> Catalogue:
    """A catalogue with one occupation of a job zone, about whose schooling people were asked or not."""
    claim = {RDF.type: [CG.Preparation], SCHEMA.about: [OCCUPATION], CG.zone: [f"{ID}zone/{zone}"]}
    answer = {RDF.type: [CG.Schooling], SCHEMA.about: [OCCUPATION]}
    nodes = {OCCUPATION: {RDF.type: [CG.Occupation]}, f"{ID}zone/{zone}": {SCHEMA.position: [str(zone)]}}
    return Catalogue(nodes | {"urn:claim": claim} | ({"urn:answer": answer} if asked else {}))


@pytest.mark.parametrize(
    ("zone", "asked", "degree"), [(3, False, None), (4, False, "6"), (5, False, "8"), (4, True, None)]
)
def test_where_nobody_was_asked_the_job_zone_says_which_degree_most_have(
    zone: int, asked: bool, degree: str | None
) -> None:
    found = find_zone_degree(occupation(zone, asked=asked), OCCUPATION)
    assert found == (degree and f"{ID}onet/category/2.D.1/{degree}")
