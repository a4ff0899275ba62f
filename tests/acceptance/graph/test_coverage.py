"""Nothing is lost: every fact read from the article and from course pages is said in the curated graph.

The facts are those of the shared folder beside the checkout; `graph/coverage.csv` says which nodes say each of them.
Nodes are written short here: `role:ai-ethicist` is https://w3id.org/careergraph/id/role/ai-ethicist.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import pyoxigraph
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import keep_what_is_meant
from careergraph.rdf.kinds import CLAIM_KINDS
from careergraph.rdf.standards import DCTERMS, PROV, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, ID
from careergraph.store.locations import list_graph_files
from careergraph.store.oxigraph import open_store
from careergraph.store.statements import read_statements
from shared_data import shared_rows

GRAPH = Path(__file__).parents[3] / "graph"
ARTICLE = "source:ai-careers-article"


@dataclass(frozen=True)
class Fact:
    """A row of `article/facts.csv`, its qualifiers taken apart."""

    id: str
    section: str
    kind: str
    subject: str
    relation: str
    object: str
    qualifiers: dict[str, str]

    @classmethod
    def of(cls, row: dict[str, str]) -> Fact:
        pairs = (pair.partition("=") for pair in row["qualifiers"].split(";"))
        return cls(
            row["id"],
            row["section"],
            row["kind"],
            row["subject"],
            row["relation"],
            row["object"],
            {key: value for key, _, value in pairs if key},
        )


ROWS = shared_rows("article/facts.csv")
_BRACKET = {"level": "deep"}
_VALUED = {"strength": "highly valued"}
_PUBLISHING = {"frequency": "many do"}
#: Fact → what the article really says, where the list of facts says otherwise; `graph/coverage.csv` notes why.
CORRECTIONS: dict[str, dict[str, object]] = {
    "F017": {"section": "References"},
    "F054": {"object": "version control"},
    "F057": {"object": "containerisation"},
    "F156": {"object": "domain expertise", "qualifiers": _VALUED},
    "F189": {"object": "understanding of AI systems", "qualifiers": _BRACKET},
    "F190": {"object": "understanding of AI systems", "qualifiers": _BRACKET},
    "F203": {"qualifiers": _PUBLISHING},
    "F205": {"qualifiers": _PUBLISHING},
    "F248": {"kind": "course"},
    "F249": {"kind": "organisation"},
    "F163": {"qualifiers": {}},
    "F086": {"qualifiers": {}},
    "F091": {"qualifiers": {}},
    "F161": {"qualifiers": {}},
    "F162": {"qualifiers": {}},
    "F087": {"qualifiers": {"importance": "most important step"}},
    "F127": {"qualifiers": {"strength": "standard"}},
    "F128": {"qualifiers": {"strength": "ideally"}},
    "F129": {"qualifiers": {"importance": "primary currency"}},
}


def corrected(fact: Fact) -> Fact:
    return replace(fact, **CORRECTIONS.get(fact.id, {}))  # type: ignore[arg-type]


FACTS = [corrected(Fact.of(row)) for row in ROWS if row["id"].startswith("F")]
REMARKS = [row for row in ROWS if row["id"].startswith("C")]
COURSE_FACTS = shared_rows("courses/facts.csv")

facts = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)


def facts_of(kind: str) -> pytest.MarkDecorator:
    chosen = [fact for fact in FACTS if fact.kind == kind]
    return pytest.mark.parametrize("fact", chosen, ids=lambda fact: fact.id)


def short(iri: str) -> str:
    """The short name of a node; anything else stays as it is.

    >>> short("https://w3id.org/careergraph/id/role/ai-ethicist"), short("CI/CD")
    ('role:ai-ethicist', 'CI/CD')
    """
    return iri.removeprefix(ID).replace("/", ":", 1) if iri.startswith(ID) else iri


def long(node: str) -> str:
    """The IRI of a node.

    >>> long("role:ai-ethicist")
    'https://w3id.org/careergraph/id/role/ai-ethicist'
    """
    return ID + node.replace(":", "/", 1)


class Graph(Catalogue):
    """The curated graph, asked and answering in short names."""

    def all(self, node: str, predicate: str) -> set[str]:
        return set(map(short, self.values(long(node), predicate)))

    def names(self, node: str) -> set[str]:
        """Preferred label and aliases, without regard to case."""
        return {name.casefold() for name in self.all(node, SKOS.prefLabel) | self.all(node, SKOS.altLabel)}

    @cached_property
    def _bearers(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for node in map(short, self.statements):
            for name in self.names(node):
                found[name].add(node)
        return found

    def of_kind(self, nodes: Iterable[str], kind: str) -> list[str]:
        return [node for node in nodes if self.kind(long(node)) == kind]

    def named(self, name: str, *kinds: str) -> str:
        """The one node of these kinds that a word of a fact names."""
        bearers = self._bearers.get(name.casefold(), set())
        found = [node for node in keep_what_is_meant(self, map(long, bearers)) if self.kind(node) in kinds]
        # As where names are looked up: what is called so comes before what is only known by the name as well.
        called = [node for node in found if self.label(node).casefold() == name.casefold()]
        found = [short(node) for node in called or found]
        assert len(found) == 1, f"{name!r} should name one {' or '.join(kinds)}, but names {found}"
        return found[0]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph(read_statements(list_graph_files(str(GRAPH))))


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    """The same with its named graphs, one for each folder."""
    return open_store(list_graph_files(str(GRAPH)))


@pytest.fixture(scope="module")
def coverage_notes() -> dict[tuple[str, str], str]:
    """Each fact with each node that says it → what was corrected, if anything."""
    with (GRAPH / "coverage.csv").open(encoding="utf-8", newline="") as file:
        rows = [((row["fact"], short(row["iri"])), row["note"]) for row in csv.DictReader(file)]
    assert len(rows) == len(dict(rows))
    return dict(rows)


@pytest.fixture(scope="module")
def coverage_rows(coverage_notes: dict[tuple[str, str], str]) -> list[tuple[str, str]]:
    return list(coverage_notes)


@pytest.fixture(scope="module")
def coverage(coverage_rows: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Fact → the nodes that say it."""
    found: dict[str, list[str]] = defaultdict(list)
    for fact, node in coverage_rows:
        found[fact].append(node)
    return dict(found)


