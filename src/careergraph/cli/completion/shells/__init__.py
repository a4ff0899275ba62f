"""Completion scripts for shells, and the places where the shells find them."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from careergraph.model.errors import NoHome, UnreadableFile, UnwritableFile
from careergraph.store.atomic_write import write_whole

SHELLS = ("bash", "zsh", "fish")
#: The end of our line in a start-up file, by which it is found again.
MARK = "# careergraph completion"


class Place(NamedTuple):
    """The place of a script, and the start-up file that has to load it; None if the shell finds it by itself."""

    script: Path
    startup: Path | None

    @property
    def line(self) -> bytes:
        """The line for the start-up file; it does nothing if the script is missing."""
        path = shlex.quote(str(self.script))
        return os.fsencode(f"[ -r {path} ] && . {path}  {MARK}\n")


def make_script(shell: str) -> str:
    """The completion script for one of `SHELLS`.

    >>> make_script("zsh").splitlines()[0]
    '#compdef careergraph'
    """
    return (Path(__file__).parent / f"careergraph.{shell}").read_text(encoding="utf-8")


def place(shell: str, environment: Mapping[str, str]) -> Place:
    """Where the script for a shell goes, for a user with these environment variables.

    Raises:
        NoHome: nothing says where this user's files are.

    >>> place("fish", {"HOME": "/u/ann"}).script.as_posix()
    '/u/ann/.config/fish/completions/careergraph.fish'
    """
    try:
        home = Path(environment.get("HOME") or "~").expanduser()
    except RuntimeError:
        raise NoHome from None
    if shell == "fish":
        folder = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
        return Place(folder / "fish" / "completions" / "careergraph.fish", None)
    startup = Path(environment.get("ZDOTDIR") or home, ".zshrc") if shell == "zsh" else home / ".bashrc"
    folder = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    return Place(folder / "careergraph" / "completion" / f"careergraph.{shell}", startup)


def install(shell: str, environment: Mapping[str, str]) -> list[str]:
    """Put a script in its place, and load it in the shell's start-up file if needed; a second time changes nothing.

    Returns:
        What was done, a sentence each.

    Raises:
        NoHome: nothing says where this user's files are.
        UnreadableFile: the start-up file cannot be read.
        UnwritableFile: a file cannot be written; existing files are unchanged.
    """
    where = place(shell, environment)
    done = [_write(where.script, make_script(shell).encode())]
    if where.startup is not None:
        before = _content(where.startup)
        kept = _without_ours(before)
        gap = b"" if kept.endswith(b"\n") or not kept else b"\n"
        named = where.line in before.splitlines(keepends=True)
        done.append(_write(where.startup, before if named else kept + gap + where.line))
    return done


def remove(shell: str, environment: Mapping[str, str]) -> list[str]:
    """Undo what `install` has done.

    Returns:
        What was done, a sentence each.

    Raises:
        NoHome: nothing says where this user's files are.
        UnreadableFile: the start-up file cannot be read.
        UnwritableFile: a file cannot be written or removed.
    """
    where = place(shell, environment)
    done = []
    if where.startup is not None and where.startup.exists():
        done.append(_write(where.startup, _without_ours(_content(where.startup))))
    try:
        where.script.unlink()
        done.append(f"Removed {where.script}.")
    except FileNotFoundError:
        done.append(f"There is no {where.script}.")
    except OSError as error:
        raise UnwritableFile(path=str(where.script), reason=error.strerror or str(error)) from error
    return done


def _without_ours(content: bytes) -> bytes:
    return b"".join(line for line in content.splitlines(keepends=True) if not line.rstrip().endswith(MARK.encode()))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise UnreadableFile(path=str(path), reason=error.strerror or str(error)) from error


def _write(path: Path, content: bytes) -> str:
    if path.exists() and _content(path) == content:
        return f"{path} is as it should be."
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableFile(path=str(path), reason=error.strerror or str(error)) from error
    write_whole(path, content)
    return f"Wrote {path}."
