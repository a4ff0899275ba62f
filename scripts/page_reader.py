"""Somebody who works through a page block by block, as the page says, and sees what comes of it.

What a block in each language is for stands in the table `READ`; the rules that a writer has to know stand at the top
of tests/test_docs.py.
"""

from __future__ import annotations

import ast
import contextlib
import doctest
import io
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyoxigraph
from click.testing import CliRunner

from careergraph.cli import cli
from careergraph.prefixes import PREFIXES
from page_blocks import ROOT, Block, blocks

#: How long a block may take, and a server to come up, in seconds.
PATIENCE = 200.0
#: The ports that pages name. Each reader has free ones in their place.
PORTS = ("8000", "7878", "8890", "1111")
#: Commands that go on until they are ended: they are started, waited for, and ended with the page.
SERVERS = re.compile(r"(careergraph serve|oxigraph serve(-read-only)?|virtuoso-t)\b")
#: What a checkout has. It is copied for a page whose blocks name one of these folders.
CHECKOUT = ("benchmarks", "docs", "graph", "ontology", "scripts", "src", "tests")
#: Programs that need not be installed. Whoever reads without one leaves out the blocks that need it.
PEERS = ("virtuoso-t", "isql-vt", "curl", "dot", "zsh", "fish", "just", "jq")
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
FIXTURE = ROOT / "tests" / "fixtures" / "onet" / "db_29_3_text"

_UNPLAIN = re.compile(r"[|&;<>$`*?~#\\(){}\n]")
_END = "=== end of a command ==="


class Failed(AssertionError):
    """A block does not do what the page says."""


class NotHere(Exception):
    """A block needs something that is not installed."""


