"""Queries that try to make the engine ask another server, made and mutated at random; and whether it did."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pyoxigraph

from careergraph.model.errors import BadQuery
from careergraph.rdf.query_text import Query

_WORDS = ("true", "false", "a", "1", "1.5", "1e3", ".5", "UNDEF", "'x'", '"x"@en', "'''x'''", '""', "''", "()", "[]")
_TERMS = ("?s", "?p", "?o", "$v", "_:b", "a:b", ":x", "a:", "a:.", "a:b.c", "a:\\#", "a:%41", "<urn:b>", "<urn:a#b>")
_PATTERNS = (
    "?s ?p %s",
    "?s ?p ?o FILTER(1<2)",
    "?s ?p ?o FILTER(?o>1)",
    "?s ?p ?o FILTER EXISTS{?s ?p ?o}",
    "VALUES ?x {%s}",
    "OPTIONAL{?s ?p %s}",
    "{?s ?p ?o}UNION{?s ?p %s}",
    "GRAPH ?g{?s ?p ?o}",
    "BIND(%s AS ?y)",
    "?s ?p ?o#comment\n",
    "?s ?p ?o.#it's\n",
    "MINUS{?s <urn:none> ?o}",
    "",
)
_AROUND = (
    "",
    "",
    " ",
    "\n",
    "\t",
    ".",
    ";",
    "#>\n",
    "#\n",
    "'",
    '"',
    "<",
    ">",
    "\\",
    "{",
    "}",
    "\u00b7",
    "\u017f",
    "-",
)
_SILENT = ("", "", "", "SILENT", " SILENT ", "silent")


def make_query(chance: random.Random, url: str) -> str:
    """A query with a SERVICE in it, most often a valid one, in a way that hides it."""
    name = chance.choice((f"<{url}>", f"<{url}>", ":x", "t:", "?v"))
    call = f"{_keyword(chance)}{_gap(chance)}{chance.choice(_SILENT)}{_gap(chance)}{name}{_gap(chance)}{{?s ?p ?o}}"
    before = "".join(f"{_pattern(chance)}{chance.choice(('', ' ', '.', ' . '))}" for _ in range(chance.randrange(3)))
    glued = f"?s ?p {chance.choice(_WORDS + _TERMS)}" if chance.random() < 0.4 else ""
    bound = f"VALUES ?v{{<{url}>}}" if chance.random() < 0.5 else ""
    query = f"PREFIX :<{url}>PREFIX a:<urn:>PREFIX t:<{url}>SELECT*{{{bound}{before}{glued}{call}{_pattern(chance)}}}"
    return _mutate(chance, query) if chance.random() < 0.6 else query


def _keyword(chance: random.Random) -> str:
    service = "".join(sign.lower() if chance.random() < 0.3 else sign for sign in "SERVICE")
    if chance.random() < 0.85:
        return service
    place = chance.randrange(len(service))
    return f"{service[:place]}\\u{ord(service[place]):04x}{service[place + 1 :]}"


def _gap(chance: random.Random) -> str:
    return chance.choice(("", "", " ", "\n", "#>\n", "#'\n"))


def _pattern(chance: random.Random) -> str:
    return chance.choice(_PATTERNS).replace("%s", chance.choice(_WORDS + _TERMS))


def _mutate(chance: random.Random, query: str) -> str:
    for _ in range(chance.randrange(1, 4)):
        start = chance.randrange(40, len(query))
        end = start + chance.choice((0, 0, 0, 1, 1, 2, 5))
        query = query[:start] + chance.choice(_AROUND + _WORDS + _TERMS) + query[end:]
    return query


class Asked:
    """A store, and a server that counts who comes."""

    def __init__(self, listener: socket.socket) -> None:
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        self.visits, self._listener = 0, listener
        self._store = pyoxigraph.Store()
        for value in ("true", "false", "1", "1.5", "'x'", "<urn:b>"):
            self._store.update(f"INSERT DATA {{ <urn:a> <urn:b> {value} GRAPH <urn:g> {{ <urn:a> <urn:b> {value} }} }}")

    def count(self) -> None:
        """Let everybody in, and answer nobody."""
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.visits += 1
            connection.close()

    def goes_out(self, query: str) -> bool:
        """Whether the engine asks the server when it is given a query."""
        before = self.visits
        try:
            results = self._store.query(query)
            if isinstance(results, pyoxigraph.QuerySolutions):
                list(results)
        except (SyntaxError, OSError, RuntimeError, ValueError):
            pass
        return self.visits > before


@contextmanager
def asking() -> Iterator[Asked]:
    """A store to put queries to, and a server on this machine that they might reach."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        asked = Asked(listener)
        thread = threading.Thread(target=asked.count, daemon=True)
        thread.start()
        yield asked
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


def is_refused(query: str) -> bool:
    """Whether a query is refused before the engine gets it."""
    try:
        found = Query(query)
        if not found.is_plain:
            found.check()
    except BadQuery:
        return True
    return False
