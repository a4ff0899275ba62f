"""Real shells, as people use them: started in a home folder of their own, typed into, and what comes of it read.

In front of the real command stands one that writes down what it is called with. When the shell asks what it may offer,
it lets the real one answer. Without a shell its tests are skipped, or fail where CAREERGRAPH_REQUIRE_PEERS is 1.
"""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import run

import pexpect
import pytest

from command_line import CAREERGRAPH
from peers import installed_program

SHELLS = ("bash", "zsh", "fish")
#: How long a shell may take to be there, or a command to be called, in seconds.
LONGEST = 30.0
#: Where each shell is set up by its user, and how: no escape sequences where what is shown is read.
STARTUP = {
    "bash": (".bashrc", "PS1='ready> '\nbind 'set enable-bracketed-paste off'\n"),
    "zsh": (".zshrc", "PS1='ready> '\nunset zle_bracketed_paste\n"),
    "fish": (".config/fish/config.fish", "function fish_prompt\n    echo 'ready> '\nend\nset -g fish_greeting\n"),
}
_RECORDER = """\
#!/bin/sh
[ -z "$_CAREERGRAPH_COMPLETE" ] || exec {real} "$@"
printf '%s\\0' "$@" > {out}.part && mv {out}.part {out}
"""


class Shell:
    """A shell that somebody types into."""

    def __init__(self, name: str, home: Path, child: pexpect.spawn[str]) -> None:
        self.name, self.home, self.child = name, home, child

    def called(self, keys: str) -> list[str]:
        """What careergraph is called with once these keys and Return have been pressed."""
        out = self.home / "called"
        out.unlink(missing_ok=True)
        self.child.send(f"{keys}\r")
        until = time.monotonic() + LONGEST
        while not out.exists():
            assert time.monotonic() < until, f"{self.name} called nothing: {self.child.before!r}"
            self._drain()
        return out.read_text(encoding="utf-8").split("\0")[:-1]

    def _drain(self) -> None:
        # Whoever writes to a terminal that nobody reads from waits in the end.
        try:
            self.child.read_nonblocking(10_000, timeout=0.02)
        except pexpect.TIMEOUT:
            return


def environment(home: Path) -> dict[str, str]:
    """The environment of a user with this home folder, who has the recording command."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ZDOTDIR", "BASH_"))}
    return kept | {
        "HOME": str(home),
        "PATH": f"{home}/bin:{os.environ['PATH']}",
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
        "HISTFILE": "",
    }


def install(name: str, home: Path) -> None:
    """Set a home folder up: start-up file, recording command, completion by the documented command."""
    startup, content = STARTUP[name]
    (home / startup).parent.mkdir(parents=True, exist_ok=True)
    (home / startup).write_text(content, encoding="utf-8")
    # Without this folder, fish reads all man pages of the system when it is first started.
    (home / ".local" / "share" / "fish" / "generated_completions").mkdir(parents=True)
    recorder = home / "bin" / "careergraph"
    recorder.parent.mkdir()
    recorder.write_text(_RECORDER.format(real=shlex.quote(CAREERGRAPH), out=shlex.quote(str(home / "called"))))
    recorder.chmod(0o755)
    run([CAREERGRAPH, "completion", name, "--install"], env=environment(home), check=True, capture_output=True)


@contextmanager
def shell(name: str, home: Path) -> Iterator[Shell]:
    """A shell in a home folder, ready to be typed into."""
    found = installed_program(name)
    child = pexpect.spawn(
        found, ["-i"], env=environment(home), encoding="utf-8", timeout=LONGEST, dimensions=(60, 200), cwd=str(home)
    )
    try:
        child.expect("ready> ")
        yield Shell(name, home, child)
    finally:
        child.close(force=True)


@pytest.fixture(scope="session", params=SHELLS)
def completing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """Each of the shells in turn, with completion installed."""
    installed_program(request.param)
    home = tmp_path_factory.mktemp(request.param)
    install(request.param, home)
    with shell(request.param, home) as running:
        yield running
