"""Questions that a stranger asks in SPARQL: at most three triple patterns each, and right by the records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import starmap

import pytest

from careergraph.api import CareerGraph
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_pay, list_requirements, list_transitions, read_requirement
from careergraph.catalogue.courses import find_teachers
from careergraph.catalogue.names import find_node
from careergraph.rdf.results import Table
from careergraph.rdf.vocabulary import CG
from careergraph.sparql.run import run
from careergraph.sparql.sandbox import Sandbox
from careergraph.store.locations import BUNDLED, list_dataset_files
from careergraph.transitions.network import Network
from careergraph.transitions.origins import make_origin

Row = tuple[str | None, ...]

QUESTIONS = {
    "skills of a role": "SELECT ?skill { role:ai-ethicist schema:skills/rdfs:label ?skill }",
    "how many skills": "SELECT (COUNT(?skill) AS ?n) { ?skill a cg:Skill }",
    "all backgrounds": "SELECT ?label { ?background a cg:Background ; rdfs:label ?label }",
    "what leads where": "SELECT ?from ?to { ?from cg:leadsTo+ ?to }",
    "who employs whom": """SELECT ?who ?role {
        ?organisation a cg:Organisation ; rdfs:label ?who ; cg:employs/rdfs:label ?role }""",
    "price of a course": """SELECT ?course ?amount ?currency {
        ?price schema:about/rdfs:label ?course ; schema:price ?amount ; schema:priceCurrency ?currency }""",
    "ease of a step": """SELECT ?ease { ?step cg:origin background:software-engineer ;
        cg:destination role:machine-learning-engineer ; cg:ease/rdfs:label ?ease }""",
    "ease as it is computed": """SELECT ?ease { ?step cg:stepTo role:ai-ethicist ;
        cg:stepFrom/rdfs:label "Nurse"@en ; cg:computedEase ?ease }""",
    "free courses on something": """SELECT ?course { ?course schema:isAccessibleForFree true ;
        schema:teaches skill:python ; a cg:Course }""",
    "highest pay": """SELECT ?role ?most ?currency {
        ?role schema:estimatedSalary ?pay . ?pay schema:maxValue ?most ; schema:currency ?currency }
        ORDER BY DESC(?most) LIMIT 1""",
    "sub-skills": "SELECT ?sub { ?sub skos:broader+ skill:machine-learning ; a cg:Skill }",
    "source of a claim": """SELECT DISTINCT ?claim ?source {
        ?claim a cg:Transition ; prov:wasDerivedFrom/schema:isPartOf? ?source . ?source a cg:Source }""",
    "roles sharing skills": """SELECT ?skill { role:ai-ethicist schema:skills ?skill .
        role:ai-product-manager schema:skills ?skill }""",
    "courses for a role": """SELECT DISTINCT ?course ?skill {
        role:machine-learning-engineer schema:skills ?skill . ?course schema:teaches ?skill }""",
}
_ID = "https://w3id.org/careergraph/id/"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load(BUNDLED)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(list_dataset_files(BUNDLED)) as opened:
        yield opened


@pytest.fixture
def ask(sandbox: Sandbox) -> Asking:
    return Asking(sandbox)


class Asking:
    """Asks one of the questions."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def __call__(self, question: str) -> list[Row]:
        found = run(self._sandbox, QUESTIONS[question])
        assert isinstance(found, Table)
        assert found.rows, question
        assert len(found.rows) == len(set(found.rows)), "a row comes twice"
        return sorted(found.rows, key=str)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_takes_at_most_three_patterns(question: str) -> None:
    text = QUESTIONS[question]
    inside = text[text.index("{") + 1 : text.rindex("}")]
    assert 1 <= len(re.split(r"\s[.;]\s", inside.strip())) <= 3


def _short(*iris: str) -> str | tuple[str, ...]:
    found = tuple(iri.removeprefix(_ID).replace("/", ":") for iri in iris)
    return found if len(found) > 1 else found[0]


def _skills(catalogue: Catalogue, role: str) -> set[str]:
    # Listings leave out what another requirement implies: it is required all the same.
    iri = find_node(catalogue, role)
    pairs = ((claim, stated) for stated in catalogue.lineage(iri) for claim in catalogue.about(stated, "requirement"))
    named = [item for item in starmap(partial(read_requirement, catalogue), pairs) if item.importance > 0]
    found = {ref.id for item in named for ref in item.any_of if ref.kind == "skill"}
    listed = {ref.id for item in list_requirements(catalogue, iri) for ref in item.any_of if ref.kind == "skill"}
    assert listed <= found
    assert all(any(skill in catalogue.values(other, CG.implies) for other in listed) for skill in found - listed)
    return found


