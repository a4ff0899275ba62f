"""The library by names: what the command line asks, as methods that take names and return records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import finalize

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node, list_nodes
from careergraph.catalogue.node_profiles import Comparison, Profile, Stats, compare, profile, stats
from careergraph.catalogue.text_search import search
from careergraph.model.records import Displayed, Listing
from careergraph.rdf.kinds import ASSETS, DESTINATIONS, POSITIONS
from careergraph.rdf.results import Rows
from careergraph.sparql.run import PATIENCE, Asked, ask_rows, complete_query, open_asked
from careergraph.transitions.criteria import LONGEST_ROUTE
from careergraph.transitions.gaps import Gap, gap
from careergraph.transitions.origins import Origin, origin_at
from careergraph.transitions.outlook import Bridges, NextSkills, Reach, bridges, next_skills, reach
from careergraph.transitions.pay import Rates
from careergraph.transitions.people.person import origin_of
from careergraph.transitions.routes import Routes, routes

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from careergraph.rdf.data_frames import Frames
    from careergraph.transitions.people.person import Person
    from careergraph.transitions.plans import Plan
    from careergraph.transitions.pyvis_network import CareerNetwork


class CareerGraph(Displayed):
    """A data set to ask by names. Every method resolves names and calls one function of the library.

    Where a method takes an origin, that is the name of a position, or an `Origin` such as `person` makes. Every
    method raises `InvalidName`, `UnknownName` or `AmbiguousName` for a name that does not stand for one node of the
    right kind.

    >>> import careergraph
    >>> graph = careergraph.load()
    >>> found = graph.routes("software engineer", "AI product manager", k=3)
    >>> [len(route.steps) for route in found.routes]
    [2, 3, 3]
    >>> found.to_dict()["destination"]["label"]
    'AI product manager'
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def routes(
        self,
        origin: str | Origin,
        destination: str,
        *,
        k: int = 1,
        via: Sequence[str] = (),
        avoid: Sequence[str] = (),
        max_steps: int = LONGEST_ROUTE,
        by: str = "feasibility",
        derived: bool | None = None,
        rates: Rates | None = None,
    ) -> Routes:
        """Find the best routes: see `careergraph.transitions.routes.routes`."""
        return routes(
            self.catalogue,
            self._origin(origin),
            self._role(destination),
            k=k,
            via=[self._role(name) for name in _each(via)],
            avoid=[self._role(name) for name in _each(avoid)],
            max_steps=max_steps,
            by=by,
            derived=derived,
            rates=rates,
        )

    def reach(
        self,
        origin: str | Origin,
        *,
        with_skills: Sequence[str] = (),
        max_steps: int = LONGEST_ROUTE,
        by: str = "feasibility",
        derived: bool | None = None,
        limit: int | None = None,
    ) -> Reach:
        """Find the roles and occupations within reach: see `careergraph.transitions.outlook.reach`."""
        added = tuple(dict.fromkeys(find_node(self.catalogue, name, *ASSETS) for name in _each(with_skills)))
        start = self._origin(origin)
        return reach(self.catalogue, start, added=added, max_steps=max_steps, by=by, derived=derived, limit=limit)

    def next_skills(self, origin: str | Origin, role: str, *, derived: bool | None = None) -> NextSkills:
        """Rank what would help most: see `careergraph.transitions.outlook.next_skills`."""
        return next_skills(self.catalogue, self._origin(origin), self._role(role), derived=derived)

    def bridges(self) -> Bridges:
        """Rank the roles that open most others: see `careergraph.transitions.outlook.bridges`."""
        return bridges(self.catalogue)

    def gap(self, origin: str | Origin, role: str) -> Gap:
        """Compare what is held with what is asked for: see `careergraph.transitions.gaps.gap`."""
        return gap(self.catalogue, self._origin(origin), self._role(role))

    def plan(self, origin: str | Origin, role: str, *, by: str = "hours") -> Plan:
        """Choose courses and milestones that close the gap: see `careergraph.transitions.plans.plan`."""
        from careergraph.transitions.plans import plan

        return plan(self.catalogue, self._origin(origin), self._role(role), by=by)

    def person(
        self, profile: str | None = None, *, skills: Sequence[str] = (), backgrounds: Sequence[str] = ()
    ) -> Origin:
        """Make an origin of a CV, a JSON Resume file, and of skills and backgrounds named by hand."""
        from careergraph.transitions.people.person import by_hand, merge_people

        people: list[Person] = [] if profile is None else [self.match(profile)]
        people.append(by_hand(self.catalogue, skills=skills, backgrounds=backgrounds))
        return origin_of(self.catalogue, merge_people(*people))

    def match(self, profile: str) -> Person:
        """Match a CV, a JSON Resume file: see `careergraph.transitions.people.matching.match_profile`."""
        from careergraph.transitions.people.matching import match_profile
        from careergraph.transitions.people.resume import read_profile

        return match_profile(self.catalogue, read_profile(profile))

    def show(self, name: str) -> Profile:
        """Tell everything that is said about a node: see `careergraph.catalogue.node_profiles.profile`."""
        return profile(self.catalogue, find_node(self.catalogue, name))

    def compare(self, *roles: str) -> Comparison:
        """Put roles side by side: see `careergraph.catalogue.node_profiles.compare`."""
        return compare(self.catalogue, tuple(map(self._role, roles)))

    def search(self, text: str) -> Listing:
        """Find nodes by the words of their names and definitions: see `careergraph.catalogue.text_search.search`."""
        return Listing(search(self.catalogue, text))

    def list(self, kind: str) -> Listing:
        """List all nodes of a kind: see `careergraph.catalogue.names.list_nodes`."""
        return Listing(list_nodes(self.catalogue, kind))

    def stats(self) -> Stats:
        """Count everything: see `careergraph.catalogue.node_profiles.stats`."""
        return stats(self.catalogue)

    def sparql(self, query: str, params: Mapping[str, str] | None = None, *, seconds: float = PATIENCE) -> Rows:
        """Put a SPARQL query, or a saved one by its name: see `careergraph.sparql.run.ask_rows`.

        It runs in a process that can do no harm, started with the first query and kept for the next.

        Args:
            query: SPARQL 1.1, where careergraph's prefixes need no declaration; or what `careergraph queries` lists.
            params: what variables are bound to: see `careergraph.sparql.run.complete_query`.
            seconds: how long the query may take.

        >>> import careergraph
        >>> graph = careergraph.load("bundled")
        >>> graph.sparql('SELECT ?role { ?role a cg:Role ; skos:prefLabel "AI ethicist"@en }')
        ({'role': 'https://w3id.org/careergraph/id/role/ai-ethicist'},)
        """
        return ask_rows(self._asked, complete_query(query, params or {}, lambda: self.catalogue), seconds=seconds)

    def to_networkx(self, *, kinds: Iterable[str] | None = None, derived: bool = False) -> nx.MultiDiGraph[str]:
        """Give the graph as NetworkX has it: see `careergraph.transitions.multigraph.to_networkx`."""
        from careergraph.transitions.multigraph import to_networkx

        return to_networkx(self.catalogue, kinds=kinds, derived=derived)

    def to_pandas(self, *, kinds: Iterable[str] | None = None, derived: bool = False) -> Frames:
        """Give the nodes and edges of `to_networkx` as data frames: see `careergraph.rdf.data_frames.graph_to_frames`.

        >>> import careergraph
        >>> nodes, edges = careergraph.load("bundled").to_pandas(kinds=["role", "skill"])
        >>> sorted(set(nodes["kind"]))
        ['role', 'skill']
        """
        from careergraph.rdf.data_frames import graph_to_frames

        return graph_to_frames(self.to_networkx(kinds=kinds, derived=derived), without=["record"])

    def to_rdflib(self) -> rdflib.Dataset:
        """Give all statements as an rdflib data set: see `careergraph.store.oxigraph.to_rdflib`."""
        from careergraph.store.oxigraph import to_rdflib

        return to_rdflib(self.catalogue.files)

    def to_pyvis(self, *, kinds: Iterable[str] | None = None, derived: bool = False) -> CareerNetwork:
        """Give `to_networkx` as a pyvis network: see `careergraph.transitions.pyvis_network.to_pyvis`."""
        from careergraph.transitions.pyvis_network import to_pyvis

        return to_pyvis(self.to_networkx(kinds=kinds, derived=derived))

    @cached_property
    def _asked(self) -> Asked:
        asked = open_asked(self.catalogue.files)
        finalize(self, asked.close)
        return asked

    def _origin(self, origin: str | Origin) -> Origin:
        if isinstance(origin, Origin):
            return origin
        return origin_at(self.catalogue, find_node(self.catalogue, origin, *POSITIONS))

    def _role(self, name: str) -> str:
        return find_node(self.catalogue, name, *DESTINATIONS)


def _each(names: str | Sequence[str]) -> Sequence[str]:
    # A single name is easily given where several may be; its letters are never meant.
    return (names,) if isinstance(names, str) else names
