"""The process in which questions are answered: it loads a data set, gives up files and connections, answers one by one.

`python -m careergraph.server.workers.question_worker` speaks messages (`sparql.isolation.messages`) on standard input
and output.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

from careergraph.api import CareerGraph
from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import CareergraphError, QueryTooHeavy, ResultTooLarge, UnexpectedFault, UnknownName
from careergraph.rdf.kinds import POSITIONS
from careergraph.render.map.career_map import draw_career_map
from careergraph.render.map.examples import find_examples
from careergraph.render.notebook import to_text
from careergraph.server.api.questions import QUESTIONS, parse_query_string
from careergraph.server.pages.answers import answer_part, prepare
from careergraph.sparql.isolation.limits import allow_processor, confine, leave_the_terminal
from careergraph.sparql.isolation.messages import Header, as_header, read_message, write_message
from careergraph.transitions.durations import load_tables
from careergraph.transitions.ease import load_calibration
from careergraph.transitions.openings import load_jobs
from careergraph.transitions.people.cv.samples import read_samples
from careergraph.transitions.people.titles.typed import read_everyday_titles
from careergraph.transitions.people.typed_names import find_meant
from careergraph.transitions.precomputed.bundled_similarity import load_table
from careergraph.transitions.precomputed.tables import find_costs, find_similarity

#: What the library imports when it is first needed, which is too late once no file can be opened.
_LATER = (
    "careergraph.catalogue.names",
    "careergraph.catalogue.node_profiles",
    "careergraph.catalogue.text_search",
    "careergraph.model.near_names",
    "careergraph.transitions.gaps",
    "careergraph.transitions.origins",
    "careergraph.transitions.outlook",
    "careergraph.transitions.pay",
    "careergraph.transitions.people.by_hand",
    "careergraph.transitions.people.cv.files",
    "careergraph.transitions.people.matching",
    "careergraph.transitions.people.person",
    "careergraph.transitions.people.titles.typed",
    "careergraph.transitions.people.typed_names",
    "careergraph.transitions.plans.planned_routes",
    "careergraph.transitions.plans.progress",
    "careergraph.transitions.plans.records",
    "careergraph.transitions.plans.plans",
    "careergraph.transitions.plans.new_holdings",
    "careergraph.transitions.requirements",
    "careergraph.transitions.plans.wishes",
    "careergraph.transitions.tool_ranks",
    "rapidfuzz.fuzz",
)
#: What a catalogue of a data set on disk opens when it is first needed: too late as well.
_OPENED_LATER = (find_similarity, find_costs)


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer questions until there are no more of them.

    The first frame names the data set's `files`, the `language` of labels, how much `memory` beyond theirs an answer
    may take, and how long the `largest` one may be, both in bytes, and the `niceness` of the process.
    """
    leave_the_terminal()
    try:
        opening, _ = read_message(requests)
        graph = open_graph(opening["files"], opening.get("language", "en"))
    except CareergraphError as error:
        write_message(replies, as_header(error))
        return
    except Exception as error:
        write_message(replies, as_header(UnexpectedFault.of(error)))
        return
    _answer_all(graph, opening, requests, replies)


def serve_open(graph: CareerGraph, requests: BinaryIO, replies: BinaryIO) -> None:
    """As `serve`, in a process that has the data set of the first frame open."""
    with suppress(EOFError):
        opening, _ = read_message(requests)
        _answer_all(graph, opening, requests, replies)


def _answer_all(graph: CareerGraph, opening: Header, requests: BinaryIO, replies: BinaryIO) -> None:
    confine(memory=opening["memory"], files=False, niceness=opening["niceness"])
    write_message(replies, {"ready": True})
    with suppress(EOFError):
        while True:
            header, content = _reply(graph, *read_message(requests), opening["largest"])
            write_message(replies, header, content)


def open_graph(files: Sequence[str], language: str = "en") -> CareerGraph:
    """The data set with all that is opened and imported once no file can be opened any more."""
    graph = CareerGraph(Catalogue.of_files(files))
    graph.catalogue.language = language
    for find in _OPENED_LATER:
        find(graph.catalogue)
    load_calibration()
    load_tables()
    load_table()
    load_jobs()
    read_everyday_titles()
    for module in _LATER:
        import_module(module)
    for prepare_once in (read_samples, _miss, prepare):
        prepare_once(graph.catalogue)
        graph.catalogue.shrink()  # what is left of each would lie scattered between what stays
    _answer_once(graph)
    return graph


def _answer_once(graph: CareerGraph) -> None:
    """Answer a question for a page once: the first clients need not wait for what all answers have in common."""
    with suppress(CareergraphError):
        for example in find_examples(draw_career_map(graph.catalogue))[:1]:
            ends = ("origin", example.stops[0].id), ("destination", example.stops[-1].id)
            asked = parse_query_string(QUESTIONS["path"], ends)
            answer_part(graph.catalogue, QUESTIONS["path"].answer(graph, **asked))


def _miss(catalogue: Catalogue) -> None:
    """Search for an unknown name once, so that the first client with a slip in a name does not wait for imports."""
    with suppress(UnknownName):
        find_meant(catalogue, "what nothing is called", *POSITIONS)


def _reply(graph: CareerGraph, request: Header, body: bytes, largest: int) -> tuple[Header, bytes]:
    allow_processor(request["seconds"])
    try:
        content = _answer(graph, request, body).encode()
        if len(content) > largest:
            raise ResultTooLarge(largest)
    except CareergraphError as error:
        return as_header(error), b""
    except MemoryError:
        return as_header(QueryTooHeavy("its answer does not fit the memory that it may take")), b""
    except Exception as error:
        return as_header(UnexpectedFault.of(error)), b""
    return {}, content


def _answer(graph: CareerGraph, request: Header, body: bytes) -> str:
    if "cv" in request:
        return graph.match(request["cv"], body).to_json()
    found = QUESTIONS[request["question"]].answer(graph, **request["values"])
    return FORMS[request["form"]](graph.catalogue, found)


def _as_json(catalogue: Catalogue, found: Any) -> str:
    # As the command line prints it, to the last sign.
    return f"{found.to_json()}\n"


def _for_agents(catalogue: Catalogue, found: Any) -> str:
    return json.dumps({"text": to_text(found), "answer": found.to_dict()}, ensure_ascii=False)


#: How an answer can be written. As HTML, it is the part of a page that shows it, where there is such a page. What
#: agents get has both the text and the JSON of the command line.
FORMS: Mapping[str, Callable[[Catalogue, Any], str]] = {"json": _as_json, "html": answer_part, "agent": _for_agents}


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
