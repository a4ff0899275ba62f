"""A batch on one machine: all people, once each, whatever stands in the way."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from careergraph.model.errors import ContradictoryConditions, UnknownName, UnreadableFile, UnwritableFile
from careergraph.store.locations import list_dataset_files
from careergraph.transitions.batch import jobs
from careergraph.transitions.batch.errors import NobodyAnswered, OtherBatch
from careergraph.transitions.batch.jobs import Report, run_batch
from command_line import careergraph, complaint
from made_people import make_people, read_rows, write_people

FILES = list_dataset_files("bundled")
ROLE = "machine learning engineer"


@pytest.fixture
def people(tmp_path: Path) -> str:
    return write_people(tmp_path / "people.jsonl", list(make_people(60, seed=3)))


def test_every_row_is_answered_or_told(tmp_path: Path) -> None:
    rows = [{"id": "a", "position": "philosopher"}, "nonsense", {"id": "c", "position": "philosofer"}, "[]", "{}"]
    path = write_people(tmp_path / "people.jsonl", [*rows, {"id": "z", "position": "philosopher"}])
    report = run_batch("gap", path, str(tmp_path / "out"), files=FILES, to=ROLE, processes=2, part=2)
    assert report == Report(people=6, bad=4, before=0)
    assert [(row["row"], row["id"]) for row in read_rows(tmp_path / "out" / "answers")] == [(0, "a"), (5, "z")]
    assert [(row["row"], row["error"]) for row in read_rows(tmp_path / "out" / "errors")] == [
        (1, "BadRow"),
        (2, "UnknownName"),
        (3, "BadRow"),
        (4, "BadRow"),
    ]
    said = json.loads((tmp_path / "out" / "job.json").read_text())
    assert (said["complete"], said["people"], said["bad"], said["question"]) == (True, 6, 4, "gap")


@pytest.mark.parametrize("times", [1, 2])
def test_a_batch_of_bad_rows_alone_is_complete_and_no_success(tmp_path: Path, times: int) -> None:
    path = write_people(tmp_path / "people.csv.jsonl", ["id,position", "a,philosopher"])
    for _ in range(times):
        with pytest.raises(NobodyAnswered, match=r"None of the 2 rows of .*; .*out/errors says why") as found:
            run_batch("gap", path, str(tmp_path / "out"), files=FILES, to=ROLE, processes=1)
        assert (found.value.rows, found.value.exit_code) == (2, 1)
    assert [row["error"] for row in read_rows(tmp_path / "out" / "errors")] == ["BadRow", "BadRow"]
    assert json.loads((tmp_path / "out" / "job.json").read_text())["complete"]


def test_the_number_of_processes_and_parts_changes_no_answer(tmp_path: Path, people: str) -> None:
    for name, processes, part in (("one", 1, 60), ("two", 2, 7)):
        run_batch("gap", people, str(tmp_path / name), files=FILES, to=ROLE, processes=processes, part=part)
    assert read_rows(tmp_path / "one" / "answers") == read_rows(tmp_path / "two" / "answers")
    assert len(read_rows(tmp_path / "one" / "answers")) == 60


def test_another_batch_does_not_go_on_in_the_same_folder(tmp_path: Path, people: str) -> None:
    output = str(tmp_path / "out")
    run_batch("gap", people, output, files=FILES, to=ROLE, processes=1)
    assert run_batch("gap", people, output, files=FILES, to=ROLE, processes=1).before == 60
    with pytest.raises(OtherBatch, match="differs in to;"):
        run_batch("gap", people, output, files=FILES, to="AI ethicist", processes=1)
    with pytest.raises(OtherBatch, match="differs in data;"):
        run_batch(
            "gap", people, output, files=[path for path in FILES if "spare" not in path][:-1], processes=1, to=ROLE
        )
    Path(people).write_text('{"position": "philosopher"}\n')
    with pytest.raises(OtherBatch, match="differs in size, modified;"):
        run_batch("gap", people, output, files=FILES, to=ROLE, processes=1)


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path, people: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    with pytest.raises(UnwritableFile, match="something is there that no batch has written"):
        run_batch("gap", people, str(tmp_path / "out"), files=FILES, to=ROLE)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("left", [".careergraph-abcdefgh", None])
def test_a_batch_that_did_not_come_to_its_description_begins_again(
    tmp_path: Path, people: str, left: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full at once, or a kill while the description is written."""
    output = tmp_path / "out"
    if left is None:
        with monkeypatch.context() as patched:
            patched.setattr(jobs, "write_whole", fail_for_want_of_room)
            with pytest.raises(UnwritableFile, match="No space left"):
                run_batch("gap", people, str(output), files=FILES, to=ROLE, processes=1)
    else:
        (output / left).mkdir(parents=True)
    assert run_batch("gap", people, str(output), files=FILES, to=ROLE, processes=1) == Report(60, 0, 0)
    assert sorted(path.name for path in output.iterdir()) == ["answers", "errors", "job.json"]


