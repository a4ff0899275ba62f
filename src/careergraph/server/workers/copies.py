"""A process that has the data set open, and copies of it that answer: what they do not change, they have in common.

The process that is copied (`careergraph.server.workers.template`) answers nothing itself. It is asked over a socket for
a copy, with the two pipes of that, or how a copy has ended.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import BinaryIO

from careergraph.model.errors import CareergraphError, QueryStopped, QueryTimedOut, QueryTooHeavy
from careergraph.sparql.isolation.messages import Header, as_header, to_error
from careergraph.sparql.isolation.processes import LONGEST_START

COPY, END, WAIT = b"c", b"e", b"w"
#: What is asked, and of which copy; what comes back: the process of a copy or its exit code, and whether there is one.
ASKED, TOLD = struct.Struct(">cq"), struct.Struct(">q?")


class Template:
    """The process that is copied. It is started with the first copy, and anew if it has ended.

    May be used by several threads.

    Args:
        files: the RDF files of the data set.
        language: the language of labels in answers.
    """

    def __init__(self, files: Sequence[str], language: str = "en") -> None:
        self._files, self._language = files, language
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._ready = self._closing = False

    def copy(self) -> Copy:
        """Another copy.

        Raises:
            CareergraphError: the data set cannot be opened.
        """
        theirs, ours = os.pipe(), os.pipe()
        try:
            with self._lock:
                pid = self._make(theirs[0], ours[1])
        except BaseException:
            os.close(theirs[1])
            os.close(ours[0])
            raise
        finally:
            os.close(theirs[0])
            os.close(ours[1])
        return Copy(self, pid, os.fdopen(theirs[1], "wb"), os.fdopen(ours[0], "rb"))

    def ask(self, what: bytes, pid: int) -> int | None:
        """The exit code of a copy: as it is by now (END), or once it has ended (WAIT); None if it runs.

        Copies of a process that has gone itself have lost theirs, and count as killed.
        """
        try:
            with self._lock:
                if self._socket is None:
                    return -signal.SIGKILL
                self._socket.sendall(ASKED.pack(what, pid))
                return self._told()
        except OSError:
            return -signal.SIGKILL

    def stop_starting(self) -> None:
        """Start no process any more, and end one that is not ready yet: nobody waits for it. From any thread."""
        self._closing = True
        process = self._process
        if process is not None and not self._ready:
            with suppress(OSError):
                process.kill()

    def close(self) -> None:
        """End the process; copies of it end when nobody asks them any more."""
        with self._lock:
            self._forget()

    def _make(self, requests: int, replies: int) -> int:
        for again in (False, True):
            if self._socket is None:
                self._start()
            assert self._socket is not None
            try:
                socket.send_fds(self._socket, [ASKED.pack(COPY, 0)], [requests, replies])
                pid = self._told()
                assert pid is not None
            except OSError:  # it has been killed
                self._forget()
                if again:
                    raise
            else:
                return pid
        raise AssertionError

    def _start(self) -> None:
        if self._closing:
            raise QueryStopped
        self._socket, theirs = socket.socketpair()
        descriptor = theirs.fileno()
        command = [sys.executable, "-P", "-m", "careergraph.server.workers.template", str(descriptor)]
        with theirs:
            self._process = subprocess.Popen(
                command, pass_fds=[descriptor], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )
        said = self._greet(self._socket)
        if not said.get("ready"):
            self._forget()
            raise to_error(said) if said else self._ended()
        self._ready = True

    def _greet(self, link: socket.socket) -> Header:
        """Tell the process what to open, and wait for what it says; nothing if it has been killed."""
        link.settimeout(LONGEST_START)
        try:
            with link.makefile("rb") as told:
                link.sendall(json.dumps({"files": list(self._files), "language": self._language}).encode() + b"\n")
                line = told.readline()
        except TimeoutError:
            return as_header(QueryTimedOut(LONGEST_START))
        except OSError:
            return {}
        link.settimeout(None)
        found: Header = json.loads(line or "{}")
        return found

    def _ended(self) -> CareergraphError:
        return QueryStopped() if self._closing else QueryTooHeavy("the process that answers ended as it started")

    def _told(self) -> int | None:
        assert self._socket is not None
        found = self._socket.recv(TOLD.size, socket.MSG_WAITALL)
        if len(found) < TOLD.size:
            raise ConnectionError
        number, known = TOLD.unpack(found)
        return number if known else None

    def _forget(self) -> None:
        if self._socket is not None:
            self._socket.close()
        if self._process is not None:
            with suppress(OSError):
                self._process.kill()
            self._process.wait()
        self._process = self._socket = None
        self._ready = False


class Copy:
    """A copy of a process: see `careergraph.sparql.isolation.processes.Process`."""

    def __init__(self, template: Template, pid: int, requests: BinaryIO, replies: BinaryIO) -> None:
        self.requests, self.replies = requests, replies
        self._template, self._pid = template, pid
        self._code: int | None = None

    def kill(self) -> None:
        """End it at once."""
        if self.exit_code() is None:  # from then on, the number may be another process's
            os.kill(self._pid, signal.SIGKILL)

    def exit_code(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""
        if self._code is None:
            self._code = self._template.ask(END, self._pid)
        return self._code

    def wait(self) -> int:
        """Wait for its end and tell its exit code."""
        if self._code is None:
            self._code = self._template.ask(WAIT, self._pid)
        return self._code or 0
