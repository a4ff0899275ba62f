"""A small release of ESCO, imported as a program does it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_requirements
from careergraph.catalogue.names import find_node
from careergraph.catalogue.node_profiles import describe_node
from careergraph.catalogue.text_search import list_reasons, search
from careergraph.importing import open_source
from careergraph.importing.esco.files import EDITORS_GRAPH, GRAPH, MODEL
from careergraph.model.errors import UnusableSource
from careergraph.rdf.standards import DCTERMS, PROV, RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.store.datasets import read_manifest
from careergraph.store.locations import BUNDLED, list_dataset_files, list_ontology_files
from careergraph.transitions.routes import find_routes
from careergraph.validation.validate import validate
from command_line import careergraph
from esco_release import DUTCH, ENGLISH, ESCO, FIXTURES, RELATIONS, alter, downloads, install_fixture, nodes
from never_worse import find_losses

ICT = f"{ESCO}occupation/bd272aee-adc9-4a06-a15c-a73b4b4a46a7"
DATA_SCIENTIST = f"{ESCO}occupation/258e46f9-0075-4a2e-adae-1ff0477e0f30"


def rows(download: str, name: str) -> list[dict[str, str]]:
    """The rows of a file of the fixtures, by the names of the columns."""
    with (FIXTURES / download / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def esco(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the data set that the fixtures make."""
    return install_fixture(tmp_path_factory.mktemp("esco") / "data")


@pytest.fixture(scope="module")
def alone(esco: Path) -> Catalogue:
    return Catalogue.load(str(esco))


@pytest.fixture(scope="module")
def joined(esco: Path) -> Catalogue:
    return Catalogue.load(BUNDLED, str(esco))


### What is understood


def test_what_people_write_is_understood_as_before_where_esco_is_joined(joined: Catalogue) -> None:
    assert find_losses(Catalogue.load(BUNDLED), joined) == []


### What is stored


def test_what_is_imported_keeps_to_the_shapes(esco: Path) -> None:
    report = validate(
        list_dataset_files(str(esco)), context=list_dataset_files(BUNDLED), ontology=list_ontology_files()
    )
    assert report.findings == ()
    assert report.nodes > 200


def test_occupations_have_code_group_and_what_is_broader(alone: Catalogue) -> None:
    for row in rows(ENGLISH, "occupations_en.csv"):
        iri = row["conceptUri"]
        assert alone.kind(iri) == "occupation"
        assert alone.label(iri) == row["preferredLabel"]
        assert alone.values(iri, SKOS.notation) == [row["code"]]
        assert alone.values(iri, SCHEMA.occupationalCategory) == [f"{ESCO}isco/C{row['iscoGroup']}"]
    broader = {(r["conceptUri"], r["broaderUri"]) for r in rows(RELATIONS, "broaderRelationsOccPillar.csv")}
    occupations = set(alone.by_kind["occupation"])
    found = {(iri, other) for iri in occupations for other in alone.values(iri, SKOS.broader)}
    assert found == {pair for pair in broader if set(pair) <= occupations}
    assert found


def test_labels_are_there_in_every_language(alone: Catalogue) -> None:
    (row,) = (row for row in rows(DUTCH, "occupations_nl.csv") if row["preferredLabel"] == "algemeen verpleegkundige")
    nurse = row["conceptUri"]
    assert alone.values(nurse, f"{SKOS.prefLabel}@nl") == ["algemeen verpleegkundige"]
    assert set(alone.values(nurse, f"{SKOS.altLabel}@nl")) == set(row["altLabels"].split("\n")) - {""}
    said = {(p, v, sort) for node in nodes(*downloads()) if node.subject == nurse for p, v, sort in node.said}
    assert (SKOS.prefLabel, "nurse responsible for general care", "@en") in said
    assert (SKOS.prefLabel, "algemeen verpleegkundige", "@nl") in said


def test_what_only_another_language_has_is_left_out(alone: Catalogue) -> None:
    english = {row["conceptUri"] for row in rows(ENGLISH, "occupations_en.csv")}
    dutch = {row["conceptUri"] for row in rows(DUTCH, "occupations_nl.csv")}
    assert dutch - english
    assert set(alone.by_kind["occupation"]) == english


def test_skills_have_type_reuse_level_and_collections(alone: Catalogue) -> None:
    for row in rows(ENGLISH, "skills_en.csv"):
        iri = row["conceptUri"]
        assert alone.values(iri, RDF.type) == [CG.Knowledge if row["skillType"] == "knowledge" else CG.Skill]
        levels = [f"{ESCO}skill-reuse-level/{row['reuseLevel']}"] if row["reuseLevel"] else []
        assert list(alone.values(iri, f"{MODEL}skillReuseLevel")) == levels
    digital = {row["conceptUri"] for row in rows(ENGLISH, "digitalSkillsCollection_en.csv")}
    schemes = {iri: alone.values(iri, SKOS.inScheme) for iri in digital}
    assert all(any("digitalSkills" in scheme for scheme in found) for found in schemes.values())


