"""Salaries that people report themselves, imported."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from statistics import quantiles

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_pay
from careergraph.importing import open_source
from careergraph.importing.ai_salaries.reports import FEWEST, LEVELS
from careergraph.importing.dataset.install import install
from careergraph.rdf.vocabulary import NAMESPACE
from careergraph.store.locations import BUNDLED, list_dataset_files, list_ontology_files
from careergraph.validation.validate import validate
from command_line import careergraph
from labour_market import FIXTURES, SALARIES
from onet_release import ignore_progress

ROLE = f"{NAMESPACE.id}role/data-scientist"


@pytest.fixture(scope="module")
def salaries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("salaries") / "data"
    install(open_source("ai-salaries", str(FIXTURES / SALARIES)), str(folder), progress=ignore_progress)
    return folder


def test_each_group_has_its_quartiles_and_the_number_of_reports(salaries: Path) -> None:
    groups: dict[tuple[str, ...], list[float]] = defaultdict(list)
    with (FIXTURES / SALARIES).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["job_title"] == "Data Scientist" and row["employment_type"] == "FT":
                key = (row["company_location"], LEVELS[row["experience_level"]], row["salary_currency"])
                groups[key].append(float(row["salary"]))
    expected = {
        key: (len(sums), *(round(one) for one in quantiles(sums, n=4, method="inclusive")))
        for key, sums in groups.items()
        if len(sums) >= FEWEST
    }
    found = {
        (line.region, line.seniority, line.currency): (line.spread.reports, line.low, line.spread.median, line.high)
        for line in list_pay(Catalogue.load(BUNDLED, str(salaries)), ROLE)
        if line.spread
    }
    assert found == expected
    assert len(groups) > len(expected)


def test_they_are_told_from_what_sources_say_of_the_role(salaries: Path) -> None:
    lines = list_pay(Catalogue.load(BUNDLED, str(salaries)), ROLE)
    assert [bool(line.spread) for line in lines] == sorted(bool(line.spread) for line in lines)
    assert {line.basis for line in lines if line.spread} == {"self-reported salary"}
    shown = careergraph("show", "data scientist", "--dataset", BUNDLED, "--dataset", str(salaries)).stdout
    assert "self-reported" in shown


def test_what_is_imported_keeps_to_the_shapes(salaries: Path) -> None:
    report = validate(
        list_dataset_files(str(salaries)), context=list_dataset_files(BUNDLED), ontology=list_ontology_files()
    )
    assert report.findings == ()
