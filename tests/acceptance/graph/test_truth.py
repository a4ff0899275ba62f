"""What an independent reading of the article found wrong in the curated graph, row by row, and what is right.

Nodes are written short: `role:ai-ethicist` is https://w3id.org/careergraph/id/role/ai-ethicist.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from careergraph.catalogue.alignments import find_counterparts
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_requirements, read_transition
from careergraph.catalogue.names import find_node
from careergraph.catalogue.text_search import list_reasons, search
from careergraph.model.records import Requirement, Transition
from careergraph.rdf.standards import PROV, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, ID
from careergraph.transitions.gaps import find_gap
from careergraph.transitions.holdings import find_holdings
from careergraph.transitions.routes import find_routes
from in_process import call

CHECKOUT = Path(__file__).parents[3]


def long(node: str) -> str:
    return ID + node.replace(":", "/", 1)


@pytest.fixture(scope="module")
def graph() -> Catalogue:
    return Catalogue.load("bundled")


def said(graph: Catalogue, node: str) -> str:
    """The words of a claim with its notes."""
    return " ".join((*graph.values(long(node), SCHEMA.text), *graph.values(long(node), SKOS.note)))


def sections(graph: Catalogue, node: str) -> set[str]:
    return {evidence.section or "" for evidence in graph.evidence(long(node))}


def moves(graph: Catalogue, origin: str, destination: str) -> list[Transition]:
    """The transitions that claims make from just this position to just this role."""
    claims = graph.pointing(CG.origin, long(origin), "transition")
    found = (read_transition(graph, claim) for claim in claims)
    return [move for move in found if move.destination.id == long(destination)]


def asked(graph: Catalogue, role: str) -> dict[str, Requirement]:
    """What a role asks for, by the first alternative."""
    return {item.any_of[0].id.removeprefix(ID).replace("/", ":"): item for item in list_requirements(graph, long(role))}


### Ways in

NON_TECHNICAL = ("role:ai-product-manager", "role:ai-ethicist", "role:ai-policy-role", "role:ai-strategy-role")


@pytest.mark.parametrize("role", NON_TECHNICAL)
def test_faq_5_makes_four_roles_accessible_to_people_who_know_a_domain_and_analyse_well(
    graph: Catalogue, role: str
) -> None:
    (move,) = moves(graph, "background:non-technical-person", role)
    assert move.ease == "accessible"
    assert {evidence.section for evidence in move.evidence} == {"FAQ 5"}
    conditions = {ref.label: condition.needed for condition in move.conditions for ref in condition.any_of}
    assert conditions == {"Domain expertise": 0.75, "Analytical skills": 0.75}


def test_newcomers_have_a_way_out_as_the_first_question_says(graph: Catalogue) -> None:
    (move,) = moves(graph, "background:newcomer", "role:machine-learning-engineer")
    assert {evidence.section for evidence in move.evidence} == {"FAQ 1"}
    assert move.ease_weight < 0.3, "the fastest route is not an easy one"


STATED = {
    "role:ai-safety-governance-researcher": ("public-policy", "law", "social-science"),
    "role:ai-ethicist": ("ethics", "philosophy", "sociology", "law", "public-policy"),
    "role:ai-product-manager": ("product-management-experience", "product-marketing-experience"),
}


@pytest.mark.parametrize(("role", "background"), [(role, one) for role, many in STATED.items() for one in many])
def test_a_stated_background_is_a_way_in_and_is_marked_as_a_reading(
    graph: Catalogue, role: str, background: str
) -> None:
    """Derived from the requirement, and asserted by the section that states it."""
    (move,) = moves(graph, f"background:{background}", role)
    assert move.ease == "stated background; a way in as the editors read it"
    assert "editors' reading" in said(graph, move.id.removeprefix(ID).replace("/", ":", 1))
    requirement = next(item for item in list_requirements(graph, long(role)) if len(item.any_of) > 1)
    assert background in {ref.id.rpartition("/")[2] for ref in requirement.any_of}
    assert set(move.evidence) <= set(requirement.evidence)


@pytest.mark.parametrize(
    ("origin", "destination"),
    [
        ("newcomer", "ML engineer"),
        ("no technical background", "AI policy"),
        ("product marketing", "AI PM"),
        ("lawyer", "AI governance"),
        ("policy analyst", "AI governance"),
        ("policy analyst", "AI policy"),
        ("strategist", "AI strategy"),
        ("humanities", "AI ethicist"),
    ],
)
def test_a_source_names_the_way(graph: Catalogue, origin: str, destination: str) -> None:
    ends = (find_node(graph, origin, "background"), find_node(graph, destination, "role"))
    assert [step.basis for step in find_routes(graph, *ends).routes[0].steps] == ["asserted"]


### What is a reading, and says so


def test_words_of_the_editors_say_that_they_are(graph: Catalogue) -> None:
    for ease in ("second-route", "intermediate-hop", "implied", "expected-experience", "stated-background"):
        assert "as the editors read it" in graph.label(long(f"ease:{ease}")), ease


def test_an_end_that_is_read_into_other_words_says_so(graph: Catalogue) -> None:
    """And that a role is technical, which the article does not say."""
    worded = [
        claim
        for claim in graph.by_kind["transition"]
        if graph.values(claim, CG.originAsWorded) or graph.values(claim, CG.destinationAsWorded)
    ]
    readings = [
        *worded,
        *(iri for iri in graph.statements if iri.startswith(long("claim:")) and "-ai-career-role" in iri),
    ]
    assert len(readings) > 14
    for claim in readings:
        assert any("editors' reading" in note for note in graph.values(claim, SKOS.note)), claim


def test_docs_say_that_readings_stand_with_the_editors() -> None:
    flat = " ".join((CHECKOUT / "docs" / "data.md").read_text(encoding="utf-8").split())
    assert "as the editors read it" in flat


def test_what_a_section_does_not_say_is_not_cited_from_it(graph: Catalogue) -> None:
    assert {f"Role {number} / Title" for number in range(1, 6)} < sections(graph, "claim:article-covers-five-roles")
    education = sections(graph, "claim:deeplearning-ai-ai-education-organisation")
    assert "References" in education
    assert "Intro / Quote" not in education


def test_whether_there_is_a_way_into_governance_is_said_in_one_place(graph: Catalogue) -> None:
    note = graph.note(long("note:c25-no-governance-route"))
    assert long("transition:consultant--ai-safety-governance-researcher") in note.concerns
    assert "ethics/governance" in note.text
    assert "editors' reading" in note.text


### What the article says of the whole field, of several things together, or as an example


def test_programmes_and_guides_of_ai_safety_belong_to_the_field(graph: Catalogue) -> None:
    for claim in (
        "mats-ai-safety-training-programme",
        "arena-ai-safety-training-programme",
        "80000-hours-career-guides",
    ):
        assert long("topic:ai-safety-field") in graph.values(long(f"claim:{claim}"), SCHEMA.about)
    offered = {long("course:mats"), long("course:arena"), long("organisation:80000-hours")}
    assert [step for step in graph.by_kind["step"] if offered & set(graph.values(step, CG.anyOf))] == []


def test_healthcare_is_an_example_and_no_requirement_of_ai_product_managers(graph: Catalogue) -> None:
    assert "skill:healthcare-domain" not in asked(graph, "role:ai-product-manager")
    assert "healthcare" in said(graph, "requirement:ai-product-manager-domain-expertise")


def test_a_tool_in_brackets_is_an_example_of_its_skill(graph: Catalogue) -> None:
    found = asked(graph, "role:machine-learning-engineer")
    assert {"skill:version-control", "skill:containerisation"} < set(found)
    assert not {"skill:git", "skill:docker"} & set(found)


def test_an_ethicist_is_asked_once_for_understanding_ai(graph: Catalogue) -> None:
    found = asked(graph, "role:ai-ethicist")
    assert "skill:ai-systems" in found
    assert not {"skill:ai-capabilities", "skill:ai-failure-modes", "skill:ai-capabilities-and-limits"} & set(found)


def test_publishing_and_writing_are_one_step_that_many_take(graph: Catalogue) -> None:
    (move,) = moves(graph, "background:policy-professional", "role:ai-ethicist")
    (step,) = move.steps
    assert {ref.id.rpartition("/")[2] for ref in step.any_of} == {
        "independent-publishing",
        "policy-organisation-writing",
    }
    assert graph.values(step.id, CG.frequency) == ["many do"]


def test_three_measures_are_a_viable_path_together_in_no_order(graph: Catalogue) -> None:
    (move,) = moves(graph, "background:software-product-manager", "role:ai-product-manager")
    assert [(step.position, step.strength) for step in move.steps] == [(None, None)] * 3
    assert "viable path together" in said(graph, "claim:ai-product-manager-three-measures")


def test_steps_stand_in_an_order_only_where_the_article_has_one(graph: Catalogue) -> None:
    ordered = {step for step in graph.by_kind["step"] if graph.values(step, SCHEMA.position)}
    assert {step.rpartition("/step/")[2].split("-")[0] for step in ordered} == {"non"}, "publish, *then* turn to"


def test_an_introductory_course_is_named(graph: Catalogue) -> None:
    text = said(graph, "step:software-engineer--machine-learning-engineer-1-course")
    assert all(name in text for name in ("fast.ai", "deeplearning.ai", "Hugging Face"))


def test_ethics_is_accessible_and_asks_for_a_discipline_which_disagrees(graph: Catalogue) -> None:
    note = graph.note(long("note:e07-ethics-accessible"))
    assert note.kind == "disagreement"
    assert {long("requirement:ai-ethicist-discipline"), long("transition:consultant--ai-ethicist")} < set(note.concerns)
    assert long("transition:non-technical-person--ai-ethicist") in note.concerns


def test_the_gap_in_talent_is_significant_and_no_more(graph: Catalogue) -> None:
    assert "ignificant gap" in said(graph, "claim:ai-labour-market-talent-gap")


def test_emergent_capabilities_are_a_topic_and_no_role(graph: Catalogue) -> None:
    assert graph.kind(find_node(graph, "emergent capabilities")) == "topic"
    assert not [role for role in graph.by_kind["role"] if "emergent" in role]


def test_an_ai_alignment_researcher_is_an_alignment_researcher(graph: Catalogue) -> None:
    assert find_node(graph, "AI alignment researcher") == long("role:alignment-researcher")


EMPLOYERS = {
    "role:ai-ethicist": {
        "technology-companies",
        "governments",
        "think-tanks",
        "civil-society",
        "academia",
        "civil-service",
    },
    "role:ai-safety-governance-researcher": {"governments", "think-tanks"},
}


@pytest.mark.parametrize("role", EMPLOYERS)
def test_ethicists_and_governance_researchers_have_the_employers_that_the_article_names(
    graph: Catalogue, role: str
) -> None:
    claims = [claim for claim in graph.by_kind["classification"] if long(role) in graph.values(claim, CG.employs)]
    found = {about.rpartition("/")[2] for claim in claims for about in graph.values(claim, SCHEMA.about)}
    assert found == EMPLOYERS[role]


### What a role asks for, and what people hold


@pytest.mark.parametrize(
    ("asset", "strength"), [("skill:domain-expertise", "highly valued"), ("skill:analytical-skills", "required")]
)
def test_a_strength_of_the_role_itself_wins_and_only_who_states_it_is_cited(
    graph: Catalogue, asset: str, strength: str
) -> None:
    """FAQ 5 says of all non-technical roles that they are accessible with either, and strongly so."""
    item = asked(graph, "role:ai-product-manager")[asset]
    assert (item.strength, item.stated_for.id) == (strength, long("role:ai-product-manager"))
    assert {evidence.section for evidence in item.evidence} == {"Role 3 / Required background"}


def test_what_two_sections_state_alike_cites_both(graph: Catalogue) -> None:
    item = asked(graph, "role:machine-learning-engineer")["skill:python"]
    assert {evidence.section for evidence in item.evidence} == {"Role 1 / Required background", "FAQ 1"}


def test_whoever_is_in_a_role_meets_what_it_asks(graph: Catalogue) -> None:
    """Save where a role asks for one of several, and the editors do not judge which one its people hold."""
    working = [role for role in graph.by_kind["role"] if not find_gap(graph, role, role).tracks]
    assert len(working) > 12
    missing = {
        graph.label(role): [item.any_of for item in find_gap(graph, role, role).missing if len(item.any_of) == 1]
        for role in working
    }
    assert {role: items for role, items in missing.items() if items} == {}


@pytest.mark.parametrize(
    "role",
    ["data-scientist", "machine-learning-engineer", "ai-research-scientist", "ai-product-manager", "ai-ethicist"],
)
def test_people_in_a_role_with_holdings_lack_nothing_of_it(graph: Catalogue, role: str) -> None:
    assert find_gap(graph, long(f"role:{role}"), long(f"role:{role}")).missing == ()


@pytest.mark.parametrize("role", ["machine-learning-engineer", "ai-research-scientist", "ai-product-manager"])
def test_knowing_what_ml_can_do_implies_knowing_what_ai_can_do(graph: Catalogue, role: str) -> None:
    held = find_holdings(graph, long(f"role:{role}")).assets
    assert held[long("skill:ai-capabilities")] >= held[long("skill:ml-capabilities")]
    assert held[long("skill:ai-capabilities-and-limits")] >= held[long("skill:ml-limits")]


def test_a_research_scientist_knows_the_libraries(graph: Catalogue) -> None:
    held = find_holdings(graph, long("role:ai-research-scientist")).assets
    assert {long("skill:numpy"), long("skill:pandas")} <= set(held)


def test_a_portfolio_is_a_way_to_demonstrated_practical_skills(graph: Catalogue) -> None:
    assert long("milestone:practical-skills") in graph.lineage(long("milestone:portfolio-projects"))


@pytest.mark.parametrize("background", ["humanities-scholar", "humanities-field"])
def test_any_field_of_the_humanities_meets_half_of_the_ethicists_discipline_and_says_why(
    graph: Catalogue, background: str
) -> None:
    missing = find_gap(graph, long(f"background:{background}"), long("role:ai-ethicist")).missing
    (item,) = [found for found in missing if len(found.any_of) == 5]
    assert item.met >= 0.5
    assert "half of" in said(graph, f"holding:{background}-fields")


def test_a_lawyer_holds_the_field_of_law_in_full_by_a_holding(graph: Catalogue) -> None:
    assert find_holdings(graph, long("background:lawyer")).assets[long("background:law")] == 1
    assert long("background:law") in graph.values(long("holding:lawyer-record"), CG.holds)


### Hierarchy and courses


@pytest.mark.parametrize(
    ("skill", "broader", "not_under"),
    [
        ("formal-verification", "formal-methods", "ai-safety"),
        ("probability", "mathematics", "statistics"),
        ("data-pipelines", "data-engineering", "ml-engineering"),
    ],
)
def test_a_skill_stands_where_it_belongs(graph: Catalogue, skill: str, broader: str, not_under: str) -> None:
    assert graph.values(long(f"skill:{skill}"), SKOS.broader) == [long(f"skill:{broader}")]
    assert long(f"skill:{not_under}") not in graph.lineage(long(f"skill:{skill}"))


def test_an_introduction_does_not_give_deep_understanding_of_ai_systems(graph: Catalogue) -> None:
    crash_course = long("course:google-machine-learning-crash-course")
    teaching = graph.about(crash_course, "teaching", "attribute")
    assert teaching
    assert [claim for claim in teaching if long("skill:ai-systems") in graph.values(claim, CG.teaches)] == []


### Alignments

RELATED, NARROWER, BROADER, CLOSE = SKOS.relatedMatch, SKOS.narrowMatch, SKOS.broadMatch, SKOS.closeMatch
ALIGNED = [
    ("background:law", RELATED, "occupation/23-1011.00"),
    ("background:sociology", RELATED, "occupation/19-3041.00"),
    ("background:public-policy", RELATED, "occupation/19-3094.00"),
    ("background:computer-science", RELATED, "occupation/15-1221.00"),
    ("background:statistics-field", RELATED, "occupation/15-2041.00"),
    ("skill:healthcare-domain", RELATED, "element/2.C.5.a"),
    ("skill:comfort-with-data", RELATED, "element/2.A.1.e"),
    ("skill:communication", NARROWER, "element/2.A.1.d"),
    ("skill:communication", NARROWER, "element/2.A.1.c"),
    ("skill:software-engineering", NARROWER, "activity/4.A.2.b.2.I02.D07"),
    ("skill:software-engineering", NARROWER, "activity/4.A.2.b.2.I02.D10"),
    ("skill:cloud-platforms", NARROWER, "technology/platform-as-a-service-paas"),
    ("skill:school-mathematics", BROADER, "element/2.C.4.a"),
    ("skill:coding-practice", BROADER, "element/2.B.3.e"),
    ("background:academic-sociology", CLOSE, "occupation/25-1067.00"),
    ("background:academic-law", CLOSE, "occupation/25-1112.00"),
]


@pytest.mark.parametrize(("node", "mapping", "other"), ALIGNED, ids=lambda value: str(value).rpartition("#")[2])
def test_alignment_claims_what_holds(graph: Catalogue, node: str, mapping: str, other: str) -> None:
    assert long(f"onet:{other}") in graph.values(long(node), mapping)


def test_what_is_merely_related_counts_for_nothing() -> None:
    law, lawyers = long("background:law"), long("onet:occupation/23-1011.00")
    joined = Catalogue({law: {SKOS.relatedMatch: [lawyers]}, lawyers: {SKOS.prefLabel: ["Lawyers"]}})
    assert find_counterparts(joined, law) == {}


### Names that people type

POSITIONS = {
    "PhD student": "background:phd-student-ml-cs",
    "no technical background": "background:non-technical-person",
    "product marketing": "background:product-marketing-manager",
    "AI policy": "role:ai-policy-role",
    "AI strategy": "role:ai-strategy-role",
    "AI governance": "role:ai-safety-governance-researcher",
    "lawyer": "background:lawyer",
    "policy analyst": "background:policy-professional",
    "humanities": "background:humanities-scholar",
    "academic": "background:academic",
    "data analyst": "background:data-analyst",
    "AI engineer": "role:machine-learning-engineer",
    "full stack developer": "background:software-engineer",
    "full-stack developer": "background:software-engineer",
    "UX designer": "background:ux-designer",
    "maths teacher": "background:mathematics-teacher",
    "call centre worker": "background:call-centre-worker",
}


@pytest.mark.parametrize("name", POSITIONS)
def test_a_position_is_found_by_the_name_that_people_type(graph: Catalogue, name: str) -> None:
    assert find_node(graph, name, "role", "background", "occupation") == long(POSITIONS[name])
    assert search(graph, name)[0].id == long(POSITIONS[name])
    assert call("show", POSITIONS[name]).code == 0


FOUND = {
    "MATS": ("course:mats", "MATS (ML Alignment & Theory Scholars) (course)"),
    "RLHF": ("skill:rlhf", "RLHF (Reinforcement Learning from Human Feedback) (skill)"),
    "k8s": ("skill:kubernetes", "Kubernetes (k8s) (skill)"),
    "80k": ("organisation:80000-hours", "80,000 Hours (80k) (organisation)"),
    "bias": ("skill:algorithmic-fairness", "Algorithmic fairness (bias) (skill)"),
    "fairness": ("skill:algorithmic-fairness", "Algorithmic fairness (skill)"),
    "privacy": ("topic:data-privacy", "Privacy (topic)"),
    "salary": ("topic:pay", "Pay in AI (salary) (topic)"),
}


@pytest.mark.parametrize("text", FOUND)
def test_a_search_finds_the_thing_first_and_prints_why(graph: Catalogue, text: str) -> None:
    node, line = FOUND[text]
    assert search(graph, text)[0].id == long(node)
    assert call("search", text).out.splitlines()[0] == line


def test_a_label_that_tells_by_itself_needs_no_reason(graph: Catalogue) -> None:
    assert list_reasons(graph, search(graph, "machine learning engineer")[:1], "machine learning engineer") == {}


def test_names_are_the_editors(graph: Catalogue) -> None:
    """Aliases and the positions that the article does not name stand in the editors' folders alone."""
    editors = Catalogue.of_files(sorted(map(str, (CHECKOUT / "graph").glob("[ev]*/*.ttl"))))
    for node in (*POSITIONS.values(), *(node for node, _ in FOUND.values())):
        assert editors.values(long(node), SKOS.altLabel) == graph.values(long(node), SKOS.altLabel), node
    for node in ("lawyer", "data-analyst", "ux-designer", "mathematics-teacher", "call-centre-worker", "academic"):
        claims = graph.about(long(f"background:{node}"), "holding")
        assert claims, node
        assert {by for claim in claims for by in graph.values(claim, PROV.wasAttributedTo)} == {long("agent:editors")}
