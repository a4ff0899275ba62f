"""`completion`."""

from __future__ import annotations

import os
from pathlib import PurePath

import click

from careergraph.cli.completion.shells import SHELLS, install, make_script, remove
from careergraph.cli.options import format_examples
from careergraph.model.errors import NothingAsked


@click.command("completion", epilog=format_examples("careergraph completion bash --install"))
@click.argument("shell", required=False, type=click.Choice(SHELLS))
@click.option("--install/--remove", "install_", default=None, help="Set completion up for this user, or undo that.")
def completion_command(shell: str | None, install_: bool | None) -> None:
    """The script by which SHELL completes commands, options and names; your shell if none is named.

    With --install, it is put where the shell finds it. Completion works in every shell that is started from then on.
    """
    shell = shell or PurePath(os.environ.get("SHELL", "")).name
    if shell not in SHELLS:
        raise NothingAsked(f"Name a shell: {', '.join(SHELLS)}.")
    if install_ is None:
        click.echo(make_script(shell), nl=False)
        return
    for done in (install if install_ else remove)(shell, os.environ):
        click.echo(done, err=True)
