"""The whole curated graph in every format for graphs: its reader brings back what was written."""

from __future__ import annotations

from functools import cache

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.export.view import View, view
from graph_readers import ROUND_TRIPS


@cache
def whole() -> View:
    return view(Catalogue.load("bundled"))


@pytest.mark.parametrize("format_", ROUND_TRIPS)
def test_a_reader_brings_back_what_was_written(format_: str) -> None:
    assert len(whole().nodes) > 500
    ROUND_TRIPS[format_](whole())