### Every fact, and nothing but facts


def test_every_fact_and_every_remark_is_covered_and_no_other(coverage: dict[str, list[str]]) -> None:
    facts = [f"F{number:03}" for number in range(1, 356)]
    remarks = [f"C{number:02}" for number in range(1, 27)]
    assert [row["id"] for row in ROWS] == facts + remarks
    assert set(coverage) == {*facts, *remarks, *ADDITIONS}


#: What the article says and the list of facts had missed.
ADDITIONS = [f"N{number:02}" for number in range(1, 8)]


def test_coverage_notes_every_correction_and_every_addition(coverage_notes: dict[tuple[str, str], str]) -> None:
    noted = {fact for (fact, _), note in coverage_notes.items() if note}
    assert {*CORRECTIONS, *ADDITIONS} - noted == set()
    assert {note for note in coverage_notes.values() if note and len(note.split()) < 5} == set()


@pytest.mark.parametrize("addition", ADDITIONS)
def test_addition_is_said_by_the_article(addition: str, graph: Graph, coverage: dict[str, list[str]]) -> None:
    for node in coverage[addition]:
        sections = graph.of_kind(graph.all(node, PROV.wasDerivedFrom), "section")
        assert sections, node
        assert {part for section in sections for part in graph.all(section, SCHEMA.isPartOf)} == {ARTICLE}, node


def test_article_claims_nothing_that_no_fact_says(coverage: dict[str, list[str]]) -> None:
    article = Graph(read_statements(list_graph_files(str(GRAPH / "article"))))
    claims = {short(iri) for iri in article.statements if article.kind(iri) in CLAIM_KINDS.values()}
    assert claims
    assert claims - {node for nodes in coverage.values() for node in nodes} == set()


@facts
def test_fact_is_said_with_its_section(fact: Fact, graph: Graph, coverage: dict[str, list[str]]) -> None:
    """Every node that says it names a section it was read in, and one of them the fact's own."""
    nodes = coverage[fact.id]
    assert [node for node in nodes if long(node) not in graph.statements] == []
    sections = {node: graph.of_kind(graph.all(node, PROV.wasDerivedFrom), "section") for node in nodes}
    assert [node for node in nodes if not sections[node]] == []
    assert any(
        graph.all(section, CG.section) == {fact.section} and graph.all(section, SCHEMA.isPartOf) == {ARTICLE}
        for node in nodes
        for section in sections[node]
    )


#: The kinds of node that may say a fact, by the fact's kind, or by its relation where that says more.
SAID_BY = {
    "advice": {"advice"},
    "background": {"claim", "condition", "requirement"},
    "claim": {"claim", "classification"},
    "course": {"recommendation", "classification", "offering"},
    "definition": {"definition"},
    "organisation": {"classification", "offering"},
    "person": {"claim"},
    "reference": {"source"},
    "requirement": {"requirement"},
    "role": {"classification", "definition"},
    "salary": {"pay"},
    "task": {"task"},
    "transition": {"transition", "condition"},
    "transition-step": {"step"},
    # relations
    "has_example": {"classification"},
    "must_be": {"claim"},
    "published_on": {"claim"},
    "variant": {"variant"},
    "works_with": {"collaboration"},
}


