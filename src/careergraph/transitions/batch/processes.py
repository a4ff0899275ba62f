"""The processes of a batch: each has the data open and answers whole parts until there are none left."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from functools import partial
from multiprocessing import active_children, connection, get_context, parent_process, resource_tracker
from pathlib import Path
from threading import Thread, current_thread, main_thread
from typing import Any

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.error_headers import Header, as_header, to_error
from careergraph.model.errors import CareergraphError, UnexpectedFault, UnusableDataset
from careergraph.transitions.batch.answers import Answerer
from careergraph.transitions.batch.errors import BatchStopped
from careergraph.transitions.batch.parts import Job, answer_part, count_parts, is_complete
from careergraph.transitions.batch.releases import Release, tell_release
from careergraph.transitions.batch.tables import Raw, read_people
from careergraph.transitions.precomputed.tables import find_costs, find_similarity

#: How many parts are read ahead for each process.
_AHEAD = 2
#: Python's own process that cleans up after this one says so on standard error, if this one was killed.
_QUIETLY = "ignore::UserWarning:multiprocessing.resource_tracker"


def open_answerer(job: Job, files: Sequence[str]) -> Answerer:
    """The answerer of a batch, with all that it reads of a data set already open.

    From then on, an import may replace the data set: the batch keeps the open one.

    Raises:
        UnusableDataset: the data has changed since the batch began.
    """
    catalogue = Catalogue.of_files(files)
    for find in (find_similarity, find_costs):
        find(catalogue)
    release = Release(job.data, job.parameters)
    if tell_release(files) != release:
        raise UnusableDataset(job.data, "it was replaced after the batch began; name another folder for the answers")
    return Answerer(catalogue, job.question, job.to, release)


def answer_parts(folder: Path, job: Job, files: Sequence[str], processes: int, progress: Callable[[int], None]) -> None:
    """Answer all missing parts of a batch.

    Args:
        folder: the folder of the batch.
        job: what the batch is.
        files: the data.
        processes: how many processes answer.
        progress: gets how many people are done, including those of an earlier run.

    Raises:
        BatchStopped: a process was killed.
        CareergraphError: an error in one of the processes; no part is left half-written.
    """
    arguments = str(folder), job.to_dict(), tuple(files)
    with start_workers(processes, _start, arguments, lambda: count_parts(folder, job)) as pool:
        _share_out(pool, folder, job, _AHEAD * processes, progress)


@contextmanager
def start_workers(
    processes: int, start: Callable[..., None], arguments: tuple[Any, ...], count: Callable[[], int]
) -> Iterator[ProcessPoolExecutor]:
    """Processes for the parts of a batch, which end with the `with` block, and with this process.

    Args:
        processes: how many.
        start: what each does first; it calls `begin_worker`.
        arguments: what `start` is called with.
        count: tells how many parts are complete.

    Raises:
        BatchStopped: a process was killed.
    """
    others = set(active_children())
    _start_tracker()
    with _living_through_closed_pipes():
        # Processes of their own, not copies of this one: what SQLite has opened must not be carried over.
        pool = ProcessPoolExecutor(processes, get_context("spawn"), start, arguments)
        try:
            yield pool
        except BrokenProcessPool as error:
            raise BatchStopped(parts=count()) from error
        except BaseException:  # after an interruption, too: nobody waits for parts that have begun
            for process in set(active_children()) - others:
                process.terminate()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def _start_tracker() -> None:
    """Start the process that cleans up after this one, with the options for warnings that it takes from here."""
    if os.name == "posix":
        sys.warnoptions.append(_QUIETLY)
        try:
            resource_tracker.ensure_running()
        finally:
            sys.warnoptions.remove(_QUIETLY)


@contextmanager
def _living_through_closed_pipes() -> Iterator[None]:
    """Make writing to a killed process an error, whatever this process does on SIGPIPE otherwise."""
    if not hasattr(signal, "SIGPIPE") or current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGPIPE, before)


def wait_for_one(waiting: set[Future[Header]]) -> list[Header]:
    """Wait for a part or several, take them out of those that are waited for, and return what was replied.

    Raises:
        CareergraphError: the error of one of them.
    """
    over, _ = wait(waiting, return_when=FIRST_COMPLETED)
    waiting -= over
    replies = [future.result() for future in over]
    for reply in replies:
        if "error" in reply:
            raise to_error(reply)
    return replies


def _share_out(pool: ProcessPoolExecutor, folder: Path, job: Job, most: int, progress: Callable[[int], None]) -> None:
    waiting: set[Future[Header]] = set()
    done = 0
    with closing(read_people(job.input, job.part)) as parts:
        for number, rows in enumerate(parts):
            if is_complete(folder, job, number):
                done += len(rows)
            else:
                waiting.add(pool.submit(_answer, number, rows))
                done += _count(wait_for_one(waiting)) if len(waiting) >= most else 0
            progress(done)
    while waiting:
        done += _count(wait_for_one(waiting))
        progress(done)


def _count(replies: Iterable[Header]) -> int:
    return sum(reply["people"] for reply in replies)


### In a process of the pool

#: The answerer of this process, or the reason why there is none.
_work: Callable[[int, Sequence[Raw]], None] | Header = {}


def _start(folder: str, job: dict[str, Any], files: Sequence[str]) -> None:
    global _work
    begin_worker()
    described = Job(**job)
    try:
        _work = partial(answer_part, open_answerer(described, files), Path(folder), described)
    except CareergraphError as error:
        _work = as_header(error)


def begin_worker() -> None:
    """Make this process one of a pool: it leaves Ctrl-C to the process that distributes the parts, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _answer(number: int, rows: Sequence[Raw]) -> Header:
    work = _work
    return work if isinstance(work, dict) else catch_reply(lambda: {"people": work(number, rows) or len(rows)})


def catch_reply(work: Callable[[], Header]) -> Header:
    """The reply of some work on a part, or its error as data: not all errors survive being pickled."""
    try:
        return work()
    except CareergraphError as error:
        return as_header(error)
    except Exception as error:
        return as_header(UnexpectedFault.of(error))
