"""`datasets`."""

from __future__ import annotations

import sys

import click

from careergraph.cli.options import format_examples, format_option, show
from careergraph.model.errors import NothingAsked
from careergraph.model.escaping import to_safe_text
from careergraph.store.locations import BUNDLED


class _InOrder(click.Group):
    """Lists its commands in the order of this file, so that `remove` comes last."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group("datasets", cls=_InOrder, epilog=format_examples("careergraph datasets"), invoke_without_command=True)
@format_option("text", "json")
@click.pass_context
def datasets_command(context: click.Context, format_: str) -> None:
    """The bundled data set and those that were imported; `show`, `diff`, `verify` and `remove` them."""
    if context.invoked_subcommand is None:
        from careergraph.catalogue.dataset_summaries import list_datasets
        from careergraph.render.text.datasets import format_datasets

        found = list_datasets()
        show(found, format_, lambda: format_datasets(found))


def _names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    from careergraph.store.datasets import list_imported

    return [name for name in (BUNDLED, *list_imported()) if name.startswith(incomplete)]


@datasets_command.command("show", epilog=format_examples("careergraph datasets show bundled"))
@click.argument("name", shell_complete=_names)
@format_option("text", "json")
def show_command(name: str, format_: str) -> None:
    """What the data set NAME is: source, release, licence, attribution, when, counts, size, path."""
    from careergraph.catalogue.dataset_summaries import Inventory, describe_dataset
    from careergraph.render.text.datasets import format_dataset

    found = describe_dataset(name)
    show(Inventory((found,), ()), format_, lambda: format_dataset(found))


@datasets_command.command("diff", epilog=format_examples("careergraph datasets diff onet onet"))
@click.argument("old", shell_complete=_names)
@click.argument("new", shell_complete=_names)
@format_option("text", "json")
def diff_command(old: str, new: str, format_: str) -> None:
    """What has changed from the imported release OLD of a source to the imported release NEW.

    Lists new, removed and renamed occupations and skills, changes in what occupations ask for, and bundled alignments
    whose other end is gone. Import a second release with --name.
    """
    from careergraph.catalogue.dataset_diffs import diff_datasets
    from careergraph.render.text.datasets import format_diff

    if BUNDLED in (old, new):
        raise NothingAsked("The bundled data set has no releases to compare; imported ones have.")
    found = diff_datasets(old, new)
    show(found, format_, lambda: format_diff(found))


@datasets_command.command("verify", epilog=format_examples("careergraph datasets verify onet"))
@click.argument("name", shell_complete=_names)
def verify_command(name: str) -> int:
    """Check the imported data set NAME against the checksums that its import wrote.

    Exit code 1 if anything is damaged.
    """
    from careergraph.catalogue.dataset_summaries import find_folder
    from careergraph.render.text.datasets import format_verification
    from careergraph.store.checksums import verify

    if name == BUNDLED:
        raise NothingAsked("The bundled data set is a part of careergraph; imported ones can be verified.")
    found = verify(find_folder(name))
    click.echo(to_safe_text(format_verification(found)))
    return 1 if found.damage else 0


@datasets_command.command("remove", epilog=format_examples("careergraph datasets remove onet --yes"))
@click.argument("name", shell_complete=_names)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--wait", is_flag=True, help="Wait while another process changes the data set.")
def remove_command(name: str, yes: bool, wait: bool) -> int:
    """Remove the imported data set NAME from disk.

    Exit code 1 if you answer no.
    """
    from careergraph.importing.dataset.install import find_removable_folder, remove

    if name == BUNDLED:
        raise NothingAsked("The bundled data set is a part of careergraph and cannot be removed.")
    folder = find_removable_folder(name)
    if not yes and not sys.stdin.isatty():
        raise NothingAsked(f"Nobody can be asked whether to remove {folder}; --yes removes it without asking.")
    if not yes and not click.confirm(f"Remove {folder}?", err=True):
        return 1
    remove(folder, wait=wait)
    click.echo(f"Removed {folder}.", err=True)
    return 0
