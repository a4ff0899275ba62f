"""A browser that nothing listens to while it opens a page, for what people really wait for.

Playwright has the browser keep and decode all that it loads, which holds up the first drawing of a large file by some
50 milliseconds; here it is told to open the file, and asked for its own figures afterwards.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: How long the browser rests before it opens a file: what it does at its start is not to be measured.
_REST = 0.5
#: How often, and how many times, it is asked whether something is drawn.
_PAUSE, _TIMES = 0.1, 100
_FIRST = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"


def time_first_drawing(command: Sequence[str], file: Path) -> float:
    """Milliseconds from opening a file in a browser of its own until anything of it is drawn.

    Args:
        command: a Chromium with its options.
        file: the page.

    Returns:
        What the browser itself says.

    Raises:
        TimeoutError: if nothing was drawn within ten seconds.
    """
    with _open_browser(command) as ask:
        pages = [found for found in ask("Target.getTargets")["targetInfos"] if found["type"] == "page"]
        session = ask("Target.attachToTarget", targetId=pages[0]["targetId"], flatten=True)["sessionId"]
        time.sleep(_REST)
        ask("Page.navigate", session, url=file.as_uri())
        for _ in range(_TIMES):
            time.sleep(_PAUSE)
            drawn = float(ask("Runtime.evaluate", session, expression=_FIRST)["result"]["value"])
            if drawn >= 0:
                return drawn
    raise TimeoutError(f"{file.name} was not drawn within {_PAUSE * _TIMES:g} seconds")


class _Pipe:
    """Questions to a browser and its answers, each a line of JSON that ends with a zero byte."""

    def __init__(self, questions: int, answers: int) -> None:
        self._questions, self._answers = questions, answers
        self._asked, self._read = 0, b""

    def __call__(self, method: str, session: str | None = None, **values: Any) -> dict[str, Any]:
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": values}
        os.write(self._questions, json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0")
        for answer in self._messages():
            if answer.get("id") == self._asked:
                return dict(answer["result"])
        raise ConnectionError(f"the browser ended before it answered {method}")

    def _messages(self) -> Iterator[dict[str, Any]]:
        while True:
            whole, end, rest = self._read.partition(b"\0")
            if end:
                self._read = rest
                yield json.loads(whole)
            elif more := os.read(self._answers, 1 << 16):
                self._read += more
            else:
                return


@contextmanager
def _open_browser(command: Sequence[str]) -> Iterator[_Pipe]:
    """A browser without a window that is asked over its file descriptors 3 and 4."""
    reading, questions = os.pipe()
    answers, writing = os.pipe()
    theirs = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (reading, writing)]

    def hand_over() -> None:
        for at, end in enumerate(theirs, 3):
            os.dup2(end, at)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        options = ("--headless", "--remote-debugging-pipe", "--window-size=1280,800", f"--user-data-dir={folder}")
        browser = subprocess.Popen(
            [*command, *options, "about:blank"],
            preexec_fn=hand_over,
            pass_fds=(3, 4),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for end in (reading, writing, *theirs):
            os.close(end)
        try:
            yield _Pipe(questions, answers)
        finally:
            os.close(questions)
            browser.terminate()
            browser.wait()
            os.close(answers)