@facts
def test_fact_is_said_by_nodes_of_the_right_kind(fact: Fact, graph: Graph, coverage: dict[str, list[str]]) -> None:
    kinds = {graph.kind(long(node)) for node in coverage[fact.id]}
    assert kinds <= SAID_BY.get(fact.relation, SAID_BY[fact.kind])


### Pay

SEGMENTS: dict[str, set[str]] = {
    "Big Tech": {"segment:big-tech"},
    "major tech company": {"segment:major-tech-company"},
    "major company": {"segment:major-company"},
    "tech company": {"segment:tech-company"},
    "non-frontier tech company": {"segment:non-frontier-tech-company"},
    "startup": {"segment:startup"},
    "AI startup": {"segment:ai-startup"},
    "frontier AI lab": {"segment:frontier-ai-lab"},
    "AI-safety-focused lab": {"segment:ai-safety-focused-lab"},
    "university": {"segment:university"},
    "academia": {"segment:academia"},
    "industry": {"segment:industry"},
    "government|think tank": {"segment:government", "segment:think-tank"},
    "academia|civil service": {"segment:academia", "segment:civil-service"},
    "non-tech (finance|healthcare|retail)": {
        "segment:non-tech",
        "segment:finance",
        "segment:healthcare",
        "segment:retail",
    },
    "unstated": set(),
}
EMPLOYERS = {
    "Google": "organisation:google",
    "Meta": "organisation:meta",
    "Microsoft": "organisation:microsoft",
    "Apple": "organisation:apple",
    "Anthropic": "organisation:anthropic",
    "OpenAI": "organisation:openai",
    "Google DeepMind": "organisation:google-deepmind",
    "ARC Evals": "organisation:metr",
    "Redwood Research": "organisation:redwood-research",
    "UK AI Safety Institute": "organisation:uk-ai-security-institute",
}
BASES: dict[str, set[str]] = {
    "total compensation": {"basis:total-compensation"},
    "total compensation (base+bonus+RSUs)": {"basis:base-bonus-rsus"},
    "total compensation (base+bonus+stock)": {"basis:base-bonus-stock"},
    "cash": {"basis:cash"},
    "cash implied": {"basis:cash-implied"},
    "university salary": {"basis:university-salary"},
    "unstated": set(),
}
OPEN_ENDED: dict[str, set[str]] = {"yes (+)": {"true"}, "no": {"false"}, "": set()}
#: The role that a fact about AI safety researchers is about, by its track.
TRACKS = {
    "technical": "role:technical-ai-safety-researcher",
    "governance/strategy": "role:ai-safety-governance-researcher",
    "policy/governance": "role:ai-safety-governance-researcher",
}


def stated(fact: Fact, qualifier: str) -> set[str]:
    """What a qualifier says, if it says anything."""
    value = fact.qualifiers.get(qualifier, "")
    return set() if not value or value.startswith("unstated") else {value}


@facts_of("salary")
def test_pay_is_as_the_fact_gives_it(fact: Fact, graph: Graph, coverage: dict[str, list[str]]) -> None:
    """Field by field; what the fact leaves out, the graph leaves out."""
    (pay,) = coverage[fact.id]
    employers = fact.qualifiers.get("employers", "")
    expected = {
        SCHEMA.minValue: stated(fact, "min"),
        SCHEMA.maxValue: stated(fact, "max"),
        CG.openEnded: OPEN_ENDED[fact.qualifiers.get("open_ended", "")],
        SCHEMA.currency: stated(fact, "currency"),
        CG.region: stated(fact, "region"),
        CG.segment: SEGMENTS[fact.qualifiers["segment"]],
        CG.employer: {EMPLOYERS[name] for name in employers.split("|") if name},
        CG.basis: BASES[fact.qualifiers["basis"]],
        CG.seniority: stated(fact, "seniority"),
        CG.year: stated(fact, "year"),
        CG.equity: stated(fact, "equity"),
    }
    assert {predicate: graph.all(pay, predicate) for predicate in expected} == expected


@facts_of("salary")
def test_pay_is_about_the_role_of_the_fact(fact: Fact, graph: Graph, coverage: dict[str, list[str]]) -> None:
    (pay,) = coverage[fact.id]
    expected = {graph.named(fact.subject, "role")}
    if "track" in fact.qualifiers:
        expected.add(TRACKS[fact.qualifiers["track"]])
    assert expected <= graph.all(pay, SCHEMA.about)


### Requirements

