"""`validate`."""

from __future__ import annotations

import click

from careergraph.cli.options import completes_files, dataset_option, format_examples, format_option, show
from careergraph.store.locations import BUNDLED, list_dataset_files, list_ontology_files


@click.command("validate", epilog=format_examples("careergraph validate mine.ttl"))
@click.argument("files", nargs=-1, metavar="[FILE...]", shell_complete=completes_files)
@dataset_option
@format_option("text", "json")
def validate_command(files: tuple[str, ...], datasets: tuple[str, ...], format_: str) -> int:
    """Check the data set, or FILEs that add to it, against the ontology's shapes.

    Exit code 1 if anything is wrong.
    """
    from careergraph.render.text.validation import format_validation
    from careergraph.validation.validate import validate

    context, ontology = _files(datasets), list_ontology_files()
    checked = tuple(path for name in files for path in list_dataset_files(name))
    found = validate(checked, context=context, ontology=ontology) if checked else validate(context, ontology=ontology)
    show(found, format_, lambda: format_validation(found))
    return 0 if found.conforms else 1


def _files(datasets: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(path for dataset in datasets or (BUNDLED,) for path in list_dataset_files(dataset))