def fail_for_want_of_room(path: Path, content: bytes) -> None:
    raise UnwritableFile(path=str(path), reason="No space left on device")


@pytest.mark.parametrize("content", ["[]", "7", "{", "null", ""])
def test_a_damaged_description_is_told(tmp_path: Path, people: str, content: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "job.json").write_text(content)
    with pytest.raises(UnreadableFile, match=r"job\.json: it is damaged"):
        run_batch("gap", people, str(tmp_path / "out"), files=FILES, to=ROLE)


def test_people_that_change_in_the_middle_are_told(tmp_path: Path, people: str) -> None:
    def add(stage: str, done: int, total: int) -> None:
        with Path(people).open("a") as file:
            file.write('{"position": "philosopher"}\n')

    with pytest.raises(UnreadableFile, match="it was changed while its people were answered"):
        run_batch("gap", people, str(tmp_path / "out"), files=FILES, to=ROLE, processes=1, progress=add)
    with pytest.raises(OtherBatch, match="differs in size, modified"):
        run_batch("gap", people, str(tmp_path / "out"), files=FILES, to=ROLE, processes=1)


def test_all_processors_have_parts_of_a_small_batch(tmp_path: Path, people: str) -> None:
    run_batch("gap", people, str(tmp_path / "out"), files=FILES, to=ROLE, processes=2)
    assert len(list((tmp_path / "out" / "answers").iterdir())) == 6


def test_a_setting_of_another_engine_is_told(tmp_path: Path, people: str) -> None:
    for engine, setting in (("local", "--master spark://host:7077"), ("spark", "--processes 2")):
        found = careergraph("batch", "gap", people, str(tmp_path / "out"), "--engine", engine, *setting.split())
        assert f"{setting.split()[0]} is " in complaint(found, 2)
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_asked_at_all_is_told_before_anything_is_written(tmp_path: Path, people: str) -> None:
    output = tmp_path / "out"
    with pytest.raises(UnknownName, match="philosopher king"):
        run_batch("gap", people, str(output), files=FILES, to="philosopher king")
    with pytest.raises(UnreadableFile, match="No such file"):
        run_batch("gap", str(tmp_path / "nobody.jsonl"), str(output), files=FILES, to=ROLE)
    with pytest.raises(UnwritableFile, match="it is in the folder with the people"):
        run_batch("gap", str(tmp_path), str(output), files=FILES, to=ROLE)
    with pytest.raises(ContradictoryConditions, match=r"example\.org/sparql is an endpoint"):
        run_batch("gap", people, str(output), files=["https://ann:secret@example.org/sparql"], to=ROLE)
    assert not output.exists()


def test_the_command_line_tells_how_many_and_where(tmp_path: Path, people: str) -> None:
    output = str(tmp_path / "out")
    found = careergraph("batch", "gap", people, output, "--to", ROLE, "--dataset", "bundled", "--processes", "1")
    assert (found.returncode, found.stdout) == (0, "")
    assert found.stderr.splitlines()[-1] == "Asked of 60 people; 0 rows are in errors/."
    again = careergraph("batch", "gap", people, output, "--to", ROLE, "--dataset", "bundled")
    assert again.stderr.splitlines()[-1] == "Asked of 60 people, 60 of them in an earlier run; 0 rows are in errors/."
    other = careergraph("batch", "plan", people, output, "--to", ROLE, "--dataset", "bundled")
    assert "has the answers to another batch, which differs in question" in complaint(other, 2)


def test_a_batch_that_was_killed_goes_on_and_says_nothing_of_what_python_cleans_up(tmp_path: Path) -> None:
    path = write_people(tmp_path / "people.jsonl", list(make_people(3_000, seed=4)))
    command = (sys.executable, "-m", "careergraph", "batch", "gap", path, str(tmp_path / "out"), "--to", ROLE)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not list(tmp_path.glob("out/answers/part-*")):
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
        _, said = process.communicate()  # to the end of all its processes
    assert process.returncode == -signal.SIGKILL
    assert "resource_tracker" not in said
    assert "Warning" not in said
    report = run_batch("gap", path, str(tmp_path / "out"), files=FILES, to=ROLE)
    assert (report.people, report.bad) == (3_000, 0)
    assert report.before > 0
    assert [row["row"] for row in read_rows(tmp_path / "out" / "answers")] == list(range(3_000))
