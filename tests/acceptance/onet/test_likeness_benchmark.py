"""The benchmark of derived transitions says what is wrong with what it is given."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from onet_release import RELEASE

SCRIPT = Path(__file__).parents[3] / "benchmarks" / "related_occupations.py"
HEAD = "O*NET-SOC Code\tRelated O*NET-SOC Code\tRelatedness Tier\tIndex\r\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file"),
        ("", "line 1: not the columns"),
        ("a\tb\n", "line 1: not the columns"),
        (HEAD + "15-1252.00\t15-1211.00\r\n", "line 2: not the columns"),
        (HEAD, "there are no rows"),
        (HEAD + "15-1252.00\t15-1211.00\tBest\t1\r\n", "line 2: 'Best' is not a tier"),
        (HEAD + "15-1252.00\t15-1211.00\tSupplemental\t1\r\n", "no two occupations of DATA are in a Primary tier"),
        (HEAD + "99-9999.00\t99-9998.00\tPrimary-Short\t1\r\n", "that it relates, such as 99-9999.00"),
        ((RELEASE / "Related Occupations.txt").read_text(encoding="utf-8"), "leave fewer than 50 origins"),
    ],
    ids=[
        *("missing", "empty", "other columns", "short row", "no rows", "no tier", "nothing close"),
        *("unknown occupations", "too few"),
    ],
)
def test_a_truth_that_cannot_be_used_is_one_clear_line(content: str | None, reason: str, tmp_path: Path) -> None:
    truth = tmp_path / "truth.txt"
    if content is not None:
        truth.write_text(content, encoding="utf-8", newline="")
    command = [sys.executable, str(SCRIPT), str(RELEASE), "--truth", str(truth)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert reason in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_data_that_is_no_source_is_one_clear_line(tmp_path: Path) -> None:
    command = [sys.executable, str(SCRIPT), str(tmp_path / "nothing"), "--truth", str(tmp_path / "nothing")]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
