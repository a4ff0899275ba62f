"""The best routes between all positions, computed in advance for a page without a server.

Positions with the same holdings and the same moves onwards have the same routes: these are computed for one of them,
and the others refer to it. Many occupations that are only names are like that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, cast

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import is_in_vocabulary
from careergraph.catalogue.near_misses import list_texts
from careergraph.export.view import View
from careergraph.model.records import Ref
from careergraph.rdf.kinds import POSITIONS
from careergraph.render.assets import load_templates
from careergraph.render.html.route_view import name_route, route_in_short
from careergraph.render.html.step_card import step_card
from careergraph.render.map.drawing import measure_width
from careergraph.render.text.phrases import choose_article
from careergraph.render.text.verdict import tell_outlook
from careergraph.transitions.all_routes import MOST_STEPS, SharedFacts, find_routes_to_all
from careergraph.transitions.criteria import DEFAULT
from careergraph.transitions.network import Network
from careergraph.transitions.origins import Origin, make_origin
from careergraph.transitions.outlook import reach
from careergraph.transitions.precomputed.bundled_similarity import find_bundled
from careergraph.transitions.precomputed.tables import find_costs
from careergraph.transitions.route_steps import Route, Routes, RouteStep
from careergraph.transitions.routes import add_outlook
from careergraph.transitions.studies import Studies

#: Whether a position is only an everyday title → the greatest number of routes from it to a role, and of their steps.
#: There are so many titles that they get shorter routes.
MOST = {False: (3, MOST_STEPS), True: (1, 2)}
#: With imported occupations: how many positions of a view, with how many roles and occupations each.
MOST_STARTS, MOST_ENDS = 6, 12

#: Marks where a card can be cut: no text contains it, and HTML does not allow it.
_CUT = "\x1e"
#: A reference → the address of its node in the page, or None.
Link = Callable[[Ref], str | None]


class RouteTable:
    """Routes as plain data.

    `places` are positions by label, address, kind, article and aliases, and all else is told by their numbers: `ways`
    has for a position, and for a role, the routes as a title, a summary, the numbers of its `steps`, and
    its attempts; `same` has the position whose routes another one shares, apart from the name of the first stop. A step
    is where it starts, where it leads, whether a source names it, how wide its line is, and the number of its card
    among `cards`; that is made of `parts`, which many cards share. `far` has for a position, and for a role to which
    the best route is a long shot, the number of what is said about that among `outlooks`, each the numbers of sentences
    among `said`.
    """

    def __init__(self, catalogue: Catalogue, link: Link) -> None:
        self._catalogue, self._link = catalogue, link
        self._places: dict[str, int] = {}
        self._steps: dict[tuple[Any, ...], int] = {}
        self._parts: dict[str, int] = {}
        self._cards: dict[tuple[int, ...], int] = {}
        self._known_cards: dict[tuple[Any, ...], int] = {}
        self._ways: dict[int, dict[int, list[list[Any]]]] = {}
        self._same: dict[int, int] = {}
        self._said: dict[str, int] = {}
        self._outlooks: dict[tuple[int, ...], int] = {}
        self._far: dict[int, dict[int, int]] = {}
        self._known_evidence: dict[tuple[Any, ...], str] = {}
        self._macros = cast("Any", load_templates().get_template("cards/_card.html").module)
        # Thousands of cards name the same things.
        self._item, self._name = cache(self._macros.lacking), cache(self._macros.name)

    def add(self, found: Iterable[Routes]) -> None:
        """Add the routes from a position to each role."""
        for answer in found:
            here, there = self.place(answer.origin.id), self.place(answer.destination.id)
            self._ways.setdefault(here, {})[there] = self._routes(answer.routes)
            if told := tuple(_number(self._said, text) for text in tell_outlook(answer, figures=False)):
                self._far.setdefault(here, {})[there] = _number(self._outlooks, told)

    def share(self, origin: str, other: str) -> None:
        """Let a position share the routes of another one."""
        self._same[self.place(origin)] = self.place(other)

    def place(self, position: str) -> int:
        """The number of a position."""
        return _number(self._places, position)

    def to_dict(self) -> dict[str, Any]:
        """The table as dicts, lists, strings and numbers."""
        return {
            "places": [self._describe(iri) for iri in self._places],
            "steps": [list(step) for step in self._steps],
            "cards": [list(parts) for parts in self._cards],
            "parts": list(self._parts),
            "ways": self._ways,
            "same": self._same,
            "said": list(self._said),
            "outlooks": list(map(list, self._outlooks)),
            "far": self._far,
        }

    def _describe(self, iri: str) -> list[Any]:
        label, *aliases = dict.fromkeys((self._catalogue.label(iri), *list_texts(self._catalogue, iri)))
        return [label, iri.rstrip("/#").rsplit("/", 1)[-1], self._catalogue.kind(iri), choose_article(label), aliases]

    def _routes(self, ways: Sequence[Route]) -> list[list[Any]]:
        alone = len(ways) == 1
        return [self._route(route, name_route(route, number, alone=alone)) for number, route in enumerate(ways, 1)]

    def _route(self, route: Route, title: str) -> list[Any]:
        steps = [self._step(step) for step in route.steps]
        return [title, route_in_short(route), steps, round(route.attempts, 2)]

    def _step(self, step: RouteStep) -> int:
        ends = self.place(step.origin.id), self.place(step.destination.id)
        sourced = int(step.basis == "asserted")
        return _number(self._steps, (*ends, sourced, measure_width(step.feasibility), self._card(step)))

    def _card(self, step: RouteStep) -> int:
        own = tuple(move.origin.id == step.origin.id for move in step.transitions)
        # Steps to a role that have the same missing have one record of it, which is long to compare.
        told = step.destination.id, own, step.held, tuple(map(id, step.missing)), step.milestones, step.transitions
        shown = *told, step.feasibility, step.remarks
        if shown not in self._known_cards:
            text = self._body(step, told)
            parts = tuple(_number(self._parts, part) for part in text.split(_CUT))
            self._known_cards[shown] = _number(self._cards, parts)
        return self._known_cards[shown]

    def _body(self, step: RouteStep, told: tuple[Any, ...]) -> str:
        card = step_card(step)
        if told not in self._known_evidence:
            told_in_full = self._macros.card_evidence(card, self._link, _CUT, self._item, self._name)
            self._known_evidence[told] = str(told_in_full)
        return f"{self._macros.card_face(card)}{_CUT}\n{self._known_evidence[told]}"


def _number(table: dict[Any, int], item: Any) -> int:
    return table.setdefault(item, len(table))


def make_route_table(catalogue: Catalogue, view: View, link: Link = lambda ref: None) -> dict[str, Any]:
    """The best routes from positions to roles, as `transitions.routes` finds them.

    All bundled positions are included. With imported occupations, the first ones of the view are, each with the nearest
    roles and occupations: all pairs would be a million.

    Args:
        catalogue: where routes are looked for; they may pass roles that the view leaves out.
        view: its positions are used if there are imported occupations.
        link: a reference → the address of its node in the page, or None.

    Returns:
        What `RouteTable.to_dict` gives.

    >>> from careergraph.export.view import view
    >>> from careergraph.rdf.standards import RDF, SKOS
    >>> from careergraph.rdf.vocabulary import CG
    >>> clerk, nurse = "https://example.org/clerk", "https://example.org/nurse"
    >>> said = {iri: {RDF.type: [CG.Role], SKOS.prefLabel: [iri[-5:]]} for iri in (clerk, nurse)}
    >>> said["https://example.org/1"] = {RDF.type: [CG.Transition], CG.origin: [clerk], CG.destination: [nurse]}
    >>> table = make_route_table(Catalogue(said), view(Catalogue(said)))
    >>> table["places"][0][0], table["ways"][0][1][0][1]
    ('clerk', '1 step · manageable · time unknown')
    """
    table = RouteTable(catalogue, link)
    if find_costs(catalogue) is None:
        for origin, found in catalogue.once(find_all_routes).items():
            if isinstance(found, str):
                table.share(origin, found)
            else:
                table.add(found)
    else:
        for start in _nearest(catalogue, view):
            reached = reach(catalogue, start, limit=MOST_ENDS).destinations
            ways = {item.role.id: (item.route,) for item in reached}
            table.add(list_answers(catalogue, make_origin(catalogue, start), ways))
    return table.to_dict()


def find_all_routes(catalogue: Catalogue) -> dict[str, list[Routes] | str]:
    """The best routes from each position to each role, without imported occupations.

    Args:
        catalogue: where they are looked for; of the bundled data set, that takes some seconds.

    Returns:
        Position → the answer for each role; or the position before whose routes it shares.

    >>> find_all_routes(Catalogue({}))
    {}
    """
    roles, known = catalogue.by_kind.get("role", ()), SharedFacts(catalogue)
    first: dict[tuple[Any, ...], str] = {}
    found: dict[str, list[Routes] | str] = {}
    for iri in (iri for kind in POSITIONS for iri in catalogue.by_kind.get(kind, ())):
        start = make_origin(catalogue, iri)
        alike = first.setdefault(_traits(Network(catalogue, start), start), iri)
        k, steps = MOST[is_in_vocabulary(catalogue, iri)]
        if alike != iri:
            found[iri] = alike
        else:
            ways = find_routes_to_all(catalogue, start, roles, k=k, max_steps=steps, known=known)
            found[iri] = list_answers(catalogue, start, ways)
    return found


def list_answers(catalogue: Catalogue, start: Origin, ways: Mapping[str, tuple[Route, ...]]) -> list[Routes]:
    """The routes to each role as `transitions.routes.find_routes` would give them, with what is nearer."""
    network, studies = Network(catalogue, start), Studies(catalogue, start)
    answers = (Routes(start.ref, catalogue.ref(role), DEFAULT, True, found, None, None) for role, found in ways.items())
    return [add_outlook(network, answer, studies) for answer in answers]


def _traits(network: Network, origin: Origin) -> tuple[Any, ...]:
    """All that the routes of a position depend on, apart from its name; for a role, which may be a stop, its IRI."""
    own = origin.ref.id
    held = frozenset(item for item in origin.held.assets.items() if item[0] != own)
    role = own if origin.ref.kind in ("role", "occupation") else ""
    claims, places = network.claims(own), network.places(own)
    likeness = tuple(find_bundled(places, end) for end in claims)
    return tuple(claims.items()), held, network.preparation(own), likeness, role


def _nearest(catalogue: Catalogue, view: View) -> Iterator[str]:
    positions = [node.id for node in view.nodes if node.kind in POSITIONS]
    return iter(sorted(positions, key=lambda iri: iri != view.focus)[:MOST_STARTS])
