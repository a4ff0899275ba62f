"""What the pages show is what happens: every block of README.md, docs/ and the other pages is run or parsed here.

For whoever writes a page. Its blocks are read in order, in one empty folder, with a home and a data folder of their
own, without a network, on the 80 columns that a pipe has; later blocks may use the files of earlier ones. By language:

- `console`: each command stands behind `$ `, and what a terminal shows of it, errors too, follows. It is compared.
  A command has to succeed; one whose failure is shown is followed by `$ echo $?`. Long output: `$ … | head -n 5`.
- `sh`: run as `bash -e` runs it; what it prints is not shown. Exported variables and `cd` last to the page's end.
- `python`: a script that checks itself (`assert`) and prints nothing; or a session with `>>>`, whose output is
  compared. Names last to the page's end.
- `turtle`, `json`: parsed; careergraph's own prefixes can be left out.
- `sparql`: a query, asked of all data; it has to find something.
- A paragraph that ends in a file's name and a colon, as "Save this as `mine.ttl`:" does, names the file that the block
  after it becomes. That holds for any language.
- `text`, `mermaid`, `cypher`, `csv`, `ini` …: not run. No `text` may stand for a command, unless it imports a
  download that no test has.

Few things are not as on the page (`page_reader.py` and `page_shell.py` have the tables):

- The ports 8000, 8001, 7878, 8890 and 1111 are free ones.
- `careergraph serve`, `careergraph mcp --http`, `oxigraph serve…` and `virtuoso-t` go on beside the blocks after
  them, to the page's end.
- `graph/`, `scripts/` and the like are those of a copy of the checkout.
- `db_29_3_text.zip` is O*NET's download, or its ten occupations among the fixtures where there is none; then `console`
  blocks after its import are left out. `careergraph import onet db_29_3_text.zip` in an `sh` block is carried out once
  in a run, by `test_whole_onet.py` or the first page that has it, and the others get a copy of what it made.
- `pip install` is answered from what is installed.
- `python3 -m venv`, the test suite and `make_golden.py` are not run. `neo4j-admin` and `cypher-shell`, which no
  registry has, are parsed, and the files that they name have to be there.

`python scripts/make_golden.py [PAGE...]` writes the output that pages show anew.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from make_golden import print_answer
from page_blocks import PAGES, ROOT, Block, blocks
from page_reader import READ, SHOWN, Reader, read_page
from page_shell import BlockError, NotHere

NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    made = Reader(tmp_path / "reader", tmp_path / "given")
    yield made
    made.close()


def block(language: str, text: str, file: str | None = None) -> Block:
    return Block(ROOT / "README.md", 1, 2, language, text, file)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_a_page_does_what_it_says(page: Path, tmp_path: Path, shared_folder: Path) -> None:
    missing = []
    for block, text in read_page(page, tmp_path, shared_folder):
        if isinstance(text, NotHere):
            assert os.environ.get("CAREERGRAPH_REQUIRE_PEERS") != "1" or str(text) not in REQUIRED, text
            missing.append(f"{block} needs {text}")
        elif isinstance(text, Exception):
            raise AssertionError(f"{block}: {text}") from text
        else:
            assert block.text == text, f"{block}: if this is meant: python scripts/make_golden.py {block.page.name}"
    if missing:
        pytest.skip("; ".join(missing))


#: What CI installs.
REQUIRED = ("virtuoso-t", "isql-vt", "curl", "dot", "zsh", "fish", "jq", "just")


#: Imports of downloads that no test has: their commands cannot be run.
DOWNLOADS = re.compile(r"^careergraph import (esco|crosswalk|oews|ai-salaries|moves|onet db_30)", re.M)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_block_says_what_it_is_and_no_command_hides_in_a_text(page: Path) -> None:
    for found in blocks(page):
        assert found.language in (*READ, *SHOWN, "{eval-rst}"), found
        if found.language == "text" and not DOWNLOADS.search(found.text):
            assert not re.search(r"^(\$ |careergraph |pip |python |curl )", found.text, re.M), found


# The reader notices


def test_output_that_is_not_what_the_page_shows(reader: Reader) -> None:
    shown = "$ careergraph list source | head -n 1\nSomething else\n"
    assert reader.read(block("console", shown)) != shown


@pytest.mark.parametrize(
    "text",
    [
        '$ careergraph show "nobody"\n',
        "$ false | true\n",
        "$ careergraph validate missing.ttl\n",
        "careergraph stats\n",
    ],
)
def test_a_command_that_fails_or_is_none(reader: Reader, text: str) -> None:
    with pytest.raises(BlockError):
        reader.read(block("console", text))


def test_a_failure_that_is_meant_to_be_shown_is_no_fault(reader: Reader) -> None:
    text = "$ careergraph list nothing\n$ echo $?\n"
    shown = r"\$ careergraph list nothing\nError: .*\n\$ echo \$\?\n2\n"
    assert re.fullmatch(shown, reader.read(block("console", text)), re.S)


@pytest.mark.parametrize("text", ["false\ntrue\n", "pip install careergraph[nothing]\n", "pip install no-such-thing\n"])
def test_a_shell_block_of_which_one_line_fails(reader: Reader, text: str) -> None:
    with pytest.raises(BlockError):
        reader.read(block("sh", text))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "assert False\n"),
        ("python", "print('unseen')\n"),
        ("turtle", "<https://example.org/> a"),
        ("sparql", "SELECT ?x { ?x a <https://example.org/Nothing> }"),
        ("sparql", "SELECT ?x {"),
        ("json", '{"a": 1, …}'),
    ],
)
def test_a_block_that_does_not_run_or_parse(reader: Reader, language: str, text: str) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011  (whatever the language's own reader raises)
        reader.read(block(language, text))


def test_a_session_shows_what_python_prints(reader: Reader) -> None:
    typed = ">>> import careergraph\n>>> for x in (1, 2):\n...     print(x)\n5\n>>> 1 / 0\nTraceback\n"
    shown = ">>> import careergraph\n>>> for x in (1, 2):\n...     print(x)\n1\n2\n>>> 1 / 0\n"
    said = "Traceback (most recent call last):\n    ...\nZeroDivisionError: division by zero\n"
    assert reader.read(block("python", typed)) == shown + said


def test_blocks_hand_on_files_variables_folders_and_names(reader: Reader) -> None:
    reader.read(block("csv", "a,b\n", "table.csv"))
    reader.read(block("sh", "mkdir in && cp table.csv in/\nexport WORD=yes\ncd in\n"))
    assert reader.read(block("console", "$ cat table.csv; echo $WORD\n")) == "$ cat table.csv; echo $WORD\na,b\nyes\n"
    reader.read(block("python", "from pathlib import Path\ncontent = Path('table.csv').read_text()\n"))
    assert reader.read(block("python", ">>> content\n")) == ">>> content\n'a,b\\n'\n"


def test_a_reader_has_a_home_of_their_own(reader: Reader) -> None:
    shown = reader.read(block("console", "$ echo $HOME $CAREERGRAPH_DATA\n"))
    assert shown.endswith("\n~ ~/.local/share/careergraph\n")


# What else the pages say


def test_the_picture_of_routes_is_the_one_that_the_command_prints() -> None:
    (picture,) = (found.text for found in blocks(ROOT / "README.md") if found.language == "mermaid")
    command = '$ careergraph path "software engineer" "AI product manager" -k 2 --format mermaid'
    assert print_answer(command) == f"```mermaid\n{picture}```\n"


def test_the_readme_opens_with_two_commands_of_one_line_each() -> None:
    first, second, *_ = (found.text for found in blocks(ROOT / "README.md") if found.language == "sh")
    assert all(text.count("\n") == 1 for text in (first, second))
    assert first.rstrip().endswith('path "software engineer" "machine learning engineer"')
    assert second.rstrip().endswith("-m pytest tests/unit src -n 2 --dist loadfile")


def test_links_between_files_lead_somewhere() -> None:
    for path in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_project_names_no_path_of_a_machine_and_no_registry() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    telling = re.compile("/" + "work/|/" + "root/|/" + "home/|pypi" + r"\.org|files\.python" + "hosted")
    for name in listed.stdout.splitlines():
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace") if (ROOT / name).is_file() else ""
        assert telling.search(text) is None, name
