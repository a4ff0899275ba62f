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
from careergraph.model.errors import ContradictoryConditions, UnreadableFile, UnwritableFile
from careergraph.model.records import Record
from careergraph.rdf.kinds import DESTINATIONS
from careergraph.store.atomic_write import write_whole
from careergraph.store.locations import HIDDEN
from careergraph.transitions.batch.errors import NobodyAnswered, OtherBatch
from careergraph.transitions.batch.input_files import find_state, format_of
from careergraph.transitions.batch.parts import ANSWERS, ERRORS, Job, count_parts
from careergraph.transitions.batch.processes import answer_parts
from careergraph.transitions.batch.releases import tell_release
from careergraph.transitions.batch.tables import count_people, count_rows

#: How many people a part has, in a batch of usual size.
PART = 500
#: A part of a small batch has no fewer; it has about so many parts, for all processors; and one of any size has about
#: so many at most, as a folder with many more is slow.
_SMALLEST, _SHARED, _MOST_PARTS = 10, 256, 10_000
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
    part: int | None = None,
    engine: str = "local",
    master: str | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> Report:
    """Answer one question for all people of a file.

    Args:
        question: `routes`, `reach`, `gap` or `plan`.
        path: the people, in JSON Lines or Parquet; or a folder of such files, as Spark writes them.
        output: a folder for the answers; it is made, or has parts of this same batch.
        files: the data, as `Catalogue.files` has it.
        to: the role for rows that name none.
        format_: what to write, `jsonl` or `parquet`; that of the input if None.
        processes: how many processes answer; as many as there are processors if None.
        part: how many people a part has; if None, as many as suit their number.
        engine: `local`, or `spark` for a cluster: see `careergraph.transitions.batch.spark`.
        master: the cluster's address; this machine if None.
        progress: gets the stage, how many people are done, and how many there are in all. A cluster reports nothing.

    Raises:
        BatchStopped: a process was killed. Complete parts stay.
        ClusterFailed: the cluster cannot be reached, or has given up.
        ContradictoryConditions: `files` has an endpoint, or the engine has no such setting.
        MissingExtra: PySpark, or pyarrow for Parquet, is not installed.
        MissingProgram: Spark needs Java, and there is none.
        NobodyAnswered: all rows are bad. The batch is complete.
        OtherBatch: the folder has the answers to another batch.
        UnreadableFile: the input cannot be read, has other columns, or was changed in the meantime.
        UnwritableFile: the folder cannot be written, or the disk is full. Complete parts stay.
    """
    check_engine(engine, processes=processes, master=master)
    state, release = find_state(path), tell_release(files)
    if to is not None:
        find_node(Catalogue.of_files(files), to, *DESTINATIONS)  # a wrong role is reported once, not for every row
    total, folder, whole = count_people(path), Path(output), str(Path(path).resolve())
    if Path(whole) in folder.resolve().parents:
        raise UnwritableFile(path=output, reason="it is in the folder with the people; name another one")
    job = Job(question, to, whole, *state, format_ or format_of(path), part or choose_part(total), engine, *release)
    if open_folder(folder, job, ANSWERS, ERRORS):
        return _report(Report(total, _count_bad(folder, job), total), path, folder)
    before = min(total, count_parts(folder, job) * job.part) if engine == "local" else 0
    if engine == "spark":
        from careergraph.transitions.batch.spark import answer_on_spark

        answer_on_spark(folder, job, files, master=master)
    else:
        answer_parts(folder, job, files, processes or count_processors(), lambda done: progress(question, done, total))
    if find_state(path) != state:
        raise UnreadableFile(path=path, reason="it was changed while its people were answered; name another folder")
    report = Report(total, _count_bad(folder, job), before)
    write_job(folder, job, complete=True, people=total, bad=report.bad)
    return _report(report, path, folder)


def _report(report: Report, path: str, folder: Path) -> Report:
    if report.people and report.bad == report.people:
        raise NobodyAnswered(path, rows=report.bad, folder=str(folder / ERRORS))
    return report


def _count_bad(folder: Path, job: Job) -> int:
    return sum(count_rows(written, job.format) for written in (folder / ERRORS).glob(f"part-*{_SUFFIXES[job.format]}"))


def check_engine(engine: str, *, processes: int | None = None, master: str | None = None) -> None:
    """Check that an engine is there, and has what it is set to, before anything that takes long.

    Args:
        engine: `local` or `spark`.
        processes: how many processes were asked for.
        master: the cluster that was asked for.

    Raises:
        ContradictoryConditions: the engine has no such setting.
        MissingExtra: PySpark is not installed.
        MissingProgram: there is no Java.

    >>> check_engine("local", master="spark://host:7077")
    Traceback (most recent call last):
    careergraph.model.errors.ContradictoryConditions: --master is a setting of --engine spark.
    """
    if engine != "spark":
        if master is not None:
            raise ContradictoryConditions("--master is a setting of --engine spark.")
        return
    if processes is not None:
        raise ContradictoryConditions("--processes is no setting of --engine spark; --master 'local[2]' is.")
    from careergraph.transitions.batch.spark import check_spark

    check_spark()


def choose_part(people: int) -> int:
    """How many people a part has: few enough for all processors, and so many that parts do not become too many.

    >>> [choose_part(people) for people in (100, 10_000, 1_000_000, 100_000_000)]
    [10, 39, 500, 10000]
    """
    return max(_SMALLEST, min(PART, people // _SHARED), people // _MOST_PARTS)


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
        said = _read_job(folder)
        if said is None:
            write_job(folder, job)  # first of all: a batch that is killed or finds no room goes on in its own folder
        for name in names:
            (folder / name).mkdir(exist_ok=True)
    except OSError as error:
        raise UnwritableFile(path=str(folder), reason=error.strerror or str(error)) from error
    if said is None:
        return False
    differing = tuple(name for name, value in job.to_dict().items() if said.get(name) != value)
    if differing:
        raise OtherBatch(str(folder), differing=differing)
    return said.get("complete") is True


def _read_job(folder: Path) -> dict[str, Any] | None:
    if not (folder / JOB).exists():
        if any(not found.name.startswith(HIDDEN) for found in folder.iterdir()):
            raise UnwritableFile(path=str(folder), reason="something is there that no batch has written")
        return None
    try:
        said = json.loads((folder / JOB).read_bytes())
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise UnreadableFile(path=str(folder / JOB), reason="it is damaged")
    return said


def write_job(folder: Path, job: Record, **more: Any) -> None:
    """Write the description of a batch, and what became of it."""
    content = json.dumps({**job.to_dict(), **more}, indent=2, ensure_ascii=False)
    write_whole(folder / JOB, f"{content}\n".encode())


def count_processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
