"""What the benchmark of observed moves is made of: reading and merging moves, ranking figures, slopes, steps."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from careergraph.model.errors import UnreadableFile

ROOT = Path(__file__).parents[3]
HEAD = "origin,destination,share,origin_title,destination_title,origin_employment,destination_employment\n"


@pytest.fixture
def observed(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT))
    return importlib.import_module("benchmarks.observed")


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT))
    return importlib.import_module("benchmarks.mobility_figures")


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT))
    return importlib.import_module("benchmarks.mobility_routes")


def merged(observed: Any, *rows: tuple[str, str, float]) -> Any:
    """The moves of some rows, with 100 people in each code."""
    return observed.merge_moves(
        [observed.Move(here, there, share, (here, there), (100.0, 100.0)) for here, there, share in rows]
    )


def test_a_row_is_read_with_its_figures(observed: Any, tmp_path: Path) -> None:
    path = tmp_path / "moves.csv"
    path.write_text(HEAD + '23-1011,23-1020,0.01,Lawyers,"Judges, Magistrates",600000,40000\n', encoding="utf-8")
    (move,) = observed.read_moves(str(path))
    assert (move.origin, move.destination, move.share) == ("23-1011", "23-1020", 0.01)
    assert (move.titles, move.people) == (("Lawyers", "Judges, Magistrates"), (600_000, 40_000))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file"),
        ("", "there is no column origin"),
        ("origin,destination\n", "there is no column share"),
        (HEAD, "there are no rows"),
        (HEAD + "a,b,much,A,B,1,1\n", "line 2: 'much' is not a number"),
        (HEAD + "a,b,nan,A,B,1,1\n", "line 2: 'nan' is not a number"),
        (HEAD + "a,b,0.1,A,B,1,1\na,b,-0.1,A,B,1,1\n", "line 3: '-0.1' is not a number"),
        (HEAD + "a,b,1.5,A,B,1,1\n", "line 2: '1.5' is not a share"),
        (HEAD + "a,b\n", "line 2: '' is not a number"),
    ],
    ids=["missing", "empty", "no share", "no rows", "no number", "not a number", "negative", "over 1", "short row"],
)
def test_a_table_that_is_none_is_refused(observed: Any, content: str | None, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "moves.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile) as caught:
        observed.read_moves(str(path))
    assert reason in str(caught.value)


def test_a_table_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "mobility.py"), "nothing", "--truth", str(tmp_path / "none")]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert "No such file" in ended.stderr


def test_origins_with_the_same_destinations_are_one(observed: Any) -> None:
    found = merged(observed, ("a", "c", 0.1), ("a", "d", 0.2), ("b", "c", 0.1), ("b", "d", 0.2), ("c", "d", 0.3))
    assert found.codes == (("a", "b"), ("c",), ("d",))
    assert found.people.tolist() == [200, 100, 100]
    assert found.flow[0].tolist() == [0, 20, 40]


def test_origins_with_other_shares_are_not_one(observed: Any) -> None:
    found = merged(observed, ("a", "c", 0.1), ("a", "d", 0.2), ("b", "c", 0.2), ("b", "d", 0.2))
    assert len(found.codes) == 4


def test_destinations_that_are_always_in_proportion_are_one(observed: Any) -> None:
    rows = [
        (origin, there, share * n) for n, origin in enumerate("abcd", 1) for there, share in (("x", 0.01), ("y", 0.03))
    ]
    assert ("x", "y") in merged(observed, *rows).codes


def test_destinations_of_few_origins_are_not_one_by_accident(observed: Any) -> None:
    rows = [
        (origin, there, share * n) for n, origin in enumerate("ab", 1) for there, share in (("x", 0.01), ("y", 0.03))
    ]
    assert ("x", "y") not in merged(observed, *rows).codes


def test_whoever_stays_or_moves_within_a_group_has_not_moved(observed: Any) -> None:
    found = merged(observed, *((here, there, 0.5) for here in "ab" for there in "ab"), ("c", "a", 0.2), ("c", "c", 0.8))
    assert found.codes == (("a", "b"), ("c",))
    assert found.flow.tolist() == [[0, 0], [20, 0]]


def test_shares_are_of_those_who_left(observed: Any) -> None:
    found = merged(observed, ("a", "b", 0.1), ("a", "c", 0.3), ("a", "a", 0.6))
    assert found.shares[0].tolist() == pytest.approx([0, 0.25, 0.75])


def test_what_is_expected_comes_from_the_other_origins(observed: Any) -> None:
    found = merged(observed, ("a", "c", 0.1), ("a", "d", 0.3), ("b", "c", 0.2))
    assert found.expected[1].tolist() == pytest.approx([0, 0, 0.25, 0.75])


def test_an_occupation_is_in_the_closest_group_that_the_survey_has(observed: Any) -> None:
    found = merged(observed, ("15-1132", "15-1130", 0.1), ("15-1130", "29-1140", 0.1))
    crosswalk = {"15-1132": ["15-1252"], "15-1131": ["15-1251"], "29-1141": ["29-1141"], "11-1011": ["11-1011"]}
    codes = ["15-1252.00", "15-1251.00", "29-1141.01", "11-1011.00"]
    assert found.codes == (("15-1130",), ("15-1132",), ("29-1140",))
    assert observed.list_members(found, codes, crosswalk) == ((1,), (0,), (2,))


def test_an_occupation_that_was_part_of_two_is_in_both_groups(observed: Any) -> None:
    found = merged(observed, ("13-1190", "13-2050", 0.1))
    crosswalk = {"13-1199": ["13-1082"], "13-2051": ["13-1082"]}
    assert observed.list_members(found, ["13-1082.00"], crosswalk) == ((0,), (0,))


@pytest.mark.parametrize(
    "said",
    [{"codes": {"a": ["b"], "c": ["d", "e"]}}, {"one_to_one": {"a": "b"}, "ambiguous": {"c": ["d", "e"]}}],
    ids=["codes", "one to one and ambiguous"],
)
def test_a_crosswalk_leads_from_old_codes_to_new_ones(observed: Any, said: object, tmp_path: Path) -> None:
    path = tmp_path / "crosswalk.json"
    path.write_text(json.dumps(said), encoding="utf-8")
    assert observed.read_crosswalk(str(path)) == {"a": ["b"], "c": ["d", "e"]}


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"codes": 3}'])
def test_a_crosswalk_that_is_none_is_refused(observed: Any, content: str, tmp_path: Path) -> None:
    path = tmp_path / "crosswalk.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile):
        observed.read_crosswalk(str(path))


def test_a_ranking_is_measured_by_its_first_ten(figures: Any) -> None:
    shares = np.array([[0.4, 0.3, 0.2, 0.1] + [0.0] * 16])
    best, worst = np.arange(20.0)[None, ::-1], np.arange(20.0)[None, :]
    everything = np.ones((1, 20), dtype=bool)
    good, bad = figures.rank(best, shares, everything), figures.rank(worst, shares, everything)
    assert (good.recall_at_10[0], good.share_in_10[0], good.seen_in_10[0]) == pytest.approx((1, 1, 0.4))
    assert (bad.recall_at_10[0], bad.share_in_10[0], bad.seen_in_10[0]) == (0, 0, 0)
    assert good.spearman[0] == pytest.approx(-bad.spearman[0])


def test_what_is_not_possible_is_not_ranked(figures: Any) -> None:
    possible = np.array([[False, True, True]])
    found = figures.rank(np.array([[9.0, 2, 1]]), np.array([[0.9, 0.1, 0]]), possible)
    assert (found.recall_at_10[0], found.share_in_10[0]) == (1, 1)


def test_coefficients_and_their_errors_are_those_that_moves_were_drawn_with(figures: Any) -> None:
    drawn = np.random.default_rng(3)
    features, usual = drawn.normal(size=(300, 40, 2)), drawn.random((300, 40))
    possible = drawn.random((300, 40)) < 0.9
    scores = np.where(possible, features @ [0.25, -0.5] + np.log(usual), -np.inf)
    chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    moved = np.stack([drawn.multinomial(50, each / each.sum()) for each in chances]).astype(float)
    given = features, moved, usual, possible
    weights = figures.fit_choice(*given)
    errors = figures.standard_errors(weights, *given)
    assert np.all(errors < 0.02)
    assert np.all(np.abs(weights - [0.25, -0.5]) < 3 * errors)


def test_a_slope_is_flat_above_the_cap_where_moves_are(figures: Any) -> None:
    drawn = np.random.default_rng(4)
    logits, expected = drawn.normal(0, 3, size=(200, 50)), np.full((200, 50), 0.02)
    lift = np.exp(0.25 * np.minimum(logits, 3.0))
    shares = lift / lift.sum(axis=1, keepdims=True)
    folds = np.array_split(np.arange(200), 5)
    below, above = figures.fit_slopes(logits, 3.0, shares, expected, np.ones((200, 50), dtype=bool), folds)
    assert below.value == pytest.approx(0.25, abs=0.005)
    assert above.value == pytest.approx(0, abs=0.005)
    assert below.in_folds == pytest.approx([0.25] * 5, abs=0.005)


def test_scores_of_an_origin_know_nothing_of_its_own_moves(figures: Any) -> None:
    drawn = np.random.default_rng(5)
    features, shares = drawn.normal(size=(10, 8, 1)), drawn.random((10, 8))
    possible, folds = np.ones((10, 8), dtype=bool), np.array_split(np.arange(10), 5)
    before, _ = figures.score_out_of_fold(features, shares, possible, folds)
    shares[folds[0]] = shares[folds[0], ::-1] ** 3
    after, _ = figures.score_out_of_fold(features, shares, possible, folds)
    assert np.array_equal(before[folds[0]], after[folds[0]])
    assert not np.allclose(before[folds[1]], after[folds[1]])


def test_the_lift_is_what_was_seen_by_what_is_expected(figures: Any) -> None:
    chosen = np.array([[True, False]])
    assert figures.lift_within(chosen, np.array([[0.6, 0.4]]), np.array([[0.2, 0.8]])) == pytest.approx(3)
    assert figures.lift_within(~chosen & chosen, np.ones((1, 2)), np.ones((1, 2))) == 0


def test_steps_count_where_the_survey_can_tell(observed: Any, steps: Any) -> None:
    moves = merged(observed, ("a", "b", 0.1), ("b", "a", 0.1), ("c", "a", 0.2))
    survey = steps.Survey(moves, [0, 1], [(0, 3), (1,), (2,)], ["one", "two", "three", "four"])
    assert survey.was_made(("one", "two")) is True
    assert survey.was_made(("two", "three")) is False
    assert survey.was_made(("three", "one")) is None, "it has too few moves from there"
    assert survey.was_made(("one", "four")) is None, "the two are in one group"
    assert survey.was_made(("one", "elsewhere")) is None
    made = survey.count([("one", "two"), ("two", "three"), ("three", "one")])
    assert (made.steps, made.known, made.made, made.share) == (3, 2, 1, 0.5)
