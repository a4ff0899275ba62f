"""Asking back on a terminal, and only there."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner, Result

from careergraph.cli import cli


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careergraph.cli.questions.is_at_terminal", lambda: True)


def ask(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(cli, arguments, input=answer)


#: Two roles end in it, and near misses of both are names.
MISTYPED = "machine lerning enginer"


def test_a_name_that_is_not_known_can_be_chosen_by_its_number(at_a_terminal: None) -> None:
    done = ask("path", "consultant", MISTYPED, answer="1\n")
    assert done.exit_code == 0, done.output
    assert f"Nothing is called {MISTYPED!r}. Which is meant?" in done.stderr
    assert "  1  " in done.stderr
    assert done.stdout.startswith("From Consultant to Machine learning engineer")


def test_a_number_that_is_not_there_is_asked_again(at_a_terminal: None) -> None:
    done = ask("path", "consultant", MISTYPED, answer="9\n1\n")
    assert done.exit_code == 0, done.output
    assert "9 is not in the range" in done.stderr


def test_whoever_gives_up_gets_no_answer(at_a_terminal: None) -> None:
    done = ask("path", "consultant", MISTYPED)
    assert done.exit_code == 1
    assert done.stdout == ""


def test_nothing_is_asked_with_no_input(at_a_terminal: None) -> None:
    done = ask("path", "consultant", MISTYPED, "--no-input", answer="1\n")
    assert done.exit_code != 0
    assert "Which is meant?" not in done.stderr


def test_nothing_is_asked_where_nobody_looks() -> None:
    done = ask("path", "consultant", MISTYPED, answer="1\n")
    assert done.exit_code != 0
    assert "Which is meant?" not in done.output


def test_a_clear_name_is_asked_nothing_about(at_a_terminal: None) -> None:
    done = ask("path", "consultant", "AI PM")
    assert (done.exit_code, done.stderr) == (0, "")


def test_every_command_that_takes_an_origin_has_the_option() -> None:
    context = click.Context(cli)
    for name in ("path", "reach", "gap", "next-skill", "plan"):
        command = cli.get_command(context, name)
        assert command is not None
        assert "--no-input" in {part for option in command.params for part in option.opts}