#: Alternatives, by the words in which a fact says that one of several will do.
ANY_OF = {
    "one of PyTorch|TensorFlow": ("PyTorch", "TensorFlow"),
    "one of AWS|GCP|Azure": ("AWS", "GCP", "Azure"),
    "not stated (examples or all)": ("MLflow", "Kubeflow", "Vertex AI"),
    "any one of ethics|philosophy|sociology|law|public policy": (
        "ethics",
        "philosophy",
        "sociology",
        "law",
        "public policy",
    ),
    "emphasis on any of mechanistic interpretability|formal verification|RLHF": (
        "mechanistic interpretability",
        "formal verification",
        "RLHF",
    ),
    "any of policy|law|social science": ("policy", "law", "social science"),
    "product management or product marketing": (
        "product management experience",
        "product marketing experience",
    ),
    "ML research or ML engineering": ("ML research experience", "ML engineering experience"),
    "any one": (
        "PhD in machine learning",
        "PhD in computer science",
        "PhD in statistics",
        "PhD in a field related to machine learning",
    ),
}
#: What is asked for, where a fact's object does not name it as the graph does.
ASKED_FOR = {
    "F107": ANY_OF["any one"],
    "F148": ("model training",),
    "F224": ("AI research scientist",),
    "F330": ("PyTorch", "TensorFlow"),
    "F335": ("bachelor's degree", "master's degree"),
    "F336": ("bachelor's degree", "master's degree"),
    "F337": ("bachelor's degree", "master's degree"),
}
STRENGTHS = {
    "almost always required": "strength:almost-always-required",
    "typically required": "strength:typically-required",
    "typically expected": "strength:typically-expected",
    "essential": "strength:essential",
    "more important than implementation skill": "strength:more-important-than-implementation",
    "similar to": "strength:similar-to",
    "highly valued": "strength:highly-valued",
    "accessible with": "strength:accessible-with",
    "beneficial": "strength:helpful",
    "not necessary": "strength:not-needed",
}
#: FAQ 5 says of two requirements no more than that such people find these roles accessible.
STRENGTHS_OF_FACTS = {"F354": "strength:accessible-with", "F355": "strength:accessible-with"}
LEVELS = {
    "strong": "level:strong",
    "deep": "level:deep",
    "deep familiarity": "level:deep-familiarity",
    "serious": "level:serious",
    "familiarity": "level:familiarity",
}
ASSETS = ("skill", "credential", "milestone", "background", "role")
PORTFOLIO = ("must_be", "published_on")
REQUIREMENTS = [fact for fact in FACTS if fact.kind == "requirement" and fact.relation not in PORTFOLIO]
requirement_facts = pytest.mark.parametrize("fact", REQUIREMENTS, ids=lambda fact: fact.id)


def asked_for(fact: Fact, graph: Graph) -> set[str]:
    """The alternatives that meet the requirement of a fact, which is a single node if there is no choice."""
    words = ASKED_FOR.get(fact.id) or ANY_OF.get(fact.qualifiers.get("logic", ""), (fact.object,))
    return {graph.named(word, *ASSETS) for word in words}


def requirement_of(fact: Fact, graph: Graph, coverage: dict[str, list[str]]) -> str:
    expected = asked_for(fact, graph)
    found = [node for node in coverage[fact.id] if graph.all(node, CG.anyOf) == expected]
    assert len(found) == 1, f"one node should ask for {expected}, but {found or 'none'} of its nodes do"
    return found[0]


def role_of(fact: Fact, graph: Graph) -> str:
    if fact.subject == "Non-technical AI roles":
        return "role:non-technical-ai-role"
    return TRACKS.get(fact.qualifiers.get("track", "")) or graph.named(fact.subject, "role")


@requirement_facts
def test_requirement_asks_the_role_for_the_asset_or_its_alternatives(
    fact: Fact, graph: Graph, coverage: dict[str, list[str]]
) -> None:
    requirement = requirement_of(fact, graph, coverage)
    assert graph.all(requirement, SCHEMA.about) == {role_of(fact, graph)}


@requirement_facts
def test_requirement_is_as_firm_and_as_deep_as_the_fact_says(
    fact: Fact, graph: Graph, coverage: dict[str, list[str]]
) -> None:
    """A bare listing among what a role requires is `required`; a level that is not stated is left out."""
    requirement = requirement_of(fact, graph, coverage)
    strength = fact.qualifiers.get("strength")
    plain = STRENGTHS_OF_FACTS.get(fact.id, "strength:required")
    assert graph.all(requirement, CG.strength) == {STRENGTHS[strength] if strength else plain}
    level = fact.qualifiers.get("level")
    assert graph.all(requirement, CG.level) == ({LEVELS[level]} if level else set())
    assert graph.all(requirement, CG.part) == stated(fact, "group")


@pytest.mark.parametrize("fact", [fact for fact in REQUIREMENTS if "plus" in fact.qualifiers], ids=lambda f: f.id)
def test_practical_skills_beside_a_degree_are_a_requirement_of_their_own(
    fact: Fact, graph: Graph, coverage: dict[str, list[str]]
) -> None:
    assert fact.qualifiers["plus"] == "demonstrated practical skills"
    alternatives = [graph.all(node, CG.anyOf) for node in coverage[fact.id]]
    assert {"milestone:practical-skills"} in alternatives


