"""Validation: each rule fires where it must and nowhere else, and a report says what was checked."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest

from careergraph.model.errors import UnreadableFile
from careergraph.rdf.vocabulary import CG, NAMESPACE
from careergraph.validation.line_numbers import find_line
from careergraph.validation.validate import ValidationReport, validate

ROOT = Path(__file__).parents[3]
ONTOLOGY = sorted((ROOT / "ontology").glob("*.ttl"))
NAMES = "courses organisations positions schemes skills topics"
EDITORS = [ROOT / "graph" / "editors" / f"{name}.ttl" for name in NAMES.split()]
FIXTURES = ROOT / "tests" / "fixtures" / "validation"
NEGATIVE = sorted((FIXTURES / "negative").glob("*.ttl"))
POSITIVE = sorted((FIXTURES / "positive").glob("*.ttl"))
PREFIXES = """\
@prefix cg: <https://w3id.org/careergraph/ontology#> .
@prefix course: <https://w3id.org/careergraph/id/course/> .
@prefix ease: <https://w3id.org/careergraph/id/ease/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix role: <https://w3id.org/careergraph/id/role/> .
@prefix schema: <https://schema.org/> .
@prefix scheme: <https://w3id.org/careergraph/id/scheme/> .
@prefix skill: <https://w3id.org/careergraph/id/skill/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix standing: <https://w3id.org/careergraph/id/standing/> .
@prefix strength: <https://w3id.org/careergraph/id/strength/> .
@prefix topic: <https://w3id.org/careergraph/id/topic/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
#: Roles and what each is a kind of: two circles, and a role that leads into one of them.
RING = (("a", "b"), ("b", "c"), ("c", "a"), ("d", "d"), ("e", "a"))
#: The line on which the text begins that `write` puts behind the prefixes.
FIRST = PREFIXES.count("\n") + 1
FORMATS = {
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
}


def check(*files: Path) -> ValidationReport:
    return validate(files, context=EDITORS, ontology=ONTOLOGY)


def rules(report: ValidationReport) -> list[tuple[str, str, int | None]]:
    return [(finding.rule, finding.node.rpartition("/")[2], finding.line) for finding in report.findings]


def write(folder: Path, text: str, name: str = "data.ttl") -> Path:
    path = folder / name
    path.write_text(PREFIXES + text if path.suffix == ".ttl" else text, encoding="utf-8")
    return path


def by_name(path: Path) -> str:
    return path.stem


def rename_example(path: Path) -> str:
    """The text of a fixture, its example called after the file, as no other file calls one."""
    return re.sub(r"(?<=[:/])example\b(?![.\w]*/)", f"example-{path.stem}", path.read_text(encoding="utf-8"))


def subjects(text: str) -> set[str]:
    return {str(quad.subject) for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE)}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ValidationReport]:
    """By the name of a fixture, a report that has its findings among others.

    Those that describe no node that another describes as well are checked at once, the others each by itself.
    """
    folder = tmp_path_factory.mktemp("negative")
    texts = {path.name: rename_example(path) for path in NEGATIVE}
    described = Counter(subject for text in texts.values() for subject in subjects(text))
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    apart = {name for name, text in texts.items() if any(described[subject] > 1 for subject in subjects(text))}
    together = check(*(folder / name for name in texts if name not in apart))
    return {name: check(folder / name) if name in apart else together for name in texts}


@pytest.mark.parametrize("path", NEGATIVE, ids=by_name)
def test_a_fault_is_found_by_its_rule_on_its_node_at_its_line_and_nothing_else_is(
    path: Path, reports: dict[str, ValidationReport]
) -> None:
    expected = re.fullmatch(r"# expect: (\S+) (\S+) line (\d+)", path.read_text(encoding="utf-8").splitlines()[0])
    assert expected, "the first line has to say what to expect"
    rule, node, line = expected.groups()
    node = f"example-{path.stem}" if node == "example" else node
    report = reports[path.name]
    findings = [finding for finding in report.findings if (finding.file or "").endswith(f"/{path.name}")]
    assert not report.conforms
    assert {(one.rule, one.node.rpartition("/")[2], one.line) for one in findings} == {(rule, node, int(line))}
    assert all(finding.message for finding in findings)


