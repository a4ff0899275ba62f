"""Where a route starts: a position, or a person with positions and assets of their own."""

from __future__ import annotations

from collections.abc import Mapping

from careergraph.catalogue import Catalogue
from careergraph.claims import level_name
from careergraph.holdings import Held, held_by, implied
from careergraph.records import Record, Ref
from careergraph.vocabulary import CG


class Origin(Record):
    """A starting point: what it is called, the positions whose transitions it may take, what is held and why.

    `reasons` maps an asset's IRI to the grounds on which it counts as held.
    """

    ref: Ref
    positions: tuple[str, ...]
    held: Held
    reasons: Mapping[str, tuple[str, ...]]

    def with_assets(self, catalogue: Catalogue, assets: tuple[str, ...], reason: str) -> Origin:
        """The same origin that also holds some assets in full, with what they imply."""
        added = implied(catalogue, dict.fromkeys(assets, 1.0))
        reasons = dict(self.reasons)
        for asset in added:
            reasons[asset] = (*reasons.get(asset, ()), reason if asset in assets else "implied by what is added")
        return Origin(self.ref, self.positions, self.held.plus(added), reasons)


def origin_at(catalogue: Catalogue, position: str | Origin) -> Origin:
    """The origin that a position is; an origin is itself.

    Args:
        catalogue: where to look.
        position: the IRI of a role or a background.
    """
    if isinstance(position, Origin):
        return position
    return Origin(
        ref=catalogue.ref(position),
        positions=(position,),
        held=held_by(catalogue, position),
        reasons=reasons_of(catalogue, position),
    )


def reasons_of(catalogue: Catalogue, position: str) -> dict[str, tuple[str, ...]]:
    """Asset → why people in a position are taken to hold it."""
    found: dict[str, tuple[str, ...]] = dict.fromkeys(implied(catalogue, {position: 1.0}), ("the position itself",))
    for node in catalogue.lineage(position):
        for claim in catalogue.about(node, "holding"):
            level = level_name(catalogue, claim)
            reason = f"editors' judgement of {catalogue.label(node)}" + (f", {level}" if level else "")
            held = catalogue.values(claim, CG.holds)
            for asset in implied(catalogue, dict.fromkeys(held, 1.0)):
                words = reason if asset in held else f"{reason}, implied"
                found[asset] = (*found.get(asset, ()), words)
    return found
