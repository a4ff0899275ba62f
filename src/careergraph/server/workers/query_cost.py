"""Guess from its text whether a query is cheap, so that quick look-ups need not wait behind long computations.

Cheap is what joins a few patterns that hang together, one of which names a thing, and does nothing else that can take
long. A guess may be wrong: who serves cheap queries stops one after a short time (`server.workers.queries`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from careergraph.rdf.query_text import QUERY_FORMS, Query, Token

#: How long a cheap query is at most, in characters, and how many patterns it has.
LONGEST, MOST_PATTERNS = 2_000, 4

#: Words of what may take long: aggregates, sorting, what searches within texts or computes them, what runs a group
#: for each row of another. VALUES can multiply rows.
COSTLY = frozenset(
    (
        "AVG",
        "BIND",
        "CONCAT",
        "CONTAINS",
        "COUNT",
        "EXISTS",
        "GRAPH",
        "GROUP",
        "GROUP_CONCAT",
        "HAVING",
        "MAX",
        "MIN",
        "MINUS",
        "ORDER",
        "REGEX",
        "REPLACE",
        "SAMPLE",
        "SUM",
        "UNION",
        "VALUES",
    )
)
#: Operators of property paths, and brackets of blank nodes. A sum or a quotient looks like a path: no harm is done.
_SIGNS = frozenset("/|^+*?[")
_TERMS = ("iri", "string", "variable", "blank", "name", "number")

Pattern = tuple[Token, ...]


def is_cheap(found: Query) -> bool:
    """Whether a query looks as if it could be answered at once.

    >>> is_cheap(Query("SELECT ?label { role:ai-ethicist skos:prefLabel ?label }"))
    True
    >>> is_cheap(Query("SELECT * { ?a a cg:Role . ?b a cg:Skill }"))
    False
    """
    return (
        found.form in QUERY_FORMS
        and len(found.text) <= LONGEST
        and not found.words & COSTLY
        and sum(token.word in QUERY_FORMS for token in found.tokens) == 1
        and not any(token.text in _SIGNS and token.start != found.star for token in found.tokens)
        and _selective(found)
    )


def _selective(found: Query) -> bool:
    if found.group is None:  # DESCRIBE names what it is about; the short form of CONSTRUCT is not looked into
        return found.form == "DESCRIBE" and not found.variables
    patterns = list(_patterns(_inside(found.tokens, found.group)))
    if any(len(pattern) != 3 for pattern in patterns) or len(patterns) > MOST_PATTERNS:
        return False
    joined = [names for pattern in patterns if (names := _variables(pattern))]
    named = len(joined) < len(patterns) or any(_names_a_thing(pattern) for pattern in patterns)
    return _is_connected(joined) and (named or not patterns or _first_will_do(found, patterns))


def _inside(tokens: Iterable[Token], group: Token) -> Iterator[Token]:
    # What stands in the outer group, brackets of inner groups included, arguments left out.
    parentheses = 0
    for token in tokens:
        if token.start <= group.start:
            continue
        if token.text == "}" and token.depth == group.depth:
            return
        parentheses += {"(": 1, ")": -1}.get(token.text, 0)
        if not parentheses:
            yield token


def _patterns(tokens: Iterable[Token]) -> Iterator[Pattern]:
    # After ; comes another predicate of the same subject, after , another object of the same predicate.
    kept = {";": 1, ",": 2}
    terms: list[Token] = []
    typed = False
    for token in tokens:
        if token.kind in _TERMS or token.word in ("A", "TRUE", "FALSE"):
            terms += [] if typed else [token]
        elif token.text in (".", "{", "}", ";", ",") or token.word in ("FILTER", "OPTIONAL"):
            if len(terms) > kept.get(token.text, 0):
                yield tuple(terms)
            terms = terms[: kept.get(token.text, 0)]
        typed = token.text == "^^"
    if terms:
        yield tuple(terms)


def _variables(pattern: Pattern) -> set[str]:
    return {token.text.lstrip("?$") for token in pattern if token.kind in ("variable", "blank")}


def _names_a_thing(pattern: Pattern) -> bool:
    return any(token.kind not in ("variable", "blank") for token in (pattern[0], pattern[2]))


def _first_will_do(found: Query, patterns: list[Pattern]) -> bool:
    # One pattern of which the first few matches are enough is as good as a look-up.
    return len(patterns) == 1 and "FILTER" not in found.words and (found.form == "ASK" or "LIMIT" in found.words)


def _is_connected(joined: list[set[str]]) -> bool:
    reached, left = (joined[0], joined[1:]) if joined else (set(), [])
    while near := [names for names in left if names & reached]:
        reached = reached.union(*near)
        left = [names for names in left if names not in near]
    return not left
