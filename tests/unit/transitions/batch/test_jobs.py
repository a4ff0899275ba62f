"""A batch on one machine: all people, once each, whatever stands in the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from careergraph.model.errors import ContradictoryConditions, UnknownName, UnreadableFile, UnwritableFile
from careergraph.store.locations import dataset_files
from careergraph.transitions.batch.errors import OtherBatch
from careergraph.transitions.batch.jobs import Report, run_batch
from command_line import CAREERGRAPH, careergraph, complaint
from made_people import made_people

FILES = dataset_files("bundled")
ROLE = "machine learning engineer"
#: Runs a batch in parts of ten people: FILE, OUTPUT, question, and how many bytes a file may have.
SCRIPT = f"""
import resource, sys
from careergraph.transitions.batch.jobs import run_batch
from careergraph.model.errors import CareergraphError
from careergraph.store.locations import dataset_files
if __name__ == "__main__":
    path, output, question, most = sys.argv[1:]
    if int(most):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
    try:
        run_batch(question, path, output, files=dataset_files("bundled"), to="{ROLE}", processes=2, part=10)
    except CareergraphError as error:
        sys.exit(type(error).__name__ + ": " + str(error))
"""


def write_people(path: Path, people: Sequence[object]) -> str:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in people))
    return str(path)


def read_rows(folder: Path) -> list[dict[str, Any]]:
    """All rows of a folder of parts, in their order."""
    return [json.loads(line) for part in sorted(folder.iterdir()) for line in part.read_text().splitlines()]


def started(tmp_path: Path, people: str, output: Path, question: str = "plan", most: int = 0) -> subprocess.Popen[str]:
    script = tmp_path / "job.py"
    script.write_text(SCRIPT)
    arguments = [sys.executable, str(script), people, str(output), question, str(most)]
    return subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True)


def wait_for_a_part(output: Path) -> None:
    for _ in range(600):
        if list(output.glob("answers/part-*")):
            return
        time.sleep(0.1)
    raise AssertionError("no part was answered")


@pytest.fixture
def people(tmp_path: Path) -> str:
    return write_people(tmp_path / "people.jsonl", list(made_people(60, seed=3)))


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


def test_the_number_of_processes_and_parts_changes_no_answer(tmp_path: Path, people: str) -> None:
    for name, processes, part in (("one", 1, 60), ("two", 2, 7)):
        run_batch("gap", people, str(tmp_path / name), files=FILES, to=ROLE, processes=processes, part=part)
    assert read_rows(tmp_path / "one" / "answers") == read_rows(tmp_path / "two" / "answers")
    assert len(read_rows(tmp_path / "one" / "answers")) == 60


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are ended by signals here")
@pytest.mark.parametrize("victim", ["the job", "a process that answers"])
def test_a_killed_batch_goes_on_from_what_is_complete(tmp_path: Path, people: str, victim: str) -> None:
    output = tmp_path / "out"
    job = started(tmp_path, people, output)
    wait_for_a_part(output)
    children = Path(f"/proc/{job.pid}/task/{job.pid}/children").read_text().split()
    names = {child: Path(f"/proc/{child}/cmdline").read_text() for child in children}
    workers = [int(child) for child in children if "spawn_main" in names[child]]
    assert len(workers) == 2
    os.kill(job.pid if victim == "the job" else workers[0], signal.SIGKILL)
    _, said = job.communicate(timeout=60)
    if victim != "the job":
        assert said.startswith("BatchStopped: A process that answers was ended from outside, or by want of memory.")
        assert len(said.splitlines()) == 1
    for _ in range(100):  # none of them lives on without a job
        if not any(Path(f"/proc/{worker}").exists() for worker in workers):
            break
        time.sleep(0.1)
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    complete = {part.name: part.stat().st_mtime_ns for part in (output / "answers").iterdir()}
    assert 0 < len(complete) < 6

    again = started(tmp_path, people, output)
    assert again.communicate(timeout=120)[1] == ""
    assert {name: (output / "answers" / name).stat().st_mtime_ns for name in complete} == complete
    assert [row["row"] for row in read_rows(output / "answers")] == list(range(60))
    run_batch("plan", people, str(tmp_path / "at-once"), files=FILES, to=ROLE, processes=2, part=10)
    assert read_rows(output / "answers") == read_rows(tmp_path / "at-once" / "answers")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are ended by signals here")
@pytest.mark.parametrize(
    ("sent", "code", "line"), [("SIGKILL", 2, "A process that answers"), ("SIGINT", 130, "Interr")]
)
def test_the_command_line_ends_in_one_line(tmp_path: Path, sent: str, code: int, line: str) -> None:
    people, output = write_people(tmp_path / "people.jsonl", list(made_people(3_000))), tmp_path / "out"
    call = [CAREERGRAPH, "batch", "plan", people, str(output), "--to", ROLE, "--dataset", "bundled", "--processes", "2"]
    # Whoever runs tests behind a terminal may have it ignore interruptions, which is inherited.
    job = subprocess.Popen(
        call,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    workers = []
    for _ in range(300):
        children = Path(f"/proc/{job.pid}/task/{job.pid}/children").read_text().split()
        workers = [int(child) for child in children if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text()]
        if len(workers) == 2:
            break
        time.sleep(0.1)
    time.sleep(2)
    for victim in workers if sent == "SIGKILL" else [job.pid]:
        os.kill(victim, getattr(signal, sent))
    _, said = job.communicate(timeout=60)
    assert job.returncode == code, said
    assert said.splitlines()[-1].startswith(f"Error: {line}"), said
    assert "Traceback" not in said


def test_a_full_disk_is_one_line_and_the_batch_goes_on_once_there_is_room(tmp_path: Path, people: str) -> None:
    pytest.importorskip("resource")
    output = tmp_path / "out"
    output.mkdir()
    full = started(tmp_path, people, output, "gap", most=2_000)
    _, said = full.communicate(timeout=120)
    assert said.startswith(f"UnwritableFile: Cannot write {output}/answers/part-0000")
    assert said.rstrip().endswith(": File too large.")
    assert len(said.splitlines()) == 1
    assert not list(output.glob("answers/part-*"))
    assert started(tmp_path, people, output, "gap").communicate(timeout=120)[1] == ""
    assert len(read_rows(output / "answers")) == 60


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


def test_what_cannot_be_asked_at_all_is_told_before_anything_is_written(tmp_path: Path, people: str) -> None:
    output = tmp_path / "out"
    with pytest.raises(UnknownName, match="philosopher king"):
        run_batch("gap", people, str(output), files=FILES, to="philosopher king")
    with pytest.raises(UnreadableFile, match="No such file"):
        run_batch("gap", str(tmp_path / "nobody.jsonl"), str(output), files=FILES, to=ROLE)
    with pytest.raises(UnreadableFile, match="it is no file"):
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
