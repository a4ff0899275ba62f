"""Rows of queries made at random are those that another engine gives; `scripts/fuzz_results.py` asks more of them."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from fuzz_results import Row, by_engine, disagreement


@pytest.mark.parametrize("seed", range(4))
def test_rows_are_those_of_rdflib(seed: int) -> None:
    chance = random.Random(seed)
    assert [found for _ in range(25) if (found := disagreement(chance))] == []


def test_a_row_too_few_is_noticed() -> None:
    def poor(graph: str, query: str) -> Counter[Row]:
        found = by_engine(graph, query)
        return found - Counter(list(found)[:1])

    chance = random.Random(23)
    assert any(disagreement(chance, poor) for _ in range(25))