def test_all_that_is_found_in_fixtures_is_in_the_file_that_describes_it(reports: dict[str, ValidationReport]) -> None:
    files = {finding.file for report in reports.values() for finding in report.findings}
    assert {Path(file or "").name for file in files} == {path.name for path in NEGATIVE}


@pytest.mark.parametrize("path", POSITIVE, ids=by_name)
def test_good_data_conforms_and_was_looked_at(path: Path) -> None:
    report = check(path)
    assert report.findings == ()
    assert report.conforms
    assert report.nodes > 0
    assert report.shapes > 0
    assert report.triples == len({*pyoxigraph.parse(path.read_bytes(), pyoxigraph.RdfFormat.TURTLE)})
    assert report.files == (str(path),)


def test_each_property_on_a_node_of_another_class_is_found(tmp_path: Path) -> None:
    names = [name for name in vars(CG) if name[0].islower()]
    text = "".join(f'topic:{name} a cg:Topic ; skos:prefLabel "{name}"@en ; cg:{name} "x" .\n' for name in names)
    found = check(write(tmp_path, text)).findings
    assert {(finding.rule, finding.node.rpartition("/")[2]) for finding in found} >= {
        (f"subject-{name}", name) for name in names
    }
    assert len(names) > 30


RATING = "cg:Rating ; schema:about <urn:occupation> ; cg:element skill:python ; cg:importance 0.5"
SCHOOLING = "cg:Schooling ; schema:about <urn:occupation> ; cg:element topic:ai-field"
MOVE = "cg:ObservedMove ; cg:movedFrom <urn:occupation> ; cg:movedTo <urn:occupation> ; cg:shareOfLeavers 2.0"
PAY = 'cg:PayRange ; schema:about role:data-scientist ; schema:currency "USD" ; schema:unitText "YEAR"'


def _step(*said: str) -> str:
    return " ; ".join(("cg:ComputedStep", *said))


