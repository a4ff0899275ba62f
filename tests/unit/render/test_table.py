"""Tables on a terminal: no word and no number is broken, and every script is shown as it is."""

from __future__ import annotations

import io
import re
import sys

import pytest

from careergraph.rdf.results import Table
from careergraph.render.text.table import print_table


class Terminal(io.StringIO):
    """What a table is printed to that takes the place of a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def printed(table: Table, width: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    print_table(table)
    return re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue()).splitlines()  # without what makes it bold


PAY = Table(("role", "low", "high"), (("Machine learning engineer", "120000", "350000"), ("Curator", "9", None)))


@pytest.mark.parametrize("width", [20, 24, 28, 32, 40, 80])
def test_no_number_and_no_word_is_ever_broken(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {word for line in printed(PAY, width, monkeypatch) for word in line.split()}
    assert {"Machine", "learning", "engineer", "120000", "350000", "Curator", "9"} <= words


def test_on_a_narrow_terminal_records_stand_one_under_another(monkeypatch: pytest.MonkeyPatch) -> None:
    assert printed(PAY, 20, monkeypatch) == [
        "role  Machine learning engineer",
        "low   120000",
        "high  350000",
        "",
        "role  Curator",
        "low   9",
        "high",
        "2 rows",
    ]


@pytest.mark.parametrize(
    "text", ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\U0001f469\u200d\U0001f52c", "1\u00a0000", "[red]x"]
)
def test_every_script_is_shown_as_it_is(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert text in "".join(printed(Table(("label",), ((text,),)), 80, monkeypatch))


def test_what_a_terminal_would_obey_is_shown_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    found = "".join(printed(Table(("label",), (("a\x1b]0;pwned\x07b",),)), 80, monkeypatch))
    assert "a\\x1b]0;pwned\\x07b" in found