def any_of_groups() -> dict[str, list[Fact]]:
    """The facts that name alternatives of one and the same requirement."""
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in FACTS:
        if fact.kind in ("requirement", "background") and fact.qualifiers.get("logic") in ANY_OF:
            role = fact.object if fact.relation == "qualifies_for" else fact.subject
            groups[f"{role}: {fact.qualifiers['logic']}"].append(fact)
    return groups


def test_there_are_nine_groups_of_alternatives() -> None:
    sizes = sorted(len(group) for group in any_of_groups().values())
    assert sizes == [2, 2, 2, 3, 3, 3, 3, 4, 5]


@pytest.mark.parametrize("name", any_of_groups())
def test_alternatives_are_one_requirement(name: str, graph: Graph, coverage: dict[str, list[str]]) -> None:
    """Whoever has one alternative meets the whole group, so the group has to be a single node."""
    group = any_of_groups()[name]
    nodes = {node for fact in group for node in coverage[fact.id]}
    assert len(nodes) == 1
    assert len(graph.all(nodes.pop(), CG.anyOf)) == len(group)


@pytest.mark.parametrize("fact", [fact for fact in FACTS if fact.relation in PORTFOLIO], ids=lambda f: f.id)
def test_what_a_portfolio_has_to_be_is_said_about_the_portfolio(
    fact: Fact, graph: Graph, coverage: dict[str, list[str]]
) -> None:
    (claim,) = coverage[fact.id]
    assert "milestone:portfolio-projects" in graph.all(claim, SCHEMA.about)


### Transitions

#: Ease as worded, where the fact does not give it as a rank, a strength or a type.
EASES_BY_GAP = {
    "engineering": "gap is primarily engineering",
    "mathematical depth + publications": "gap is mathematical depth and publications",
}
CONDITIONS = {
    "Python skills": "skill:python",
    "some data background": "background:some-data-background",
    "AI-related research focus": "milestone:ai-research-focus",
    "also gains technical fluency": "skill:ai-literacy",
}


def transitions_of(fact: Fact, graph: Graph, coverage: dict[str, list[str]]) -> list[str]:
    found = graph.of_kind(coverage[fact.id], "transition")
    assert found
    return found


def conditions_of(transition: str, graph: Graph) -> list[str]:
    return [short(iri) for iri in graph.pointing(CG.transition, long(transition), "condition")]


def worded(transition: str, graph: Graph, end: str, as_worded: str) -> set[str]:
    """Every name under which a transition's origin or destination may stand in the article."""
    (position,) = graph.all(transition, end)
    return graph.names(position) | {name.casefold() for name in graph.all(transition, as_worded)}


@facts_of("transition")
def test_transition_starts_and_ends_where_the_fact_says(
    fact: Fact, graph: Graph, coverage: dict[str, list[str]]
) -> None:
    """A subject such as "Machine Learning Engineer / ML researcher" is two origins, each with its transition."""
    transitions = transitions_of(fact, graph, coverage)
    origins = {name.casefold() for name in fact.subject.split(" / ")}
    met = [worded(transition, graph, CG.origin, CG.originAsWorded) & origins for transition in transitions]
    assert all(met)
    assert set().union(*met) == origins
    for transition in transitions:
        if "track" in fact.qualifiers:
            assert graph.all(transition, CG.destination) == {TRACKS[fact.qualifiers["track"]]}
        else:
            assert fact.object.casefold() in worded(transition, graph, CG.destination, CG.destinationAsWorded)


@facts_of("transition")
def test_transition_is_as_easy_as_the_fact_says(fact: Fact, graph: Graph, coverage: dict[str, list[str]]) -> None:
    said = fact.qualifiers
    wording = EASES_BY_GAP.get(said.get("gap", "")) or said.get("rank") or said.get("strength") or said["type"]
    for transition in transitions_of(fact, graph, coverage):
        (ease,) = graph.all(transition, CG.ease)
        assert wording.casefold() in graph.names(ease)


@facts_of("transition")
def test_transition_has_the_conditions_of_the_fact_and_no_other(
    fact: Fact, graph: Graph, coverage: dict[str, list[str]]
) -> None:
    words = fact.qualifiers.get("condition", "")
    expected = sorted([CONDITIONS[word]] for word in words.split(" + ") if word)
    for transition in transitions_of(fact, graph, coverage):
        conditions = conditions_of(transition, graph)
        assert sorted(sorted(graph.all(condition, CG.anyOf)) for condition in conditions) == expected


### Steps

