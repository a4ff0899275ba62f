"""`import`."""

from __future__ import annotations

import click

from careergraph.cli.options import completes_files, format_examples, format_option, show
from careergraph.cli.progress_bar import show_progress
from careergraph.importing import IMPORTERS
from careergraph.model.escaping import to_safe_text


@click.command("import", epilog=format_examples("careergraph import onet db_29_3_text.zip"))
@click.argument("source", type=click.Choice(list(IMPORTERS)))
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, shell_complete=completes_files)
@click.option("--name", metavar="NAME", help="Name of the data set, if not that of its source.")
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    shell_complete=click.Path(file_okay=False).shell_complete,
    help="Keep the data set in DIR instead of your data folder.",
)
@click.option("--release", metavar="NAME", help="Which release it is, where the download does not say.")
@click.option(
    "--codes",
    type=click.Choice(["soc2010", "soc2018", "isco08"]),
    help="Which classification the codes are from; only for moves.",
)
@click.option(
    "--replace",
    is_flag=True,
    help="Put the download in the place of what is imported under its name, of another release or from elsewhere.",
)
@click.option("--wait", is_flag=True, help="Wait while another process changes the data set.")
@click.option("--template", is_flag=True, help="Import nothing, but write files to begin with to the folder PATH.")
@format_option("text", "json")
def import_command(
    source: str,
    paths: tuple[str, ...],
    name: str | None,
    output: str | None,
    release: str | None,
    codes: str | None,
    replace: bool,
    wait: bool,
    template: bool,
    format_: str,
) -> None:
    """Import the download at PATH, a zip archive, a folder or a file, from SOURCE.

    onet is O*NET's database in its text format, from https://www.onetcenter.org/database.html. esco is the European
    classification in its CSV format, from https://esco.ec.europa.eu/en/use-esco/download: give the download in your
    main language first, then the one of relations and any other languages. crosswalk pairs the two, as a workbook. oews
    has jobs and wages, ai-salaries what people report themselves, moves how many people changed from one job to
    another. csv is your own roles, courses and what you know of them; --template writes some to begin with.

    The import replaces an earlier one of the same download and release once it is complete; until then, and after an
    error, the earlier one stays. For another release, or other data under a name that is taken, give --replace, or keep
    both by giving the new one a --name of its own.
    """
    if template:
        _write_template(source, *paths)
        return
    from careergraph.catalogue.dataset_summaries import DatasetSummaries, summarise
    from careergraph.importing import check_not_anothers, check_release, open_source
    from careergraph.importing.dataset.install import install
    from careergraph.render.text.datasets import format_dataset
    from careergraph.store.datasets import dataset_folder, hash_origin

    with show_progress("rows") as progress:
        opened = open_source(source, paths[0], release, name, more=paths[1:], codes=codes)
        folder = output or dataset_folder(opened.name)
        if not replace:
            check_release(source, opened, folder)
            check_not_anothers(source, opened, paths[0], folder, named=bool(name or output))
        install(opened, folder, progress=progress, wait=wait, origin=hash_origin(paths[0]))
    found = summarise(folder)
    show(DatasetSummaries((found,)), format_, lambda: format_dataset(found))
    for remark in (*getattr(opened, "remarks", ()), found.attribution):
        click.echo(to_safe_text(remark), err=True)


def _write_template(source: str, path: str, *_: str) -> None:
    from pathlib import Path

    from careergraph.importing import make_template
    from careergraph.store.atomic_write import write_new_folder

    files = make_template(source)
    write_new_folder(Path(path), files)
    click.echo(f"Wrote {len(files)} files to {path}: replace their rows with your own.", err=True)
