"""What the text of a SPARQL query shows without running it: its form, brackets and words, and whether it is allowed.

One pass of a regular expression separates strings, comments and IRIs from the rest, so that their contents are not
mistaken for keywords. The engine's grammar decides everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple, Self

from careergraph.model.errors import BadParameter, BadQuery
from careergraph.rdf.federation import asks_another_server
from careergraph.rdf.prefixes import PREFIXES

LONGEST_QUERY = 250_000
#: The byte order mark that editors on Windows put before a text, and that no grammar allows.
BYTE_ORDER_MARK = "\ufeff"
#: Oxigraph's parser is recursive: some thousands of nested brackets end the process.
DEEPEST_NESTING = 100

QUERY_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATE_FORMS = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")

# No alternative gives back what it took (`*+`), and what has no end is taken whole: so that the time is linear in the
# length of any text, and a text made to be slow finds nothing to be slow with. Names do without it: nothing
# follows that could make them give back, and Python 3.11.2 takes a dot at their end for a part of them if they have it.
_TOKEN = re.compile(
    r"""
      (?P<space>   \s++ | \#[^\n\r]*+ )
    | (?P<iri>     <[^<>"{}|^`\x00-\x20]*+> )
    | (?P<string>  \"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*+\"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+'{3}
                 | "(?!"")(?:[^"\\\n\r]|\\.)*+" | '(?!'')(?:[^'\\\n\r]|\\.)*+' )
    | (?P<broken>  \"{3}.*+ | '{3}.*+ | "(?:[^"\\\n\r]|\\.)*+ | '(?:[^'\\\n\r]|\\.)*+ )
    | (?P<variable>[?$]\w++ )
    | (?P<blank>   _:\w++(?:[.-]++\w++)*+ )
    | (?P<name>    (?:[^\W\d_][\w.-]*+)?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.|\.(?=[\w:%\\-]))* )
    | (?P<words>   [^\W\d_][\w.-]*+ )
    | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+ )
    | (?P<number>  \d++(?:\.\d*+)?(?:[eE][+-]?\d++)? | \.\d++(?:[eE][+-]?\d++)? )
    | (?P<sign>    \^\^ | && | \|\| | != | <= | >= | . )
    """,
    re.VERBOSE | re.DOTALL,
)
#: What is in the place of a name's prefix but has no colon after it: words, numbers and symbols.
_PIECE = re.compile(r"(?P<word>[^\W\d_]\w*+)|(?P<number>\d++)|(?P<sign>.)", re.DOTALL)
#: If a query contains one of these, even within a longer word or a string, it has to be read in full.
_TELLING = ("CONSTRUCT", "DESCRIBE", "SERVICE", "\\")
#: A word of an update, in capitals, that is no part of a variable or of a name. Looking back only from its end lets the
#: expression skip what no such word begins with.
_UPDATE = re.compile(rf"(?:{'|'.join(rf'{word}(?<![A-Z?$:]{word})' for word in UPDATE_FORMS)})(?!\w)", re.ASCII)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
#: What is known about a query once it has been read, and is passed on to its evaluation.
_FACTS = ("form", "prologue", "star", "variables", "sources")
_OPENING, _CLOSING = "({[", ")}]"


class Token(NamedTuple):
    """A token of a query: its kind, its text, where it starts, and how many brackets are open there."""

    kind: str
    text: str
    start: int
    depth: int

    @property
    def word(self) -> str:
        """The text in the form in which keywords are compared; empty if it is no word."""
        return self.text.upper() if self.kind == "word" else ""


class Query:
    """A query: its text and what that shows, which is read once, when it is first needed.

    Made where a query comes in and passed on from there; to another process as text and `facts`. Reading takes time
    linear in the length of the text.

    Args:
        text: SPARQL 1.1, or anything else.
        facts: what another object has already read from the same text.

    >>> query = Query("PREFIX a: <http://a/> SELECT * { ?x a:b 'SERVICE' }")
    >>> query.form, query.variables, "SERVICE" in query.words
    ('SELECT', ('?x',), False)
    >>> query.facts["form"], Query(query.text, query.facts).form
    ('SELECT', 'SELECT')
    """

    def __init__(self, text: str, facts: Mapping[str, Any] | None = None) -> None:
        self.text = text.removeprefix(BYTE_ORDER_MARK)
        self.__dict__.update(facts or {})  # in the place of the properties that would be computed
        self._is_checked = False

    @classmethod
    def of(cls, query: str | Query) -> Query:
        """A text as a query; a query is one already."""
        return query if isinstance(query, Query) else cls(query)

    @property
    def facts(self) -> dict[str, Any]:
        """What its evaluation needs to know, as JSON data; empty if the text has not been read yet."""
        return {name: getattr(self, name) for name in _FACTS} if "tokens" in self.__dict__ else {}

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The pieces of the text, without spaces and comments."""
        return tuple(_tokens(self.text))

    @cached_property
    def is_plain(self) -> bool:
        """Whether a quick look shows that `check` would not refuse it and that its answer is no graph.

        Takes a few microseconds, a tenth of a full reading. False only means that the text has to be read.

        >>> Query("ASK { ?x a cg:Role }").is_plain, Query("SELECT ?x { ?x rdfs:label 'service' }").is_plain
        (True, False)
        """
        if not self.text.isascii() or not self.text.strip() or len(self.text) > LONGEST_QUERY:
            return False
        if sum(map(self.text.count, _OPENING)) > DEEPEST_NESTING:
            return False
        capitals = self.text.upper()
        if any(map(capitals.__contains__, _TELLING)):
            return False
        return not any(map(capitals.__contains__, UPDATE_FORMS)) or not _UPDATE.search(capitals)

    def check(self) -> Self:
        """The query itself, if it may be handed to an engine.

        Raises:
            BadQuery: it is empty or too long, brackets stand too deep inside each other, or it is an update or calls
                other servers.
        """
        if self._is_checked:
            return self
        text = self.text
        if not text.strip():
            raise BadQuery("it is empty")
        if len(text) > LONGEST_QUERY:
            raise BadQuery(f"it is {len(text):,} characters long; at most {LONGEST_QUERY:,} are allowed")
        if re.search("[\ud800-\udfff]", text):
            raise BadQuery("it holds half of a sign (a lone surrogate), which no encoding has")
        # The grammar resolves \u escapes before anything else, so that \u0053ERVICE is SERVICE.
        readings = (self, Query(_ESCAPE.sub(_unescape, text))) if "\\" in text else (self,)
        depth = max(reading.depth for reading in readings)
        if depth > DEEPEST_NESTING:
            raise BadQuery(f"brackets stand {depth:,} deep inside each other; at most {DEEPEST_NESTING} are allowed")
        if self.form == "UPDATE":
            raise BadQuery("it is an update, and the data can only be read")
        if any("SERVICE" in reading.words or asks_another_server(reading.text) for reading in readings):
            raise BadQuery("it asks another server (SERVICE), and queries stay within the data set")
        self._is_checked = True
        return self

    @cached_property
    def words(self) -> frozenset[str]:
        """All bare words, in the form in which keywords are compared."""
        return frozenset(token.word for token in self.tokens if token.word)

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """All variables with their `?` or `$`, in the order in which they appear."""
        return tuple(dict.fromkeys("?" + token.text[1:] for token in self.tokens if token.kind == "variable"))

    @cached_property
    def depth(self) -> int:
        """How deep brackets are nested."""
        return max((token.depth for token in self.tokens), default=0)

    @cached_property
    def form(self) -> str | None:
        """`SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`; `UPDATE`; None where the text begins with something else."""
        position = self._start
        word = self.tokens[position].word if position is not None else ""
        return "UPDATE" if word in UPDATE_FORMS else word if word in QUERY_FORMS else None

    @cached_property
    def declared(self) -> dict[str, str]:
        """Prefix → IRI, as far as the query declares them itself."""
        pairs = zip(self.tokens, self.tokens[1:], self.tokens[2:], strict=False)
        return {name.text[:-1]: iri.text[1:-1] for word, name, iri in pairs if word.word == "PREFIX"}

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """The prefixes of all names, in the order in which they appear."""
        return tuple(dict.fromkeys(token.text.partition(":")[0] for token in self.tokens if token.kind == "name"))

    @cached_property
    def sources(self) -> tuple[tuple[bool, str], ...]:
        """The terms of FROM and FROM NAMED: whether each is NAMED, and the term as written."""
        if "FROM" not in self.text.upper():
            return ()
        tokens = [token for token in self.tokens if token.depth == 0]
        found = []
        for number, token in enumerate(tokens[:-1]):
            named = tokens[number + 1].word == "NAMED"
            term = tokens[number + 1 + named : number + 2 + named]
            if token.word == "FROM" and term and term[0].kind in ("iri", "name"):
                found.append((named, term[0].text))
        return tuple(found)

    @cached_property
    def prologue(self) -> str:
        """The declarations at the beginning: BASE and PREFIX."""
        return self.text if self._start is None else self.text[: self.tokens[self._start].start]

    @cached_property
    def star(self) -> int | None:
        """The position of the `*` of an outer `SELECT *`."""
        if "*" not in self.text or self.form != "SELECT" or self._start is None:
            return None
        rest = (token for token in self.tokens[self._start + 1 :] if token.word not in ("DISTINCT", "REDUCED"))
        first = next(rest, None)
        return first.start if first is not None and first.text == "*" else None

    @property
    def group(self) -> Token | None:
        """The bracket that opens the outer group of patterns; None if there is none to add patterns to."""
        if self._start is None:
            return None
        rest = self.tokens[self._start + 1 :]
        openings = [token for token in rest if token.text == "{" and token.depth == 1]
        if self.form == "CONSTRUCT":  # the first bracket opens the template; in the short form that is all there is
            return openings[1] if len(openings) > 1 else None
        return openings[0] if openings else None

    @cached_property
    def _start(self) -> int | None:
        # Behind the prologue: BASE <iri>, PREFIX name: <iri>.
        position = 0
        while position < len(self.tokens) and self.tokens[position].word in ("BASE", "PREFIX"):
            position += 2 if self.tokens[position].word == "BASE" else 3
        return position if position < len(self.tokens) else None


def with_prefixes(query: str | Query) -> str:
    """A query with those of our prefixes that it uses but does not declare declared on its first line.

    >>> with_prefixes("ASK { role:ai-ethicist a cg:Role }").partition(" ASK")[0]
    'PREFIX role: <https://w3id.org/careergraph/id/role/> PREFIX cg: <https://w3id.org/careergraph/ontology#>'
    """
    found = Query.of(query)
    missing = [name for name in found.prefixes if name in PREFIXES and name not in found.declared]
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in missing) + found.text


def with_base(text: str, base: str | None) -> str:
    """A query with the base of its relative IRIs declared on its first line.

    A query that declares a base itself keeps it.

    >>> with_base("ASK { <#me> a cg:Role }", "https://example.org/q")
    'BASE <https://example.org/q> ASK { <#me> a cg:Role }'
    """
    return text if base is None else f"BASE <{base}> {text}"


def with_params(text: str, terms: Mapping[str, str]) -> str:
    """A query with variables bound to terms, by a VALUES block at the start of the outer group of patterns.

    The result is a query like any other: it means the same to every engine.

    Args:
        text: the query.
        terms: name of a variable, without its `?` → an RDF term in SPARQL syntax. Terms are inserted as they are:
            `careergraph.sparql.parameters` makes safe ones of what a user typed.

    Raises:
        BadParameter: the query has no such variable, or no group of patterns to bind it in.

    >>> with_params("SELECT ?l { ?x skos:prefLabel ?l }", {"x": "role:ai-ethicist"})
    'SELECT ?l { VALUES ?x { role:ai-ethicist } ?x skos:prefLabel ?l }'
    """
    if not terms:
        return text
    found = Query(text)
    for name in terms:
        if f"?{name}" not in found.variables:
            raise BadParameter(name, f"the query has no variable ?{name}")
        if found.group is None:
            raise BadParameter(name, "the query has no WHERE group to bind it in")
    place = found.group.start + 1 if found.group else 0
    values = "".join(f" VALUES ?{name} {{ {term} }}" for name, term in terms.items())
    return text[:place] + values + text[place:]


def with_columns(query: Query, variables: list[str]) -> str | None:
    """A `SELECT *` with its columns named in the order in which the query first mentions them.

    Args:
        query: the query.
        variables: the columns, without their `?`, in any order.

    Returns:
        The query; None if it is no `SELECT *`, or none of its columns has a name.
    """
    star, named = query.star, set(variables)
    if star is None:
        return None
    columns = [name for name in query.variables if name[1:] in named]
    if len(columns) != len(variables) or not columns:
        return None
    return query.text[:star] + " ".join(columns) + query.text[star + 1 :]


def place(text: str, start: int) -> tuple[int, int, str]:
    """Line and column of a position in a text, from one, and the text of that line."""
    before = text[:start]
    line = before.count("\n") + 1
    return line, start - (before.rfind("\n") + 1) + 1, text.split("\n")[line - 1].rstrip("\r")


def _tokens(text: str) -> Iterator[Token]:
    depth = 0
    for match in _TOKEN.finditer(text):
        kind, piece = match.lastgroup or "", match.group()
        if kind == "words":
            for part in _PIECE.finditer(piece):
                yield Token(part.lastgroup or "", part.group(), match.start() + part.start(), depth)
        elif kind == "sign":
            depth += piece in _OPENING
            yield Token(kind, piece, match.start(), depth)
            depth -= piece in _CLOSING and depth > 0
        elif kind != "space":
            yield Token(kind, piece, match.start(), depth)


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]