#: The transitions that a step belongs to, by the path that the fact names.
PATHS = {
    "Machine Learning Engineer path": ["software-engineer--machine-learning-engineer"],
    "AI Research Scientist path": ["phd-student-ml-cs--ai-research-scientist"],
    "AI Research Scientist path (no PhD)": ["tech-worker-without-phd--ai-research-scientist"],
    "AI Product Manager path": ["software-product-manager--ai-product-manager"],
    "AI Ethicist path": [
        "academic-philosophy--ai-ethicist",
        "academic-sociology--ai-ethicist",
        "academic-law--ai-ethicist",
        "policy-professional--ai-ethicist",
    ],
    "AI Safety Researcher path": [
        "machine-learning-engineer--technical-ai-safety-researcher",
        "ai-research-scientist--technical-ai-safety-researcher",
    ],
    "Software Engineer path": ["software-engineer--machine-learning-engineer-closest"],
    "Data Scientist path (ML engineer)": ["data-scientist--machine-learning-engineer"],
    "Data Scientist path (AI researcher)": ["data-scientist--ai-research-scientist"],
    "Consultant path": [
        "consultant--ai-product-manager",
        "consultant--ai-ethicist",
        "consultant--ai-safety-governance-researcher",
        "strategist--ai-product-manager",
        "strategist--ai-ethicist",
        "strategist--ai-safety-governance-researcher",
    ],
    "Non-CS academic path": ["humanities-scholar--ai-ethicist", "social-scientist--ai-career-role"],
}
#: The alternatives that a step leaves the choice between.
CHOICES = {
    "F086": {
        "course:fast-ai-practical-deep-learning",
        "course:deeplearning-ai-course-series",
        "course:hugging-face-llm-course",
    },
    "F127": {"credential:phd-machine-learning", "credential:phd-computer-science"},
    "F203": {"milestone:independent-publishing", "milestone:policy-organisation-writing"},
    "F205": {"milestone:independent-publishing", "milestone:policy-organisation-writing"},
    "F250": {"milestone:independent-safety-research", "milestone:open-safety-contributions"},
    "F251": {"milestone:independent-safety-research", "milestone:open-safety-contributions"},
    "F259": {"role:mlops-engineer", "role:ai-infrastructure-engineer", "role:data-engineer"},
    "F279": {
        "course:google-machine-learning-crash-course",
        "course:fast-ai-practical-deep-learning",
        "course:deeplearning-ai-course-series",
    },
}
STEP_STRENGTHS = {
    "most important step": "strength:most-important-step",
    "primary currency": "strength:primary-currency",
    "standard": "strength:standard",
    "ideally": "strength:ideally",
    "viable": "strength:viable",
    "valued": "strength:valued",
}


@facts_of("transition-step")
def test_step_stands_on_its_path_in_the_order_given(fact: Fact, graph: Graph, coverage: dict[str, list[str]]) -> None:
    """Where the fact gives no order, the graph invents none."""
    (step,) = coverage[fact.id]
    assert graph.all(step, CG.transition) == {f"transition:{name}" for name in PATHS[fact.subject]}
    assert graph.all(step, SCHEMA.position) == stated(fact, "order")


@facts_of("transition-step")
def test_step_is_as_important_and_as_frequent_as_the_fact_says(
    fact: Fact, graph: Graph, coverage: dict[str, list[str]]
) -> None:
    (step,) = coverage[fact.id]
    words = stated(fact, "strength") | stated(fact, "importance")
    assert graph.all(step, CG.strength) == {STEP_STRENGTHS[word] for word in words}
    assert graph.all(step, CG.frequency) == stated(fact, "frequency")


@facts_of("transition-step")
def test_step_leaves_the_choice_that_the_fact_leaves(fact: Fact, graph: Graph, coverage: dict[str, list[str]]) -> None:
    (step,) = coverage[fact.id]
    alternatives = graph.all(step, CG.anyOf)
    if fact.id in CHOICES:
        assert alternatives == CHOICES[fact.id]
    elif fact.relation == "fill_gap":
        assert alternatives == {graph.named(fact.object, *ASSETS)}
    else:
        assert len(alternatives) <= 1


### Tasks and references


@facts_of("task")
def test_task_is_the_roles_where_and_as_often_as_the_fact_says(
    fact: Fact, graph: Graph, coverage: dict[str, list[str]]
) -> None:
    (task,) = coverage[fact.id]
    governance = fact.subject == "Governance and strategy (safety)"
    role = TRACKS["governance/strategy"] if governance else graph.named(fact.subject, "role")
    assert graph.all(task, SCHEMA.about) == {role}
    assert graph.all(task, CG.employerType) == stated(fact, "employer_type")
    assert graph.all(task, CG.frequency) == stated(fact, "frequency")


