"""Processes that may end at any time: started when needed, kept for the next request, ended at a deadline, replaced."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, NoReturn, Protocol

from careergraph.model.errors import CareergraphError, QueryStopped, QueryTimedOut, QueryTooHeavy
from careergraph.sparql.isolation.messages import Header, read_message, to_error, write_message

Serve = Callable[[BinaryIO, BinaryIO], None]

#: How long a worker may take to read its data set, in seconds.
LONGEST_START = 300.0
#: How long the system can be told to wait at once, in seconds; its limit is a little higher.
_LONGEST_WAIT = 2_000_000.0

#: When it reads tables, the engine allocates and frees many small pieces of memory. glibc caches seven of each size,
#: and more only if told so before a process starts; other systems ignore this.
_KEPT_AT_HAND = "glibc.malloc.tcache_count=64"

_REASONS = {
    "SIGSEGV": "the engine ran out of stack",
    "SIGBUS": "the engine ran out of stack",
    "SIGABRT": "the engine ran out of memory",
    "SIGKILL": "the system ended the engine, most likely for want of memory",
}


class Process(Protocol):
    """A child process with pipes to its standard input and from its standard output."""

    @property
    def requests(self) -> BinaryIO:
        """Where requests go."""

    @property
    def replies(self) -> BinaryIO:
        """Where replies come from."""

    def kill(self) -> None:
        """End it at once."""

    def exit_code(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""

    def wait(self) -> int:
        """Wait for its end and tell its exit code."""


class SpawnedProcess:
    """A fresh interpreter that runs a module: safe to start from a process with threads."""

    def __init__(self, module: str) -> None:
        # -P: a file in the working directory must not pass for a module.
        command = [sys.executable, "-P", "-m", module]
        tuned = {"GLIBC_TUNABLES": _KEPT_AT_HAND, **os.environ}
        self._popen = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=tuned
        )

    @property
    def requests(self) -> BinaryIO:
        """Where requests go."""
        assert self._popen.stdin is not None
        return self._popen.stdin  # type: ignore[return-value]

    @property
    def replies(self) -> BinaryIO:
        """Where replies come from."""
        assert self._popen.stdout is not None
        return self._popen.stdout  # type: ignore[return-value]

    def kill(self) -> None:
        """End it at once."""
        self._popen.kill()

    def exit_code(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""
        return self._popen.poll()

    def wait(self) -> int:
        """Wait for its end and tell its exit code."""
        return self._popen.wait()


class ForkedProcess:
    """A copy of this process, ready in a millisecond: only for a process without threads."""

    def __init__(self, serve: Serve) -> None:
        theirs, ours = os.pipe(), os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(theirs[1])
            os.close(ours[0])
            _serve_and_leave(serve, theirs[0], ours[1])
        os.close(theirs[0])
        os.close(ours[1])
        self.requests: BinaryIO = os.fdopen(theirs[1], "wb")
        self.replies: BinaryIO = os.fdopen(ours[0], "rb")
        self._code: int | None = None

    def kill(self) -> None:
        """End it at once."""
        if self._code is None:
            os.kill(self._pid, signal.SIGKILL)

    def exit_code(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""
        return self._wait(os.WNOHANG)

    def wait(self) -> int:
        """Wait for its end and tell its exit code."""
        return self._wait(0) or 0

    def _wait(self, options: int) -> int | None:
        if self._code is None:
            pid, status = os.waitpid(self._pid, options)
            self._code = os.waitstatus_to_exitcode(status) if pid else None
        return self._code


def _serve_and_leave(serve: Serve, requests: int, replies: int) -> NoReturn:
    # Nothing of the parent may run here: neither its exit handlers nor the rest of its code.
    try:
        serve(os.fdopen(requests, "rb"), os.fdopen(replies, "wb"))
    finally:
        os._exit(0)


class Worker:
    """A process that answers requests, and is replaced when it had to be ended.

    Not for two threads at once, but `stop` and `close` may be called from any thread.

    Args:
        start: starts the process.
        opening: the first frame, to which the process replies when it is ready.
    """

    def __init__(self, start: Callable[[], Process], opening: Header) -> None:
        self._start, self._opening = start, opening
        self._process: Process | None = None
        self._why: str | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Have a process ready. Does nothing if there is one.

        Raises:
            CareergraphError: opening the data failed in the process, for example because of an unreadable file.
        """
        if self._process is not None and self._why is None and self._process.exit_code() is None:
            return
        self.close()
        self._why = None
        self._process = self._start()
        header, _ = self._exchange(self._opening, b"", LONGEST_START)
        if "error" in header:
            self.close()
            raise to_error(header)

    def ask(self, request: Header, content: bytes, *, seconds: float) -> tuple[Header, bytes]:
        """One request and its reply.

        Args:
            request: the header.
            content: the bytes that go with it.
            seconds: the deadline; the process is ended then.

        Raises:
            QueryTimedOut: there was no reply within `seconds`.
            QueryStopped: `stop` was called.
            QueryTooHeavy: the process died of the request.
            CareergraphError: the process replies with an error.
        """
        self.start()
        header, reply = self._exchange({**request, "seconds": seconds}, content, seconds)
        if "error" in header:
            raise to_error(header)
        return header, reply

    def stop(self) -> None:
        """End what runs. The next request gets a new process."""
        self._end("stopped", self._process)

    def close(self) -> None:
        """End the process and forget it."""
        process = self._process
        if process is None:
            return
        with suppress(OSError):
            process.kill()
        process.wait()
        for stream in (process.requests, process.replies):
            with suppress(OSError):  # data meant for it can no longer be written
                stream.close()
        self._process = None

    def _exchange(self, header: Header, content: bytes, seconds: float) -> tuple[Header, bytes]:
        process = self._process
        assert process is not None
        try:
            write_message(process.requests, header, content)
            if not _answers(process.replies, seconds):
                self._end("late", process)
            return read_message(process.replies)
        except (EOFError, OSError):
            raise self._failure(process, seconds) from None
        except BaseException:  # Ctrl-C: nobody is waiting for the reply any more
            self.stop()
            raise

    def _end(self, why: str, process: Process | None) -> None:
        with self._lock:
            if process is not None and process is self._process and self._why is None:
                self._why = why
                process.kill()

    def _failure(self, process: Process, seconds: float) -> CareergraphError:
        code = process.wait()
        name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        if self._why == "late" or name == "SIGXCPU":
            return QueryTimedOut(seconds)
        if self._why == "stopped":
            return QueryStopped()
        return QueryTooHeavy(_REASONS.get(name, f"the engine ended ({name})"))


def _answers(replies: BinaryIO, seconds: float) -> bool:
    """Wait until there is a reply, or the process has ended; whether either came in time.

    A process writes its reply when it is complete, so it is enough to wait for the first byte. A thread would work on
        every system, but takes longer to start than most queries take to answer.
    """
    if not hasattr(select, "poll"):  # on Windows
        waiter = threading.Thread(target=replies.peek, args=(1,), daemon=True)  # type: ignore[attr-defined]
        waiter.start()
        waiter.join(seconds)
        return not waiter.is_alive()
    waiting = select.poll()
    waiting.register(replies, select.POLLIN)
    return bool(waiting.poll(min(seconds, _LONGEST_WAIT) * 1000))
