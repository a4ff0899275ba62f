"""`profile --edit`: what was matched in one's own editor, written only if it is still a profile."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from in_process import Outcome, call

RESUME = '{"basics": {"name": "Ada"}, "skills": [{"name": "Python"}, {"name": "Taming unicorns"}]}'


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "resume.json"
    path.write_text(RESUME)
    return path


def editor(monkeypatch: pytest.MonkeyPatch, folder: Path, program: str) -> None:
    """Let the user's editor be a Python program that has the text of the file as `text` and leaves `text` there."""
    script = folder / "my editor.py"
    script.write_text(
        "import pathlib, sys\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text()\n"
        f"{program}\npath.write_text(text)\n"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}'")


def edit(resume: Path) -> Outcome:
    return call("profile", str(resume), "--edit", "-o", str(resume.with_name("me.json")), "--dataset", "bundled")


def test_what_is_changed_in_the_editor_is_what_is_written(resume: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(monkeypatch, resume.parent, "text = text.replace('\"level\": 0.5', '\"level\": 1.0')")
    done = edit(resume)
    assert done.code == 0, done.err
    written = json.loads(resume.with_name("me.json").read_text())
    assert [(match["ref"]["label"], match["level"]) for match in written["assets"]] == [("Python", 1.0)]
    assert resume.read_text() == RESUME
    assert sorted(path.name for path in resume.parent.iterdir()) == ["me.json", "my editor.py", "resume.json"]


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("text = 'I gave up'", "it is not JSON"),
        ("text = '{}'", 'it has no "positions" or no "assets"'),
        ("text = text.replace('\"level\": 0.5', '\"level\": 7')", "has the level 7; it is between 0 and 1"),
        ("text = text.replace('\"id\"', '\"di\"')", "names nothing"),
    ],
)
def test_an_edit_that_is_no_profile_leaves_the_file_and_keeps_the_edit(
    resume: Path, monkeypatch: pytest.MonkeyPatch, program: str, reason: str
) -> None:
    me = resume.with_name("me.json")
    me.write_text("as it was")
    editor(monkeypatch, resume.parent, program)
    done = edit(resume)
    assert done.code == 2
    assert me.read_text() == "as it was"
    draft = me.with_name("me.json.draft")
    assert f"{me} is as it was; what you wrote is in {draft}." in done.err
    assert draft.exists()
    assert reason in done.err.splitlines()[-1]


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("", "--edit needs an editor: name yours in VISUAL or EDITOR."),
        ("/no/such/editor", "--edit needs /no/such/editor: it does not start (No such file or directory)."),
        ("'unclosed", "--edit needs 'unclosed: it does not start (No closing quotation)."),
    ],
)
def test_without_an_editor_there_is_one_clear_line(
    resume: Path, monkeypatch: pytest.MonkeyPatch, named: str, said: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", named)
    done = edit(resume)
    assert done.code == 2
    assert said in done.err
    assert [path.name for path in resume.parent.iterdir()] == ["resume.json"]


def test_an_edit_needs_a_place_to_go_to(resume: Path) -> None:
    done = call("profile", str(resume), "--edit")
    assert done.code == 2
    assert "--edit needs a file for what you edit: -o me.json." in done.err


def test_a_profile_can_be_edited_again(resume: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(monkeypatch, resume.parent, "")
    assert edit(resume).code == 0
    me = resume.with_name("me.json")
    before = json.loads(me.read_text())
    assert call("profile", str(me), "--edit", "-o", str(me)).code == 0
    after = json.loads(me.read_text())
    assert (after["positions"], after["assets"]) == (before["positions"], before["assets"])
