"""`queries`."""

from __future__ import annotations

import click

from careergraph.cli.options import example, format_option, show


def completes_queries(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """What the shell offers for the name of a saved query."""
    from careergraph.sparql.saved_queries import query_names

    return [name for name in query_names() if name.startswith(incomplete)]


@click.command("queries", epilog=example("careergraph queries pay-in-region"))
@click.argument("name", required=False, shell_complete=completes_queries)
@format_option("text", "json")
def queries_command(name: str | None, format_: str) -> None:
    """Questions that `careergraph sparql NAME` answers, or the one called NAME in full."""
    from careergraph.render.text.queries import queries_text, query_text
    from careergraph.sparql.saved_queries import SavedQueries, saved_queries, saved_query

    if name is None:
        found = SavedQueries(saved_queries())
        show(found, format_, lambda: queries_text(found))
    else:
        query = saved_query(name)
        show(SavedQueries((query,)), format_, lambda: query_text(query))
