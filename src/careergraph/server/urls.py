"""Where the page of a node is on this server: IRIs under our name have the same path here as there."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from careergraph.model.records import Ref
from careergraph.rdf.vocabulary import ID, NAMESPACE
from careergraph.transitions.origins import NOWHERE_ELSE

ROOT = "https://w3id.org/careergraph/"
ONTOLOGY = f"{ROOT}ontology"
#: The address for the person who asks, on the same page: they have no page of their own.
YOU = "#you"
# A segment of nothing but dots would be taken for a step up; other characters would have to be escaped twice.
_PLAIN = re.compile(r"(?!\.+(?:/|$))[\w.~-]+(?:/(?!\.+(?:/|$))[\w.~-]+)*", re.ASCII)


def to_address(iri: str) -> str:
    """The address, on this server, of a node's page.

    >>> to_address("https://w3id.org/careergraph/id/role/ai-ethicist")
    '/id/role/ai-ethicist'
    >>> to_address("https://w3id.org/careergraph/ontology#Role")
    '/ontology#Role'
    >>> to_address("https://example.org/a b")
    '/node?iri=https%3A%2F%2Fexample.org%2Fa+b'
    """
    if iri == NOWHERE_ELSE:
        return YOU
    if iri == ONTOLOGY or iri.startswith(NAMESPACE.cg):
        return iri.replace(ONTOLOGY, "/ontology", 1)
    if iri.startswith(ID) and _PLAIN.fullmatch(iri, len(ID)):
        return f"/id/{iri.removeprefix(ID)}"
    return f"/node?{urlencode({'iri': iri})}"


def link(ref: Ref) -> str:
    """The address of the page of a reference's node, for templates."""
    return to_address(ref.id)


def to_web_address(text: str) -> str | None:
    """A text as the address of a page in the web, if it is one that may be followed; else None.

    >>> to_web_address("https://example.org/a b"), to_web_address("javascript:alert(1)")
    ('https://example.org/a%20b', None)
    """
    if not re.match(r"https?://[^\s/]", text, re.IGNORECASE) or "\n" in text:
        return None
    return quote(text, safe=":/?#[]@!$&'()*+,;=%~")
