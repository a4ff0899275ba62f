"""Kinds of wordings in CVs, each with examples that stand in no list of phrases."""

from __future__ import annotations

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.rdf.vocabulary import ID
from careergraph.transitions.people.cv.text import match_text
from careergraph.transitions.people.matching import match_profile
from careergraph.transitions.people.person import find_holdings_of_person, list_reasons


def understood(**sections: object) -> set[str]:
    person = match_profile(Catalogue.load("bundled"), sections)
    return {match.ref.label for match in (*person.positions, *person.assets)}


def skills(text: str) -> set[str]:
    return understood(skills=[{"name": text}])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TCP/IP, firewalls", {"Computer networking"}),
        ("A/B testing, CI/CD", {"A/B testing", "CI/CD pipelines"}),
        ("health and safety, driving", {"Health and safety", "Driving"}),
        ("GitLab CI/CD", {"GitLab CI"}),
        ("Google Sheets/Slides", {"Google Sheets", "Google Slides"}),
    ],
)
def test_a_name_with_a_stroke_or_an_and_of_its_own_is_not_parted(text: str, expected: set[str]) -> None:
    assert skills(text) == expected


@pytest.mark.parametrize(
    ("worker", "skill"),
    [("Welder", "Welding"), ("Babysitter", "Childcare"), ("Photographer", "Photography"), ("Printer", "")],
)
def test_who_calls_themselves_a_worker_among_the_skills_knows_the_work(worker: str, skill: str) -> None:
    assert skills(worker) == {skill} - {""}


@pytest.mark.parametrize(
    "text", ["Team responsibility", "Career planning", "canva", "window displays", "the best person"]
)
def test_a_name_is_not_found_in_what_only_looks_like_it(text: str) -> None:
    assert not skills(text) & {"Microsoft Teams", "Nursing care", "Canvas LMS", "Windows", "User research"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("marketing planning", "Marketing"),
        ("sales coordination", "Sales"),
        ("supply chain support", "Supply-chain management"),
    ],
)
def test_what_is_done_to_something_is_no_skill_beside_it(text: str, expected: str) -> None:
    assert skills(text) == {expected}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Electricien", {"Electrician"}),
        ("Infirmiere", {"Nurse"}),
        ("Data Analyst / Scientist", {"Data analyst", "Data scientist"}),
        ("Sales Associate | Zara", {"Retail worker"}),
    ],
)
def test_titles_without_accents_and_with_a_shared_word(title: str, expected: set[str]) -> None:
    assert understood(work=[{"position": title}]) == expected


@pytest.mark.parametrize(
    ("degree", "expected"),
    [
        ("NVQ Level 2 Carpentry", {"Vocational qualification", "Building trades (field of study)"}),
        ("Level 4 Diploma in Accounting", {"Associate's degree", "Accounting (field of study)"}),
        ("9 GCSEs including Maths", {"High school diploma"}),
        ("Diplom-Physiker", {"Master's degree", "Physics (field of study)"}),
        (
            "Staatlich geprüfter Techniker Maschinenbau",
            {"Vocational qualification", "Mechanical engineering (field of study)"},
        ),
        ("CFGS Enfermería", {"Associate's degree", "Nursing (field of study)"}),
        (
            "BSc Biology, minor in Chemistry",
            {"Bachelor's degree", "Biology (field of study)", "Chemistry (field of study)"},
        ),
        ("BEng Civil Engineering with Placement Year", {"Bachelor's degree", "Civil engineering (field of study)"}),
    ],
)
def test_degrees_of_more_countries_and_what_is_said_beside_them(degree: str, expected: set[str]) -> None:
    assert understood(education=[{"studyType": degree}]) == expected


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("Engenharia Elétrica", "Electrical engineering"),
        ("Informatik mit Schwerpunkt Robotik", "Computer science"),
        ("Contaduría", "Accounting"),
        ("Filologia romańska", "Literary studies"),
        ("Educação Física", "Sport science"),
    ],
)
def test_fields_in_more_languages(area: str, expected: str) -> None:
    assert any(label.startswith(expected) for label in understood(education=[{"area": area}]))


def test_a_cv_in_markdown_is_read_without_its_marks() -> None:
    lines = (
        "# Ada Moss\n## Stack\n- **Backend:** Node/Express, Rust\n## Experience\n### Web Developer, Acme | 2020 - now"
    )
    person = match_text(Catalogue.load("bundled"), [lines])
    assert person.name == "Ada Moss"
    assert [match.ref.label for match in person.positions] == ["Software engineer"]
    assert [match.ref.label for match in person.assets] == ["Node.js", "Express.js", "Rust"]


@pytest.mark.parametrize(
    "head", ["Name:          Ada Moss", "ADA MOSS | Nurse turned analyst | Leeds", "Ada Moss - nurse"]
)
def test_a_name_stands_apart_from_what_is_beside_it(head: str) -> None:
    assert match_text(Catalogue.load("bundled"), [f"{head}\nExperience\nNurse, 2019 - now"]).name.lower() == "ada moss"


@pytest.mark.parametrize(
    ("education", "held"),
    [
        ([], True),
        ([{"studyType": "BSc Physics"}], True),
        ([{"studyType": "A-levels"}], False),
        ([{"studyType": "BA Philosophy (not finished)"}], False),
    ],
)
def test_who_tells_of_their_schooling_has_told_all_of_it(education: list[dict[str, str]], *, held: bool) -> None:
    catalogue = Catalogue.load("bundled")
    person = match_profile(catalogue, {"work": [{"position": "Software engineer"}], "education": education})
    assets = find_holdings_of_person(catalogue, person).assets
    assert (f"{ID}credential/bachelors-degree" in assets) is held
    assert list_reasons(catalogue, person).keys() == assets.keys()


def positions(line: str) -> set[str]:
    found = match_text(Catalogue.load("bundled"), [f"Experience\n{line}\n"])
    return {match.ref.label for match in found.positions}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Registered Nurse, City Hospital, 2015-2020", "Nurse"),
        ("Registered Nurse at City Hospital, 2015-2020", "Nurse"),
        ("2015-2020: Registered Dietitian", "Dietitian"),
        ("Chartered Accountant, Acme, 2015-2020", "Accountant"),
        ("Certified Nursing Assistant, Acme, 2015-2020", "Care worker"),
        ("Licensed Electrician | Acme | 2015-2020", "Electrician"),
        ("Qualified plumber, 2015-2020", "Plumber"),
        ("Applied Scientist, Amazon, 2015-2020", "AI research scientist"),
        ("Embedded Software Engineer, Bosch, 2015-2020", "Software engineer"),
        ("Retired teacher, 2015-2020", "Teacher"),
    ],
)
def test_what_somebody_is_begins_a_title_as_well_as_what_they_did_begins_prose(line: str, expected: str) -> None:
    assert positions(line) == {expected}


@pytest.mark.parametrize(
    "line",
    [
        "Managed software engineers, 2018-2020",
        "Trained nurses in wound care, 2019-2020",
        "Qualified leads for the sales team, 2019-2020",
        "Certified products for export, 2015-2020",
        "Led nurses, 2015-2020",
    ],
)
def test_what_somebody_did_with_others_is_not_what_they_were(line: str) -> None:
    assert positions(line) == set()
