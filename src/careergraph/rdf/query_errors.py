"""Say what is wrong with a query that the engine cannot parse, and where, in words that help."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import NamedNode

from careergraph.model.errors import BadQuery
from careergraph.model.near_names import find_near_names
from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.query_text import Query, Token, place
from careergraph.rdf.vocabulary import CG, NAMESPACE

_WORDS = """
    A ABS ADD ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL CLEAR COALESCE CONCAT CONSTRUCT CONTAINS COPY COUNT
    CREATE DATA DATATYPE DAY DEFAULT DELETE DESC DESCRIBE DISTINCT DROP ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR
    FROM GRAPH GROUP GROUP_CONCAT HAVING HOURS IF IN INSERT INTO IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG
    LANGMATCHES LCASE LIMIT LOAD MAX MD5 MIN MINUS MINUTES MONTH MOVE NAMED NOT NOW OFFSET OPTIONAL ORDER PREFIX
    RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384 SHA512
    SILENT STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID SUBSTR SUM TIMEZONE TO TRUE TZ
    UCASE UNDEF UNION URI USING UUID VALUES WHERE WITH YEAR
"""
#: All bare words of SPARQL 1.1: keywords and built-in functions.
WORDS = frozenset(_WORDS.split())

#: The engine's message about a SELECT without a place. Its other messages list what its grammar would accept.
_UNGROUPED = "The SELECT contains a variable that is unbound"
_TOO_LARGE = "should be a non negative integer"
_OVERRIDDEN = "The SELECT overrides an existing variable"
_NOT_GROUPED = "The SELECT contains an expression with a variable that is unbound"
#: What is meant to be an IRI and has a sign in it that none has: after a scheme whatever is no comparison, otherwise
#: words and signs of addresses.
_MEANT_AS_IRI = re.compile(
    r"""<(?:[A-Za-z][A-Za-z0-9+.-]*:[^<>"\n?]*|[A-Za-z/\#][\w:/\#.,%+~{}|^`\\\ \t-]*)>""", re.ASCII
)
_IN_NO_IRI = re.compile(r"[ \t{}|^`\\]")
_NAMES = {term.removeprefix(NAMESPACE.cg) for name, term in vars(CG).items() if not name.startswith("_")}
_NAMED = re.compile(r"\bcg:([A-Za-z]\w*)")
_PAIRS = {"(": ")", "{": "}", "[": "]"}


def explain(query: str | Query, message: str, *, based: bool = False) -> BadQuery:
    """The error for a query that the engine refuses.

    Args:
        query: the query.
        message: what the engine says: `error at 1:12: expected one of …`.
        based: whether relative IRIs have a base without the query declaring one.

    >>> print(explain("SELECT ?x WHRE { ?x a cg:Role }", "error at 1:16: expected one of DISTINCT, WHERE"))
    This query cannot be run: line 1, column 11: WHRE is not a word of SPARQL; did you mean WHERE?
      SELECT ?x WHRE { ?x a cg:Role }
                ^
    """
    found = Query.of(query)
    fault = next(_faults(found, based), None)
    if fault is None:
        return _as_the_engine_says(found, message)
    return _fault(found, *fault)


def find_undefined_terms(query: str | Query) -> tuple[str, ...]:
    """A sentence for each term of a query that is in careergraph's namespace but not in the ontology.

    Such a query is well-formed but finds nothing. Takes some microseconds where there is no such term.

    >>> find_undefined_terms("SELECT ?b { ?a cg:leadTo ?b }")
    ('There is no property cg:leadTo; did you mean cg:leadsTo?',)
    >>> find_undefined_terms("ASK { ?x a cg:Role }")
    ()
    """
    found = Query.of(query)
    if "ontology#" not in found.text and _NAMES.issuperset(_NAMED.findall(found.text)):
        return ()
    spaces = PREFIXES | found.declared
    iris = (_iri(token, spaces) for token in found.tokens if token.kind in ("iri", "name"))
    names = dict.fromkeys(iri.removeprefix(NAMESPACE.cg) for iri in iris if iri.startswith(NAMESPACE.cg))
    return tuple(_no_such_term(name) for name in names if name and name not in _NAMES)


def is_defined(iri: str) -> bool:
    """Whether a term is not in careergraph's namespace, or the ontology has it.

    >>> is_defined(f"{NAMESPACE.cg}leadsTo"), is_defined(f"{NAMESPACE.cg}leadTo"), is_defined("urn:x")
    (True, False, True)
    """
    return not iri.startswith(NAMESPACE.cg) or iri.removeprefix(NAMESPACE.cg) in _NAMES


def _iri(token: Token, spaces: Mapping[str, str]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, rest = token.text.partition(":")
    return spaces.get(prefix, "") + rest


def _no_such_term(name: str) -> str:
    close = find_near_names(name, _NAMES)
    kind = "class" if name[:1].isupper() else "property"
    return f"There is no {kind} cg:{name}{f'; did you mean cg:{close[0]}?' if close else '.'}"


def _faults(found: Query, based: bool) -> Iterator[tuple[str, int]]:
    yield from (("this string has no end", token.start) for token in found.tokens if token.kind == "broken")
    yield from _find_signs_of_no_iri(found)
    yield from _find_unbalanced(found)
    yield from _find_undeclared(found)
    yield from _unknown_words(found)
    yield from _no_iris(found)
    yield from _find_double_selections(found)
    yield from _uneven_values(found)
    if not based and "BASE" not in found.words:
        yield from (
            (f"{token.text} is a relative IRI; write it in full, or with a prefix", token.start)
            for token in found.tokens
            if token.kind == "iri" and not re.match(r"<[A-Za-z][\w+.-]*:", token.text)
        )


def _find_unbalanced(found: Query) -> Iterator[tuple[str, int]]:
    open_: list[Token] = []
    for token in found.tokens:
        if token.kind != "sign":
            continue
        if token.text in _PAIRS:
            open_.append(token)
        elif token.text in _PAIRS.values() and (not open_ or _PAIRS[open_.pop().text] != token.text):
            yield f"this {token.text} closes nothing", token.start
            return
    yield from ((f"this {token.text} is never closed", token.start) for token in reversed(open_))


def _find_signs_of_no_iri(found: Query) -> Iterator[tuple[str, int]]:
    for token in found.tokens:
        meant = _MEANT_AS_IRI.match(found.text, token.start) if token.text == "<" else None
        wrong = _IN_NO_IRI.search(meant[0]) if meant else None
        if wrong:
            sign = "space" if wrong[0].isspace() else wrong[0]
            yield f"an IRI has no {sign} in it; write %{ord(wrong[0]):02X} for one", token.start + wrong.start()


def _no_iris(found: Query) -> Iterator[tuple[str, int]]:
    for token in found.tokens:
        if token.kind == "iri" and ":" in token.text:
            try:
                NamedNode(token.text[1:-1])
            except ValueError:
                yield f"{token.text} is not an IRI", token.start


def _find_double_selections(found: Query) -> Iterator[tuple[str, int]]:
    # In the clause of the outer SELECT, an expression is in brackets, and AS is followed by its name.
    names: set[str] = set()
    previous = ""
    clause = (token for token in found.tokens if found.group is None or token.start < found.group.start)
    for token in clause:
        is_name = token.kind == "variable" and (token.depth == 0 or (token.depth == 1 and previous == "AS"))
        if token.word in ("WHERE", "FROM") or found.form != "SELECT":
            return
        if is_name and token.text[1:] in names:
            yield f"SELECT names {token.text} twice; each column needs a name of its own", token.start
        names |= {token.text[1:]} if is_name else set()
        previous = token.word


def _uneven_values(found: Query) -> Iterator[tuple[str, int]]:
    tokens = found.tokens
    for number, token in enumerate(tokens):
        if token.word != "VALUES" or number + 1 == len(tokens) or tokens[number + 1].text != "(":
            continue
        end = next((n for n in range(number, len(tokens)) if tokens[n].text == ")"), number)
        columns = [column.text[1:] for column in tokens[number + 2 : end]]
        if len(set(columns)) < len(columns):
            yield "VALUES names a variable twice", tokens[number + 1].start
        yield from _uneven_rows(tokens[end + 1 :], len(columns))


def _uneven_rows(tokens: Sequence[Token], width: int) -> Iterator[tuple[str, int]]:
    start, count, typed = None, 0, False
    for token in tokens:
        if token.text == "}":
            return
        if token.text == "(":
            start, count = token.start, 0
        elif token.text == ")" and start is not None:
            if count != width:
                yield f"this row has {count} value{'' if count == 1 else 's'} where {width} belong", start
        elif token.kind not in ("language", "sign"):
            count += not typed
        typed = token.text == "^^"


def _find_undeclared(found: Query) -> Iterator[tuple[str, int]]:
    known = {*PREFIXES, *found.declared}
    previous = ""
    for token in found.tokens:
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and prefix not in known and previous != "PREFIX":
            close = find_near_names(prefix, known)
            yield f"the prefix {prefix}: is not declared{f'; did you mean {close[0]}:?' if close else ''}", token.start
        previous = token.word


def _unknown_words(found: Query) -> Iterator[tuple[str, int]]:
    for token in found.tokens:
        if token.word and token.word not in WORDS:
            close = find_near_names(token.word, WORDS, cutoff=0.7)
            yield f"{token.text} is not a word of SPARQL{f'; did you mean {close[0]}?' if close else ''}", token.start


def _as_the_engine_says(found: Query, message: str) -> BadQuery:
    at = re.match(r"error at (\d+):(\d+): ", message)
    if at is None or not found.tokens:
        return BadQuery(message.partition("\n")[0])
    lines = found.text.split("\n")
    start = sum(len(line) + 1 for line in lines[: int(at[1]) - 1]) + int(at[2]) - 1
    for reason, where in _find_faults_of_meaning(found, start, message):
        return _fault(found, reason, where)
    select = next((token for token in found.tokens if token.word == "SELECT"), None)
    if _UNGROUPED in message and select is not None:
        return _fault(found, "SELECT names a variable that GROUP BY leaves out", select.start)
    token = _syntax_error(found, start, message)
    if token is None:
        return _fault(found, "it ends too early", len(found.text.rstrip()))
    return _fault(found, f"the syntax breaks near {token.text}", token.start)


def _find_faults_of_meaning(found: Query, start: int, message: str) -> Iterator[tuple[str, int]]:
    """What is wrong with a query whose syntax is right, as far as the engine's message says."""
    before = [token for token in found.tokens if token.start < start]
    for last in (before, before[:-1]):  # the engine may have looked one character further
        if len(last) > 2 and last[-3].word == "AS" and last[-1].text == ")":
            yield f"{last[-2].text} is bound already; AS needs a name of its own", last[-2].start
    if _OVERRIDDEN in message:
        yield from _find_overridden(found)
    if _NOT_GROUPED in message:
        yield "SELECT computes with a variable that GROUP BY leaves out", before[0].start
    if found.star is not None and "GROUP" in found.words:
        yield "SELECT * cannot stand with GROUP BY; name the columns", found.star
    yield from _find_shared_blank_nodes(found)
    if _TOO_LARGE in message:
        yield "the number is too large", before[-1].start


def _find_overridden(found: Query) -> Iterator[tuple[str, int]]:
    tokens = found.tokens
    named = {n + 1 for n, token in enumerate(tokens[:-1]) if token.word == "AS" and tokens[n + 1].kind == "variable"}
    bound = {token.text[1:] for n, token in enumerate(tokens) if token.kind == "variable" and n not in named}
    for n in sorted(named):
        if tokens[n].text[1:] in bound:
            yield f"{tokens[n].text} is bound already; AS needs a name of its own", tokens[n].start


def _find_shared_blank_nodes(found: Query) -> Iterator[tuple[str, int]]:
    groups: list[int] = []
    known: dict[str, int] = {}
    for token in found.tokens:
        if token.text == "{" and token.kind == "sign":
            groups.append(token.start)
        elif token.text == "}" and token.kind == "sign" and groups:
            groups.pop()
        elif token.kind == "blank" and groups and known.setdefault(token.text, groups[-1]) != groups[-1]:
            yield f"{token.text} stands in two groups; a blank node is of one, so use a variable", token.start


def _fault(found: Query, reason: str, start: int) -> BadQuery:
    line, column, row = place(found.text, start)
    return BadQuery(reason, line=line, column=column, text=row)


def _syntax_error(found: Query, end: int, message: str) -> Token | None:
    # The engine reports not where it stopped but how far it looked: up to a character that it would accept, or to the
    # end of a word that it tried. In the second case, the token it refuses starts that word's length before.
    starts = {token.start: token for token in found.tokens}
    if re.search(r"\"|'", message):
        if end in starts:
            return starts[end]
        if end >= len(found.text.rstrip()):
            return None
    hoped = [end - len(word) for word in re.findall(r"\b[A-Z]{2,}\b", message) if end - len(word) in starts]
    at = max(hoped, default=end)
    return next((token for token in found.tokens if token.start + len(token.text) > at), found.tokens[-1])
