"""What an import has computed for a catalogue: how similar its occupations are, and what each step costs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from careergraph.catalogue.catalogue import Catalogue

if TYPE_CHECKING:
    from careergraph.store.index import Shelf
    from careergraph.transitions.precomputed.costs import Projection
    from careergraph.transitions.precomputed.similarity import Derived

#: The folder of a snapshot that has what was computed.
NETWORK = "network"


def find_similarity(catalogue: Catalogue) -> Derived | None:
    """How similar occupations are, if an import has computed it; of several data sets, the first that has it."""
    return catalogue.once(_open_similarity)


def find_costs(catalogue: Catalogue) -> Projection | None:
    """The costs of all steps of the network, if an import has computed them; of several data sets, the first.

    What else is joined may lead further: see `careergraph.transitions.precomputed.routes`.
    """
    return catalogue.once(_open_costs)[1]


def find_shelves_without_costs(catalogue: Catalogue) -> tuple[Shelf, ...]:
    """The data sets on disk that the costs were not computed from."""
    source = catalogue.once(_open_costs)[0]
    return tuple(shelf for shelf in catalogue.shelves if shelf is not source)


def set_similarity(catalogue: Catalogue, similarity: Derived | None) -> None:
    """Have a catalogue in memory use this similarity."""
    catalogue.set_once(_open_similarity, similarity)


def set_costs(catalogue: Catalogue, costs: Projection | None) -> None:
    """Have a catalogue in memory use these costs."""
    opened: tuple[Shelf | None, Projection | None] = None, costs
    catalogue.set_once(_open_costs, opened)


def _open_similarity(catalogue: Catalogue) -> Derived | None:
    if not catalogue.shelves:  # nothing is imported for the bundled graph alone
        return None
    from careergraph.transitions.precomputed.similarity import Derived

    found = (Derived.open(os.path.join(shelf.folder, NETWORK)) for shelf in catalogue.shelves)
    return next((similarity for similarity in found if similarity is not None), None)


def _open_costs(catalogue: Catalogue) -> tuple[Shelf | None, Projection | None]:
    if not catalogue.shelves:
        return None, None
    from careergraph.transitions.precomputed.costs import Projection

    for shelf in catalogue.shelves:
        found = Projection.open(os.path.join(shelf.folder, NETWORK))
        if found is not None:
            return shelf, found
    return None, None
