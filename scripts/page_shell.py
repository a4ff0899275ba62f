"""The shell of somebody who works through a page: a folder, a home, and servers, that are theirs alone."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from page_blocks import ROOT

#: How long a block may take, and a server to come up, in seconds.
PATIENCE = 200.0
#: The ports that pages name. Each reader has free ones in their place.
PORTS = ("8000", "8001", "7878", "8890", "1111")
#: Commands that go on until they are ended: they are started, waited for, and ended with the page.
SERVERS = re.compile(r"(careergraph serve|careergraph mcp --http|oxigraph serve(-read-only)?|virtuoso-t)\b")
#: Programs that no registry has. Blocks that need them are parsed, and the files that they name have to be there.
NOWHERE = ("neo4j-admin", "cypher-shell")
#: Lines of shell blocks that are not run, and why.
NOT_RUN = {
    r"python3 -m venv ": "what it installs is what runs here; CI runs the README's own from a fresh clone",
    r"python scripts/make_golden\.py|just (golden|test|check)": "it would run these blocks again",
    r".*-m pytest |pytest |bash \.ci/run": "a suite does not run itself",
}
#: The download that pages import. Where the real one is missing, the ten occupations among the fixtures stand in.
DOWNLOAD = "db_29_3_text.zip"
IMPORT = f"careergraph import onet {DOWNLOAD}"
SHARED = ROOT.parent / "shared" / "data" / "onet" / DOWNLOAD

FAILING = "(A command whose failure is shown is followed by `$ echo $?`.)"
_END = "=== end of a command ==="


class BlockError(AssertionError):
    """A block does not do what the page says."""


class NotHere(Exception):
    """A block needs something that is not installed."""


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other process is in such a block for a folder, or has ended within it."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Shell:
    """A shell that starts in an empty folder, with an empty home, and has no network.

    Args:
        folder: an empty folder, for this reader alone.
        given: a folder that readers share: what is imported is imported once.
    """

    def __init__(self, folder: Path, given: Path) -> None:
        self.folder, self.home, self.given = folder / "page", folder / "home", given
        self.cwd, self._state, self._log = self.folder, folder / "state", folder / "server.log"
        for made in (self.folder, self.home, given):
            made.mkdir(parents=True, exist_ok=True)
        self.data = self.home / ".local" / "share" / "careergraph"
        self.environment = self._environment()
        self.ports = {port: str(_free_port()) for port in PORTS}
        self.imported = False
        self._servers: list[subprocess.Popen[bytes]] = []

    def _environment(self) -> dict[str, str]:
        passed = ("TMPDIR", "LD_LIBRARY_PATH", "OPENBLAS_NUM_THREADS")
        kept = {name: os.environ[name] for name in passed if name in os.environ}
        return kept | {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "CAREERGRAPH_DATA": str(self.data),
            "LANG": "C.UTF-8",
            "COLUMNS": "80",
            # Nobody listens there: what asks another host fails at once.
            "http_proxy": "http://127.0.0.1:9",
            "https_proxy": "http://127.0.0.1:9",
            "no_proxy": "127.0.0.1,localhost",
            # `pip install` is answered from what is installed, or fails.
            "PIP_NO_INDEX": "1",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }

    def close(self) -> None:
        """End the servers that the page has started."""
        for server in self._servers:
            server.terminate()
        for server in self._servers:
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()

    def with_ports(self, text: str) -> str:
        """The text with free ports in place of those that it names."""
        text = re.sub(r"^careergraph serve\b(?!.*--port)", r"\g<0> --port 8000", text, flags=re.M)
        return re.sub(rf"(:|--port )({'|'.join(PORTS)})\b", lambda port: port[1] + self.ports[port[2]], text)

    def without_ports(self, text: str) -> str:
        """The text with the ports that the page names again."""
        for shown, used in self.ports.items():
            text = re.sub(rf"(?<=[: ]){used}\b", shown, text)
        return text

    def shell(self, text: str) -> str:
        """Run a block line by line until one fails; what is printed is not shown."""
        if text.startswith(NOWHERE) and not shutil.which(text.split()[0]):
            self._parse(text)
            return text
        part: list[str] = []
        for line in text.replace("\\\n", "").splitlines():
            if SERVERS.match(line):
                self._bash("\n".join(part))
                self._serve(line)
                part = []
            elif line.startswith(IMPORT) and "--output" not in line:
                self._bash("\n".join(part))
                self._import(line)
                part = []
            elif not any(re.match(lines, line) for lines in NOT_RUN):
                part.append(line)
        self._bash("\n".join(part))
        return text

    def _parse(self, script: str) -> None:
        subprocess.run(["bash", "-n", "-c", script], check=True, capture_output=True)
        for name in re.findall(r"(?<![\w./-])[\w./-]+\.(?:csv|cypher)\b", script):
            if not (self.cwd / name).exists():
                raise BlockError(f"there is no {name}")

    def _import(self, line: str) -> None:
        # All readers import the same download: the first one does, the others get a copy of what came of it.
        self.imported = True
        kept, own = self.given / "onet", self.data / "datasets" / "onet"
        with alone(self.given):
            if not kept.exists():
                self._bash(line)
                shutil.copytree(own, kept, copy_function=os.link)
                return
        shutil.copytree(kept, own, copy_function=os.link)

    def _bash(self, script: str, *, stop: bool = True) -> str:
        if not script.strip():
            return ""
        keep = f"trap 'env -0 >{shlex.quote(str(self._state))}' EXIT"
        whole = f"{keep}\nset {'-e' if stop else '-o pipefail'}\n{script}"
        done = subprocess.run(
            ["bash", "-c", whole],
            cwd=self.cwd,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
            check=False,
        )
        printed = done.stdout.decode("utf-8", "replace").replace("\r\n", "\n")  # as a terminal shows it
        if stop and (done.returncode or re.search(r"^WARNING: .* does not provide the extra", printed, re.M)):
            raise BlockError(f"exit code {done.returncode} from\n{script}\n{printed}")
        # Where the reader is and what was exported holds for the blocks that follow.
        pairs = self._state.read_text(encoding="utf-8").removesuffix("\0").split("\0")
        self.environment = dict(pair.split("=", 1) for pair in pairs)
        self.cwd = Path(self.environment["PWD"])
        return printed

    def _serve(self, line: str) -> None:
        named = re.findall(r"(?:--port |:)(\d+)", line)
        port = int(named[0]) if named else int(self.ports["8890"])
        with self._log.open("wb") as log:
            command = ["bash", "-c", f"exec {line}"]
            server = subprocess.Popen(command, cwd=self.cwd, env=self.environment, stdout=log, stderr=log)
        self._servers.append(server)
        until = time.monotonic() + PATIENCE
        while server.poll() is None and time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
                return
            time.sleep(0.05)
        raise BlockError(f"{line} does not come up: {self._log.read_text(errors='replace')}")

    def in_shell(self, lines: list[str]) -> list[str]:
        """What a terminal shows of each of some lines, run one after the other; one may fail if the next asks how."""
        mark = f"\nstatus=$?; printf '\\n%s\\n' '{_END}'\" $status\"; (exit $status)\n"
        printed = self._bash("".join(line + mark for line in lines), stop=False)
        found = re.findall(rf"(.*?)\n{_END} (\d+)\n", printed, re.S)
        if len(found) < len(lines):
            raise BlockError(f"the shell was left before the end: {printed}")
        for (output, status), line, following in zip(found, lines, [*lines[1:], ""], strict=True):
            # 141: the reader of a pipe, such as `head`, has left.
            if status not in ("0", "141") and "$?" not in following:
                raise BlockError(f"$ {line}\nhas exit code {status}: {output}\n{FAILING}")
        return [self.shown(output) for output, _ in found]

    def shown(self, output: str) -> str:
        """An output as the page shows it, without the names of this reader's folders."""
        text = output.replace(f"{self.folder}/", "").replace(str(self.home), "~")
        return text if not text or text.endswith("\n") else f"{text}\n"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
