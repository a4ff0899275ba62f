"""Where a route starts: a position, or a person with positions and assets of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from itertools import groupby

from careergraph.catalogue.alignments import add_broader, find_positions, find_same_positions
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import is_judged, name_level
from careergraph.model.records import Record, Ref
from careergraph.rdf.standards import SCHEMA
from careergraph.transitions.holdings import (
    ClaimedHolding,
    Holdings,
    estimate_holdings,
    find_counterpart_holdings,
    find_holdings,
    list_holdings,
    with_implied,
)

#: The IRI of the person who asks: it is in no graph, and nothing about it is stored.
NOWHERE_ELSE = "urn:careergraph:you"


class Reasons(Mapping[str, tuple[str, ...]]):
    """Asset → the grounds on which it counts as held; found when they are asked for, as a route needs none.

    Args:
        find: finds them.
    """

    def __init__(self, find: Callable[[], Mapping[str, tuple[str, ...]]]) -> None:
        self._find = find

    @cached_property
    def _found(self) -> Mapping[str, tuple[str, ...]]:
        return self._find()

    def __getitem__(self, asset: str) -> tuple[str, ...]:
        return self._found[asset]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class Origin(Record):
    """A starting point: a position, or a person."""

    ref: Ref
    """Its name and IRI."""
    positions: tuple[str, ...]
    """The IRIs of the positions whose transitions may be taken."""
    held: Holdings
    """What is held at the start."""
    reasons: Mapping[str, tuple[str, ...]]
    """The IRI of an asset to the grounds on which it counts as held."""

    def with_assets(self, catalogue: Catalogue, assets: tuple[str, ...], reason: str) -> Origin:
        """The same origin that also holds some assets in full, with what they imply."""
        added = with_implied(catalogue, dict.fromkeys(assets, 1.0))

        def find() -> dict[str, tuple[str, ...]]:
            reasons = dict(self.reasons)
            for asset in added:
                reasons[asset] = (*reasons.get(asset, ()), reason if asset in assets else "implied by what is added")
            return reasons

        return Origin(self.ref, self.positions, self.held.plus(added), Reasons(find))

    def with_name(self, name: str) -> Origin:
        """The same origin as somebody calls it, where no single node is it."""
        return Origin(Ref(NOWHERE_ELSE, "person", name, None), self.positions, self.held, self.reasons)


def make_origin(catalogue: Catalogue, position: str | Origin) -> Origin:
    """The origin for a position; an origin is returned unchanged.

    Args:
        catalogue: where to look.
        position: the IRI of a role or a background.
    """
    if isinstance(position, Origin):
        return position
    return Origin(
        ref=catalogue.ref(position),
        positions=(position,),
        held=find_holdings(catalogue, position),
        reasons=Reasons(partial(find_reasons, catalogue, position)),
    )


def join_origins(*origins: Origin) -> Origin:
    """Join origins to one, named after the first; at least one is needed."""
    first, *others = origins
    held = first.held
    for other in others:
        held = held.plus(other.held.assets, other.held.groups)
    positions = dict.fromkeys(position for origin in origins for position in origin.positions)
    return Origin(first.ref, tuple(positions), held, Reasons(partial(_join_reasons, origins)))


def _join_reasons(origins: Iterable[Origin]) -> dict[str, tuple[str, ...]]:
    reasons: dict[str, tuple[str, ...]] = {}
    for origin in origins:
        for asset, because in origin.reasons.items():
            reasons[asset] = tuple(dict.fromkeys((*reasons.get(asset, ()), *because)))
    return reasons


def find_reasons(catalogue: Catalogue, position: str) -> dict[str, tuple[str, ...]]:
    """Asset → why people in a position are taken to hold it."""
    own = dict.fromkeys((position, *find_same_positions(catalogue, position)), 1.0)
    found: dict[str, dict[str, None]] = {key: {"the position itself": None} for key in add_broader(catalogue, own)}
    for _, made in groupby(list_holdings(catalogue, position), key=lambda item: item.claim):
        items = list(made)
        named = {item.asset for item in items}
        for item in items:
            reason = tell_ground(catalogue, item, position)
            found[item.asset] = found.get(item.asset, {}) | {reason: None}
            for broader in add_broader(catalogue, {item.asset: 1.0}).keys() - named:
                found[broader] = found.get(broader, {}) | {f"{reason}, implied": None}
    for element, _ in estimate_holdings(catalogue, position):
        found.setdefault(element, {"estimated from the rated occupations most alike": None})
    for asset, _ in find_counterpart_holdings(catalogue, position):
        found.setdefault(asset, {"held in all occupations that a crosswalk has for it": None})
    return {asset: tuple(words) for asset, words in found.items()}


def tell_ground(catalogue: Catalogue, item: ClaimedHolding, position: str, *, graded: bool = True) -> str:
    """Why an asset counts as held, in words: whose claim it is, and about whom.

    Args:
        catalogue: where the claim is.
        item: the holding.
        position: the IRI of the position asked about: a claim can be about several, of which this one is named.
        graded: whether to add the level.
    """
    subjects = catalogue.values(item.claim, SCHEMA.about) or [item.claim]
    meant = (node for node in find_positions(catalogue, position) if node in subjects)
    about = catalogue.label(next(meant, subjects[0]))
    counted = f", from {catalogue.label(item.counted)}" if item.counted else ""
    source = ", ".join(dict.fromkeys(found.source.label for found in catalogue.evidence(item.claim)))
    if catalogue.kind(item.claim) == "holding":
        level = name_level(catalogue, item.claim) if graded else None
        whose = f"editors' judgement of {about}" if is_judged(catalogue, item.claim) else f"{source} on {about}"
        return whose + (f", {level}" if level else "") + counted
    if catalogue.kind(item.claim) == "requirement":
        return f"asked of every {about}{counted}"
    return f"{source or 'the alignment'} on {about}, {item.level:.0%}{counted}"