def test_skills_of_a_role(ask: Asking, catalogue: Catalogue) -> None:
    assert {row[0] for row in ask("skills of a role")} == set(map(catalogue.label, _skills(catalogue, "AI ethicist")))


def test_how_many_skills(ask: Asking, catalogue: Catalogue) -> None:
    assert ask("how many skills") == [(str(CareerGraph(catalogue).stats().nodes["skill"]),)]


def test_all_backgrounds(ask: Asking, catalogue: Catalogue) -> None:
    assert sorted(map(catalogue.label, catalogue.by_kind["background"])) == sorted(
        str(row[0]) for row in ask("all backgrounds")
    )


def test_what_leads_where_in_any_number_of_steps(ask: Asking, catalogue: Catalogue) -> None:
    expected = set()
    for kind in ("role", "background"):
        for position in catalogue.by_kind[kind]:
            reached = Network(catalogue, make_origin(catalogue, position), derived=False).reachable()
            expected |= {_short(position, role) for role in reached}
    # A way that comes back to where it began is a row, too.
    assert {(start, end) for start, end in ask("what leads where") if start != end} == expected


def test_who_employs_whom(ask: Asking, catalogue: Catalogue) -> None:
    expected = {
        (catalogue.label(organisation), ref.label)
        for claim in catalogue.by_kind["classification"]
        for organisation in catalogue.values(claim, "https://schema.org/about")
        for ref in catalogue.refs(claim, "https://w3id.org/careergraph/ontology#employs")
    }
    assert set(ask("who employs whom")) == expected


def test_price_of_a_course(ask: Asking, catalogue: Catalogue) -> None:
    expected = set()
    for course in catalogue.by_kind["course"]:
        for claim in catalogue.about(course, "price"):
            amount, currency = (
                catalogue.value(claim, f"https://schema.org/{name}") for name in ("price", "priceCurrency")
            )
            if amount and currency:
                expected.add((catalogue.label(course), amount, currency))
    assert set(ask("price of a course")) == expected


def test_ease_of_a_step(ask: Asking, catalogue: Catalogue) -> None:
    ends = f"{_ID}background/software-engineer", f"{_ID}role/machine-learning-engineer"
    said = {(move.ease,) for move in list_transitions(catalogue) if (move.origin.id, move.destination.id) == ends}
    assert set(ask("ease of a step")) == said


def test_ease_as_it_is_computed(ask: Asking, catalogue: Catalogue) -> None:
    found = CareerGraph(catalogue).routes("nurse", "AI ethicist").routes[0]
    ((ease,),) = ask("ease as it is computed")
    assert float(str(ease)) == pytest.approx(found.steps[0].feasibility, rel=1e-3)


def test_free_courses_on_something(ask: Asking, catalogue: Catalogue) -> None:
    teachers = {course.id for course in find_teachers(catalogue)[f"{_ID}skill/python"]}
    prices = {
        course: {catalogue.value(claim, "https://schema.org/price") for claim in catalogue.about(course, "price")}
        for course in teachers
    }
    free = {course for course, found in prices.items() if "0" in found and found <= {"0", None}}
    assert {row[0] for row in ask("free courses on something")} == set(map(_short, free))


def test_highest_pay(ask: Asking, catalogue: Catalogue) -> None:
    lines = [line for role in catalogue.by_kind["role"] for line in list_pay(catalogue, role) if line.high]
    most = max(line.high or 0 for line in lines)
    ((role, amount, currency),) = ask("highest pay")
    assert (role, amount, currency) in {
        (_short(line.role.id), str(line.high), line.currency) for line in lines if line.high == most
    }


def test_sub_skills(ask: Asking, catalogue: Catalogue) -> None:
    top = f"{_ID}skill/machine-learning"
    below = {skill for skill in catalogue.by_kind["skill"] if skill != top and top in catalogue.lineage(skill)}
    assert {row[0] for row in ask("sub-skills")} == set(map(_short, below))


def test_source_of_a_claim(ask: Asking, catalogue: Catalogue) -> None:
    expected = {_short(move.id, said.source.id) for move in list_transitions(catalogue) for said in move.evidence}
    assert set(ask("source of a claim")) == expected


def test_roles_sharing_skills(ask: Asking, catalogue: Catalogue) -> None:
    shared = _skills(catalogue, "AI ethicist") & _skills(catalogue, "AI product manager")
    assert {row[0] for row in ask("roles sharing skills")} == set(map(_short, shared))


def test_courses_for_a_role(ask: Asking, catalogue: Catalogue) -> None:
    teachers = find_teachers(catalogue)
    wanted = _skills(catalogue, "machine learning engineer")
    expected = {_short(course.id, skill) for skill in wanted for course in teachers.get(skill, ())}
    assert set(ask("courses for a role")) == expected
