"""Why a query that is well-formed finds nothing: terms that the data does not have, texts without their language."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import pyoxigraph

from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.query_errors import is_defined
from careergraph.rdf.query_text import Query, Token, with_prefixes
from careergraph.rdf.results import shorten
from careergraph.store.layers import ONTOLOGY

#: What an answer without rows looks like, by its format: with nothing behind the names of the columns.
_EMPTY = {
    "json": re.compile(rb'\{"head":.*("bindings":\[\]\}|"boolean":false)\}'),
    "xml": re.compile(rb".*(<results></results>|<results/>|<boolean>false</boolean>)</sparql>", re.DOTALL),
    "csv": re.compile(rb"(?!true\Z)[^\r\n]*(\r?\n)?"),
    "tsv": re.compile(rb"(?!true\Z)[^\r\n]*(\r?\n)?"),
}
#: An empty answer is not longer than this, in bytes, unless it has very many columns; nothing longer is looked at.
_LONGEST_EMPTY = 20_000
#: How many terms and texts of a query are looked up: a query of thousands is not helped by a sentence on each.
_MOST = 20
_USED = f"""
    ASK {{
      {{ GRAPH <IRI> {{ ?a ?b ?c }} }} UNION
      {{ GRAPH ?g {{ {{ ?a <IRI> ?b }} UNION {{ ?a ?b <IRI> }} UNION {{ <IRI> ?a ?b }} }} FILTER(?g != <{ONTOLOGY}>) }}
    }}
"""
#: What only an ontology uses, and may be asked for all the same.
_OF_ONTOLOGIES = tuple(PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "xsd"))
_TAGGED = 'SELECT ?found { VALUES ?found { "%s"@en "%s"@nl "%s"@de "%s"@fr "%s"@es } ?thing ?said ?found } LIMIT 1'


#: For how long a query may be asked again with texts in their language, in seconds.
_PATIENCE = 1.0


def is_empty(content: bytes, format_: str) -> bool:
    r"""Whether the answer to a SELECT has no rows, or that to an ASK is no.

    Args:
        content: the answer.
        format_: the name of one of `careergraph.rdf.results.RESULT_FORMATS`; of any other, nothing is empty.

    >>> is_empty(b"role\r\n", "csv"), is_empty(b"role\r\nrole:x\r\n", "csv"), is_empty(b"true", "csv")
    (True, False, False)
    """
    return len(content) < _LONGEST_EMPTY and format_ in _EMPTY and bool(_EMPTY[format_].fullmatch(content))


def explain_empty(store: pyoxigraph.Store, query: Query, *, took: float = 0, **graphs: Any) -> tuple[str, ...]:
    """A sentence for each term that no data uses, and for each plain text that finds something in a language.

    A term costs a look-up or two. Whether a text is the reason is tried: the query is asked again with its language,
    for a second at most. A term of careergraph's own namespace is told by
    `careergraph.rdf.query_errors.find_undefined_terms` where the ontology does not have it.

    Args:
        store: the data set.
        query: a query that is well-formed.
        took: how long it took, in seconds: a query that takes long is not asked again.
        graphs: the graphs that it sees, as the engine takes them.

    >>> from careergraph.store.locations import list_dataset_files
    >>> from careergraph.store.oxigraph import open_store
    >>> store = open_store(list_dataset_files(), direct=True)
    >>> explain_empty(store, Query.of("SELECT * { ?org schema:hiringOrganization ?role }"))
    ('No data here uses schema:hiringOrganization.',)
    >>> explain_empty(store, Query.of('SELECT * { ?role rdfs:label "AI ethicist" }'))
    ('"AI ethicist" has a language here: write "AI ethicist"@en.',)
    """
    find = partial(store.query, **graphs)
    unknown = tuple(_tell_unknown(find, query))
    return unknown if unknown else tuple(_tell_languages(find, query, took))


def _tell_unknown(find: Callable[[str], Any], query: Query) -> Iterator[str]:
    spaces = PREFIXES | query.declared
    others = {token.start for one, token in pairwise(query.tokens) if _is_followed_by_no_term(one)}
    terms = (_iri(token, spaces) for token in query.tokens if token.start not in others)
    for iri in list(dict.fromkeys(filter(None, terms)))[:_MOST]:
        if not find(_USED.replace("IRI", iri)):
            yield f"No data here uses {shorten(iri)}."


def _is_followed_by_no_term(token: Token) -> bool:
    # What a query starts from, the space of a prefix, a datatype.
    return token.word == "BASE" or token.text == "^^" or (token.kind == "name" and token.text.endswith(":"))


def _iri(token: Token, spaces: Mapping[str, str]) -> str | None:
    """The IRI that a token stands for, if it is to be looked up, and can be as it is: with nothing escaped."""
    prefix, _, rest = token.text.partition(":")
    found = {"iri": token.text[1:-1], "name": spaces.get(prefix, "") + rest if rest else ""}.get(token.kind, "")
    usable = re.fullmatch(r"[A-Za-z][\w+.-]*:[^\\<>\"{}|^`\s]+", found)
    return found if usable and is_defined(found) and not found.startswith(_OF_ONTOLOGIES) else None


def _tell_languages(find: Callable[[str], Any], query: Query, took: float) -> Iterator[str]:
    ends = [*query.tokens[1:], None]
    plain = [one for one, after in zip(query.tokens, ends, strict=True) if one.kind == "string" and _is_plain(after)]
    tagged = [(token, found) for token in plain[:_MOST] for found in _find_tagged(find, token)]
    deadline = time.monotonic() + _PATIENCE
    for tried in (*([one] for one in tagged), tagged):
        if time.monotonic() + took > deadline:
            return
        if tried and _finds_something(find, query, tried):
            yield from (f'"{found.value}" has a language here: write {found}.' for _, found in tried)
            return


def _find_tagged(find: Callable[[str], Any], token: Token) -> Iterator[pyoxigraph.Literal]:
    text = token.text.strip("\"'")
    if "\\" not in text and '"' not in text and "\n" not in text:
        yield from (found for (found,) in find(_TAGGED.replace("%s", text)))


def _finds_something(
    find: Callable[[str], Any], query: Query, tagged: Sequence[tuple[Token, pyoxigraph.Literal]]
) -> bool:
    text = query.text
    for token, found in reversed(tagged):  # from the end, so that what is before stays where it is
        text = text[: token.start] + str(found) + text[token.start + len(token.text) :]
    answer = find(with_prefixes(text))
    return bool(answer) if isinstance(answer, pyoxigraph.QueryBoolean) else next(iter(answer), None) is not None


def _is_plain(after: Token | None) -> bool:
    return after is None or not (after.kind == "language" or after.text == "^^")
