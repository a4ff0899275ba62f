"""What is typed by hand is read as in a CV where nothing is just called so."""

from __future__ import annotations

from pathlib import Path

import pytest

from careergraph import load
from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import OnlyAnOrigin, UnknownName
from careergraph.rdf.kinds import DESTINATIONS
from careergraph.rdf.standards import RDF, SKOS
from careergraph.rdf.vocabulary import CG, ID
from careergraph.store.index import INDEX, Index
from careergraph.store.index_writer import IndexWriter
from careergraph.transitions.people.by_hand import make_person
from careergraph.transitions.people.typed_names import find_meant, find_origin


@pytest.fixture(scope="module")
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Senior Backend Developer (m/f/d)", ["Software engineer"]),
        ("Lead ML Engineer II", ["Machine learning engineer"]),
        ("CTO / co-founder", ["Chief technology officer", "Entrepreneur"]),
        ("Working student software development", ["Software engineer"]),
        ("head of marketing", ["Marketing specialist"]),
        ("PA to the CEO", ["Office administrator"]),
    ],
)
def test_a_title_with_seniority_and_noise_is_the_position(bundled: Catalogue, typed: str, meant: list[str]) -> None:
    assert [bundled.label(iri) for iri in find_meant(bundled, typed, "background", "role")] == meant


@pytest.mark.parametrize("typed", ["machine lerning enginer", "flying purple eater", "no Python"])
def test_a_slip_or_a_denial_is_no_name(bundled: Catalogue, typed: str) -> None:
    with pytest.raises(UnknownName):
        find_meant(bundled, typed)


def test_only_kinds_that_will_do_are_meant(bundled: Catalogue) -> None:
    with pytest.raises(UnknownName):
        find_meant(bundled, "Senior nurse (m/f/d)", "role")


def test_a_phrase_by_hand_may_name_several_skills_and_their_level(bundled: Catalogue) -> None:
    found = make_person(bundled, skills=["advanced SQL and pandas", "hands-on Python 3"]).assets
    assert [(match.ref.label, match.level) for match in found] == [("SQL", 0.75), ("pandas", 0.75), ("Python", 0.5)]


def test_an_origin_and_a_role_may_be_titles_as_in_a_cv() -> None:
    graph = load("bundled")
    found = graph.gap("Senior Backend Developer (m/f/d)", "Junior ML Engineer")
    assert (found.origin.label, found.destination.label) == ("Software engineer", "Machine learning engineer")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mathematics student", ["Student", "Mathematics (field of study)"]),
        ("student of law", ["Student", "Law"]),
        ("graduate in physics", ["Student", "Physics (field of study)"]),
        ("BSc Mathematics", ["Mathematics (field of study)"]),
        ("PhD candidate in economics", ["PhD student (any field)", "Economics (field of study)"]),
        ("PhD student in machine learning", ["PhD student (ML or CS)"]),
        ("MSc data science", ["Data science (field of study)"]),
    ],
)
def test_a_student_or_a_graduate_stands_where_the_subject_is(bundled: Catalogue, typed: str, meant: list[str]) -> None:
    assert [bundled.label(iri) for iri in find_origin(bundled, typed).positions] == meant


def test_whoever_is_several_things_at_once_is_called_as_typed(bundled: Catalogue) -> None:
    found = find_origin(bundled, "mathematics student")
    assert found.ref.label == "Mathematics student"
    assert find_origin(bundled, "mathematician").ref.label == "Mathematician"


def test_a_degree_that_is_said_is_held(bundled: Catalogue) -> None:
    held = find_origin(bundled, "BSc Mathematics").held.assets
    assert "https://w3id.org/careergraph/id/credential/bachelors-degree" in held


def test_occupations_that_are_like_a_title_are_named(tmp_path: Path) -> None:
    with IndexWriter(str(tmp_path / INDEX)) as writer:
        said = {RDF.type: [CG.Occupation], SKOS.prefLabel: ["Data Entry Keyers"]}
        writer.add(f"{ID}onet/occupation/43-9021.00", said)
    catalogue = Catalogue(Catalogue.load("bundled").statements, [Index(str(tmp_path))])
    with pytest.raises(OnlyAnOrigin, match=r'Nearest to it: "Data Entry Keyers"\.$'):
        find_meant(catalogue, "data annotator", *DESTINATIONS)


def test_a_title_that_no_role_has_is_said_to_be_one_to_start_from(bundled: Catalogue) -> None:
    with pytest.raises(OnlyAnOrigin, match="only known as where somebody comes from"):
        find_meant(bundled, "UX designer", *DESTINATIONS)
    assert find_origin(bundled, "UX designer").ref.label == "UX designer"
