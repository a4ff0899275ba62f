"""A batch on a cluster: the same questions by the same functions, distributed by Spark.

The data goes to the machines as one archive (`addFile`), people as pandas frames (`mapInPandas`); the answers are
written in partitions. careergraph has to be installed on the machines, in this version: what is bundled comes with it.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from warnings import catch_warnings, simplefilter

from careergraph.model.errors import MissingProgram, UnusableDataset
from careergraph.model.extras import need_extra
from careergraph.store.datasets import CURRENT, find_snapshot, is_imported
from careergraph.store.locations import BUNDLED, list_dataset_files
from careergraph.transitions.batch.answers import Answer, Answerer, BadPerson
from careergraph.transitions.batch.errors import BadRow, ClusterFailed
from careergraph.transitions.batch.parts import ANSWERS, ERRORS, Job
from careergraph.transitions.batch.processes import open_answerer
from careergraph.transitions.batch.tables import Block, find_blocks, find_columns, make_schema, read_block

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

#: The archive with the data, and the list of the data in it.
ARCHIVE, LIST = "careergraph-data.zip", "files.json"
#: A row of both answers and bad rows, with nothing in it.
_NOTHING: dict[str, Any] = dict.fromkeys((*Answer.__match_args__, "error"))
#: The part of a snapshot that is not sent: the store for SPARQL, by far the largest part.
_STORE = "store"
#: How many partitions there are for each processor, so that none is idle for long at the end.
_PARTITIONS = 4
#: Spark's own logging is off: what goes wrong becomes an error of this package.
_LOGGING = """\
status = off
appender.none.type = Null
appender.none.name = none
rootLogger.level = off
rootLogger.appenderRef.none.ref = none
"""
#: How a line begins that says what went wrong: in Python, with the name of the error; in Java, after that.
_PYTHON_FAULT = re.compile(r"(?:careergraph[\w.]+|[\w.]*(?:Error|Exception)): ")
_JAVA_FAULT = re.compile(r"(?:: |Caused by: )[\w.$]+: (.+)")
#: What Java says once no master has answered for a minute: by then it has stopped.
_GIVEN_UP = "stopped SparkContext"
#: How the address of a cluster begins.
_ADDRESSES = ("local", "spark://", "k8s://", "yarn")


class Counts(NamedTuple):
    """How many people there were, and bad rows among them."""

    people: int
    bad: int


def answer_on_spark(folder: Path, job: Job, files: Sequence[str], *, master: str | None = None) -> Counts:
    """Answer a batch on a cluster, and write its answers and bad rows in partitions.

    What an earlier run left incomplete is written anew; Spark itself repeats work that fails on one machine.

    Args:
        folder: the folder of the batch, where all machines can write.
        job: what the batch is; its file of people is where all machines can read it.
        files: the data, as `Catalogue.files` has it.
        master: the cluster's address, such as `spark://host:7077`; all processors of this machine if None.

    Raises:
        ClusterFailed: the cluster cannot be reached, or has given up.
        MissingExtra: PySpark is not installed.
        MissingProgram: there is no Java.
        UnreadableFile: the file of people is Parquet with other columns.
    """
    with tempfile.TemporaryDirectory(prefix="careergraph-") as made, open_session(master, made) as spark:
        archive = Path(made) / ARCHIVE
        pack_data(files, archive)
        spark.sparkContext.addFile(str(archive))
        return _answer(spark, folder, job)


def _answer(spark: SparkSession, folder: Path, job: Job) -> Counts:
    from pyspark.sql.pandas.types import from_arrow_schema

    partitions = _PARTITIONS * spark.sparkContext.defaultParallelism
    # Blocks of the file are read as they are on one machine: there, too, a row is what Python takes for one.
    blocks = list(find_blocks(job.input))
    rows = spark.sparkContext.parallelize(blocks, max(1, len(blocks))).flatMap(_read)
    people = spark.createDataFrame(rows.partitionBy(partitions).values(), "row long, said binary")
    found = people.mapInPandas(partial(_answer_frames, job.to_dict()), from_arrow_schema(_schema())).persist()
    bad = found.where("error IS NOT NULL").select(*BadPerson.__match_args__)
    _write(found.where("error IS NULL").drop("error"), folder / ANSWERS, job.format)
    _write(bad, folder / ERRORS, job.format)
    return Counts(found.count(), bad.count())


def _write(table: DataFrame, folder: Path, format_: str) -> None:
    writer = table.write.mode("overwrite")
    if format_ == "parquet":
        writer.parquet(str(folder))
    else:
        writer.option("ignoreNullFields", "false").json(str(folder))


def _schema() -> Any:
    import pyarrow as pa

    return make_schema(Answer).append(pa.field("error", pa.string()))


### On the machines of the cluster


def _read(block: Block) -> Iterator[tuple[str, tuple[int, bytes]]]:
    """The rows of a block by their questions as keys: equal questions go to one process, which answers them once."""
    for row, raw in enumerate(read_block(block), block.first):
        yield _key(find_columns(raw)), (row, pickle.dumps(raw))


def _key(said: Mapping[str, Any] | BadRow) -> str:
    asked = {name: value for name, value in said.items() if name != "id"} if isinstance(said, Mapping) else {}
    try:
        return json.dumps(asked, sort_keys=True, default=str)
    except RecursionError:  # nested so deeply that it can be read, but not written
        return ""


def _answer_frames(job: Mapping[str, Any], frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    import pandas as pd

    answerer = _answerer(json.dumps(job))
    for frame in frames:
        found = [_as_row(answerer, row, said) for row, said in zip(frame["row"], frame["said"], strict=True)]
        yield pd.DataFrame(found, columns=[*_NOTHING], dtype=object)


def _as_row(answerer: Answerer, row: int, said: bytes) -> dict[str, Any]:
    return _NOTHING | answerer.answer(int(row), find_columns(pickle.loads(said))).to_dict()


@cache
def _answerer(job: str) -> Answerer:
    """The answerer of this Python process, which works on one partition after the other."""
    from pyspark import SparkFiles

    with tempfile.TemporaryDirectory(prefix="careergraph-") as made:
        # Open files stay readable after their folder is gone.
        return open_answerer(Job(**json.loads(job)), unpack_data(Path(SparkFiles.get(ARCHIVE)), Path(made)))


### The data on its way


def pack_data(files: Sequence[str], archive: Path) -> None:
    """Put data into an archive: live snapshots without their stores, and RDF files that are not bundled.

    Args:
        files: as `Catalogue.files` has them.
        archive: the file to write.
    """
    known, listed = {path: number for number, path in enumerate(list_dataset_files(BUNDLED))}, []
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        for number, path in enumerate(files):
            listed.append({"bundled": known[path]} if path in known else {"packed": f"{number}/{Path(path).name}"})
            for source, name in () if path in known else _contents(Path(path)):
                packed.write(source, f"{number}/{name}")
        packed.writestr(LIST, json.dumps(listed))


def _contents(path: Path) -> Iterator[tuple[Path, str]]:
    if not is_imported(str(path)):
        yield path, path.name
        return
    yield path / CURRENT, f"{path.name}/{CURRENT}"
    live = Path(find_snapshot(str(path)))
    needed = (found for found in live.rglob("*") if found.is_file() and live / _STORE not in found.parents)
    yield from ((found, str(path.name / found.relative_to(path))) for found in needed)


def unpack_data(archive: Path, folder: Path) -> list[str]:
    """Unpack what `pack_data` made, and return the files as `Catalogue.of_files` takes them.

    Args:
        archive: the archive.
        folder: an empty folder.

    Raises:
        UnusableDataset: the careergraph installed here has other bundled data.
    """
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    bundled = list_dataset_files(BUNDLED)
    try:
        listed = json.loads((folder / LIST).read_text())
        return [bundled[one["bundled"]] if "bundled" in one else str(folder / one["packed"]) for one in listed]
    except IndexError as error:
        raise UnusableDataset(BUNDLED, "a machine of the cluster has another version of careergraph") from error


### Spark itself


@contextmanager
def open_session(master: str | None, folder: str) -> Iterator[SparkSession]:
    """A session of Spark, which ends with the `with` block.

    Args:
        master: the cluster's address; all processors of this machine if None.
        folder: a temporary folder.

    Raises:
        ClusterFailed: the cluster cannot be reached, or has given up.
        MissingExtra: PySpark is not installed.
        MissingProgram: there is no Java.
    """
    check_spark()
    if master and not master.startswith(_ADDRESSES):
        raise ClusterFailed(master, "an address begins with spark:// or k8s://, or is yarn or local[2]")
    with _session(master or "local[*]", folder) as spark:
        yield spark


def check_spark() -> None:
    """Check that Spark can be started here.

    Raises:
        MissingExtra: PySpark is not installed.
        MissingProgram: there is no Java.
    """
    with need_extra("spark", "`--engine spark`", "pyspark", "pandas", "pyarrow"):
        import pandas  # noqa: F401
        import pyarrow  # noqa: F401
        import pyspark  # noqa: F401
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise MissingProgram("`--engine spark`", program="Java", advice="install a Java of version 17 or later")


@contextmanager
def _session(master: str, folder: str) -> Iterator[SparkSession]:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    logging = Path(folder, "log4j2.properties")
    logging.write_text(_LOGGING)
    spark = None
    builder = SparkSession.builder.master(master).appName("careergraph")
    for name, value in _settings(master, logging).items():
        builder = builder.config(name, value)
    try:
        with _silence():
            spark = builder.getOrCreate()
        with catch_warnings():
            simplefilter("ignore", FutureWarning)  # its warning that not everything was tested with pandas 3
            yield spark
    except (Py4JError, PySparkException, RuntimeError) as error:
        raise ClusterFailed(master, _reason(error)) from None
    finally:
        if spark is not None:
            with suppress(Exception):  # after a failure, it may not be able to stop properly
                spark.stop()


@contextmanager
def _silence() -> Iterator[None]:
    """Keep Java's messages at its start off standard error, which it inherits."""
    own, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(own, 2)
        os.close(own)
        os.close(nowhere)


def _settings(master: str, logging: Path) -> dict[str, str]:
    here = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return {
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={logging.as_uri()}",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.python.worker.reuse": "true",
        "spark.executorEnv.OPENBLAS_NUM_THREADS": "1",  # a machine has as many tasks as processors
        **(here if master.startswith("local") else {}),
    }


def _reason(error: Exception) -> str:
    """What went wrong, in one line: for Python on a machine, the last line of its traceback; or else what Java says."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    python = [line for line in lines if _PYTHON_FAULT.match(line)]
    java = [found[1] for found in map(_JAVA_FAULT.match, lines) if found]
    reason = next(iter([*python[-1:], *java, *lines]), type(error).__name__)
    return "no master answers there" if _GIVEN_UP in reason else reason