class Reader:
    """A reader with an empty folder and a home of their own, and without a network.

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
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.imported = False
        self._servers: list[subprocess.Popen[bytes]] = []

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("TMPDIR", "LD_LIBRARY_PATH") if name in os.environ}
        return kept | {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "CAREERGRAPH_DATA": str(self.data),
            "LANG": "C.UTF-8",
            "COLUMNS": "80",
            # `pip install` is answered from what is installed, or fails.
            "PIP_NO_INDEX": "1",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }

    def read(self, block: Block) -> str:
        """Do what a block says; the result is the text that it should have.

        Raises:
            Failed: it cannot be done, or fails.
            NotHere: it needs a program or data that is not here.
        """
        text = self._with_ports(block.text)
        if block.file is not None:
            (self.cwd / block.file).write_text(text, encoding="utf-8")
        if block.language not in READ:
            return block.text
        self._lay_out(text)
        return self._without_ports(READ[block.language](self, text))

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

    # What a page takes for granted

    def _lay_out(self, text: str) -> None:
        for program in PEERS:
            if re.search(rf"^(.*\| *)?{program}\b", text.replace("$ ", ""), re.M) and not shutil.which(program):
                raise NotHere(program)
        if DOWNLOAD in text and not (self.folder / DOWNLOAD).exists():
            (self.folder / DOWNLOAD).symlink_to(_download(self.given))
        if re.search(rf"(?<![\w./-])({'|'.join(CHECKOUT)})/", text) and not (self.folder / "graph").exists():
            for name in CHECKOUT:
                ignored = shutil.ignore_patterns("__pycache__", "pictures")
                shutil.copytree(ROOT / name, self.folder / name, ignore=ignored, dirs_exist_ok=True)
            shutil.copy(ROOT / "pyproject.toml", self.folder)

    def _with_ports(self, text: str) -> str:
        text = re.sub(r"^(\$ )?careergraph serve\b(?!.*--port)", r"\g<0> --port 8000", text, flags=re.M)
        return re.sub(rf"(:|--port )({'|'.join(PORTS)})\b", lambda port: port[1] + self.ports[port[2]], text)

    def _without_ports(self, text: str) -> str:
        for shown, used in self.ports.items():
            text = re.sub(rf"(?<=[: ]){used}\b", shown, text)
        return text.replace("careergraph serve --port 8000", "careergraph serve")

    # Shell

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
            elif not any(re.match(lines, line) for lines in NOT_RUN):
                part.append(self._imported(line))
        self._bash("\n".join(part))
        return text

    def _parse(self, script: str) -> None:
        subprocess.run(["bash", "-n", "-c", script], check=True, capture_output=True)
        for name in re.findall(r"(?<![\w./-])[\w./-]+\.(?:csv|cypher)\b", script):
            if not (self.cwd / name).exists():
                raise Failed(f"there is no {name}")

    def _imported(self, line: str) -> str:
        # All readers import the same download: the first one does, the others get a copy of what came of it.
        if not line.startswith(IMPORT) or "--output" in line:
            return line
        self.imported = True
        kept, own = shlex.quote(str(self.given / "onet")), shlex.quote(str(self.data / "datasets" / "onet"))
        if (self.given / "onet").exists():
            return f"mkdir -p {shlex.quote(str(self.data / 'datasets'))} && cp -al {kept} {own}"
        return f"{line}\ncp -al {own} {kept}"

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
        printed = done.stdout.decode("utf-8", "replace")
        if stop and (done.returncode or re.search(r"^WARNING: .* does not provide the extra", printed, re.M)):
            raise Failed(f"exit code {done.returncode} from\n{script}\n{printed}")
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
        raise Failed(f"{line} does not come up: {self._log.read_text(errors='replace')}")

    # Sessions: what is typed, and what is shown for it

    def console(self, text: str) -> str:
        """Run the commands behind `$`; the result has what a terminal shows of each."""
        commands = re.findall(r"^\$ ((?:.*\\\n)*.*)\n", text, re.M)
        if not commands or not text.startswith("$ "):
            raise Failed("a console block begins with a command, `$ …`")
        if self.imported and not SHARED.exists():
            raise NotHere(f"the whole of {DOWNLOAD}")
        typed = [re.sub(r"\\\n(> )?", "", command) for command in commands]
        plain = all(line.startswith("careergraph ") and not _unplain(line) for line in typed)
        outputs = [self._in_process(line) for line in typed] if plain else self._in_shell(typed)
        return "".join(f"$ {line}\n{output}" for line, output in zip(commands, outputs, strict=True))

    def _in_process(self, line: str) -> str:
        with self._at_home():
            result = CliRunner().invoke(cli, shlex.split(line)[1:], standalone_mode=False)
        if result.exception is not None or result.return_value:
            raise Failed(f"$ {line}\nfails: {result.exception or result.output}\n{FAILING}")
        return self._shown(result.output)

    def _in_shell(self, lines: list[str]) -> list[str]:
        mark = f"\nstatus=$?; printf '\\n%s\\n' '{_END}'\" $status\"; (exit $status)\n"
        printed = self._bash("".join(line + mark for line in lines), stop=False)
        found = re.findall(rf"(.*?)\n{_END} (\d+)\n", printed, re.S)
        if len(found) < len(lines):
            raise Failed(f"the shell was left before the end: {printed}")
        for (output, status), line, following in zip(found, lines, [*lines[1:], ""], strict=True):
            # 141: the reader of a pipe, such as `head`, has left.
            if status not in ("0", "141") and "$?" not in following:
                raise Failed(f"$ {line}\nhas exit code {status}: {output}\n{FAILING}")
        return [self._shown(output) for output, _ in found]

    def _shown(self, output: str) -> str:
        text = output.replace(f"{self.folder}/", "").replace(str(self.home), "~")
        return text if not text or text.endswith("\n") else f"{text}\n"

    # Python

    def python(self, text: str) -> str:
        """Run a script, which prints nothing, or a session behind `>>>`, which shows what it prints."""
        session = text.startswith(">>> ")
        with self._at_home():
            result = self._session(text) if session else self._script(text)
        if not session and result:
            raise Failed(f"a script that prints has to be a session, with `>>>`. It prints {result}")
        return result if session else text

    def _script(self, text: str) -> str:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(text, "<page>", "exec"), self.names)
        return printed.getvalue()

    def _session(self, text: str) -> str:
        shown = []
        for example in doctest.DocTestParser().get_examples(text):
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                try:
                    exec(compile(ast.Interactive(ast.parse(example.source).body), "<page>", "single"), self.names)
                except Exception as error:
                    if not example.want.startswith("Traceback"):
                        raise
                    said = "".join(traceback.format_exception_only(error))
                    printed.write(f"Traceback (most recent call last):\n    ...\n{said}")
            first, *more = example.source.splitlines()
            typed = "\n".join([f">>> {first}", *(f"... {line}".rstrip() for line in more)])
            shown.append(f"{typed}\n{self._shown(printed.getvalue())}")
        return "".join(shown)

    @contextmanager
    def _at_home(self) -> Iterator[None]:
        with chdir(self.cwd), patch.dict(os.environ, self.environment, clear=True):
            yield

    # What is parsed

    def turtle(self, text: str) -> str:
        """Parse a Turtle document; careergraph's prefixes can be left out."""
        declared = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
        if not list(pyoxigraph.parse(f"{declared}{text}".encode(), pyoxigraph.RdfFormat.TURTLE)):
            raise Failed("it says nothing")
        return text

    def sparql(self, text: str) -> str:
        """Ask a query; an answer without a row is none."""
        with self._at_home():
            result = CliRunner().invoke(cli, ["sparql", "-f", "-"], input=text, standalone_mode=False)
        if result.exception is not None:
            raise Failed(str(result.exception))
        if re.search(r"^0 rows$", result.stdout, re.M) or not result.stdout.strip():
            raise Failed("it finds nothing")
        return text

    def json(self, text: str) -> str:
        """Parse a JSON document."""
        json.loads(text)
        return text


FAILING = "(A command whose failure is shown is followed by `$ echo $?`.)"
#: Language → what is done with a block of it.
READ: Mapping[str, Any] = {
    "sh": Reader.shell,
    "console": Reader.console,
    "python": Reader.python,
    "turtle": Reader.turtle,
    "sparql": Reader.sparql,
    "json": Reader.json,
}
#: Languages of blocks that are looked at, or saved by their names, and nothing else. A test of its own may read them.
SHOWN = ("text", "mermaid", "cypher", "csv", "ini", "xml", "html", "toml", "yaml")


def read_page(page: Path, folder: Path, given: Path) -> Iterator[tuple[Block, str | Exception]]:
    """Work through a page; the result is each block with the text that it should have, or with what went wrong."""
    reader = Reader(folder, given)
    try:
        for block in blocks(page):
            try:
                yield block, reader.read(block)
            except Exception as error:
                yield block, error
    finally:
        reader.close()


def _unplain(line: str) -> bool:
    # Whatever a shell would make something of, outside single quotes.
    return _UNPLAIN.search(re.sub(r"'[^']*'", "", line)) is not None


def _download(given: Path) -> Path:
    if SHARED.exists():
        return SHARED
    made = shutil.make_archive(str(given / Path(DOWNLOAD).stem), "zip", FIXTURE.parent, FIXTURE.name)
    return Path(made)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
