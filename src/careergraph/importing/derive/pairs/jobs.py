"""All pairs of a register's occupations: a folder with the most likely destinations of each.

    OUTPUT/job.json                     which data set, with which release; at the end, how many pairs
    OUTPUT/pairs/part-00000.jsonl       a `LikelyMove` for each of the best destinations of some occupations

A job that was killed continues with the missing parts, on one machine or on a cluster.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from importlib.resources import files as resources
from pathlib import Path
from typing import NamedTuple

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing.derive.pairs.parts import (
    OCCUPATIONS,
    PAIRS,
    PART,
    PairsJob,
    compare_part,
    count_parts,
    find_missing_parts,
)
from careergraph.importing.derive.similarity.coordinates import OccupationProfiles
from careergraph.importing.derive.similarity.model import MODEL
from careergraph.importing.derive.similarity.profiles import Profiles, make_profiles
from careergraph.importing.derive.threads import use_one_thread
from careergraph.model.error_headers import Header
from careergraph.model.errors import UnusableDataset, UnwritableFile
from careergraph.store.locations import list_dataset_files
from careergraph.transitions.batch.jobs import Progress, check_engine, count_processors, open_folder, write_job
from careergraph.transitions.batch.processes import begin_worker, catch_reply, start_workers, wait_for_one
from careergraph.transitions.batch.releases import hash_release, tell_release
from careergraph.transitions.precomputed.similarity import MOST

#: How many parts are begun for each process before one has to end.
_AHEAD = 2
_QUESTION = "pairs"


class PairsReport(NamedTuple):
    """How many occupations were compared, how many pairs were written, and how many parts of an earlier run."""

    occupations: int
    pairs: int
    before: int


def run_pairs(
    dataset: str,
    output: str,
    *,
    most: int = MOST,
    format_: str = "jsonl",
    processes: int | None = None,
    part: int = PART,
    engine: str = "local",
    master: str | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> PairsReport:
    """Find the most likely destinations of each occupation of a data set.

    They are those that an import of a thousand occupations finds by the same model. Takes time in the square of the
    number of occupations, and for each process memory in proportion to it.

    Args:
        dataset: a name, a file or a folder, as `--dataset` takes it.
        output: a folder for the results; it is made, or has parts of this same job.
        most: how many destinations are written for each.
        format_: what to write, `jsonl` or `parquet`.
        processes: how many processes compare; as many as there are processors if None.
        part: how many origins a part has.
        engine: `local`, or `spark` for a cluster.
        master: the cluster's address; this machine if None.
        progress: gets the stage, how many occupations are done, and how many there are. A cluster reports nothing.

    Raises:
        BatchStopped: a process was killed. Complete parts stay.
        ClusterFailed: the cluster cannot be reached, or has given up. Complete parts stay.
        ContradictoryConditions: the data set is an endpoint, or the engine has no such setting.
        MissingExtra: PySpark, or pyarrow for Parquet, is not installed.
        MissingProgram: Spark needs Java, and there is none.
        OtherBatch: the folder has the results of another job.
        UnusableDataset: there are fewer than two occupations of which more is known than a name.
        UnwritableFile: the folder cannot be written, or the disk is full. Complete parts stay.
    """
    check_engine(engine, processes=processes, master=master)
    release = tell_release(list_dataset_files(dataset))
    profiles = make_profiles(Catalogue.load(dataset))
    if profiles.size < 2:
        raise UnusableDataset(dataset, "it says of fewer than two occupations more than their names")
    model = hash_release([str(resources("careergraph.importing.derive.similarity").joinpath(MODEL))])
    job, folder = PairsJob(_QUESTION, dataset, profiles.size, most, format_, part, *release, model), Path(output)
    report = PairsReport(job.occupations, job.occupations * min(most, job.occupations - 1), count_parts(job))
    if open_folder(folder, job, PAIRS):
        return report
    parts = find_missing_parts(folder, job)
    with locate_in(profiles) as located:
        if engine == "spark":
            from careergraph.importing.derive.pairs.spark import compare_on_spark

            compare_on_spark(folder, job, located, parts, master=master)
        else:
            count = processes or count_processors()
            compare_here(folder, job, located, parts, count, lambda done: progress(_QUESTION, done, job.occupations))
    write_job(folder, job, complete=True, pairs=report.pairs)
    return report._replace(before=report.before - len(parts))


@contextmanager
def locate_in(profiles: Profiles) -> Iterator[Path]:
    """A temporary folder with all that the parts are computed from.

    Raises:
        UnwritableFile: the disk is full.
    """
    with tempfile.TemporaryDirectory(prefix="careergraph-") as made:
        folder = Path(made)
        try:
            OccupationProfiles(profiles).coordinates.save(folder)
            (folder / OCCUPATIONS).write_text("\n".join(profiles.occupations), encoding="utf-8")
        except OSError as error:
            raise UnwritableFile(path=made, reason=error.strerror or str(error)) from error
        yield folder


def compare_here(
    folder: Path, job: PairsJob, located: Path, parts: Sequence[int], processes: int, progress: Callable[[int], None]
) -> None:
    """Compare and write some parts by processes of this machine.

    Args:
        folder: the folder of the job.
        job: what the job is.
        located: the folder with the coordinates.
        parts: the numbers of the parts.
        processes: how many processes.
        progress: gets how many occupations are done, with those of earlier runs.

    Raises:
        BatchStopped: a process was killed.
        UnwritableFile: the disk is full.
    """
    all_parts, waiting = count_parts(job), set[Future[Header]]()
    done = min(job.occupations, (all_parts - len(parts)) * job.part)
    progress(done)

    def count() -> int:
        return all_parts - len(find_missing_parts(folder, job))

    with use_one_thread(), start_workers(processes, begin_worker, (), count) as pool:
        for place, number in enumerate(parts, 1):
            waiting.add(pool.submit(_compare, folder, job, located, number))
            while len(waiting) >= (_AHEAD * processes if place < len(parts) else 1):
                done += sum(reply["occupations"] for reply in wait_for_one(waiting))
                progress(done)


def _compare(folder: Path, job: PairsJob, located: Path, number: int) -> Header:
    return catch_reply(lambda: {"occupations": compare_part(folder, job, located, number)})
