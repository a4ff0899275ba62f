"""The results of an import for a catalogue: how similar its occupations are, and what each step costs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from careergraph.catalogue.catalogue import Catalogue

if TYPE_CHECKING:
    from careergraph.store.index import Index
    from careergraph.transitions.precomputed.costs import StepCosts
    from careergraph.transitions.precomputed.similarity import Similarity

#: The folder of a snapshot with the results.
NETWORK = "network"


def find_similarity(catalogue: Catalogue) -> Similarity | None:
    """How similar occupations are, if an import has computed it; of several data sets, the first that has it."""
    return catalogue.once(_open_similarity)


def find_costs(catalogue: Catalogue) -> StepCosts | None:
    """The costs of all steps of the network, if an import has computed them; of several data sets, the first.

    Other data that is joined may have more steps: see `careergraph.transitions.precomputed.routes`.
    """
    return catalogue.once(_open_costs)[1]


def find_indexes_without_costs(catalogue: Catalogue) -> tuple[Index, ...]:
    """The data sets on disk that the costs were not computed from."""
    source = catalogue.once(_open_costs)[0]
    return tuple(index for index in catalogue.indexes if index is not source)


def set_similarity(catalogue: Catalogue, similarity: Similarity | None) -> None:
    """Make a catalogue in memory use this similarity."""
    catalogue.set_once(_open_similarity, similarity)


def set_costs(catalogue: Catalogue, costs: StepCosts | None) -> None:
    """Make a catalogue in memory use these costs."""
    opened: tuple[Index | None, StepCosts | None] = None, costs
    catalogue.set_once(_open_costs, opened)


def _open_similarity(catalogue: Catalogue) -> Similarity | None:
    if not catalogue.indexes:  # nothing is imported for the bundled graph alone
        return None
    from careergraph.transitions.precomputed.similarity import Similarity

    found = (Similarity.open(os.path.join(index.folder, NETWORK)) for index in catalogue.indexes)
    return next((similarity for similarity in found if similarity is not None), None)


def _open_costs(catalogue: Catalogue) -> tuple[Index | None, StepCosts | None]:
    if not catalogue.indexes:
        return None, None
    from careergraph.transitions.precomputed.costs import StepCosts

    for index in catalogue.indexes:
        found = StepCosts.open(os.path.join(index.folder, NETWORK))
        if found is not None:
            return index, found
    return None, None