_ESTIMATE = "cg:EstimatedRequirement"
#: For the rules that no fixture is about: rule → a node that breaks it, and it alone.
FAULTS = {
    "AboutThing": "cg:Advice ; schema:about <urn:claim>",
    "Ambiguity": "cg:Ambiguity , cg:Correction ; schema:about topic:ai-field ; cg:concerns <urn:claim>",
    "AboutOccupation": "cg:ToolUse ; schema:about role:data-scientist ; cg:tool <urn:tool>",
    "Activity-broader": 'cg:Activity ; skos:prefLabel "A"@en ; skos:broader skill:python',
    "Attribute-propertyID": 'cg:Attribute ; schema:about topic:ai-field ; schema:propertyID "a" , "b"',
    "Attribute-unitText": "cg:Attribute ; schema:about topic:ai-field ; schema:unitText 5",
    "Attribute-value": "cg:Attribute ; schema:about topic:ai-field ; schema:value 5",
    "Background-broader": 'cg:Profession ; skos:prefLabel "A"@en ; skos:broader skill:python',
    "Background-speaksFor": 'cg:Profession ; skos:prefLabel "A"@en ; cg:speaksFor 1.5',
    "Claim-about": 'cg:Claim ; schema:about "AI"',
    "Claim-collected": 'cg:Claim ; schema:about topic:ai-field ; cg:collected "08/2023"',
    "Claim-employerType": 'cg:Claim ; schema:about topic:ai-field ; cg:employerType "startup"@en',
    "Claim-frequency": "cg:Claim ; schema:about topic:ai-field ; cg:frequency 0.5",
    "Claim-note": 'cg:Claim ; schema:about topic:ai-field ; skos:note "no language"',
    "Claim-respondents": "cg:Claim ; schema:about topic:ai-field ; cg:respondents 5",
    "Claim-standardError": "cg:Claim ; schema:about topic:ai-field ; cg:standardError -1.0",
    "ComputedStep-computedBasis": _step(
        "cg:stepFrom role:data-scientist",
        "cg:stepTo role:ai-ethicist",
        "cg:computedEase 0.5",
        'cg:computedBasis "guessed"',
    ),
    "ComputedStep-computedEase": _step(
        "cg:stepFrom role:data-scientist",
        "cg:stepTo role:ai-ethicist",
        "cg:computedEase 1.5",
        'cg:computedBasis "derived"',
    ),
    "ComputedStep-stepFrom": _step("cg:stepTo role:ai-ethicist", "cg:computedEase 0.5", 'cg:computedBasis "derived"'),
    "ComputedStep-stepTo": _step(
        "cg:stepFrom role:data-scientist", "cg:computedEase 0.5", 'cg:computedBasis "derived"'
    ),
    "Course-broader": 'cg:Course ; skos:prefLabel "A"@en ; skos:broader topic:ai-field',
    "Credential-broader": 'cg:Credential ; skos:prefLabel "A"@en ; skos:broader skill:python',
    "Effort-maxValue": 'cg:Effort ; schema:about topic:ai-field ; schema:unitText "h" ; schema:maxValue -1',
    "EstimatedRequirement-estimatedAsset": f"{_ESTIMATE} ; cg:estimatedFor role:ai-ethicist ; cg:estimatedWeight 0.5",
    "EstimatedRequirement-estimatedFor": f"{_ESTIMATE} ; cg:estimatedAsset skill:python ; cg:estimatedWeight 0.5",
    "EstimatedRequirement-estimatedWeight": f"{_ESTIMATE} ; cg:estimatedFor role:data-scientist ; "
    "cg:estimatedAsset skill:python ; cg:estimatedWeight 1.5",
    "Experience": 'cg:Experience , cg:Profession ; skos:prefLabel "A"@en',
    "FieldOfStudy": 'cg:FieldOfStudy , cg:Experience ; skos:prefLabel "A"@en',
    "Milestone-broader": 'cg:Milestone ; skos:prefLabel "A"@en ; skos:broader skill:python',
    "Named-note": 'cg:Topic ; skos:prefLabel "A"@en ; skos:note "no language"',
    "Naming-former": "cg:Naming ; schema:about topic:ai-field ; cg:former 1",
    "Naming-until": "cg:Naming ; schema:about topic:ai-field ; cg:until 2024",
    "ObservedMove-cases": f"{MOVE} ; cg:cases -1",
    "ObservedMove-leavers": f"{MOVE} ; cg:leavers 110.0",
    "ObservedMove-movedFrom": "cg:ObservedMove ; cg:movedTo <urn:occupation> ; cg:shareOfLeavers 2.0",
    "ObservedMove-movedTo": "cg:ObservedMove ; cg:movedFrom <urn:occupation> ; cg:shareOfLeavers 2.0",
    "ObservedMove-peopleBefore": f"{MOVE} ; cg:peopleBefore 0.5",
    "ObservedMove-shareOfLeavers": "cg:ObservedMove ; cg:movedFrom <urn:occupation> ; cg:movedTo <urn:occupation>",
    "Occupation-broader": 'cg:Occupation ; skos:prefLabel "A"@en ; skos:notation "1" ; skos:broader role:ai-ethicist',
    "Occupation-notation": 'cg:Occupation ; skos:prefLabel "A"@en',
    "Omission": "cg:Omission , cg:Disagreement ; schema:about topic:ai-field ; cg:concerns <urn:claim> , <urn:source>",
    "Organisation": 'cg:Organisation , cg:Course ; skos:prefLabel "A"@en',
    "Organisation-broader": 'cg:Organisation ; skos:prefLabel "A"@en ; skos:broader topic:ai-field',
    "PayRange-equity": "cg:PayRange ; schema:about role:data-scientist ; cg:equity true",
    "PayRange-median": f"{PAY} ; schema:median 0",
    "PayRange-percentile10": f"{PAY} ; schema:median 10 ; schema:percentile10 11",
    "PayRange-openEnded": 'cg:PayRange ; schema:about role:data-scientist ; cg:openEnded "yes"',
    "PayRange-region": 'cg:PayRange ; schema:about role:data-scientist ; cg:region "US" , "UK"',
    "PayRange-reports": f"{PAY} ; cg:reports 9",
    "PayRange-seniority": 'cg:PayRange ; schema:about role:data-scientist ; cg:seniority " "',
    "Person": 'cg:Person , cg:Organisation ; skos:prefLabel "A"@en',
    "Prerequisite-expects": "cg:Prerequisite ; schema:about course:mats ; cg:expects topic:ai-field",
    "Preparation-zone": "cg:Preparation ; schema:about <urn:occupation> ; cg:zone topic:ai-field",
    "Position-lane": 'cg:Profession ; skos:prefLabel "A"@en ; cg:lane topic:ai-field',
    "Price-priceCurrency": 'cg:Price ; schema:about topic:ai-field ; schema:priceCurrency "US dollars"',
    "Profession": 'cg:Profession , cg:FieldOfStudy ; skos:prefLabel "A"@en',
    "OnElement": "cg:Rating ; schema:about <urn:occupation> ; cg:element role:data-scientist ; cg:importance 0.5",
    "Rating-depth": "cg:Rating ; schema:about <urn:occupation> ; cg:element skill:python ; cg:depth 1.5",
    "Rating-depthMark": f'{RATING} ; cg:depthMark "dubious"',
    "Rating-hasFigures": "cg:Rating ; schema:about <urn:occupation> ; cg:element skill:python",
    "Rating-importance": "cg:Rating ; schema:about <urn:occupation> ; cg:element skill:python ; cg:importance -0.1",
    "Rating-importanceMark": f'{RATING} ; cg:importanceMark "dubious"',
    "Rating-statedDepth": f'{RATING} ; cg:statedDepth "deep"',
    "Rating-statedImportance": f"{RATING} ; cg:statedImportance 4.1 , 4.2",
    "Recommendation-audience": "cg:Recommendation ; schema:about course:mats ; cg:audience topic:ai-field",
    "Requirement-part": """cg:Requirement ; schema:about role:data-scientist ; cg:anyOf skill:python ;
        cg:strength strength:required ; cg:part "one" , "two" """,
    "Schooling-category": f"{SCHOOLING} ; cg:share 10.0 ; cg:category topic:ai-field",
    "Schooling-share": f"{SCHOOLING} ; cg:share 110.0 ; cg:category <urn:degree>",
    "Schooling-shareMark": f'{SCHOOLING} ; cg:share 10.0 ; cg:category <urn:degree> ; cg:shareMark "dubious"',
    "Task-activity": "cg:Task ; schema:about <urn:occupation> ; cg:activity topic:ai-field",
    "Task-taskType": "cg:Task ; schema:about <urn:occupation> ; cg:taskType 1",
    "Term-broader": 'cg:Term ; skos:prefLabel "A"@en ; skos:inScheme scheme:level ; skos:broader topic:ai-field',
    "ToolUse-hot": 'cg:ToolUse ; schema:about <urn:occupation> ; cg:tool <urn:tool> ; cg:hot "Y"',
    "ToolUse-inDemand": "cg:ToolUse ; schema:about <urn:occupation> ; cg:tool <urn:tool> ; cg:inDemand true , false",
    "ToolUse-tool": "cg:ToolUse ; schema:about <urn:occupation> ; cg:tool topic:ai-field",
    "Topic-broader": 'cg:Topic ; skos:prefLabel "A"@en ; skos:broader skill:python',
    "Transition-destinationAsWorded": """cg:Transition ; cg:origin role:data-scientist ; cg:ease ease:accessible ;
        cg:destination role:data-engineer ; cg:destinationAsWorded "data"@en""",
    "Transition-originAsWorded": """cg:Transition ; cg:origin role:data-scientist ; cg:ease ease:accessible ;
        cg:destination role:data-engineer ; cg:originAsWorded "line\\nbreak" """,
    "Transition-position": """cg:Transition ; cg:origin role:data-scientist ; cg:ease ease:accessible ;
        cg:destination <urn:occupation> ; schema:position 0 """,
}
#: What each claim among them needs so that only its own rule is broken.
EVIDENCE = 'schema:text "A."@en ; prov:wasDerivedFrom <urn:source> ; prov:wasAttributedTo <urn:editor> .'
SURROUNDINGS = """
<urn:source> a cg:Source ; skos:prefLabel "A source"@en ; cg:standing standing:official .
<urn:occupation> a cg:Occupation ; skos:prefLabel "Data Scientists"@en ; skos:notation "15-2051.00" .
<urn:tool> a cg:Tool ; skos:prefLabel "A tool"@en .
<urn:degree> a cg:Credential ; skos:prefLabel "A degree"@en .
<urn:claim> a cg:Claim ; schema:about topic:ai-field ; schema:text "A."@en ; prov:wasDerivedFrom <urn:source> .
"""


