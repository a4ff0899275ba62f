"""Derived transitions: the features, the model, what is laid down and how it is read."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing.derive.similarity.cooccurrence import (
    count_mentions,
    find_associations,
    find_centre,
    find_middles,
    make_company_vectors,
)
from careergraph.importing.derive.similarity.coordinates import OccupationProfiles
from careergraph.importing.derive.similarity.features import FEATURES, LEFT_OUT, MISSING, list_values
from careergraph.importing.derive.similarity.model import load_bundled, read, to_json
from careergraph.importing.derive.similarity.pairwise import compute_missing_shares, find_best_matches, rank_places
from careergraph.importing.derive.similarity.profiles import Profiles, make_profiles
from careergraph.importing.derive.similarity.text_vectors import Vocabulary, split_words
from careergraph.importing.derive.similarity.write import derive, write
from careergraph.model.errors import UnusableDataset
from careergraph.store.datasets import find_snapshot
from careergraph.transitions.precomputed.similarity import ARRAYS, HEADER, MOST, Similarity, find_missing_share
from careergraph.transitions.precomputed.tables import find_similarity
from likeness_metrics import auc, calibration, recall, reciprocal_rank
from likeness_profiles import alike, profiles
from likeness_training import find_assertions, fit, train, truth_of

ONET = "https://w3id.org/careergraph/id/onet/"
ONTOLOGY = "https://w3id.org/careergraph/ontology#"
NAMES = [feature.name for feature in FEATURES]
FEW = settings(max_examples=30, deadline=None)


@pytest.fixture(scope="module")
def small(small_onet: Path) -> Profiles:
    return make_profiles(Catalogue.load(str(small_onet)))


@pytest.fixture(scope="module")
def network(small: Profiles, tmp_path_factory: pytest.TempPathFactory) -> Similarity:
    return laid_down(small, tmp_path_factory.mktemp("network"))


def laid_down(found: Profiles, folder: Path) -> Similarity:
    write(found, load_bundled(), folder)
    opened = Similarity.open(str(folder))
    assert opened is not None
    return opened


# Profiles


def test_a_profile_has_all_titles_and_tasks_of_an_occupation(small: Profiles, small_onet: Path) -> None:
    catalogue = Catalogue.load(str(small_onet))
    number = small.occupations.index(f"{ONET}occupation/{small.codes[0]}")
    statements = catalogue.statements[small.occupations[number]]
    labels = [value for key, values in statements.items() if key.endswith("Label") for value in values]
    assert sorted(small.titles[number]) == sorted(labels)
    assert len(small.tasks[number]) == len(catalogue.about(small.occupations[number], "task"))


def test_what_a_source_calls_not_relevant_has_no_depth(small: Profiles, small_onet: Path) -> None:
    catalogue = Catalogue.load(str(small_onet))
    marked = [said for _, said in catalogue.each("rating") if "not relevant" in said.get(f"{ONTOLOGY}depthMark", ())]
    assert marked
    for said in marked:
        (owner,), (element,) = said["https://schema.org/about"], said[f"{ONTOLOGY}element"]
        for group in small.ratings.values():
            if element in group.elements:
                assert group.depth[small.occupations.index(owner), group.elements.index(element)] == 0


def test_related_occupations_never_feed_the_features(small: Profiles, small_onet: Path) -> None:
    catalogue = Catalogue.load(str(small_onet))
    kept = {kind: dict(catalogue.each(kind)) for kind in ("occupation", "rating", "task", "tool-use", "preparation")}
    others = {kind: dict(catalogue.each(kind)) for kind in ("skill", "topic", "term", "activity")}
    bare = Catalogue({iri: said for found in (*kept.values(), *others.values()) for iri, said in found.items()})
    assert not list(bare.each("transition"))
    with_related, without = list_values(OccupationProfiles(small)), list_values(OccupationProfiles(make_profiles(bare)))
    assert all(np.array_equal(with_related[name], without[name]) for name in NAMES)


# Features


def test_a_place_is_shared_by_those_as_similar() -> None:
    similarity = np.array([[1.0, 0.5, 0.5, 0.1]] * 4)
    assert rank_places(similarity)[0].tolist() == pytest.approx([0, -math.log(3.5), -math.log(3.5), -math.log(5)])


def test_coverage_is_the_mean_of_the_best_matches_and_differs_by_direction() -> None:
    east, north = [1.0, 0.0], [0.0, 1.0]
    items = np.array([east, east, north], dtype=np.float32)
    there, back = find_best_matches(items, np.array([1, 0, 2]))
    assert there.tolist() == [[1, 0, 0.5], [0, 0, 0], [1, 0, 1]]
    assert back.tolist() == there.T.tolist()
    some = find_best_matches(items, np.array([1, 0, 2]), slice(1, 3))
    assert [found.tolist() for found in some] == [there[1:].tolist(), back[1:].tolist()]


def test_associations_are_positive_mutual_information_with_evened_chances() -> None:
    vocabulary = Vocabulary([["x", "y", "z"]] * 2)
    found = find_associations(count_mentions(vocabulary, ["x y", "x y", "x z", "x x"])).toarray()
    chances = np.array([3, 2, 1]) ** 0.75 / np.sum(np.array([3, 2, 1]) ** 0.75)
    assert found[0] == pytest.approx([0, math.log(2 / (3 * chances[1])), math.log(1 / (3 * chances[2]))])
    assert found[1:, 0] == pytest.approx([math.log(2 / (2 * chances[0])), math.log(1 / (1 * chances[0]))])
    assert found[1, 2] == found[2, 1] == 0


@pytest.mark.parametrize("dimensions", [2, 40], ids=["some directions", "all directions"])
def test_words_that_keep_the_same_company_are_alike_though_they_never_meet(dimensions: int) -> None:
    # So often each that no two directions say equally much: which are left out must not be left to chance.
    texts = ["treat sick patient", "treat sick client"] * 2 + ["weld long pipe", "weld long beam"] * 3
    texts += ["sell old house"] * 12
    vocabulary = Vocabulary(map(split_words, texts))
    number, vectors = vocabulary.number, make_company_vectors(count_mentions(vocabulary, texts), dimensions)
    alike = vectors @ vectors.T
    assert alike[number["patient"], number["client"]] == pytest.approx(1, abs=1e-6)
    assert alike[number["patient"], number["pipe"]] < 0.5


def test_a_word_that_stands_alone_has_no_company() -> None:
    vocabulary = Vocabulary([["x", "y"]] * 2)
    assert not make_company_vectors(count_mentions(vocabulary, ["x", "y"]), 3).any()


def test_groups_have_a_middle_unless_they_are_empty() -> None:
    found = find_middles(np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 2.0]]), [2, 0, 1])
    assert found == pytest.approx(np.array([[0.5**0.5, 0.5**0.5], [0, 0], [0, 1]]))


def test_what_is_evened_lies_around_the_middle_and_says_nothing_of_rows_that_say_nothing() -> None:
    rows = np.array([[3.0, 1.0], [1.0, 1.0], [0.0, 0.0], [2.0, 4.0]])
    found = find_centre(rows)
    assert found.sum(axis=0) == pytest.approx([0, 0])
    assert found[2] == pytest.approx([0, 0])
    spread = np.linalg.svd(rows[[0, 1, 3]] - rows[[0, 1, 3]].mean(axis=0), compute_uv=False)
    assert np.linalg.svd(found, compute_uv=False) == pytest.approx(np.sqrt(spread))


@given(profiles())
@FEW
def test_features_are_finite_whatever_is_missing(found: Profiles) -> None:
    for name, values in list_values(OccupationProfiles(found), (*FEATURES, *LEFT_OUT)).items():
        assert values.shape == (found.size, found.size), name
        assert np.isfinite(values).all(), name


@given(st.integers(2, 5))
@FEW
def test_occupations_that_differ_in_nothing_are_as_likely(size: int) -> None:
    with TemporaryDirectory() as folder:
        network = laid_down(alike(size), Path(folder))
        values = [network.probability(a, b) for a in network.occupations for b in network.occupations if a != b]
    assert values == pytest.approx([values[0]] * len(values), abs=1e-6)


shares = st.floats(0, 1)
asked = st.dictionaries(st.sampled_from("abcd"), st.tuples(shares, shares))
held = st.dictionaries(st.sampled_from("abcd"), shares)


@given(asked, held, held)
def test_what_is_missing_never_grows_with_what_is_held(
    wanted: dict[str, tuple[float, float]], some: dict[str, float], more: dict[str, float]
) -> None:
    both = {element: max(some.get(element, 0.0), more.get(element, 0.0)) for element in some | more}
    assert 0 <= find_missing_share(wanted, both) <= find_missing_share(wanted, some) + 1e-12 <= 1 + 1e-9


def test_the_share_for_all_pairs_is_the_one_for_each() -> None:
    importance, depth = np.random.default_rng(1).random((2, 4, 3))
    every = compute_missing_shares(importance, depth)
    for origin in range(4):
        for destination in range(4):
            wanted = {str(e): (importance[destination, e], depth[destination, e]) for e in range(3)}
            mine = {str(e): depth[origin, e] for e in range(3)}
            assert every[origin, destination] == pytest.approx(find_missing_share(wanted, mine))


# The model


def test_the_coefficient_of_what_is_missing_is_not_above_zero() -> None:
    generator = np.random.default_rng(0)
    values = generator.random((400, 2)).astype(np.float32)
    model = fit([MISSING, "other"], values, values[:, 0] > 0.5, {})
    assert model.weights[0].coefficient == 0
    assert next(weight for weight in load_bundled().weights if weight.name == MISSING).coefficient < 0


def test_a_fit_finds_the_coefficients_that_made_the_data() -> None:
    generator = np.random.default_rng(0)
    values = generator.normal(size=(40_000, 2)).astype(np.float32)
    chance = 1 / (1 + np.exp(-(values @ np.array([1.5, -0.5]) - 1)))
    model = fit(["a", "b"], values, generator.random(len(chance)) < chance, {})
    assert [weight.slope for weight in model.weights] == pytest.approx([1.5, -0.5], abs=0.05)
    assert model.constant == pytest.approx(-1, abs=0.05)


def test_a_model_that_is_written_reads_the_same() -> None:
    model = load_bundled()
    assert read(to_json(model)) == model
    assert model.names == tuple(NAMES)


def test_fitting_twice_gives_the_same_model(small: Profiles, small_onet: Path) -> None:
    truth = find_assertions(Catalogue.load(str(small_onet)), small.occupations)
    assert truth.origins.size
    nothing = truth.origins[:0]
    models = [train(NAMES, list_values(OccupationProfiles(small)), truth, nothing, {}) for _ in range(2)]
    assert to_json(models[0]) == to_json(models[1])


def test_no_pair_with_an_occupation_held_out_has_a_part_in_a_fit() -> None:
    generator = np.random.default_rng(0)
    values = {"a": generator.random((20, 20)).astype(np.float32)}
    pairs = [(str(i), str((i * j) % 20), j == 3) for i in range(20) for j in (3, 7) if i != (i * j) % 20]
    truth, hidden = truth_of([str(i) for i in range(20)], pairs), np.array([2, 5])
    changed = {"a": values["a"].copy()}
    changed["a"][hidden] = 9.0
    changed["a"][:, hidden] = -9.0
    assert train(["a"], values, truth, hidden, {}) == train(["a"], changed, truth, hidden, {})
    assert train(["a"], values, truth, hidden[:0], {}) != train(["a"], changed, truth, hidden[:0], {})


# Figures


def test_figures_of_a_ranking_are_those_worked_out_by_hand() -> None:
    order = np.array([[3, 1, 2, 0], [1, 0, 2, 3]])
    related = np.array([[False, True, True, False], [False, False, False, True]])
    assert recall(order, related, 2) == pytest.approx((1 / 2 + 0 / 1) / 2)
    assert reciprocal_rank(order, related) == pytest.approx((1 / 2 + 1 / 4) / 2)
    assert auc(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True])) == 0.75
    found = calibration(np.array([0.25, 0.25, 0.85]), np.array([True, False, True]))
    assert found.brier == pytest.approx((0.75**2 + 0.25**2 + 0.15**2) / 3, abs=1e-6)
    assert found.ece == pytest.approx((2 * 0.25 + 1 * 0.15) / 3, abs=1e-6)
    assert [(item.low, item.pairs, item.observed) for item in found.bins] == [(0.2, 2, 0.5), (0.8, 1, 1.0)]


# What is laid down


@given(profiles(), st.floats(0, 1), st.floats(0, 1))
@FEW
def test_probabilities_lie_between_0_and_1_and_never_fall_when_less_is_missing(
    found: Profiles, one: float, other: float
) -> None:
    with TemporaryDirectory() as folder:
        network = laid_down(found, Path(folder))
        for origin, destination in ((a, b) for a in found.occupations for b in found.occupations if a != b):
            less, more = sorted((one, other))
            values = [network.probability(origin, destination, missing) for missing in (None, less, more)]
            assert all(0 < value < 1 for value in values)
            assert values[1] >= values[2]


@given(profiles())
@FEW
def test_terms_add_up_to_the_logit(found: Profiles) -> None:
    with TemporaryDirectory() as folder:
        network = laid_down(found, Path(folder))
        for missing in (None, 0.3):
            logit = sum(term.contribution for term in network.terms("o0", "o1", missing))
            assert 1 / (1 + math.exp(-logit)) == pytest.approx(network.probability("o0", "o1", missing), rel=1e-4)


@given(profiles(smallest=3))
@FEW
def test_the_best_are_those_with_the_greatest_probabilities(found: Profiles) -> None:
    with TemporaryDirectory() as folder:
        network = laid_down(found, Path(folder))
        for origin in found.occupations:
            values = [value for _, value in network.best(origin, 99)]
            every = sorted(network.probability(origin, other) for other in found.occupations if other != origin)
            assert values == every[::-1]
            best = [value for _, value in network.best(origin, 1)]
            assert best == pytest.approx(every[-1:], rel=1e-6)


def test_stored_and_recomputed_lists_of_the_best_agree(network: Similarity) -> None:
    origin = network.occupations[0]
    assert len(network.occupations) - 1 < MOST
    stored, every = network.best(origin, len(network.occupations) - 1), network.best(origin, MOST)
    assert [value for _, value in stored] == pytest.approx([value for _, value in every], rel=1e-6)


def test_the_same_catalogue_gives_the_same_bytes(small_onet: Path, tmp_path: Path) -> None:
    contents = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        derive(Catalogue.load(str(small_onet)), str(tmp_path / name))
        contents.append([(tmp_path / name / file).read_bytes() for file in (HEADER, ARRAYS)])
    assert contents[0] == contents[1]


def test_an_import_lays_down_what_the_catalogue_then_opens(small_onet: Path, network: Similarity) -> None:
    opened = find_similarity(Catalogue.load(str(small_onet)))
    assert opened is not None
    assert opened.occupations == network.occupations
    assert (Path(find_snapshot(str(small_onet))) / "network" / ARRAYS).is_file()


def test_whoever_holds_all_that_is_asked_for_misses_nothing(network: Similarity) -> None:
    destination = next(node for node in network.occupations if network.requirements(node))
    everything = {element: depth for element, (_, depth) in network.requirements(destination).items()}
    assert network.missing_share(destination, everything) == 0
    assert network.missing_share(destination, {}) == pytest.approx(1)


def test_people_in_an_origin_miss_what_was_laid_down(network: Similarity) -> None:
    origin, destination = network.occupations[:2]
    mine = {element: depth for element, (_, depth) in network.requirements(origin).items()}
    stored = next(term.value for term in network.terms(origin, destination) if term.name == MISSING)
    assert stored == pytest.approx(network.missing_share(destination, mine), abs=1e-3)


def test_an_explanation_names_the_strongest_terms(network: Similarity) -> None:
    origin, destination = network.occupations[:2]
    strongest = max(network.terms(origin, destination)[1:], key=lambda term: abs(term.contribution))
    assert network.explain(origin, destination).startswith(f"{strongest.name} {strongest.contribution:+.1f}")
    assert "25% of what is asked for is missing" in network.explain(origin, destination, 0.25)


def test_a_catalogue_with_fewer_than_two_occupations_lays_down_nothing(tmp_path: Path) -> None:
    derive(Catalogue({}), str(tmp_path))
    assert list(tmp_path.iterdir()) == []
    assert Similarity.open(str(tmp_path)) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / ARRAYS).write_bytes(b"short"),
        lambda folder: (folder / ARRAYS).write_bytes(b""),
        lambda folder: (folder / HEADER).write_text("{"),
        lambda folder: (folder / HEADER).write_text("[]"),
        lambda folder: (folder / HEADER).write_text(json.dumps({"format": 0})),
    ],
    ids=["too short", "empty", "no JSON", "no object", "another version"],
)
def test_damaged_files_say_to_import_again(damage: object, tmp_path: Path) -> None:
    laid_down(alike(3), tmp_path)
    damage(tmp_path)  # type: ignore[operator]
    with pytest.raises(UnusableDataset, match="import it again"):
        Similarity.open(str(tmp_path))


def test_reading_needs_no_numpy(tmp_path: Path) -> None:
    laid_down(alike(3), tmp_path)
    code = (
        "import sys; from careergraph.transitions.precomputed.similarity import Similarity;"
        "d = Similarity.open(sys.argv[1]);"
        "d.best('o0', 2), d.terms('o0', 'o1'), d.explain('o0', 'o1'), d.missing_share('o1', {});"
        "sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 0
