"""People as rows: what a row says, and its question, which is the same for equal people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import isfinite
from typing import Any, NamedTuple, TypeVar

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.model.errors import CareergraphError
from careergraph.model.records import Ref
from careergraph.rdf.kinds import ASSETS, DESTINATIONS, POSITIONS
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.batch.errors import BadRow
from careergraph.transitions.coverage import Holdings
from careergraph.transitions.gaps import find_narrower_roles
from careergraph.transitions.holdings import find_holdings, with_implied
from careergraph.transitions.origins import NOWHERE_ELSE, Origin
from careergraph.transitions.people.cv.files import read_person
from careergraph.transitions.people.person import NAMELESS, find_level, list_assets
from careergraph.transitions.requirements import find_requirements

#: The columns that are read; one of the second to fourth is needed.
COLUMNS = ("id", "position", "skills", "credentials", "to")
#: The fields by which a profile from `careergraph profile FILE -o me.json` is recognised.
_PROFILE = ("positions", "assets")
#: How many names, positions and answers a process remembers, at most.
MOST_REMEMBERED = 50_000
#: The greatest length of an id.
LONGEST_ID = 200
#: Statements by which something is asked for, rated or taught; a skill without any changes no answer.
_ASKED_BY = (CG.anyOf, CG.element, CG.tool, CG.activity, CG.teaches, CG.concerns)

T = TypeVar("T")


class Question(NamedTuple):
    """The question for a person: the same for all with the same position and the same relevant skills.

    `position` is where the person is, or None; `positions` are all that they are or were in; `assets` are IRIs with
    levels.
    """

    position: str | None
    positions: tuple[str, ...]
    assets: tuple[tuple[str, float], ...]
    to: str | None


def remember(compute: Callable[..., T], most: int = MOST_REMEMBERED) -> Callable[..., T]:
    """Cache a function, whether the outcome is a value or an error of this package.

    Args:
        compute: takes hashable arguments.
        most: how many outcomes are kept; the least recently used are dropped first.

    >>> calls = []
    >>> found = remember(lambda number: calls.append(number) or number + 1)
    >>> found(1), found(1), calls
    (2, 2, [1])
    """

    @lru_cache(most)
    def outcome(*arguments: Any) -> tuple[T | None, CareergraphError | None]:
        try:
            return compute(*arguments), None
        except CareergraphError as error:
            return None, error.with_traceback(None)

    def found(*arguments: Any) -> T:
        value, error = outcome(*arguments)
        if error is not None:
            raise error.with_traceback(None)  # otherwise its traceback would grow each time
        return value  # type: ignore[return-value]

    return found


class People:
    """The questions of rows about people in a catalogue. Names and positions are looked up once.

    Args:
        catalogue: where to look.
        question: `routes`, `reach`, `gap` or `plan`.
        to: the name of the role for rows that name none.
    """

    def __init__(self, catalogue: Catalogue, question: str, to: str | None = None) -> None:
        self.catalogue, self._question, self._to = catalogue, question, to
        self._node = remember(lambda name, *kinds: find_node(catalogue, name, *kinds))
        self._holdings = remember(lambda position: find_holdings(catalogue, position))
        self._implied = remember(lambda asset, level: with_implied(catalogue, {asset: level}))
        self._asked = remember(self._find_assets)

    def ask(self, row: Mapping[str, Any]) -> Question:
        """The question of a row.

        Raises:
            BadRow: the row describes nobody, names no role, or has a value that is no name where a name belongs.
            InvalidName: a name is not possible.
            UnknownName: a name is unknown.
            AmbiguousName: a name means several things.
        """
        _check_id(row)
        to = self._destination(row)
        position, positions, assets = self._profile(row) if _is_profile(row) else self._columns(row)
        levels = {asset: level for asset, level in sorted(assets) if self._counts(asset, to)}
        return Question(position, positions, tuple(levels.items()), to)

    def origin(self, question: Question) -> Origin:
        """The origin of a question: as the command line makes it from names, but without reasons for what is held."""
        held = Holdings({}, {})
        for position in question.positions:
            found = self._holdings(position)
            held = held.plus(found.assets, found.groups)
        for asset, level in question.assets:
            held = held.plus(self._implied(asset, level))
        place = question.position
        ref = self.catalogue.ref(place) if place else Ref(NOWHERE_ELSE, "person", NAMELESS, None)
        return Origin(ref, question.positions, held, {})

    def _destination(self, row: Mapping[str, Any]) -> str | None:
        if self._question == "reach":
            return None
        name = _name(row, "to") or self._to
        if not name:
            raise BadRow("it names no role to get to, and neither does --to")
        return self._node(name, *DESTINATIONS)

    def _profile(self, row: Mapping[str, Any]) -> tuple[str | None, tuple[str, ...], list[tuple[str, float]]]:
        person = read_person(self.catalogue, row, "the row")
        positions = tuple(dict.fromkeys(match.ref.id for match in person.positions))
        assets = [item for found in list_assets(self.catalogue, person) for item in found.items()]
        if not positions and not assets:
            raise BadRow("nothing of its positions and assets is known here")
        return None, positions, assets

    def _columns(self, row: Mapping[str, Any]) -> tuple[str | None, tuple[str, ...], list[tuple[str, float]]]:
        name = _name(row, "position")
        position = self._node(name, *POSITIONS) if name else None
        names = (*_names(row, "skills"), *_names(row, "credentials"))
        found = [self._node(name, *ASSETS) for name in names]
        if position is None and not found:
            raise BadRow("it says neither position nor skills nor credentials")
        assets = [(asset, find_level(self.catalogue, asset, None)) for asset in found]
        return position, (position,) if position else (), assets

    def _counts(self, asset: str, to: str | None) -> bool:
        if self._question == "gap" and to is not None:
            return not self._asked(to).isdisjoint(self._implied(asset, 1.0))
        if self.catalogue.kind(asset) not in ("skill", "tool"):
            return True
        return any(self.catalogue.pointing(by, node) for node in self._implied(asset, 1.0) for by in _ASKED_BY)

    def _find_assets(self, role: str) -> frozenset[str]:
        roles = (role, *find_narrower_roles(self.catalogue, role))
        return frozenset(
            ref.id for each in roles for item in find_requirements(self.catalogue, each) for ref in item.any_of
        )


def _is_profile(row: Mapping[str, Any]) -> bool:
    return all(row.get(name) is not None for name in _PROFILE)  # a table has all columns in each row


def _check_id(row: Mapping[str, Any]) -> None:
    value = row.get("id")
    if isinstance(value, bool | bytes | list | tuple | Mapping) or (isinstance(value, float) and not isfinite(value)):
        raise BadRow(f"its id is {value!r:.40}, neither a name nor a number")
    if isinstance(value, str) and len(value) > LONGEST_ID:
        raise BadRow(f"its id has {len(value):,} characters; at most {LONGEST_ID} are possible")


def _name(row: Mapping[str, Any], column: str) -> str | None:
    value = row.get(column)
    if value is not None and not isinstance(value, str):
        raise BadRow(f"its {column} is {value!r:.40}, not a name")
    return value or None


def _names(row: Mapping[str, Any], column: str) -> Sequence[str]:
    value = row.get(column)
    if value is None:
        return ()
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        raise BadRow(f"its {column} are {value!r:.40}, not a list of names")
    return value
