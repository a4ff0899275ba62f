"""Run a careergraph command and tell afterwards, on standard error, what it has done besides reading and printing.

python docs/examples/watched.py profile lena.json

Python's audit events say when a program connects to something, starts another one, or opens a file to write. What
compiled libraries do by themselves is not among them.
"""

from __future__ import annotations

import os
import sys

DONE: dict[str, list[str]] = {"network": [], "programs started": [], "files written": []}


def watch(event: str, details: tuple[object, ...]) -> None:
    """Note an event, if it is one of those that are told."""
    if event.startswith("socket."):
        DONE["network"].append(event)
    elif event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork"):
        DONE["programs started"].append(event)
    elif event == "open" and isinstance(details[0], str) and _writes(details[2]):
        DONE["files written"].append(os.path.basename(details[0]))  # noqa: PTH119


def _writes(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


sys.dont_write_bytecode = True  # Python would keep compiled modules for the next time
sys.addaudithook(watch)

from careergraph.cli import cli  # noqa: E402

try:
    cli.main(standalone_mode=False, prog_name="careergraph")
finally:
    sys.stdout.flush()
    for what, done in DONE.items():
        sys.stderr.write(f"{what}: {', '.join(done) or 'none'}\n")
