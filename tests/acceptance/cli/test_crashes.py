"""Imports that are killed, or whose calls to the system fail: what was there or what was asked for, in true words.

`scripts/crash_imports.py` does the same at full count, and with the bundled data stored beside; `crash_first_use.py`
does it to the command that compiles the bundled data.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from crash_first_use import FirstUse
from crash_imports import CALLS, NEW, OLD, Trial, judge, state


@pytest.fixture(scope="module")
def trial(quick_disk: Path) -> Trial:
    (quick_disk / "crashes").mkdir()
    return Trial(quick_disk / "crashes", light=True)


def test_a_kill_at_a_random_moment_leaves_a_whole_data_set(trial: Trial) -> None:
    chance = random.Random(23)
    for _ in range(10):
        assert trial.kill(chance.uniform(0, 2)) is None


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace makes calls fail; it is not installed")
def test_the_first_and_the_last_fsync_that_fails_is_told_as_it_is(trial: Trial, tmp_path: Path) -> None:
    last, _ = trial.count("fsync", tmp_path / "log")
    assert trial.fail("fsync", last) is None
    assert state(trial.dataset) == NEW
    assert trial.fail("fsync", 1) is None
    assert state(trial.dataset) == OLD


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace makes calls fail; it is not installed")
@pytest.mark.parametrize("call", CALLS)
def test_a_call_that_fails_in_the_end_leaves_what_is_said(call: str, trial: Trial, tmp_path: Path) -> None:
    last, _ = trial.count(call, tmp_path / "log")
    assert trial.fail(call, last) is None


def test_a_false_word_is_noticed(trial: Trial) -> None:
    dataset = trial.afresh()
    assert judge(dataset, 1, "what was there before is still there") is None
    assert judge(dataset, 1, "the new data is in place") is not None
    assert judge(dataset, 0, "") == "exit code 0, and the old data is there"
    next((dataset / "snapshots").glob("*/index.sqlite")).write_bytes(b"x")
    assert judge(dataset, -9, "") == "exit code -9, and there is: damaged"


def test_whatever_happens_to_what_the_bundled_data_is_compiled_to_answers_stay_the_same(tmp_path: Path) -> None:
    first, chance = FirstUse(tmp_path), random.Random(23)
    assert first.kill(chance.uniform(0.2, 1.5)) is None
    assert [first.turn(chance) for _ in range(4)] == [None] * 4
    assert first.close() is None
