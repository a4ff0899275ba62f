"""Jobs and wages by occupation: as the table has them, with year and error, never mixed with what others say."""

from __future__ import annotations

from pathlib import Path

import pytest

from careergraph.importing import open_source
from careergraph.model.errors import UnusableSource
from labour_market import FIXTURES, OEWS


def test_without_occupations_it_is_about_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREERGRAPH_DATA", str(tmp_path))
    with pytest.raises(UnusableSource, match=r"import onet first"):
        open_source("oews", str(FIXTURES / OEWS))
