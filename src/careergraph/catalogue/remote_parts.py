"""The part of an endpoint that one question is about, so that a store of any size answers it at its own speed.

A name is searched for by a pattern that fits all its spellings: case, hyphens and plurals. Questions that need more
than a part, such as the near misses of an unknown name, read everything that the endpoint has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import check_name, find_node
from careergraph.catalogue.text_search import find_matching
from careergraph.model.errors import UnknownName
from careergraph.model.text import normalise
from careergraph.rdf.kinds import DESTINATIONS, POSITIONS
from careergraph.rdf.vocabulary import CG, ID
from careergraph.store.locations import is_endpoint
from careergraph.store.statements import index_statements

if TYPE_CHECKING:
    import pyoxigraph

    from careergraph.store.remote.endpoint import Endpoint

    Find = Callable[..., list[pyoxigraph.Triple] | None]

#: For nodes of these kinds, all that `show` needs is directly around them; other kinds need more.
_SHOWN = frozenset(
    (
        "role",
        "occupation",
        "background",
        "skill",
        "credential",
        "course",
        "organisation",
        "milestone",
        "topic",
        "person",
        "source",
    )
)
#: For nodes of these kinds, all that a gap compares is directly around them.
_COMPARED = frozenset(("role", "background"))
#: At most this many letters at the end of a word may be its plural ending.
_PLURAL = 3
#: At most this many letters longer than a word is its plural, in English.
_LONGER = 2
#: Characters with a meaning in a regular expression.
_SPECIAL = frozenset(r"\.[]{}()*+?^$|")
#: Characters that IRIs cannot contain.
_IN_NO_IRI = frozenset(' <>"{}|\\^`')


def load_for(question: str, texts: Sequence[str], *datasets: str) -> Catalogue:
    """The catalogue for one question: from a single endpoint, the part that it is about; otherwise all of the data.

    Args:
        question: `show`, `search`, `gap` or `path`; any other question needs all data.
        texts: the names, or the words.
        datasets: as `Catalogue.load` takes them.

    Raises:
        EndpointFailed: an endpoint does not answer, or not as it should.
        InvalidName: the text is not a possible name.
        UnreadableFile: a file is missing or does not parse.
        UnusableDataset: no data set of a name can be opened, or an endpoint has nothing about careers.
    """
    plain = all(normalise(check_name(text)).isascii() for text in texts)
    if plain and question in _PARTS and len(datasets) == 1 and is_endpoint(datasets[0]):
        from careergraph.store.remote.endpoint import Endpoint

        with Endpoint(datasets[0]) as endpoint:
            found = _PARTS[question](endpoint, *texts)
        if found is not None:
            return found
    return Catalogue.load(*datasets)


def _for_show(endpoint: Endpoint, name: str) -> Catalogue | None:
    return _around(endpoint, {name: ()}, _SHOWN)


def _for_gap(endpoint: Endpoint, origin: str, role: str) -> Catalogue | None:
    from careergraph.catalogue.claims import list_requirements

    found = _around(endpoint, {origin: POSITIONS, role: DESTINATIONS}, _COMPARED, teaching=True)
    if found is None or not list_requirements(found, find_node(found, role, *DESTINATIONS)):
        return None  # a role that asks for nothing is compared by its tracks
    return found


def _for_path(endpoint: Endpoint, origin: str, role: str) -> Catalogue | None:
    from careergraph.store.remote.parts import find_network

    found = _around(endpoint, {origin: POSITIONS, role: DESTINATIONS}, _COMPARED, find=find_network)
    moves = [] if found is None else [found.statements[claim] for claim in found.by_kind.get("transition", ())]
    ends = {end for said in moves for by in (CG.origin, CG.destination) for end in said.get(by, ())}
    # From one occupation, sources lead on to others: what is around the roles is not enough.
    return None if found is None or any(found.kind(end) == "occupation" for end in ends) else found


def _around(
    endpoint: Endpoint,
    names: Mapping[str, Sequence[str]],
    kinds: Collection[str],
    *,
    find: Find | None = None,
    teaching: bool = False,
) -> Catalogue | None:
    """The statements around nodes, by their names and the kinds that each may have; None if all data is needed.

    `find` finds them; what is directly around the nodes by default, with what courses teach if `teaching` says so.
    """
    from careergraph.store.remote.parts import find_around, find_counterparts

    found: list[pyoxigraph.Triple] = []
    nodes: list[str] = []
    near = False
    for name, possible in names.items():
        named = _find_named(endpoint, name)
        catalogue = Catalogue(index_statements(named or ()))
        try:
            nodes.append(find_node(catalogue, name, *possible))
        except UnknownName:  # near misses can be anywhere in the data
            return None
        if catalogue.kind(nodes[-1]) not in kinds:
            return None
        teaching |= catalogue.kind(nodes[-1]) == "skill"
        near = catalogue.kind(nodes[-1]) == "occupation"
        found += named or ()
    around = find(endpoint, *nodes) if find else find_around(endpoint, *nodes, teaching=teaching, near=near)
    same = None if around is None else find_counterparts(endpoint, [*found, *around])
    if around is None or same is None:
        return None
    catalogue = Catalogue(index_statements([*found, *around, *same]))
    # What an occupation takes, and is like, counts for what it represents, and is not directly around that.
    compared = "occupation" not in kinds and "occupation" in catalogue.by_kind
    return None if compared else catalogue


def _find_named(endpoint: Endpoint, name: str) -> list[pyoxigraph.Triple] | None:
    from careergraph.store.remote.parts import find_named

    iris = (iri for iri in (name, ID + name, ID + name.replace(":", "/", 1)) if ":" in iri)
    return find_named(endpoint, _pattern(name), [iri for iri in iris if not set(iri) & _IN_NO_IRI])


def _for_search(endpoint: Endpoint, text: str) -> Catalogue | None:
    from careergraph.store.remote.parts import find_worded

    found = find_worded(endpoint, normalise(text).split())
    catalogue = None if found is None else Catalogue(index_statements(found))
    return catalogue if catalogue is not None and find_matching(catalogue, text) else None


_PARTS: Mapping[str, Callable[..., Catalogue | None]] = {
    "show": _for_show,
    "search": _for_search,
    "gap": _for_gap,
    "path": _for_path,
}


def _pattern(name: str) -> str:
    r"""A regular expression in SPARQL's syntax for all spellings of a name: its words without plural endings.

    Where it ends is said as well: a store with occupations has hundreds of names that begin like *nurse*.

    >>> _pattern("Machine-learning policies"), _pattern("C++")
    ('^\\s*mach.*learn.*polic.{0,5}\\s*$', '^\\s*c\\+\\+.{0,2}\\s*$')
    """
    words = normalise(name).split()
    stems = [word[:-_PLURAL] if len(word) > _PLURAL else word for word in words]
    escaped = ("".join(f"\\{sign}" if sign in _SPECIAL else sign for sign in stem) for stem in stems)
    end = len(words[-1]) - len(stems[-1]) + _LONGER
    return r"^\s*" + ".*".join(escaped) + f".{{0,{end}}}" + r"\s*$"
