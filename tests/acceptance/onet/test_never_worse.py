"""Joining all of O*NET never makes what people write less well understood."""

from __future__ import annotations

from pathlib import Path

from careergraph.catalogue.catalogue import Catalogue
from never_worse import find_losses


def test_what_people_write_is_understood_as_before_where_all_of_onet_is_joined(imported_onet: Path) -> None:
    assert find_losses(Catalogue.load("bundled"), Catalogue.load("bundled", str(imported_onet))) == []
