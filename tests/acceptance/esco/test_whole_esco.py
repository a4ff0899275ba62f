"""All of ESCO v1.1.1, in English and in Dutch: as many of everything as its files have."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter

import pytest

from careergraph.importing import open_source
from careergraph.importing.esco.files import GRAPH
from careergraph.rdf.vocabulary import CG, RDF, SKOS
from onet_release import unwatched
from shared_data import shared_file

ENGLISH = shared_file("esco/ESCO dataset - v1.1.1 - classification - en - csv.zip")
RELATIONS = shared_file("esco/ESCO dataset - v1.1.1 - classification -  - csv.zip")
DUTCH = shared_file("esco/occupations_nl_v1.2.csv")


def count(path: str, name: str) -> int:
    """How many rows a file of an archive has, read in another way than the importer does."""
    with zipfile.ZipFile(path) as archive:
        return sum(1 for _ in csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def counts() -> Counter[str]:
    found: Counter[str] = Counter()
    opened = open_source("esco", str(ENGLISH), more=(str(RELATIONS), str(DUTCH)))
    for node in opened.nodes(unwatched):
        if node.graph == GRAPH:
            found.update(value for predicate, value, _ in node.said if predicate == RDF.type)
            found.update(f"{predicate}{sort}" for predicate, _, sort in node.said if predicate == SKOS.prefLabel)
    found["left out"] = sum("67 relations are left out" in remark for remark in opened.remarks)  # type: ignore[attr-defined]
    return found


def test_there_are_as_many_nodes_as_rows(counts: Counter[str]) -> None:
    assert counts[CG.Occupation] == count(str(ENGLISH), "occupations_en.csv") == 3_007
    skills = count(str(ENGLISH), "skills_en.csv") + count(str(ENGLISH), "skillGroups_en.csv")
    assert counts[CG.Skill] + counts[CG.Knowledge] == skills == 14_536
    assert counts[CG.Topic] == count(str(ENGLISH), "ISCOGroups_en.csv") == 619


def test_all_relations_are_there_but_those_of_an_occupation_that_no_file_has(counts: Counter[str]) -> None:
    assert counts[CG.Requirement] == count(str(RELATIONS), "occupationSkillRelations.csv") - 67
    assert counts["left out"] == 1


def test_occupations_of_both_releases_have_a_label_in_dutch(counts: Counter[str]) -> None:
    assert counts[f"{SKOS.prefLabel}@nl"] >= 2_950
