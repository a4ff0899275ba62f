"""Somebody who works through a page block by block, as the page says, and sees what comes of it.

What a block in each language is for stands in the table `READ`; the rules that a writer has to know stand at the top
of tests/acceptance/docs/test_docs.py.
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
import traceback
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyoxigraph
from click.testing import CliRunner

from careergraph.cli import cli
from careergraph.rdf.prefixes import PREFIXES
from page_blocks import ROOT, Block, blocks
from page_shell import DOWNLOAD, FAILING, SHARED, BlockError, NotHere, Shell

#: What a checkout has. It is copied for a page whose blocks name one of these folders.
CHECKOUT = ("benchmarks", "docs", "graph", "ontology", "scripts", "src", "tests")
#: Programs that need not be installed. Whoever reads without one leaves out the blocks that need it.
PEERS = ("virtuoso-t", "isql-vt", "curl", "dot", "zsh", "fish", "just", "jq")
_UNPLAIN = re.compile(r"[|&;<>$`*?~#\\(){}\n]")
FIXTURE = ROOT / "tests" / "fixtures" / "onet" / "db_29_3_text"


class Reader(Shell):
    """A reader, who knows what a block in each language is for.

    Args:
        folder: an empty folder, for this reader alone.
        given: a folder that readers share: what is imported is imported once.
    """

    def __init__(self, folder: Path, given: Path) -> None:
        super().__init__(folder, given)
        self.names: dict[str, Any] = {"__name__": "__main__"}

    def read(self, block: Block) -> str:
        """Do what a block says; the result is the text that it should have.

        Raises:
            Failed: it cannot be done, or fails.
            NotHere: it needs a program or data that is not here.
        """
        text = self.with_ports(block.text)
        if block.file is not None:
            (self.cwd / block.file).write_text(text, encoding="utf-8")
        if block.language not in READ:
            return block.text
        self._lay_out(text)
        read = READ[block.language](self, text)
        return self.without_ports(read) if read != text else block.text

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

    # Sessions: what is typed, and what is shown for it

    def console(self, text: str) -> str:
        """Run the commands behind `$`; the result has what a terminal shows of each."""
        commands = re.findall(r"^\$ ((?:.*\\\n)*.*)\n", text, re.M)
        if not commands or not text.startswith("$ "):
            raise BlockError("a console block begins with a command, `$ …`")
        if self.imported and not SHARED.exists():
            raise NotHere(f"the whole of {DOWNLOAD}")
        typed = [re.sub(r"\\\n(> )?", "", command) for command in commands]
        plain = all(line.startswith("careergraph ") and not _unplain(line) for line in typed)
        outputs = [self._in_process(line) for line in typed] if plain else self.in_shell(typed)
        return "".join(f"$ {line}\n{output}" for line, output in zip(commands, outputs, strict=True))

    def _in_process(self, line: str) -> str:
        with self._at_home():
            result = CliRunner().invoke(cli, shlex.split(line)[1:], standalone_mode=False)
        if result.exception is not None or result.return_value:
            raise BlockError(f"$ {line}\nfails: {result.exception or result.output}\n{FAILING}")
        return self.shown(result.output)

    # Python

    def python(self, text: str) -> str:
        """Run a script, which prints nothing, or a session behind `>>>`, which shows what it prints."""
        session = text.startswith(">>> ")
        with self._at_home():
            result = self._session(text) if session else self._script(text)
        if not session and result:
            raise BlockError(f"a script that prints has to be a session, with `>>>`. It prints {result}")
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
            shown.append(f"{typed}\n{self.shown(printed.getvalue())}")
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
            raise BlockError("it says nothing")
        return text

    def sparql(self, text: str) -> str:
        """Ask a query; an answer without a row is none."""
        with self._at_home():
            result = CliRunner().invoke(cli, ["sparql", "-f", "-"], input=text, standalone_mode=False)
        if result.exception is not None:
            raise BlockError(str(result.exception))
        if re.search(r"^0 rows$", result.stdout, re.M) or not result.stdout.strip():
            raise BlockError("it finds nothing")
        return text

    def json(self, text: str) -> str:
        """Parse a JSON document."""
        json.loads(text)
        return text


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
