"""What is said on a terminal while something is made."""

from __future__ import annotations

import io

import pytest

from careergraph.cli import progress_bar as progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "said"), [(Terminal(), True), (io.StringIO(), False)])
def test_what_is_made_is_told_on_a_terminal_and_nowhere_else(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, said: bool
) -> None:
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    with progress.show_elapsed("Making a page"):
        pass
    assert ("Making a page" in stream.getvalue()) == said
