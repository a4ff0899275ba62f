"""The one way into the library: the command line, the server and notebooks ask here by name and get records.

Origins are put together here, and the ranges and defaults of parameters are defined here; callers pass on what was
typed. Methods import what they need when they are called, so that a command only loads the code for its own question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Unpack
from weakref import finalize

from careergraph.model.display import Displayable
from careergraph.model.errors import NothingAsked
from careergraph.model.ranges import Range
from careergraph.model.records import Listing, Ref
from careergraph.rdf.kinds import ASSETS, DESTINATIONS
from careergraph.transitions.criteria import DEFAULT, HOURS_PER_WEEK, LONGEST_ROUTE

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from careergraph.catalogue.catalogue import Catalogue
    from careergraph.catalogue.node_profiles import Comparison, Profile, Stats
    from careergraph.rdf.data_frames import Frames
    from careergraph.rdf.results import Rows
    from careergraph.sparql.run import QueryService
    from careergraph.transitions.gaps import Gap
    from careergraph.transitions.origins import Origin
    from careergraph.transitions.outlook import Bridges, NextSkills, Reach
    from careergraph.transitions.pay import Rates
    from careergraph.transitions.people.person import Person
    from careergraph.transitions.plans.progress import Progress
    from careergraph.transitions.plans.records import Plan, Plans
    from careergraph.transitions.plans.wishes import PlanWishes
    from careergraph.transitions.pyvis_network import CareerNetwork
    from careergraph.transitions.route_steps import Route, Routes


#: Ranges for the number of routes, steps in a route, roles (and occupations) within reach, and nodes.
ROUTES = Range(1, 100, 1)
STEPS = Range(1, 20, LONGEST_ROUTE)
ROLES = Range(1, 1_000, 20)
NODES = Range(1, 10_000, 50)


class CareerGraph(Displayable):
    """A data set that is asked by names. Every method resolves names and calls one function of the library.

    Where a method takes an origin, that is the name of a position, or an `Origin` such as `person` makes. Every
    method raises `InvalidName`, `UnknownName` or `AmbiguousName` for a name that does not mean exactly one node of the
    right kind.

    >>> import careergraph
    >>> graph = careergraph.load()
    >>> found = graph.routes("software engineer", "AI product manager", k=3)
    >>> [len(route.steps) for route in found.routes]
    [2, 1, 2]
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def routes(
        self,
        origin: str | Origin,
        destination: str,
        *,
        k: int = ROUTES.default,
        via: Sequence[str] = (),
        avoid: Sequence[str] = (),
        max_steps: int = STEPS.default,
        by: str = DEFAULT,
        derived: bool | None = None,
        step_down: bool = False,
        hours_per_week: float = HOURS_PER_WEEK,
        rates: Rates | Sequence[str] = (),
    ) -> Routes:
        """Find the best routes: see `careergraph.transitions.routes.find_routes`; a rate may be `GBP:USD=1.27`."""
        from careergraph.transitions.pay import read_rate
        from careergraph.transitions.routes import find_routes

        return find_routes(
            self.catalogue,
            self._origin(origin),
            self._role(destination),
            k=k,
            via=[self._role(name) for name in _each(via)],
            avoid=[self._role(name) for name in _each(avoid)],
            max_steps=max_steps,
            by=by,
            derived=derived,
            step_down=step_down,
            hours_per_week=hours_per_week,
            rates=rates if isinstance(rates, Mapping) else dict(map(read_rate, _each(rates))),
        )

    def reach(
        self,
        origin: str | Origin,
        *,
        with_skills: Sequence[str] = (),
        max_steps: int = STEPS.default,
        by: str = DEFAULT,
        derived: bool | None = None,
        step_down: bool = False,
        hours_per_week: float = HOURS_PER_WEEK,
        within: float | str | None = None,
        limit: int | None = ROLES.default,
    ) -> Reach:
        """Find the roles and occupations within reach: see `careergraph.transitions.outlook.reach`.

        `within` is a number of months or a text such as `12m`, `18 months` or `2y`; `limit` is how many roles, and how
        many occupations, at most, and None for all, which takes ten seconds with O*NET.
        """
        from careergraph.transitions.outlook import reach
        from careergraph.transitions.plans.wishes import read_months

        start = self._origin(origin)
        added = tuple(dict.fromkeys(self._node(name, *ASSETS) for name in _each(with_skills)))
        return reach(
            self.catalogue,
            start,
            added=added,
            max_steps=max_steps,
            by=by,
            derived=derived,
            step_down=step_down,
            hours_per_week=hours_per_week,
            within=read_months(within) if isinstance(within, str) else within,
            limit=limit,
        )

    def next_skills(self, origin: str | Origin, role: str, *, derived: bool | None = None) -> NextSkills:
        """Rank what would help most: see `careergraph.transitions.outlook.find_next_skills`."""
        from careergraph.transitions.outlook import find_next_skills

        return find_next_skills(self.catalogue, self._origin(origin), self._role(role), derived=derived)

    def bridges(self) -> Bridges:
        """Rank the roles that open up most others: see `careergraph.transitions.outlook.find_bridges`."""
        from careergraph.transitions.outlook import find_bridges

        return find_bridges(self.catalogue)

    def gap(self, origin: str | Origin, role: str) -> Gap:
        """Compare what is held with what is asked for: see `careergraph.transitions.gaps.find_gap`."""
        from careergraph.transitions.gaps import find_gap

        return find_gap(self.catalogue, self._origin(origin), self._role(role))

    def plan(
        self, origin: str | Origin, role: str, *, route: int | Route | None = None, **wishes: Unpack[PlanWishes]
    ) -> Plan:
        """Choose courses and milestones for a route, step by step: see `careergraph.transitions.plans.plans.plan`.

        Args:
            origin: where to start.
            role: where to get to.
            route: one from `find_routes`, or the number of one, counted from 1; if not given, as `find_ways` chooses.
            wishes: see `careergraph.transitions.plans.wishes.PlanWishes`.

        Raises:
            ContradictoryConditions: the wishes cannot be read or contradict each other; or there are fewer routes.
            NoRoute: no route passes the roles asked for. Where none leads to the role at all, the plan goes straight.
        """
        return self._plans(origin, role, self._ways(origin, role, 1, route, wishes), **wishes)[0]

    def plans(self, origin: str | Origin, role: str, *, k: int = 1, **wishes: Unpack[PlanWishes]) -> Plans:
        """Make a plan for each of the best routes: see `plan`.

        Args:
            origin: where to start.
            role: where to get to.
            k: how many routes at most; a single one is chosen as `plan` does.
            wishes: see `careergraph.transitions.plans.wishes.PlanWishes`.

        Raises:
            ContradictoryConditions, NoRoute: as `plan` does.
        """
        from careergraph.transitions.plans.records import Plans

        return Plans(tuple(self._plans(origin, role, self._ways(origin, role, k, None, wishes), **wishes)))

    def _ways(
        self, origin: str | Origin, role: str, k: int, route: int | Route | None, wishes: PlanWishes
    ) -> Sequence[Route | None]:
        from careergraph.transitions.plans.planned_routes import find_ways

        if not isinstance(route, int | None):
            return [route]
        via = None if wishes.get("straight", False) else [self._role(name) for name in _each(wishes.get("via", ()))]
        return find_ways(self.catalogue, self._origin(origin), self._role(role), via, k, route)

    def _plans(
        self, origin: str | Origin, role: str, routes: Iterable[Route | None], **wishes: Unpack[PlanWishes]
    ) -> Sequence[Plan]:
        from careergraph.transitions.plans.new_holdings import with_done
        from careergraph.transitions.plans.plans import plan
        from careergraph.transitions.plans.wishes import read_wishes

        finished = [ref.id for ref in self._resolve_finished(wishes.get("done", ()))]
        begin, taken = with_done(self.catalogue, self._origin(origin), finished)
        spoken, free = _each(wishes.get("languages", ())), wishes.get("free", False)
        rules = read_wishes(free=free, budget=wishes.get("budget"), languages=spoken, avoid=taken)
        by, hours, start = wishes.get("by", "hours"), wishes.get("hours_per_week"), wishes.get("start")
        make = partial(plan, self.catalogue, begin, self._role(role), by=by, wishes=rules, done=finished)
        return [make(route=route, hours_per_week=hours, start=start) for route in routes]

    def resume(
        self,
        plan: str | Plan,
        *,
        done: Sequence[str] = (),
        today: str | None = None,
        hours_per_week: float | None = None,
    ) -> Progress:
        """Say what of a plan is done, late and left: see `careergraph.transitions.plans.progress`.

        Args:
            plan: a plan, or a file that `careergraph plan -o plan.json` wrote.
            done: skills, credentials, milestones and courses finished since then.
            today: the day, as an ISO 8601 date; the real one by default.
            hours_per_week: how many hours a week there are from now on; as many as the plan has by default.

        Raises:
            UnreadableFile: the file is no plan.
        """
        from careergraph.transitions.plans.progress import read_plan, track_progress

        made = read_plan(plan) if isinstance(plan, str) else plan
        return track_progress(self.catalogue, made, self._resolve_finished(done), today, hours_per_week)

    def _resolve_finished(self, names: Sequence[str]) -> Sequence[Ref]:
        bare = [name.removeprefix("course:") for name in _each(names)]
        return [self.catalogue.ref(self._node(name, *ASSETS, "course")) for name in bare]

    def person(
        self, profile: str | Person | None = None, *, skills: Sequence[str] = (), backgrounds: Sequence[str] = ()
    ) -> Origin:
        """Make an origin of a CV (a file, or a result of `match`) and of skills and backgrounds given by name."""
        from careergraph.transitions.people.by_hand import make_person
        from careergraph.transitions.people.person import make_origin_of_person, merge_people

        people = [] if profile is None else [self.match(profile) if isinstance(profile, str) else profile]
        people.append(make_person(self.catalogue, skills=_each(skills), backgrounds=_each(backgrounds)))
        return make_origin_of_person(self.catalogue, merge_people(*people))

    def start(
        self,
        position: str | None = None,
        *,
        profile: str | Person | None = None,
        skills: Sequence[str] = (),
        backgrounds: Sequence[str] = (),
    ) -> Origin:
        """Make one origin of a position and of a person (see `person`), of which at least one has to be given.

        Raises:
            NothingAsked: neither a position nor anything about a person is given.
        """
        from careergraph.transitions.origins import join_origins

        origins = [] if position is None else [self._origin(position)]
        if profile is not None or skills or backgrounds:
            origins.append(self.person(profile, skills=skills, backgrounds=backgrounds))
        if not origins:
            raise NothingAsked("Name an origin, or say who starts by skill or background.")
        return join_origins(*origins)

    def match(self, profile: str, content: bytes | None = None) -> Person:
        """Match a CV in a file of any of the formats that are read: see `careergraph.transitions.people.cv.files`."""
        from careergraph.transitions.people.cv.files import match_file

        return match_file(self.catalogue, profile, content)

    def show(self, name: str) -> Profile:
        """Collect everything that is said about a node: see `careergraph.catalogue.node_profiles.describe_node`."""
        from careergraph.catalogue.node_profiles import describe_node
        from careergraph.transitions.tool_ranks import put_telling_tools_first

        return put_telling_tools_first(self.catalogue, describe_node(self.catalogue, self._node(name)))

    def compare(self, *roles: str) -> Comparison:
        """Put roles side by side, each once: see `careergraph.catalogue.node_profiles.compare`."""
        from careergraph.catalogue.node_profiles import compare
        from careergraph.transitions.requirements import find_requirements

        return compare(self.catalogue, tuple(map(self._role, roles)), partial(find_requirements, self.catalogue))

    def search(self, text: str) -> Listing:
        """Find nodes by the words of their names and definitions: see `careergraph.catalogue.text_search.search`.

        Where an everyday title was asked for, such as *tree surgeon*, the position that it stands for comes first.
        """
        from careergraph.catalogue.text_search import search
        from careergraph.transitions.people.titles.typed import add_position_called

        return Listing(add_position_called(self.catalogue, text, search(self.catalogue, text)))

    def list(self, kind: str) -> Listing:
        """List all nodes of a kind: see `careergraph.catalogue.names.list_nodes`."""
        from careergraph.catalogue.names import list_nodes

        return Listing(list_nodes(self.catalogue, kind))

    def stats(self) -> Stats:
        """Count everything: see `careergraph.catalogue.node_profiles.count_nodes`."""
        from careergraph.catalogue.node_profiles import count_nodes

        return count_nodes(self.catalogue)

    def sparql(self, query: str, params: Mapping[str, str] | None = None, *, seconds: float | None = None) -> Rows:
        """Ask a SPARQL query, or a saved one by its name: see `careergraph.sparql.run.ask_rows`.

        It runs in a confined process, which is started with the first query and kept for the next.

        Args:
            query: SPARQL 1.1, where careergraph's prefixes need no declaration; or what `careergraph queries` lists.
            params: the values of variables or parameters: see `careergraph.sparql.run.complete_query`.
            seconds: how long the query may take; a minute by default.

        >>> import careergraph
        >>> graph = careergraph.load("bundled")
        >>> graph.sparql('SELECT ?role { ?role a cg:Role ; skos:prefLabel "AI ethicist"@en }')
        ({'role': 'https://w3id.org/careergraph/id/role/ai-ethicist'},)
        """
        from careergraph.sparql.run import PATIENCE, ask_rows, complete_query

        text = complete_query(query, params or {}, lambda: self.catalogue)
        return ask_rows(self._query_service, text, seconds=PATIENCE if seconds is None else seconds)

    def to_networkx(self, *, kinds: Iterable[str] | None = None, derived: bool = True) -> nx.MultiDiGraph[str]:
        """Give the graph as a NetworkX graph: see `careergraph.transitions.multigraph.to_networkx`."""
        from careergraph.transitions.multigraph import to_networkx

        return to_networkx(self.catalogue, kinds=kinds, derived=derived)

    def to_pandas(self, *, kinds: Iterable[str] | None = None, derived: bool = True) -> Frames:
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
        """Give `to_networkx` as a pyvis network: see `careergraph.transitions.pyvis_network.to_pyvis`.

        Computed steps are left out unless asked for: a picture would show little else.
        """
        from careergraph.transitions.pyvis_network import to_pyvis

        return to_pyvis(self.to_networkx(kinds=kinds, derived=derived))

    @cached_property
    def _query_service(self) -> QueryService:
        from careergraph.sparql.run import open_query_service

        asked = open_query_service(self.catalogue.files)
        finalize(self, asked.close)
        return asked

    def _origin(self, origin: str | Origin) -> Origin:
        from careergraph.transitions.people.typed_names import find_origin

        return find_origin(self.catalogue, origin) if isinstance(origin, str) else origin

    def _role(self, name: str) -> str:
        return self._resolve(name, *DESTINATIONS)[0]

    def _resolve(self, name: str, *kinds: str) -> tuple[str, ...]:
        from careergraph.transitions.people.typed_names import find_meant

        return find_meant(self.catalogue, name, *kinds)

    def _node(self, name: str, *kinds: str) -> str:
        from careergraph.catalogue.names import find_node

        return find_node(self.catalogue, name, *kinds)


def _each(names: str | Sequence[str]) -> Sequence[str]:
    # It is easy to give a single name where a list is expected; its letters are never meant.
    return (names,) if isinstance(names, str) else names
