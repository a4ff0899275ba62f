"""Jobs and wages by occupation: as the table has them, with year and error, never mixed with what others say."""

from __future__ import annotations

from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing import open_source
from careergraph.importing.codes import CodedOccupations
from careergraph.importing.oews.estimates import LAYOUTS, Estimates
from careergraph.importing.statistics import open_table
from careergraph.model.errors import UnusableSource
from careergraph.rdf.standards import RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG
from labour_market import FIXTURES, OEWS


@pytest.mark.parametrize("source", ["oews", "ai-salaries", "moves"])
def test_a_folder_is_told_to_be_one(source: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableSource, match="it is a folder; name the file in it"):
        open_source(source, str(tmp_path), codes="soc2018" if source == "moves" else "")


def test_without_occupations_it_is_about_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREERGRAPH_DATA", str(tmp_path))
    with pytest.raises(UnusableSource, match=r"import onet first"):
        open_source("oews", str(FIXTURES / OEWS))


HEADER = ",".join(LAYOUTS["download"])
FIGURES = "1000,2.5,0.4,30000,40000,50000,60000,70000"
MEMBERS = {"29-1141.00": "Nurses", "29-1141.03": "Critical Care Nurses", "13-1021.00": "Buyers", "13-1023.00": "Agents"}


def told_of(tmp_path: Path, *rows: str) -> dict[str, list[str | None]]:
    """Occupation → the basis of its pay, and what else is told of it, from a table with these rows."""
    path = tmp_path / "national_M2025_dl.csv"
    path.write_text("\n".join([HEADER, *(f"{row},U.S.,{FIGURES}" for row in rows)]), encoding="utf-8")
    said = {
        f"urn:{code}": {RDF.type: [CG.Occupation], SKOS.notation: [code], SKOS.prefLabel: [label]}
        for code, label in MEMBERS.items()
    }
    layout, table = open_table(str(path), LAYOUTS)
    read = Estimates(table, layout, "2025", "oews", CodedOccupations(Catalogue(said)))
    nodes = {node.subject: {p: value for p, value, _ in node.said} for node in read.nodes(lambda _: None)}
    assert read.remarks == ("1 row is left out: of larger groups, or of occupations that are not imported.",)
    found: dict[str, list[str | None]] = {}
    for about in nodes.values():
        if SCHEMA.about in about:
            basis = nodes[about[CG.basis]][SKOS.prefLabel] if CG.basis in about else about.get(SCHEMA.propertyID)
            found.setdefault(about[SCHEMA.about], []).append(basis)
    return found


def test_a_member_of_a_group_has_the_pay_of_the_group_which_says_so(tmp_path: Path) -> None:
    rows = "29-1141,Registered Nurses", "13-1020,Purchasing Agents", "13-1023,Agents", "13-1000,Specialists"
    assert told_of(tmp_path, *rows) == {
        "urn:29-1141.00": ["wages", "jobs"],
        "urn:29-1141.03": ["wages of all Registered Nurses"],
        "urn:13-1021.00": ["wages of all Purchasing Agents"],
        "urn:13-1023.00": ["wages", "jobs"],
    }
