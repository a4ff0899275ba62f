"""The export for tools for mappings: SSSOM's table says what the records in the graph say, and keeps SSSOM's rules."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.export import export
from careergraph.rdf.standards import OWL, RDFS, SKOS, SSSOM
from careergraph.rdf.vocabulary import NAMESPACE
from careergraph.store.locations import find_data_folder, list_dataset_files
from command_line import careergraph, complaint

FILES = [Path(find_data_folder("graph")) / name for name in ("alignments.ttl", "proxies.ttl")]
#: Declared by SSSOM itself.
BUILT_IN = {"skos": NAMESPACE.skos, "semapv": NAMESPACE.semapv}
RECORD = """
@prefix cg: <https://w3id.org/careergraph/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sssom: <https://w3id.org/sssom/> .
<https://example.org/mine/record> a cg:Alignment , owl:Axiom ;
    owl:annotatedSource <https://example.org/mine/a> ;
    owl:annotatedProperty skos:closeMatch ;
    owl:annotatedTarget <http://data.europa.eu/esco/skill/b> ;
    sssom:object_label "tab\\there" ;
    rdfs:comment "It \\"is\\"\\nso." .
"""


class Sssom:
    """A table as SSSOM has it, taken apart: what the lines behind `#` say, and the rows."""

    def __init__(self, content: bytes) -> None:
        text = content.decode()
        block = "".join(re.findall(r"^#.*\n", text, flags=re.MULTILINE))
        assert text.startswith(block)
        self.prefixes = BUILT_IN | dict(re.findall(r'^#  (\w+): "(.*)"$', block, flags=re.MULTILINE))
        self.slots = dict(re.findall(r'^#(\w+): "(.*)"$', block, flags=re.MULTILINE))
        self.rows = list(csv.DictReader(text.removeprefix(block).splitlines(keepends=True), delimiter="\t"))

    def long(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self.prefixes[prefix] + local


@pytest.fixture(scope="module")
def curated() -> Sssom:
    return Sssom(export(list_dataset_files(), "sssom").content)


def test_each_record_of_the_graph_is_a_row_that_says_the_same(curated: Sssom) -> None:
    catalogue = Catalogue.of_files(list(map(str, FILES)))
    columns = {
        "subject_id": OWL.annotatedSource,
        "predicate_id": OWL.annotatedProperty,
        "object_id": OWL.annotatedTarget,
        "mapping_justification": SSSOM.mapping_justification,
        "reviewer_id": SSSOM.reviewer_id,
        "object_source": SSSOM.object_source,
    }
    words = {"object_label": SSSOM.object_label, "confidence": SSSOM.confidence, "comment": RDFS.comment}
    expected = [
        tuple(catalogue.value(record, property_) for property_ in (*columns.values(), *words.values()))
        for record in catalogue.by_kind["alignment"]
    ]
    found = [(*(curated.long(row[name]) for name in columns), *(row[name] for name in words)) for row in curated.rows]
    assert len(found) > 80
    assert sorted(found) == sorted(expected)


def test_subjects_are_called_as_in_the_graph(curated: Sssom) -> None:
    labels = {row["subject_id"]: row["subject_label"] for row in curated.rows}
    assert labels["skill:ci-cd"] == "CI/CD pipelines"


def test_the_set_has_a_name_the_editors_licence_and_no_prefix_that_it_does_not_use(curated: Sssom) -> None:
    assert curated.slots == {
        "mapping_set_id": "https://w3id.org/careergraph/id/alignment/",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    used = {
        cell.partition(":")[0]
        for row in curated.rows
        for name, cell in row.items()
        if name.endswith("_id") or name in ("mapping_justification", "object_source")
    }
    assert used == set(curated.prefixes)


def test_rows_are_in_order(curated: Sssom) -> None:
    keys = [tuple(row.values()) for row in curated.rows]
    assert keys == sorted(keys)


def test_a_data_set_without_alignments_gives_a_table_without_rows_and_no_licence() -> None:
    empty = Sssom(export([str(FILES[0].parent / "editors" / "topics.ttl")], "sssom").content)
    assert empty.rows == []
    assert empty.slots["license"] == "https://w3id.org/sssom/license/unspecified"


def test_identifiers_of_others_get_prefixes_and_odd_signs_are_quoted(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(RECORD, encoding="utf-8")
    found = Sssom(export([str(path)], "sssom").content)
    (row,) = found.rows
    assert found.long(row["subject_id"]) == "https://example.org/mine/a"
    assert found.long(row["object_id"]) == "http://data.europa.eu/esco/skill/b"
    assert found.long(row["predicate_id"]) == SKOS.closeMatch
    assert (row["object_label"], row["comment"]) == ("tab\there", 'It "is"\nso.')


def test_a_selection_is_refused() -> None:
    message = complaint(careergraph("export", "sssom", "--focus", "python", "--dataset", "bundled"), 2)
    assert "sssom holds all alignments; leave out --focus" in message