def test_each_other_rule_fires_on_the_node_that_breaks_it_and_no_other_rule_does(tmp_path: Path) -> None:
    nodes = "".join(f"<urn:{rule}> a {text} ; {EVIDENCE}\n" for rule, text in FAULTS.items())
    found = check(write(tmp_path, SURROUNDINGS + nodes)).findings
    assert {(finding.node.removeprefix("urn:"), finding.rule) for finding in found} == {(rule, rule) for rule in FAULTS}


def test_two_kinds_of_skill_at_once_break_two_rules_of_one_meaning(tmp_path: Path) -> None:
    report = check(write(tmp_path, 'skill:a a cg:Tool , cg:Knowledge ; skos:prefLabel "A"@en .'))
    assert {rule for rule, _, _ in rules(report)} == {"Tool", "Knowledge"}


def test_claims_and_named_nodes_need_iris(tmp_path: Path) -> None:
    text = f'[] a cg:Claim ; schema:about topic:ai-field ; {EVIDENCE}\n_:a a cg:Topic ; skos:prefLabel "A"@en .'
    report = check(write(tmp_path, SURROUNDINGS + text))
    found = [(finding.rule, finding.node) for finding in report.findings]
    assert found == [("Claim-iri", "_:f1b1"), ("Named-iri", "_:f1b2")]


