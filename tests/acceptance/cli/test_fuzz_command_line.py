"""Whatever is typed: an exit code that means something, one clear line, and nothing written that was not asked for.

The commands, their arguments and their options are taken from the command line itself, so that none is forgotten.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careergraph.cli import cli
from careergraph.model.escaping import has_controls
from careergraph.server import serving
from careergraph.server.mcp import transports
from in_process import Outcome, call

DATASET = str(Path(__file__).parents[2] / "fixtures" / "server" / "small.ttl")
OUTPUT = "asked-for"


def leaves(command: click.Command, name: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """All commands that do something, with the words that name them."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    context = click.Context(command)
    for word in command.list_commands(context):
        found = command.get_command(context, word)
        assert found is not None
        yield from leaves(found, (*name, word))
    if command.invoke_without_command:
        yield name, command


COMMANDS = dict(leaves(cli))

### What is typed

#: Signs that mean something to a terminal, a shell, a file system, a number, a name, a query or a format of text.
NASTY = [
    *("", " ", "-", "--", "---", "--=", "-k", "--help=", "\t\n\r", "\0", "\x1b[31m", "\x9b31m", "\u202e", "\u2028"),
    *("\udcff", "\ud800", "\ufeff", "\U0010ffff", "é", "e\u0301", "İ", "ß", "\u200b"),
    *("0", "-0", "-1", "9" * 5_000, "1e999", "-1e999", "nan", "inf", "0x10", "1_000", "٣", "1.5", "NaN", "1e-400"),
    *("GBP:USD=nan", "GBP:USD=1e999", "=", "x=", "=x", "x=<", "x='''", "x=1^^<", "x=_:a", "x=\\", 'x="\\u12"'),
    *("../../x", "/", "~", "$HOME", "*", "con", "file:///etc/passwd", "http://", "http://[", "HTTP://\0", "ftp://x"),
    *("%s%n{}{0}", "<b>&amp;", "@x", "a" * 10_000, "{" * 500, "ASK {}", "SELECT * {", "a,b,,", "[bold]x[/]", ":smile:"),
]
NAMES = ["Curator", "painter", "Taste", "Museum worker", "https://example.org/curator", "role", "skill", "not-taught"]
TEXTS = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(NASTY),
    st.text(st.characters(codec=None), max_size=20),
    st.integers().map(str),
    st.floats().map(str),
)
#: Where a result may go: a file that is there or not, nowhere, a folder, a folder that is not there.
OUTPUTS = st.sampled_from([OUTPUT, f"{OUTPUT}/x", "", "-", ".", "\0", f"{OUTPUT}\udcff", "x" * 300])


def _harmless(word: str) -> str:
    # A file of the tests' own must not be taken for an option that writes elsewhere.
    return word.replace("/", "") if word.startswith("-") else word


def values(parameter: click.Parameter) -> st.SearchStrategy[str]:
    """What may be typed for a parameter: good values, bad ones, and nonsense."""
    if parameter.name == "output":
        return OUTPUTS
    if isinstance(parameter.type, click.Choice):
        return st.sampled_from([*parameter.type.choices]) | TEXTS
    if isinstance(parameter.type, click.IntRange) or parameter.type is click.INT:
        return st.integers(-3, 30).map(str) | TEXTS
    return TEXTS


@st.composite
def calls(draw: st.DrawFn, name: tuple[str, ...]) -> list[str]:
    """A call of a command, with any of its options and arguments in any order."""
    command = COMMANDS[name]
    words: list[list[str]] = []
    for parameter in command.params:
        most = 2 if parameter.multiple or parameter.nargs == -1 else 1
        for value in draw(st.lists(values(parameter), max_size=most)):
            if not isinstance(parameter, click.Option):
                words.append([_harmless(value)])
            elif parameter.is_flag:
                words.append([draw(st.sampled_from([*parameter.opts, *parameter.secondary_opts]))])
            else:
                words.append([draw(st.sampled_from(parameter.opts)), value])
    words.extend([_harmless(word)] for word in draw(st.lists(TEXTS, max_size=1)))
    typed = [word for part in draw(st.permutations(words)) for word in part]
    known = any("--dataset" in parameter.opts for parameter in command.params)
    return [*name, *(["--dataset", DATASET] if known else []), *typed]


### What has to hold


def check(finished: Outcome) -> None:
    """The end of a call that went well, or one line that says why it did not."""
    assert finished.code in (0, 1, 2), finished
    assert "Traceback" not in finished.err
    assert all(sign == "\n" or not has_controls(sign) for sign in finished.err), finished
    complaints = [line for line in finished.err.splitlines() if line.startswith("Error: ")]
    if finished.code == 0:
        assert complaints == []
    else:
        assert len(complaints) == 1 or finished.out, finished
        assert complaints == [] or finished.out == "", finished


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory; a server that would be started is not."""
    monkeypatch.setattr(serving, "serve", lambda *_: None)
    monkeypatch.setattr(transports, "listen", lambda *_: None)
    monkeypatch.setenv("CAREERGRAPH_DATA", str(tmp_path / "data"))
    working = tmp_path / "work"
    working.mkdir()
    monkeypatch.chdir(working)
    return tmp_path


#: The same examples on every run; one that once failed is a case of its own below.
FUZZED = settings(
    max_examples=int(os.environ.get("CAREERGRAPH_EXAMPLES", "20")),
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_any_call_ends_well_or_in_one_line(name: tuple[str, ...], scratch: Path) -> None:
    @FUZZED
    @given(calls(name))
    def holds(arguments: list[str]) -> None:
        check(call(*arguments))
        written = {path.name for path in scratch.rglob("*") if OUTPUT not in str(path)}
        assert written <= {"work"}
        assert "-o" in " ".join(arguments) or list((scratch / "work").iterdir()) == []

    holds()


@settings(FUZZED, max_examples=100)
@given(arguments=st.lists(TEXTS.map(_harmless), max_size=4))
def test_any_words_at_all_end_well_or_in_one_line(arguments: list[str], scratch: Path) -> None:
    check(call(*arguments))
    assert list((scratch / "work").iterdir()) == []


def test_what_data_says_is_shown_and_not_obeyed(scratch: Path) -> None:
    hostile = scratch / "hostile.ttl"
    label = "\x1b[31m\u202ered\x9b\u2028\x07"
    hostile.write_text(Path(DATASET).read_text(encoding="utf-8").replace("Curator", label), encoding="utf-8")
    shown = ["show", "https://example.org/curator"], ["list", "role"], ["path", "painter", "keeper"]
    as_json = [[*arguments, "--format", "json"] for arguments in shown]
    for arguments in (*shown, *as_json, ["stats"], ["path", "keeper", "museum worker"], ["show", "curater"]):
        finished = call(*arguments, "--dataset", str(hostile))
        check(finished)
        assert all(sign == "\n" or not has_controls(sign) for sign in finished.out)
    assert "\\x1b[31m\\u202ered\\x9b" in call(*shown[0], "--dataset", str(hostile)).out
    assert json.loads(call(*as_json[0], "--dataset", str(hostile)).out)["label"] == label
