"""All of ESCO v1.1.1, in English and in Dutch: as many of everything as its files have."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.dataset_diffs import diff_catalogues
from careergraph.importing import open_source
from careergraph.importing.esco.files import GRAPH
from careergraph.rdf.standards import RDF, SKOS
from careergraph.rdf.vocabulary import CG
from make_esco_pair import make_older
from onet_release import as_catalogue, ignore_progress
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
    for node in opened.nodes(ignore_progress):
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


def test_what_was_changed_of_an_older_release_is_told_of_all_of_it(tmp_path: Path) -> None:
    changes = make_older(ENGLISH, RELATIONS, tmp_path)
    older = [str(tmp_path / f"ESCO dataset - v1.1.0 - classification - {language} - csv") for language in ("en", "")]
    both = (opened(older[0], older[1]), opened(str(ENGLISH), str(RELATIONS)))
    found = diff_catalogues(*both, old="1.1.0", new="1.1.1")
    assert {ref.id for ref in found.gone} == set(changes.gone) != set()
    assert {ref.id for ref in found.added} == set(changes.added)
    assert {item.node.id for item in found.renamed} == set(changes.renamed)
    assert {(item.node.id, skill.id) for item in found.changed for skill in item.regraded} == set(changes.regraded)
    assert {skill.id for item in found.changed for skill in item.added} <= set(changes.added)


def opened(english: str, relations: str) -> Catalogue:
    return as_catalogue(open_source("esco", english, more=(relations,)).nodes(ignore_progress))
