"""Draw anew the pictures of the saved questions that the page for queries shows.

python scripts/make_question_pictures.py
"""

from __future__ import annotations

import json

import pyoxigraph

from careergraph.catalogue.catalogue import Catalogue
from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.results import Answer
from careergraph.render.map.career_map import draw_career_map
from careergraph.server.pages.query_page import list_default_values
from careergraph.server.pages.question_pictures import FILE, draw_picture
from careergraph.server.pages.result_charts import find_bars
from careergraph.server.pages.result_maps import move_lines
from careergraph.server.pages.results import format_answer
from careergraph.sparql.saved_queries import SavedQuery, load_saved_queries
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import open_store
from make_query_results import bind


def answered(catalogue: Catalogue, store: pyoxigraph.Store, query: SavedQuery) -> Answer:
    """What a saved query answers with its defaults, in the format that the page asks for."""
    found = store.query(bind(catalogue, query), prefixes=PREFIXES)
    if isinstance(found, pyoxigraph.QueryTriples):
        lines = sorted(str(triple) for triple in found)
        return Answer("CONSTRUCT", "nt", "".join(f"{line} .\n" for line in lines).encode(), ())
    form = "ASK" if isinstance(found, pyoxigraph.QueryBoolean) else "SELECT"
    return Answer(form, "json", found.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"", ())


def drawn() -> str:
    """The pictures of all saved questions, as JSON."""
    catalogue, store = Catalogue.load("bundled"), open_store(list_dataset_files())
    pictures = {}
    for query in load_saved_queries():
        answer = format_answer(catalogue, answered(catalogue, store, query))
        moves = move_lines(catalogue, answer, list_default_values(query))
        pictures[query.name] = draw_picture(
            answer, find_bars(answer.columns, answer.rows), draw_career_map(catalogue), moves
        )
    return f"{json.dumps(pictures, indent=0)}\n"


if __name__ == "__main__":
    FILE.write_text(drawn(), encoding="utf-8")