@facts_of("reference")
def test_reference_keeps_its_title_year_and_site(fact: Fact, graph: Graph, coverage: dict[str, list[str]]) -> None:
    (source,) = coverage[fact.id]
    assert graph.all(source, DCTERMS.title) == {fact.object}
    assert graph.all(source, DCTERMS.issued) == stated(fact, "year")
    assert graph.all(source, SCHEMA.url) == {f"https://{site}" for site in stated(fact, "site")}
    assert graph.all(source, CG.standing) == {"standing:reference"}


### Contradictions, ambiguities, errors and gaps

NOTES = {
    "contradicts": "disagreement",
    "tension": "disagreement",
    "ambiguous": "ambiguity",
    "factual_error": "correction",
    "spelling": "correction",
    "gap": "omission",
}
remarks = pytest.mark.parametrize("row", REMARKS, ids=lambda row: row["id"])


@remarks
def test_remark_is_a_note_of_its_kind_and_severity(
    row: dict[str, str], graph: Graph, coverage: dict[str, list[str]]
) -> None:
    (note,) = coverage[row["id"]]
    assert graph.kind(long(note)) == NOTES[row["relation"]]
    severity = Fact.of(row).qualifiers["severity"]
    assert graph.all(note, CG.severity) == {f"severity:{severity}"}


@remarks
def test_note_concerns_every_fact_it_is_about(
    row: dict[str, str], graph: Graph, coverage: dict[str, list[str]]
) -> None:
    (note,) = coverage[row["id"]]
    concerned = graph.all(note, CG.concerns)
    if row["subject"] == "whole article":
        assert concerned == {ARTICLE}
        return
    named = re.findall(r"F\d{3}", row["subject"])
    assert [fact for fact in named if not concerned.intersection(coverage[fact])] == []
    if not named:
        assert {row["subject"]} == {name for node in concerned for name in graph.all(node, CG.section)}


@remarks
def test_correction_rests_on_a_source_other_than_the_article(
    row: dict[str, str], graph: Graph, coverage: dict[str, list[str]]
) -> None:
    (note,) = coverage[row["id"]]
    sources = graph.of_kind(graph.all(note, PROV.wasDerivedFrom), "source")
    others = [source for source in sources if source != ARTICLE and graph.all(source, SCHEMA.url)]
    assert others or NOTES[row["relation"]] != "correction"


@remarks
def test_note_stands_in_the_editors_graph_only(
    row: dict[str, str], coverage: dict[str, list[str]], store: pyoxigraph.Store
) -> None:
    (note,) = coverage[row["id"]]
    quads = store.quads_for_pattern(pyoxigraph.NamedNode(long(note)), None, None, None)
    graphs = {quad.graph_name for quad in quads} - {pyoxigraph.DefaultGraph()}
    assert graphs == {pyoxigraph.NamedNode("https://w3id.org/careergraph/graph/editors")}


### Courses and organisations

#: What a fact is about, where the graph calls it otherwise than the fact.
ENTITIES = {
    "Bureau of Labor Statistics: Data Scientists": "role:data-scientist",
    "Human Compatible (book)": "source:reference-human-compatible",
    "Stanford HAI AI Index (check on the AI Now reference)": "source:stanford-ai-index",
    "METR (formerly ARC Evals)": "organisation:metr",
    "UK AI Security Institute (formerly AI Safety Institute)": "organisation:uk-ai-security-institute",
}
#: What a value is in the graph, where that words it otherwise than the fact: what stands in brackets behind the hours.
WORDINGS = {"15 hours exclude programming exercises": "without the programming exercises"}
THINGS = ("course", "organisation", "skill", "source")
#: Properties that say how much time a course takes, beside those that are called an effort or a duration.
EFFORTS = {
    "chapter_0_length",
    "completion_example",
    "extension",
    "lesson_length",
    "pace",
    "pre_phase",
    "self_study_equivalent",
    "video_total",
    "weekly_load",
}
THIRD_PARTY = ("third-party", "learner", "trade press", "encyclopaedia", "AI-written")
course_facts = pytest.mark.parametrize(
    "row",
    COURSE_FACTS,
    ids=[f"{number}-{row['entity']}-{row['property']}" for number, row in enumerate(COURSE_FACTS, 2)],
)

Claims = dict[tuple[str, str, str, str], list[str]]


def key(row: dict[str, str]) -> tuple[str, str, str, str]:
    """Property, value, unit and address; square brackets in addresses are percent-encoded in the graph."""
    url = row["source_url"].replace("[", "%5B").replace("]", "%5D")
    return row["property"], WORDINGS.get(row["value"], row["value"]), row["unit"], url


@pytest.fixture(scope="module")
def course_claims(graph: Graph) -> Claims:
    found: Claims = defaultdict(list)
    for iri in graph.statements:
        for name in graph.values(iri, SCHEMA.propertyID):
            for source in graph.values(iri, PROV.wasDerivedFrom):
                value, unit = graph.value(iri, SCHEMA.value) or "", graph.value(iri, SCHEMA.unitText) or ""
                found[name, value, unit, graph.value(source, SCHEMA.url) or ""].append(short(iri))
    return found


