"""`profile`: what is recognised in a CV, and `--edit` to correct it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from careergraph.cli.options import (
    completes_files,
    dataset_option,
    deliver,
    format_examples,
    format_option,
    open_graph,
    output_option,
    show,
)
from careergraph.cli.origin_options import match_and_tell
from careergraph.model.errors import MissingProgram, NothingAsked, UnreadableFile
from careergraph.model.escaping import to_safe_line

if TYPE_CHECKING:
    from pathlib import Path

    from careergraph.api import CareerGraph
    from careergraph.transitions.people.person import Person


@click.command("profile", epilog=format_examples("careergraph profile resume.json"))
@click.argument("file", shell_complete=completes_files)
@click.option("--edit", is_flag=True, help="Open what was matched in $VISUAL or $EDITOR first; with -o me.json.")
@click.option("--explain", is_flag=True, help="Show how years of experience count towards levels.")
@dataset_option
@format_option("text", "json")
@output_option
def profile_command(
    file: str, edit: bool, explain: bool, datasets: tuple[str, ...], format_: str, output: str | None
) -> None:
    """What is recognised in the CV FILE, how it was matched, and what matches nothing.

    FILE is a JSON Resume, a Europass CV (XML or JSON), LinkedIn's data export (.zip), a PDF, Word or text document. It
    stays on this machine and is not changed. With -o me.json, what was matched is written as a profile to edit, which
    --profile takes as well; FILE may be such a profile, too.
    """
    from careergraph.render.text.person import format_person, format_years

    if edit and output in (None, "", "-"):
        raise NothingAsked("--edit needs a file for what you edit: -o me.json.")
    graph = open_graph(datasets)
    found = match_and_tell(graph, file)
    if edit:
        deliver(_edit(graph, found, str(output)).to_json(), output)
    else:
        written = output not in (None, "-") and str(output).lower().endswith(".json")
        show(
            found,
            "json" if written else format_,
            lambda: format_person(found) + (f"\n{format_years(found)}" if explain else ""),
            output,
        )


def _edit(graph: CareerGraph, found: Person, output: str) -> Person:
    """The profile as the user leaves it in their editor; what they wrote is kept in a draft until it is valid."""
    from pathlib import Path

    from careergraph.store.atomic_write import write_whole
    from careergraph.transitions.people.cv.files import match_own_file

    draft = Path(f"{output}.draft")
    write_whole(draft, f"{found.to_json()}\n".encode())
    _open_editor(draft)
    try:
        edited = match_own_file(graph.catalogue, str(draft))
    except UnreadableFile:
        click.echo(f"{to_safe_line(output)} is as it was; what you wrote is in {to_safe_line(str(draft))}.", err=True)
        raise
    draft.unlink()
    return edited


def _open_editor(path: Path) -> None:
    import os
    import shlex
    import subprocess

    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        done = subprocess.run([*shlex.split(named), str(path)], check=False).returncode if named.strip() else None
    except (OSError, ValueError) as error:
        path.unlink()
        reason = getattr(error, "strerror", None) or str(error)
        raise MissingProgram("--edit", program=to_safe_line(named), advice=f"it does not start ({reason})") from error
    if done is None:
        path.unlink()
        raise MissingProgram("--edit", program="an editor", advice="name yours in VISUAL or EDITOR")
    if done:
        raise MissingProgram("--edit", program=to_safe_line(named), advice=f"it ended with code {done}; see {path}")