def test_every_rule_of_the_shapes_is_shown_to_fire() -> None:
    text = (ROOT / "ontology" / "shapes.ttl").read_text(encoding="utf-8")
    blocks = re.findall(r"^shape:([\w-]+) a (.*?)(?= \.$)", text, flags=re.MULTILINE | re.DOTALL)
    with_message = {rule for rule, block in blocks if "sh:message" in block}
    by_fixtures = {path.read_text(encoding="utf-8").split()[2] for path in NEGATIVE}
    by_tests = {*FAULTS, "Tool", "Knowledge", "Claim-iri", "Named-iri"}
    assert {rule for rule in with_message if not rule.startswith("subject-")} - by_fixtures == by_tests


# What a report says about what was checked.


def test_a_report_on_nothing_says_so(tmp_path: Path) -> None:
    assert validate([], ontology=ONTOLOGY) == ValidationReport(True, 0, 0, 0, (), (), None)
    empty = write(tmp_path, "")
    assert check(empty) == ValidationReport(True, 0, 0, 0, (str(empty),), (), None)


def test_without_shapes_nothing_is_checked_and_the_report_shows_it() -> None:
    report = validate(POSITIVE[:1], ontology=[path for path in ONTOLOGY if path.name != "shapes.ttl"])
    assert (report.nodes, report.shapes) == (0, 0)
    assert "unchecked-node" in {finding.rule for finding in report.findings}


def test_a_class_that_no_shape_targets_is_a_warning(tmp_path: Path) -> None:
    report = check(write(tmp_path, "topic:example a schema:Event ."))
    assert rules(report) == [("unchecked-node", "example", FIRST)]
    assert report.findings[0].severity == "warning"
    assert report.conforms
    assert report.nodes == 0


