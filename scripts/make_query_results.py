"""Write anew what every saved query answers on the curated graph, with its defaults: tests/fixtures/queries.

A SELECT is kept as CSV, an ASK as text, a CONSTRUCT as Turtle.

    python scripts/make_query_results.py
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph

from careergraph.catalogue.catalogue import Catalogue
from careergraph.rdf.prefixes import PREFIXES, serialize_triples
from careergraph.rdf.query_text import with_params
from careergraph.sparql.saved_queries import SavedQuery, list_terms, load_saved_queries
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import open_store

RESULTS = Path(__file__).parents[1] / "tests" / "fixtures" / "queries"


def bind(catalogue: Catalogue, query: SavedQuery, **given: str) -> str:
    """The text of a saved query with its parameters bound."""
    return with_params(query.text, list_terms(lambda: catalogue, query, given))


def answer(store: pyoxigraph.Store, text: str) -> tuple[str, str]:
    """What a query answers, as text, and the ending of a file that holds such text."""
    found = store.query(text, prefixes=PREFIXES)
    if isinstance(found, pyoxigraph.QueryTriples):
        return ".ttl", serialize_triples(set(found), pyoxigraph.RdfFormat.TURTLE).decode()
    if isinstance(found, pyoxigraph.QueryBoolean):
        return ".txt", f"{'yes' if found else 'no'}\n"
    content = found.serialize(format=pyoxigraph.QueryResultsFormat.CSV) or b""
    return ".csv", content.decode().replace("\r\n", "\n")


def main() -> None:
    """Rewrite the result of every saved query, and remove those of queries that are no more."""
    catalogue, store = Catalogue.load(), open_store(list_dataset_files())
    written = set()
    for query in load_saved_queries():
        ending, text = answer(store, bind(catalogue, query))
        path = RESULTS / f"{query.name}{ending}"
        path.write_text(text, encoding="utf-8", newline="\n")
        written.add(path)
        print(f"wrote {path.name}")
    for path in set(RESULTS.iterdir()) - written:
        path.unlink()
        print(f"removed {path.name}")


if __name__ == "__main__":
    main()
