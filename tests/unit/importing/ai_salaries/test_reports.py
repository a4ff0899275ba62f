"""Self-reported salaries: quartiles of at least ten reports, of one title, country, level, year and currency each."""

from __future__ import annotations

from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing import open_source
from careergraph.importing.ai_salaries.reports import load_titles
from careergraph.model.errors import UnusableSource
from careergraph.store.locations import BUNDLED
from labour_market import FIXTURES, SALARIES, alter
from onet_release import ignore_progress


def test_titles_stand_for_roles_that_there_are() -> None:
    catalogue = Catalogue.load(BUNDLED)
    assert {catalogue.kind(role) for role in load_titles().values()} == {"role"}


def test_what_is_left_out_is_told() -> None:
    opened = open_source("ai-salaries", str(FIXTURES / SALARIES))
    list(opened.nodes(ignore_progress))
    (remark,) = opened.remarks  # type: ignore[attr-defined]
    assert "reports are left out" in remark


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",SE,", ",XX,", "not a level"),
        ("2024,", "24,", "is not a year"),
        (",USD,", ",usd,", "is not a currency"),
        ("job_title", "title", "no column"),
    ],
)
def test_a_fault_is_told_with_file_and_line(old: str, new: str, said: str, tmp_path: Path) -> None:
    path = alter(tmp_path, SALARIES, lambda text: text.replace(old, new, 1))
    with pytest.raises(UnusableSource, match=said) as raised:
        list(open_source("ai-salaries", path).nodes(ignore_progress))
    assert raised.value.line


def test_fewer_than_ten_reports_say_nothing(tmp_path: Path) -> None:
    path = alter(tmp_path, SALARIES, lambda text: "\n".join(text.splitlines()[:10]))
    with pytest.raises(UnusableSource, match=r"no title has 10 reports"):
        list(open_source("ai-salaries", path).nodes(ignore_progress))
