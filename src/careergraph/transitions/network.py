"""The transition network: positions, and the transitions that sources assert between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

from careergraph.catalogue.alignments import find_positions, find_same_positions
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import read_transition
from careergraph.catalogue.proxies import find_proxies_among
from careergraph.model.records import Transition
from careergraph.rdf.standards import SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.durations import NOTHING_KNOWN, Preparation, find_preparation
from careergraph.transitions.ease import lift_of, to_ease
from careergraph.transitions.holdings import Holdings, find_nearest
from careergraph.transitions.origins import Origin
from careergraph.transitions.precomputed.bundled_similarity import Alike, find_bundled
from careergraph.transitions.precomputed.tables import find_costs, find_similarity
from careergraph.transitions.requirements import find_requirements
from careergraph.transitions.stops import is_academic, is_support

if TYPE_CHECKING:
    from careergraph.transitions.precomputed.similarity import Similarity

#: Transitions from one position to one role: parallel claims are kept separate, and none at all means a derived step.
Hop = tuple[Transition, ...]

#: How many of the most similar occupations an occupation leads to.
MOST_ALIKE = 30
#: The mappings by which a background represents an occupation.
_MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)
_PARAMETER = "https://w3id.org/careergraph/id/parameter/"
#: So many grades of preparation below where somebody stands are a step down.
STEP_DOWN = 2


class Network:
    """Positions and the transitions between them, seen from an origin.

    Somebody in a specialised position is in the general one, too: a sociologist may go where social scientists go, and
    arriving at a track of AI safety is arriving at AI safety. The same is true of what two sources call the same.

    Args:
        catalogue: where the transitions are.
        origin: the start; a person may be in several positions at once.
        derived: whether any position leads to any role other than a family of roles, and any occupation to the most
            similar ones, by transitions that no source names.
        towards: an occupation that can then be reached from any other, however different.
        step_down: whether a position may be a stop that takes two grades of preparation less than an earlier one.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        origin: Origin,
        *,
        derived: bool = True,
        towards: str | None = None,
        step_down: bool = False,
    ) -> None:
        self.catalogue, self.origin, self.derived, self.towards = catalogue, origin, derived, towards
        self.step_down = step_down
        self._claims: dict[str, dict[str, tuple[str, ...]]] = {}
        self._asserted: dict[str, dict[str, tuple[str, ...]]] = {}
        self._moves: dict[str, Transition] = {}
        self._places: dict[str, tuple[str, ...]] = {}
        self._stand_ins: dict[str, dict[str, float]] = {}
        self._prepared: dict[str, Preparation] = {}
        self._families: dict[str, bool] = {}
        self._unknown: dict[str, bool] = {}
        self._groups_of: dict[str, frozenset[str]] = {}
        self._codes: dict[str, str] = {}

    def for_origin(self, origin: Origin) -> Network:
        """The same network for somebody in the same positions with other holdings; computed results are shared."""
        found = copy(self)
        found.origin = origin
        return found

    def places(self, position: str) -> tuple[str, ...]:
        """All positions that somebody in a position, or at the origin, is in: broader ones and the same ones."""
        if position not in self._places:
            found = (node for place in self._own(position) for node in find_positions(self.catalogue, place))
            self._places[position] = tuple(dict.fromkeys(found))
        return self._places[position]

    def _own(self, position: str) -> tuple[str, ...]:
        return self.origin.positions if position == self.origin.ref.id else (position,)

    def claims(self, position: str) -> dict[str, tuple[str, ...]]:
        """Role → the claims of a transition that leads there from a position; none for one that no source names."""
        if position not in self._claims:
            nodes, computes = self.places(position), self._computes(position)
            roles = (*self.catalogue.once(_list_roles), *map(self._curated, self._alike(position))) if computes else ()
            computed = {role: () for role in roles if role not in nodes}
            self._claims[position] = computed | self.asserted(position)
        return self._claims[position]

    def asserted(self, position: str) -> dict[str, tuple[str, ...]]:
        """Role → the claims of a transition that leads there from a position, for each that a source names.

        It is part of `claims`, and quicker to find: for that, every similar occupation is looked up.
        """
        if position not in self._asserted:
            nodes = self.places(position)
            found = self._assertions(self._at_large(position, nodes)) | self._assertions(nodes)
            self._asserted[position] = {role: made for role, made in found.items() if role not in nodes}
        return self._asserted[position]

    def _at_large(self, position: str, places: Collection[str]) -> tuple[str, ...]:
        """The large and mixed groups without a full list of members: what is said about them may be true here, too.

        No source says it about the position itself. People in a role are past such groups, and a group is not a member
        of another one.
        """
        groups = self.catalogue.once(_list_groups)
        is_beyond = any(self.catalogue.kind(node) == "role" or node in groups for node in self._own(position))
        return tuple(node for node in groups if node not in places) if self.derived and not is_beyond else ()

    def _computes(self, position: str) -> bool:
        """Whether steps from a position are computed: not from a family of roles, unless somebody starts there."""
        return self.derived and (position == self.origin.ref.id or not self.is_family(position))

    def hop(self, position: str, role: str) -> Hop:
        """The transitions that lead from a position, or from what it specialises, to a role."""
        return tuple(map(self._move, self.asserted(position).get(role, ())))

    def hops(self, position: str) -> dict[str, Hop]:
        """Role → the transitions that lead there from a position or from what it specialises.

        A step that no source names has no transitions.
        """
        return {role: self.hop(position, role) for role in self.claims(position)}

    def stand_ins(self, position: str) -> dict[str, float]:
        """Occupation → how far it represents a position, for occupations with known likeness to others."""
        if position not in self._stand_ins:
            known = self.similarity.number if self.similarity else {}
            found = find_proxies_among(self.catalogue, known, position, self._own(position)) if known else {}
            self._stand_ins[position] = found
        return self._stand_ins[position]

    def leaving_from(self, position: str) -> dict[str, float]:
        """Those of the occupations that represent a position from which people leave it.

        Somebody in a curated role does one job: that of its nearest proxy. Otherwise a role with several proxies would
        be a bridge between occupations that have little to do with each other.
        """
        found = self.stand_ins(position)
        if self.catalogue.kind(position) != "role" or not found:
            return found
        nearest = max(found.values())
        return {node: close for node, close in found.items() if close == nearest}

    def preparation(self, position: str) -> Preparation:
        """What preparation a position takes: for anything but an occupation, that of its nearest proxy."""
        if position not in self._prepared:
            stand_ins = self.stand_ins(position) or {n: 1.0 for n in self._own(position) if self._is_occupation(n)}
            nearest = min(stand_ins, key=lambda node: (-stand_ins[node], node), default=None)
            self._prepared[position] = self._preparation(nearest) if nearest else NOTHING_KNOWN
        return self._prepared[position]

    def _preparation(self, occupation: str) -> Preparation:
        step_costs = find_costs(self.catalogue)
        if step_costs is not None and occupation in step_costs.number:
            return step_costs.preparation(occupation)
        return find_preparation(self.catalogue, occupation)

    def _is_occupation(self, node: str) -> bool:
        return self.catalogue.kind(node) == "occupation"

    def is_passable(self, tail: str, head: str) -> bool:
        """Whether a position may be a stop after another: see `is_stop`; a step down only if those are allowed.

        Any position may be the end of a route.
        """
        is_down = self.is_step_down(tail, head) or is_support(self, tail, head)
        return self.is_stop(tail, head) and (self.step_down or not is_down)

    def is_stop(self, tail: str, head: str) -> bool:
        """Whether people can work in a position on their way, as far as is known.

        Nobody works in a family of roles. What a source says of a large and mixed group is that some of them got there,
        which is no reason to send somebody there on the way to elsewhere, unless only sources are to count. Where
        nobody says what skills a role takes, a source has to name the step into it: what is unknown must not look like
        a short cut. Curated roles are narrow, and there are few jobs in each: where no source names the step into one,
        it leads on where sources say so, if such moves are no rarer than chance would have it. Whoever teaches at a
        university has a doctorate in the subject, which nobody picks up on the way, whatever is listed as related: a
        source has to name that step in words.
        """
        if self.is_family(head):
            return False
        moves = self.hop(tail, head)
        if self.derived and is_academic(self.code(head)) and not any(move.ease for move in moves):
            return False
        if moves and self.derived:
            return any(self.speaks_for(move, tail) == 1 for move in moves)
        if moves or self.catalogue.kind(head) != "role":
            return True
        return bool(self.asserted(head)) and not self.is_unknown(head) and self.is_likely(tail, head)

    def code(self, position: str) -> str:
        """The code of an occupation in its classification; empty for what has none."""
        if position not in self._codes:
            self._codes[position] = self.catalogue.value(position, SKOS.notation) or ""
        return self._codes[position]

    def is_likely(self, tail: str, head: str) -> bool:
        """Whether moves from one position to another are at least as common as chance, as computed."""
        alike = self.alike(tail, head, None)
        return alike is not None and lift_of(alike.value) >= 1

    def alike(self, tail: str, role: str, held: Holdings | None) -> Alike | None:
        """How similar a role is to a position; None if that is not known.

        Args:
            tail: the position, which may include several.
            role: the role.
            held: what is held; everything if None.
        """
        if self.similarity is None:
            each = (find_bundled(find_positions(self.catalogue, place), role) for place in self._own(tail))
            return max(filter(None, each), key=lambda one: (round(one.value, 12), one.place.id), default=None)
        leaving = self.leaving_from(tail).items()
        found = [
            (self._ease(place, target, held), speaks * stands, place, target)
            for target, speaks in self.stand_ins(role).items()
            for place, stands in leaving
        ]
        best = max(found, key=lambda one: (round(one[0] * one[1], 12), *one[2:]), default=None)
        return best and Alike(*best[:2], *map(self.catalogue.ref, best[2:]))

    def _ease(self, place: str, target: str, held: Holdings | None) -> float:
        if place == target or self.similarity is None:
            return 1.0
        missing = self.similarity.missing_share(target, held.assets) if held else 0.0
        return to_ease(self.similarity.logit(place, target, missing))

    @cached_property
    def similarity(self) -> Similarity | None:
        """The similarity of occupations, if it has been imported."""
        return find_similarity(self.catalogue)

    def is_rated(self, role: str) -> bool:
        """Whether a source rates what an occupation asks for, so that likeness takes it into account."""
        is_unrated = self.similarity is not None and role in self.similarity.unrated
        return self._is_occupation(role) and not is_unrated

    def is_unknown(self, role: str) -> bool:
        """Whether no source names any skill that a curated role takes."""
        if role not in self._unknown:
            curated = self.catalogue.kind(role) == "role"
            # Most roles have a requirement of their own, which is quicker to check than all that they ask for.
            self._unknown[role] = curated and not (self._names_skill(role) or self._asks_for_skill(role))
        return self._unknown[role]

    def _names_skill(self, role: str) -> bool:
        asked, brought = self.catalogue.about(role, "requirement"), self.catalogue.about(role, "holding")
        named = [asset for claim in asked for asset in self.catalogue.values(claim, CG.anyOf)]
        for claim in brought:
            named += self.catalogue.values(claim, CG.holds) if self.catalogue.value(claim, CG.level) else ()
        return any(self.catalogue.kind(asset) == "skill" for asset in named)

    def _asks_for_skill(self, role: str) -> bool:
        return any(ref.kind == "skill" for item in find_requirements(self.catalogue, role) for ref in item.any_of)

    def speaks_for(self, move: Transition, position: str, *, as_much: bool = False) -> float:
        """How far what a source says about a transition's origin applies to a position, in (0, 1].

        In full to the position itself. What is said about newcomers in general applies less to any one of them, and
        still less to positions not listed among them, unless people there bring as much; the editors judge how much.

        Args:
            move: what the source says.
            position: where somebody is.
            as_much: whether they lack no more of what the role asks for than is usual at the transition's origin.
        """
        if move.origin.id in self._own(position):
            return 1.0
        speaks = self.catalogue.number(move.origin.id, CG.speaksFor) or 1.0
        return speaks if as_much or self.is_said_of(move, position) else speaks * self._unlisted_share

    def claims_of(self, position: str, role: str) -> tuple[str, ...]:
        """The claims of a transition from a position to a role that are about people like these: see `is_said_of`."""
        found = self.asserted(position).get(role, ())
        return tuple(claim for claim in found if self.is_said_of(self._move(claim), position))

    def is_said_of(self, move: Transition, position: str) -> bool:
        """Whether a transition starts from a position itself or from a group that it is known to belong to."""
        return move.origin.id in self._own(position) or move.origin.id in self._memberships(position)

    def _memberships(self, position: str) -> frozenset[str]:
        """The groups that a position belongs to, directly or by a background that represents it.

        An unrated occupation belongs to the groups that all its nearest counterparts in another classification belong
        to.
        """
        if position not in self._groups_of:
            found = (group for node in self._own(position) for group in self._groups_by(node))
            self._groups_of[position] = frozenset((*self.places(position), *found))
        return self._groups_of[position]

    def _groups_by(self, node: str) -> set[str]:
        nearest = [set(_groups_of(self.catalogue, other)) for other in find_nearest(self.catalogue, node)]
        return {*_groups_of(self.catalogue, node), *(set.intersection(*nearest) if nearest else ())}

    @cached_property
    def _unlisted_share(self) -> float:
        return self.catalogue.weight(f"{_PARAMETER}unlisted-member", 0.3)

    def is_step_down(self, tail: str, head: str) -> bool:
        """Whether a position takes two grades of preparation less than the one before, or than the origin."""
        zone = self.preparation(head).zone
        above = (self.preparation(node).zone for node in (tail, self.origin.ref.id))
        return zone is not None and any(known is not None and known - zone >= STEP_DOWN for known in above)

    def is_lower(self, head: str) -> bool:
        """Whether a position takes less preparation than the origin, as far as that is known."""
        zone, here = (self.preparation(node).zone for node in (head, self.origin.ref.id))
        return zone is not None and here is not None and zone < here

    def is_family(self, role: str) -> bool:
        """Whether a role is a family: others specialise it, and nobody works in it as such."""
        if role not in self._families:
            self._families[role] = _is_family(self.catalogue, role)
        return self._families[role]

    def _move(self, claim: str) -> Transition:
        if claim not in self._moves:
            self._moves[claim] = read_transition(self.catalogue, claim)
        return self._moves[claim]

    def _assertions(self, nodes: Iterable[str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for node in nodes:
            for claim in sorted(self.catalogue.pointing(CG.origin, node, "transition")):
                destination = self._curated(self.catalogue.value(claim, CG.destination) or claim)
                found[destination] = (*found.get(destination, ()), claim)
        return dict(sorted(found.items()))

    def _alike(self, position: str) -> tuple[str, ...]:
        known = self.stand_ins(position)
        towards = (self.towards,) if self.towards and self._is_occupation(self.towards) else ()
        if self.similarity is None or not known:
            return towards
        near = (other for node in known for other in self.similarity.nearest(node, MOST_ALIKE))
        return tuple(dict.fromkeys((*known, *near, *towards)))

    def _curated(self, position: str) -> str:
        # One job must be no short cut: what the role asks for is known; what an unrated occupation asks for is not.
        return self.catalogue.once(_find_curated).get(position, position)

    def reachable(self) -> tuple[str, ...]:
        """All roles that some sequence of transitions leads to, nearest first."""
        found = dict.fromkeys(self.claims(self.origin.ref.id))
        queue = list(found)
        for position in queue:
            new = [role for role in self.claims(position) if role not in found and role != self.origin.ref.id]
            found.update(dict.fromkeys(new))
            queue.extend(new)
        return tuple(found)

    def origins_of(self, role: str) -> tuple[str, ...]:
        """The positions from which sources lead to a role or to one of its specialisations, by IRI."""
        claims = self.catalogue.by_kind.get("transition", ())
        ends = ((self.catalogue.value(c, CG.origin), self.catalogue.value(c, CG.destination)) for c in claims)
        return tuple(sorted({o for o, d in ends if o and d and role in self.catalogue.lineage(d)}))


def _list_groups(catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(catalogue.having(CG.speaksFor, "background"))


def _list_roles(catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(sorted(role for role in catalogue.by_kind.get("role", ()) if not _is_family(catalogue, role)))


def _find_curated(catalogue: Catalogue) -> dict[str, str]:
    """Occupation → the role that it is the same as; of several, the first by IRI. There are many more occupations."""
    found: dict[str, str] = {}
    for role in sorted(catalogue.by_kind.get("role", ())):
        same = find_same_positions(catalogue, role)
        found = {node: role for node in same if catalogue.kind(node) == "occupation"} | found
    return found


def _is_family(catalogue: Catalogue, role: str) -> bool:
    return catalogue.kind(role) == "role" and bool(catalogue.pointing(SKOS.broader, role, "role"))


def _groups_of(catalogue: Catalogue, occupation: str) -> Iterator[str]:
    """The backgrounds that represent an occupation, and what they are part of."""
    for match in _MATCHES:
        for background in catalogue.pointing(match, occupation, "background"):
            yield from find_positions(catalogue, background)