def test_the_hierarchy_of_skills_and_their_relations_are_there(alone: Catalogue) -> None:
    known = set(alone.by_kind["skill"])
    broader = {(r["conceptUri"], r["broaderUri"]) for r in rows(RELATIONS, "broaderRelationsSkillPillar.csv")}
    assert {(iri, other) for iri in known for other in alone.values(iri, SKOS.broader)} == broader
    for row in rows(RELATIONS, "skillSkillRelations.csv"):
        property_ = f"{MODEL}related{row['relationType'].title()}Skill"
        assert row["relatedSkillUri"] in alone.values(row["originalSkillUri"], property_)


def test_essential_and_optional_skills_are_requirements_of_their_strength(joined: Catalogue) -> None:
    stated = {
        (row["skillUri"], row["relationType"])
        for row in rows(RELATIONS, "occupationSkillRelations.csv")
        if row["occupationUri"] == DATA_SCIENTIST
    }
    found = list_requirements(joined, DATA_SCIENTIST)
    assert {(item.any_of[0].id, item.strength) for item in found} == stated
    weights = {item.strength: item.importance / item.needed for item in found}
    assert weights == {"essential": 1.0, "optional": pytest.approx(0.3)}
    assert {e.section for item in found for e in item.evidence} == {"occupationSkillRelations.csv"}


def test_only_the_weights_of_the_relations_are_the_editors(alone: Catalogue) -> None:
    apart = [node for node in nodes(*downloads()) if node.graph == EDITORS_GRAPH]
    assert [{predicate for predicate, *_ in node.said} for node in apart] == [{CG.weight, PROV.wasAttributedTo}] * 2
    assert {node.graph for node in nodes(*downloads())} == {GRAPH, EDITORS_GRAPH}


def test_the_acknowledgement_is_printed_and_stored(tmp_path: Path) -> None:
    first, *more = downloads()
    done = careergraph("import", "esco", first, *more, "-o", str(tmp_path / "data"))
    asked = "This service uses the ESCO classification of the European Commission."
    assert asked in done.stderr
    assert read_manifest(str(tmp_path / "data")).attribution.startswith(asked)
    catalogue = Catalogue.load(str(tmp_path / "data"))
    (source,) = catalogue.by_kind["source"]
    assert catalogue.values(source, DCTERMS.description)[0].startswith(asked)


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    first, *more = downloads()
    done = careergraph("import", "esco", first, *more, "-o", str(tmp_path / "data"))
    assert "2 relations are left out: they are of 1 occupation that no file has." in done.stderr
    assert "The downloads are of releases 1.1.1 and 1.2: only what the first one has is imported." in done.stderr
    alone = careergraph("import", "esco", first, "-o", str(tmp_path / "english"))
    assert "There is no file occupationSkillRelations: nothing says which skills occupations take." in alone.stderr


### What is asked


@pytest.mark.parametrize("name", ["ICT application developer", "ict-application developer", "2514.2", ICT])
def test_an_occupation_is_found_by_label_code_and_address(name: str, joined: Catalogue) -> None:
    assert find_node(joined, name, "occupation") == ICT


@pytest.mark.parametrize("name", ["algemeen verpleegkundige", "Algemeen  Verpleegkundige"])
def test_an_occupation_is_found_in_another_language(name: str, joined: Catalogue) -> None:
    assert joined.label(find_node(joined, name)) == "nurse responsible for general care"


def test_a_search_says_by_which_name_in_which_language_it_found_something(joined: Catalogue) -> None:
    found = search(joined, "algemeen verpleegkundige")
    assert [ref.label for ref in found] == ["nurse responsible for general care"]
    assert list(list_reasons(joined, found, "algemeen verpleegkundige").values()) == ["algemeen verpleegkundige"]


def test_what_the_bundled_data_has_is_meant_and_named_first(joined: Catalogue) -> None:
    assert find_node(joined, "data scientist").endswith("/role/data-scientist")
    assert find_node(joined, "verpleegkundige").endswith("/background/nurse")
    assert next(iter(search(joined, "data scientist"))).id.endswith("/role/data-scientist")
    python = [ref for ref in search(joined, "Python") if "python" in ref.label.lower()]
    assert python[0].id.endswith("id/skill/python")


def test_labels_are_shown_in_the_language_asked_for(esco: Path) -> None:
    ends = ["--dataset", BUNDLED, "--dataset", str(esco)]
    shown = careergraph("path", "algemeen verpleegkundige", "AI ethicist", "--lang", "nl", *ends).stdout
    assert shown.startswith("From algemeen verpleegkundige to AI ethicist\n")
    assert careergraph("show", "algemeen verpleegkundige", *ends).stdout.startswith(
        "nurse responsible for general care"
    )


