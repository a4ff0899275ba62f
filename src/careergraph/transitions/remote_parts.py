"""The part of an endpoint that one question is about, so that a store of any size answers it at its own speed.

A name is searched for by a pattern that fits all its spellings: case, hyphens and plurals. Questions that need more
than a part, such as the near misses of an unknown name, read everything that the endpoint has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from careergraph.catalogue.alignments import add_broader, find_arrivals, find_positions
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_requirements
from careergraph.catalogue.names import check_name, find_node
from careergraph.catalogue.proxies import find_proxies
from careergraph.catalogue.text_search import find_matching
from careergraph.model.errors import DatasetTooLarge, UnknownName
from careergraph.model.text import normalise
from careergraph.rdf.kinds import DESTINATIONS, POSITIONS
from careergraph.rdf.vocabulary import CG, ID
from careergraph.store.locations import is_endpoint
from careergraph.store.statements import index_statements
from careergraph.transitions.gaps import find_narrower_roles
from careergraph.transitions.holdings import find_holdings
from careergraph.transitions.requirements import find_requirements

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
#: For nodes of these kinds, all that a route depends on is directly around them and other roles.
_ON_ROUTES = frozenset(("role", "background"))
#: For these, all that a gap compares is around them, and around what represents them.
_COMPARED = frozenset((*_ON_ROUTES, "occupation"))
#: So many times a gap may lead on from positions to others, and from assets to others.
_ROUNDS = 6
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
        UnknownName: nothing is called so, and the endpoint has too much to look for near misses.
        UnreadableFile: a file is missing or does not parse.
        UnusableDataset: no data set of a name can be opened, or an endpoint has nothing about careers.
    """
    plain = all(normalise(check_name(text)).isascii() for text in texts)
    if plain and question in _PARTS and len(datasets) == 1 and is_endpoint(datasets[0]):
        from careergraph.store.remote.endpoint import Endpoint

        try:
            with Endpoint(datasets[0]) as endpoint:
                found = _PARTS[question](endpoint, *texts)
        except UnknownName as unknown:
            return _load_for_near_misses(datasets[0], unknown)
        if found is not None:
            return found
    return Catalogue.load(*datasets)


def _load_for_near_misses(address: str, unknown: UnknownName) -> Catalogue:
    """All data, as near misses can be anywhere in it; where that is too much, it is told that the name is unknown."""
    try:
        return Catalogue.load(address)
    except DatasetTooLarge:
        raise unknown from None


def _for_show(endpoint: Endpoint, name: str) -> Catalogue | None:
    return _around(endpoint, {name: ()}, _SHOWN)


def _for_gap(endpoint: Endpoint, origin: str, role: str) -> Catalogue | None:
    """What a gap depends on: the positions, what these hold and ask for, and courses.

    Where occupations represent a position, what people in it hold is what people in those do. Which these are becomes
    known step by step: what was read tells what else has to be.
    """
    named = _find_nodes(endpoint, {origin: POSITIONS, role: DESTINATIONS}, _COMPARED)
    if named is None:
        return None
    found, (start, end) = named
    by_itself = not any(Catalogue(index_statements(found)).kind(node) == "occupation" for node in (start, end))
    around = _read_positions(endpoint, (start, end), teaching=True, near=not by_itself)
    if around is None:
        return None
    catalogue = Catalogue(index_statements([*found, *around]))
    if "occupation" not in catalogue.by_kind and list_requirements(catalogue, end):
        return catalogue
    return _lead_on(endpoint, [*found, *around], start, end)


def _lead_on(endpoint: Endpoint, found: list[pyoxigraph.Triple], start: str, end: str) -> Catalogue | None:
    """All that a gap depends on, from what is around its ends to what these lead on to: positions, then assets."""
    from careergraph.store.remote.parts import find_assets

    def read_positions(nodes: Iterable[str]) -> list[pyoxigraph.Triple] | None:
        return _read_positions(endpoint, nodes, near=True)

    steps: tuple[tuple[set[str], Callable[[Catalogue], set[str]], Find], ...] = (
        ({start, end}, lambda catalogue: _find_compared(catalogue, start, end), read_positions),
        (set(), lambda catalogue: _find_assets(catalogue, start, end), partial(find_assets, endpoint)),
    )
    for known, find_needed, read in steps:
        for _ in range(_ROUNDS):
            catalogue = Catalogue(index_statements(found))
            new = find_needed(catalogue) - known
            if not new:
                break
            more = read(new)
            if more is None:
                return None
            found, known = [*found, *more], known | new
        else:
            return None
    return catalogue


