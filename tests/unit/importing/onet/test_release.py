"""What an import of O*NET stores: every row that counts, with its marks, and where each statement is from."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from careergraph.importing import open_source
from careergraph.importing.onet.files import ATTRIBUTED, EDITORS_GRAPH, GRAPH
from careergraph.importing.onet.reference import to_decimal
from careergraph.importing.onet.things import BRANCHES
from careergraph.rdf.standards import DCTERMS, PROV, RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.store.datasets import read_manifest
from onet_release import ONET, RELEASE, XSD, alter, nodes, rows, triples, zip_release

NODES = list(nodes())
SAID: dict[str, dict[str, list[str]]] = {}
for node in NODES:
    for predicate, value, _ in node.said:
        SAID.setdefault(node.subject, {}).setdefault(predicate, []).append(value)
SOURCE = f"{ONET}source/29.3"
DATA_SCIENTISTS = f"{ONET}occupation/15-2051.00"


def of_class(class_: str) -> dict[str, dict[str, list[str]]]:
    return {iri: said for iri, said in SAID.items() if class_ in said.get(RDF.type, ())}


def one(iri: str, predicate: str) -> str:
    (value,) = SAID[ONET + iri if ":" not in iri else iri][predicate]
    return value


def section(name: str) -> str:
    (iri,) = (iri for iri, said in of_class(CG.Section).items() if said[CG.section] == [f"{name}.txt"])
    return iri


### The whole


def test_a_tiny_release_becomes_exactly_the_expected_graph() -> None:
    expected = Graph().parse(RELEASE.parent / "tiny.ttl")
    found = Graph()
    for triple in triples(nodes(RELEASE.parent / "db_29_3_tiny")):
        found.parse(data=f"{triple} .", format="nt")
    assert isomorphic(found, expected)


def test_each_node_is_whole_when_the_next_begins() -> None:
    order = [node.subject for node in NODES]
    assert len({(node.subject, node.graph) for node in NODES}) == len(NODES)
    assert sum(one != other for one, other in pairwise(order)) + 1 == len(set(order))


def test_a_release_says_the_same_zipped_and_in_a_folder(tmp_path: Path) -> None:
    assert list(nodes(zip_release(tmp_path / "any name.zip"))) == NODES


def test_the_rows_that_were_read_are_counted_and_all_advance() -> None:
    opened, read = open_source("onet", str(RELEASE)), 0

    def advance(more: int) -> None:
        nonlocal read
        read += more

    list(opened.nodes(advance))
    assert read == sum(opened.files.values())
    assert opened.files["Skills.txt"] == len(rows("Skills"))


### Where statements are from


def test_every_node_says_which_file_of_which_release_it_is_from() -> None:
    sections = set(of_class(CG.Section))
    for iri, said in SAID.items():
        if iri in sections or iri == SOURCE:
            continue
        assert said[PROV.wasDerivedFrom], iri
        assert set(said[PROV.wasDerivedFrom]) <= sections, iri
    assert {said for iri in sections for said in SAID[iri][SCHEMA.isPartOf]} == {SOURCE}


def test_the_source_bears_its_release_licence_and_attribution() -> None:
    assert one(SOURCE, SKOS.prefLabel) == "O*NET 29.3 Database"
    assert one(SOURCE, DCTERMS.license) == "https://creativecommons.org/licenses/by/4.0/"
    assert "USDOL/ETA" in one(SOURCE, DCTERMS.description)
    assert "CC BY 4.0" in one(SOURCE, DCTERMS.description)


def test_only_the_editors_judgement_stands_in_the_editors_graph_and_it_alone() -> None:
    editors = [node for node in NODES if node.graph == EDITORS_GRAPH]
    for node in editors:
        said = {predicate: value for predicate, value, _ in node.said}
        assert said.get(RDF.type) == CG.Holding or said.keys() <= {CG.weight, SKOS.broader, PROV.wasAttributedTo}
    weights = {node.subject: node.said for node in editors if node.subject.startswith(f"{ONET}tier/")}
    assert weights[f"{ONET}tier/primary-short"] == [(CG.weight, "0.8", "decimal"), ATTRIBUTED]
    others = [said for node in NODES if node.graph == GRAPH for said in node.said]
    assert not any(predicate in (CG.weight, CG.holds, PROV.wasAttributedTo) for predicate, _, _ in others)
    assert len(editors) > len(weights) == 3


### Occupations and their titles


def test_an_occupation_has_its_code_title_description_and_every_title_once() -> None:
    found = of_class(CG.Occupation)
    assert len(found) == len(rows("Occupation Data"))
    for row in rows("Occupation Data"):
        code = row["O*NET-SOC Code"]
        said = found[f"{ONET}occupation/{code}"]
        assert said[SKOS.prefLabel] == [row["Title"]]
        assert said[SKOS.definition] == [row["Description"]]
        assert said[SKOS.notation] == [code]
        titles = {other["Alternate Title"] for other in rows("Alternate Titles") if other["O*NET-SOC Code"] == code}
        titles |= {other["Short Title"] for other in rows("Alternate Titles") if other["O*NET-SOC Code"] == code}
        titles |= {
            other["Reported Job Title"]
            for other in rows("Sample of Reported Titles")
            if other["O*NET-SOC Code"] == code
        }
        assert sorted(said[SKOS.altLabel]) == sorted(titles - {row["Title"], "n/a"})


def test_a_claim_for_each_title_tells_the_files_that_have_it() -> None:
    sorts = Counter(value for said in of_class(CG.Naming).values() for value in said[SCHEMA.propertyID])
    assert set(sorts) >= {"alternate title", "reported title", "short title"}
    for said in of_class(CG.Naming).values():
        assert one(said[SCHEMA.about][0], SKOS.prefLabel)
        files = set(said[PROV.wasDerivedFrom])
        if said[SCHEMA.propertyID] == ["alternate title and reported title"]:
            assert files == {section("Alternate Titles"), section("Sample of Reported Titles")}
        else:
            assert len(files) == 1


def test_titles_that_differ_only_in_signs_are_two_claims(tmp_path: Path) -> None:
    titles = (b"C Developer", b"C+ Developer", b"C, Developer")
    more = b"".join(b"15-2051.00\t%b\tn/a\t01\r\n" % title for title in titles)
    found = nodes(alter(tmp_path, "Alternate Titles", lambda content: content + more))
    iris = [node.subject for node in found if (SCHEMA.value, "C, Developer", "") in node.said]
    assert iris == [f"{ONET}title/15-2051.00/c-developer-2"]


### Ratings


@pytest.mark.parametrize("name", ["Skills", "Knowledge"])
def test_importance_and_level_are_there_as_stated_and_as_shares_of_their_scales(name: str) -> None:
    ends = {row["Scale ID"]: (float(row["Minimum"]), float(row["Maximum"])) for row in rows("Scales Reference")}
    keys = {"IM": (CG.statedImportance, CG.importance), "LV": (CG.statedDepth, CG.depth)}
    for row in rows(name):
        iri = f"rating/{row['O*NET-SOC Code']}/{row['Element ID']}"
        stated, share = keys[row["Scale ID"]]
        low, high = ends[row["Scale ID"]]
        assert float(one(iri, stated)) == float(row["Data Value"])
        assert float(one(iri, share)) == pytest.approx((float(row["Data Value"]) - low) / (high - low), abs=1e-6)
        assert one(iri, CG.element) == f"{ONET}element/{row['Element ID']}"
        assert one(iri, PROV.wasDerivedFrom) == section(name)
    assert {len(SAID[iri][CG.importance]) for iri in of_class(CG.Rating)} == {1}


def test_reservations_of_the_source_stay_as_marks() -> None:
    kept = set()
    for name in ("Skills", "Knowledge"):
        for row in rows(name):
            said = SAID[f"{ONET}rating/{row['O*NET-SOC Code']}/{row['Element ID']}"]
            mark = CG.importanceMark if row["Scale ID"] == "IM" else CG.depthMark
            expected = {"recommend suppress"} if row["Recommend Suppress"] == "Y" else set()
            expected |= {"not relevant"} if row["Not Relevant"] == "Y" else set()
            assert set(said.get(mark, ())) == expected
            kept |= {(mark, text) for text in expected}
    assert {text for _, text in kept} == {"recommend suppress", "not relevant"}
    marked = [row for row in rows("Education, Training, and Experience") if row["Recommend Suppress"] == "Y"]
    assert len([said for said in SAID.values() if CG.shareMark in said]) == len(
        [row for row in marked if row["Category"] != "n/a"]
    )


def test_a_suppressed_importance_is_marked_too(tmp_path: Path) -> None:
    def suppressed(content: bytes) -> bytes:
        head, first, rest = content.split(b"\r\n", 2)
        assert b"\tIM\t" in first
        return b"\r\n".join([head, first.replace(b"\tN\tn/a\t", b"\tY\tn/a\t"), rest])

    code, element = (rows("Skills")[0][name] for name in ("O*NET-SOC Code", "Element ID"))
    (node,) = (
        node
        for node in nodes(alter(tmp_path, "Skills", suppressed))
        if node.subject == f"{ONET}rating/{code}/{element}"
    )
    assert (CG.importanceMark, "recommend suppress", "") in node.said


def test_what_is_not_available_is_left_out(tmp_path: Path) -> None:
    def without(content: bytes) -> bytes:
        head, first, second, rest = content.split(b"\r\n", 3)
        value = second.split(b"\t")[4]
        return b"\r\n".join([head, first, second.replace(value, b"n/a", 1), rest])

    code, element = (rows("Skills")[0][name] for name in ("O*NET-SOC Code", "Element ID"))
    found = nodes(alter(tmp_path, "Skills", without))
    (node,) = (node for node in found if node.subject == f"{ONET}rating/{code}/{element}")
    said = dict.fromkeys(predicate for predicate, _, _ in node.said)
    assert CG.importance in said
    assert CG.depth not in said


def test_a_rating_says_when_and_whom_the_source_asked() -> None:
    for row in rows("Knowledge"):
        iri = f"rating/{row['O*NET-SOC Code']}/{row['Element ID']}"
        month, year = row["Date"].split("/")
        assert one(iri, CG.collected) == f"{year}-{month}"
        assert one(iri, CG.respondents) == row["Domain Source"]


@pytest.mark.parametrize(("name", "scale"), [("Interests", "OI"), ("Work Styles", "IM"), ("Work Values", "EX")])
def test_interests_styles_and_values_are_ratings_of_topics(name: str, scale: str) -> None:
    counted = [row for row in rows(name) if row["Scale ID"] == scale]
    found = [said for said in of_class(CG.Rating).values() if said[PROV.wasDerivedFrom] == [section(name)]]
    assert len(found) == len(counted) > 0
    assert {SAID[said[CG.element][0]][RDF.type][0] for said in found} == {CG.Topic}


def test_elements_have_the_class_of_their_branch_and_lead_to_those_above_them() -> None:
    names = {row["Element ID"]: row for row in rows("Content Model Reference")}
    found = {iri: said for iri, said in SAID.items() if iri.startswith(f"{ONET}element/")}
    for iri, said in found.items():
        code = iri.rpartition("/")[2]
        assert said[SKOS.prefLabel] == [names[code]["Element Name"]]
        assert said[RDF.type] == [BRANCHES[".".join(code.split(".")[:2])]]
        if code not in BRANCHES:
            assert said[SKOS.broader] == [f"{ONET}element/{code.rpartition('.')[0]}"]
    assert one("element/2.A.1.a", SKOS.broader) == f"{ONET}element/2.A.1"
    assert f"{ONET}element/2" not in found


### Tools, tasks, activities


def test_a_tool_in_use_is_hot_and_in_demand_as_the_source_says() -> None:
    assert len(of_class(CG.ToolUse)) == len(rows("Technology Skills"))
    by_label = {said[SKOS.prefLabel][0]: iri for iri, said in of_class(CG.Tool).items()}
    for row in rows("Technology Skills"):
        tool = by_label[row["Example"]]
        use = f"tool-use/{row['O*NET-SOC Code']}/{tool.rpartition('/')[2]}"
        assert one(use, CG.tool) == tool
        assert one(use, CG.hot) == {"Y": "true", "N": "false"}[row["Hot Technology"]]
        assert one(use, CG.inDemand) == {"Y": "true", "N": "false"}[row["In Demand"]]
        assert f"{ONET}commodity/{row['Commodity Code']}" in SAID[tool][SKOS.broader]
        assert one(f"commodity/{row['Commodity Code']}", SKOS.prefLabel) == row["Commodity Title"]
    assert len({by_label[name] for name in ("C", "C#", "C++")}) == 3


def test_a_task_has_its_type_and_leads_to_its_activities_and_they_to_an_element() -> None:
    assert len(of_class(CG.Task)) == len(rows("Task Statements"))
    activities = defaultdict(set)
    for row in rows("Tasks to DWAs"):
        activities[row["Task ID"]].add(f"{ONET}activity/{row['DWA ID']}")
    for row in rows("Task Statements"):
        said = SAID[f"{ONET}task/{row['Task ID']}"]
        assert said[SCHEMA.text] == [row["Task"]]
        assert said[SCHEMA.about] == [f"{ONET}occupation/{row['O*NET-SOC Code']}"]
        assert said.get(CG.taskType, ["n/a"]) == [row["Task Type"]]
        assert set(said.get(CG.activity, ())) == activities[row["Task ID"]]
    for row in rows("DWA Reference"):
        assert one(f"activity/{row['DWA ID']}", SKOS.prefLabel) == row["DWA Title"]
        assert one(f"activity/{row['DWA ID']}", SKOS.broader) == f"{ONET}activity/{row['IWA ID']}"
        assert one(f"activity/{row['IWA ID']}", SKOS.broader) == f"{ONET}element/{row['Element ID']}"
        assert one(f"element/{row['Element ID']}", RDF.type) == CG.Activity


### Preparation, education, related occupations


def test_schooling_keeps_the_share_of_each_grade() -> None:
    graded = [row for row in rows("Education, Training, and Experience") if row["Category"] != "n/a"]
    assert len(of_class(CG.Schooling)) == len(graded)
    for row in graded:
        iri = f"schooling/{row['O*NET-SOC Code']}/{row['Element ID']}/{row['Category']}"
        assert float(one(iri, CG.share)) == float(row["Data Value"])
        assert one(one(iri, CG.category), SCHEMA.position) == row["Category"]
    assert one("category/2.D.1/6", RDF.type) == CG.Credential
    assert one("category/2.D.1/6", SKOS.prefLabel) == "Bachelor's Degree"
    assert one("category/3.A.1/11", RDF.type) == CG.Term


def test_questions_without_grades_are_ratings() -> None:
    others = [row for row in rows("Education, Training, and Experience") if row["Category"] == "n/a"]
    for row in others:
        iri = f"rating/{row['O*NET-SOC Code']}/{row['Element ID']}"
        assert float(one(iri, CG.statedImportance)) == float(row["Data Value"])
    assert others


def test_the_editors_conclude_what_at_least_half_of_those_asked_name_or_exceed() -> None:
    shares: dict[str, dict[int, float]] = defaultdict(dict)
    for row in rows("Education, Training, and Experience"):
        if row["Element ID"] == "2.D.1":
            shares[row["O*NET-SOC Code"]][int(row["Category"])] = float(row["Data Value"])
    for code, by_grade in shares.items():
        held = int(one(f"holding/{code}/education", CG.holds).rpartition("/")[2])
        above = sum(share for grade, share in by_grade.items() if grade > held)
        assert above < sum(by_grade.values()) / 2 <= above + by_grade[held]
        assert one(f"holding/{code}/education", PROV.wasAttributedTo).endswith("/agent/editors")
    assert one("holding/29-1141.00/education", CG.holds) in (f"{ONET}category/2.D.1/5", f"{ONET}category/2.D.1/6")


def test_preparation_is_a_zone() -> None:
    for row in rows("Job Zones"):
        zone = one(f"preparation/{row['O*NET-SOC Code']}", CG.zone)
        assert one(zone, SCHEMA.position) == row["Job Zone"]
    assert one("zone/4", SKOS.prefLabel).startswith("Job Zone Four")


def test_related_occupations_are_transitions_with_their_tier_and_place() -> None:
    assert len(of_class(CG.Transition)) == len(rows("Related Occupations"))
    for row in rows("Related Occupations"):
        code, other = row["O*NET-SOC Code"], row["Related O*NET-SOC Code"]
        iri = f"related/{code}/{other}"
        assert one(iri, CG.origin) == f"{ONET}occupation/{code}"
        assert one(iri, CG.destination) == f"{ONET}occupation/{other}"
        assert one(one(iri, CG.ease), SKOS.prefLabel) == row["Relatedness Tier"]
        assert one(iri, SCHEMA.position) == row["Index"]
        assert row["Relatedness Tier"] in one(iri, SCHEMA.text)


### On disk


def test_the_manifest_says_what_was_stored(small_onet: Path) -> None:
    said = read_manifest(str(small_onet))
    assert (said.name, said.release, said.graphs) == ("onet", "29.3", (GRAPH, EDITORS_GRAPH))
    assert said.statements == len(triples(iter(NODES)))
    assert said.nodes["occupation"] == len(rows("Occupation Data"))
    assert sum(said.nodes.values()) == len({node.subject for node in NODES})
    assert said.files == {f"{path.stem}.txt": len(rows(path.stem)) for path in RELEASE.glob("*.txt")}
    assert "CC BY 4.0" in said.attribution


def test_decimals_are_written_as_the_store_writes_them() -> None:
    for number in (0.0, 1.0, 4.1, 0.333333, 100.0, -3.0):
        literal = pyoxigraph.Literal(to_decimal(number), datatype=pyoxigraph.NamedNode(f"{XSD}decimal"))
        store = pyoxigraph.Store()
        store.add(pyoxigraph.Quad(pyoxigraph.NamedNode("urn:a"), pyoxigraph.NamedNode("urn:b"), literal))
        assert next(iter(store)).object == literal
