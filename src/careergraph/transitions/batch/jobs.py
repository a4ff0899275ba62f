"""A batch on one machine: parts of a file of people, answered by several processes, each part whole or not at all.

    OUTPUT/job.json                     what is asked, of which file, with which release; at the end, how many rows
    OUTPUT/answers/part-00000.jsonl     an `Answer` for each person; there as soon as the part is complete
    OUTPUT/errors/part-00000.jsonl      a `BadPerson` for each row that is not a valid question, if there are any

All processes map the same snapshot into memory. A job that was killed continues with the missing parts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.model.errors import UnreadableFile, UnwritableFile
from careergraph.model.records import Record
from careergraph.rdf.kinds import DESTINATIONS
from careergraph.store.atomic_write import write_whole
from careergraph.transitions.batch.errors import OtherBatch
from careergraph.transitions.batch.parts import ANSWERS, ERRORS, Job, count_parts
from careergraph.transitions.batch.processes import answer_parts
from careergraph.transitions.batch.releases import Release, tell_release
from careergraph.transitions.batch.tables import count_people, count_rows, format_of

#: How many people a part has.
PART = 500
JOB = "job.json"
#: Format → the ending of the names of parts, the same for all engines.
_SUFFIXES = {"jsonl": ".json*", "parquet": ".parquet"}

Progress = Callable[[str, int, int], None]


class Report(NamedTuple):
    """How a batch ended: how many people there were, bad rows among them, and people answered in an earlier run."""

    people: int
    bad: int
    before: int


def run_batch(
    question: str,
    path: str,
    output: str,
    *,
    files: Sequence[str],
    to: str | None = None,
    format_: str | None = None,
    processes: int | None = None,
    part: int = PART,
    engine: str = "local",
    master: str | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> Report:
    """Answer one question for all people of a file.

    Args:
        question: `routes`, `reach`, `gap` or `plan`.
        path: the people, in JSON Lines or Parquet.
        output: a folder for the answers; it is made, or has parts of this same batch.
        files: the data, as `Catalogue.files` has it.
        to: the role for rows that name none.
        format_: what to write, `jsonl` or `parquet`; that of the input if None.
        processes: how many processes answer; as many as there are processors if None.
        part: how many people a part has.
        engine: `local`, or `spark` for a cluster: see `careergraph.transitions.batch.spark`.
        master: the cluster's address; this machine if None.
        progress: gets the stage, how many people are done, and how many there are in all. A cluster reports nothing.

    Raises:
        BatchStopped: a process was killed. Complete parts stay.
        ClusterFailed: the cluster cannot be reached, or has given up.
        ContradictoryConditions: `files` has an endpoint.
        OtherBatch: the folder has the answers to another batch.
        UnreadableFile: the input cannot be read, or has other columns.
        UnwritableFile: the folder cannot be written, or the disk is full. Complete parts stay.
    """
    job = _describe(question, path, to, format_ or format_of(path), (part, engine), tell_release(files))
    if to is not None:
        find_node(Catalogue.of_files(files), to, *DESTINATIONS)  # a wrong role is reported once, not for every row
    total, folder = count_people(path), Path(output)
    if open_folder(folder, job, ANSWERS, ERRORS):
        return Report(total, _count_bad(folder, job), total)
    before = count_parts(folder, job) if engine == "local" else 0
    if engine == "spark":
        from careergraph.transitions.batch.spark import answer_on_spark

        answer_on_spark(folder, job, files, master=master)
    else:
        answer_parts(folder, job, files, processes or count_processors(), lambda done: progress(question, done, total))
    report = Report(total, _count_bad(folder, job), min(total, before * part))
    write_job(folder, job, complete=True, people=total, bad=report.bad)
    return report


def _count_bad(folder: Path, job: Job) -> int:
    return sum(count_rows(written, job.format) for written in (folder / ERRORS).glob(f"part-*{_SUFFIXES[job.format]}"))


def _describe(question: str, path: str, to: str | None, format_: str, way: tuple[int, str], release: Release) -> Job:
    try:
        found = Path(path).stat()
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error
    if not Path(path).is_file():
        raise UnreadableFile(path=path, reason="it is not a file")
    whole = str(Path(path).resolve())
    return Job(question, to, whole, found.st_size, found.st_mtime_ns, format_, *way, *release)


def open_folder(folder: Path, job: Record, *names: str) -> bool:
    """Make the folder of a batch, or check that it belongs to this batch; return whether the batch is complete.

    Args:
        folder: the folder.
        job: the description of the batch.
        names: the folders in it.

    Raises:
        OtherBatch: it belongs to another batch.
        UnreadableFile: the description in it is damaged.
        UnwritableFile: something else is there, or it cannot be written.
    """
    try:
        folder.mkdir(exist_ok=True)
        if not (folder / JOB).exists() and any(folder.iterdir()):
            raise UnwritableFile(path=str(folder), reason="something is there that no batch has written")
        for name in names:
            (folder / name).mkdir(exist_ok=True)
        said = json.loads((folder / JOB).read_bytes()) if (folder / JOB).exists() else None
    except OSError as error:
        raise UnwritableFile(path=str(folder), reason=error.strerror or str(error)) from error
    except ValueError as error:
        raise UnreadableFile(path=str(folder / JOB), reason="it is damaged") from error
    if said is None:
        write_job(folder, job)
        return False
    differing = tuple(name for name, value in job.to_dict().items() if said.get(name) != value)
    if differing:
        raise OtherBatch(str(folder), differing=differing)
    return said.get("complete") is True


def write_job(folder: Path, job: Record, **more: Any) -> None:
    """Write the description of a batch, and what became of it."""
    content = json.dumps({**job.to_dict(), **more}, indent=2, ensure_ascii=False)
    write_whole(folder / JOB, f"{content}\n".encode())


def count_processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
