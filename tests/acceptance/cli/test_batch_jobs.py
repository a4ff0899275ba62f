"""A batch that is killed or finds the disk full: it ends in one line, and goes on from what is complete."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from careergraph.store.locations import list_dataset_files
from careergraph.transitions.batch.jobs import run_batch
from command_line import CAREERGRAPH
from made_people import make_people, read_rows, write_people

FILES = list_dataset_files("bundled")
ROLE = "machine learning engineer"
#: Runs a batch in parts of five people: FILE, OUTPUT, question, and how many bytes a file may have.
SCRIPT = f"""
import resource, sys
from careergraph.transitions.batch.jobs import run_batch
from careergraph.model.errors import CareergraphError
from careergraph.store.locations import list_dataset_files
if __name__ == "__main__":
    path, output, question, most = sys.argv[1:]
    if int(most):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
    try:
        run_batch(question, path, output, files=list_dataset_files("bundled"), to="{ROLE}", processes=2, part=5)
    except CareergraphError as error:
        sys.exit(type(error).__name__ + ": " + str(error))
"""


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


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_people(tmp_path_factory.mktemp("people") / "people.jsonl", list(make_people(30, seed=3)))


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory, people: str) -> list[dict[str, Any]]:
    """The answers of a batch that nothing stands in the way of."""
    output = tmp_path_factory.mktemp("at-once") / "out"
    run_batch("plan", people, str(output), files=FILES, to=ROLE, processes=2, part=5)
    return read_rows(output / "answers")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are ended by signals here")
@pytest.mark.parametrize("victim", ["the job", "a process that answers"])
def test_a_killed_batch_goes_on_from_what_is_complete(
    tmp_path: Path, people: str, at_once: list[dict[str, Any]], victim: str
) -> None:
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
    assert [row["row"] for row in read_rows(output / "answers")] == list(range(30))
    assert read_rows(output / "answers") == at_once


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are ended by signals here")
@pytest.mark.parametrize(
    ("sent", "code", "line"), [("SIGKILL", 2, "A process that answers"), ("SIGINT", 130, "Interr")]
)
def test_the_command_line_ends_in_one_line(tmp_path: Path, sent: str, code: int, line: str) -> None:
    people, output = write_people(tmp_path / "people.jsonl", list(make_people(3_000))), tmp_path / "out"
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
    assert len(read_rows(output / "answers")) == 30