def test_references_say_which_language_their_label_is_in(esco: Path) -> None:
    graph = Catalogue.load(BUNDLED, str(esco))
    graph.language = "nl"
    nurse = find_node(graph, "algemeen verpleegkundige")
    developer = find_node(graph, "software developer", "occupation")
    python = find_node(graph, "Python")
    assert [graph.ref(iri).to_dict()["language"] for iri in (nurse, developer, python)] == ["nl", "nl", "en"]
    assert graph.ref("urn:unheard:of").language is None
    shown = json.loads(describe_node(graph, nurse).to_json())
    assert (shown["label"], shown["language"]) == ("algemeen verpleegkundige", "nl")
    assert "basisverpleegkundige" in shown["aliases"]
    assert "district nurse" not in shown["aliases"]


def test_routes_start_and_end_at_an_occupation(joined: Catalogue) -> None:
    away = find_routes(joined, ICT, find_node(joined, "machine learning engineer")).routes[0]
    assert away.steps[-1].destination.label == "Machine learning engineer"
    developer = f"{ESCO}occupation/f2b15a0e-e65a-438a-affb-29b9d50b77d1"
    near = find_routes(joined, developer, ICT).routes[0]
    assert [step.destination.label for step in near.steps] == ["ICT application developer"]
    assert near.steps[0].held  # the two share skills
    strengths = [item.strength for item in near.steps[0].missing]
    assert strengths == sorted(strengths)  # the essential ones first
    nurse = find_node(joined, "algemeen verpleegkundige")
    assert find_routes(joined, nurse, ICT).routes[0].feasibility < near.feasibility


### What cannot be read


FAULTS: dict[str, tuple[str, str, Callable[[str], str], str]] = {
    "no address": (ENGLISH, "occupations_en.csv", lambda t: t.replace(ICT, "urn:ict"), "not an address of a concept"),
    "no label": (ENGLISH, "skills_en.csv", lambda t: t.replace(",business ICT systems,", ",,"), "no preferred label"),
    "column missing": (ENGLISH, "skills_en.csv", lambda t: t.replace("preferredLabel", "label", 1), "no column"),
    "skill unknown": (
        RELATIONS,
        "occupationSkillRelations.csv",
        lambda t: f"{t}{ICT},essential,knowledge,{ESCO}skill/none\n",
        "there is no skill",
    ),
    "relation unknown": (
        RELATIONS,
        "occupationSkillRelations.csv",
        lambda t: t.replace(",optional,", ",perhaps,", 1),
        "is neither essential nor optional",
    ),
    "relation twice": (
        RELATIONS,
        "occupationSkillRelations.csv",
        lambda t: t + t.splitlines()[1] + "\n",
        "a second time",
    ),
    "row cut off": (RELATIONS, "skillSkillRelations.csv", lambda t: t[: t.rindex(",")], "cells where 5 belong"),
    "level unknown": (ENGLISH, "skills_en.csv", lambda t: t.replace("cross-sector", "galactic", 1), "no reuse level"),
    "quote left open": (ENGLISH, "skills_en.csv", lambda t: t + '"', "it is not valid CSV"),
}


def test_a_fault_leaves_what_was_there(tmp_path: Path) -> None:
    folder = install_fixture(tmp_path / "data")
    before = read_manifest(str(folder))
    copy = alter(tmp_path, *FAULTS["relation twice"][:3])
    with pytest.raises(UnusableSource):
        install_fixture(folder, *downloads(copy))
    assert read_manifest(str(folder)) == before


def test_the_same_language_twice_is_refused() -> None:
    first = downloads()[0]
    with pytest.raises(UnusableSource, match=r"two files of"):
        open_source("esco", first, more=(first,))


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableSource, match=r"no file such as occupations_en\.csv"):
        open_source("esco", str(tmp_path))


def test_a_release_that_nothing_tells_has_to_be_named(tmp_path: Path) -> None:
    file = tmp_path / "occupations_en.csv"
    file.write_bytes((FIXTURES / ENGLISH / "occupations_en.csv").read_bytes())
    with pytest.raises(UnusableSource, match=r"--release 1\.1\.1"):
        open_source("esco", str(file))
    assert open_source("esco", str(file), "1.0.9").release == "1.0.9"


def test_all_rows_are_counted_and_advance() -> None:
    first, *more = downloads()
    opened, read = open_source("esco", first, more=more), 0

    def advance(rows: int) -> None:
        nonlocal read
        read += rows

    list(opened.nodes(advance))
    told = sum(count for name, count in opened.files.items() if "Collection" not in name)
    assert read == told