def test_only_what_the_files_describe_is_checked(tmp_path: Path) -> None:
    broken = write(tmp_path, "skill:broken a cg:Tool .", "broken.ttl")
    good = write(tmp_path, 'skill:good a cg:Tool ; skos:prefLabel "Good"@en ; skos:broader skill:broken .', "good.ttl")
    report = validate([good], context=[broken], ontology=ONTOLOGY)
    assert (report.conforms, report.nodes, report.triples) == (True, 1, 3)
    both = validate([good, broken], ontology=ONTOLOGY)
    assert rules(both) == [("Named-prefLabel", "broken", FIRST)]
    assert both.nodes == 2


def test_nothing_is_broader_than_itself(tmp_path: Path) -> None:
    roles = [f'role:{one} a cg:Role ; skos:prefLabel "{one}"@en ; skos:broader role:{other} .' for one, other in RING]
    report = check(write(tmp_path, "\n".join(roles)))
    assert rules(report) == [("broader-cycle", one, FIRST + line) for line, (one, _) in enumerate(RING[:4])]
    assert not report.conforms


def test_what_a_file_adds_to_a_node_of_the_context_is_checked(tmp_path: Path) -> None:
    report = check(write(tmp_path, 'skill:python skos:prefLabel "The Python language"@en .'))
    assert rules(report) == [("Named-prefLabel", "python", FIRST)]


def test_the_file_that_says_it_is_named(tmp_path: Path) -> None:
    first = write(tmp_path, 'skill:example a cg:Tool ; skos:prefLabel "Example"@en .', "a.ttl")
    second = write(tmp_path, "\n\nskill:example skos:broader topic:ai-field .", "b.ttl")
    (finding,) = check(first, second).findings
    assert (finding.rule, finding.file, finding.line) == ("Skill-broader", str(second), FIRST + 2)
    assert finding.value == f"{NAMESPACE.id}topic/ai-field"
    assert finding.path == f"{NAMESPACE.skos}broader"


def test_findings_are_sorted_and_the_same_on_every_run(tmp_path: Path) -> None:
    text = "skill:c a cg:Tool .\nskill:a a cg:Tool ; cg:wieght 1 .\n[] a cg:Tool ; skos:broader skill:nowhere .\n"
    path = write(tmp_path, text)
    report = check(path)
    assert [(rule, line) for rule, _, line in rules(report)] == [
        ("Named-iri", None),
        ("Named-prefLabel", None),
        ("undeclared-node", None),
        ("Named-prefLabel", FIRST),
        ("Named-prefLabel", FIRST + 1),
        ("undefined-term", FIRST + 1),
    ]
    assert check(path) == report


def test_a_report_becomes_json(tmp_path: Path) -> None:
    data = json.loads(json.dumps(check(write(tmp_path, "skill:a a cg:Tool .")).to_dict()))
    assert list(data) == ["conforms", "nodes", "shapes", "triples", "files", "findings", "sample_of"]
    assert list(data["findings"][0]) == ["rule", "severity", "node", "path", "value", "message", "file", "line"]
    assert data["findings"][0]["severity"] == "violation"


def test_near_misses_are_named(tmp_path: Path) -> None:
    text = 'skill:a a cg:Tool ; skos:prefLabel "A"@en ; skos:broader skill:pythn ; cg:wieght 1 .'
    found = {finding.rule: finding.message for finding in check(write(tmp_path, text)).findings}
    assert "did you mean python?" in found["undeclared-node"]
    assert "did you mean weight?" in found["undefined-term"]


# Nothing is changed, nothing leaks, nothing odd breaks it.


def test_the_files_are_left_as_they_are() -> None:
    paths = [*NEGATIVE[:2], *EDITORS, *ONTOLOGY]
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths]
    folder = sorted(FIXTURES.rglob("*"))
    check(*NEGATIVE[:2])
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths] == before
    assert sorted(FIXTURES.rglob("*")) == folder


