"""What every command prints, against files that show it in full, and how commands behave in a shell."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from click import Context, FloatRange, IntRange
from click.testing import CliRunner

from careergraph.cli import COMMANDS, cli, run_command
from command_line import CAREERGRAPH, careergraph
from make_golden import GOLDEN

FILES = sorted(GOLDEN.glob("*.txt"))
#: Query results are as wide as what they show, and a Mermaid line cannot be broken.
AS_WIDE_AS_NEEDED = ("sparql-select", "sparql-csv", "sparql-construct", "path-mermaid")


def test_every_command_has_a_golden_file() -> None:
    shown = {path.read_text(encoding="utf-8").split()[2] for path in FILES}
    # exports/ shows what one prints, and shells run what another does; two do not end; what is imported, the
    # repository does not have; a batch prints nothing, and docs/batch.md shows its files; a report is a page.
    assert set(COMMANDS) - shown == {"export", "completion", "serve", "mcp", "import", "batch", "report"}


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_means_two_things(name: str) -> None:
    command = cli.get_command(Context(cli), name)
    assert command is not None
    options = [option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)]
    assert len(options) == len(set(options))


def figures() -> list[tuple[str, str]]:
    """Each option of each command that takes a number within a range."""
    commands = {name: cli.get_command(Context(cli), name) for name in COMMANDS}
    return [
        (name, parameter.opts[0])
        for name, command in commands.items()
        if command is not None
        for parameter in command.params
        if isinstance(parameter.type, IntRange | FloatRange)
    ]


@pytest.mark.parametrize("figure", ["-3", "nan", "", "many"])
@pytest.mark.parametrize(("command", "option"), figures())
def test_a_figure_that_cannot_be_is_told_in_one_line(
    command: str, option: str, figure: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command([command, "nurse", "ML engineer", option, figure]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert re.fullmatch(
        rf"Error: Invalid value for '{option}': '{figure}' is not a (whole )?number .* to .*\n", said.err
    )


@pytest.mark.parametrize("path", [path for path in FILES if path.stem not in AS_WIDE_AS_NEEDED], ids=lambda p: p.stem)
def test_text_stays_within_eighty_columns(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    # An address that is cut cannot be copied.
    assert [line for line in lines if len(line) > 80 and not re.fullmatch(r" *https?://\S+", line)] == []


def test_show_tells_both_big_tech_ranges_and_that_the_source_disagrees_with_itself() -> None:
    shown = careergraph("show", "ML engineer", "--full").stdout
    pays = shown.partition("\nPays\n")[2].partition("\n\n")[0].replace("\n    ", " ").splitlines()
    disputed = [line for line in pays if "(sources disagree)" in line]
    assert [line.split(",")[0:2] for line in disputed] == [["  - USD 180", "000-350"], ["  - USD 150", "000-300"]]
    assert "Disagreement, high: Pay of ML engineers in US Big Tech" in shown


def test_results_go_to_stdout_and_nothing_else_does() -> None:
    finished = careergraph("gap", "software engineer", "ML engineer", "--format", "json")
    assert (finished.returncode, finished.stderr) == (0, "")
    assert json.loads(finished.stdout)["destination"]["label"] == "Machine learning engineer"


def test_help_names_every_command_and_every_command_has_help() -> None:
    overview = careergraph("--help").stdout
    assert all(f"  {name} " in overview for name in COMMANDS)
    for name in COMMANDS:
        finished = CliRunner().invoke(cli, [name, "--help"])
        assert finished.exit_code == 0
        # Queries and scripts are the same whatever is asked, and the last two are about data sets themselves.
        assert "--dataset" in finished.stdout or name in ("queries", "completion", "import", "datasets")


def test_a_reader_that_leaves_ends_the_command_quietly() -> None:
    pipeline = f"{CAREERGRAPH} export turtle | head -n 1; echo ${{PIPESTATUS[0]}}"
    finished = subprocess.run(["bash", "-c", pipeline], capture_output=True, text=True, timeout=60, check=True)
    assert finished.stderr == ""
    assert finished.stdout.splitlines()[0].startswith("@prefix")
    assert finished.stdout.splitlines()[1] == "141"


def test_a_full_disk_behind_stdout_is_a_failure() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    finished = subprocess.run(
        ["bash", "-c", f"{CAREERGRAPH} show pytorch > /dev/full"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert finished.returncode == 2
    assert finished.stderr == "Error: Cannot write the result: No space left on device.\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_without_a_sign_gets_its_number(encoding: str) -> None:
    query = 'SELECT ("\u00e9\u2013\u6f22" AS ?x) {}'
    finished = subprocess.run(
        [CAREERGRAPH, "sparql", query],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        timeout=60,
        check=False,
    )
    assert (finished.returncode, finished.stderr) == (0, b"")
    assert b"\\u6f22" in finished.stdout


def test_a_closed_stdout_is_no_traceback() -> None:
    finished = subprocess.run(
        ["bash", "-c", f"{CAREERGRAPH} show pytorch >&-"], capture_output=True, text=True, timeout=60, check=False
    )
    assert "Traceback" not in finished.stderr


def test_control_characters_of_the_data_do_not_reach_the_terminal() -> None:
    finished = careergraph("sparql", 'SELECT ("\\u001b[31mred" AS ?x) {}')
    assert "\x1b" not in finished.stdout
    assert "\\x1b[31mred" in finished.stdout


def test_the_module_runs_as_the_command_does() -> None:
    python = str(Path(CAREERGRAPH).parent / "python")
    finished = subprocess.run(
        [python, "-m", "careergraph", "show", "pytorch"], capture_output=True, text=True, check=True
    )
    assert finished.stdout == careergraph("show", "pytorch").stdout


#: Calls, and the modules of the standard library besides that they have no need of. Routes read tables in JSON.
START = {
    "nodes": ([["show", "METR"], ["search", "pytorch"], ["list", "role"], ["stats"]], {"json"}),
    "routes": ([["path", "software engineer", "ML engineer"], ["gap", "consultant", "AI PM"]], set[str]()),
}


@pytest.mark.parametrize("name", START)
def test_the_start_path_imports_nothing_heavy(name: str) -> None:
    calls, unneeded = START[name]
    heavy = {"rdflib", "networkx", "rich", "pyshacl", "pyvis", "oxrdflib", "pathlib", "difflib", *unneeded}
    script = (
        "import sys, contextlib, io\n"
        "from careergraph.cli import cli\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        f"    for call in {calls}:\n"
        "        cli.main(call, standalone_mode=False)\n"
        f"sys.exit(', '.join(sorted({heavy} & set(sys.modules))) or 0)\n"
    )
    python = str(Path(CAREERGRAPH).parent / "python")
    finished = subprocess.run([python, "-S", "-c", script], capture_output=True, text=True, timeout=60, check=False)
    if "No module named" in finished.stderr:  # without site-packages: ask again with them
        finished = subprocess.run([python, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert finished.stderr == ""
    assert finished.returncode == 0