@course_facts
def test_course_fact_is_said_by_exactly_one_claim(row: dict[str, str], graph: Graph, course_claims: Claims) -> None:
    entity = ENTITIES.get(row["entity"]) or graph.named(row["entity"], *THINGS)
    assert len([claim for claim in course_claims[key(row)] if graph.all(claim, SCHEMA.about) == {entity}]) == 1


def test_pages_that_facts_were_read_on_claim_nothing_that_no_fact_says(graph: Graph, course_claims: Claims) -> None:
    """Of the courses that the facts name; those that came later were read on pages of their own."""
    courses = Graph(read_statements(list_graph_files(str(GRAPH / "courses"))))
    claims = {short(iri) for iri in courses.statements if courses.kind(iri) in CLAIM_KINDS.values()}
    named = {ENTITIES.get(row["entity"]) or graph.named(row["entity"], *THINGS) for row in COURSE_FACTS}
    found = {claim for row in COURSE_FACTS for claim in course_claims[key(row)]}
    said = {claim for claim in found if graph.all(claim, SCHEMA.about) <= named}
    pages = {page for claim in said for page in graph.all(claim, PROV.wasDerivedFrom)}
    assert said <= claims
    assert {
        claim
        for claim in claims
        if graph.all(claim, SCHEMA.about) <= named and graph.all(claim, PROV.wasDerivedFrom) & pages
    } <= said


def figures(value: str) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and the highest figure that a text gives, if it gives one figure or one range and nothing else.

    >>> figures("about 90"), figures("6-8"), figures("6+"), figures("7 x 2")
    ((Decimal('90'), Decimal('90')), (Decimal('6'), Decimal('8')), (Decimal('6'), None), (None, None))
    >>> figures("at least 30"), figures("less than 1")
    ((Decimal('30'), None), (None, Decimal('1')))
    """
    number = r"\d+(?:\.\d+)?"
    if open_ended := re.fullmatch(rf"(at least|less than) ({number})", value):
        bound = Decimal(open_ended[2])
        return (bound, None) if open_ended[1] == "at least" else (None, bound)
    found = re.fullmatch(rf"(?:about )?({number})(?:-({number})|(\+))?", value)
    if not found:
        return None, None
    low, high, more = found.groups()
    return Decimal(low), None if more else Decimal(high or low)


@pytest.mark.parametrize(
    "row",
    [row for row in COURSE_FACTS if re.search("effort|duration", row["property"]) or row["property"] in EFFORTS],
    ids=lambda row: f"{row['entity']}-{row['property']}",
)
def test_effort_is_an_effort(row: dict[str, str], graph: Graph, course_claims: Claims) -> None:
    (claim,) = course_claims[key(row)]
    assert graph.kind(long(claim)) == "effort"


def test_figures_of_efforts_agree_with_their_words(graph: Graph) -> None:
    """An effort that is not one figure or one range, such as "7 x 2", has no figures."""
    efforts = graph.by_kind["effort"]
    expected = {short(iri): figures(graph.value(iri, SCHEMA.value) or "") for iri in efforts}
    said = {
        short(iri): (
            _decimal(graph.value(iri, SCHEMA.minValue)),
            _decimal(graph.value(iri, SCHEMA.maxValue)),
        )
        for iri in efforts
    }
    assert said == expected
    assert sum(low is not None for low, _ in said.values()) >= 25


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


@course_facts
def test_figure_that_was_worked_out_is_the_editors(row: dict[str, str], graph: Graph, course_claims: Claims) -> None:
    entity = ENTITIES.get(row["entity"]) or graph.named(row["entity"], *THINGS)
    (claim,) = [claim for claim in course_claims[key(row)] if graph.all(claim, SCHEMA.about) == {entity}]
    worked_out = re.search(r"\bderived\b", row["source_note"])
    assert graph.all(claim, PROV.wasAttributedTo) == ({"agent:editors"} if worked_out else set())


@course_facts
def test_standing_of_a_page_is_that_of_whoever_speaks(row: dict[str, str], graph: Graph, course_claims: Claims) -> None:
    """Checked where the fact's own note says who that is; the rest is left to the editors."""
    standings = {
        standing
        for claim in course_claims[key(row)]
        for source in graph.all(claim, PROV.wasDerivedFrom)
        for standing in graph.all(source, CG.standing)
    }
    if row["source_note"].startswith(THIRD_PARTY):
        assert standings == {"standing:third-party"}
    elif row["source_note"].startswith("official"):
        assert standings == {"standing:official"}
    else:
        assert standings in ({"standing:third-party"}, {"standing:official"})
