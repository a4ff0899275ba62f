"""The crosswalk from ESCO to O*NET: alignments with their kind, and what they make of routes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from careergraph.importing import open_source
from careergraph.importing.crosswalk.workbook import KINDS, Pair, find_kind
from careergraph.model.errors import UnusableSource
from careergraph.rdf.standards import SKOS

HEAD = ("ESCO/ISCO Code", "ESCO/ISCO Title", "O*NET-SOC 2019 Code", "O*NET-SOC 2019 Title")
ROWS = (
    ("2511.4", "data scientist", "15-2051.00", "Data Scientists"),
    ("2514.2", "ICT application developer", "15-2051.00", "Data Scientists"),
    ("2221.2", "nurse responsible for general care", "29-1141.00", "Registered Nurses"),
    ("0110", "a group of ISCO", "15-2051.00", "Data Scientists"),
)


def written(path: Path, rows: Sequence[Sequence[str | None]] = ROWS, head: Sequence[str] = HEAD) -> str:
    """A workbook as the official one is laid out."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["O*NET-SOC 2019 Crosswalks"])
    sheet.append([])
    for row in (head, *rows, [], [None, "ESCO v1.1.0 used."]):
        sheet.append(list(row))
    book.save(path)
    return str(path)


@pytest.mark.parametrize(
    ("ours", "theirs", "several", "kind"),
    [(1, 1, (), "closeMatch"), (1, 2, (), "broadMatch"), (2, 1, (), "narrowMatch"), (2, 1, ("1",), "relatedMatch")],
)
def test_the_kind_follows_from_how_many_are_paired(ours: int, theirs: int, several: tuple[str, ...], kind: str) -> None:
    assert find_kind(Pair("1", "a", "2", "b"), {"1": ours}, {"2": theirs}, several) == SKOS.__dict__[kind]
    assert set(KINDS) >= {SKOS.__dict__[kind], SKOS.exactMatch}


### What cannot be read


@pytest.mark.parametrize(
    ("name", "told"), [("a.xlsx", "not a whole workbook"), ("", "it is a folder"), ("b.xlsx", "there is no such file")]
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "a.xlsx").write_text("no workbook", encoding="utf-8")
    with pytest.raises(UnusableSource, match=told):
        open_source("crosswalk", str(tmp_path / name))


def test_without_occupations_nothing_can_be_paired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREERGRAPH_DATA", str(tmp_path))
    with pytest.raises(UnusableSource, match=r"import esco and onet first"):
        open_source("crosswalk", written(tmp_path / "a.xlsx"))
