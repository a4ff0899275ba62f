"""The part of an endpoint that one question is about, so that a store of any size answers it at its own speed.

A name is looked for by a pattern that fits whatever it can stand for, in any spelling of case, hyphens and plurals.
What is more than a part, such as the near misses of a name that nothing has, takes all that the endpoint has.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import check_name, find_node
from careergraph.catalogue.text_search import matching
from careergraph.model.errors import UnknownName
from careergraph.model.text import normal
from careergraph.rdf.vocabulary import ID
from careergraph.store.locations import is_endpoint
from careergraph.store.statements import index_statements

if TYPE_CHECKING:
    from careergraph.store.remote.endpoint import Endpoint

#: What `show` tells of nodes of these kinds stands around them; of others, it takes more.
_SHOWN = frozenset(
    ("role", "background", "skill", "credential", "course", "organisation", "milestone", "topic", "person", "source")
)
#: So many letters at the end of a word may be those of its plural.
_PLURAL = 3
#: Signs that mean something in a regular expression.
_SPECIAL = frozenset(r"\.[]{}()*+?^$|")
_Part = Callable[["Endpoint", str], Catalogue | None]


def load_for(question: str, text: str, *datasets: str) -> Catalogue:
    """The catalogue to ask one question: of a single endpoint, the part that it is about; else all of the data.

    Args:
        question: `show` or `search`; anything else takes all.
        text: the name, or the words.
        datasets: as `Catalogue.load` takes them.

    Raises:
        EndpointFailed: an endpoint does not answer, or not as it should.
        InvalidName: the text can be no name.
        UnreadableFile: a file is missing or does not parse.
        UnusableDataset: a name stands for nothing that can be opened, or an endpoint has nothing about careers.
    """
    check_name(text)
    if len(datasets) == 1 and is_endpoint(datasets[0]) and question in _PARTS and normal(text).isascii():
        from careergraph.store.remote.endpoint import Endpoint

        with Endpoint(datasets[0]) as endpoint:
            found = _PARTS[question](endpoint, text)
        if found is not None:
            return found
    return Catalogue.load(*datasets)


def _for_show(endpoint: Endpoint, name: str) -> Catalogue | None:
    from careergraph.store.remote.parts import find_around, find_named

    iris = [iri for iri in (name, ID + name, ID + name.replace(":", "/", 1)) if ":" in iri and iri.isascii()]
    named = find_named(endpoint, _pattern(name), [iri for iri in iris if not set(iri) & set(' <>"{}|\\^`')])
    if named is None:
        return None
    catalogue = Catalogue(index_statements(named))
    try:
        node = find_node(catalogue, name)
    except UnknownName:  # its near misses are among all there is
        return None
    if catalogue.kind(node) not in _SHOWN:
        return None
    around = find_around(endpoint, node, teaching=catalogue.kind(node) == "skill")
    return None if around is None else Catalogue(index_statements([*named, *around]))


def _for_search(endpoint: Endpoint, text: str) -> Catalogue | None:
    from careergraph.store.remote.parts import find_worded

    found = find_worded(endpoint, normal(text).split())
    catalogue = None if found is None else Catalogue(index_statements(found))
    return catalogue if catalogue is not None and matching(catalogue, text) else None


_PARTS: dict[str, _Part] = {"show": _for_show, "search": _for_search}


def _pattern(name: str) -> str:
    r"""A regular expression, as SPARQL has them, for all that a name can stand for: its words without their plurals.

    >>> _pattern("Machine-learning policies"), _pattern("C++")
    ('^\\s*mach.*learn.*polic', '^\\s*c\\+\\+')
    """
    stems = (word[:-_PLURAL] if len(word) > _PLURAL else word for word in normal(name).split())
    return r"^\s*" + ".*".join("".join(f"\\{sign}" if sign in _SPECIAL else sign for sign in stem) for stem in stems)
