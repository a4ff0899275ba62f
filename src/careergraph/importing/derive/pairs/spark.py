"""All pairs of a register's occupations on a cluster: each part is a task of Spark, and writes its own file."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from careergraph.importing.derive.pairs.parts import PairsJob, compare_part
from careergraph.importing.derive.threads import use_one_thread
from careergraph.model.error_headers import Header, to_error
from careergraph.model.errors import UnwritableFile
from careergraph.transitions.batch.processes import catch_reply
from careergraph.transitions.batch.spark import open_session

#: The archive with the coordinates.
_ARCHIVE = "careergraph-coordinates.zip"


def compare_on_spark(
    folder: Path, job: PairsJob, located: Path, parts: Sequence[int], *, master: str | None = None
) -> None:
    """Compare and write some parts on a cluster.

    Args:
        folder: the folder of the job, where all machines can write.
        job: what the job is.
        located: the folder with the coordinates, which is sent to the machines.
        parts: the numbers of the parts.
        master: the cluster's address, such as `spark://host:7077`; all processors of this machine if None.

    Raises:
        ClusterFailed: the cluster cannot be reached, or has given up.
        MissingExtra: PySpark is not installed.
        MissingProgram: there is no Java.
        UnwritableFile: the disk is full, here or on one of the machines.
    """
    folders = tempfile.TemporaryDirectory(prefix="careergraph-")
    with use_one_thread(), folders as made, open_session(master, made) as spark:
        archive = Path(made, _ARCHIVE)
        _pack(located, archive)
        spark.sparkContext.addFile(str(archive))
        # A part is a task: Spark repeats one that was lost with its machine, and parts that are written stay.
        tasks = spark.sparkContext.parallelize(parts, max(1, len(parts)))
        for reply in tasks.map(partial(_compare, str(folder.resolve()), job.to_dict())).collect():
            if "error" in reply:
                raise to_error(reply)


def _pack(located: Path, archive: Path) -> None:
    try:
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
            for path in sorted(located.iterdir()):
                packed.write(path, path.name)
    except OSError as error:
        raise UnwritableFile(path=str(archive), reason=error.strerror or str(error)) from error


### On the machines of the cluster


def _compare(folder: str, job: dict[str, object], number: int) -> Header:
    from pyspark import SparkFiles

    def work() -> Header:
        located = _unpack(Path(SparkFiles.get(_ARCHIVE)))
        return {"occupations": compare_part(Path(folder), PairsJob(**job), located, number)}  # type: ignore[arg-type]

    return catch_reply(work)


def _unpack(archive: Path) -> Path:
    """The folder with the contents of the archive, which all processes of a machine share."""
    there = archive.with_suffix("")
    if not there.exists():
        made = Path(tempfile.mkdtemp(dir=archive.parent))
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(made)
        with suppress(OSError):  # another process was first
            made.rename(there)
    return there
