"""A part of all pairs of a register's occupations: what is found for some origins is what is found for all at once."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing.derive.pairs.parts import OCCUPATIONS, PAIRS, PairsJob, compare_part, find_missing_parts
from careergraph.importing.derive.similarity.compare import compare
from careergraph.importing.derive.similarity.coordinates import Coordinates, OccupationProfiles
from careergraph.importing.derive.similarity.model import load_bundled
from careergraph.importing.derive.similarity.profiles import Profiles, make_profiles
from careergraph.importing.derive.similarity.text_vectors import find_axes, find_weights, scale_rows
from careergraph.store.datasets import find_snapshot
from careergraph.transitions.precomputed.similarity import Similarity
from likeness_profiles import profiles


def test_a_part_has_the_best_that_an_import_finds(small_onet: Path, tmp_path: Path) -> None:
    found, plain = (
        make_profiles(Catalogue.load(str(small_onet))),
        Similarity.open(f"{find_snapshot(str(small_onet))}/network"),
    )
    assert plain is not None
    OccupationProfiles(found).coordinates.save(tmp_path)
    (tmp_path / OCCUPATIONS).write_text("\n".join(found.occupations))
    (tmp_path / PAIRS).mkdir()
    job = PairsJob("pairs", "onet", found.size, 5, "jsonl", 4, "data", "parameters", "model")
    assert find_missing_parts(tmp_path, job) == [0, 1, 2]
    assert compare_part(tmp_path, job, tmp_path, 1) == 4
    assert find_missing_parts(tmp_path, job) == [0, 2]
    rows = [json.loads(line) for line in (tmp_path / PAIRS / "part-00001.jsonl").read_text().splitlines()]
    best = [(origin, other) for origin in plain.occupations[4:8] for other in plain.nearest(origin, 5)]
    assert [(row["origin"], row["destination"]) for row in rows] == best
    assert [row["place"] for row in rows] == [1, 2, 3, 4, 5] * 4
    assert [row["probability"] for row in rows] == pytest.approx([plain.probability(*pair) for pair in best], abs=2e-6)


@given(profiles())
@settings(max_examples=15, deadline=None)
def test_blocks_of_origins_have_the_values_of_all(found: Profiles) -> None:
    compared, model = OccupationProfiles(found), load_bundled()
    whole = compare(compared, model)
    parts = [compare(compared.coordinates, model, slice(number, number + 1)) for number in range(found.size)]
    # In grains: blocks are multiplied in another order, which changes the last bits.
    apart = np.abs(np.concatenate([part.values for part in parts], axis=1).astype(int) - whole.values)
    assert apart.max() <= 1
    assert np.concatenate([part.logits for part in parts]) == pytest.approx(whole.logits, abs=0.05)


@given(profiles())
@settings(max_examples=5, deadline=None)
def test_coordinates_come_back_as_they_were_saved(found: Profiles) -> None:
    with tempfile.TemporaryDirectory() as folder:
        saved = OccupationProfiles(found).coordinates
        saved.save(Path(folder))
        opened = Coordinates.open(Path(folder))
        for name in Coordinates._fields:
            mine, other = (getattr(each, name) for each in (saved, opened))
            mine, other = (mine.toarray(), other.toarray()) if name.endswith("_letters") else (mine, other)
            assert np.array_equal(mine, other, equal_nan=True), name


def test_directions_of_many_documents_are_those_of_few(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(1)
    weights = find_weights([[f"t{number}" for number in chance.integers(0, 30, 12)] for _ in range(40)])
    few = find_axes(weights, 5)
    monkeypatch.setattr("careergraph.importing.derive.similarity.text_vectors.MOST_PRODUCTS", 10)
    many = find_axes(weights, 5)
    assert many[1] == pytest.approx(few[1])
    one, other = (scale_rows(directions * lengths) for directions, lengths in (few, many))
    assert one @ one.T == pytest.approx(other @ other.T)
