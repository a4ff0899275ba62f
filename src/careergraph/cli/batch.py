"""`batch`."""

from __future__ import annotations

from typing import Any

import click

from careergraph.cli.options import (
    Whole,
    completes,
    completes_files,
    dataset_option,
    format_examples,
)
from careergraph.cli.progress_bar import show_progress
from careergraph.rdf.kinds import DESTINATIONS

#: The question that is asked of a data set, and not of people.
_PAIRS = "pairs"
_QUESTIONS = ("routes", "reach", "gap", "plan", _PAIRS)
_ENGINES = ("local", "spark")
_FORMATS = ("jsonl", "parquet")


@click.command(
    "batch",
    epilog=format_examples(
        'careergraph batch gap people.jsonl gaps --to "machine learning engineer"',
        "careergraph batch routes people.jsonl routes --processes 2 --dataset bundled",
    ),
)
@click.argument("question", type=click.Choice(_QUESTIONS))
@click.argument("path", metavar="INPUT", shell_complete=completes_files)
@click.argument("output", shell_complete=click.Path(file_okay=False).shell_complete)
@click.option("--to", metavar="ROLE", shell_complete=completes(*DESTINATIONS), help="The role for rows that name none.")
@click.option("--format", "format_", type=click.Choice(_FORMATS), help="Format to write, if not that of INPUT.")
@click.option("--processes", type=Whole(1, 1024), help="How many processes; by default one for each processor.")
@click.option(
    "--engine", type=click.Choice(_ENGINES), default="local", show_default=True, help="What distributes the work."
)
@click.option("--master", metavar="URL", help="The Spark cluster; this machine by default.")
@dataset_option
def batch_command(
    question: str, path: str, output: str, format_: str | None, datasets: tuple[str, ...], **how: Any
) -> None:
    """Ask one QUESTION for each person in the file INPUT; the answers go to the folder OUTPUT.

    INPUT is JSON Lines or Parquet (.parquet), or a folder of such files: one row for each person, with the columns id,
    position, skills, credentials and to, or a profile as `careergraph profile -o me.json` writes it. OUTPUT gets
    answers/ with a row for each person, and errors/ with the rows that cannot be answered. Each process answers
    equal questions once. To resume a batch that was interrupted, run the same command again.

    pairs asks of no people: INPUT is a data set, and OUTPUT gets pairs/, with the hundred most likely destinations of
    each of its occupations, however many there are.
    """
    if question == _PAIRS:
        _compare_pairs(path, output, format_, datasets, **how)
        return
    from careergraph.store.locations import list_files
    from careergraph.transitions.batch.jobs import run_batch

    files = list_files(datasets)
    with show_progress("people") as progress:
        found = run_batch(question, path, output, files=files, format_=format_, progress=progress, **how)
    before = f", {found.before:,} of them in an earlier run" if found.before else ""
    click.echo(f"Asked of {found.people:,} people{before}; {found.bad:,} rows are in errors/.", err=True)


def _compare_pairs(
    dataset: str, output: str, format_: str | None, datasets: tuple[str, ...], to: str | None, **how: Any
) -> None:
    from careergraph.importing.derive.pairs.jobs import run_pairs
    from careergraph.model.errors import ContradictoryConditions

    if datasets or to is not None:
        raise ContradictoryConditions("`pairs` takes neither --to nor --dataset: INPUT is the data set.")
    with show_progress("occupations") as progress:
        found = run_pairs(dataset, output, format_=format_ or "jsonl", progress=progress, **how)
    before = f"; {found.before:,} parts are of an earlier run" if found.before else ""
    click.echo(f"Compared {found.occupations:,} occupations, wrote {found.pairs:,} pairs{before}.", err=True)