def test_figures_of_the_wrong_sort_are_findings_and_not_a_crash(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    odd = ["[]", '"many"^^xsd:integer', '"NaN"^^xsd:double', '"2024-01-01"^^xsd:date', "<urn:x>", '"yes"^^xsd:boolean']
    text = "".join(
        f"<urn:pay-{i}-{j}> a cg:PayRange ; schema:minValue {low} ; schema:maxValue {high} .\n"
        for i, low in enumerate([*odd, "5.5"])
        for j, high in enumerate([*odd, "5.5"])
    )
    found = check(write(tmp_path, text)).findings
    places = {(f"urn:pay-{i}-{j}", f"{NAMESPACE.schema}{end}") for i in range(7) for j in range(7) for end in ENDS}
    assert {(finding.node, finding.path) for finding in found if str(finding.path).endswith("Value")} == places
    assert capfd.readouterr().err == ""


ENDS = ("minValue", "maxValue")


def test_importing_the_module_imports_no_rdf_library_but_the_fast_one() -> None:
    code = "import sys, careergraph.validation.validate; print(*({'rdflib', 'pyshacl'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


# Files.


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_is_read_and_the_line_found(tmp_path: Path, suffix: str) -> None:
    quads = pyoxigraph.parse(
        (FIXTURES / "negative" / "step-without-transition.ttl").read_bytes(), pyoxigraph.RdfFormat.TURTLE
    )
    path = tmp_path / f"data.{suffix}"
    path.write_bytes(pyoxigraph.serialize(quads, format=FORMATS[suffix]) or b"")
    report = check(path)
    (finding,) = report.findings
    assert finding.rule == "OnTransition"
    assert finding.line is not None
    assert "step/example" in path.read_text(encoding="utf-8").splitlines()[finding.line - 1]


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"(?i)no such file"):
        check(tmp_path / "missing.ttl")


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        check(write(tmp_path, "skill:a a cg:Tool .\nskill:b a a a ."))
    assert caught.value.line == FIRST + 1


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'<urn:a> <urn:b> "\xe9" .'])
def test_a_file_that_is_no_text_is_an_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "data.ttl"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        check(path)


def test_statements_about_statements_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="statements about statements"):
        check(write(tmp_path, "<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> ."))


# Lines.

TURTLE = """\
@prefix skill: <https://example.org/skill/> .   # skill:comment
PREFIX ex: <https://example.org/>

skill:pytorch-lightning a ex:Tool ;
    ex:label "skill:pytorch a ex:Tool ." ; ex:part skill:pytorch , skill:numpy ;
    ex:share 0.5 , -.5 .
skill:pytorch a ex:Tool ; ex:text \"\"\"several
lines . ex:inside\"\"\" .
<https://example.org/full> a ex:Tool .ex:tight a ex:Tool.
ex:a\\-b a ex:Tool .
"""


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("skill/pytorch-lightning", 4),
        ("skill/pytorch", 7),
        ("skill/numpy", 5),
        ("Tool", 4),
        ("full", 9),
        ("tight", 9),
        ("a-b", 10),
        ("skill/comment", None),
        ("inside", None),
        ("skill/py", None),
    ],
)
def test_the_line_of_a_node_in_turtle(name: str, line: int | None) -> None:
    assert find_line(TURTLE, f"https://example.org/{name}") == line


def test_prefixes_that_the_text_does_not_declare_can_be_given() -> None:
    assert find_line("\nex:a a ex:b .", "urn:a", {"ex": "urn:"}) == 2
    assert find_line("\nex:a a ex:b .", "urn:a") is None


def test_the_line_of_a_node_in_json_ld_is_not_that_of_a_reference_to_it() -> None:
    text = """{"@context": {"ex": "https://example.org/", "part": {"@id": "ex:part", "@type": "@id"}},
    "@graph": [
        {"@id": "ex:a", "ex:part": {"@id": "ex:b"}},
        {"@id": "ex:b", "ex:part": "ex:c"}
    ]}"""
    assert [find_line(text, f"https://example.org/{name}") for name in "abc"] == [3, 4, None]
