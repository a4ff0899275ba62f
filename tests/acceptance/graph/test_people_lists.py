"""Lists of phrases that were fresh once stay understood as they are since they were mended for."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from careergraph.catalogue.catalogue import Catalogue

ROOT = Path(__file__).parents[3]
#: Kind → the least recall and precision.
LEAST = {"title": (0.95, 0.94), "skill": (0.96, 0.97), "field": (0.93, 0.94), "credential": (0.95, 1.0)}


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT))
    return importlib.import_module("benchmarks.people")


@cache
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


@pytest.mark.parametrize("name", ["everyday", "strangers", *(f"unseen-{number}" for number in range(2, 7))])
def test_a_list_stays_understood(people: Any, name: str) -> None:
    scores, _ = people.score(bundled(), people.read_phrases(name))
    less = {
        kind: (round(found.recall, 3), round(found.precision, 3))
        for kind, found in scores.items()
        if kind in LEAST and (found.recall < LEAST[kind][0] or found.precision < LEAST[kind][1])
    }
    assert less == {}