def _find_compared(catalogue: Catalogue, start: str, end: str) -> set[str]:
    """The positions whose claims a gap depends on, as far as the statements tell."""
    asking = {end, *find_narrower_roles(catalogue, end)}
    representing = find_proxies(catalogue, start)
    holding = {start, *representing}
    if not representing and not catalogue.value(start, CG.speaksFor):
        holding |= {node for each in find_arrivals(catalogue, start) for node in (each, *find_proxies(catalogue, each))}
    return {node for each in asking | holding for node in find_positions(catalogue, each)}


def _find_assets(catalogue: Catalogue, start: str, end: str) -> set[str]:
    """What is held at a position, asked for or taught, with what that implies and is the same as."""
    held = set(find_holdings(catalogue, start).assets)
    asking = {node for role in (end, *find_narrower_roles(catalogue, end)) for node in find_positions(catalogue, role)}
    asked = {ref.id for role in asking for item in find_requirements(catalogue, role) for ref in item.any_of}
    named = {asset for claim in catalogue.by_kind.get("teaching", ()) for asset in catalogue.values(claim, CG.teaches)}
    assets = held | asked | set(add_broader(catalogue, dict.fromkeys(named, 1.0)))
    return assets | {other for asset in assets for other, _ in catalogue.matches(asset)}


def _read_positions(
    endpoint: Endpoint, positions: Iterable[str], *, near: bool, teaching: bool = False
) -> list[pyoxigraph.Triple] | None:
    """The statements around positions, or only near them, and their counterparts; if so, with what courses teach."""
    from careergraph.store.remote.parts import MOST_PARTS_OF_OCCUPATIONS as MOST
    from careergraph.store.remote.parts import find_around, find_counterparts

    around = find_around(endpoint, *positions, teaching=teaching, most=MOST, near=near)
    same = None if around is None else find_counterparts(endpoint, around, MOST)
    return None if around is None or same is None else [*around, *same]


def _for_path(endpoint: Endpoint, origin: str, role: str) -> Catalogue | None:
    from careergraph.store.remote.parts import find_network

    found = _around(endpoint, {origin: POSITIONS, role: DESTINATIONS}, _ON_ROUTES, find=find_network)
    moves = [] if found is None else [found.statements[claim] for claim in found.by_kind.get("transition", ())]
    ends = {end for said in moves for by in (CG.origin, CG.destination) for end in said.get(by, ())}
    # From one occupation, sources lead on to others: what is around the roles is not enough.
    if found is None or any(found.kind(end) == "occupation" for end in ends):
        return None
    # What an occupation takes, and is like, counts for what it represents, and is not directly around that.
    return None if "occupation" in found.by_kind else found


def _around(
    endpoint: Endpoint,
    names: Mapping[str, Sequence[str]],
    kinds: Collection[str],
    *,
    find: Find | None = None,
) -> Catalogue | None:
    """The statements around nodes, by their names and the kinds that each may have; None if all data is needed.

    `find` finds them; what is directly around the nodes by default.
    """
    from careergraph.store.remote.parts import find_around, find_counterparts

    named = _find_nodes(endpoint, names, kinds)
    if named is None:
        return None
    found, nodes = named
    are = {Catalogue(index_statements(found)).kind(node) for node in nodes}
    around = (
        find(endpoint, *nodes)
        if find
        else find_around(endpoint, *nodes, teaching="skill" in are, near="occupation" in are)
    )
    same = None if around is None else find_counterparts(endpoint, [*found, *around])
    return None if around is None or same is None else Catalogue(index_statements([*found, *around, *same]))


def _find_nodes(
    endpoint: Endpoint, names: Mapping[str, Sequence[str]], kinds: Collection[str]
) -> tuple[list[pyoxigraph.Triple], list[str]] | None:
    """The nodes of some names, each of one of its possible kinds, and the statements about all that are called so."""
    found: list[pyoxigraph.Triple] = []
    nodes: list[str] = []
    for name, possible in names.items():
        named = _find_named(endpoint, name)
        catalogue = Catalogue(index_statements(named or ()))
        nodes.append(find_node(catalogue, name, *possible))
        if catalogue.kind(nodes[-1]) not in kinds:
            return None
        found += named or ()
    return found, nodes


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
