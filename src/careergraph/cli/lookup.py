"""`search` and `list`."""

from __future__ import annotations

import click

from careergraph.catalogue.names import listed
from careergraph.catalogue.text_search import MOST_FOUND, search
from careergraph.cli.options import completes, dataset_option, example, format_option, load, show
from careergraph.model.errors import NothingFound
from careergraph.model.records import Refs
from careergraph.rdf.kinds import CLAIM_KINDS, NAMED_KINDS

_KINDS = tuple(dict.fromkeys((*NAMED_KINDS, *CLAIM_KINDS.values())))


@click.command("search", epilog=example('careergraph search "machine learning" --limit 5'))
@click.argument("text", shell_complete=completes())
@click.option("--limit", type=click.IntRange(1, 10_000), default=MOST_FOUND, show_default=True, help="Nodes at most.")
@dataset_option
@format_option("text", "json")
def search_command(text: str, limit: int, datasets: tuple[str, ...], format_: str) -> None:
    """Nodes whose name or definition has all words of TEXT, best match first.

    Where there are none, those with a name that looks like TEXT.
    """
    from careergraph.render.text.phrases import refs_text

    found = search(load(datasets), text)
    if not found:
        raise NothingFound(text)
    shown = found[:limit]
    show(Refs(shown), format_, lambda: refs_text(shown))
    if len(found) > limit:
        click.echo(f"{len(found) - limit:,} more; --limit shows more of them.", err=True)


def _kinds(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    return [kind for kind in _KINDS if kind.startswith(incomplete)]


@click.command("list", epilog=example("careergraph list role"))
@click.argument("kind", shell_complete=_kinds)
@dataset_option
@format_option("text", "json")
def list_command(kind: str, datasets: tuple[str, ...], format_: str) -> None:
    """All nodes of a KIND: role, background, skill, credential, course, organisation, source, transition ..."""
    from careergraph.render.text.phrases import refs_text

    found = listed(load(datasets), kind)
    show(Refs(found), format_, lambda: refs_text(found))
